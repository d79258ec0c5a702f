//! Copies of a stamp are held against the same workbooks by the library alone: every part, every cell with its format and
//! formula, and all that stands around the cells.

use std::collections::BTreeMap;
use std::io::Cursor;

use calamine::{Data, Range, Reader, Xlsx};
use cds::finding::{Opinion, Regard, Severity};
use cds::form_writer::files::{Existing, write_all};
use cds::form_writer::{Filling, write};
use cds::outcome::Outcome;
use cds::views::corrections::FOLDER;
use cds::writers::xlsx::stamp::{About, Formula, Ink, Looks, Stamp, Value};
use cds::{feedback, writers};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook};

use crate::packages::parts;
use crate::{outcomes, samples};

/// A package as what it says: how formats and texts are numbered is nobody's business.
fn canonical(bytes: &[u8]) -> BTreeMap<String, Vec<String>> {
    let parts = parts(bytes).unwrap();
    let text = |name: &str| String::from_utf8(parts[name].clone()).unwrap();
    let styles = Styles::of(&text("xl/styles.xml"));
    let texts = text("xl/sharedStrings.xml");
    let texts: Vec<&str> = texts.split("<si>").skip(1).map(|one| one.split("</si>").next().unwrap()).collect();
    let mut said = BTreeMap::new();
    for name in parts.keys() {
        let part = text(name);
        let lines = match name.as_str() {
            "xl/sharedStrings.xml" => continue,
            "xl/styles.xml" => vec![part.split("<cellStyles").nth(1).unwrap().to_owned()],
            "[Content_Types].xml" => sorted(part.split('<')),
            name if name.contains("/_rels/") => sorted(part.split('<')),
            name if name.starts_with("xl/worksheets/sheet") => sheet(&part, &styles, &texts),
            _ => vec![part],
        };
        said.insert(name.clone(), lines);
    }
    said
}

fn sorted<'a>(lines: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut lines: Vec<String> = lines.map(str::to_owned).collect();
    lines.sort();
    lines
}

/// Every format of cells with its font, fill, lines and number format written out.
struct Styles(Vec<String>);

impl Styles {
    fn of(text: &str) -> Styles {
        let list = |name: &str, item: &str| -> Vec<String> {
            let Some(inner) = text.split(&format!("<{name} ")).nth(1) else { return Vec::new() };
            let inner = inner.split(&format!("</{name}>")).next().unwrap();
            inner.split(&format!("<{item}")).skip(1).map(str::to_owned).collect()
        };
        let (fonts, fills, borders) = (list("fonts", "font>"), list("fills", "fill>"), list("borders", "border>"));
        let codes: BTreeMap<String, String> =
            list("numFmts", "numFmt ").iter().map(|one| (attribute(one, "numFmtId"), one.clone())).collect();
        let look = |xf: &String| {
            let of = |name: &str, among: &[String]| among[attribute(xf, name).parse::<usize>().unwrap()].clone();
            let code = attribute(xf, "numFmtId");
            let rest: Vec<&str> = xf.split(' ').filter(|word| !word.contains("Id=")).collect();
            let code = codes.get(&code).map_or(code.as_str(), |code| code.split("formatCode").nth(1).unwrap());
            let parts = [of("fontId", &fonts), of("fillId", &fills), of("borderId", &borders)];
            format!("{code} {} {}", parts.join(" "), rest.join(" "))
        };
        Styles(list("cellXfs", "xf ").iter().map(look).collect())
    }
}

fn attribute(tag: &str, name: &str) -> String {
    let found = tag.split(&format!("{name}=\"")).nth(1).unwrap_or_else(|| panic!("{name} in {tag}"));
    found.split('"').next().unwrap().to_owned()
}

fn sheet(text: &str, styles: &Styles, texts: &[&str]) -> Vec<String> {
    let (front, rest) = text.split_once("<sheetData>").or_else(|| text.split_once("<sheetData/>")).unwrap();
    let (rows, behind) = rest.split_once("</sheetData>").unwrap_or(("", rest));
    // The library counts rows of a height of their own and notes in; a copy goes by its cells.
    let (before, after) = front.split_once("<dimension").unwrap();
    let mut lines = vec![before.to_owned(), after.split_once("/>").unwrap().1.to_owned()];
    for row in rows.split("<row ").skip(1) {
        let (tag, cells) = row.split_once('>').unwrap();
        let tag: Vec<&str> = tag.trim_end_matches('/').split(' ').filter(|word| !word.starts_with("spans")).collect();
        // A row that says nothing and holds nothing is no row.
        if tag.len() > 1 || cells.contains("<c ") {
            lines.push(format!("row {}", tag.join(" ")));
        }
        for cell in cells.split("<c ").skip(1) {
            let (tag, inner) = cell.split_once('>').unwrap();
            let style = if tag.contains(" s=\"") { attribute(tag, " s").parse::<usize>().unwrap() } else { 0 };
            let inner = inner.split("</c>").next().unwrap();
            let inner = match tag.contains("t=\"s\"") {
                true => texts[attribute_of_value(inner)].to_owned(),
                false if tag.ends_with('/') => String::new(),
                false => inner.to_owned(),
            };
            let kind = if tag.contains(" t=\"") { attribute(tag, " t") } else { String::new() };
            lines.push(format!("{} [{kind}] {inner} {}", attribute(tag, "r"), styles.0[style]));
        }
    }
    lines.extend(behind.split("><").map(str::to_owned));
    lines
}

