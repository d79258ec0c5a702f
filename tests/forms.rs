//! The forms that respondents fill: what stands in them, what is open, what they compute, and the files they become.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

mod package;
mod recalculation;
pub mod sketch;
mod templates;

use std::fs;
use std::io::Cursor;

use self::package::Package;
use self::sketch::{TINY, answers, set};
use calamine::{Data, Range, Reader, Xlsx};
use cds::codes::SetId;
use cds::finding::Severity;
use cds::form_writer::files::{Existing, write_all};
use cds::form_writer::{Answer, Answers, Filling, Mark, Spot, write};
use cds::grid::{CellRef, Value};
use cds::layouts::form::{self as layout, Column, Field, Hidden, Layout, ResultLine};
use cds::office::Office;
use cds::points::Points;
use cds::rules::{Authority, Basis, NodeKind, OverallRule, RuleBook, RuleSet, UnmetRule};
use cds::school::{School, SchoolCode, SchoolKind};
use jiff::civil::{DateTime, date};

const MADE: DateTime = date(2025, 3, 1).at(8, 0, 0, 0);

fn blank() -> Filling<'static> {
    Filling { school: None, office: None, answers: None, created: MADE }
}

fn school(code: &str, name: &str, kinds: &[&str]) -> School {
    School {
        code: SchoolCode(code.to_owned()),
        name: name.to_owned(),
        kinds: kinds.iter().map(|kind| SchoolKind((*kind).to_owned())).collect(),
        unit: "Xã Phước Hòa".to_owned(),
        email: String::new(),
        phone: String::new(),
        contact: String::new(),
        former_codes: Vec::new(),
        state: String::new(),
        row: 2,
    }
}

fn office() -> Office {
    let mut office =
        Office {
            name: "Phòng GDĐT huyện Cần Giuộc".to_owned(), year: "2024-2025".to_owned(), ..Office::default()
        };
    office.deadlines.returns = Some(date(2025, 5, 31));
    office
}

fn sheet(bytes: &[u8], name: &str) -> Range<Data> {
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes)).unwrap();
    book.worksheet_range(name).unwrap()
}

fn at(range: &Range<Data>, cell: CellRef) -> Data {
    range.get_value((cell.row, cell.col)).cloned().unwrap_or(Data::Empty)
}

fn shown(range: &Range<Data>, cell: CellRef) -> String {
    at(range, cell).to_string()
}

fn result(range: &Range<Data>, set: &RuleSet, line: ResultLine) -> String {
    let row = Layout::of(set).result_row(line).unwrap();
    shown(range, CellRef::new(row, Column::Score.index()))
}

fn result_words(range: &Range<Data>, set: &RuleSet, line: ResultLine) -> String {
    let row = Layout::of(set).result_row(line).unwrap();
    shown(range, CellRef::new(row, Column::Part.index()))
}

fn score(range: &Range<Data>, set: &RuleSet, code: &str) -> Data {
    let index = set.index_of(code.parse().unwrap()).unwrap();
    at(range, Layout::of(set).cell(index, Column::Score))
}

fn note(range: &Range<Data>, set: &RuleSet, code: &str) -> String {
    let index = set.index_of(code.parse().unwrap()).unwrap();
    shown(range, Layout::of(set).cell(index, Column::Note))
}

