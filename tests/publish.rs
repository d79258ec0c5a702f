//! `cds publish`: what is made public of a result, and what can never be.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use calamine::Reader;
use cds::codes::Level;
use cds::finding::Place;
use cds::milestone::Kind;
use cds::office::Publish;
use cds::outcome::{Decision, Outcome, Recognised, RecognisedItem, RecognisedSchool};
use cds::points::Points;
use cds::publication;
use cds::rules::{Authority, Basis, figures};
use cds::school::SchoolCode;
use cds::views::published::{Published, Refusal};
use html5gum::Tokenizer;
use html5gum::emitters::default::{DefaultEmitter, Token};

use crate::office::{Office, Ran};

const HOSTILE: &str = "Trường \"><img src=x onerror=alert(1)> & <script>";

/// Two schools with a result, one of a name that looks like a formula and holds a telephone number, and one with none.
fn office() -> Office {
    Office::new()
        .school("80100001", "Trường THCS Bình Minh", "THCS")
        .school("00200002", "=HYPERLINK(Trường TH 0912 345 678)", "TH")
        .school("80100003", "Trường TH Chưa Nộp", "TH")
        .returned("a.xlsx", "80100001", |form| {
            form.number("1.3.1", 0.25);
        })
        .returned("b.xlsx", "00200002", |form| {
            form.all(0.5);
        })
        .own_form(|_| {})
}

fn publish(result: &Path, to: &Path, more: &[&str]) -> (i32, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cds"));
    let output = command.arg("publish").arg(result).arg("-o").arg(to).args(more).output().unwrap();
    let said = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    (output.status.code().unwrap(), said)
}

/// Every file of a folder with its text; of a workbook, all texts of its cells.
fn texts(folder: &Path) -> BTreeMap<String, String> {
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let text = |path: &Path| match path.extension().is_some_and(|ending| ending == "xlsx") {
        true => sheets(path).into_iter().flatten().flatten().collect::<Vec<_>>().join("\n"),
        false => fs::read_to_string(path).unwrap(),
    };
    files.map(|path| (path.file_name().unwrap().to_str().unwrap().to_owned(), text(&path))).collect()
}

/// The rows of each sheet.
fn sheets(path: &Path) -> Vec<Vec<Vec<String>>> {
    let mut book: calamine::Xlsx<_> = calamine::open_workbook(path).unwrap();
    let rows = |range: calamine::Range<calamine::Data>| -> Vec<Vec<String>> {
        range.rows().map(|row| row.iter().map(ToString::to_string).collect()).collect()
    };
    book.worksheets().into_iter().map(|(_, range)| rows(range)).collect()
}

/// The tables of a page: rows of cells, as a reader of HTML sees them. Also the names of all its elements.
fn tables(page: &str) -> (Vec<Vec<Vec<String>>>, Vec<String>) {
    let mut emitter = DefaultEmitter::default();
    emitter.naively_switch_states(true);
    let (mut tables, mut names, mut cell) = (Vec::new(), Vec::new(), None);
    for Ok(token) in Tokenizer::new_with_emitter(page, emitter) {
        match token {
            Token::StartTag(tag) => {
                let name = String::from_utf8_lossy(&tag.name).into_owned();
                match &*name {
                    "table" => tables.push(Vec::new()),
                    "tr" => tables.last_mut().unwrap().push(Vec::new()),
                    "td" | "th" => cell = Some(String::new()),
                    _ => {}
                }
                names.push(name);
            }
            Token::EndTag(tag) if &**tag.name == b"td" || &**tag.name == b"th" => {
                tables.last_mut().unwrap().last_mut().unwrap().push(cell.take().unwrap());
            }
            Token::String(text) => {
                if let Some(cell) = &mut cell {
                    cell.push_str(&String::from_utf8_lossy(&text));
                }
            }
            _ => {}
        }
    }
    (tables, names)
}

