//! In doubt, nothing travels: whatever keeps a return from counting, the form that goes back holds no score, and returned
//! as it is it never counts.

#![allow(clippy::unwrap_used, clippy::panic)]

use std::collections::BTreeSet;
use std::fs;

use cds::feedback;
use cds::finding::{Code, Severity, all, code, entry};
use cds::form_writer::{Answer, Answers, Filling, write};
use cds::grid::Value;
use cds::layouts::form::{Column, Field, HIDDEN_SHEET, Layout, TABLE_SHEET};
use cds::outcome::{Outcome, Status};
use cds::rules::{NodeKind, RuleSet};
use rust_xlsxwriter::Workbook;

use crate::offices::{SCHOOLS, TestOffice, edit, expected, sheet};

/// How a code of the 1xx to 3xx comes about.
enum Case {
    /// A return of the first school with it, by its bytes and the name of its file.
    Return(fn(&TestOffice) -> Vec<u8>),
    /// Nothing in the file could be read: the file alone, or the machine, brings it about.
    Unread,
    /// The return counts, but for one item of it at most, or it is about no return.
    Counts,
}

/// Every code has its case: one that is new has to be put here.
fn case(code: Code) -> Case {
    match code {
        code::UNKNOWN_SCHOOL_CODE => Case::Return(|office| named(office, "99999999", "Trường xa lạ")),
        code::UNKNOWN_SCHOOL_NAME => Case::Return(|office| named(office, "", "Trường TH Hoa Senn")),
        code::SEVERAL_SCHOOLS_OF_NAME => Case::Return(|office| {
            let path = office.path("danh-sach-truong.csv");
            let roster = fs::read_to_string(&path).unwrap() + "80100009,Trường TH Hoa Sen,TH,Xã Long An,,\n";
            fs::write(path, roster).unwrap();
            named(office, "", SCHOOLS[0].1)
        }),
        code::NO_IDENTITY => {
            Case::Return(|office| edit(&named(office, "", ""), HIDDEN_SHEET, &[("B4".to_owned(), "")]))
        }
        code::CODE_OF_OTHER_SCHOOL => Case::Return(|office| named(office, SCHOOLS[2].0, SCHOOLS[0].1)),
        code::NAME_LIKE_OTHER_SCHOOL => Case::Return(|office| named(office, SCHOOLS[2].0, "Trường TH Hoa Senn")),
        code::TWO_CODES => Case::Return(|office| {
            let second = format!("Mã trường: {}", SCHOOLS[2].0);
            typed(office, &[(field(Field::Date), &second)])
        }),
        code::WRONG_SET => Case::Return(|office| {
            let set = office.book.sets.iter().find(|set| set.kinds.iter().any(|kind| kind.0 == "MN")).unwrap();
            filled(office, set)
        }),
        code::WRONG_YEAR => Case::Return(|office| typed(office, &[(field(Field::Year), "2023-2024")])),
        code::NO_TABLE => Case::Return(|_| plain(&[vec![vec!["Kính gửi Phòng".to_owned()]]])),
        code::NO_SCORE_COLUMN => {
            Case::Return(|office| with_header(office, &["Mã", "Nội dung", "Điểm tối đa", "Nhận xét"]))
        }
        code::TWO_SCORE_COLUMNS => {
            Case::Return(|office| with_header(office, &["Mã", "Nội dung", "Tự chấm", "Điểm tự chấm lần 2"]))
        }
        code::UNKNOWN_SET => Case::Return(|office| {
            let rows =
                (1..9).map(|n| vec![format!("7.{n}"), format!("Việc khác số {n}"), "5".to_owned(), "4".to_owned()]);
            let header = ["Mã", "Nội dung", "Điểm tối đa", "Điểm tự đánh giá"].map(str::to_owned).to_vec();
            plain(&[[block(office), vec![header], rows.collect()].concat()])
        }),
        code::BLANK_ANNEX => Case::Return(|office| {
            let rows = table(office, &["Mã", "Nội dung", "Điểm tối đa", "Điểm thành phần"], |max| max);
            plain(&[[block(office), rows].concat()])
        }),
        code::ONLY_CRITERION_SCORES => Case::Return(|office| {
            let set = office.set();
            let leaf =
                |row: &Vec<String>| set.nodes.iter().any(|node| node.is_leaf() && node.code.to_string() == row[0]);
            let mut rows = table(office, &["Mã", "Nội dung", "Điểm tối đa", "Điểm tự đánh giá"], |max| max);
            rows.iter_mut().filter(|row| leaf(row)).for_each(|row| row[3].clear());
            plain(&[[block(office), rows].concat()])
        }),
        code::SEVERAL_TABLES => Case::Return(|office| {
            let header = ["Mã", "Nội dung", "Điểm tối đa", "Điểm tự đánh giá"];
            let sheet = |points: fn(f64) -> f64| [block(office), table(office, &header, points)].concat();
            plain(&[sheet(|max| max), sheet(|max| max - 1.0)])
        }),
        code::SCORES_IN_WORDS => Case::Return(|office| {
            let mut rows = table(office, &["Mã", "Nội dung", "Điểm tối đa", "Tự đánh giá"], |max| max);
            rows.iter_mut().skip(1).for_each(|row| row[3] = "Đã làm đầy đủ theo kế hoạch của trường".to_owned());
            plain(&[[block(office), rows].concat()])
        }),
        code::AMBIGUOUS_ROW
        | code::ROW_OPEN
        | code::ITEM_TWICE
        | code::ITEM_ROW_MISSING
        | code::UNCOMPUTED_FORMULA
        | code::ERROR_VALUE => Case::Counts,
        code if entry(code).severity == Severity::Error && code.0 < 200 => Case::Unread,
        code if entry(code).severity != Severity::Error => Case::Counts,
        code => panic!("{code} has no case"),
    }
}