fn attribute_of_value(inner: &str) -> usize {
    inner.strip_prefix("<v>").unwrap().strip_suffix("</v>").unwrap().parse().unwrap()
}

#[track_caller]
fn assert_same(copy: &[u8], library: &[u8]) {
    let (copy, library) = (canonical(copy), canonical(library));
    let names = |of: &BTreeMap<String, Vec<String>>| of.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&copy), names(&library));
    for (name, lines) in &copy {
        for (one, other) in lines.iter().zip(&library[name]) {
            assert_eq!(one, other, "{name}");
        }
        assert_eq!(lines.len(), library[name].len(), "{name}");
    }
}

fn about() -> About<'static> {
    About { title: None, created: None }
}

/// A blank of two sheets, the second with all that stands around cells.
fn blank() -> Workbook {
    let mut workbook = writers::xlsx::workbook().unwrap();
    let created = ExcelDateTime::from_ymd(2025, 1, 2).unwrap();
    workbook.set_properties(&DocProperties::new().set_title("bản trống").set_creation_datetime(&created));
    let sheet = workbook.add_worksheet();
    sheet.set_footer("&Lchân trang");
    sheet.set_print_area(0, 0, 0, 1).unwrap().set_repeat_rows(0, 0).unwrap();
    let sheet = workbook.add_worksheet().set_name("Trang & hai").unwrap();
    sheet.set_column_width(0, 30).unwrap().set_column_width(2, 5).unwrap().set_column_hidden(3).unwrap();
    sheet.write_string(0, 0, "đầu").unwrap().write_number(1, 1, 4.5).unwrap().set_row_height(1, 40).unwrap();
    sheet.write_string_with_format(3, 2, "a < b", &Format::new().set_bold()).unwrap();
    sheet.merge_range(5, 0, 5, 2, "ba ô", &Format::new().set_italic()).unwrap();
    sheet.protect();
    workbook.define_name("ten", "='Trang & hai'!$A$1").unwrap();
    workbook
}

#[test]
fn every_kind_of_ink_looks_as_by_the_library() {
    let mut looks = Looks::default();
    let plain = looks.of(&writers::xlsx::base());
    let red = looks.of(&writers::xlsx::cell().set_background_color("FF0000"));
    let same = looks.of(&writers::xlsx::cell().set_background_color("FF0000"));
    assert_eq!(red, same);
    let stamp = Stamp::new(blank(), &looks).unwrap();
    let mut first = Ink::default();
    first.span(0, (0, 1), Value::text("trên cùng"), red);
    first.link(3, 1, "A1".to_owned(), "'Trang & hai'!A1".to_owned(), red);
    first.foot("80100012 Trường A & B");
    first.print(7, 1, 2);
    let mut second = Ink::default();
    second.put(1, 1, Value::Number(7.25), red);
    second.put(1, 1, Value::Bool(true), red);
    second.put(0, 0, Value::text("  đầu khác\nhai dòng _x0041_ "), plain);
    second.put(9, 4, Value::Blank, red);
    second.put(9, 1, Value::Formula(Formula::new("SUM(B1:B3)&\"<\"").set_result("a<b")), red);
    second.put(9, 2, Value::Formula(Formula::new("1+1").set_result("2")), red);
    second.put(9, 3, Value::text("đầu khác"), red);
    second.height(9, 33.3);
    second.lines(1, 5);
    second.lines(2, 1);
    second.break_before(8);
    for (row, col) in [(9, 4), (0, 0), (1, 2), (30, 5)] {
        second.note(row, col, &format!("ghi chú {row}\n{}", "dài ".repeat(30)));
    }
    for inks in [vec![], vec![first.clone()], vec![Ink::default(), second.clone()], vec![first, second]] {
        let mut library = blank();
        for (index, ink) in inks.iter().enumerate() {
            ink.onto(library.worksheet_from_index(index).unwrap(), &looks).unwrap();
        }
        let copy = stamp.copy(&inks, &about());
        assert_same(&copy, &library.save_to_buffer().unwrap());
        assert_eq!(copy, stamp.copy(&inks, &about()));
    }
}

