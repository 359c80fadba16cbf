//! Use cases of the reference server and the ports they need. No HTTP, no SQL, no async.
