//! Files read through worker processes as a run reads them, and what is expected of a reading.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use cds::grid::{CellRef, Grid, Value};
use cds::reader::{Content, Job, Limits, Pool, Reading, Workbook};

/// The program under test.
pub fn program() -> &'static Path {
    Path::new(env!("CARGO_BIN_EXE_cds"))
}

/// A file of `tests/reader`.
pub fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reader").join(name)
}

/// Reads files in workers, by their place in the list.
pub fn read_with(paths: &[PathBuf], limits: Limits, threads: usize) -> Vec<Reading> {
    let jobs: Vec<Job> = paths.iter().cloned().enumerate().map(|(id, path)| Job { id, path }).collect();
    let done = Mutex::new(BTreeMap::new());
    let pool = Pool { program: program(), limits, threads, stop: None };
    pool.read_all(&jobs, |id, reading| assert!(done.lock().unwrap().insert(id, reading).is_none(), "{id} came twice"))
        .unwrap();
    let done = done.into_inner().unwrap();
    assert_eq!(done.len(), paths.len());
    done.into_values().collect()
}

/// Reads a file as a run does.
pub fn read(path: &Path) -> Reading {
    read_with(&[path.to_owned()], Limits::default(), 1).remove(0)
}

/// Reads bytes as a file of any name.
pub fn read_bytes(bytes: &[u8]) -> Reading {
    read_bytes_with(bytes, Limits::default())
}

/// Reads bytes as a file, within limits.
pub fn read_bytes_with(bytes: &[u8], limits: Limits) -> Reading {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("phieu.xlsx");
    std::fs::write(&path, bytes).unwrap();
    read_with(&[path], limits, 1).remove(0)
}

/// The workbook that a file must be.
#[track_caller]
pub fn book(reading: &Reading) -> &Workbook {
    match &reading.content {
        Content::Workbook(book) => book,
        other => panic!("{other:?}"),
    }
}

/// Why a file was not read.
#[track_caller]
pub fn codes(reading: &Reading) -> Vec<u16> {
    match &reading.content {
        Content::Unreadable(why) => why.iter().map(|finding| finding.code.0).collect(),
        other => panic!("{other:?}"),
    }
}

/// What stands in a cell.
pub fn at<'a>(grid: &'a Grid, cell: &str) -> Option<&'a Value> {
    grid.get(cell.parse::<CellRef>().unwrap())
}

/// A text in a cell.
pub fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}
