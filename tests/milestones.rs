//! What later runs tell of the results that were frozen before: `Các mốc`, and what came "sau khi chốt".

#![allow(clippy::unwrap_used)] // The builders below are tests too.

use std::fs;
use std::path::Path;

use cds::finalize::{Case, Order};
use cds::finding::{Code, Finding, code};
use cds::milestone::{Fingerprint, Kind, Milestone};
use cds::outcome::history::{Difference, Trouble, Why};
use cds::outcome::{Outcome, ReviewKind, Status};
use cds::points::Points;
use cds::rules::NodeKind;
use jiff::civil::DateTime;

use crate::copied::tree;
use crate::offices::{SCHOOLS, SET, TestOffice, cell_at, edit, item, sheet};
use crate::recognised;

const SHEET: &str = "Các mốc";

fn freeze(run: &Path, kind: Kind, at: &str) -> Milestone {
    let at: DateTime = at.parse().unwrap();
    let order = Order { kind, number: "12/QĐ-PGDĐT".to_owned(), date: Some(at.date()), signer: "A".to_owned(), at };
    Case::open(run, kind).unwrap().freeze(&order, Vec::new(), true).unwrap().milestone
}

fn report(run: &Path) -> Vec<u8> {
    fs::read(run.join("tong-hop.xlsx")).unwrap()
}

fn has_sheet(run: &Path) -> bool {
    let bytes = report(run);
    let book: calamine::Xlsx<_> = calamine::open_workbook_from_rs(std::io::Cursor::new(&bytes)).unwrap();
    calamine::Reader::sheet_names(&book).iter().any(|name| name == SHEET)
}

/// The items of the set that take points, with their codes.
fn items(office: &TestOffice) -> Vec<String> {
    let plain = office.set().nodes.iter().filter(|node| node.kind == NodeKind::Points);
    plain.take(3).map(|node| node.code.to_string()).collect()
}

fn of<'a>(found: &'a [Difference], school: usize, code: Option<&str>) -> &'a Difference {
    let code = code.map(item);
    let is_it =
        |one: &&Difference| one.school.as_ref().is_some_and(|known| known.0 == SCHOOLS[school].0) && one.item == code;
    found.iter().find(is_it).unwrap_or_else(|| panic!("nothing of {school}, {code:?}: {found:#?}"))
}

fn points(text: &str) -> Option<Points> {
    Points::parse(text)
}

