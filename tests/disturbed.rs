//! Returns and folders that change, are held or may not be read while a run is made: what is said, how it ends, and
//! that the old state stands.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::office::Office;
use cds::finding::{Finding, Lang, code};
use cds::outcome::{Outcome, Status};
use cds::reader::Limits;
use cds::run::{Done, Event, Options, RunError, run};

fn office() -> Office {
    Office::new()
        .school("80100001", "Trường THCS Bình Minh", "THCS")
        .school("80100002", "Trường TH Hoa Sen", "TH")
        .returned("a.xlsx", "80100001", |_| {})
        .returned("b.xlsx", "80100002", |_| {})
}

/// A run in this process, which `meanwhile` may disturb at each of its events.
fn disturbed(office: &Office, meanwhile: &(dyn Fn(Event) + Sync)) -> Result<Done, RunError> {
    let options = Options {
        at: jiff::civil::date(2025, 6, 1).at(2, 0, 0, 0),
        reader: Path::new(env!("CARGO_BIN_EXE_cds")),
        threads: 2,
        limits: Limits::default(),
        settle: Duration::ZERO,
        per_unit: false,
        stop: None,
    };
    let done = run(office.path(), &options, meanwhile);
    if let Ok(done) = &done {
        assert_eq!(done.outcome.ledger.faults(), Vec::<String>::new());
    }
    done
}

/// The findings about a file, and the one word on what became of it.
fn told<'a>(outcome: &'a Outcome, file: &str) -> (Vec<&'a Finding>, &'static str) {
    let findings = outcome.findings.iter().filter(|finding| finding.place.file.as_deref() == Some(file));
    let disposition = outcome.files.iter().find(|seen| &*seen.file == file).map(|seen| seen.disposition.key());
    (findings.collect(), disposition.unwrap())
}

/// Every file of a folder with its content.
fn all(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(all(&path));
            found.insert(path, Vec::new());
        } else {
            let bytes = fs::read(&path).unwrap();
            found.insert(path, bytes);
        }
    }
    found
}

#[test]
fn a_return_that_goes_before_its_turn_is_told_and_costs_only_itself() {
    let office = office();
    office.command(&[]);
    let gone = office.path().join("nop/b.xlsx");
    let meanwhile = |event: Event| {
        if let Event::Found(_) = event {
            fs::remove_file(&gone).unwrap();
        }
    };
    let outcome = disturbed(&office, &meanwhile).unwrap().outcome;
    let (findings, disposition) = told(&outcome, "nop/b.xlsx");
    assert_eq!((findings.len(), findings[0].code, disposition), (1, code::FILE_GONE, "khong_doc_duoc"));
    assert!(findings[0].advice(Lang::Vi).contains("Chép lại"), "{}", findings[0].advice(Lang::Vi));
    assert_eq!(outcome.expected[0].status, Status::Accepted);
    assert_eq!(outcome.expected[1].status, Status::Missing);
}

#[test]
fn a_return_that_changes_before_its_turn_waits_for_the_next_night() {
    let office = office();
    office.command(&[]);
    let growing = office.path().join("nop/b.xlsx");
    let meanwhile = |event: Event| {
        if let Event::Found(_) = event {
            let half = fs::read(&growing).unwrap();
            fs::write(&growing, &half[..half.len() / 2]).unwrap();
        }
    };
    let outcome = disturbed(&office, &meanwhile).unwrap().outcome;
    let (findings, disposition) = told(&outcome, "nop/b.xlsx");
    assert_eq!((findings.len(), findings[0].code, disposition), (1, code::CHANGED_WHILE_READ, "dang_ghi"));
    assert_eq!(outcome.expected[0].status, Status::Accepted);
}

#[test]
fn a_place_of_the_report_that_is_taken_leaves_the_old_state() {
    let office = office();
    office.command(&[]);
    let before = all(&office.path().join("ket-qua"));
    let partial = office.path().join("ket-qua/.2025-06-01T0200-2.partial");
    for name in ["tong-hop.xlsx", "dieu-hanh.xlsx", "nop.csv", "ket-qua.json", "gui-lai-truong"] {
        let meanwhile = |event: Event| {
            if event == Event::Writing {
                // A file where a folder should be, a folder where a file should be.
                match name {
                    "gui-lai-truong" => fs::write(partial.join(name), "").unwrap(),
                    _ => fs::create_dir(partial.join(name)).unwrap(),
                }
            }
        };
        if name == "gui-lai-truong" {
            // One that has to be corrected, or there is no such folder.
            fs::write(office.path().join("nop/80100001 hong.xlsx"), "PK").unwrap();
        }
        match disturbed(&office, &meanwhile) {
            Err(RunError::NotWritten { path, .. }) => assert!(path.starts_with(&partial), "{}", path.display()),
            other => panic!("{name}: {other:?}"),
        }
        assert_eq!(all(&office.path().join("ket-qua")), before, "{name}");
    }
}

