//! Killed at any moment, what is made outside of runs is not there, or whole; and the same call again makes the rest.

#![cfg(unix)]
#![allow(clippy::unwrap_used)] // The builders below are tests too.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use crate::copied::tree;
use crate::office::Office;

/// Starts it again and again, and kills it at moments over the time that it takes; `check` tells whether it was cut.
fn killed(start: impl Fn() -> Command, clear: impl Fn(), check: impl Fn() -> bool) {
    let quiet = || {
        let mut command = start();
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        command
    };
    let started = Instant::now();
    assert!(quiet().status().unwrap().success());
    let long = started.elapsed();
    let (mut whole, mut cut) = (0, 0);
    for moment in 0..200 {
        if moment >= 40 && whole > 0 && cut > 0 {
            break;
        }
        clear();
        let mut child = quiet().spawn().unwrap();
        std::thread::sleep(long.mul_f64(f64::from(moment % 40 * (1 + moment / 40)) / 32.0));
        // SIGKILL.
        child.kill().unwrap();
        child.wait().unwrap();
        if check() { cut += 1 } else { whole += 1 }
    }
    assert!(whole > 0 && cut > 0, "{whole} whole, {cut} cut");
}

/// Without the names under which files are written until they are whole.
fn shown(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let is_hidden = |path: &Path| path.to_string_lossy().contains(".partial");
    tree(folder).into_iter().filter(|(path, _)| !is_hidden(path)).collect()
}

#[test]
fn a_killed_init_is_called_again_and_ends_whole() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("n");
    let start = || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_cds"));
        command.arg("init").arg(&folder).args(["--ten", "Phòng A", "--nam-hoc", "2024-2025"]);
        command
    };
    assert!(start().output().unwrap().status.success());
    // Workbooks bear the time of their making: their names and sizes tell.
    let sizes = |folder: &Path| -> Vec<(PathBuf, usize)> {
        shown(folder).into_iter().map(|(path, bytes)| (path, bytes.len() / 64)).collect()
    };
    let want = sizes(&folder);
    let clear = || fs::remove_dir_all(&folder).unwrap_or_default();
    killed(start, clear, || {
        let there = if folder.exists() { sizes(&folder) } else { Vec::new() };
        assert!(there.iter().all(|file| want.contains(file)), "{there:?}");
        let output = start().output().unwrap();
        assert!(output.status.success(), "{output:?}");
        assert_eq!(sizes(&folder), want);
        there != want
    });
}

/// What earlier versions left where they were killed.
#[test]
fn an_empty_file_of_a_killed_init_is_made_again() {
    let place = tempfile::tempdir().unwrap();
    let names = ["co-quan.toml", "danh-sach-truong.xlsx", "so-nhan.xlsx", "phieu-co-quan.xlsx", "DOC-TOI.txt"];
    names.iter().for_each(|name| fs::write(place.path().join(name), "").unwrap());
    let mut command = Command::new(env!("CARGO_BIN_EXE_cds"));
    let output = command.arg("init").arg(place.path()).args(["--ten", "Phòng A", "--nam-hoc", "2024-2025"]).output();
    let output = output.unwrap();
    assert!(output.status.success(), "{output:?}");
    assert!(names.iter().all(|name| fs::metadata(place.path().join(name)).unwrap().len() > 0));
}

#[test]
fn killed_at_any_moment_the_forms_are_all_there_or_none() {
    let mut office = Office::new();
    for n in 1..=9 {
        office = office.school(&format!("8010000{n}"), &format!("Trường TH số {n}"), "TH");
    }
    office.command(&["--quiet"]);
    let folder = office.path().join("phieu");
    let start = || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_cds"));
        command.arg("forms").arg(office.path()).arg("-o").arg(&folder);
        command
    };
    let clear = || fs::remove_dir_all(&folder).unwrap_or_default();
    killed(start, clear, || {
        let is_cut = !folder.exists();
        if is_cut {
            assert!(start().output().unwrap().status.success());
        }
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 10);
        is_cut
    });
}

#[test]
fn killed_at_any_moment_a_schedule_is_whole_or_not_there() {
    let office = Office::new().school("80100001", "Trường TH số 1", "TH");
    office.command(&["--quiet"]);
    let file = office.path().join("lich.xml");
    let start = || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_cds"));
        command.arg("schedule").arg(office.path()).args(["--at", "02:00", "--for", "windows", "-o"]).arg(&file);
        command
    };
    assert!(start().output().unwrap().status.success());
    let long = fs::metadata(&file).unwrap().len();
    killed(
        start,
        || fs::remove_file(&file).unwrap_or_default(),
        || {
            let there = fs::metadata(&file);
            assert!(there.as_ref().map_or(true, |there| there.len() == long));
            there.is_err()
        },
    );
}