#[test]
fn each_difference_to_what_was_frozen_is_explained() {
    let office = TestOffice::new();
    let items = items(&office);
    office.put("nop/a.xlsx", &office.form(0, &[(&items[0], "1")]), 5);
    office.put("nop/b.xlsx", &office.form(1, &[]), 5);
    let first = office.run("2025-06-01T02:00");
    assert!(!has_sheet(&first.path), "no milestone, no sheet");
    let frozen = freeze(&first.path, Kind::Approval, "2025-06-09T09:00");
    let before = tree(&frozen.path);

    // A later return, a verified score, and a school that had sent nothing.
    office.put("nop/a moi.xlsx", &office.form(0, &[(&items[0], "2")]), 20);
    office.put("nop/c.xlsx", &office.form(2, &[]), 21);
    let template = fs::read(first.path.join("mau-tham-dinh.xlsx")).unwrap();
    let texts = sheet(&template, "Thẩm định");
    let fill = [
        ("Điểm thẩm định", "1"),
        ("Hình thức thẩm định", "Tại trường"),
        ("Ngày thẩm định", "12/6/2025"),
        ("Số biên bản", "03/BB-PGDĐT"),
        ("Người thẩm định", "Trần Thị B"),
        ("Lý do", "Thiếu minh chứng"),
    ];
    let keys = [SCHOOLS[1].0, items[1].as_str()];
    let cells: Vec<(String, &str)> =
        fill.iter().map(|(title, value)| (cell_at(&texts, &keys, title), *value)).collect();
    office.put("tham-dinh/to 1.xlsx", &edit(&template, "Thẩm định", &cells), 22);
    let second = office.run("2025-06-13T02:00");

    let [reached] = &second.outcome.milestones[..] else { panic!("{:?}", second.outcome.milestones) };
    assert_eq!((reached.kind, &reached.code, &reached.run), (Kind::Approval, &frozen.seal.code, &frozen.seal.run));
    assert_eq!((reached.owed, reached.counted, reached.trouble, reached.more), (3, 2, None, 0));
    let since = &reached.since;
    let later = |file: &str| vec![Why::LaterReturn(file.into())];
    let change = of(since, 0, Some(&items[0]));
    assert_eq!((change.before.points, change.after.points), (points("1"), points("2")));
    assert_eq!(change.why, later("nop/a moi.xlsx"));
    assert_eq!(of(since, 0, None).why, later("nop/a moi.xlsx"));
    let verified = of(since, 1, Some(&items[1]));
    let date = Some(jiff::civil::date(2025, 6, 12));
    let why = Why::Verified { kind: ReviewKind::OnSite, date, minutes: "03/BB-PGDĐT".to_owned() };
    assert_eq!((verified.after.points, &verified.why), (points("1"), &vec![why.clone()]));
    assert_eq!(of(since, 1, None).why, [why]);
    let came = of(since, 2, None);
    assert_eq!((came.before.status, came.after.status), (Some(Status::Missing), Some(Status::Accepted)));
    assert_eq!(came.why, later("nop/c.xlsx"));
    assert_eq!(since.iter().filter(|one| one.school.as_ref().is_some_and(|code| code.0 == SCHOOLS[2].0)).count(), 1);
    // The office's computed criterion follows, and so does its total.
    let own = |item: bool| since.iter().find(|one| one.school.is_none() && one.item.is_some() == item).unwrap();
    assert_eq!((&own(true).why, &own(false).why), (&vec![Why::Schools], &vec![Why::Schools]));

    // What came later is told as such, and changes nothing in what was frozen.
    let after: Vec<(&str, Option<Kind>)> =
        second.outcome.files.iter().map(|file| (&*file.file, file.came_after)).collect();
    let late = Some(Kind::Approval);
    assert_eq!(after, [("nop/a moi.xlsx", late), ("nop/a.xlsx", None), ("nop/b.xlsx", None), ("nop/c.xlsx", late)]);
    let table = fs::read_to_string(second.path.join("nop.csv")).unwrap();
    assert_eq!(table.lines().filter(|line| line.ends_with(",phe-duyet,")).count(), 2, "{table}");
    assert_eq!(tree(&frozen.path), before);

    let rows = sheet(&report(&second.path), SHEET);
    let has = |texts: &[&str]| rows.iter().any(|row| texts.iter().all(|text| row.iter().any(|cell| cell == text)));
    assert!(has(&["Phê duyệt 09/06/2025", &frozen.seal.code, "12/QĐ-PGDĐT", "2025-06-01T0200"]), "{rows:#?}");
    assert!(has(&[SCHOOLS[0].0, &items[0], "1", "2", "Phiếu đến sau khi chốt: nop/a moi.xlsx"]), "{rows:#?}");
    let verified = "Điểm thẩm định (tại trường, biên bản 03/BB-PGDĐT, ngày 12/06/2025)";
    assert!(has(&[SCHOOLS[1].0, &items[1], verified]), "{rows:#?}");
    assert!(has(&[SCHOOLS[2].0, "Cả phiếu", "Chưa nộp", "Đã nhận, Mức 3"]), "{rows:#?}");
    let returns = sheet(&report(&second.path), "Tình hình nộp");
    let late = |school: usize| {
        let row = returns.iter().find(|row| row[0] == SCHOOLS[school].0).unwrap();
        row.last().unwrap().clone()
    };
    assert_eq!([late(0), late(1), late(2)], ["Phê duyệt", "", "Phê duyệt"]);
}

