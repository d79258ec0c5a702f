//! Workers and the file system: what is no file, what is no reader, and what a worker costs when it dies.
#![allow(clippy::unwrap_used)]

use std::path::{Path, PathBuf};

use crate::reader_files::*;
use cds::finding::code;
use cds::reader::{Content, Job, Limits, OtherKind, Pool, PoolError, Reading};

#[test]
fn what_is_not_there_or_no_file_is_named() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(codes(&read(&folder.path().join("khong-co.xlsx"))), [code::FILE_GONE.0]);
    assert_eq!(codes(&read(folder.path())), [code::NOT_A_REGULAR_FILE.0]);
}

#[cfg(unix)]
#[test]
fn pipes_and_devices_are_not_opened() {
    let folder = tempfile::tempdir().unwrap();
    let pipe = folder.path().join("ong.xlsx");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    assert_eq!(codes(&read(&pipe)), [code::NOT_A_REGULAR_FILE.0]);
    assert_eq!(codes(&read(Path::new("/dev/zero"))), [code::NOT_A_REGULAR_FILE.0]);
    let socket = folder.path().join("o-cam");
    let _listener = std::os::unix::net::UnixListener::bind(&socket).unwrap();
    assert_eq!(codes(&read(&socket)), [code::NOT_A_REGULAR_FILE.0]);
}

#[test]
fn a_file_too_large_is_not_read_but_a_scan_is_known() {
    let limits = Limits { workbook_bytes: 5000, archive_bytes: 8000, ..Limits::default() };
    let form = std::fs::read(fixture("openpyxl.xlsx")).unwrap();
    assert_eq!(codes(&read_bytes_with(&form, limits.clone())), [code::TOO_LARGE.0]);
    let mut scan = b"%PDF-1.7\n".to_vec();
    scan.resize(100_000, b'x');
    let reading = read_bytes_with(&scan, limits.clone());
    assert_eq!(reading.content, Content::Other(OtherKind::Pdf));
    assert_eq!(reading.fingerprint, read_bytes(&scan).fingerprint);
    scan[0] = b'?';
    assert_eq!(codes(&read_bytes_with(&scan, limits)), [code::TOO_LARGE.0]);
}

#[test]
fn a_program_that_is_no_reader_is_an_error_of_the_run() {
    let jobs = [Job { id: 0, path: fixture("openpyxl.xlsx") }];
    let pool = |program| Pool { program, limits: Limits::default(), threads: 2, stop: None };
    let missing = pool(Path::new("/khong/co/cds")).read_all(&jobs, |_, _| panic!("read"));
    assert!(matches!(missing, Err(PoolError::CannotStart { .. })), "{missing:?}");
    #[cfg(unix)]
    {
        let other = pool(Path::new("/bin/echo")).read_all(&jobs, |_, _| panic!("read"));
        assert!(matches!(other, Err(PoolError::NotAReader { .. })), "{other:?}");
    }
}

#[test]
fn stopping_ends_the_reading() {
    let stop = std::sync::atomic::AtomicBool::new(false);
    let jobs: Vec<Job> = (0..200).map(|id| Job { id, path: fixture("openpyxl.xlsx") }).collect();
    let count = std::sync::atomic::AtomicUsize::new(0);
    let pool = Pool { program: program(), limits: Limits::default(), threads: 2, stop: Some(&stop) };
    let end = pool.read_all(&jobs, |_, _| {
        count.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        stop.store(true, std::sync::atomic::Ordering::Relaxed);
    });
    assert!(matches!(end, Err(PoolError::Stopped)), "{end:?}");
    assert!(count.into_inner() < 200);
}

/// Workers take longest to begin where processes do, as on Windows.
#[cfg(unix)]
#[test]
fn stopping_while_workers_begin_is_no_fault_of_theirs() {
    use std::os::unix::fs::PermissionsExt;

    let folder = tempfile::tempdir().unwrap();
    let never_ready = folder.path().join("reader");
    std::fs::write(&never_ready, "#!/bin/sh\nexec sleep 60\n").unwrap();
    std::fs::set_permissions(&never_ready, std::fs::Permissions::from_mode(0o755)).unwrap();
    let stop = std::sync::atomic::AtomicBool::new(false);
    let jobs: Vec<Job> = (0..2).map(|id| Job { id, path: fixture("openpyxl.xlsx") }).collect();
    let pool = Pool { program: &never_ready, limits: Limits::default(), threads: 2, stop: Some(&stop) };
    let end = std::thread::scope(|scope| {
        scope.spawn(|| {
            std::thread::sleep(std::time::Duration::from_millis(200));
            stop.store(true, std::sync::atomic::Ordering::Relaxed);
        });
        pool.read_all(&jobs, |_, _| panic!("read"))
    });
    assert!(matches!(end, Err(PoolError::Stopped)), "{end:?}");
}

#[test]
fn threads_and_neighbours_change_nothing() {
    let mut paths: Vec<PathBuf> = std::fs::read_dir(fixture("")).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let one = read_with(&paths, Limits::default(), 1);
    assert_eq!(one, read_with(&paths, Limits::default(), 4));
    paths.reverse();
    let mut reversed = read_with(&paths, Limits::default(), 3);
    reversed.reverse();
    assert_eq!(one, reversed);
    paths.reverse();
    let alone: Vec<Reading> = paths.iter().map(|path| read(path)).collect();
    assert_eq!(one, alone);
}
