//! The disk under a folder: free space, whether it can be written, and how a file gets into its place whole.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::system::NotAFile;

/// Bytes that this user can still write there.
///
/// # Errors
/// When the system does not tell.
pub fn free_space(folder: &Path) -> io::Result<u64> {
    fs4::available_space(folder)
}

/// Writes a file there and removes it: permissions, read-only disks and shares, locked folders all show only so.
///
/// # Errors
/// What the system said.
pub fn try_write(folder: &Path) -> io::Result<()> {
    let path = folder.join(format!(".cds-thu-ghi-{}", std::process::id()));
    let tried = OpenOptions::new().write(true).create_new(true).open(&path).map(drop);
    // Written by another try of this process number that was killed: then it can be written.
    let tried = match tried {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        tried => tried,
    };
    tried.and_then(|()| fs::remove_file(&path))
}

/// The bytes of a file. What is no file is refused before it is opened: to open a pipe waits for somebody to write into
/// it.
///
/// # Errors
/// What the system said, or that it is no file.
pub fn read_file(path: &Path) -> io::Result<Vec<u8>> {
    if !fs::metadata(path)?.is_file() {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, NotAFile));
    }
    fs::read(path)
}

/// A new file of a name of ours. What is there goes first: something that a killed program left, or a link that somebody
/// planted, which is not followed.
///
/// # Errors
/// What the system said.
pub fn fresh(path: &Path) -> io::Result<File> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => OpenOptions::new().write(true).create_new(true).open(path),
    }
}

/// What to do with a file that is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Existing {
    /// It stays: [`io::ErrorKind::AlreadyExists`].
    Keep,
    /// The new one takes its place.
    Replace,
}

/// Puts a file in its place whole: written beside it, then renamed. A program that is killed meanwhile leaves no half
/// file under the name.
///
/// # Errors
/// What the system said; then what was there is there.
pub fn put(path: &Path, bytes: &[u8], existing: Existing) -> io::Result<()> {
    placed(path, bytes, existing, true)
}

/// As [`put`], without waiting for the disk: for many files of which a lost one is made again.
///
/// # Errors
/// As [`put`].
pub fn put_many(path: &Path, bytes: &[u8], existing: Existing) -> io::Result<()> {
    placed(path, bytes, existing, false)
}

fn placed(path: &Path, bytes: &[u8], existing: Existing, to_disk: bool) -> io::Result<()> {
    if existing == Existing::Keep && fs::symlink_metadata(path).is_ok() {
        return Err(io::ErrorKind::AlreadyExists.into());
    }
    let partial = beside(path);
    let written = fresh(&partial).and_then(|mut file| {
        file.write_all(bytes)?;
        if to_disk { file.sync_all() } else { Ok(()) }
    });
    let placed = written.and_then(|()| match existing {
        Existing::Replace => fs::rename(&partial, path),
        Existing::Keep => place_new(&partial, path),
    });
    if placed.is_err() {
        // What is left of it helps nobody; the error that matters is the first one.
        let _: io::Result<()> = fs::remove_file(&partial);
    }
    placed
}

/// Fills a folder; one that is not there yet is there with all of it, or not at all. `failed` makes an error of the system
/// one of the caller's.
///
/// # Errors
/// What the system said, or `fill`.
pub fn whole<E>(
    dir: &Path,
    fill: impl FnOnce(&Path) -> Result<(), E>,
    failed: impl Fn(io::Error) -> E,
) -> Result<(), E> {
    if fs::symlink_metadata(dir).is_ok() {
        return fill(dir);
    }
    let partial = beside(dir);
    match fs::remove_dir_all(&partial) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(failed(error)),
        _ => fs::create_dir_all(&partial).map_err(&failed)?,
    }
    let filled = fill(&partial).and_then(|()| fs::rename(&partial, dir).map_err(&failed));
    if filled.is_err() {
        let _: io::Result<()> = fs::remove_dir_all(&partial);
    }
    filled
}

/// The name under which a file is written until it is whole.
pub fn beside(path: &Path) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    path.with_file_name(format!(".{name}.partial"))
}

/// Renames onto no other file: a second name is given only where there is none, and the first is taken away. Where the
/// disk knows no second names, a look at what is there must do.
fn place_new(partial: &Path, path: &Path) -> io::Result<()> {
    match fs::hard_link(partial, path) {
        Ok(()) => fs::remove_file(partial),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Err(error),
        Err(_) if fs::symlink_metadata(path).is_ok() => Err(io::ErrorKind::AlreadyExists.into()),
        Err(_) => fs::rename(partial, path),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_put_whole_and_never_over_another_unasked() {
        let place = tempfile::tempdir().unwrap();
        let path = place.path().join("a.txt");
        fs::write(beside(&path), "half").unwrap();
        put(&path, b"one", Existing::Keep).unwrap();
        let again = put(&path, b"two", Existing::Keep).unwrap_err();
        assert_eq!((again.kind(), fs::read(&path).unwrap()), (io::ErrorKind::AlreadyExists, b"one".to_vec()));
        put(&path, b"three", Existing::Replace).unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"three");
        assert_eq!(fs::read_dir(place.path()).unwrap().count(), 1);
    }

    #[cfg(unix)]
    #[test]
    fn a_planted_link_is_not_followed() {
        let place = tempfile::tempdir().unwrap();
        let (path, other) = (place.path().join("a.txt"), place.path().join("other"));
        fs::write(&other, "other").unwrap();
        std::os::unix::fs::symlink(&other, beside(&path)).unwrap();
        put(&path, b"one", Existing::Replace).unwrap();
        assert_eq!((fs::read(&path).unwrap(), fs::read(&other).unwrap()), (b"one".to_vec(), b"other".to_vec()));
        assert!(fs::symlink_metadata(&path).unwrap().is_file());
        assert_eq!(read_file(place.path()).unwrap_err().kind(), io::ErrorKind::InvalidInput);
    }
}
