//! The cells of a worksheet's part, put into its sheet one by one.

use std::borrow::Cow;

use calamine::{ExcelDateTime, ExcelDateTimeType};
use memchr::memmem;

use super::scan::{Inside, Scan, decoded};
use super::strings;
use crate::grid::{CellRef, MAX_COLS, MAX_ROWS, Time, Value};
use crate::reader::excel::build::Sheet;
use crate::reader::excel::moment;
use crate::reader::format_code::{Shows, share_text};

/// What the cells of all worksheets refer to.
pub(super) struct Shared<'a> {
    pub strings: Vec<Cow<'a, str>>,
    pub formats: Vec<Shows>,
    pub is_1904: bool,
}

/// Reads the cells; returns what stands after them.
pub(super) fn read<'a>(part: &'a str, shared: &Shared<'_>, sheet: &mut Sheet) -> Option<&'a str> {
    let mut scan = Scan::find(part, "<sheetData")?;
    if !scan.leave()? {
        return Some(scan.rest());
    }
    let (mut row, mut col) = (0, 0);
    loop {
        match scan.tag()? {
            "row" => {
                let has_cells = loop {
                    match scan.inside()? {
                        Inside::Attribute("r", number) => row = number_of_row(number)?,
                        Inside::Attribute(..) => {}
                        Inside::Open => break true,
                        Inside::Empty => break false,
                    }
                };
                while has_cells && one_cell(&mut scan, row, &mut col, shared, sheet)? {}
                (row, col) = (row + 1, 0);
            }
            "/sheetData" => {
                scan.leave()?;
                // Where the cells seem to end twice, others say where.
                return Some(scan.rest()).filter(|rest| memmem::find(rest.as_bytes(), b"</sheetData").is_none());
            }
            _ => return None,
        }
    }
}

fn number_of_row(number: &str) -> Option<u32> {
    let row: u32 = number.bytes().all(|b| b.is_ascii_digit()).then(|| number.parse().ok())??;
    (1..=MAX_ROWS).contains(&row).then(|| row - 1)
}

/// Takes the next cell of a row; `false` at the end of the row.
fn one_cell(scan: &mut Scan<'_>, row: u32, col: &mut u32, shared: &Shared<'_>, sheet: &mut Sheet) -> Option<bool> {
    match scan.tag()? {
        "c" => {}
        "/row" => {
            scan.leave()?;
            return Some(false);
        }
        _ => return None,
    }
    let (mut reference, mut style, mut kind) = (None, None, None);
    let has_content = loop {
        match scan.inside()? {
            Inside::Attribute("r", value) => reference = Some(value),
            Inside::Attribute("s", value) => style = Some(value),
            Inside::Attribute("t", value) => kind = Some(value),
            Inside::Attribute(..) => {}
            Inside::Open => break true,
            Inside::Empty => break false,
        }
    };
    let content = if has_content { Content::read(scan)? } else { Content::default() };
    let at = match reference.map(place) {
        None => CellRef::new(row, *col),
        Some(Place::Cell(at)) => at,
        Some(Place::Unusual) => return None,
        Some(Place::Nowhere) => {
            sheet.left_out();
            return Some(true);
        }
    };
    *col = at.col + 1;
    let is_formula = content.is_formula;
    let found = match content.value(kind, style, shared)? {
        Held::Nothing if is_formula => Some(Value::Uncomputed),
        Held::Nothing => None,
        Held::Text(text) => (!text.is_empty()).then(|| Value::Text(text.into_owned())),
        Held::Value(value) => Some(value),
    };
    // A sheet that is full is left to the slower way, which says so.
    found.is_none_or(|found| sheet.put(at.row, at.col, found)).then_some(true)
}

/// What stands in a cell's element.
#[derive(Default)]
struct Content<'a> {
    is_formula: bool,
    value: Option<&'a str>,
    text: Option<Cow<'a, str>>,
}

/// What a cell holds.
enum Held<'a> {
    Nothing,
    Text(Cow<'a, str>),
    Value(Value),
}

