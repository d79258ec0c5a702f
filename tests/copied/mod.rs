//! A folder copied to where a test may run in it.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

use std::fs;
use std::path::Path;

/// Copies a folder with all below it, but for results of earlier runs.
pub fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name();
        match entry.file_type().unwrap().is_dir() {
            true if name == "ket-qua" => {}
            true => copy(&entry.path(), &to.join(name)),
            false => drop(fs::copy(entry.path(), to.join(name)).unwrap()),
        }
    }
}
