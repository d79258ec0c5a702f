//! The `cds` program.

use std::process::ExitCode;

fn main() -> ExitCode {
    cds::cli::main()
}