fn field(field: Field) -> String {
    field.value_cells().0.to_string()
}

/// The first school's own form, whole, with texts typed into its cells.
fn typed(office: &TestOffice, cells: &[(String, &str)]) -> Vec<u8> {
    edit(&office.form(0, &[]), TABLE_SHEET, cells)
}

fn named(office: &TestOffice, code: &str, name: &str) -> Vec<u8> {
    let bytes = typed(office, &[(field(Field::Code), code), (field(Field::Name), name)]);
    // The school's own form, so that its hidden sheet is known; what it says is not what stands on it.
    if code.is_empty() { edit(&bytes, HIDDEN_SHEET, &[("B4".to_owned(), "")]) } else { bytes }
}

/// A form of a set with all its points, under the first school's code.
fn filled(office: &TestOffice, set: &RuleSet) -> Vec<u8> {
    let mut answers = Answers::default();
    for node in set.nodes.iter().filter(|node| node.is_leaf()) {
        let score = if node.kind == NodeKind::Mandatory { "Đạt".to_owned() } else { node.max.unwrap().plain() };
        answers.items.insert(node.code, Answer { score: Some(Value::Text(score)), ..Answer::default() });
    }
    let first = office.run("2025-05-02T08:00").outcome.schools[0].clone();
    let office = cds::office::Office { year: office.year.to_owned(), ..Default::default() };
    let created = "2025-05-01T08:00".parse().unwrap();
    write(set, &Filling { school: Some(&first), office: Some(&office), answers: Some(&answers), created }).unwrap()
}

/// The lines above a table that a school typed itself.
fn block(office: &TestOffice) -> Vec<Vec<String>> {
    let line = |label: &str, value: &str| vec![format!("{label}: {value}")];
    vec![line("Mã trường", SCHOOLS[0].0), line("Tên trường", SCHOOLS[0].1), line("Năm học", office.year)]
}

/// A table of the set; every score from its maximum.
fn table(office: &TestOffice, header: &[&str], points: fn(f64) -> f64) -> Vec<Vec<String>> {
    let row = |node: &cds::rules::Node| {
        let max = node.max.map_or(String::new(), |max| max.plain());
        let score = node.max.map_or("Đạt".to_owned(), |max| points(max.to_f64()).to_string());
        vec![node.code.to_string(), node.title.clone(), max, score]
    };
    std::iter::once(header.iter().map(|&title| title.to_owned()).collect())
        .chain(office.set().nodes.iter().map(row))
        .collect()
}

fn with_header(office: &TestOffice, header: &[&str]) -> Vec<u8> {
    let points = |max: f64| if max > 5.0 { max - 1.0 } else { max };
    plain(&[[block(office), table(office, header, points)].concat()])
}