#[test]
fn a_school_finds_itself_and_its_set_in_its_form() {
    let set = set(TINY);
    let (school, office) = (school("08010012", "Trường TH&THCS Ánh Dương", &["TH", "MN"]), office());
    let bytes = write(&set, &Filling { school: Some(&school), office: Some(&office), ..blank() }).unwrap();
    let form = sheet(&bytes, layout::TABLE_SHEET);
    for (field, value) in [
        (Field::Code, "08010012"),
        (Field::Name, "Trường TH&THCS Ánh Dương"),
        (Field::Kind, "TH"),
        (Field::Unit, "Xã Phước Hòa"),
        (Field::Year, "2024-2025"),
        (Field::Head, ""),
    ] {
        assert_eq!(shown(&form, field.value_cells().0), value);
        assert_eq!(shown(&form, field.label_cells().0), format!("{}:", field.label(false).unwrap()));
    }
    assert_eq!(at(&form, Field::Code.value_cells().0), Data::String("08010012".to_owned()));
    let headers: Vec<String> =
        Column::ALL.iter().map(|c| shown(&form, CellRef::new(layout::HEADER_ROW, c.index()))).collect();
    assert_eq!(
        headers.join(" | "),
        "Mã | Nội dung | Điểm tối đa | Điểm tự đánh giá | Số đạt | Tổng số | Minh chứng | Ghi chú"
    );
    for (index, node) in set.nodes.iter().enumerate() {
        let layout = Layout::of(&set);
        assert_eq!(at(&form, layout.cell(index, Column::Code)), Data::String(node.code.to_string()));
        assert_eq!(shown(&form, layout.cell(index, Column::Title)), node.title);
        let max = node.max.map_or(layout::MANDATORY.to_owned(), Points::plain);
        assert_eq!(shown(&form, layout.cell(index, Column::Max)), max);
    }
    let hidden = sheet(&bytes, layout::HIDDEN_SHEET);
    let pairs: Vec<(String, String)> =
        (0..5).map(|row| (shown(&hidden, CellRef::new(row, 0)), shown(&hidden, CellRef::new(row, 1)))).collect();
    let keys: Vec<&str> = Hidden::ALL.into_iter().map(Hidden::key).collect();
    assert_eq!(pairs.iter().map(|pair| pair.0.as_str()).collect::<Vec<_>>(), keys);
    assert_eq!(
        pairs.iter().map(|pair| pair.1.as_str()).collect::<Vec<_>>(),
        ["1", "tiny", "abc", "08010012", "2024-2025"]
    );
}

#[test]
fn guidance_names_deadline_levels_and_what_findings_say() {
    let set = set(TINY);
    let (school, office) = (school("1", "A", &["TH"]), office());
    let bytes = write(&set, &Filling { school: Some(&school), office: Some(&office), ..blank() }).unwrap();
    let text: Vec<String> =
        sheet(&bytes, layout::GUIDANCE_SHEET).rows().map(|row| row.iter().map(ToString::to_string).collect()).collect();
    let text = text.join("\n");
    for part in [
        "Hết ngày 31/5/2025.",
        "Phòng GDĐT huyện Cần Giuộc",
        "Mức 1: chưa đáp ứngDưới 50 điểm.",
        "Mức 2: đáp ứng cơ bảnTừ 50 đến 75 điểm.",
        "Mức 3: đáp ứng tốtTrên 75 điểm.",
        "CDS402Điểm 7 vượt tối đa 6, tạm chưa tính. → Nhập từ 0 đến 6.",
        "giữ ở mức 1",
    ] {
        assert!(text.contains(part), "{part} in {text}");
    }
    assert!(!text.contains('{') && !text.contains(layout::TRIAL), "{text}");
}

