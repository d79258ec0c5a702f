//! `cds finalize`: open errors need a decision; what is frozen lies beside the run, whole or not at all.

#![allow(clippy::unwrap_used)] // The builders below are tests too.

use crate::copied;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::Instant;

use crate::office::{Office, Ran};
use crate::offices::{SCHOOLS, TestOffice, cell_at, edit, sheet};
use cds::finalize::Case;
use cds::folder::OfficeFolder;
use cds::milestone::{Fingerprint, Kind, Milestone, milestones};
use cds::outcome::Outcome;

fn finalize(run: &Path, more: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cds"));
    command.arg("finalize").arg(run).args(more).stdin(Stdio::null()).output().unwrap()
}

fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

/// Every file below a folder with its bytes, by its name from there.
fn tree(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let name = |path: PathBuf| path.strip_prefix(folder).unwrap().to_str().unwrap().replace('\\', "/");
    copied::tree(folder).into_iter().map(|(path, bytes)| (name(path), bytes)).collect()
}

/// One return in order, one with an error, one superseded.
fn office() -> (Office, Ran) {
    let office = Office::new()
        .school("80100001", "Trường THCS Bình Minh", "THCS")
        .school("80100002", "Trường TH Hoa Sen", "TH")
        .returned("cu/80100001.xlsx", "80100001", |form| {
            form.all(0.5);
        })
        .returned("80100001 Bình Minh.xlsx", "80100001", |_| {})
        .returned("b.xlsx", "80100002", |form| {
            form.number("1.3.1", 99.0);
        })
        .own_form(|_| {});
    let ran = office.run();
    (office, ran)
}

#[test]
fn open_errors_are_listed_with_the_levels_and_need_a_decision() {
    let (office, ran) = office();
    let before = tree(office.path());
    let output = finalize(&ran.path, &["--moc", "phe-duyet"]);
    let text = said(&output);
    assert_eq!(output.status.code(), Some(2), "{text}");
    assert!(text.starts_with("Chốt lần chạy 2025-06-01T0200 để phê duyệt: 2/2 phiếu được tính.\n"), "{text}");
    assert!(text.contains("Còn 1 lỗi. Cơ quan: mức"), "{text}");
    assert!(text.contains("CDS402 80100002 Trường TH Hoa Sen:"), "{text}");
    assert!(text.contains("còn lỗi: mức ") && text.contains("hết lỗi: mức "), "{text}");
    assert!(text.contains("--accept-open"), "{text}");
    let english = said(&finalize(&ran.path, &["--moc", "phe-duyet", "--lang", "en"]));
    assert!(english.contains("1 open errors") && english.contains("without it: level"), "{english}");
    assert_eq!(tree(office.path()), before, "nothing was written");
}

#[test]
fn accepting_an_error_means_what_it_does_to_the_result() {
    let office = Office::new()
        .school("80100001", "Trường THCS Bình Minh", "THCS")
        .school("80100002", "Trường TH Hoa Sen", "TH")
        .returned("a.xlsx", "80100001", |form| {
            form.number("1.3.1", 99.0).text("1.1", "");
        })
        .file("nop/80100002.xlsx", b"PK")
        .file("nop/la.xlsx", b"PK");
    let errors = Case::open(&office.run().path, Kind::Approval).unwrap().open_errors();
    let mut kinds: Vec<String> =
        errors.iter().map(|error| format!("{} {:?} {}", error.finding.code, error.zero, error.verifiable())).collect();
    kinds.sort();
    let want =
        ["CDS104 LeftOut false", "CDS104 Missing false", "CDS402 Item true", "CDS503 AsIs false"].map(str::to_owned);
    assert_eq!(kinds, want);
}

#[test]
fn of_a_return_that_could_not_be_read_nobody_knows_the_level() {
    let office = Office::new().school("80100001", "Trường THCS Bình Minh", "THCS").file("nop/80100001.xlsx", b"PK");
    let text = said(&finalize(&office.run().path, &["--moc", "phe-duyet"]));
    assert!(text.contains("nop/80100001.xlsx; còn lỗi: chưa tính, hết lỗi: chưa biết"), "{text}");
}

