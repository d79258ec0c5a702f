//! The cache of results: it makes a run faster and changes nothing in what comes out.

#![allow(clippy::unwrap_used)] // The builders below are tests too.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::time::Duration;

use cds::finding::code;
use cds::folder::CACHE;
use cds::reader::Limits;
use cds::run::{Event, Ignored, Options, RunError};
use jiff::civil::DateTime;

use crate::offices;
use crate::offices::{SCHOOLS, TestOffice};

/// What a run says of the cache.
#[derive(Debug, Default, PartialEq)]
struct Told {
    unchanged: usize,
    ignored: Option<Ignored>,
}

/// Runs, with `more` to do when an event comes; the run's folder.
fn run_with(
    office: &TestOffice,
    at: &str,
    limits: Limits,
    more: impl Fn(Event) + Sync,
) -> Result<(PathBuf, Told), RunError> {
    let told = Mutex::new(Told::default());
    let options = Options {
        at: at.parse::<DateTime>().unwrap(),
        reader: Path::new(env!("CARGO_BIN_EXE_cds")),
        threads: 2,
        limits,
        settle: Duration::ZERO,
        per_unit: false,
        stop: None,
    };
    let done = cds::run::run(office.dir.path(), &options, &|event| {
        let mut told = told.lock().unwrap();
        match event {
            Event::Unchanged(files) => told.unchanged = files,
            Event::CacheIgnored(why) => told.ignored = Some(why),
            _ => {}
        }
        drop(told);
        more(event);
    })?;
    assert!(done.troubles.is_empty(), "{:?}", done.troubles);
    Ok((done.path, told.into_inner().unwrap()))
}

fn run(office: &TestOffice, at: &str) -> (PathBuf, Told) {
    run_with(office, at, Limits::default(), |_| {}).unwrap()
}

const TEMPLATES: [&str; 3] = ["mau-tham-dinh.xlsx", "mau-doi-chieu-phu-luc.xlsx", "mau-cong-nhan.xlsx"];

/// What must not depend on the cache: all that other programs read, the corrected forms and the templates. The run's name
/// and time are those of the run.
fn pure(run: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    let csv = ["truong.csv", "diem.csv", "loi.csv", "nop.csv", "gui-lai-truong.csv"];
    for name in csv.into_iter().chain(TEMPLATES) {
        files.insert(name.to_owned(), fs::read(run.join(name)).unwrap());
    }
    let mut outcome: serde_json::Value = serde_json::from_slice(&fs::read(run.join("ket-qua.json")).unwrap()).unwrap();
    for key in ["run", "at"] {
        outcome[key] = serde_json::Value::Null;
    }
    files.insert("ket-qua.json".to_owned(), serde_json::to_vec(&outcome).unwrap());
    for entry in fs::read_dir(run.join("gui-lai-truong")).unwrap() {
        let path = entry.unwrap().path();
        files.insert(path.file_name().unwrap().to_str().unwrap().to_owned(), fs::read(&path).unwrap());
    }
    files
}

/// An office with a bit of all: a counted return, faults, a superseded one, a copy, an archive with two schools' forms,
/// what is no form, what cannot be read, evidence, junk.
fn office() -> TestOffice {
    let office = TestOffice::new();
    let items: Vec<String> =
        office.set().nodes.iter().filter(|node| node.is_leaf()).map(|n| n.code.to_string()).collect();
    let odd =
        [(items[3].as_str(), "99"), (items[4].as_str(), ""), (items[5].as_str(), "mười"), (items[6].as_str(), "7,5 đ")];
    office.put("nop/a.xlsx", &office.form(0, &odd), 5);
    office.put("nop/cũ/a trước.xlsx", &office.form(0, &[(&items[4], "1")]), 3);
    office.put("nop/a lại.xlsx", &office.form(0, &odd), 6);
    office.put(
        "nop/b.zip",
        &zipped(&[("x/b.xlsx", office.form(1, &odd[..1])), ("ghi chú.txt", b"xin chao".to_vec())]),
        7,
    );
    office.put("nop/80100003 ký.pdf", b"%PDF-1.7\n%%EOF", 8);
    office.put("nop/80100003 hong.xlsx", b"PK\x03\x04 half", 9);
    office.put("nop/danh sách.csv", b"a,b\n1,2\n", 9);
    office.put("nop/~$a.xlsx", b"x", 9);
    office
}

