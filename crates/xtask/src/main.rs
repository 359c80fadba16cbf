//! Everything the project does to itself: build, demo, test, size, bench.

fn main() {}
