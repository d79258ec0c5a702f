//! A run's folder: hidden while it is written, then in place by one rename, or gone.

use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};
use std::thread;

use jiff::civil::DateTime;

use super::prints::{PRINTS, Prints};
use super::{FolderError, Lock, RunName, kept, newest};

/// The hidden folder that a run writes into. Dropped unfinished, it is removed.
#[derive(Debug)]
pub struct RunFolder<'l> {
    lock: &'l Lock,
    name: RunName,
    partial: PathBuf,
    target: PathBuf,
    known: Prints,
}

/// The hidden folder that a frozen result is written into, beside its run. Dropped unfinished, it is removed.
#[derive(Debug)]
pub struct MilestoneFolder<'l> {
    lock: &'l Lock,
    partial: PathBuf,
    target: PathBuf,
}

/// A run in its place.
#[derive(Debug)]
pub struct Finished {
    /// The run's folder.
    pub path: PathBuf,
    /// What did not work afterwards and does no harm to the run: old runs that stay, a page that still leads elsewhere.
    pub troubles: Vec<FolderError>,
}

impl Lock {
    /// Starts a run of this time: removes what killed runs left, and makes its hidden folder in `ket-qua/`.
    ///
    /// # Errors
    /// When that cannot be written.
    pub fn start_run(&self, at: DateTime) -> Result<RunFolder<'_>, FolderError> {
        let results = self.folder().results();
        fs::create_dir_all(&results).map_err(cannot_write(&results))?;
        kept::remove_leftovers(&results)?;
        let mut name = RunName::at(at);
        loop {
            let (target, partial) = (results.join(name.to_string()), results.join(format!(".{name}.partial")));
            if !is_there(&target)? {
                match fs::create_dir(&partial) {
                    Ok(()) => return Ok(RunFolder { lock: self, name, partial, target, known: Prints::default() }),
                    // A leftover that could not be removed.
                    Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                    Err(source) => return Err(FolderError::CannotWrite { path: partial, source }),
                }
            }
            name = name.next();
        }
    }
}

impl Lock {
    /// Starts the folder of a frozen result of this run, `<run>-<word>`.
    ///
    /// # Errors
    /// [`FolderError::TargetExists`] when this run was frozen for that before, or when it cannot be written.
    pub fn start_milestone(&self, run: &RunName, word: &str) -> Result<MilestoneFolder<'_>, FolderError> {
        let results = self.folder().results();
        kept::remove_leftovers(&results)?;
        let (target, partial) = (results.join(format!("{run}-{word}")), results.join(format!(".{run}-{word}.partial")));
        if is_there(&target)? {
            return Err(FolderError::TargetExists { path: target });
        }
        fs::create_dir(&partial).map_err(cannot_write(&partial))?;
        Ok(MilestoneFolder { lock: self, partial, target })
    }
}

impl MilestoneFolder<'_> {
    /// Where to write until it is finished.
    pub fn path(&self) -> &Path {
        &self.partial
    }

    /// Puts it in its place, once all of it is on the disk. Every file of it must be closed.
    ///
    /// # Errors
    /// When it could not be put there: then nothing has changed, and the hidden folder is gone.
    pub fn finish(self) -> Result<PathBuf, FolderError> {
        place(&self.partial, &self.target)?;
        // What is in its place stays there; that its name may not be on the disk yet is no reason to say it is not.
        let _: Result<(), FolderError> = sync_folder(&self.lock.folder().results());
        Ok(self.target.clone())
    }
}

impl Drop for MilestoneFolder<'_> {
    fn drop(&mut self) {
        let _: io::Result<()> = fs::remove_dir_all(&self.partial);
    }
}

