//! The school block: labels anywhere on a sheet, their values beside or behind them. Judges nothing.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use super::{Hidden, Identity, Said, layout};
use crate::grid::{CellRef, Grid, Value};
use crate::table::words;
use crate::text;

/// How far to the right of its label a value may stand.
const REACH: u32 = 8;
/// A school year further into a text than this is part of a sentence, not of a title.
const TITLE_LETTERS: usize = 60;
/// A longer text is not a label with its value.
const LABEL_LETTERS: usize = 160;

/// What the rows outside `tables` say about the respondent.
pub fn read(grid: &Grid, rows: Range<u32>, tables: &[Range<u32>]) -> Identity {
    let sheet: Arc<str> = grid.name.as_str().into();
    let mut identity = Identity::default();
    let mut unlabelled = Vec::new();
    let outside = grid.rows().filter(|(row, _)| rows.contains(row) && !tables.iter().any(|table| table.contains(row)));
    for (_, cells) in outside {
        for (at, value) in cells {
            let Value::Text(raw) = value else { continue };
            let text = text::clean(raw);
            if text.chars().count() > LABEL_LETTERS {
                continue;
            }
            let say = |text: String, cell: CellRef| Said { sheet: sheet.clone(), cell, text };
            // A title says the year too, but a label of its own says it better.
            let titled = text::fold(&text).find("nam hoc").is_some_and(|at| at < TITLE_LETTERS);
            if identity.year.is_none() && titled {
                identity.year = school_year(&text).map(|year| say(year, *at));
            }
            match labelled(grid, *at, &text) {
                Some((key, said, cell)) => take(&mut identity, key, say(said, cell)),
                None if text::fold(&text).starts_with("truong ") => unlabelled.push(say(text, *at)),
                None => {}
            }
        }
    }
    // A letterhead such as "TRƯỜNG TIỂU HỌC HOA SEN" names the school where no label does.
    if identity.names.is_empty() {
        identity.names.extend(unlabelled.into_iter().next());
    }
    identity
}

fn take(identity: &mut Identity, key: &str, said: Said) {
    let add = |list: &mut Vec<Said>, said: Said| {
        if !list.iter().any(|known| text::fold(&known.text) == text::fold(&said.text)) {
            list.push(said);
        }
    };
    match key {
        "code" => add(&mut identity.codes, said),
        "name" => add(&mut identity.names, said),
        "kind" if identity.kind.is_none() => identity.kind = Some(said),
        "year" => {
            if let Some(year) = school_year(&format!("năm học {}", said.text)) {
                identity.year = Some(Said { text: year, ..said });
            }
        }
        _ => {}
    }
}

/// A label with its value: "Mã trường: 80100001" in one cell, or the label here and the value to the right, else below.
fn labelled<'w>(grid: &Grid, at: CellRef, text: &str) -> Option<(&'w str, String, CellRef)> {
    let labels = &words().labels;
    if let Some((label, value)) = text.split_once(':') {
        let key = label_key(label)?;
        if !is_blank(value) {
            return Some((key, text::clean(value), at));
        }
        return beside(grid, at).map(|(value, cell)| (key, value, cell));
    }
    let folded = text::fold(text);
    let key = labels.exact(&folded)?;
    // Words such as "Trường" or "Đơn vị" are labels only with something beside them.
    beside(grid, at).map(|(value, cell)| (key, value, cell))
}

fn label_key<'w>(label: &str) -> Option<&'w str> {
    let folded = text::fold(label);
    let labels = &words().labels;
    labels.exact(&folded).or_else(|| {
        // "1. Mã trường", "Mã trường (theo CSDL ngành)"
        let bare = folded.trim_start_matches(|c: char| c.is_ascii_digit() || c == ' ');
        let starts = |(_, phrase): &(&str, &str)| {
            phrase.contains(' ')
                && bare.strip_prefix(*phrase).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
        };
        labels.phrases().filter(starts).max_by_key(|(_, phrase)| phrase.len()).map(|(key, _)| key)
    })
}

/// The nearest value to the right, unless another label comes first.
fn beside(grid: &Grid, at: CellRef) -> Option<(String, CellRef)> {
    let right = grid.row(at.row).iter().filter(|(cell, _)| cell.col > at.col && cell.col <= at.col + REACH);
    for (cell, value) in right {
        let shown = show(value);
        if is_blank(&shown) {
            continue;
        }
        let is_label = shown.split_once(':').is_some_and(|(label, _)| label_key(label).is_some());
        return (!is_label).then_some((shown, *cell));
    }
    None
}

/// A value as a person reads it in a cell wide enough: whole numbers without a decimal mark.
pub fn show(value: &Value) -> String {
    match value {
        Value::Text(text) => text::clean(text),
        Value::Number(number) if number.fract() == 0.0 && number.abs() < 1e15 => format!("{number:.0}"),
        Value::Number(number) => format!("{number}").replace('.', ","),
        Value::Date(date) => format!("{:02}/{:02}/{}", date.day, date.month, date.year),
        Value::Bool(true) => "TRUE".to_owned(),
        Value::Bool(false) => "FALSE".to_owned(),
        Value::Error(error) => error.clone(),
        Value::Uncomputed => String::new(),
    }
}

/// Nothing but dots, dashes or blanks: a line to write on.
fn is_blank(text: &str) -> bool {
    !text.chars().any(char::is_alphanumeric)
}

/// "2024-2025" in "Năm học 2024 - 2025 (...)", "Năm học: 2024–2025".
fn school_year(text: &str) -> Option<String> {
    let folded = text::fold(text);
    let after = folded.split_once("nam hoc").map(|(_, after)| after.trim_start())?;
    let mut numbers = after.split(' ').map_while(|word| word.parse::<u16>().ok());
    let (first, second) = (numbers.next()?, numbers.next()?);
    ((2000..2100).contains(&first) && second == first + 1).then(|| format!("{first}-{second}"))
}

/// The key/value rows of a form's hidden sheet.
pub fn hidden(grids: &[Grid]) -> Hidden {
    for grid in grids.iter().filter(|grid| grid.hidden) {
        let text = |row, col| grid.get(CellRef::new(row, col)).map(show).unwrap_or_default();
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
        let beside = read_rows(&[&["Năm học 2023-2024 (mẫu cũ)"], &["Năm học", "", "2024-2025"]]);
        assert_eq!(beside.year.unwrap().text, "2024-2025");
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
    fn two_codes_are_both_kept() {
        let identity = read_rows(&[&["Mã trường:", "1"], &["Mã đơn vị:", "2"], &["Mã trường:", "1"]]);
        assert_eq!(texts(&identity.codes), ["1", "2"]);
    }
}
