//! The disk under a folder: free space, and whether it can be written. Each system's own call is in `fs4` and std.

use std::fs::{self, OpenOptions};
use std::io;
use std::path::Path;

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