impl RunFolder<'_> {
    /// The run's name.
    pub fn name(&self) -> &RunName {
        &self.name
    }

    /// Where to write until it is finished.
    pub fn path(&self) -> &Path {
        &self.partial
    }

    /// Where it will be.
    pub fn target(&self) -> &Path {
        &self.target
    }

    /// Fingerprints of files that it holds, by their names: they were taken while these were written.
    pub fn know(&mut self, files: impl IntoIterator<Item = (String, String)>) {
        self.known.0.extend(files);
    }

    /// Writes the list of its files' fingerprints and puts the run in its place, once all of it is on the disk; then lets
    /// `MO-KET-QUA-MOI-NHAT.html` say `page`, and removes old runs but the newest `keep`. Every file of the run must be
    /// closed.
    ///
    /// # Errors
    /// When it could not be put there: then nothing has changed, and the hidden folder is gone.
    pub fn finish(mut self, keep: u32, page: &str) -> Result<Finished, FolderError> {
        let known = std::mem::take(&mut self.known);
        known.write(&self.partial).map_err(cannot_write(&self.partial.join(PRINTS)))?;
        place(&self.partial, &self.target)?;
        let results = self.lock.folder().results();
        let mut troubles = Vec::new();
        troubles.extend(sync_folder(&results).err());
        troubles.extend(newest::succeeded(self.lock.folder(), page).err());
        troubles.extend(kept::remove_old(&results, &self.name, keep));
        Ok(Finished { path: self.target.clone(), troubles })
    }
}

impl Drop for RunFolder<'_> {
    fn drop(&mut self) {
        // After the rename there is nothing here; else, what cannot be removed goes with the next run.
        let _: io::Result<()> = fs::remove_dir_all(&self.partial);
    }
}

/// Brings a folder to the disk, then to its place by one rename.
fn place(partial: &Path, target: &Path) -> Result<(), FolderError> {
    sync_all(partial)?;
    // A rename onto an empty folder would succeed.
    if is_there(target)? {
        return Err(FolderError::TargetExists { path: target.to_owned() });
    }
    fs::rename(partial, target).map_err(cannot_write(target))
}

pub(super) fn cannot_write(path: &Path) -> impl FnOnce(io::Error) -> FolderError {
    |source| FolderError::CannotWrite { path: path.to_owned(), source }
}

/// Whether there is anything of this name, be it a link to nowhere.
fn is_there(path: &Path) -> Result<bool, FolderError> {
    match fs::symlink_metadata(path) {
        Ok(_) => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(source) => Err(FolderError::CannotWrite { path: path.to_owned(), source }),
    }
}

/// Brings a folder with all that is in it to the disk.
fn sync_all(folder: &Path) -> Result<(), FolderError> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    let mut at = 0;
    while let Some(folder) = folders.get(at).cloned() {
        at += 1;
        for entry in fs::read_dir(&folder).map_err(cannot_write(&folder))? {
            let entry = entry.map_err(cannot_write(&folder))?;
            match entry.file_type().map_err(cannot_write(&folder))?.is_dir() {
                true => folders.push(entry.path()),
                false => files.push(entry.path()),
            }
        }
    }
    if files.len() > MANY {
        sync_together(folder);
    }
    sync_files(&files)?;
    folders.iter().rev().try_for_each(|folder| sync_folder(folder))
}

/// From so many files on it is worth to bring all that waits for the disk down first: each file by itself waits for the
/// disk in turn.
const MANY: usize = 200;

/// Brings down all that waits for this disk, as far as the system can; whether each file is there is asked afterwards.
fn sync_together(folder: &Path) {
    #[cfg(target_os = "linux")]
    if let Ok(folder) = File::open(folder) {
        let _: rustix::io::Result<()> = rustix::fs::syncfs(folder);
    }
    #[cfg(not(target_os = "linux"))]
    let _ = folder;
}

/// Several at a time, whatever the number of cores: the disk waits for no computing, and brings them down together.
fn sync_files(files: &[PathBuf]) -> Result<(), FolderError> {
    const AT_A_TIME: usize = 8;
    thread::scope(|scope| {
        let part = files.len().div_ceil(AT_A_TIME).max(1);
        let syncing: Vec<_> = files
            .chunks(part)
            .map(|files| scope.spawn(move || files.iter().try_for_each(|file| sync_file(file))))
            .collect();
        let mut ended = syncing.into_iter().map(|thread| thread.join());
        ended.try_for_each(|end| end.unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
    })
}

fn sync_file(path: &Path) -> Result<(), FolderError> {
    // Windows flushes only what is open for writing.
    let open = OpenOptions::new().read(true).write(cfg!(windows)).open(path);
    open.and_then(|file: File| file.sync_all()).map_err(cannot_write(path))
}

/// The names in a folder, on the disk. On Windows the file system sees to that, and a folder cannot be opened so.
pub(super) fn sync_folder(path: &Path) -> Result<(), FolderError> {
    if cfg!(windows) {
        return Ok(());
    }
    File::open(path).and_then(|folder| folder.sync_all()).map_err(cannot_write(path))
}
