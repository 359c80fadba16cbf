//! The visitor's app.

fn main() {}
