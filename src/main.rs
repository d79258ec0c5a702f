//! The `cds` program.

use std::process::ExitCode;

fn main() -> ExitCode {
    if std::env::args_os().nth(1).is_some_and(|arg| arg == cds::reader::WORKER_ARG) {
        return cds::reader::worker_main();
    }
    ExitCode::SUCCESS
}
