//! Questions on a terminal.

use std::io::{IsTerminal, stdin, stdout};

use super::print;

/// Whether there is somebody who sees a question and can answer it.
pub fn is_possible() -> bool {
    stdin().is_terminal() && stdout().is_terminal()
}

/// The line that was typed, trimmed; `None` at the end of the input.
pub fn line(question: &str) -> Option<String> {
    print::ask(question);
    let mut answer = String::new();
    let read = stdin().read_line(&mut answer).ok()?;
    (read > 0).then(|| answer.trim().to_owned())
}