#[test]
fn sums_and_levels_stand_with_their_results() {
    let set = set(TINY);
    let answers = answers(&[("1.1", "Đạt"), ("1.2.1", "40,5"), ("1.2.2", "20"), ("1.3", "14.5"), ("2.1", "80")]);
    let bytes = write(&set, &Filling { answers: Some(&answers), ..blank() }).unwrap();
    let form = sheet(&bytes, layout::TABLE_SHEET);
    assert_eq!(score(&form, &set, "1.2"), Data::Float(60.5));
    assert_eq!(score(&form, &set, "1"), Data::Float(75.0));
    assert_eq!(note(&form, &set, "1"), "Mức 2: đáp ứng cơ bản");
    assert_eq!(result(&form, &set, ResultLine::Group(0)), "2");
    // Nothing stands on cells that are blank or out of range.
    assert_eq!(result(&form, &set, ResultLine::Overall), "chưa xếp");
    assert_eq!(note(&form, &set, "2"), "chưa xếp, còn 3 ô");
    assert_eq!(result(&form, &set, ResultLine::Unanswered), "3");
    let more = [("2.2.1.1", "10"), ("2.2.1.2", "2.5"), ("2.2.1.3", "7.5")];
    let whole =
        Answers { items: answers.items.clone().into_iter().chain(self::answers(&more).items).collect(), ..answers };
    let bytes = write(&set, &Filling { answers: Some(&whole), ..blank() }).unwrap();
    let form = sheet(&bytes, layout::TABLE_SHEET);
    assert_eq!(result(&form, &set, ResultLine::Overall), "2");
    assert_eq!(result_words(&form, &set, ResultLine::Overall), "đáp ứng cơ bản");
    assert_eq!(result(&form, &set, ResultLine::Unanswered), "0");
    assert_eq!(result_words(&form, &set, ResultLine::Unanswered), "Đã điền đủ.");
    // Beyond the maximum it counts no more here than in the program.
    let beyond = Answers {
        items: whole.items.clone().into_iter().chain(self::answers(&[("1.3", "31")]).items).collect(),
        ..Answers::default()
    };
    let form = sheet(&write(&set, &Filling { answers: Some(&beyond), ..blank() }).unwrap(), layout::TABLE_SHEET);
    assert_eq!(score(&form, &set, "1"), Data::Float(60.5));
    assert_eq!(note(&form, &set, "1"), "chưa xếp, còn 1 ô");
    assert_eq!(result(&form, &set, ResultLine::Unanswered), "1");

    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(&bytes)).unwrap();
    let formulas = book.worksheet_formula(layout::TABLE_SHEET).unwrap();
    let all: Vec<String> = formulas.used_cells().map(|(_, _, formula)| formula.clone()).collect();
    assert!(all.iter().any(|formula| formula.starts_with("ROUND(SUM(IF(AND(ISNUMBER(D14)")), "{all:?}");
    assert!(all.iter().all(|formula| !formula.contains("TEXT(")), "{all:?}");
}

#[test]
fn a_mandatory_condition_that_is_not_met_holds_or_bars() {
    let mut set = set(TINY);
    let rest = [("2.2.1.1", "10"), ("2.2.1.2", "2.5"), ("2.2.1.3", "7.5")];
    let first = [("1.1", "Chưa đạt"), ("1.2.1", "50"), ("1.2.2", "0"), ("1.3", "30"), ("2.1", "80")];
    let answers = answers(&[&first[..], &rest[..]].concat());
    let filling = Filling { answers: Some(&answers), ..blank() };
    let form = sheet(&write(&set, &filling).unwrap(), layout::TABLE_SHEET);
    assert_eq!(score(&form, &set, "1"), Data::Float(80.0));
    assert_eq!(note(&form, &set, "1"), "Mức 1: chưa đáp ứng");
    assert_eq!(result(&form, &set, ResultLine::Overall), "1");
    assert_eq!(Layout::of(&set).result_row(ResultLine::Barred), None);
    set.unmet.rule = UnmetRule::NotAccepted;
    let form = sheet(&write(&set, &filling).unwrap(), layout::TABLE_SHEET);
    assert!(result_words(&form, &set, ResultLine::Barred).starts_with("Phiếu chưa được tính"));
}

