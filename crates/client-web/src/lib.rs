//! Hands in the browser: socket, timers, storage, host page.
