//! Small real office folders: settings, roster, filled forms, runs; and workbooks edited as a person edits them.

#![allow(dead_code, clippy::unwrap_used)]

use std::collections::BTreeMap;
use std::fs;
use std::io::{Cursor, Read, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, UNIX_EPOCH};

use calamine::Reader;
use cds::codes::{ItemCode, SetId};
use cds::form_writer::{Answer, Answers, Filling, write};
use cds::grid::Value;
use cds::outcome::{ExpectedReturn, Outcome};
use cds::reader::Limits;
use cds::rules::{self, NodeKind, RuleBook, RuleSet};
use cds::run::{self, Done, Options, RunError};
use cds::school::{School, SchoolCode};
use jiff::civil::DateTime;

/// An office folder in a temporary place.
pub struct TestOffice {
    pub dir: tempfile::TempDir,
    pub book: RuleBook,
    pub year: &'static str,
}

pub const SET: &str = "qd-4725-2022";

/// The schools of the roster: code, name, kind.
pub const SCHOOLS: [(&str, &str, &str); 3] = [
    ("80100001", "Trường TH Hoa Sen", "TH"),
    ("80100002", "Trường THCS Đức Hòa", "THCS"),
    ("80100003", "Trường TH Long Hậu", "TH"),
];

pub fn item(code: &str) -> ItemCode {
    code.parse().unwrap()
}

impl TestOffice {
    pub fn new() -> TestOffice {
        TestOffice::of_year("2024-2025", "")
    }

    /// With more lines in its settings.
    pub fn of_year(year: &'static str, settings: &str) -> TestOffice {
        let dir = tempfile::tempdir().unwrap();
        let settings = format!(
            "ten = \"Phòng GDĐT huyện Cần Giuộc\"\nnam_hoc = \"{year}\"\n{settings}\n[han]\nnop_phieu = 2025-05-31\n"
        );
        fs::write(dir.path().join("co-quan.toml"), settings).unwrap();
        let mut roster = "ma_truong,ten_truong,cap_hoc,don_vi_quan_ly,email,dien_thoai\n".to_owned();
        for (code, name, kind) in SCHOOLS {
            roster += &format!("{code},{name},{kind},Xã Long An,{code}@example.vn,0912000111\n");
        }
        fs::write(dir.path().join("danh-sach-truong.csv"), roster).unwrap();
        fs::create_dir(dir.path().join("nop")).unwrap();
        TestOffice { dir, book: rules::book(Vec::new()).unwrap().book, year }
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    pub fn set(&self) -> &RuleSet {
        self.book.get(&SetId(SET.to_owned())).unwrap()
    }

    /// A form with full marks everywhere but for these items.
    pub fn form(&self, school: usize, other: &[(&str, &str)]) -> Vec<u8> {
        let set = self.set();
        let mut answers = full_marks(set);
        for (code, value) in other {
            let score = (!value.is_empty()).then(|| Value::Text((*value).to_owned()));
            answers.items.get_mut(&item(code)).unwrap().score = score;
        }
        let (code, name, kind) = SCHOOLS[school];
        let school = School {
            code: SchoolCode(code.to_owned()),
            name: name.to_owned(),
            kinds: vec![cds::school::SchoolKind(kind.to_owned())],
            unit: "Xã Long An".to_owned(),
            email: String::new(),
            phone: String::new(),
            contact: String::new(),
            former_codes: Vec::new(),
            state: String::new(),
            row: 0,
        };
        let office = cds::office::Office { year: self.year.to_owned(), ..Default::default() };
        let created = "2025-05-01T08:00".parse().unwrap();
        let filling = Filling { school: Some(&school), office: Some(&office), answers: Some(&answers), created };
        write(set, &filling).unwrap()
    }

    /// Puts a file into the folder, changed on this day of May 2025.
    pub fn put(&self, name: &str, bytes: &[u8], day: u64) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, bytes).unwrap();
        // 1 May 2025, in the morning.
        let time = UNIX_EPOCH + Duration::from_secs(1_746_061_200 + (day - 1) * 86_400);
        fs::File::options().write(true).open(&path).unwrap().set_modified(time).unwrap();
    }

    pub fn try_run(&self, at: &str) -> Result<Done, RunError> {
        let options = Options {
            at: at.parse::<DateTime>().unwrap(),
            reader: Path::new(env!("CARGO_BIN_EXE_cds")),
            threads: 2,
            limits: Limits::default(),
            settle: Duration::ZERO,
            per_unit: false,
            stop: None,
        };
        run::run(self.dir.path(), &options, &|_| {})
    }

    pub fn run(&self, at: &str) -> Done {
        let done = self.try_run(at).unwrap();
        assert_eq!(done.outcome.ledger.faults(), [] as [String; 0]);
        done
    }
}