/// Every figure held against the annex.
fn official(outcome: &mut Outcome) {
    let authority = Authority {
        basis: Basis::Official,
        source: String::new(),
        clause: "Phụ lục I".to_owned(),
        checked_by: "Trần Thị B".to_owned(),
        checked_on: "31/5/2025".to_owned(),
    };
    for set in &mut outcome.book.sets {
        let keys: Vec<String> = figures(set).into_iter().map(|figure| figure.key).collect();
        set.confirmed.extend(keys.into_iter().map(|key| (key, authority.clone())));
    }
}

#[test]
fn what_is_not_frozen_or_not_official_is_no_more_than_a_draft_and_says_so() {
    let office = office();
    let Ran { path, mut outcome, .. } = office.run();
    let to = office.path().join("cong-khai");
    let (code, said) = publish(&path, &to, &[]);
    assert_eq!((code, to.exists()), (2, false), "{said}");
    assert!(said.contains("--draft") && said.contains("phe-duyet"), "{said}");
    let (code, said) = publish(&path, &to, &["--draft"]);
    assert_eq!(code, 0, "{said}");
    assert!(said.contains("Kết quả của cơ quan được công bố sau khi cơ quan cấp trên công nhận"), "{said}");
    let files = texts(&to);
    let names: Vec<&str> = files.keys().map(String::as_str).collect();
    let all =
        ["bang-dan.html", "cong-khai.csv", "cong-khai.html", "cong-khai.json", "cong-khai.xlsx", "nhap-csdl.xlsx"];
    assert_eq!(names, all);
    for (name, text) in &files {
        assert!(text.contains("DỰ THẢO") || text.contains("kết quả chưa chốt"), "{name}: {text}");
    }
    let (code, said) = publish(&path, &to, &["--draft"]);
    assert_eq!(code, 2, "a folder that holds files stays: {said}");

    // Frozen, but not official; official, but not frozen; both.
    let refused = |outcome: &Outcome, reached| Published::of(outcome, reached, false).unwrap_err();
    assert!(matches!(refused(&outcome, Some(Kind::Approval)), Refusal::NotOfficial(1..)));
    official(&mut outcome);
    assert_eq!(refused(&outcome, None), Refusal::NoMilestone);
    let published = Published::of(&outcome, Some(Kind::Approval), false).unwrap();
    assert_eq!((published.du_thao.as_str(), published.moc.as_str()), ("", "phe-duyet"));
    assert!(!published.title().contains("DỰ THẢO"));
}

#[test]
fn a_milestone_is_published_under_its_decision() {
    let office = office().settings("[van_ban]\nphe_duyet = \"Quyết định số 30/QĐ-PGDĐT ngày 09/6/2025\"\n");
    let ran = office.run();
    let mut finalize = Command::new(env!("CARGO_BIN_EXE_cds"));
    let done = finalize.arg("finalize").arg(&ran.path).args(["--moc", "phe-duyet", "--accept-open"]).output().unwrap();
    assert_eq!(done.status.code(), Some(0), "{}", String::from_utf8_lossy(&done.stderr));
    let to = office.path().join("cong-khai");
    let frozen = ran.path.with_file_name(format!("{}-phe-duyet", ran.outcome.run));
    let (code, said) = publish(&frozen, &to, &["--draft"]);
    assert_eq!(code, 0, "{said}");
    let page = fs::read_to_string(to.join("cong-khai.html")).unwrap().replace("&#x2f;", "/");
    assert!(page.contains("Theo Quyết định số 30/QĐ-PGDĐT ngày 09/6/2025."), "{page}");
    assert!(page.contains("giá trị chưa đối chiếu phụ lục") && !page.contains("kết quả chưa chốt"), "{page}");

    // The office folder stands for its newest frozen result, though a newer run is there.
    office.run();
    let (code, said) = publish(office.path(), &office.path().join("tu-co-quan"), &["--draft"]);
    assert_eq!((code, texts(&office.path().join("tu-co-quan"))), (0, texts(&to)), "{said}");

    // What a killed run of the command left is no obstacle, nor is a `/` behind the name.
    fs::create_dir(office.path().join(".khac.partial")).unwrap();
    let (code, said) = publish(&frozen, &office.path().join("khac/"), &["--draft"]);
    assert_eq!((code, texts(&office.path().join("khac"))), (0, texts(&to)), "{said}");

    // What was changed after the freezing goes nowhere.
    let json = frozen.join("ket-qua.json");
    let text = fs::read_to_string(&json).unwrap();
    fs::write(&json, text.replacen("Bình Minh", "Bình Mình", 1)).unwrap();
    let (code, said) = publish(&frozen, &office.path().join("sua"), &["--draft"]);
    assert_eq!((code, office.path().join("sua").exists()), (2, false), "{said}");
    assert!(said.contains("đã bị sửa sau khi chốt") && said.contains("cds verify"), "{said}");
}

