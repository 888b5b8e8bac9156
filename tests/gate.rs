//! The release gate.

fn main() {}