/// A workbook with these sheets; numbers are numbers.
fn plain(sheets: &[Vec<Vec<String>>]) -> Vec<u8> {
    let mut workbook = Workbook::new();
    for rows in sheets {
        let sheet = workbook.add_worksheet();
        for (row, cells) in (0..).zip(rows) {
            for (col, text) in (0..).zip(cells) {
                match text.parse::<f64>() {
                    Ok(number) if col > 1 => sheet.write_number(row, col, number).unwrap(),
                    _ => sheet.write_string(row, col, text).unwrap(),
                };
            }
        }
    }
    workbook.save_to_buffer().unwrap()
}

/// The forms that go back, each with the code of its school.
fn sent_back(outcome: &Outcome) -> Vec<(String, Vec<u8>)> {
    let corrections = outcome.corrections();
    let forms = corrections.iter().filter(|one| one.file.is_some());
    forms.map(|one| (one.school.code.0.clone(), feedback::to_bytes(outcome, one).unwrap())).collect()
}

/// The form holds its own school's block and not one score, name or date of what came.
fn assert_blank(office: &TestOffice, (school, form): &(String, Vec<u8>), about: Code) {
    let rows = sheet(form, TABLE_SHEET);
    let at = |cell: cds::grid::CellRef| rows.get(cell.row as usize).map_or("", |row| row[cell.col as usize].as_str());
    let of_field = |field: Field| at(field.value_cells().0);
    let name = SCHOOLS.iter().find(|(code, ..)| code == school).map_or(SCHOOLS[0].1, |(_, name, _)| name);
    assert_eq!(
        [of_field(Field::Code), of_field(Field::Name), of_field(Field::Year)],
        [school, name, office.year],
        "{about}"
    );
    assert_eq!([Field::Preparer, Field::Head, Field::Date].map(of_field), ["", "", ""], "{about}");
    let set = office.set();
    let layout = Layout::of(set);
    for (index, node) in set.nodes.iter().enumerate().filter(|(_, node)| node.is_leaf()) {
        for column in [Column::Score, Column::Part, Column::Whole, Column::Evidence] {
            if layout.is_input(node, column) {
                assert_eq!(at(layout.cell(index, column)), "", "{about} {} {column:?}", node.code);
            }
        }
    }
    let said = sheet(form, "Cần sửa").concat().join("\n");
    for word in ["Trường đã gửi: tệp “", "Vì sao chưa dùng được: ", "CHƯA được tính"] {
        assert!(said.contains(word), "{about}: {word} in {said}");
    }
}

#[test]
fn whatever_keeps_a_return_from_counting_its_form_goes_back_blank_and_never_counts() {
    let codes = all().map(|entry| entry.code).filter(|code| (100..400).contains(&code.0));
    for code in codes {
        let Case::Return(make) = case(code) else { continue };
        let office = TestOffice::new();
        let bytes = make(&office);
        let preparer = field(Field::Preparer);
        let bytes = match cds_sheet(&bytes) {
            true => edit(&bytes, TABLE_SHEET, &[(preparer, "Nguyễn Văn Riêng")]),
            false => bytes,
        };
        let name = if code == code::SEVERAL_SCHOOLS_OF_NAME { "nop/phieu.xlsx" } else { "nop/80100001 phieu.xlsx" };
        office.put(name, &bytes, 5);
        let first = office.run("2025-05-10T08:00");
        let raised: BTreeSet<Code> = first.outcome.findings.iter().map(|finding| finding.code).collect();
        assert!(raised.contains(&code), "{code} is not raised: {raised:?}");
        assert!(first.outcome.expected.iter().all(|expected| expected.status != Status::Accepted), "{code}");
        let forms = sent_back(&first.outcome);
        for (number, form) in forms.iter().enumerate() {
            assert_blank(&office, form, code);
            office.put(&format!("nop/tra lai {number}.xlsx"), &form.1, 12);
        }
        let second = office.run("2025-05-20T08:00");
        for expected in &second.outcome.expected {
            assert_ne!(expected.status, Status::Accepted, "{code}: {:?}", second.outcome.school_of(expected));
            assert_eq!(expected.pending.as_ref().map(|pending| pending.total).unwrap_or_default().to_string(), "0");
        }
        // Both schools that could be meant hear of it; one of them, or none, gets a form.
        if matches!(code, code::CODE_OF_OTHER_SCHOOL | code::NAME_LIKE_OTHER_SCHOOL) {
            assert_eq!(forms.iter().map(|(school, _)| school.as_str()).collect::<Vec<_>>(), [SCHOOLS[0].0]);
            assert_eq!(told(&first.outcome), [SCHOOLS[2].0]);
        }
        if matches!(code, code::TWO_CODES | code::SEVERAL_SCHOOLS_OF_NAME) {
            assert!(forms.is_empty(), "{code}");
            assert_eq!(told(&first.outcome).len(), 2, "{code}");
        }
    }
}