#[test]
fn nothing_private_and_nothing_of_a_school_without_a_result_gets_there() {
    let office = office().settings("lien_he = \"ông Tám 0909 999 999\"\n[cong_khai]\nmuc = \"tat-ca\"\n");
    let ran = office.run();
    let to = office.path().join("cong-khai");
    assert_eq!(publish(&ran.path, &to, &["--draft"]).0, 0);
    for (name, text) in texts(&to) {
        for private in
            ["0912", "0909", "Tám", "@example", "QĐ số 1.3.1/QĐ", "CDS4", "Chưa Nộp", "80100003", "nop/", "a.xlsx"]
        {
            assert!(!text.contains(private), "{name} holds {private}");
        }
        for request in ["http://", "https://", "//cdn", "@import", "url("] {
            assert!(!text.contains(request), "{name} asks for {request}");
        }
    }
}

#[test]
fn hostile_names_stay_text() {
    let mut outcome = office().run().outcome;
    outcome.schools[0].name = HOSTILE.to_owned();
    let place = tempfile::tempdir().unwrap();
    let to = place.path();
    publication::write(&Published::of(&outcome, None, true).unwrap(), to).unwrap();
    for (file, scripts) in [("cong-khai.html", 1), ("bang-dan.html", 0)] {
        let page = fs::read_to_string(to.join(file)).unwrap();
        let (tables, names) = tables(&page);
        assert_eq!(names.iter().filter(|name| *name == "script").count(), scripts, "{file}");
        assert!(!names.iter().any(|name| name == "img"), "{file}");
        assert_eq!(tables.last().unwrap().iter().filter(|row| row[1] == HOSTILE).count(), 1, "{file}: {tables:?}");
    }
    let csv = fs::read_to_string(to.join("cong-khai.csv")).unwrap();
    assert!(csv.contains("'=HYPERLINK"), "{csv}");
    let mut book: calamine::Xlsx<_> = calamine::open_workbook(to.join("cong-khai.xlsx")).unwrap();
    assert!(book.worksheet_formula("Mức độ").unwrap().is_empty());
}

