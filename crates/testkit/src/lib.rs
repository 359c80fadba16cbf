//! Factories, fake clock, scripted client, fault proxy, test server.