#[test]
fn a_level_waits_for_what_the_program_computes() {
    let mut set = set("1 group 60 | 1.1 points 60 | 2 group 40 | 2.1 computed 25 | 2.2 computed 15");
    set.kinds = vec![SchoolKind(SchoolKind::OFFICE.to_owned())];
    set.overall.rule = OverallRule::ByTotal("group".to_owned());
    let half = answers(&[("1.1", "55")]);
    let form = sheet(&write(&set, &Filling { answers: Some(&half), ..blank() }).unwrap(), layout::TABLE_SHEET);
    assert_eq!(result(&form, &set, ResultLine::Total), "55");
    assert_eq!(result(&form, &set, ResultLine::Overall), "chờ");
    assert_eq!(note(&form, &set, "2.1"), layout::COMPUTED);
    let whole = answers(&[("1.1", "55"), ("2.1", "12,5"), ("2.2", "7,51")]);
    let form = sheet(&write(&set, &Filling { answers: Some(&whole), ..blank() }).unwrap(), layout::TABLE_SHEET);
    assert_eq!(result(&form, &set, ResultLine::Total), "75.01");
    assert_eq!(result(&form, &set, ResultLine::Overall), "3");
    assert_eq!(shown(&form, Field::Name.label_cells().0), "Cơ quan:");
    assert_eq!(shown(&form, Field::Code.label_cells().0), "");
}

