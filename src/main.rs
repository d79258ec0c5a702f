//! The `cds` program.

fn main() {}
