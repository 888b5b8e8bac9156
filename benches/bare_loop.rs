//! The client beside a bare reqwest loop.
fn main() {}