#[test]
fn milestones_are_compared_one_with_the_next() {
    let office = TestOffice::new();
    let items = items(&office);
    office.put("nop/a.xlsx", &office.form(0, &[(&items[0], "1")]), 5);
    office.put("cong-nhan.xlsx", &recognised::workbook(SCHOOLS[0].0, 2), 5);
    let first = office.run("2025-06-01T02:00");
    freeze(&first.path, Kind::Approval, "2025-06-09T09:00");
    office.put("nop/a2.xlsx", &office.form(0, &[(&items[0], "2")]), 6);
    let second = office.run("2025-06-10T02:00");
    let report = freeze(&second.path, Kind::Report, "2025-06-15T09:00");
    // The newest is aside now, by the receipts: the older one counts again.
    fs::write(office.path("so-nhan.csv"), "tep,khong_dung,ly_do\na2.xlsx,x,gửi nhầm\n").unwrap();
    let third = office.run("2025-06-16T02:00");
    let [approval, sent] = &third.outcome.milestones[..] else { panic!("{:?}", third.outcome.milestones) };
    assert_eq!(of(&approval.since, 0, Some(&items[0])).why, [Why::LaterReturn("nop/a2.xlsx".into())]);
    assert_eq!(of(&sent.since, 0, Some(&items[0])).why, [Why::OtherReturn("nop/a.xlsx".into())]);
    assert_eq!(of(&sent.since, 0, Some(&items[0])).after.points, points("1"));
    // What came between the two was there for the second.
    let known: Vec<_> = third.outcome.files.iter().map(|file| (&*file.file, file.came_after)).collect();
    assert_eq!(known, [("nop/a.xlsx", None), ("nop/a2.xlsx", Some(Kind::Approval))]);

    // The same is told where the newest does not know the one before: it froze a run that was made earlier.
    let again = freeze(&first.path, Kind::Recognition, "2025-06-15T10:00");
    let fourth = office.run("2025-06-16T03:00");
    let [one, two, three] = &fourth.outcome.milestones[..] else { panic!("{:?}", fourth.outcome.milestones) };
    assert_eq!((&one.since, one.trouble), (&approval.since, None));
    assert_eq!(of(&two.since, 0, Some(&items[0])).why, [Why::OtherReturn("nop/a.xlsx".into())]);
    assert_eq!((three.since.len(), &three.code), (0, &again.seal.code));
    fs::remove_dir_all(again.path).unwrap();

    // Another figure of the rules: what follows from it is said to follow from it.
    fs::remove_file(office.path("so-nhan.csv")).unwrap();
    let same = office.run("2025-06-17T02:00");
    assert_eq!(same.outcome.milestones[1].since, [], "as it was sent");
    let (_, text) = cds::rules::EMBEDDED.iter().find(|(name, _)| name.starts_with(SET)).unwrap();
    let lowered = with_max(text, &items[0], "1.5");
    fs::create_dir(office.path("quy-tac")).unwrap();
    fs::write(office.path("quy-tac/moi.toml"), lowered).unwrap();
    let ruled = office.run("2025-06-18T02:00");
    let change = of(&ruled.outcome.milestones[1].since, 0, Some(&items[0]));
    assert_eq!((change.after.points, &change.why), (points("0"), &vec![Why::Rules]));

    // A frozen result that somebody touched is not taken for what was frozen.
    let path = report.path.join("ket-qua.json");
    let mut outcome = Outcome::read_json(&fs::read(&path).unwrap()).unwrap();
    outcome.expected[0].status = Status::Missing;
    fs::write(&path, serde_json::to_vec(&outcome).unwrap()).unwrap();
    let touched = office.run("2025-06-19T02:00");
    let told = &touched.outcome.milestones;
    assert_eq!((told[1].trouble, told[1].since.len(), told[0].since.len()), (Some(Trouble::Altered), 0, 0));
    let said = |outcome: &Outcome, code: Code| {
        let at = |finding: &Finding| finding.place.file.as_deref().unwrap_or_default().to_owned();
        outcome.findings.iter().filter(|finding| finding.code == code).map(at).collect::<Vec<_>>()
    };
    let place = [format!("ket-qua/{}-gui-so", second.outcome.run)];
    assert_eq!(said(&touched.outcome, code::MILESTONE_ALTERED), place);
    let rows = sheet(&self::report(&touched.path), SHEET);
    let note = rows.iter().flatten().find(|text| text.contains("bị sửa sau khi chốt"));
    assert!(note.is_some(), "{rows:#?}");
    fs::remove_file(&path).unwrap();
    let gone = office.run("2025-06-20T02:00");
    assert_eq!(gone.outcome.milestones[1].trouble, Some(Trouble::Unreadable));
    assert_eq!(said(&gone.outcome, code::MILESTONE_UNREADABLE), place);
    assert_eq!(said(&ruled.outcome, code::MILESTONE_ALTERED), [""; 0]);
    // Without a seal that can be read it is no milestone any more, and that is said.
    fs::write(report.path.join("CHOT-gui-so.json"), "{").unwrap();
    let unsealed = office.run("2025-06-21T02:00");
    assert_eq!(unsealed.outcome.milestones.len(), 1);
    assert_eq!(said(&unsealed.outcome, code::MILESTONE_UNREADABLE), place);
}