#[test]
fn what_is_frozen_lies_beside_the_run_which_stays_as_it_is() {
    let (office, ran) = office();
    let (run, returns) = (tree(&ran.path), tree(&office.path().join("nop")));
    let arguments = [
        "--moc",
        "gui-so",
        "--so",
        "15/BC-PGDĐT",
        "--ngay",
        "15/6/2025",
        "--nguoi-ky",
        "Nguyễn Văn A",
        "--accept-open",
    ];
    let output = finalize(&ran.path, &arguments);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    assert_eq!(tree(&ran.path), run);
    assert_eq!(tree(&office.path().join("nop")), returns);
    let path = office.path().join("ket-qua/2025-06-01T0200-gui-so");
    let files = tree(&path);
    let names: Vec<&str> = files.keys().map(String::as_str).collect();
    assert_eq!(
        names,
        [
            "CHOT-gui-so.json",
            "gui-so/CHOT-gui-so.json",
            "gui-so/DOC-TOI.txt",
            "gui-so/ket-qua.json",
            "gui-so/minh-chung.csv",
            "gui-so/phieu/80100001-truong-thcs-binh-minh.xlsx",
            "gui-so/phieu/80100002-truong-th-hoa-sen.xlsx",
            "gui-so/phieu/phieu-co-quan.xlsx",
            "gui-so/tong-hop.xlsx",
            "ket-qua.json",
        ]
    );
    assert_eq!(files["gui-so/phieu/80100002-truong-th-hoa-sen.xlsx"], returns["b.xlsx"]);
    let seal = Milestone::of(&path).unwrap().seal;
    assert_eq!(seal.code, seal.expected_code());
    assert!(said(&output).contains(&seal.code));
    assert_eq!(
        (seal.kind, seal.number.as_str(), seal.signer.name.as_str()),
        (Kind::Report, "15/BC-PGDĐT", "Nguyễn Văn A")
    );
    assert_eq!(seal.date, Some(jiff::civil::date(2025, 6, 15)));
    assert_eq!((seal.owed, seal.counted, seal.accepted_all), (2, 2, true));
    assert_eq!(seal.decided.len(), 1);
    assert_eq!((seal.decided[0].code.as_str(), seal.decided[0].decision.as_str()), ("CDS402", "tinh_0"));
    assert_eq!(seal.outputs.len(), names.len() - 1);
    let run_files = seal.run_files.iter().map(|file| file.file.clone()).collect::<Vec<_>>();
    assert_eq!(run_files, run.keys().filter(|name| *name != "DAU-VAN-TAY.txt").cloned().collect::<Vec<_>>());
    // The frozen outcome is the run's but for what is signed.
    let mut frozen = Outcome::read_json(&files["ket-qua.json"]).unwrap();
    assert_eq!(frozen.seal.take(), Some(seal.line()));
    assert_eq!(frozen.office.number, "15/BC-PGDĐT");
    frozen.office = ran.outcome.office.clone();
    assert_eq!(frozen, ran.outcome);
    // The signed page bears the seal; its links lead to the copies.
    let mut book = zip::ZipArchive::new(std::io::Cursor::new(&files["gui-so/tong-hop.xlsx"])).unwrap();
    let mut part = |name: &str| std::io::read_to_string(book.by_name(name).unwrap()).unwrap();
    assert!(part("xl/sharedStrings.xml").contains(&seal.code));
    let links: String = (1..=12).map(|i| part_or_empty(&files["gui-so/tong-hop.xlsx"], i)).collect();
    assert!(links.contains("Target=\"phieu/80100002-truong-th-hoa-sen.xlsx") && !links.contains("../nop"), "{links}");
    let evidence = String::from_utf8(files["gui-so/minh-chung.csv"].clone()).unwrap();
    assert!(evidence.contains("80100002,Trường TH Hoa Sen,qd-4725-2022,1.3.1,"), "{evidence}");
    // What comes later changes nothing in it, and is known to be later.
    let list = milestones(&OfficeFolder::open(office.path()).unwrap()).unwrap();
    assert_eq!(list.len(), 1);
    assert!(list[0].seal.came_after("0123") && !list[0].seal.came_after(&ran.outcome.files[0].fingerprint));
}

fn part_or_empty(book: &[u8], sheet: usize) -> String {
    let mut book = zip::ZipArchive::new(std::io::Cursor::new(book)).unwrap();
    let part = book.by_name(&format!("xl/worksheets/_rels/sheet{sheet}.xml.rels"));
    part.map_or_else(|_| String::new(), |part| std::io::read_to_string(part).unwrap())
}

