//! The school block: labels anywhere on a sheet, their values beside or behind them. Judges nothing.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use super::locate::Table;
use super::{Hidden, Identity, Said};
use crate::digits;
use crate::grid::{CellRef, Grid, Value};
use crate::layouts::form as layout;
use crate::table::words;
use crate::text;

/// How far to the right of its label a value may stand.
const REACH: u32 = 8;
/// A longer text is not a label with its value.
const LABEL_LETTERS: usize = 240;
/// So many words a label may have.
const LABEL_WORDS: usize = 7;
/// A longer text is not a letterhead.
const NAME_WORDS: usize = 12;

/// The cells of a table; what stands beside them may be labels all the same.
pub struct Taken<'t> {
    /// From its header to its last row.
    pub rows: Range<u32>,
    /// The table.
    pub table: &'t Table,
}

/// What the cells of these rows, outside of tables, say about the respondent.
pub fn read(grid: &Grid, rows: Range<u32>, tables: &[Taken]) -> Identity {
    let mut block = Block { sheet: grid.name.as_str().into(), ..Block::default() };
    for (row, cells) in grid.rows().filter(|(row, _)| rows.contains(row)) {
        let table = tables.iter().find(|taken| taken.rows.contains(&row));
        for (at, value) in cells.iter().filter(|(at, _)| table.is_none_or(|taken| !taken.table.covers(at.col))) {
            if let Value::Text(raw) = value {
                block.hear(grid, *at, &text::cleaned(raw), table.is_some());
            }
        }
    }
    block.identity()
}

/// What has been heard so far.
#[derive(Default)]
struct Block {
    sheet: Arc<str>,
    said: Identity,
    letterheads: Vec<Said>,
    /// Years in the midst of a sentence, which may be another year's report.
    passing: Vec<Said>,
}

impl Block {
    fn hear(&mut self, grid: &Grid, at: CellRef, text: &str, beside_table: bool) {
        if text.len() > LABEL_LETTERS && text.chars().count() > LABEL_LETTERS {
            return;
        }
        let said = says(grid, at, text);
        let is_label = !said.is_empty();
        said.into_iter().for_each(|(key, text, cell)| self.take(key, text, cell));
        if let Some((year, leading)) = school_year(text) {
            let said = Said { sheet: self.sheet.clone(), cell: at, text: year };
            match leading {
                true if self.said.year.is_none() => self.said.year = Some(said),
                true => {}
                false => self.passing.push(said),
            }
        }
        if !is_label && !beside_table && may_be_school(text) {
            add(&mut self.letterheads, Said { sheet: self.sheet.clone(), cell: at, text: text.to_owned() });
        }
    }

    fn take(&mut self, key: &str, text: String, cell: CellRef) {
        let say = |text: &str| Said { sheet: self.sheet.clone(), cell, text: text.to_owned() };
        match key {
            "code" => {
                let (code, name) = code_and_name(&text);
                add(&mut self.said.codes, say(code));
                if !name.is_empty() {
                    add(&mut self.said.names, say(name));
                }
            }
            "name" => add(&mut self.said.names, say(&text)),
            "kind" if self.said.kind.is_none() => self.said.kind = Some(say(&text)),
            "year" if self.said.year.is_none() => {
                self.said.year = two_years(&text::fold(&text)).map(|year| say(&year));
            }
            "preparer" => first(&mut self.said.filled_by.preparer, text::mended(&text).into_owned()),
            "head" => first(&mut self.said.filled_by.head, text::mended(&text).into_owned()),
            "date" => first(&mut self.said.filled_by.date, text),
            _ => {}
        }
    }

    fn identity(self) -> Identity {
        let mut identity = self.said;
        identity.year = identity.year.or(self.passing.into_iter().next());
        // A letterhead such as "TRƯỜNG TIỂU HỌC HOA SEN" names the school where no label does.
        if identity.names.is_empty() {
            identity.names = self.letterheads;
        }
        identity
    }
}

/// What is said first stands: a second one is a place to sign, or of another paper.
fn first(known: &mut String, text: String) {
    if known.is_empty() {
        *known = text;
    }
}

/// Adds what is not among them yet.
pub fn add(list: &mut Vec<Said>, said: Said) {
    if !list.iter().any(|known| text::may_be_one_name(&known.text, &said.text)) {
        list.push(said);
    }
}