/// Whether it is made from our own form.
fn cds_sheet(bytes: &[u8]) -> bool {
    let workbook: calamine::Xlsx<_> = calamine::open_workbook_from_rs(std::io::Cursor::new(bytes)).unwrap();
    calamine::Reader::sheet_names(&workbook).iter().any(|name| name == TABLE_SHEET)
}

/// The schools that hear of a return that may be theirs, by the list for the mail merge.
fn told(outcome: &Outcome) -> Vec<String> {
    let corrections = outcome.corrections();
    corrections.iter().filter(|one| one.told().next().is_some()).map(|one| one.school.code.0.clone()).collect()
}

#[test]
fn of_a_file_that_could_not_be_read_a_blank_form_goes_back_and_never_counts() {
    let office = TestOffice::new();
    office.put("nop/80100001 phieu.xlsx", b"not a workbook at all", 5);
    let first = office.run("2025-05-10T08:00").outcome;
    let codes: Vec<Code> =
        all().map(|entry| entry.code).filter(|code| matches!(case_of(*code), Some(Case::Unread))).collect();
    assert!(codes.len() > 20);
    for code in codes {
        let mut outcome = first.clone();
        for finding in outcome.findings.iter_mut().filter(|finding| finding.code == code::NOT_A_WORKBOOK) {
            finding.code = code;
            finding.values = entry(code).example.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect();
        }
        for form in sent_back(&outcome) {
            assert_blank(&office, &form, code);
            office.put(&format!("nop/{code} {}.xlsx", form.0), &form.1, 12);
        }
    }
    let second = office.run("2025-05-20T08:00");
    assert_eq!(expected(&second.outcome, SCHOOLS[0].0).status, Status::NotValid);
    assert!(second.outcome.expected.iter().all(|expected| expected.status != Status::Accepted));
}

fn case_of(code: Code) -> Option<Case> {
    (100..400).contains(&code.0).then(|| case(code))
}

#[test]
fn a_slip_of_the_pen_is_mended_in_the_return_as_it_was_sent() {
    let office = TestOffice::new();
    let year = field(Field::Year);
    office.put("nop/80100001 phieu.xlsx", &typed(&office, &[(year.clone(), "2023-2024")]), 5);
    let outcome = office.run("2025-05-10T08:00").outcome;
    let corrections = outcome.corrections();
    let slip = corrections[0].slip().unwrap();
    assert!(slip.contains(&format!("sửa ô {year} ")) && slip.contains("thành 2024-2025"), "{slip}");
    assert!(slip.starts_with("Nếu trường chỉ ghi nhầm, điểm trong phiếu là của năm học 2024-2025: "), "{slip}");
    let form = sent_back(&outcome).remove(0).1;
    assert!(sheet(&form, "Cần sửa").concat().contains(&slip));
    let list = fs::read_to_string(office.run("2025-05-10T09:00").path.join("gui-lai-truong.csv")).unwrap();
    assert!(list.contains(&slip), "{list}");

    let other = TestOffice::new();
    other.put("nop/phieu.xlsx", &named(&other, SCHOOLS[2].0, SCHOOLS[0].1), 5);
    let outcome = other.run("2025-05-10T08:00").outcome;
    let corrections = outcome.corrections();
    let slip = corrections.iter().find_map(|one| one.slip()).unwrap();
    assert!(slip.contains(&format!("sửa ô {} ", field(Field::Code))) && slip.contains("thành 80100001"), "{slip}");
}