#[test]
fn a_second_time_is_refused_and_another_milestone_is_not() {
    let (office, ran) = office();
    let freeze = |moc: &str| finalize(&ran.path, &["--moc", moc, "--accept-open"]);
    assert_eq!(freeze("phe-duyet").status.code(), Some(0));
    let before = tree(office.path());
    let again = freeze("phe-duyet");
    assert_eq!(again.status.code(), Some(2));
    assert!(said(&again).contains("đã chốt để phê duyệt rồi"), "{}", said(&again));
    assert_eq!(tree(office.path()), before);
    assert_eq!(freeze("gui-so").status.code(), Some(0));
    // A run that is frozen is never removed, however few are kept.
    let office = office.settings("[chay]\ngiu_lai = 1\n");
    for _ in 0..3 {
        office.run();
    }
    assert!(ran.path.join("tong-hop.xlsx").exists());
    let folder = OfficeFolder::open(office.path()).unwrap();
    let kinds: Vec<Kind> = milestones(&folder).unwrap().iter().map(|one| one.seal.kind).collect();
    assert_eq!(kinds, [Kind::Approval, Kind::Report]);
    assert_eq!(folder.runs().unwrap().len(), 2, "the frozen one and the newest");
}

#[test]
fn what_changed_since_the_run_is_not_frozen() {
    let (office, ran) = office();
    let freeze = || finalize(&ran.path, &["--moc", "gui-so", "--accept-open"]);
    let path = office.path().join("nop/b.xlsx");
    let bytes = fs::read(&path).unwrap();
    fs::write(&path, [&bytes[..], b" "].concat()).unwrap();
    let output = freeze();
    assert_eq!(output.status.code(), Some(2), "{}", said(&output));
    assert!(said(&output).contains("nop/b.xlsx không còn như lúc chạy"), "{}", said(&output));
    fs::remove_file(&path).unwrap();
    assert_eq!(freeze().status.code(), Some(2));
    let names = |folder: &Path| -> Vec<String> {
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
    };
    assert_eq!(names(&office.path().join("ket-qua")), ["2025-06-01T0200"], "nothing is left behind");
    fs::write(&path, &bytes).unwrap();
    assert_eq!(freeze().status.code(), Some(0));
}

