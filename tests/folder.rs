//! The office folder: what it must have, one run at a time, all or nothing, and which runs stay.

#![allow(clippy::unwrap_used)] // The builders below are tests too.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use cds::finding::Lang;
use cds::folder::{FolderError, NEWEST, OfficeFolder, PRINTS, Prints};
use jiff::civil::{DateTime, date};

fn office() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("co-quan.toml"), "ten = \"Phòng\"\nnam_hoc = \"2024-2025\"\n").unwrap();
    fs::write(folder.path().join("danh-sach-truong.csv"), "ma_truong\n").unwrap();
    fs::create_dir(folder.path().join("nop")).unwrap();
    fs::write(folder.path().join("nop/a.xlsx"), "as it was returned").unwrap();
    folder
}

fn open(folder: &tempfile::TempDir) -> OfficeFolder {
    OfficeFolder::open(folder.path()).unwrap()
}

fn night(day: i8) -> DateTime {
    date(2025, 6, day).at(2, 0, 30, 0)
}

/// A whole small run.
fn run(office: &OfficeFolder, at: DateTime, keep: u32) -> PathBuf {
    let lock = office.lock().unwrap();
    let run = lock.start_run(at).unwrap();
    fs::write(run.path().join("tong-hop.xlsx"), "report").unwrap();
    fs::create_dir(run.path().join("gui-lai-truong")).unwrap();
    fs::write(run.path().join("gui-lai-truong/a.xlsx"), "feedback").unwrap();
    let page = run.name().to_string();
    let finished = run.finish(keep, &page).unwrap();
    assert!(finished.troubles.is_empty(), "{:?}", finished.troubles);
    finished.path
}

/// Everything in a folder, by name.
fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<String> = entries.collect();
    names.sort();
    names
}

#[test]
fn a_run_is_hidden_until_it_is_whole() {
    let folder = office();
    let office = open(&folder);
    let lock = office.lock().unwrap();
    let run = lock.start_run(night(1)).unwrap();
    fs::write(run.path().join("tong-hop.xlsx"), "half").unwrap();
    assert_eq!(names(&office.results()), [".2025-06-01T0200.partial"]);
    assert!(office.runs().unwrap().is_empty());
    let finished = run.finish(30, "page").unwrap();
    assert_eq!(names(&office.results()), ["2025-06-01T0200"]);
    assert_eq!(names(&finished.path), [PRINTS, "tong-hop.xlsx"]);
    drop(lock);
    let left = [".cds.lock", "MO-KET-QUA-MOI-NHAT.html", "co-quan.toml", "danh-sach-truong.csv", "ket-qua", "nop"];
    assert_eq!(names(folder.path()), left);
    assert_eq!(fs::read_to_string(folder.path().join("nop/a.xlsx")).unwrap(), "as it was returned");
}

#[test]
fn a_run_that_is_given_up_leaves_nothing() {
    let folder = office();
    let office = open(&folder);
    let lock = office.lock().unwrap();
    let run = lock.start_run(night(1)).unwrap();
    fs::write(run.path().join("tong-hop.xlsx"), "half").unwrap();
    drop(run);
    assert!(names(&office.results()).is_empty());
    assert!(!folder.path().join(NEWEST).exists());
}

#[test]
fn a_second_run_of_the_minute_gets_a_number() {
    let folder = office();
    let office = open(&folder);
    let paths: Vec<PathBuf> = (0..3).map(|_| run(&office, night(1), 30)).collect();
    assert_eq!(names(&office.results()), ["2025-06-01T0200", "2025-06-01T0200-2", "2025-06-01T0200-3"]);
    let runs: Vec<PathBuf> = office.runs().unwrap().into_iter().map(|(_, path)| path).collect();
    assert_eq!(runs, paths);
}

#[test]
fn two_runs_at_once_are_refused_and_the_holder_is_named() {
    let folder = office();
    let office = open(&folder);
    let lock = office.lock().unwrap();
    match office.lock() {
        Err(error @ FolderError::Busy { .. }) => {
            let said = error.message(Lang::Vi);
            assert!(said.contains(&format!("tiến trình {}", std::process::id())), "{said}");
        }
        other => panic!("{other:?}"),
    }
    drop(lock);
    office.lock().unwrap();
}

