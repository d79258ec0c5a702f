//! Faults that a night brings, on the whole program: after each there is either the old state or a new whole one, and
//! what schools returned is as it was.

#![cfg(unix)]
#![allow(clippy::unwrap_used)] // The builders below are tests too.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::Instant;

use cds::folder::{CACHE, OfficeFolder};
use cds::outcome::Outcome;

use crate::copied::tree;
use crate::office::Office;

/// What a unit with one school hands over, by the names of its files.
fn package() -> Vec<(String, Vec<u8>)> {
    let unit = Office::new().named("UBND xã Long An").school("80200001", "Trường TH Long An", "TH").returned(
        "a.xlsx",
        "80200001",
        |form| {
            form.number("1.3.1", 99.0);
        },
    );
    unit.handed_over(&unit.run())
}

/// Some returns, of which one has a fault, so that there is feedback; and what a unit handed over, with a fault as well.
fn office(settings: &str) -> Office {
    let mut office = Office::new().settings(settings);
    for (name, bytes) in package() {
        office = office.file(&format!("don-vi/xa/{name}"), bytes);
    }
    for n in 1..=6 {
        let code = format!("8010000{n}");
        office =
            office.school(&code, &format!("Trường TH số {n}"), "TH").returned(&format!("{n}.xlsx"), &code, |form| {
                form.number("1.3.1", f64::from(n) * 2.0);
            });
    }
    office.run();
    office
}