#[test]
fn the_figures_of_page_table_csv_json_and_workbook_are_those_of_the_result() {
    let office = office().settings("[cong_khai]\nmuc = \"tat-ca\"\n");
    let ran = office.run();
    let to = office.path().join("cong-khai");
    assert_eq!(publish(&ran.path, &to, &["--draft"]).0, 0);
    let page = tables(&fs::read_to_string(to.join("cong-khai.html")).unwrap()).0.pop().unwrap();
    let bare = tables(&fs::read_to_string(to.join("bang-dan.html")).unwrap()).0.pop().unwrap();
    assert_eq!(page, bare);
    let (head, rows) = page.split_first().unwrap();
    let mut csv = csv::ReaderBuilder::new().from_path(to.join("cong-khai.csv")).unwrap();
    let names: Vec<String> =
        csv.headers().unwrap().iter().map(|name| name.trim_start_matches('\u{FEFF}').to_owned()).collect();
    let csv: Vec<csv::StringRecord> = csv.records().collect::<Result<_, _>>().unwrap();
    let json: serde_json::Value = serde_json::from_slice(&fs::read(to.join("cong-khai.json")).unwrap()).unwrap();
    let book = sheets(&to.join("cong-khai.xlsx")).remove(0);
    let first = book.iter().position(|row| row[0] == "Mã trường").unwrap();
    assert_eq!((head, rows.len(), csv.len()), (&book[first], 2, 2));
    let comma = |text: &str| text.replace('.', ",");
    for (i, row) in rows.iter().enumerate() {
        let school = &json["truong"][i];
        let expected = ran.expected(&row[0]);
        let scored = expected.scored.as_ref().unwrap();
        assert!(row.last().unwrap().starts_with(&format!("Mức {}", scored.level.unwrap())), "{row:?}");
        assert_eq!(school["muc"], row.last().unwrap().as_str());
        assert_eq!(&csv[i][names.iter().position(|name| name == "muc_do").unwrap()], row.last().unwrap());
        assert_eq!(book[first + 1 + i].last(), row.last());
        let mut points = 0;
        for (at, title) in head.iter().enumerate() {
            let Some(code) = title.strip_prefix("Tiêu chí ").or(title.strip_prefix("Nhóm ")) else { continue };
            let of_page = row[at].as_str();
            let of_result = scored.nodes.iter().find(|node| node.code.to_string() == code);
            let of_result = of_result.map_or_else(String::new, |node| node.counted.to_string());
            let name = format!("diem_{}", code.replace('.', "_"));
            let of_csv = comma(&csv[i][names.iter().position(|known| *known == name).unwrap()]);
            let of_json = school["diem"].get(code).map_or_else(String::new, |value| comma(&value.to_string()));
            assert_eq!(
                [of_page, &of_csv, &of_json, &comma(&book[first + 1 + i][at])],
                [&*of_result; 4],
                "{title}: {row:?}"
            );
            points += usize::from(!of_page.is_empty());
        }
        assert!(points > 5, "{row:?}");
    }
    // The list to type from: the same levels, codes as text with their zeros.
    let typing = sheets(&to.join("nhap-csdl.xlsx")).remove(0);
    let typed: Vec<(&str, &str)> = typing.iter().skip(4).map(|row| (&*row[1], &*row[4])).collect();
    let level = |code: &str| ran.level(code).unwrap().to_string();
    assert_eq!(typed, [("80100001", &*level("80100001")), ("00200002", &*level("00200002"))]);
}

#[test]
fn levels_alone_are_shown_unless_the_office_decides_otherwise() {
    let mut outcome = office().run().outcome;
    let mut titles = |show| {
        outcome.office.publish = show;
        let to = tempfile::tempdir().unwrap();
        publication::write(&Published::of(&outcome, None, true).unwrap(), to.path()).unwrap();
        tables(&fs::read_to_string(to.path().join("bang-dan.html")).unwrap()).0.remove(0).remove(0)
    };
    let levels = titles(Publish::Levels);
    assert_eq!(levels, ["Mã trường", "Tên trường", "Cấp học", "Đơn vị quản lý", "Bộ chỉ số", "Mức độ"]);
    let points = titles(Publish::Points);
    assert!(points.iter().any(|title| title == "Nhóm 1") && !points.iter().any(|title| title.starts_with("Tiêu")));
    let all = titles(Publish::Criteria);
    assert!(all.iter().any(|title| title.starts_with("Tiêu chí 1.")), "{all:?}");
    assert!(!all.iter().any(|title| title.matches('.').count() > 1), "no item is shown: {all:?}");
}