#[test]
fn a_target_that_came_meanwhile_is_not_overwritten_even_if_empty() {
    let folder = office();
    let office = open(&folder);
    let lock = office.lock().unwrap();
    let run = lock.start_run(night(1)).unwrap();
    fs::write(run.path().join("tong-hop.xlsx"), "mine").unwrap();
    let target = run.target().to_owned();
    fs::create_dir(&target).unwrap();
    assert!(matches!(run.finish(30, "page"), Err(FolderError::TargetExists { path }) if path == target));
    assert!(names(&target).is_empty());
    assert_eq!(names(&office.results()), ["2025-06-01T0200"]);
    assert!(!folder.path().join(NEWEST).exists());
}

#[test]
fn what_cannot_be_written_is_said_and_changes_nothing() {
    let folder = office();
    let office = open(&folder);
    fs::write(folder.path().join("ket-qua"), "a file in place of the folder").unwrap();
    let lock = office.lock().unwrap();
    assert!(matches!(lock.start_run(night(1)), Err(FolderError::CannotWrite { .. })));
    drop(lock);
    fs::remove_file(folder.path().join(".cds.lock")).unwrap();
    fs::create_dir(folder.path().join(".cds.lock")).unwrap();
    assert!(matches!(office.lock(), Err(FolderError::CannotWrite { .. })));
}

#[test]
fn a_page_that_cannot_be_written_does_not_undo_the_run() {
    let folder = office();
    let office = open(&folder);
    fs::create_dir(folder.path().join(NEWEST)).unwrap();
    let lock = office.lock().unwrap();
    let finished = lock.start_run(night(1)).unwrap().finish(30, "page").unwrap();
    assert!(finished.path.is_dir());
    assert!(matches!(finished.troubles[..], [FolderError::CannotWrite { .. }]), "{:?}", finished.troubles);
    assert_eq!(names(folder.path()).iter().filter(|name| name.contains("partial")).count(), 0);
}

#[test]
fn leftovers_of_killed_runs_go_and_nothing_else() {
    let folder = office();
    let office = open(&folder);
    let results = folder.path().join("ket-qua");
    for name in [".2025-05-31T0200.partial/sub", ".2025-05-31T0200-2.partial", ".ghi-chu.partial", "cua toi"] {
        fs::create_dir_all(results.join(name)).unwrap();
    }
    fs::write(results.join(".2025-05-31T0200.partial/sub/x"), "x").unwrap();
    fs::write(results.join(".2025-05-30T0200.partial"), "a file of somebody").unwrap();
    run(&office, night(1), 30);
    assert_eq!(names(&results), [".2025-05-30T0200.partial", ".ghi-chu.partial", "2025-06-01T0200", "cua toi"]);
}

#[test]
fn old_runs_go_after_success_but_neither_finalized_ones_nor_what_is_not_ours() {
    let folder = office();
    let office = open(&folder);
    let results = folder.path().join("ket-qua");
    for day in 1..=6 {
        run(&office, night(day), 30);
    }
    fs::write(results.join("2025-06-01T0200/CHOT.json"), "{}").unwrap();
    fs::create_dir(results.join("2025-06-02T0200-phe-duyet")).unwrap();
    fs::create_dir(results.join("ban in thang 5")).unwrap();
    fs::create_dir(results.join("2025-01-01")).unwrap();
    run(&office, night(7), 3);
    let left = [
        "2025-01-01",
        "2025-06-01T0200",
        "2025-06-02T0200",
        "2025-06-02T0200-phe-duyet",
        "2025-06-05T0200",
        "2025-06-06T0200",
        "2025-06-07T0200",
        "ban in thang 5",
    ];
    assert_eq!(names(&results), left);
}

#[test]
fn a_clock_set_back_does_not_remove_the_run_that_was_just_made() {
    let folder = office();
    let office = open(&folder);
    run(&office, night(5), 1);
    let made = run(&office, night(1), 1);
    assert!(made.is_dir());
    assert_eq!(names(&office.results()), ["2025-06-01T0200"]);
    assert!(fs::read_to_string(folder.path().join(NEWEST)).unwrap().contains("2025-06-01T0200"));
}