/// "80100001" and "Trường TH Hoa Sen" of "80100001 - Trường TH Hoa Sen"; a code typed in groups stays whole.
fn code_and_name(text: &str) -> (&str, &str) {
    let Some((code, rest)) = text.split_once(' ') else { return (text, "") };
    let rest = rest.trim_start_matches(|c: char| !c.is_alphanumeric());
    let is_code = code.chars().any(|c| c.is_ascii_digit());
    if is_code && rest.starts_with(char::is_alphabetic) && rest.contains(' ') {
        (code.trim_end_matches(|c: char| !c.is_alphanumeric()), rest.trim_end_matches(')'))
    } else {
        (text, "")
    }
}

/// Whether a text without a label may be the name of a school: it begins as such names do, and ends in a name.
fn may_be_school(text: &str) -> bool {
    let ends_in_name = |text: &str| {
        let last = text.rsplit(' ').next().unwrap_or_default().trim_start_matches(|c: char| !c.is_alphanumeric());
        last.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
    };
    if text.contains(':') || !ends_in_name(text) {
        return false;
    }
    let folded = text::fold(text);
    let begins = |word: &str| folded.strip_prefix(word).is_some_and(|rest| rest.starts_with(' '));
    let known = words().names.phrases().chain(words().kind_words.phrases().filter(|(key, _)| *key != "ignored"));
    folded.split(' ').count() <= NAME_WORDS
        && known.filter(|(key, phrase)| key != phrase || *key != "first").any(|(_, phrase)| begins(phrase))
}

/// The labels in a cell with their values: "Mã trường: 80100001", several in one cell, or the label here and the value
/// to the right of it, else below.
fn says(grid: &Grid, at: CellRef, text: &str) -> Vec<(&'static str, String, CellRef)> {
    let mut said: Vec<(&'static str, String, CellRef)> = Vec::new();
    let mut pending: Option<&'static str> = None;
    let mut parts = text.split(':').peekable();
    while let Some(part) = parts.next() {
        let (value, label) = match parts.peek() {
            Some(_) => split_label(part),
            None => (part, None),
        };
        if let Some(key) = pending.take() {
            let value = filled_in(value);
            match (value.is_empty(), label) {
                (false, _) => said.push((key, value, at)),
                (true, None) if parts.peek().is_none() => {
                    said.extend(beside(grid, at, key).map(|(value, cell)| (key, value, cell)));
                }
                (true, _) => {}
            }
        }
        pending = label;
    }
    if said.is_empty() && !text.contains(':') {
        if let Some(key) = label_key(text) {
            said.extend(beside(grid, at, key).map(|(value, cell)| (key, value, cell)));
        } else {
            said.extend(code_without_colon(text).map(|value| ("code", value, at)));
        }
    }
    said
}

/// "Mã trường 80100001"
fn code_without_colon(text: &str) -> Option<String> {
    let (label, value) = text.rsplit_once(' ')?;
    let is_code = value.chars().filter(char::is_ascii_digit).count() >= 3 && label_key(label) == Some("code");
    is_code.then(|| filled_in(value))
}

/// What stands before the label at the end of a text, and the label's key.
fn split_label(text: &str) -> (&str, Option<&'static str>) {
    if let Some(key) = label_key(text) {
        return ("", Some(key));
    }
    let starts: Vec<usize> = text.match_indices(' ').map(|(at, _)| at + 1).collect();
    let longest = starts.iter().skip(starts.len().saturating_sub(LABEL_WORDS));
    // A number before it is the end of the value before it.
    let begins = |start: usize| !text[start..].starts_with(|c: char| c.is_ascii_digit());
    let mut longest = longest.filter(|start| begins(**start));
    let found = longest.find_map(|&start| Some((start, label_key(&text[start..])?)));
    found.map_or((text, None), |(start, key)| (&text[..start], Some(key)))
}

/// The key of a text that is a label: a number before it and a remark in brackets behind it do not matter, nor do stars.
fn label_key(text: &str) -> Option<&'static str> {
    let labels = &words().labels;
    if !labels.may_begin(text) {
        return None;
    }
    let key = |text: &str| {
        let folded = text::fold(text);
        // "1. Mã trường" is numbered; "80100001 Cấp học" is a value before a label.
        labels.exact(&folded).or_else(|| match folded.split_once(' ')? {
            (number, label) if number.len() <= 2 && number.bytes().all(|b| b.is_ascii_digit()) => labels.exact(label),
            _ => None,
        })
    };
    key(text).or_else(|| {
        let (label, remark) = text.split_once('(')?;
        if remark.trim_end().ends_with(')') { key(label) } else { None }
    })
}