#[test]
fn two_and_a_half_thousand_schools_are_written_in_two_seconds() {
    let mut outcome = office().run().outcome;
    outcome.office.publish = Publish::Criteria;
    let (school, expected) = (outcome.schools[0].clone(), outcome.expected[0].clone());
    outcome.schools = vec![school; 2_500];
    outcome.expected = vec![expected; 2_500];
    for (i, (school, expected)) in outcome.schools.iter_mut().zip(&mut outcome.expected).enumerate() {
        school.code = SchoolCode(format!("{i:08}"));
        expected.school = i;
    }
    let to = tempfile::tempdir().unwrap();
    let begun = Instant::now();
    publication::write(&Published::of(&outcome, None, true).unwrap(), to.path()).unwrap();
    let took = begun.elapsed();
    // Ten times as much where nothing is optimised and other tests run beside.
    let most = Duration::from_secs(if cfg!(debug_assertions) { 20 } else { 2 });
    assert!(took < most, "{took:?}");
    assert_eq!(tables(&fs::read_to_string(to.path().join("cong-khai.html")).unwrap()).0.pop().unwrap().len(), 2_501);
}

#[test]
fn what_was_recognised_is_published_at_its_milestone_alone() {
    let office = office();
    let ran = office.run();
    let mut outcome = ran.outcome;
    let set = outcome.book.of_office().unwrap();
    let group = set.groups().next().unwrap().1.code;
    let place = Place::file("cong-nhan.xlsx");
    let item = |code, points, level| RecognisedItem {
        code,
        points: Some(points),
        level,
        reason: "gọi 0912 345 678".to_owned(),
        told: None,
        place: place.clone(),
    };
    let of_set = outcome.expected[0].set.clone();
    outcome.recognised = Some(Recognised {
        items: vec![
            item(None, Points::hundredths(5_550), Some(Level(1))),
            item(Some(group), Points::hundredths(1_050), None),
        ],
        schools: vec![RecognisedSchool {
            school: outcome.schools[0].code.clone(),
            set: of_set,
            level: Level(1),
            place: place.clone(),
        }],
        decision: Decision {
            number: "12/QĐ-SGDĐT".to_owned(),
            date: Some(jiff::civil::date(2025, 7, 31)),
            office: "Sở GDĐT".to_owned(),
        },
    });
    outcome.office.publish = Publish::Points;
    let before = Published::of(&outcome, Some(Kind::Approval), true).unwrap();
    assert_eq!((before.ket_qua_co_quan.is_none(), before.de_lai.len()), (true, 1));
    let published = Published::of(&outcome, Some(Kind::Recognition), true).unwrap();
    assert!(published.de_lai.is_empty());
    let to = office.path().join("cong-khai");
    fs::create_dir(&to).unwrap();
    publication::write(&published, &to).unwrap();
    let page = fs::read_to_string(to.join("cong-khai.html")).unwrap().replace("&#x2f;", "/");
    for text in ["Kết quả của cơ quan", "Quyết định số 12/QĐ-SGDĐT ngày 31/07/2025 của Sở GDĐT", ">55,5<", ">10,5<"]
    {
        assert!(page.contains(text), "{text}: {page}");
    }
    assert!(page.contains("Mức được công nhận") && !page.contains("0912"), "{page}");
    let json: serde_json::Value = serde_json::from_slice(&fs::read(to.join("cong-khai.json")).unwrap()).unwrap();
    assert_eq!(json["ket_qua_co_quan"]["diem"][0]["diem"], 55.5);
    assert!(json["truong"][0]["muc_cong_nhan"].as_str().unwrap().starts_with("Mức 1"));
    assert!(json["truong"][1].get("muc_cong_nhan").is_none());
    outcome.office.publish = Publish::Levels;
    let levels = Published::of(&outcome, Some(Kind::Recognition), true).unwrap().ket_qua_co_quan.unwrap();
    assert!(levels.diem.is_empty() && levels.muc.starts_with("Mức 1"), "{levels:?}");
}