#[test]
fn a_failed_run_removes_no_old_one() {
    let folder = office();
    let office = open(&folder);
    run(&office, night(1), 1);
    let lock = office.lock().unwrap();
    let second = lock.start_run(night(2)).unwrap();
    fs::create_dir(second.target()).unwrap();
    second.finish(1, "page").unwrap_err();
    assert!(folder.path().join("ket-qua/2025-06-01T0200/tong-hop.xlsx").is_file());
}

#[test]
fn a_folder_that_is_no_office_says_all_that_is_missing() {
    let folder = tempfile::tempdir().unwrap();
    let error = OfficeFolder::open(folder.path()).unwrap_err();
    let said = error.message(Lang::Vi);
    assert!(said.contains("co-quan.toml, danh-sach-truong.xlsx"), "{said}");
    for path in [folder.path().join("khong-co"), office().path().join("co-quan.toml")] {
        assert!(matches!(OfficeFolder::open(&path), Err(FolderError::NotOffice { missing, .. }) if missing.is_empty()));
    }
}

#[test]
fn two_rosters_or_two_receipts_are_one_too_many() {
    let pairs = [
        ("danh-sach-truong.csv", "danh-sach-truong.xlsx"),
        ("so-nhan.csv", "So-Nhan.XLSX"),
        ("phieu-co-quan.xls", "phieu-co-quan.xlsx"),
    ];
    for (first, second) in pairs {
        let folder = office();
        for name in [first, second] {
            fs::write(folder.path().join(name), "").unwrap();
        }
        let error = OfficeFolder::open(folder.path()).unwrap_err();
        let said = error.message(Lang::En);
        assert!(said.contains(first) && said.contains(second), "{said}");
    }
}

#[test]
fn inputs_are_found_in_any_case_and_in_one_order() {
    let folder = office();
    fs::rename(folder.path().join("danh-sach-truong.csv"), folder.path().join("Danh-sach-truong.XLSX")).unwrap();
    for name in ["QUY-TAC/b.toml", "QUY-TAC/a.TOML", "QUY-TAC/ghi chu.txt", "tham-dinh/~$x.xlsx", "tham-dinh/x.xlsx"] {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, "").unwrap();
    }
    let office = open(&folder);
    let roster = office.roster().unwrap();
    assert_eq!((roster.name.as_str(), roster.is_csv()), ("Danh-sach-truong.XLSX", false));
    // Windows finds a folder by a name of other case, and keeps to the name that it was asked for.
    let names =
        |inputs: Vec<cds::folder::Input>| inputs.iter().map(|input| input.name.to_lowercase()).collect::<Vec<_>>();
    assert_eq!(names(office.rules().unwrap()), ["quy-tac/a.toml", "quy-tac/b.toml"]);
    assert_eq!(names(office.verified().unwrap()), ["tham-dinh/x.xlsx"]);
    assert_eq!(office.receipts().unwrap(), None);
    assert_eq!(office.office_form().unwrap(), None);
    fs::write(folder.path().join("phieu-co-quan.ods"), "").unwrap();
    assert_eq!(office.office_form().unwrap().unwrap().name, "phieu-co-quan.ods");
}

/// Files of a run of the child below.
const FILES: usize = 40;
const OFFICE: &str = "CDS_TEST_OFFICE";
const WAITS: &str = "CDS_TEST_WAITS";

/// What the tests below start as a process of its own, and kill: run after run, keeping two, or one that waits.
#[test]
#[ignore = "runs only as a child that is killed"]
fn runs_until_killed() {
    let Some(path) = std::env::var_os(OFFICE) else { return };
    let office = OfficeFolder::open(Path::new(&path)).unwrap();
    for minute in 0..10_000 {
        let lock = office.lock().unwrap();
        let run = lock.start_run(night(1) + jiff::Span::new().minutes(minute)).unwrap();
        for file in 0..FILES {
            fs::write(run.path().join(format!("{file}.xlsx")), "whole").unwrap();
        }
        if std::env::var_os(WAITS).is_some() {
            std::thread::sleep(Duration::from_secs(60));
        }
        run.finish(2, "page").unwrap();
    }
}

/// Kills the child when a check fails, too.
struct Running(Child);