/// A value without the line of dots that it was written on.
fn filled_in(value: &str) -> String {
    let is_line =
        |c: char| matches!(c, '.' | '…' | '_' | '-' | '–' | ';' | ',' | '\'' | '"' | '“' | '”') || c.is_whitespace();
    text::clean(value.trim_matches(is_line))
}

/// The nearest value to the right, unless another label comes first; else the cell below.
fn beside(grid: &Grid, at: CellRef, key: &str) -> Option<(String, CellRef)> {
    let is_label = |shown: &str| split_label(shown.split(':').next().unwrap_or_default()).1.is_some();
    let right = grid.row(at.row).iter().filter(|(cell, _)| cell.col > at.col && cell.col <= at.col + REACH);
    for (cell, value) in right {
        let shown = filled_in(&show(value));
        if !is_blank(&shown) {
            if is_label(&shown) {
                break;
            }
            return Some((shown, *cell));
        }
    }
    let below = CellRef::new(at.row + 1, at.col);
    let shown = filled_in(&show(grid.get(below)?));
    let fits = match key {
        "code" => shown.chars().any(|c| c.is_ascii_digit()),
        "name" => may_be_school(&shown),
        _ => false,
    };
    (fits && !is_label(&shown) && !shown.contains(':')).then_some((shown, below))
}

/// A value as a person reads it in a cell wide enough: whole numbers without a decimal mark.
pub fn show(value: &Value) -> Cow<'_, str> {
    match value {
        Value::Text(text) => text::cleaned(text),
        // But not -0.
        Value::Number(number) if number.fract() == 0.0 && number.abs() < 1e15 && *number != 0.0 => {
            (*number as i64).to_string().into()
        }
        Value::Number(number) => digits::decimal(*number).into(),
        Value::Date(date) => format!("{:02}/{:02}/{}", date.day, date.month, date.year).into(),
        Value::Time(time) => time.to_string().into(),
        Value::Bool(true) => "TRUE".into(),
        Value::Bool(false) => "FALSE".into(),
        Value::Error(error) => error.into(),
        Value::Uncomputed => "".into(),
    }
}

/// Whether two cells say the same: in the same words, or the same number however it is written.
pub fn say_the_same(a: Option<&Value>, b: Option<&Value>) -> bool {
    let (a, b) = (a.map(show).unwrap_or_default(), b.map(show).unwrap_or_default());
    let number = |text: &str| text::typed(text).replace(',', ".").parse::<f64>().ok();
    a == b || number(&a).is_some_and(|n| number(&b) == Some(n))
}

/// Nothing but dots, dashes or blanks: a line to write on.
fn is_blank(text: &str) -> bool {
    !text.chars().any(char::is_alphanumeric)
}

/// "2024-2025" in "Năm học 2024 - 2025 (...)", "Năm học: 2024–25"; and whether the text is about just that: it begins or
/// ends with it.
fn school_year(text: &str) -> Option<(String, bool)> {
    if !text::may_hold_digits(text) {
        return None;
    }
    let folded = text::fold(text);
    let split = |begin: &str, within: &str| match folded.strip_prefix(begin) {
        Some(after) => Some((true, after)),
        None => folded.split_once(within).map(|(_, after)| (false, after)),
    };
    let (begins, after) = split("nam hoc ", " nam hoc ").or_else(|| split("nh ", " nh "))?;
    let year = two_years(after)?;
    let is_year = |word: &str| word.bytes().all(|b| b.is_ascii_digit());
    Some((year, begins || after.split_whitespace().all(is_year)))
}

/// A school year at the start of a folded text.
fn two_years(folded: &str) -> Option<String> {
    let mut numbers = folded.split(' ').map_while(|word| word.parse::<u16>().ok());
    let (first, second) = (numbers.next()?, numbers.next()?);
    let follows = second == first + 1 || second == (first + 1) % 100;
    ((2000..2100).contains(&first) && follows).then(|| format!("{first}-{}", first + 1))
}