fn cds(office: &Office, at: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cds"));
    command.arg("run").arg(office.path()).args(["--at", at]);
    command
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

/// A run that is whole: every file is there to its end.
fn assert_whole(run: &Path, files: &[String]) {
    assert_eq!(names(run), files, "{}", run.display());
    assert!(Outcome::read_json(&fs::read(run.join("ket-qua.json")).unwrap()).is_ok());
    assert!(fs::read_to_string(run.join("nhat-ky.txt")).unwrap().ends_with("xong\r\n"));
    for book in tree(run).into_keys().filter(|path| path.extension().is_some_and(|ending| ending == "xlsx")) {
        let opened: Result<calamine::Xlsx<_>, _> = calamine::open_workbook(&book);
        assert!(opened.is_ok(), "{}", book.display());
    }
}

/// What schools and units sent.
fn sent(office: &Office) -> BTreeMap<PathBuf, Vec<u8>> {
    ["nop", "don-vi"].iter().flat_map(|folder| tree(&office.path().join(folder))).collect()
}

/// The old runs are as they were, any other under its name is whole; what was sent is as it was.
struct Before {
    runs: BTreeMap<PathBuf, Vec<u8>>,
    sent: BTreeMap<PathBuf, Vec<u8>>,
    first: PathBuf,
}

impl Before {
    fn of(office: &Office) -> Before {
        let first = office.path().join("ket-qua/2025-06-01T0200");
        assert!(first.join("gui-lai-don-vi").is_dir(), "the unit is told of its fault");
        Before { runs: tree(&office.path().join("ket-qua")), sent: sent(office), first }
    }

    /// How many new runs there are.
    fn holds(&self, office: &Office) -> usize {
        assert_eq!(sent(office), self.sent);
        let runs = OfficeFolder::open(office.path()).unwrap().runs().unwrap();
        let new: Vec<&PathBuf> = runs.iter().map(|(_, path)| path).filter(|path| **path != self.first).collect();
        let files = names(&self.first);
        new.iter().for_each(|run| assert_whole(run, &files));
        let first: BTreeMap<_, _> = tree(&self.first);
        assert!(first.iter().all(|(path, bytes)| self.runs[path] == *bytes) && first.len() == self.runs.len());
        new.len()
    }
}

#[test]
fn killed_at_any_moment_a_run_is_whole_or_not_there() {
    let office = office("");
    let before = Before::of(&office);
    let started = Instant::now();
    assert!(cds(&office, "2025-06-02T02:00").stdout(Stdio::null()).output().unwrap().status.success());
    let long = started.elapsed();
    let want = tree(&office.path().join("ket-qua/2025-06-02T0200"));
    let (mut whole, mut cut) = (0, 0);
    // Fifty moments over the time that it takes; on a busy machine more and later ones, until both are seen.
    for moment in 0..200 {
        if moment >= 50 && whole > 0 && cut > 0 {
            break;
        }
        fs::remove_dir_all(office.path().join("ket-qua/2025-06-02T0200")).unwrap_or_default();
        if moment % 2 == 0 {
            fs::remove_file(office.path().join(CACHE)).unwrap_or_default();
        }
        let mut child = cds(&office, "2025-06-02T02:00").stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        std::thread::sleep(long.mul_f64(f64::from(moment % 50 * (1 << (2 * (moment / 50)))) / 40.0));
        // SIGKILL.
        child.kill().unwrap();
        child.wait().unwrap();
        match before.holds(&office) {
            0 => cut += 1,
            _ => whole += 1,
        }
    }
    assert!(whole > 0 && cut > 0, "{whole} whole, {cut} cut");
    // The next run finds nothing of them in its way, and comes to the same.
    fs::remove_dir_all(office.path().join("ket-qua/2025-06-02T0200")).unwrap_or_default();
    assert!(cds(&office, "2025-06-02T02:00").output().unwrap().status.success());
    assert_eq!(names(&office.path().join("ket-qua")), ["2025-06-01T0200", "2025-06-02T0200"]);
    let pure = |files: &BTreeMap<PathBuf, Vec<u8>>| -> Vec<(PathBuf, Vec<u8>)> {
        // The list of fingerprints has those of the other two.
        let of_this_run = ["nhat-ky.txt", "dieu-hanh.xlsx", "DAU-VAN-TAY.txt"];
        let pure = files.iter().filter(|(path, _)| !of_this_run.iter().any(|name| path.ends_with(name)));
        pure.map(|(path, bytes)| (path.clone(), bytes.clone())).collect()
    };
    assert_eq!(pure(&tree(&office.path().join("ket-qua/2025-06-02T0200"))), pure(&want));
    let left: Vec<String> = names(office.path()).into_iter().filter(|name| name.ends_with(".partial")).collect();
    assert_eq!(left, Vec::<String>::new());
}

/// The program under a limit on the size of a file, in blocks of 512 bytes: what a full disk does, at each of its files.
fn with_little_room(command: &Command, blocks: u32) -> Output {
    // A write beyond it fails, and does not kill.
    let script = format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" \"$@\"");
    let mut shell = Command::new("sh");
    shell.arg("-c").arg(script).arg(command.get_program()).args(command.get_args()).stdin(Stdio::null());
    shell.output().unwrap()
}

#[test]
fn on_a_full_disk_nothing_changes_and_it_is_said() {
    let office = office("");
    let before = Before::of(&office);
    let mut ended = Vec::new();
    for blocks in [0, 1, 2, 5, 10, 20, 40, 60, 80, 100, 140, 200, 300, 100_000] {
        let output = with_little_room(&cds(&office, "2025-06-02T02:00"), blocks);
        let code = output.status.code().unwrap_or_else(|| panic!("{output:?}"));
        ended.push(code);
        let new = before.holds(&office);
        assert_eq!((code, new), if new == 0 { (4, 0) } else { (0, 1) }, "{blocks}: {output:?}");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(code == 0 || said.contains("Không ghi được") && said.contains("chỗ trống"), "{blocks}: {said}");
        let _ = fs::remove_dir_all(office.path().join("ket-qua/2025-06-02T0200"));
        // Why there is no report, as far as there was room for it.
        let _ = fs::remove_file(office.path().join("ket-qua/LOI-LAN-CHAY.txt"));
        assert_eq!(names(&office.path().join("ket-qua")), ["2025-06-01T0200"], "{blocks}");
    }
    assert_eq!((ended[0], ended.last()), (4, Some(&0)), "{ended:?}");
}

