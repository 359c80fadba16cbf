//! The agents' app.

fn main() {}
