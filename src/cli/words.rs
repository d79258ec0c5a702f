//! Texts of the command line in both languages. clap keeps one string for each, so both stand in it until the language
//! of this call is known.

use std::env;
use std::ffi::OsStr;
use std::fmt;
use std::fs;
use std::io::{IsTerminal, stderr, stdout};
use std::path::PathBuf;

use crate::finding::Lang;

/// Between the Vietnamese and the English half: no text for people holds it.
pub const BETWEEN: char = '‖';

/// A text in Vietnamese and in English.
macro_rules! both {
    ($vi:literal, $en:literal) => {
        concat!($vi, "‖", $en)
    };
}
pub(super) use both;

/// The half of a text that is in this language; a text without halves is the same in both.
pub fn pick(text: &str, lang: Lang) -> &str {
    match (text.split_once(BETWEEN), lang) {
        (Some((vi, _)), Lang::Vi) => vi,
        (Some((_, en)), Lang::En) => en,
        (None, _) => text,
    }
}

/// The name by which the program goes.
const NAME: &str = "cds";

/// How a command that is told has to begin, so that it works where it is typed: as this call did, unless the name is
/// enough. What is not for a terminal, and may be kept or sent, names no path of this machine.
pub fn program() -> String {
    if !stdout().is_terminal() || !stderr().is_terminal() {
        return NAME.to_owned();
    }
    let file = format!("{NAME}{}", env::consts::EXE_SUFFIX);
    let path = env::var_os("PATH").unwrap_or_default();
    let found = env::split_paths(&path).map(|folder| folder.join(&file)).find(|found| found.is_file());
    called(&env::args_os().next().unwrap_or_default(), found, env::current_exe().ok(), cfg!(windows))
}

/// The same of a program that was called `typed`, is `this`, and has `found` under its name on PATH.
fn called(typed: &OsStr, found: Option<PathBuf>, this: Option<PathBuf>, is_windows: bool) -> String {
    let same = |path: PathBuf| fs::canonicalize(path).ok();
    let is_found = found.and_then(same).is_some_and(|found| this.and_then(same) == Some(found));
    let typed = typed.to_string_lossy();
    let last = typed.rfind(|c| c == '/' || is_windows && c == '\\');
    let (Some(_), false) = (last, is_found) else { return NAME.to_owned() };
    let is_plain = |c: char| c.is_alphanumeric() || "/._-+:".contains(c) || is_windows && c == '\\';
    if typed.chars().all(is_plain) {
        return typed.into_owned();
    }
    if !is_windows {
        return format!("'{}'", typed.replace('\'', r"'\''"));
    }
    // PowerShell runs no command that begins with a quote, and no other quotes serve in cmd too: D:\"a b\cds.exe".
    let root = typed.find(['\\', '/']).map_or(0, |at| at + 1);
    format!("{}\"{}\"", &typed[..root], &typed[root..])
}

/// Why the value of an option cannot be used, and how to write it: a text of [`both`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wrong(pub &'static str);

impl fmt::Display for Wrong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(pick(self.0, Lang::En))
    }
}

impl std::error::Error for Wrong {}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    #[test]
    fn a_command_begins_as_this_call_did() {
        let told = |typed: &str, is_windows| called(OsStr::new(typed), None, None, is_windows);
        for (typed, on_linux) in [
            ("cds", "cds"),
            ("./cds", "./cds"),
            ("/opt/cds-0.2.0/cds", "/opt/cds-0.2.0/cds"),
            ("/home/Hà/Tải xuống/cds", "'/home/Hà/Tải xuống/cds'"),
            ("/home/an's/cds", r"'/home/an'\''s/cds'"),
        ] {
            assert_eq!(told(typed, false), on_linux);
        }
        for (typed, on_windows) in [
            ("cds", "cds"),
            ("cds.exe", "cds"),
            (r".\cds", r".\cds"),
            (r"D:\cds-0.2.0\cds.exe", r"D:\cds-0.2.0\cds.exe"),
            (r"D:\Chuyển đổi số\cds.exe", r#"D:\"Chuyển đổi số\cds.exe""#),
            (r"..\Tải xuống (1)\cds.exe", r#"..\"Tải xuống (1)\cds.exe""#),
        ] {
            assert_eq!(told(typed, true), on_windows);
        }
    }

    #[test]
    fn the_name_is_enough_where_it_finds_this_program() {
        let folder = tempfile::tempdir().unwrap();
        let (here, other) = (folder.path().join("cds"), folder.path().join("other"));
        fs::write(&here, b"").unwrap();
        fs::write(&other, b"").unwrap();
        let told = |found: &Path| called(here.as_os_str(), Some(found.to_owned()), Some(here.clone()), cfg!(windows));
        assert_eq!(told(&here), "cds");
        assert_ne!(told(&other), "cds");
    }
}