fn zipped(members: &[(&str, Vec<u8>)]) -> Vec<u8> {
    use std::io::Write;
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in members {
        archive.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        archive.write_all(bytes).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

const OPENED: usize = 7;

#[test]
fn results_are_the_same_with_and_without() {
    let office = office();
    let (first, told) = run(&office, "2025-06-01T02:00");
    assert_eq!(told, Told::default());
    let (second, told) = run(&office, "2025-06-02T02:00");
    assert_eq!(told, Told { unchanged: OPENED, ignored: None });
    assert_eq!(pure(&second), pure(&first));
    assert!(pure(&first).keys().filter(|name| name.ends_with(".xlsx")).count() >= 2);
    // A change of one file is seen, whatever its time and size say; the others are known all the same.
    let path = office.path("nop/a lại.xlsx");
    let time = fs::metadata(&path).unwrap().modified().unwrap();
    let changed = office.form(0, &[]);
    fs::write(&path, &changed).unwrap();
    fs::File::options().write(true).open(&path).unwrap().set_modified(time).unwrap();
    let (third, told) = run(&office, "2025-06-03T02:00");
    assert_eq!(told.unchanged, OPENED - 1);
    fs::remove_file(office.path(CACHE)).unwrap();
    let (fourth, told) = run(&office, "2025-06-04T02:00");
    assert_eq!(told, Told::default());
    assert_eq!(pure(&fourth), pure(&third));
    assert_ne!(pure(&third), pure(&second));
    // A file under another name is known by its content.
    fs::rename(office.path("nop/a.xlsx"), office.path("nop/80100001 bản cuối.xlsx")).unwrap();
    let (_, told) = run(&office, "2025-06-05T02:00");
    assert_eq!(told.unchanged, OPENED);
}

#[test]
fn other_rules_or_another_year_read_all_anew() {
    let office = office();
    run(&office, "2025-06-01T02:00");
    let outdated = Told { unchanged: 0, ignored: Some(Ignored::Outdated) };
    let settings = fs::read_to_string(office.path("co-quan.toml")).unwrap();
    fs::write(office.path("co-quan.toml"), settings.replace("2024-2025", "2023-2024")).unwrap();
    let (other, told) = run(&office, "2025-06-02T02:00");
    assert_eq!(told, outdated);
    let findings = fs::read_to_string(other.join("loi.csv")).unwrap();
    assert!(findings.contains(&code::WRONG_YEAR.to_string()), "{findings}");
    fs::write(office.path("co-quan.toml"), settings).unwrap();
    assert_eq!(run(&office, "2025-06-03T02:00").1, outdated);
    let (_, text) = cds::rules::EMBEDDED.iter().find(|(name, _)| name.starts_with(offices::SET)).unwrap();
    fs::create_dir(office.path("quy-tac")).unwrap();
    fs::write(office.path("quy-tac/moi.toml"), text.replacen("max = 6", "max = 5.5", 1)).unwrap();
    assert_eq!(run(&office, "2025-06-04T02:00").1, outdated);
    let narrow = Limits { sheet_cells: 100, ..Limits::default() };
    assert_eq!(run_with(&office, "2025-06-05T02:00", narrow, |_| {}).unwrap().1, outdated);
}

#[test]
fn a_damaged_or_foreign_cache_is_ignored() {
    let office = office();
    let (first, _) = run(&office, "2025-06-01T02:00");
    let want = pure(&first);
    let cache = office.path(CACHE);
    let good = fs::read(&cache).unwrap();
    let mut minute = 0;
    let mut check = |bytes: &[u8], what: &str| {
        fs::write(&cache, bytes).unwrap();
        minute += 1;
        let (path, told) = run(&office, &format!("2025-06-02T02:{minute:02}"));
        assert_eq!(pure(&path), want, "{what}");
        told
    };
    let ignored = Some(Ignored::Damaged);
    for (bytes, what) in
        [(&b""[..], "empty"), (b"{\"a\": 1}", "foreign"), (&good[..good.len() - 1], "cut"), (&good[..60], "head")]
    {
        assert_eq!(check(bytes, what), Told { unchanged: 0, ignored }, "{what}");
    }
    // Any byte turned: either the cache is not believed, or that file is read again.
    for at in (0..good.len()).step_by(good.len() / 23) {
        let mut bytes = good.clone();
        bytes[at] ^= 0x10;
        let told = check(&bytes, "turned");
        assert!(told.ignored.is_some() || told.unchanged < OPENED, "byte {at} of {}: {told:?}", good.len());
    }
    // A folder in its place costs nothing but the time.
    fs::remove_file(&cache).unwrap();
    fs::create_dir(&cache).unwrap();
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_cds"))
        .arg("run")
        .arg(office.dir.path())
        .args(["--at", "2025-06-03T02:00"])
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.contains("Bỏ qua .cds.cache vì hỏng hoặc lạ"), "{said}");
    assert!(
        fs::read_to_string(office.path("ket-qua/2025-06-03T0200/nhat-ky.txt")).unwrap().contains("bỏ qua .cds.cache")
    );
    fs::remove_dir(&cache).unwrap();
    assert_eq!(run(&office, "2025-06-04T02:00").1, Told::default());
    assert_eq!(run(&office, "2025-06-05T02:00").1, Told { unchanged: OPENED, ignored: None });
}

#[test]
fn what_a_reader_went_through_is_not_kept() {
    let office = office();
    // Read so, it takes more memory than a reader may have, which another night may not be so.
    let far = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reader/far.xls");
    office.put("nop/xa.xls", &fs::read(far).unwrap(), 9);
    let plain = Limits { repack: false, ..Limits::default() };
    let (first, _) = run_with(&office, "2025-06-01T02:00", plain.clone(), |_| {}).unwrap();
    let stopped = fs::read_to_string(first.join("loi.csv")).unwrap();
    assert!(stopped.contains(&code::STOPPED_MEMORY.to_string()), "{stopped}");
    let (_, told) = run_with(&office, "2025-06-02T02:00", plain, |_| {}).unwrap();
    assert_eq!(told, Told { unchanged: OPENED, ignored: None });
    fs::remove_file(office.path("nop/xa.xls")).unwrap();
    // A file that changes while it is read is read again.
    let path = office.path("nop/a.xlsx");
    let other = office.form(0, &[]);
    let change = |event: Event| {
        if matches!(event, Event::Found(_)) {
            fs::write(&path, &other).unwrap();
        }
    };
    fs::remove_file(office.path(CACHE)).unwrap();
    let (third, _) = run_with(&office, "2025-06-03T02:00", Limits::default(), change).unwrap();
    assert!(fs::read_to_string(third.join("nop.csv")).unwrap().contains("dang_ghi"));
    let (_, told) = run(&office, "2025-06-04T02:00");
    assert_eq!(told.unchanged, OPENED - 1);
}

#[test]
fn a_run_that_fails_leaves_the_cache_as_it_was() {
    let office = office();
    run(&office, "2025-06-01T02:00");
    let before = fs::read(office.path(CACHE)).unwrap();
    fs::remove_file(office.path("nop/b.zip")).unwrap();
    let stop = std::sync::atomic::AtomicBool::new(false);
    let options = Options {
        at: "2025-06-02T02:00".parse().unwrap(),
        reader: Path::new(env!("CARGO_BIN_EXE_cds")),
        threads: 2,
        limits: Limits::default(),
        settle: Duration::ZERO,
        per_unit: false,
        stop: Some(&stop),
    };
    let stopping = |event: Event| {
        if event == Event::Writing {
            stop.store(true, std::sync::atomic::Ordering::Relaxed);
        }
    };
    assert!(matches!(cds::run::run(office.dir.path(), &options, &stopping), Err(RunError::Stopped)));
    assert_eq!(fs::read(office.path(CACHE)).unwrap(), before);
    assert!(!office.path(".cds.cache.partial").exists());
    // The next one keeps only what it has seen.
    run(&office, "2025-06-03T02:00");
    assert!(fs::read(office.path(CACHE)).unwrap().len() < before.len());
}

/// How many corrected forms a run took over, as its log says.
fn old(run: &Path) -> usize {
    old_of(run, "phiếu gửi lại trường: ")
}

fn old_of(run: &Path, what: &str) -> usize {
    let log = fs::read_to_string(run.join("nhat-ky.txt")).unwrap();
    let line = log.lines().find_map(|line| line.split_once(what)).unwrap().1;
    let (_, old) = line.split_once(", trong đó ").unwrap();
    old.split_once(' ').unwrap().0.parse().unwrap()
}

#[test]
fn templates_that_show_the_same_are_taken_over_if_nobody_touched_them() {
    let office = office();
    let (first, _) = run(&office, "2025-06-01T02:00");
    let made = TEMPLATES.map(|name| fs::read(first.join(name)).unwrap());
    let of = |run: &Path| {
        let same = TEMPLATES.iter().zip(&made).map(|(name, made)| fs::read(run.join(name)).unwrap() == *made);
        (old_of(run, " mẫu: "), same.collect::<Vec<bool>>())
    };
    let (mut last, _) = run(&office, "2025-06-02T02:00");
    assert_eq!([of(&first), of(&last)], [(0, vec![true; 3]), (3, vec![true; 3])]);
    for (at, name) in TEMPLATES.iter().enumerate() {
        fs::write(last.join(name), b"edited in the run's folder").unwrap();
        (last, _) = run(&office, &format!("2025-06-03T0{at}:00"));
        assert_eq!(of(&last), (2, vec![true; 3]), "{name}");
    }
    // Another return stands in the one for reviewers, and came later than those before.
    office.put("nop/a lại.xlsx", &office.form(0, &[]), 10);
    let (fourth, _) = run(&office, "2025-06-04T02:00");
    assert_eq!(of(&fourth), (0, vec![false; 3]));
}

#[test]
fn feedback_that_has_not_changed_is_taken_over_if_nobody_touched_it() {
    let office = office();
    let (first, _) = run(&office, "2025-06-01T02:00");
    let name = |school: usize| {
        let names =
            fs::read_dir(first.join("gui-lai-truong")).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap());
        names.into_iter().find(|name| name.starts_with(SCHOOLS[school].0)).unwrap()
    };
    let [a, b] = [name(0), name(1)].map(|name| first.join("gui-lai-truong").join(name));
    let made = fs::read(&a).unwrap();
    fs::write(&b, b"edited in the run's folder").unwrap();
    let (second, _) = run(&office, "2025-06-02T02:00");
    assert_eq!((old(&first), old(&second)), (0, 2));
    let of_second = |path: &Path| fs::read(second.join("gui-lai-truong").join(path.file_name().unwrap())).unwrap();
    assert_eq!(of_second(&a), made);
    assert_ne!(of_second(&b), b"edited in the run's folder", "what somebody typed into it goes no further");
    // It is a copy: what happens to the one does not happen to the other.
    fs::write(second.join("gui-lai-truong").join(a.file_name().unwrap()), b"x").unwrap();
    assert_eq!(fs::read(&a).unwrap(), made);
}

