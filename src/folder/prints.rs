//! `DAU-VAN-TAY.txt` of a run: the fingerprint of every other file of its folder, a line each as `sha256sum` writes it, so
//! that anybody can check them with programs of the system. Knows no contents.

use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::disk::read_file;
use crate::fingerprint;

/// The name of the list.
pub const PRINTS: &str = "DAU-VAN-TAY.txt";

/// Bytes of a list: of a hundred thousand files.
const LARGEST: u64 = 32 << 20;

/// Files of a folder and its sub-folders by their names with `/`, each with its fingerprint; an empty one stands for what
/// is no file that can be read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Prints(pub BTreeMap<String, String>);

/// How a folder is otherwise than its list says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Change {
    /// Other bytes.
    Changed,
    /// Gone.
    Missing,
    /// Not in the list.
    Added,
}

impl Prints {
    /// Of a folder as it is now, without the list itself and what programs leave beside files that they have open.
    ///
    /// # Errors
    /// When a folder cannot be read.
    pub fn of(folder: &Path) -> io::Result<Prints> {
        Prints::default().of_others(folder)
    }

    /// Of a folder, where these are known: their files are not read for it.
    fn of_others(mut self, folder: &Path) -> io::Result<Prints> {
        let mut files: Vec<(String, PathBuf)> = Vec::new();
        let mut folders = vec![(folder.to_owned(), String::new())];
        while let Some((folder, shown)) = folders.pop() {
            for entry in fs::read_dir(&folder)? {
                let entry = entry?;
                let own = entry.file_name().to_string_lossy().into_owned();
                let name = format!("{shown}{own}");
                if entry.file_type()?.is_dir() {
                    folders.push((entry.path(), format!("{name}/")));
                } else if name != PRINTS && !is_left_by_programs(&own) {
                    files.push((name, entry.path()));
                }
            }
        }
        let mut known = |name: &str| self.0.remove(name);
        let files: Vec<_> = files.into_iter().map(|(name, path)| (known(&name), name, path)).collect();
        let print = |(known, name, path): (Option<String>, String, PathBuf)| {
            let is_file = fs::symlink_metadata(&path).is_ok_and(|found| found.is_file());
            let print = || known.unwrap_or_else(|| fingerprint::of_file(&path).unwrap_or_default());
            (name, if is_file { print() } else { String::new() })
        };
        Ok(Prints(files.into_par_iter().map(print).collect()))
    }

    /// The list of a folder; `None` where there is none.
    ///
    /// # Errors
    /// When it cannot be read, or is no such list.
    pub fn read(folder: &Path) -> io::Result<Option<Prints>> {
        let path = folder.join(PRINTS);
        let wrong = || io::Error::new(io::ErrorKind::InvalidData, "no list of fingerprints");
        match fs::symlink_metadata(&path) {
            Ok(found) if found.len() > LARGEST => return Err(wrong()),
            Ok(_) => {}
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error),
        }
        let text = String::from_utf8(read_file(&path)?).map_err(|_| wrong())?;
        let lines = text.lines().map(|line| {
            // Two spaces, or one and a star for what was read as bytes.
            let (print, name) = line.split_once(' ')?;
            let name = name.strip_prefix([' ', '*'])?;
            let is_print = print.len() == 64 && print.bytes().all(|byte| byte.is_ascii_hexdigit());
            is_print.then(|| (name.to_owned(), print.to_ascii_lowercase()))
        });
        let known: Option<BTreeMap<_, _>> = lines.collect();
        known.map(|known| Some(Prints(known))).ok_or_else(wrong)
    }

    /// Writes the list of a folder into it; those that are known are not taken again.
    pub(crate) fn write(self, folder: &Path) -> io::Result<()> {
        fs::write(folder.join(PRINTS), self.of_others(folder)?.to_string())
    }

    /// How a folder is otherwise now, by name.
    pub fn changes(&self, now: &Prints) -> Vec<(String, Change)> {
        let gone = self.0.iter().filter_map(|(name, print)| match now.0.get(name) {
            None => Some((name.clone(), Change::Missing)),
            Some(now) if now != print => Some((name.clone(), Change::Changed)),
            Some(_) => None,
        });
        let added = now.0.keys().filter(|name| !self.0.contains_key(*name)).map(|name| (name.clone(), Change::Added));
        let mut changes: Vec<(String, Change)> = gone.chain(added).collect();
        changes.sort();
        changes
    }
}

/// As `sha256sum` writes and checks it: with line ends that it takes on every system.
impl fmt::Display for Prints {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|(name, print)| writeln!(f, "{print}  {name}"))
    }
}

/// Files that office programs keep beside an open one, and what systems leave in folders that people look into.
fn is_left_by_programs(name: &str) -> bool {
    const BY_SYSTEMS: [&str; 4] = ["thumbs.db", "desktop.ini", ".ds_store", ".directory"];
    name.starts_with("~$") || name.starts_with(".~lock.") || BY_SYSTEMS.contains(&name.to_lowercase().as_str())
}