impl<'a> Content<'a> {
    fn read(scan: &mut Scan<'a>) -> Option<Content<'a>> {
        let mut content = Content::default();
        loop {
            let is_first = content.value.is_none() && content.text.is_none();
            match scan.tag()? {
                "v" if is_first => {
                    content.value = Some("");
                    if scan.leave()? {
                        content.value = Some(scan.text()?);
                        scan.close("v")?;
                    }
                }
                "f" if is_first && !content.is_formula => {
                    content.is_formula = true;
                    formula(scan)?;
                }
                "is" if is_first => {
                    content.text = Some(if scan.leave()? { strings::string(scan, "is")? } else { Cow::Borrowed("") });
                }
                "/c" => {
                    scan.leave()?;
                    return Some(content);
                }
                _ => return None,
            }
        }
    }

    fn value<'s>(self, kind: Option<&str>, style: Option<&str>, shared: &'s Shared<'_>) -> Option<Held<'s>>
    where
        'a: 's,
    {
        if kind == Some("inlineStr") {
            return Some(self.text.map_or(Held::Nothing, Held::Text));
        }
        if self.text.is_some() {
            return None;
        }
        let value = match self.value {
            None => return matches!(kind, None | Some("n" | "s" | "b" | "e" | "str")).then_some(Held::Nothing),
            Some(value) => value,
        };
        if kind == Some("str") {
            return decoded(value).map(Held::Text);
        }
        if value.is_empty() {
            return matches!(kind, None | Some("n" | "s" | "b" | "e")).then_some(Held::Nothing);
        }
        let value = match kind {
            None | Some("n") => number(value, style, shared)?,
            Some("s") => {
                let index: usize = whole(value).and_then(|index| usize::try_from(index).ok())?;
                return Some(Held::Text(Cow::Borrowed(shared.strings.get(index)?)));
            }
            Some("b") => Value::Bool(match value {
                "0" => false,
                "1" => true,
                _ => return None,
            }),
            Some("e") => {
                let is_error = value.starts_with('#') && value.len() <= 32 && !value.contains('&');
                is_error.then(|| Value::Error(value.to_owned()))?
            }
            Some(_) => return None,
        };
        Some(Held::Value(value))
    }
}

/// Goes through a formula. Of what it says nothing is kept.
fn formula(scan: &mut Scan<'_>) -> Option<()> {
    let (mut kind, mut index, mut range) = (None, None, None);
    let has_content = loop {
        match scan.inside()? {
            Inside::Attribute("t", value) => kind = Some(value),
            Inside::Attribute("si", value) => index = Some(value),
            Inside::Attribute("ref", value) => range = Some(value),
            Inside::Attribute(..) => {}
            Inside::Open => break true,
            Inside::Empty => break false,
        }
    };
    if kind == Some("shared") {
        whole(index?)?;
        if let Some(range) = range {
            let (start, end) = range.split_once(':').unwrap_or((range, range));
            match (place(start), place(end)) {
                (Place::Cell(start), Place::Cell(end)) if start.row <= end.row && start.col <= end.col => {}
                _ => return None,
            }
        }
    }
    if has_content {
        decoded(scan.text()?)?;
        scan.close("f")?;
    }
    Some(())
}

/// Where a reference leads.
enum Place {
    Cell(CellRef),
    /// To no cell that a sheet has.
    Nowhere,
    /// Written as no program writes it.
    Unusual,
}

fn place(reference: &str) -> Place {
    let bytes = reference.as_bytes();
    let letters = bytes.iter().take_while(|b| b.is_ascii_uppercase()).count();
    let (letters, digits) = bytes.split_at(letters);
    let usual = matches!(letters.len(), 1..=3)
        && matches!(digits, [b'1'..=b'9', rest @ ..] if rest.len() < 7 && rest.iter().all(u8::is_ascii_digit));
    if usual {
        let col = letters.iter().fold(0, |col, b| col * 26 + u32::from(b - b'A') + 1) - 1;
        let row = digits.iter().fold(0, |row, b| row * 10 + u32::from(b - b'0')) - 1;
        if row < MAX_ROWS && col < MAX_COLS {
            return Place::Cell(CellRef::new(row, col));
        }
    }
    if reference.parse::<CellRef>().is_err() { Place::Nowhere } else { Place::Unusual }
}

/// A whole number of at most fifteen digits, which every number of a cell holds exactly.
fn whole(text: &str) -> Option<u64> {
    let is_whole = (1..=15).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    is_whole.then(|| text.bytes().fold(0, |n, b| n * 10 + u64::from(b - b'0')))
}

fn number(text: &str, style: Option<&str>, shared: &Shared<'_>) -> Option<Value> {
    // Parts that are written for people have line breaks around it.
    let text = text.trim_ascii();
    let number = match whole(text) {
        Some(whole) => whole as f64,
        None => {
            let plain = text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'.' | b'-' | b'+' | b'e' | b'E'));
            (plain && !text.starts_with('+')).then(|| text.parse().ok())??
        }
    };
    let shows = match style {
        None => Shows::Number,
        // A format that is not there is none.
        Some(style) => {
            let format = whole(style).and_then(|style| usize::try_from(style).ok())?;
            shared.formats.get(format).copied().unwrap_or(Shows::Number)
        }
    };
    match shows {
        Shows::Share if number.is_finite() => Some(Value::Text(share_text(number))),
        Shows::Number | Shows::Share => Some(Value::Number(number)),
        Shows::Date => Some(moment(&ExcelDateTime::new(number, ExcelDateTimeType::DateTime, shared.is_1904))),
        Shows::Time => Some(Value::Time(Time { days: number, is_length: false })),
        Shows::Length => Some(Value::Time(Time { days: number, is_length: true })),
        Shows::Unsure => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grid::Grid;
    use crate::reader::excel::build::Book;
    use crate::reader::limits::Limits;

    fn grid(rows: &str) -> Option<Grid> {
        let limits = Limits::default();
        let mut book = Book::new(&limits);
        let mut sheet = book.sheet("Phiếu", false);
        let strings = vec![Cow::Borrowed("không"), Cow::Borrowed("một")];
        let shared = Shared { strings, formats: vec![Shows::Number, Shows::Date, Shows::Unsure], is_1904: false };
        let part = format!("<worksheet><sheetData>{rows}</sheetData><x/></worksheet>");
        assert_eq!(read(&part, &shared, &mut sheet)?, "<x/></worksheet>");
        book.take(sheet);
        book.finish().0.pop()
    }

    fn values(rows: &str) -> Vec<(String, Value)> {
        grid(rows).unwrap().cells().iter().map(|(at, value)| (at.to_string(), value.clone())).collect()
    }

    #[test]
    fn cells_of_every_kind_are_read() {
        let rows = r##"<row r="2"><c r="A2" t="s"><v>1</v></c><c r="B2" s="0"><v>7.5</v></c><c><v>-1e-3</v></c><c r="E2" s="9"/></row>
            <row><c t="b"><v>1</v></c><c t="e"><f>1/0</f><v>#DIV/0!</v></c><c t="str"><f>"a"</f><v>a &amp; b</v></c></row><row/>
            <row spans="1:9"><c s="1"><v>45784</v></c><c t="inlineStr"><is><t>chữ</t></is></c><c><f>B2</f></c><c t="str"><f>""</f><v></v></c></row>"##;
        let number = Value::Number;
        let text = |text: &str| Value::Text(text.to_owned());
        let date = Value::Date(crate::grid::Date { serial: 45_784.0, year: 2025, month: 5, day: 7 });
        let want = [
            ("A2", text("một")),
            ("B2", number(7.5)),
            ("C2", number(-0.001)),
            ("A3", Value::Bool(true)),
            ("B3", Value::Error("#DIV/0!".to_owned())),
            ("C3", text("a & b")),
            ("A5", date),
            ("B5", text("chữ")),
            ("C5", Value::Uncomputed),
        ];
        assert_eq!(values(rows), want.map(|(at, value)| (at.to_owned(), value)));
    }

    #[test]
    fn blanks_around_a_number_are_none_of_it() {
        assert_eq!(values("<row><c><v>\n 7.5\r\n</v></c></row>"), [("A1".to_owned(), Value::Number(7.5))]);
        assert!(grid("<row><c><v>7 5</v></c></row>").is_none());
    }

    #[test]
    fn what_is_unusual_is_left_to_calamine() {
        for odd in [
            r#"<c t="s"><v>2</v></c>"#,
            r#"<c t="s"><v>-1</v></c>"#,
            "<c><v>nan</v></c>",
            r#"<c s="2"><v>7</v></c>"#,
            r#"<c t="d"><v>2025-05-07</v></c>"#,
            r#"<c t="b"><v>true</v></c>"#,
            "<c><!-- --><v>7</v></c>",
            "<c><v>7</v><v>8</v></c>",
            "<c><is><t>a</t></is></c>",
            r#"<c r="$A$1"><v>7</v></c>"#,
            r#"<c><f t="shared" si="x">A1</f></c>"#,
            r#"<c><f t="shared" si="0" ref="B2:A1">A1</f></c>"#,
            "<c><v>7",
            "7",
        ] {
            assert!(grid(&format!("<row>{odd}</row>")).is_none(), "{odd}");
        }
        assert!(grid(r#"<row r="0"/>"#).is_none());
        assert!(grid("<c/>").is_none());
        assert!(grid("<row/></sheetData><row/>").is_none(), "the cells end twice");
    }

    #[test]
    fn wild_references_go_and_their_neighbours_stay() {
        let rows = r#"<row r="1"><c r="ZZZZ1"><v>1</v></c><c r="B1"><v>2</v></c><c r="A0"/><c><v>3</v></c></row>"#;
        let want = [("B1", 2.0), ("C1", 3.0)];
        assert_eq!(values(rows), want.map(|(at, n)| (at.to_owned(), Value::Number(n))));
    }
}