#[test]
fn last_years_milestones_are_no_milestones_of_this_year() {
    let office = TestOffice::new();
    office.put("nop/a.xlsx", &office.form(0, &[]), 5);
    let first = office.run("2025-06-01T02:00");
    freeze(&first.path, Kind::Report, "2025-06-09T09:00");
    let settings = fs::read_to_string(office.path("co-quan.toml")).unwrap();
    fs::write(office.path("co-quan.toml"), settings.replace("2024-2025", "2025-2026")).unwrap();
    let next = office.run("2026-06-01T02:00");
    assert_eq!(next.outcome.milestones, []);
    assert!(!has_sheet(&next.path));
}

fn with_max(text: &str, code: &str, max: &str) -> String {
    let at = text.find(&format!("code = \"{code}\"")).unwrap();
    let start = at + text[at..].find("max = ").unwrap();
    let end = start + text[start..].find('\n').unwrap();
    format!("{}max = {max}{}", &text[..start], &text[end..])
}

/// Makes a milestone what version 0.1.0 left of it: files known by blake3 alone.
fn made_older(milestone: &Path, office: &Path) {
    let older = |bytes: &[u8]| blake3::hash(bytes).to_hex().to_string();
    let mut seal = Milestone::of(milestone).unwrap().seal;
    let path = milestone.join("ket-qua.json");
    let mut outcome = Outcome::read_json(&fs::read(&path).unwrap()).unwrap();
    let mut known: Vec<(String, String)> = Vec::new();
    for file in &mut outcome.files {
        let bytes = match fs::read(office.join(&*file.file)) {
            Ok(bytes) => bytes,
            Err(_) => member(office, &file.file),
        };
        file.fingerprint = older(&bytes);
        known.push((file.file.to_string(), file.fingerprint.clone()));
    }
    let mut json = Vec::new();
    outcome.write_json(&mut json).unwrap();
    fs::write(&path, &json).unwrap();
    let print = |file: &str, blake3: String| Fingerprint { file: file.to_owned(), sha256: String::new(), blake3 };
    seal.inputs = known.into_iter().map(|(file, blake3)| print(&file, blake3)).collect();
    let outputs = seal.outputs.iter().map(|one| print(&one.file, older(&fs::read(milestone.join(&one.file)).unwrap())));
    seal.outputs = outputs.collect();
    seal.code = seal.expected_code();
    fs::write(milestone.join(seal.kind.seal_file()), serde_json::to_vec(&seal).unwrap()).unwrap();
}

/// The bytes of `nop/x.zip/a.xlsx`.
fn member(office: &Path, shown: &str) -> Vec<u8> {
    let (archive, name) = shown.split_once(".zip/").unwrap();
    let mut archive = zip::ZipArchive::new(fs::File::open(office.join(format!("{archive}.zip"))).unwrap()).unwrap();
    let mut bytes = Vec::new();
    std::io::Read::read_to_end(&mut archive.by_name(name).unwrap(), &mut bytes).unwrap();
    bytes
}

#[test]
fn what_a_seal_of_the_first_version_had_seen_did_not_come_later() {
    let office = TestOffice::new();
    let items = items(&office);
    office.put("nop/a.xlsx", &office.form(0, &[(&items[0], "1")]), 5);
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    archive.start_file("b.xlsx", zip::write::SimpleFileOptions::default()).unwrap();
    std::io::Write::write_all(&mut archive, &office.form(1, &[])).unwrap();
    office.put("nop/cum.zip", &archive.finish().unwrap().into_inner(), 5);
    let first = office.run("2025-06-01T02:00");
    let frozen = freeze(&first.path, Kind::Approval, "2025-06-09T09:00");
    made_older(&frozen.path, office.dir.path());
    office.put("nop/c.xlsx", &office.form(2, &[]), 21);
    let done = office.run("2025-06-13T02:00");
    let after: Vec<(&str, Option<Kind>)> =
        done.outcome.files.iter().map(|file| (&*file.file, file.came_after)).collect();
    let later = Some(Kind::Approval);
    let want = [("nop/a.xlsx", None), ("nop/c.xlsx", later), ("nop/cum.zip", None), ("nop/cum.zip/b.xlsx", None)];
    assert_eq!(after, want);
    let [reached] = &done.outcome.milestones[..] else { panic!("{:?}", done.outcome.milestones) };
    assert_eq!(reached.trouble, None);
    assert_eq!(of(&reached.since, 2, None).why, [Why::LaterReturn("nop/c.xlsx".into())]);
    let others = reached.since.iter().filter(|one| one.school.as_ref().is_some_and(|code| code.0 != SCHOOLS[2].0));
    assert_eq!(others.count(), 0, "{:?}", reached.since);
}