/// Whatever a form shows, it is made anew when that changes, and only then: the name and content of what is sent back.
#[test]
fn feedback_is_made_anew_for_each_thing_that_it_shows() {
    let office = office();
    let settings = fs::read_to_string(office.path("co-quan.toml")).unwrap();
    let roster = fs::read_to_string(office.path("danh-sach-truong.csv")).unwrap();
    let shown = |run: &Path| {
        let folder = run.join("gui-lai-truong");
        let forms = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path());
        let mut forms: Vec<PathBuf> =
            forms.filter(|path| path.extension().is_some_and(|ending| ending == "xlsx")).collect();
        forms.sort();
        forms.iter().map(|path| fs::read(path).unwrap()).collect::<Vec<_>>()
    };
    let all = shown(&run(&office, "2025-05-20T02:00").0).len();
    assert!(all > 1, "{all}");
    let mut hour = 2;
    let mut made_anew = |what: &str| {
        hour += 1;
        let (path, _) = run(&office, &format!("2025-05-20T{hour:02}:00"));
        let forms = shown(&path);
        // What a run without the last one's cache makes is the same.
        let cache = fs::read(office.path(CACHE)).unwrap();
        fs::remove_file(office.path(CACHE)).unwrap();
        let (alone, _) = run(&office, &format!("2025-05-20T{hour:02}:30"));
        assert!(shown(&alone) == forms, "{what}");
        fs::remove_dir_all(&alone).unwrap();
        fs::write(office.path(CACHE), cache).unwrap();
        forms.len() - old(&path)
    };
    assert_eq!(made_anew("nothing"), 0);
    let put = |text: &str| fs::write(office.path("co-quan.toml"), text).unwrap();
    put(&settings.replace("2025-05-31", "2025-06-30"));
    assert_eq!(made_anew("the deadline"), all);
    put(&format!("lien_he = \"cô Lan, 0912 345 678\"\n{settings}"));
    assert_eq!(made_anew("whom to ask, and the deadline as before"), all);
    put(&settings);
    assert_eq!(made_anew("all as at first, of which the last run knows nothing"), all);
    put(&settings.replace("huyện Cần Giuộc", "huyện Cần Đước"));
    assert_eq!(made_anew("the office's name"), all);
    let preparer = "nguoi_lap = { chuc_vu = \"Chuyên viên\", ho_ten = \"Trần Thị Lan\" }";
    put(&format!("{preparer}\n{settings}"));
    assert_eq!(made_anew("who prepares, and the office's name as before"), all);
    put(&settings);
    assert_eq!(made_anew("all as at first again"), all);
    let (code, name, _) = SCHOOLS[0];
    let list = |text: &str| fs::write(office.path("danh-sach-truong.csv"), text).unwrap();
    list(&roster.replace(name, &format!("{name} mới")));
    assert_eq!(made_anew(&format!("the name of {code}")), 1);
    assert_eq!(made_anew("nothing again"), 0);
    list(&roster.replace(&format!("{name},TH,Xã Long An"), &format!("{name},TH,Xã Long Trạch")));
    assert_eq!(made_anew(&format!("who manages {code}")), 1);
    list(&roster);
    assert_eq!(made_anew(&format!("{code} as at first")), 1);
    fs::write(office.path("so-nhan.csv"), format!("ma_truong,gia_han_den\n{code},2025-06-10\n")).unwrap();
    assert_eq!(made_anew(&format!("an extension for {code}")), 1);
    let items = office.set().nodes.iter().filter(|node| node.is_leaf());
    let items: Vec<String> = items.map(|node| node.code.to_string()).collect();
    office.put("nop/a lại.xlsx", &office.form(0, &[(&items[3], "99")]), 6);
    assert_eq!(made_anew(&format!("what {code} has answered, and what is to be said of it")), 1);
    office.put("nop/a lại.xlsx", &office.form(0, &[(&items[3], "99")]), 7);
    assert_eq!(made_anew("when that came"), 1);
    let (_, rules) = cds::rules::EMBEDDED.iter().find(|(name, _)| name.starts_with(offices::SET)).unwrap();
    fs::create_dir(office.path("quy-tac")).unwrap();
    fs::write(office.path("quy-tac/moi.toml"), rules.replacen("trong dạy, học", "trong dạy và học", 1)).unwrap();
    assert_eq!(made_anew("a rule file"), all);
    assert_eq!(made_anew("nothing at last"), 0);
}

/// The last day is told until it has passed: the same returns on another day may show another text.
#[test]
fn feedback_is_made_anew_on_the_day_after_the_deadline() {
    let office = office();
    let (first, _) = run(&office, "2025-05-30T02:00");
    let (second, _) = run(&office, "2025-05-31T02:00");
    let (third, _) = run(&office, "2025-06-01T02:00");
    assert_eq!(old(&first), 0);
    assert!(old(&second) > 0);
    assert_eq!(old(&third), 0);
}
