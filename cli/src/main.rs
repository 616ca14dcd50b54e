//! The terminal command.
fn main() {}