impl Running {
    fn start(folder: &Path, waits: bool) -> Running {
        let mut child = Command::new(std::env::current_exe().unwrap());
        child.args(["--exact", "folder::runs_until_killed", "--ignored"]).env(OFFICE, folder);
        if waits {
            child.env(WAITS, "1");
        }
        Running(child.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap())
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn wait_for(what: impl Fn() -> bool) {
    let started = Instant::now();
    while !what() {
        assert!(started.elapsed() < Duration::from_secs(30), "the child did not start");
        std::thread::sleep(Duration::from_millis(2));
    }
}

#[test]
fn a_killed_run_frees_the_folder_and_is_cleaned_up() {
    let folder = office();
    let office = open(&folder);
    let child = Running::start(folder.path(), true);
    let half = folder.path().join(format!("ket-qua/.2025-06-01T0200.partial/{}.xlsx", FILES - 1));
    wait_for(|| half.exists());
    assert!(matches!(office.lock(), Err(FolderError::Busy { holder: Some(_) })));
    drop(child);
    run(&office, night(2), 30);
    assert_eq!(names(&office.results()), ["2025-06-02T0200"]);
}

#[test]
fn killed_at_any_moment_every_run_under_its_name_is_whole() {
    let folder = office();
    let office = open(&folder);
    let mut made = 0;
    let mut moment = 0;
    // Fifty moments; on a busy machine more and later ones, until a child has finished a run.
    while moment < 50 || (made == 0 && moment < 300) {
        moment += 1;
        let holder = folder.path().join(".cds.lock.txt");
        let _ = fs::remove_file(&holder);
        let child = Running::start(folder.path(), false);
        wait_for(|| holder.exists());
        // Spread over a few runs of the child, and never the same twice.
        std::thread::sleep(Duration::from_micros(moment * 733));
        drop(child);
        let runs = office.runs().unwrap();
        for (name, path) in &runs {
            // And the list of their fingerprints.
            assert_eq!(names(path).len(), FILES + 1, "{name}");
            assert!(names(path).iter().all(|file| file == PRINTS || fs::read(path.join(file)).unwrap() == b"whole"));
            assert_eq!(Prints::read(path).unwrap(), Some(Prints::of(path).unwrap()));
        }
        made += runs.len();
        let page = fs::read_to_string(folder.path().join(NEWEST)).unwrap_or_default();
        assert!(page.is_empty() || page == "page", "{page}");
        assert_eq!(fs::read_to_string(folder.path().join("nop/a.xlsx")).unwrap(), "as it was returned");
    }
    assert!(made > 0, "no child finished a run");
    run(&office, night(30), 1);
    assert_eq!(names(&office.results()), ["2025-06-30T0200"]);
}

#[test]
fn a_frozen_result_is_placed_whole_beside_its_run_or_not_at_all() {
    let folder = office();
    let office = open(&folder);
    run(&office, night(1), 30);
    let name = office.runs().unwrap()[0].0.clone();
    let lock = office.lock().unwrap();
    let dropped = lock.start_milestone(&name, "gui-so").unwrap();
    fs::write(dropped.path().join("half"), "").unwrap();
    assert_eq!(office.unfinished().unwrap().len(), 1);
    drop(dropped);
    assert_eq!(names(&office.results()), ["2025-06-01T0200"]);
    let frozen = lock.start_milestone(&name, "gui-so").unwrap();
    fs::write(frozen.path().join("CHOT-gui-so.json"), "{}").unwrap();
    let path = frozen.finish().unwrap();
    assert_eq!(office.milestone_folders().unwrap(), [path]);
    assert!(matches!(lock.start_milestone(&name, "gui-so"), Err(FolderError::TargetExists { .. })));
    // What a killed one left goes with the next run; the frozen result and its run stay.
    fs::create_dir(office.results().join(".2025-06-01T0200-cong-nhan.partial")).unwrap();
    fs::create_dir(office.results().join(".2025-06-01T0200-khac.partial")).unwrap();
    drop(lock);
    run(&office, night(2), 1);
    run(&office, night(3), 1);
    assert_eq!(
        names(&office.results()),
        [".2025-06-01T0200-khac.partial", "2025-06-01T0200", "2025-06-01T0200-gui-so", "2025-06-03T0200"]
    );
}
