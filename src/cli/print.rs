//! Lines to standard output and standard error, without commands to the terminal. What nobody reads any more (a closed pipe) is no fault.

use std::fmt::Display;
use std::io::{Write, stderr, stdout};

use super::Exit;
use crate::finding::{Finding, Lang};
use crate::run::RunError;
use crate::text::lines_of_text;

/// A line to standard output.
pub fn line(text: impl Display) {
    let _ = writeln!(stdout().lock(), "{}", lines_of_text(&text.to_string()));
}

/// A line to standard error.
pub fn error(text: impl Display) {
    let _ = writeln!(stderr().lock(), "{}", lines_of_text(&text.to_string()));
}

/// A finding as people read it on a terminal: where, what, what to do.
pub fn finding(finding: &Finding, lang: Lang) {
    let place = finding.place.to_string();
    let place = if place.is_empty() { String::new() } else { format!("{place}: ") };
    line(format_args!("{} {}  {place}{}", finding.code, finding.label(lang), finding.message(lang)));
    line(format_args!("    → {}", finding.advice(lang)));
}

/// Says why there is no report, and how the program ends for it.
pub fn failure(failure: &RunError, lang: Lang) -> Exit {
    failure.lines(lang).iter().for_each(error);
    Exit::of(failure)
}

/// A question, to be answered on its line.
pub fn ask(text: impl Display) {
    let mut out = stdout().lock();
    let _ = write!(out, "{}", lines_of_text(&text.to_string())).and_then(|()| out.flush());
}