#[test]
fn on_a_full_disk_nothing_is_frozen() {
    let office = office("");
    let before = Before::of(&office);
    let mut finalize = Command::new(env!("CARGO_BIN_EXE_cds"));
    finalize.arg("finalize").arg(&before.first).args(["--moc", "gui-so", "--accept-open"]);
    for blocks in [1, 5, 20, 40, 60, 80, 100] {
        let output = with_little_room(&finalize, blocks);
        assert_eq!(output.status.code(), Some(4), "{blocks}: {output:?}");
        assert!(String::from_utf8_lossy(&output.stderr).contains("Không ghi được"), "{blocks}: {output:?}");
        assert_eq!(names(&office.path().join("ket-qua")), ["2025-06-01T0200"], "{blocks}");
    }
    assert_eq!(before.holds(&office), 0);
    assert_eq!(with_little_room(&finalize, 100_000).status.code(), Some(0));
}

#[test]
fn of_two_runs_at_once_each_is_whole_or_told_to_wait() {
    let office = office("");
    let before = Before::of(&office);
    let start = |at: &str| cds(&office, at).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    for _ in 0..5 {
        let both = [start("2025-06-02T02:00"), start("2025-06-03T02:00")];
        let codes = both.map(|mut child| child.wait().unwrap().code().unwrap());
        let whole = codes.iter().filter(|code| **code == 0).count();
        assert!(whole >= 1 && codes.iter().all(|code| [0, 3].contains(code)), "{codes:?}");
        assert_eq!(before.holds(&office), whole);
        for name in ["2025-06-02T0200", "2025-06-03T0200"] {
            fs::remove_dir_all(office.path().join("ket-qua").join(name)).unwrap_or_default();
        }
    }
}

#[test]
fn a_folder_that_cannot_be_written_stays_as_it_is() {
    let office = office("");
    let before = Before::of(&office);
    let set = |mode: u32| {
        for folder in [office.path().to_owned(), office.path().join("ket-qua")] {
            fs::set_permissions(folder, fs::Permissions::from_mode(mode)).unwrap();
        }
    };
    set(0o555);
    let mut command = cds(&office, "2025-06-02T02:00");
    let elsewhere = tempfile::tempdir().unwrap();
    // Who may do everything is held back by no permission; who may not, perhaps cannot reach the program where it is.
    if fs::metadata(office.path()).unwrap().uid() == 0 {
        let program = elsewhere.path().join("cds");
        // Not copied here: a process that another test starts meanwhile would hold the copy open for writing, and what is
        // so held cannot be started.
        assert!(Command::new("cp").arg(command.get_program()).arg(&program).status().unwrap().success());
        fs::set_permissions(elsewhere.path(), fs::Permissions::from_mode(0o755)).unwrap();
        let arguments: Vec<_> = command.get_args().map(ToOwned::to_owned).collect();
        command = Command::new(program);
        command.args(arguments).uid(65_534).gid(65_534);
    }
    let output = command.output().unwrap();
    let all = tree(office.path());
    set(0o755);
    assert_eq!(output.status.code(), Some(4), "{output:?}");
    assert!(String::from_utf8_lossy(&output.stderr).contains("Không ghi được"), "{output:?}");
    assert_eq!(before.holds(&office), 0);
    assert_eq!(all, tree(office.path()));
}

#[test]
fn with_the_clock_set_back_the_new_run_is_whole_and_shown() {
    let office = office("[chay]\ngiu_lai = 1\n");
    let files = names(&office.path().join("ket-qua/2025-06-01T0200"));
    let output = cds(&office, "2024-12-31T23:59").output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    let run = office.path().join("ket-qua/2024-12-31T2359");
    assert_whole(&run, &files);
    assert_eq!(names(&office.path().join("ket-qua")), ["2024-12-31T2359"], "one is kept: the one just made");
    let page = fs::read_to_string(office.path().join(cds::folder::NEWEST)).unwrap();
    assert!(page.contains("2024-12-31T2359"), "{page}");
}