#[test]
fn what_is_no_run_is_refused() {
    let (office, ran) = office();
    for path in [office.path().join("ket-qua/2025-06-02T0200"), office.path().join("nop")] {
        let output = finalize(&path, &["--moc", "gui-so"]);
        assert_eq!(output.status.code(), Some(2), "{}", said(&output));
        assert!(said(&output).contains("không phải thư mục của một lần chạy"), "{}", said(&output));
    }
    let output = finalize(&ran.path, &["--moc", "gui-so", "--ngay", "31/6/2025"]);
    assert_eq!(output.status.code(), Some(2));
    fs::write(ran.path.join("ket-qua.json"), "{}").unwrap();
    let output = finalize(&ran.path, &["--moc", "gui-so"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(said(&output).contains("Không đọc được"), "{}", said(&output));
}

#[test]
fn a_return_in_an_archive_goes_singly_as_it_was() {
    use std::io::Write;
    let office = Office::new().school("80100002", "Trường TH Hoa Sen", "TH").returned("a.xlsx", "80100002", |_| {});
    let form = fs::read(office.path().join("nop/a.xlsx")).unwrap();
    fs::remove_file(office.path().join("nop/a.xlsx")).unwrap();
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    archive.start_file("x/80100002.xlsx", zip::write::SimpleFileOptions::default()).unwrap();
    archive.write_all(&form).unwrap();
    let office = office.file("nop/cum 1.zip", archive.finish().unwrap().into_inner());
    let ran = office.run();
    let output = finalize(&ran.path, &["--moc", "gui-so", "--accept-open"]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    let copied = tree(&office.path().join("ket-qua/2025-06-01T0200-gui-so/gui-so/phieu"));
    assert_eq!(copied.keys().collect::<Vec<_>>(), ["80100002-truong-th-hoa-sen.xlsx"]);
    assert_eq!(copied["80100002-truong-th-hoa-sen.xlsx"], form);
}

/// Killed at any moment, a milestone is not there, or whole; and the run and the returns are as they were.
#[cfg(unix)]
#[test]
fn killed_at_any_moment_a_milestone_is_whole_or_not_there() {
    let (office, ran) = office();
    let target = office.path().join("ket-qua/2025-06-01T0200-gui-so");
    let start = || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_cds"));
        command.arg("finalize").arg(&ran.path).args(["--moc", "gui-so", "--accept-open"]);
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
    };
    let started = Instant::now();
    assert!(start().wait().unwrap().success());
    let long = started.elapsed();
    let names: Vec<String> = tree(&target).into_keys().collect();
    fs::remove_dir_all(&target).unwrap();
    let before = (tree(&ran.path), tree(&office.path().join("nop")));
    let (mut whole, mut cut) = (0, 0);
    // Fifty moments over the time that it takes; on a busy machine more and later ones, until both are seen.
    for moment in 0..200 {
        if moment >= 50 && whole > 0 && cut > 0 {
            break;
        }
        let mut child = start();
        std::thread::sleep(long.mul_f64(f64::from(moment % 50 * (1 << (2 * (moment / 50)))) / 40.0));
        // SIGKILL.
        child.kill().unwrap();
        child.wait().unwrap();
        if target.exists() {
            whole += 1;
            let files = tree(&target);
            assert_eq!(files.keys().cloned().collect::<Vec<_>>(), names);
            let seal = Milestone::of(&target).unwrap().seal;
            assert_eq!(seal.code, seal.expected_code());
            assert_eq!(seal.outputs.len(), names.len() - 1);
            for output in &seal.outputs {
                assert_eq!(&Fingerprint::of(&output.file, &files[&output.file]), output);
            }
            fs::remove_dir_all(&target).unwrap();
        } else {
            cut += 1;
            let folder = OfficeFolder::open(office.path()).unwrap();
            assert_eq!(milestones(&folder).unwrap(), []);
        }
        assert_eq!((tree(&ran.path), tree(&office.path().join("nop"))), before);
    }
    assert!(whole > 0 && cut > 0, "{whole} whole, {cut} cut");
    // What the killed ones left goes with the next.
    assert!(start().wait().unwrap().success());
    assert_eq!(OfficeFolder::open(office.path()).unwrap().unfinished().unwrap(), Vec::<std::path::PathBuf>::new());
}

#[test]
fn a_result_that_is_not_as_the_run_wrote_it_is_not_frozen() {
    let (office, ran) = office();
    let freeze = || finalize(&ran.path, &["--moc", "gui-so", "--accept-open"]);
    let json = ran.path.join("ket-qua.json");
    let kept = fs::read_to_string(&json).unwrap();
    fs::write(&json, kept.replace("Trường TH Hoa Sen", "Trường TH Hoa Hồng")).unwrap();
    let output = freeze();
    assert_eq!(output.status.code(), Some(2), "{}", said(&output));
    assert!(said(&output).contains("không còn như lần chạy đã ghi"), "{}", said(&output));
    // Nor where the line that tells it is gone, or the list.
    let list = ran.path.join("DAU-VAN-TAY.txt");
    let lines = fs::read_to_string(&list).unwrap();
    let without: String =
        lines.lines().filter(|line| !line.ends_with("ket-qua.json")).map(|line| format!("{line}\n")).collect();
    fs::write(&list, without).unwrap();
    assert_eq!(freeze().status.code(), Some(2));
    fs::remove_file(&list).unwrap();
    let output = freeze();
    assert_eq!(output.status.code(), Some(2), "{}", said(&output));
    assert!(said(&output).contains("Thiếu") && said(&output).contains("DAU-VAN-TAY.txt"), "{}", said(&output));
    fs::write(&list, lines).unwrap();
    fs::write(&json, kept).unwrap();
    // Other files are named, and made anew from the result.
    let report = fs::read(ran.path.join("tong-hop.xlsx")).unwrap();
    fs::write(ran.path.join("tong-hop.xlsx"), "x").unwrap();
    fs::write(ran.path.join("diem.csv"), "x").unwrap();
    fs::write(ran.path.join("~$tong-hop.xlsx"), "x").unwrap();
    let output = freeze();
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    assert!(said(&output).contains("Đã khác lúc chạy: diem.csv, tong-hop.xlsx. "), "{}", said(&output));
    let frozen = office.path().join("ket-qua/2025-06-01T0200-gui-so/gui-so/tong-hop.xlsx");
    assert!(fs::read(frozen).unwrap().len() > report.len() / 2);
    // The seal knows the run as it was written.
    let output = Command::new(env!("CARGO_BIN_EXE_cds")).arg("verify").arg(&ran.path).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(said(&output).contains("✗ diem.csv: đã bị sửa"), "{}", said(&output));
}

/// The office has looked and recorded 2 points where the school wrote 99: nothing is open, nothing is sealed as 0.
#[test]
fn an_item_with_a_verified_score_is_not_open() {
    let office = TestOffice::new();
    let set = office.set();
    let plain = set.nodes.iter().filter(|node| node.kind == cds::rules::NodeKind::Points);
    let codes: Vec<String> = plain.take(2).map(|node| node.code.to_string()).collect();
    office.put("nop/a.xlsx", &office.form(0, &[(&codes[0], "99"), (&codes[1], "99")]), 5);
    let done = office.run("2025-05-10T08:00");
    let template = fs::read(done.path.join("mau-tham-dinh.xlsx")).unwrap();
    let rows = sheet(&template, "Thẩm định");
    let values = [("Điểm thẩm định", "0,5"), ("Người thẩm định", "Trần Thị B"), ("Lý do", "Đã xem")];
    let cells = values.map(|(title, value)| (cell_at(&rows, &[SCHOOLS[0].0, &codes[0]], title), value));
    office.put("tham-dinh/a.xlsx", &edit(&template, "Thẩm định", &cells), 12);
    let done = office.run("2025-05-13T08:00");
    let case = Case::open(&done.path, Kind::Approval).unwrap();
    let open = case.open_errors();
    let items: Vec<String> = open.iter().filter_map(|error| Some(error.finding.item?.to_string())).collect();
    assert_eq!(items, [codes[1].clone()]);
    let output = finalize(&done.path, &["--moc", "phe-duyet", "--accept-open"]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    let path = office.path("ket-qua/2025-05-13T0800-phe-duyet");
    let (seal, outcome) = (
        Milestone::of(&path).unwrap().seal,
        Outcome::read_json(&fs::read(path.join("ket-qua.json")).unwrap()).unwrap(),
    );
    // What was recorded of each decision is what the result holds.
    for decided in seal.decided.iter().filter(|decided| decided.decision == "tinh_0") {
        let at = set.index_of(codes[1].parse().unwrap()).unwrap();
        assert!(decided.message.contains("99"), "{decided:?}");
        let scored = outcome.expected[0].scored.as_ref().unwrap();
        assert_eq!(scored.nodes[at].counted, cds::points::Points::ZERO);
    }
    assert!(seal.decided.iter().all(|decided| decided.school.is_none() || decided.message.contains("99")));
}

#[test]
fn an_older_run_is_frozen_only_where_it_is_meant() {
    let (office, ran) = office();
    let mut command = Command::new(env!("CARGO_BIN_EXE_cds"));
    let newer = command.arg("run").arg(office.path()).args(["--at", "2025-06-03T02:00"]).output().unwrap();
    assert!(newer.status.success(), "{}", said(&newer));
    let output = finalize(&ran.path, &["--moc", "phe-duyet", "--accept-open"]);
    assert_eq!(output.status.code(), Some(2), "{}", said(&output));
    assert!(said(&output).contains("mới nhất là 2025-06-03T0200") && said(&output).contains("--older"));
    assert!(!office.path().join("ket-qua/2025-06-01T0200-phe-duyet").exists());
    // One that was sealed for what comes later in the year is named too, though its run is gone.
    let newest = office.path().join("ket-qua/2025-06-03T0200");
    assert_eq!(finalize(&newest, &["--moc", "gui-so", "--accept-open"]).status.code(), Some(0));
    fs::remove_dir_all(&newest).unwrap();
    let output = finalize(&ran.path, &["--moc", "phe-duyet", "--accept-open"]);
    assert_eq!(output.status.code(), Some(2), "{}", said(&output));
    assert!(said(&output).contains("mốc gửi Sở đã chốt từ lần chạy mới hơn, 2025-06-03T0200"), "{}", said(&output));
    let output = finalize(&ran.path, &["--moc", "phe-duyet", "--accept-open", "--older"]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    // The newest one for the next milestone needs no word.
    let folder = office.path().join("ket-qua/2025-06-01T0200-phe-duyet");
    assert!(folder.join("phe-duyet/tong-hop.xlsx").is_file() && !folder.join("gui-so").exists());
}