/// Permissions hold for nobody who may do anything: then the program runs as somebody else.
#[cfg(unix)]
mod permissions {
    use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
    use std::os::unix::process::CommandExt;
    use std::process::{Command, Output};

    use super::*;

    const NOBODY: u32 = 65_534;

    fn own(path: &Path) {
        chown(path, Some(NOBODY), Some(NOBODY)).unwrap();
        if path.is_dir() {
            fs::read_dir(path).unwrap().for_each(|entry| own(&entry.unwrap().path()));
        }
    }

    /// Runs it after `change`, as a user whom permissions bind.
    fn bound(office: &Office, arguments: &[&str], change: &dyn Fn()) -> Output {
        office.command(&["--quiet"]);
        let program = tempfile::tempdir().unwrap();
        let cds = program.path().join("cds");
        let is_root = fs::metadata(office.path()).unwrap().uid() == 0;
        let mut command = if is_root {
            // Others may have no way to where the program was built. Not copied here: a process that another test starts
            // meanwhile would hold the copy open for writing, and what is so held cannot be started.
            assert!(Command::new("cp").arg(env!("CARGO_BIN_EXE_cds")).arg(&cds).status().unwrap().success());
            fs::set_permissions(program.path(), fs::Permissions::from_mode(0o755)).unwrap();
            own(office.path());
            let mut command = Command::new(&cds);
            command.uid(NOBODY).gid(NOBODY);
            command
        } else {
            Command::new(env!("CARGO_BIN_EXE_cds"))
        };
        change();
        command.arg("run").arg(office.path()).args(["--at", "2025-06-02T02:00"]).args(arguments).output().unwrap()
    }

    fn set(path: &Path, mode: u32) {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    }

    #[test]
    fn a_return_that_may_not_be_read_is_told_and_costs_only_itself() {
        let office = office().file("nop/kin/c.xlsx", "x");
        let nop = office.path().join("nop");
        let output = bound(&office, &["--fail-on", "error"], &|| {
            set(&nop.join("b.xlsx"), 0);
            set(&nop.join("kin"), 0);
        });
        set(&nop.join("kin"), 0o700);
        assert_eq!(output.status.code(), Some(1), "{output:?}");
        let json = fs::read(office.path().join("ket-qua/2025-06-02T0200/ket-qua.json")).unwrap();
        let outcome = Outcome::read_json(&json).unwrap();
        assert_eq!(outcome.ledger.faults(), Vec::<String>::new());
        let (findings, disposition) = told(&outcome, "nop/b.xlsx");
        assert_eq!((findings.len(), findings[0].code, disposition), (1, code::NO_PERMISSION, "khong_doc_duoc"));
        assert!(findings[0].advice(Lang::Vi).contains("quyền đọc"), "{}", findings[0].advice(Lang::Vi));
        let folder = outcome.findings.iter().filter(|finding| finding.code == code::FOLDER_UNREADABLE);
        assert_eq!(folder.map(|finding| finding.place.file.as_deref()).collect::<Vec<_>>(), [Some("nop/kin")]);
        assert_eq!(outcome.expected[0].status, Status::Accepted);
    }

    #[test]
    fn a_roster_that_may_not_be_read_is_named() {
        let office = office();
        let roster = office.path().join("danh-sach-truong.csv");
        let output = bound(&office, &[], &|| set(&roster, 0));
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{said}");
        assert!(said.contains("danh-sach-truong.csv") && said.contains("quyền đọc"), "{said}");
    }
}

/// Somebody has a return open in a program that lets nobody else read it.
#[cfg(windows)]
#[test]
fn a_return_that_is_held_is_told_and_costs_only_itself() {
    use std::os::windows::fs::OpenOptionsExt;
    let office = office();
    let held = fs::File::options().read(true).share_mode(0).open(office.path().join("nop/b.xlsx")).unwrap();
    office.command(&[]);
    let outcome = disturbed(&office, &|_| {}).unwrap().outcome;
    drop(held);
    let (findings, disposition) = told(&outcome, "nop/b.xlsx");
    assert_eq!((findings.len(), findings[0].code, disposition), (1, code::FILE_IN_USE, "khong_doc_duoc"));
    assert_eq!(outcome.expected[0].status, Status::Accepted);
}

/// A lock of another program is no reason to leave a return out where the system lets it be read.
#[cfg(unix)]
#[test]
fn a_return_that_is_locked_is_read_all_the_same() {
    let office = office();
    office.command(&[]);
    let held = fs::File::options().read(true).write(true).open(office.path().join("nop/b.xlsx")).unwrap();
    held.lock().unwrap();
    let outcome = disturbed(&office, &|_| {}).unwrap().outcome;
    assert!(outcome.expected.iter().all(|expected| expected.status == Status::Accepted));
}