#[test]
fn what_people_fill_is_open_and_named_and_all_else_is_locked() {
    let set = set(TINY);
    let layout = Layout::of(&set);
    let package = Package::open(&write(&set, &blank()).unwrap());
    let open = package.open_cells(2);
    let mut wanted = Vec::new();
    for (index, node) in set.nodes.iter().enumerate() {
        wanted.extend(Column::ALL.iter().filter(|c| layout.is_input(node, **c)).map(|c| layout.cell(index, *c)));
    }
    let named = package.part("xl/workbook.xml");
    for cell in &wanted {
        let letters = CellRef::column_letters(cell.col);
        assert!(named.contains(&format!("!${letters}${}</definedName>", cell.row + 1)), "{cell}");
    }
    for field in Field::ALL {
        let (first, last) = field.value_cells();
        wanted.extend((first.col..=last.col).map(|col| CellRef::new(first.row, col)));
    }
    wanted.sort();
    assert_eq!(open, wanted);
    assert!(package.part("xl/worksheets/sheet2.xml").contains("<sheetProtection "));
    assert!(!package.part("xl/worksheets/sheet2.xml").contains("password"));
    assert!(named.contains(r#"name="diem_1_2_1""#) && named.contains(r#"name="ma_truong""#));
    assert!(named.contains(r#"state="hidden""#));
}

#[test]
fn cells_ask_and_refuse_in_vietnamese() {
    let set = set(TINY);
    let package = Package::open(&write(&set, &blank()).unwrap());
    let form = package.part("xl/worksheets/sheet2.xml");
    let rule = |code: &str, column: Column| {
        let cell = Layout::of(&set).cell(set.index_of(code.parse().unwrap()).unwrap(), column);
        let rules = form.split("<dataValidation ").skip(1);
        rules.map(|rule| rule.to_owned()).find(|rule| rule.contains(&format!("sqref=\"{cell}\""))).unwrap()
    };
    for (code, column, parts) in [
        ("1.1", Column::Score, [r#""Đạt,Chưa đạt""#, "giữ ở mức 1", "Chọn Đạt hoặc Chưa đạt."]),
        ("1.2.1", Column::Score, ["<formula2>50</formula2>", "Chưa làm thì ghi 0.", "gõ dấu chấm (7.5)"]),
        ("1.2.2", Column::Score, [r#""20,0""#, "Có thì chọn 20, không thì chọn 0.", r#"type="list""#]),
        ("2.2.1.2", Column::Score, ["OR(D22=0,D22=2.5)", "Có thì chọn 2,5", r#"type="custom""#]),
        ("1.3", Column::Score, ["từ 50%: 3 điểm; từ 80%: 7 điểm; thấp hơn: 0.", "bước 0,5", "1.3 Điểm tự đánh giá"]),
        ("1.3", Column::Part, ["E16&lt;=F16", "Nhập số đạt", "từ 0 đến tổng số"]),
        ("1.3", Column::Whole, ["F16&gt;0", "Nhập tổng số", "lớn hơn 0"]),
        ("2.1", Column::Part, ["greaterThanOrEqual", "Nhập số lượng", "từ 0 trở lên"]),
        ("1.1", Column::Evidence, ["đường dẫn đã mở quyền xem", "1.1 Minh chứng", "showInputMessage"]),
    ] {
        let rule = rule(code, column);
        assert!(parts.iter().all(|part| rule.contains(part)), "{code}: {parts:?} in {rule}");
    }
    for tint in ["LEN(TRIM(D14))=0", "D14&gt;C14", "D15&lt;&gt;C15", "$E16&gt;$F16"] {
        assert!(form.contains(tint), "{tint}");
    }
}

#[test]
fn the_page_is_a4_on_its_side_with_header_and_numbers() {
    let package = Package::open(&write(&set(TINY), &blank()).unwrap());
    let form = package.part("xl/worksheets/sheet2.xml");
    for part in
        [r#"paperSize="9""#, r#"orientation="landscape""#, r#"fitToHeight="0""#, "Trang &amp;P/&amp;N", "<pane "]
    {
        assert!(form.contains(part), "{part}");
    }
    assert!(package.part("xl/workbook.xml").contains("_xlnm.Print_Titles"));
    let properties = package.part("docProps/core.xml");
    assert!(properties.contains("<dc:title>Phiếu tự đánh giá: Nhỏ</dc:title>"), "{properties}");
    assert!(properties.contains("2025-03-01T08:00:00Z"), "{properties}");
    assert!(package.part("xl/styles.xml").contains(r#"<name val="Times New Roman"/>"#));
    assert!(!package.part("xl/styles.xml").contains("Calibri"));
}

#[test]
fn a_row_grows_with_what_is_typed_or_has_room_for_a_line_more() {
    let mut set = set(TINY);
    set.nodes[3].title = "Tỉ lệ giáo viên khai thác được phần mềm dạy học trực tuyến do nhà trường lựa chọn".to_owned();
    let layout = Layout::of(&set);
    let height = |form: &str, index: usize| {
        let start = format!(r#"<row r="{}" "#, layout.cell(index, Column::Code).row + 1);
        let row = form.split(&start).nth(1).unwrap().split('>').next().unwrap().to_owned();
        row.split_once(r#"ht=""#).map(|(_, rest)| rest.split('"').next().unwrap().parse::<f64>().unwrap())
    };
    let form =
        |filling: &Filling| Package::open(&write(&set, filling).unwrap()).part("xl/worksheets/sheet2.xml").to_owned();
    let empty = form(&blank());
    assert_eq!(height(&empty, 2), None);
    let room = height(&empty, 3).unwrap();
    let mut answers = Answers::default();
    let said = Answer { evidence: "Báo cáo số 5/BC".to_owned(), ..Answer::default() };
    answers.items.insert(set.nodes[3].code, said);
    let filled = height(&form(&Filling { answers: Some(&answers), ..blank() }), 3).unwrap();
    assert!(room > filled + 10.0, "{room} {filled}");
}

#[test]
fn results_and_signatures_stand_on_one_page() {
    let breaks = |set: &RuleSet| {
        let package = Package::open(&write(set, &blank()).unwrap());
        let form = package.part("xl/worksheets/sheet2.xml");
        let at = form.split_once("<brk id=\"").map(|(_, rest)| rest.split('"').next().unwrap().parse::<u32>().unwrap());
        (at, Layout::of(set).result_heading_row())
    };
    let mut set = set(TINY);
    assert_eq!(breaks(&set).0, None);
    // A row higher and higher: the results go over the edge, and then together.
    let mut broken = 0;
    for words in 1..40 {
        set.nodes[3].title = "Tỉ lệ giáo viên khai thác phần mềm dạy học ".repeat(words);
        let (at, heading) = breaks(&set);
        assert!(at.is_none_or(|at| at == heading), "{at:?} {heading}");
        broken += u32::from(at.is_some());
    }
    assert!((3..=20).contains(&broken), "{broken}");
}

#[test]
fn provisional_content_is_said_on_the_form() {
    let mut set = set(TINY);
    set.nodes[3].authority.basis = Basis::Provisional;
    let bytes = write(&set, &blank()).unwrap();
    let form = sheet(&bytes, layout::TABLE_SHEET);
    assert_eq!(shown(&form, CellRef::new(layout::TRIAL_ROW, 0)), layout::TRIAL);
    assert!(Package::open(&bytes).part("xl/worksheets/sheet2.xml").contains("PHIẾU THỬ"));
    let held = Authority { basis: Basis::Official, ..set.nodes[3].authority.clone() };
    set.confirmed.insert("1.2.1 max".to_owned(), held);
    set.unmet.authority.basis = Basis::Provisional;
    let form = sheet(&write(&set, &blank()).unwrap(), layout::TABLE_SHEET);
    assert_eq!(shown(&form, CellRef::new(layout::TRIAL_ROW, 0)), "");
}

#[test]
fn the_same_input_makes_the_same_bytes() {
    let set = set(TINY);
    assert_eq!(write(&set, &blank()).unwrap(), write(&set, &blank()).unwrap());
}

#[test]
fn hostile_text_stays_text() {
    let set = set(TINY);
    let school = school("=1+1", "\u{202E}=HYPERLINK(\"x\")\u{0007}\u{FFFF} <&>", &["TH"]);
    let mut answers = answers(&[("1.2.1", "=cmd|' /C calc'!A0")]);
    let item = answers.items.get_mut(&"1.2.1".parse().unwrap()).unwrap();
    item.evidence = "@SUM(A1)\r\n-2+3".to_owned();
    let bytes = write(&set, &Filling { school: Some(&school), answers: Some(&answers), ..blank() }).unwrap();
    let form = sheet(&bytes, layout::TABLE_SHEET);
    assert_eq!(at(&form, Field::Code.value_cells().0), Data::String("=1+1".to_owned()));
    assert_eq!(at(&form, Field::Name.value_cells().0), Data::String("=HYPERLINK(\"x\") <&>".to_owned()));
    assert_eq!(score(&form, &set, "1.2.1"), Data::String("=cmd|' /C calc'!A0".to_owned()));
    let index = set.index_of("1.2.1".parse().unwrap()).unwrap();
    let evidence = at(&form, Layout::of(&set).cell(index, Column::Evidence));
    assert_eq!(evidence, Data::String("@SUM(A1)\n-2+3".to_owned()));
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(&bytes)).unwrap();
    let formulas = book.worksheet_formula(layout::TABLE_SHEET).unwrap();
    assert!(formulas.used_cells().all(|(_, _, formula)| !formula.contains("cmd") && !formula.contains("HYPERLINK")));
}

#[test]
fn marks_become_notes_with_the_tint_of_the_heaviest() {
    let set = set(TINY);
    let item = "1.2.1".parse().unwrap();
    let mark = |severity, text: &str| Mark { at: Spot::Item(item, Column::Score), severity, text: text.to_owned() };
    let marks = vec![mark(Severity::Note, "Để biết."), mark(Severity::Error, "Điểm 60 vượt tối đa 50.")];
    let answers = Answers { marks, ..answers(&[("1.2.1", "60")]) };
    let package = Package::open(&write(&set, &Filling { answers: Some(&answers), ..blank() }).unwrap());
    let notes = package.part("xl/comments1.xml");
    assert!(notes.contains("Để biết.\nĐiểm 60 vượt tối đa 50."), "{notes}");
    let cell = Layout::of(&set).cell(set.index_of(item).unwrap(), Column::Score);
    assert_eq!(package.fill(2, cell), format!("FF{:06X}", cds::writers::xlsx::tint(Severity::Error)));
}

#[test]
fn every_form_of_an_office_becomes_a_file_of_its_own() {
    let dir = tempfile::tempdir().unwrap();
    let dir = dir.path().join("phieu");
    let mut preschool = set("1 group 100 | 1.1 points 100");
    preschool.id = SetId("mam-non".to_owned());
    preschool.short = "Mầm non".to_owned();
    preschool.kinds = vec![SchoolKind("MN".to_owned())];
    let mut own = set("1 group 100 | 1.1 points 100");
    own.id = SetId("co-quan".to_owned());
    own.kinds = vec![SchoolKind(SchoolKind::OFFICE.to_owned())];
    let book = RuleBook { sets: vec![preschool, set(TINY), own] };
    let schools = [
        school("01", "Trường TH Ánh Dương", &["TH"]),
        school("02", "Trường MN, TH Hai Cấp", &["TH", "MN"]),
        school("03", "Trường Lạ", &["XX"]),
    ];
    let run = |existing| write_all(&office(), &book, &schools, &dir, MADE, existing);
    let written = run(Existing::Keep).unwrap();
    let mut names: Vec<String> =
        fs::read_dir(&dir).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    let wanted = [
        "01-truong-th-anh-duong.xlsx",
        "02-truong-mn-th-hai-cap-mam-non.xlsx",
        "02-truong-mn-th-hai-cap-nho.xlsx",
        "phieu-co-quan.xlsx",
    ];
    assert_eq!(names, wanted);
    assert_eq!(written.files.len(), 4);
    assert_eq!(written.without_set, [SchoolCode("03".to_owned())]);

    let mine = dir.join(wanted[0]);
    fs::write(&mine, "a teacher's work").unwrap();
    let refused = run(Existing::Keep).unwrap_err();
    assert!(refused.to_string().contains("was not overwritten"), "{refused}");
    assert_eq!(fs::read(&mine).unwrap(), b"a teacher's work");
    run(Existing::Replace).unwrap();
    assert!(fs::read(&mine).unwrap().starts_with(b"PK"));
}

#[test]
fn any_shape_of_set_makes_a_form() {
    use proptest::prelude::*;
    let kinds = ["points", "yes-no", "ratio", "count", "mandatory", "computed"];
    let leaf = (0..kinds.len(), 1..400_i64).prop_map(move |(kind, max)| (kinds[kind], Points::hundredths(max * 25)));
    let tree = proptest::collection::vec((1..5_usize, leaf), 1..30);
    proptest!(|(shape in tree, levels in 2..=9_u8, by_total in any::<bool>())| {
        let set = sketch::random(&shape, levels, by_total);
        let layout = Layout::of(&set);
        let bytes = write(&set, &blank()).unwrap();
        let open = Package::open(&bytes).open_cells(2);
        let form = sheet(&bytes, layout::TABLE_SHEET);
        for (index, node) in set.nodes.iter().enumerate() {
            prop_assert_eq!(shown(&form, layout.cell(index, Column::Code)), node.code.to_string());
            for column in Column::ALL {
                prop_assert_eq!(open.contains(&layout.cell(index, column)), layout.is_input(node, column));
            }
            if !node.is_leaf() {
                prop_assert_eq!(at(&form, layout.cell(index, Column::Score)), Data::Float(0.0));
            }
        }
        let full: Answers = Answers {
            items: set.nodes.iter().filter(|node| node.is_leaf()).map(|node| {
                let score = match node.kind {
                    NodeKind::Mandatory => Value::Text(layout::MET.to_owned()),
                    _ => Value::Number(node.max.unwrap_or_default().to_f64()),
                };
                (node.code, Answer { score: Some(score), ..Answer::default() })
            }).collect(),
            ..Answers::default()
        };
        let form = sheet(&write(&set, &Filling { answers: Some(&full), ..blank() }).unwrap(), layout::TABLE_SHEET);
        for (index, _) in set.tops() {
            let sum = Data::Float(set.attainable(index).to_f64());
            prop_assert_eq!(at(&form, layout.cell(index, Column::Score)), sum);
        }
        prop_assert_eq!(result(&form, &set, ResultLine::Unanswered), "0");
    });
}
