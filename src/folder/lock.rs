//! One run at a time on an office folder. The system's lock on `.cds.lock` decides and ends with the process; who holds
//! it stands in a second file, since on Windows a locked file cannot be read by others.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::disk::{fresh, read_file};
use super::{FolderError, OfficeFolder};

const LOCK: &str = ".cds.lock";
const HOLDER: &str = ".cds.lock.txt";

/// Who holds the lock, as `.cds.lock.txt` says; a text that is not known is empty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Holder {
    /// The person's name on the system.
    pub user: String,
    /// The computer.
    pub computer: String,
    /// The process's number there.
    pub process: String,
    /// Since when, by that computer's clock, at +07:00.
    pub since: String,
}

/// The lines of `.cds.lock.txt`, for people too.
const KEYS: [&str; 4] = ["Người dùng", "Máy", "Mã tiến trình", "Từ lúc"];

impl Holder {
    fn this_process() -> Holder {
        let variable = |names: [&str; 2]| names.iter().find_map(|name| std::env::var(name).ok()).unwrap_or_default();
        let system_name = fs::read_to_string("/etc/hostname").map(|name| name.trim().to_owned());
        let computer = Some(variable(["COMPUTERNAME", "HOSTNAME"])).filter(|name| !name.is_empty());
        let now = jiff::tz::offset(7).to_datetime(jiff::Timestamp::now());
        Holder {
            user: variable(["USER", "USERNAME"]),
            computer: computer.or(system_name.ok()).unwrap_or_default(),
            process: std::process::id().to_string(),
            since: now.strftime("%d/%m/%Y %H:%M:%S").to_string(),
        }
    }

    fn values(&self) -> [&str; 4] {
        [&self.user, &self.computer, &self.process, &self.since]
    }

    fn to_text(&self) -> String {
        KEYS.iter().zip(self.values()).map(|(key, value)| format!("{key}: {value}\r\n")).collect()
    }

    fn from_text(text: &str) -> Holder {
        let value = |key: &str| {
            let line = text.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix(':'));
            line.map(|value| value.trim().to_owned()).unwrap_or_default()
        };
        let [user, computer, process, since] = KEYS.map(value);
        Holder { user, computer, process, since }
    }

    pub(super) fn vi(&self) -> String {
        self.said(["người dùng", "máy", "tiến trình", "từ"])
    }

    pub(super) fn en(&self) -> String {
        self.said(["user", "computer", "process", "since"])
    }

    fn said(&self, words: [&str; 4]) -> String {
        let known = words.iter().zip(self.values()).filter(|(_, value)| !value.is_empty());
        known.map(|(word, value)| format!("{word} {value}")).collect::<Vec<_>>().join(", ")
    }
}

/// The right to run on an office folder, until it is dropped or the process ends, however it ends.
#[derive(Debug)]
pub struct Lock {
    folder: OfficeFolder,
    holder: PathBuf,
    /// Holds the system's lock; the file itself stays, since removing it would let two runs lock two files.
    file: File,
}

impl Lock {
    pub(super) fn take(folder: &OfficeFolder) -> Result<Lock, FolderError> {
        let path = folder.root().join(LOCK);
        let holder = folder.root().join(HOLDER);
        let cannot = |source| FolderError::CannotWrite { path: path.clone(), source };
        let file = open(&path).map_err(cannot)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(FolderError::Busy { holder: read_holder(&holder) }),
            Err(TryLockError::Error(source)) => return Err(cannot(source)),
        }
        let told = fresh(&holder).and_then(|mut file| file.write_all(Holder::this_process().to_text().as_bytes()));
        told.map_err(|source| FolderError::CannotWrite { path: holder.clone(), source })?;
        Ok(Lock { folder: folder.clone(), holder, file })
    }

    /// The folder that is locked.
    pub fn folder(&self) -> &OfficeFolder {
        &self.folder
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // A name that stays behind harms nobody: the lock decides.
        let _: io::Result<()> = fs::remove_file(&self.holder);
        // Closing alone would leave it locked as long as a process that is just being started has the file open, too.
        let _: io::Result<()> = self.file.unlock();
    }
}

/// The file that is locked. What is there and is no file, as a link that leads elsewhere or a pipe, was not put there by a
/// run and goes.
fn open(path: &Path) -> io::Result<File> {
    if fs::symlink_metadata(path).is_ok_and(|there| !there.is_file() && !there.is_dir()) {
        fs::remove_file(path)?;
    }
    OpenOptions::new().create(true).truncate(false).write(true).open(path)
}

fn read_holder(path: &Path) -> Option<Holder> {
    let holder = Holder::from_text(&String::from_utf8(read_file(path).ok()?).ok()?);
    Some(holder).filter(|holder| *holder != Holder::default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_holder_goes_both_ways() {
        let holder = Holder { user: "lan".into(), since: "01/06/2025 02:00:00".into(), ..Holder::default() };
        assert_eq!(Holder::from_text(&holder.to_text()), holder);
        assert_eq!(holder.vi(), "người dùng lan, từ 01/06/2025 02:00:00");
        assert_eq!(Holder::from_text("\0 rubbish"), Holder::default());
    }
}