/// The key/value rows of a form's hidden sheet.
pub fn hidden(grids: &[Grid]) -> Hidden {
    for grid in grids.iter().filter(|grid| grid.hidden) {
        let text =
            |row, col| grid.get(CellRef::new(row, col)).map(|value| show(value).into_owned()).unwrap_or_default();
        let rows: BTreeMap<String, String> = grid.rows().map(|(row, _)| (text(row, 0), text(row, 1))).collect();
        let get = |field: layout::Hidden| rows.get(field.key()).cloned().unwrap_or_default();
        let version = get(layout::Hidden::Version);
        if !version.is_empty() {
            return Hidden {
                version,
                set: get(layout::Hidden::Set),
                rules: get(layout::Hidden::Rules),
                school: get(layout::Hidden::School),
                year: get(layout::Hidden::Year),
            };
        }
    }
    Hidden::default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_rows(rows: &[&[&str]]) -> Identity {
        read(&Grid::from_rows("S", rows.iter().map(|r| r.to_vec())), 0..1000, &[])
    }

    fn texts(said: &[Said]) -> Vec<&str> {
        said.iter().map(|s| s.text.as_str()).collect()
    }

    #[test]
    fn labels_stand_anywhere() {
        let identity = read_rows(&[
            &["PHIẾU TỰ ĐÁNH GIÁ", "", "NĂM HỌC 2024 - 2025"],
            &["Mã trường:", "", "80100001"],
            &["Tên trường: Trường TH Hoa Sen", "", "Cấp học:", "TH"],
        ]);
        assert_eq!(texts(&identity.codes), ["80100001"]);
        assert_eq!(identity.codes[0].cell.to_string(), "C2");
        assert_eq!(texts(&identity.names), ["Trường TH Hoa Sen"]);
        assert_eq!(identity.kind.unwrap().text, "TH");
        assert_eq!(identity.year.unwrap().text, "2024-2025");
    }

    #[test]
    fn blank_lines_and_neighbouring_labels_are_no_values() {
        let identity = read_rows(&[&["Mã trường: ..........", "Tên trường: TH Hoa Sen"], &["Mã trường", "…"]]);
        assert_eq!(identity.codes, []);
        assert_eq!(texts(&identity.names), ["TH Hoa Sen"]);
    }

    #[test]
    fn a_letterhead_names_the_school() {
        let identity = read_rows(&[&["UBND HUYỆN CẦN GIUỘC"], &["TRƯỜNG TIỂU HỌC TÂN MAI"], &["Trường:", "....."]]);
        assert_eq!(texts(&identity.names), ["TRƯỜNG TIỂU HỌC TÂN MAI"]);
    }

    #[test]
    fn several_labels_share_a_cell_and_values_stand_on_dots() {
        let identity = read_rows(&[
            &["Tên trường: Trường TH Hoa Sen 5   Mã trường: ....80100001....   Cấp học: TH"],
            &["Mã đơn vị QHNS: 1112223", "", "Đơn vị tính: điểm"],
            &["Căn cứ kết quả năm học 2023-2024 của trường"],
            &["Năm học:", "2024 - 25"],
        ]);
        assert_eq!(texts(&identity.codes), ["80100001"]);
        assert_eq!(texts(&identity.names), ["Trường TH Hoa Sen 5"]);
        assert_eq!(identity.year.unwrap().text, "2024-2025");
    }

    #[test]
    fn a_code_may_bring_its_name_or_stand_below_its_label() {
        let identity = read_rows(&[&["Mã trường: 80100001 - Trường TH Hoa Sen"]]);
        assert_eq!((texts(&identity.codes), texts(&identity.names)), (vec!["80100001"], vec!["Trường TH Hoa Sen"]));
        let identity = read_rows(&[&["Mã trường", "Tên trường"], &["801 000 01", "Trường TH Hoa Sen"]]);
        assert_eq!((texts(&identity.codes), texts(&identity.names)), (vec!["801 000 01"], vec!["Trường TH Hoa Sen"]));
    }

    #[test]
    fn a_sentence_about_the_school_is_no_name() {
        let identity = read_rows(&[&["Trường Tiểu học đã ban hành kế hoạch"], &["Trung tâm HTCĐ Long Phú"]]);
        assert_eq!(texts(&identity.names), ["Trung tâm HTCĐ Long Phú"]);
    }

    #[test]
    fn two_codes_are_both_kept() {
        let identity = read_rows(&[&["Mã trường:", "1"], &["Mã đơn vị:", "2"], &["Mã trường:", "1"]]);
        assert_eq!(texts(&identity.codes), ["1", "2"]);
    }
}