/// Full marks, with amounts that earn them.
fn full_marks(set: &RuleSet) -> Answers {
    let mut items = BTreeMap::new();
    for node in set.nodes.iter().filter(|node| node.is_leaf()) {
        let number = |text: String| Some(Value::Text(text));
        let mut answer = Answer { evidence: "QĐ số 12/QĐ-THHS".to_owned(), ..Answer::default() };
        answer.score = match (node.kind, node.max) {
            (NodeKind::Mandatory, _) => number("Đạt".to_owned()),
            (_, max) => number(max.unwrap().to_string()),
        };
        if node.kind.has_amount() {
            answer.part = number("200".to_owned());
            answer.whole = (node.kind == NodeKind::Ratio).then(|| Value::Text("200".to_owned()));
        }
        items.insert(node.code, answer);
    }
    Answers { items, ..Answers::default() }
}

/// The expected return of a school.
pub fn expected<'a>(outcome: &'a Outcome, code: &str) -> &'a ExpectedReturn {
    outcome.expected.iter().find(|expected| outcome.school_of(expected).code.0 == code).unwrap()
}

/// The texts of a sheet, row by row.
pub fn sheet(bytes: &[u8], name: &str) -> Vec<Vec<String>> {
    let mut workbook: calamine::Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes)).unwrap();
    let range = workbook.worksheet_range(name).unwrap();
    let (rows, cols) = range.end().map_or((0, 0), |(row, col)| (row + 1, col + 1));
    let text = |row, col| range.get_value((row, col)).map(ToString::to_string).unwrap_or_default();
    (0..rows).map(|row| (0..cols).map(|col| text(row, col)).collect()).collect()
}

/// Types values into cells of one sheet, as a spreadsheet program would save them. A value that begins with `<r>` is the
/// pieces of a rich text.
pub fn edit(bytes: &[u8], sheet: &str, cells: &[(String, &str)]) -> Vec<u8> {
    let names = calamine::open_workbook_from_rs::<calamine::Xlsx<_>, _>(Cursor::new(bytes)).unwrap().sheet_names();
    let part = format!("xl/worksheets/sheet{}.xml", names.iter().position(|name| name == sheet).unwrap() + 1);
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..archive.len() {
        let mut file = archive.by_index(index).unwrap();
        let name = file.name().unwrap().into_owned();
        let mut content = Vec::new();
        file.read_to_end(&mut content).unwrap();
        if name == part {
            let mut text = String::from_utf8(content).unwrap();
            for (cell, value) in cells {
                text = typed(&text, cell, value);
            }
            content = text.into_bytes();
        }
        out.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        out.write_all(&content).unwrap();
    }
    out.finish().unwrap().into_inner()
}

fn typed(xml: &str, cell: &str, value: &str) -> String {
    let Some(start) = xml.find(&format!("<c r=\"{cell}\"")) else { return typed(&with_cell(xml, cell), cell, value) };
    let tag_end = start + xml[start..].find('>').unwrap();
    let closed = xml[..tag_end].ends_with('/');
    let end = if closed { tag_end + 1 } else { start + xml[start..].find("</c>").unwrap() + 4 };
    let style = xml[start..tag_end].split(" s=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap_or("0");
    let new = match value.parse::<f64>() {
        Ok(number) => format!("<c r=\"{cell}\" s=\"{style}\"><v>{number}</v></c>"),
        Err(_) if value.starts_with("<r>") => format!("<c r=\"{cell}\" t=\"inlineStr\"><is>{value}</is></c>"),
        Err(_) => format!("<c r=\"{cell}\" s=\"{style}\" t=\"inlineStr\"><is><t>{value}</t></is></c>"),
    };
    format!("{}{new}{}", &xml[..start], &xml[end..])
}

/// The cell in the row whose first columns hold these texts, in the column with this title.
pub fn cell_at(rows: &[Vec<String>], keys: &[&str], title: &str) -> String {
    let head = rows.iter().position(|row| row.iter().any(|text| text == title)).unwrap();
    let col = rows[head].iter().position(|text| text == title).unwrap();
    let has_all = |row: &&Vec<String>| keys.iter().all(|key| row.iter().any(|text| text == key));
    let at = rows[head + 1..].iter().position(|row| has_all(&row)).unwrap_or_else(|| panic!("no row {keys:?}"));
    cds::grid::CellRef::new((head + 1 + at) as u32, col as u32).to_string()
}

/// With an empty cell where its row has none yet.
fn with_cell(xml: &str, cell: &str) -> String {
    let at: cds::grid::CellRef = cell.parse().unwrap();
    let Some(row) = xml.find(&format!("<row r=\"{}\"", at.row + 1)) else {
        // Below the last row.
        let row = format!("<row r=\"{}\"></row></sheetData>", at.row + 1);
        return with_cell(&xml.replacen("</sheetData>", &row, 1), cell);
    };
    let end = row + xml[row..].find("</row>").unwrap();
    let behind = |found: &(usize, &str)| {
        let name = xml[row + found.0 + 6..].split('"').next().unwrap_or_default();
        name.parse::<cds::grid::CellRef>().unwrap().col > at.col
    };
    let before = xml[row..end].match_indices("<c r=\"").find(behind).map_or(end, |(at, _)| row + at);
    format!("{}<c r=\"{cell}\"/>{}", &xml[..before], &xml[before..])
}