#[test]
fn a_copy_says_its_own_title_and_time() {
    let stamp = Stamp::new(blank(), &Looks::default()).unwrap();
    let created = Some(jiff::civil::date(2025, 6, 9).at(7, 8, 9, 0));
    let copy = stamp.copy(&[], &About { title: Some("A & B"), created });
    let said = String::from_utf8(parts(&copy).unwrap()["docProps/core.xml"].clone()).unwrap();
    assert!(said.contains("<dc:title>A &amp; B</dc:title>"), "{said}");
    assert_eq!(said.matches("2025-06-09T07:08:09Z").count(), 2, "{said}");
}

/// What a reader of workbooks makes of every sheet: values, and formulas.
fn read(bytes: &[u8]) -> Vec<(String, Range<Data>, Range<String>)> {
    let mut book = Xlsx::new(Cursor::new(bytes)).unwrap();
    let names = book.sheet_names();
    let of = |name: String| {
        let (values, formulas) = (book.worksheet_range(&name).unwrap(), book.worksheet_formula(&name).unwrap());
        (name, values, formulas)
    };
    names.into_iter().map(of).collect()
}

/// The forms of an outcome that go back, each held against the library's; how many, and the largest in bytes.
#[track_caller]
fn hold_against_library(outcome: &Outcome) -> (usize, usize) {
    let (mut count, mut largest) = (0, 0);
    for one in outcome.corrections().iter().filter(|one| one.file.is_some()) {
        let (copy, library) = (feedback::to_bytes(outcome, one).unwrap(), feedback::by_library(outcome, one).unwrap());
        assert_same(&copy, &library);
        assert_eq!(read(&copy), read(&library));
        (count, largest) = (count + 1, largest.max(copy.len()));
    }
    (count, largest)
}

#[test]
fn forms_to_be_sent_back_are_as_by_the_library() {
    let mut outcome = outcomes::outcome(outcomes::book(), 60, 11);
    let (count, largest) = hold_against_library(&outcome);
    assert!(count > 20, "{count}");
    assert!(largest < 26 * 1024, "{largest} bytes");
    // Schools answer every second warning, and the office thinks this or that of it.
    let regards = [Regard::Explains, Regard::Refused, Regard::Outdated];
    let warnings = outcome.findings.iter_mut().filter(|finding| finding.severity == Severity::Warning);
    for (number, finding) in warnings.step_by(2).enumerate() {
        let text =
            format!("Đúng như vậy, “{number}” <đã> kiểm tra & đối chiếu; {}", "có biên bản ".repeat(number % 20));
        finding.opinion = Some(Opinion { text, regard: regards[number % regards.len()] });
    }
    outcome.office.contact = "cô Lan <0912 345 678>".to_owned();
    assert!(hold_against_library(&outcome).0 > 20);
    // Sets of other shapes, with a school that owes two.
    for (book, seed) in [(outcomes::odd_book(), 5), (outcomes::book(), 6)] {
        let mut outcome = outcomes::outcome(book, 30, seed);
        outcome.schools[0].name = "Trường _x0041_ & \"A\" <B>\n".to_owned();
        assert!(hold_against_library(&outcome).0 > 5);
    }
}

/// The sample office, with returns of every kind that people send.
#[test]
fn forms_of_a_real_run_are_as_by_the_library() {
    let office = tempfile::tempdir().unwrap();
    let done = samples::run_in(office.path());
    let outcome = &done.outcome;
    assert!(hold_against_library(outcome).0 > 10);
    for one in outcome.corrections() {
        let Some(file) = &one.file else { continue };
        let written = std::fs::read(done.path.join(FOLDER).join(file)).unwrap();
        assert!(written == feedback::to_bytes(outcome, &one).unwrap(), "{file}");
    }
}

#[test]
fn forms_of_many_schools_are_as_each_by_itself() {
    for (book, schools) in [(outcomes::book(), 12), (outcomes::odd_book(), 6)] {
        forms_are_as_each_by_itself(&outcomes::outcome(book, schools, 3));
    }
}

fn forms_are_as_each_by_itself(outcome: &Outcome) {
    let dir = tempfile::tempdir().unwrap();
    let created = jiff::civil::date(2025, 3, 1).at(8, 0, 0, 0);
    let schools = &outcome.schools;
    let written =
        write_all(&outcome.office, &outcome.book, schools, dir.path(), created, Existing::Keep).unwrap().files;
    let mut forms = Vec::new();
    for school in schools {
        for set in cds::form_writer::files::owed(&outcome.book, school) {
            forms.push((set, Some(school)));
        }
    }
    forms.extend(outcome.book.of_office().map(|set| (set, None)));
    assert_eq!(written.len(), forms.len());
    for (path, (set, school)) in written.iter().zip(forms) {
        let filling = Filling { school, office: Some(&outcome.office), answers: None, created };
        assert_same(&std::fs::read(path).unwrap(), &write(set, &filling).unwrap());
    }
}
