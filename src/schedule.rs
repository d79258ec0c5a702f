//! A run every night, in the words of each scheduler, such that a missed night is caught up. Makes texts and starts
//! nothing: who installs them is the command line.

mod cron;
mod systemd;
mod windows;

use std::path::{Path, PathBuf};

use jiff::civil::{Date, Time};

use crate::text::fold;

pub use cron::crontab;
pub use systemd::{Units, units};
pub use windows::{task, utf16};

/// Returns that are still being copied in the night are left for the next one.
pub const SETTLE: &str = "10s";

/// What is to run when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Nightly {
    /// The program, absolute.
    pub program: PathBuf,
    /// The office folder, absolute.
    pub office: PathBuf,
    /// The time of day, by the machine's clock.
    pub at: Time,
}

/// A path that no scheduler's file can hold.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{} cannot stand in a scheduler's file", .0.display())]
pub struct Unwritable(pub PathBuf);

impl Nightly {
    /// Both paths as text.
    ///
    /// # Errors
    /// A path that is no Unicode or holds a line break or another control character: it would end the scheduler's line.
    fn texts(&self) -> Result<(&str, &str), Unwritable> {
        Ok((one_line(&self.program)?, one_line(&self.office)?))
    }

    /// A name for the task, safe everywhere, that no other folder of this machine has: `cds-so-lieu-2025-1a2b3c`.
    pub fn name(&self) -> String {
        let path = self.office.to_string_lossy();
        let folder = self.office.file_name().map(|name| fold(&name.to_string_lossy())).unwrap_or_default();
        let ascii: String = folder.chars().filter(|c| c.is_ascii_alphanumeric() || *c == ' ').take(40).collect();
        let slug = ascii.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join("-");
        let mark = blake3::hash(path.as_bytes()).to_hex();
        let parts = ["cds", &slug, &mark.as_str()[..6]];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-")
    }
}

fn one_line(path: &Path) -> Result<&str, Unwritable> {
    let text = path.to_str().filter(|text| !text.chars().any(char::is_control));
    text.ok_or_else(|| Unwritable(path.to_owned()))
}

/// A nightly run that starts on this day.
#[derive(Debug, Clone, Copy)]
pub struct From(pub Date);

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// Everything that must be escaped somewhere.
    pub(crate) const HARD: &str = "/srv/Phòng GD's \"100%\" $HOME & <b> \\x/";

    pub(crate) fn nightly(office: &str) -> Nightly {
        let at = jiff::civil::time(2, 5, 0, 0);
        Nightly { program: "/opt/cds 1.0/cds".into(), office: office.into(), at }
    }

    #[test]
    fn names_are_safe_and_differ_by_folder() {
        let one = nightly("/a/Chuyển đổi số 2025").name();
        assert!(one.starts_with("cds-chuyen-doi-so-2025-") && one.is_ascii(), "{one}");
        assert_ne!(one, nightly("/b/Chuyển đổi số 2025").name());
        assert!(nightly("/").name().starts_with("cds-"));
    }

    #[test]
    fn a_line_break_in_a_path_is_refused() {
        let wrong = nightly("/a\nExecStart=/bin/sh");
        assert!(units(&wrong).is_err() && crontab(&wrong).is_err());
        assert!(task(&wrong, From(jiff::civil::date(2025, 6, 1))).is_err());
    }
}
