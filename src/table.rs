//! Header words to columns: serves returns, roster, receipts and verified scores alike. The words are data
//! (`templates/words.toml`); here is how they are matched.

mod words;

use std::borrow::Cow;

use crate::grid::{CellRef, Grid, Value};
use crate::text;

pub use words::{Likeness, SCORES, Vocabulary, contains_words, words};

/// A header row (or up to three rows that together are one), and what its columns are.
#[derive(Debug, Clone, PartialEq)]
pub struct Header {
    /// Its first row.
    pub first_row: u32,
    /// Its last row; data start below.
    pub last_row: u32,
    /// The columns that carry any header text, from left to right.
    pub columns: Vec<Column>,
}

/// One column under a header.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    /// Its number, from 0.
    pub col: u32,
    /// Its header text, the rows joined, as people wrote it.
    pub text: String,
    /// What it is, if recognised.
    pub key: Option<(String, Likeness)>,
    /// School years that the header names, as written digits (`2023-2024`, `2024`).
    pub years: Vec<u16>,
}

impl Header {
    /// The first column with this key, exact ones first.
    pub fn column(&self, key: &str) -> Option<&Column> {
        let mut named = self.columns.iter().filter(|column| column.is(key));
        let first = named.next()?;
        Some(named.fold(first, |best, column| if column.likeness() < best.likeness() { column } else { best }))
    }

    /// Every column with this key.
    pub fn all<'a>(&'a self, key: &'a str) -> impl Iterator<Item = &'a Column> {
        self.columns.iter().filter(move |column| column.is(key))
    }
}

impl Column {
    /// Whether its header names a school year and nothing else.
    pub fn is_only_years(&self) -> bool {
        self.key.is_none() && !self.years.is_empty() && without_years(&text::fold(&self.text)).0.is_empty()
    }

    /// Whether it was recognised as this.
    pub fn is(&self, key: &str) -> bool {
        self.key.as_ref().is_some_and(|(k, _)| k == key)
    }

    fn likeness(&self) -> Option<Likeness> {
        self.key.as_ref().map(|(_, likeness)| *likeness)
    }
}

/// How many rows a header may have.
const HEADER_ROWS: u32 = 3;
/// A longer text is a sentence, not a header.
const HEADER_LETTERS: usize = 120;
/// What a header that is a word of its own says little about: the row above or below says more.
const VAGUE: [&str; 3] = ["generic", "note", "hint"];

/// Keys whose words stand in rows of data as well: alone they begin no header.
const ANSWERS: [&str; 3] = ["yes", "no", "level"];

/// Every header on a sheet that `accepts` takes, from the top, none overlapping.
pub fn find_headers(grid: &Grid, vocabulary: &Vocabulary, accepts: impl Fn(&Header) -> bool) -> Vec<Header> {
    headers(grid, vocabulary, accepts).collect()
}

/// The topmost of them: what stands below it is not looked at.
pub fn find_header(grid: &Grid, vocabulary: &Vocabulary, accepts: impl Fn(&Header) -> bool) -> Option<Header> {
    headers(grid, vocabulary, accepts).next()
}

/// Headers one by one, each once no row below can belong to it.
fn headers(grid: &Grid, vocabulary: &Vocabulary, accepts: impl Fn(&Header) -> bool) -> impl Iterator<Item = Header> {
    let mut rows = grid.rows().peekable();
    let mut any = false;
    std::iter::from_fn(move || {
        let mut found: Option<(usize, Header)> = None;
        // A title above could pass for the first row of a header: of those that overlap, the one that says most.
        let reaches =
            |found: &Option<(usize, Header)>, row: u32| found.as_ref().is_none_or(|(_, header)| row <= header.last_row);
        while let Some((row, cells)) = rows.next_if(|(row, _)| reaches(&found, *row)) {
            if begins_header(cells, vocabulary)
                && let Some(next) = best_at(grid, vocabulary, row, &accepts)
                // Below a table's header, a row with a number in it is one of its rows, whatever its words.
                && !(any && is_data(grid, vocabulary, row, &next.1))
                && found.as_ref().is_none_or(|(weight, _)| next.0 > *weight)
            {
                found = Some(next);
            }
        }
        any |= found.is_some();
        found.map(|(_, header)| header)
    })
}

/// Cheap, and right: some word of every header's first row is spelt as we know it.
fn begins_header(cells: &[(CellRef, Value)], vocabulary: &Vocabulary) -> bool {
    cells.iter().any(|(_, value)| match value {
        Value::Text(text) if vocabulary.may_hold(text) => {
            let key = vocabulary.exact(&without_years(&text::fold(text)).0);
            key.is_some_and(|key| !ANSWERS.contains(&key)) && !is_value(vocabulary, text)
        }
        _ => false,
    })
}

fn best_at(
    grid: &Grid,
    vocabulary: &Vocabulary,
    first_row: u32,
    accepts: &impl Fn(&Header) -> bool,
) -> Option<(usize, Header)> {
    let mut best: Option<(usize, Header)> = None;
    let mut last_row = first_row;
    loop {
        let header = compose(grid, vocabulary, first_row, last_row);
        let goes_on = last_row + 1 < first_row + HEADER_ROWS && !is_data(grid, vocabulary, last_row + 1, &header);
        let weight = weight(&header);
        if accepts(&header) && best.as_ref().is_none_or(|(w, _)| weight > *w) {
            best = Some((weight, header));
        }
        if !goes_on {
            return best;
        }
        last_row += 1;
    }
}

/// Whether a text is a phrase with a number to it, as an answer or a row's name has one ("5 điểm", "Điểm: 7,5", "Mức 2",
/// "Nội dung 3"): no header. A year is none, nor is a column's own number: in brackets, on a line of its own, or as "3.".
fn is_value(vocabulary: &Vocabulary, text: &str) -> bool {
    if !text::may_hold_digits(text) {
        return false;
    }
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let mut bare = String::with_capacity(text.len());
    for line in text.lines().filter(|line| !is_number(line.trim())) {
        let line = line.trim_start();
        let marked = line.split_once(['.', ')']).filter(|(number, rest)| is_number(number) && rest.starts_with(' '));
        for part in marked.map_or(line, |(_, rest)| rest).split_inclusive([')', ']']) {
            let bracket =
                part.rfind(['(', '[']).filter(|at| is_number(part[at + 1..].trim_end_matches([')', ']']).trim()));
            bare.push_str(&part[..bracket.unwrap_or(part.len())]);
        }
        bare.push(' ');
    }
    let folded = text::fold(&bare);
    let (words, years) = without_years(&folded);
    let numbers = |text: &str| text.split(' ').filter(|word| is_number(word)).count();
    numbers(&folded) > years.len() && vocabulary.exact(&words).is_some()
}

/// Whether a row under a header holds a number that is no year between its columns: data, or the columns' own numbers,
/// which say nothing.
fn is_data(grid: &Grid, vocabulary: &Vocabulary, row: u32, header: &Header) -> bool {
    let named = || header.columns.iter().filter(|column| column.key.is_some()).map(|column| column.col);
    let (Some(first), Some(last)) = (named().min(), named().max()) else { return false };
    let number = |value: &Value| match value {
        Value::Number(number) => Some(*number),
        Value::Text(text) if is_value(vocabulary, text) => Some(0.0),
        Value::Text(text) => text.trim().parse().ok(),
        _ => None,
    };
    let between = grid.row(row).iter().filter(|(at, _)| (first..=last).contains(&at.col));
    between.filter_map(|(_, value)| number(value)).any(|number| !(2000.0..2100.0).contains(&number))
}

/// More for each thing recognised; a repeated key adds little, since data under a header would add it too.
fn weight(header: &Header) -> usize {
    let mut seen: Vec<&str> = Vec::new();
    let mut weight = 0;
    for (key, likeness) in header.columns.iter().filter_map(|column| column.key.as_ref()) {
        if !seen.contains(&key.as_str()) {
            seen.push(key);
            weight += match likeness {
                Likeness::Exact => 5,
                Likeness::Alike => 3,
            };
        }
    }
    weight
}

fn compose(grid: &Grid, vocabulary: &Vocabulary, first_row: u32, last_row: u32) -> Header {
    let mut cols: Vec<u32> =
        (first_row..=last_row).flat_map(|row| grid.row(row).iter().map(|cell| cell.0.col)).collect();
    cols.sort_unstable();
    cols.dedup();
    let columns = cols.iter().filter_map(|&col| compose_column(grid, vocabulary, first_row, last_row, col)).collect();
    Header { first_row, last_row, columns }
}

fn compose_column(grid: &Grid, vocabulary: &Vocabulary, first_row: u32, last_row: u32, col: u32) -> Option<Column> {
    let mut parts: Vec<String> = Vec::new();
    for row in first_row..=last_row {
        let own = header_text(grid, CellRef::new(row, col)).filter(|text| !is_value(vocabulary, text));
        let text = own.or_else(|| spanning_text(grid, row, last_row, col));
        if let Some(text) = text.filter(|text| !parts.contains(text)) {
            parts.push(text);
        }
    }
    let text = parts.join(" ");
    // "Tiêu chí 1.5.1" is the code of a row.
    let is_code = parts.iter().any(|part| {
        part.as_bytes()
            .windows(3)
            .any(|w| w[0].is_ascii_digit() && matches!(w[1], b'.' | b',') && w[2].is_ascii_digit())
    });
    if text.is_empty() || is_code || text.chars().count() > HEADER_LETTERS {
        return None;
    }
    let folded = text::fold(&text);
    let (whole, years) = without_years(&folded);
    let lowest = match &parts[..] {
        [.., last] if parts.len() > 1 => text::fold(last),
        _ => folded.clone(),
    };
    let key = recognise_column(vocabulary, &whole, &without_years(&lowest).0)
        .map(|(key, likeness)| (key.to_owned(), likeness));
    Some(Column { col, text, key, years })
}

/// A whole header that is a phrase wins; then its lowest row, unless that is too vague; then what the whole resembles.
fn recognise_column<'a>(vocabulary: &'a Vocabulary, whole: &str, lowest: &str) -> Option<(&'a str, Likeness)> {
    if let Some(key) = vocabulary.exact(whole) {
        return Some((key, Likeness::Exact));
    }
    let low = vocabulary.recognise(lowest);
    match low {
        Some((key, Likeness::Exact)) if !VAGUE.contains(&key) => low,
        _ => vocabulary.recognise(whole).or(low),
    }
}

fn header_text(grid: &Grid, at: CellRef) -> Option<String> {
    match grid.get(at)? {
        Value::Text(text) => Some(text::clean(text)).filter(|text| !text.is_empty()),
        _ => None,
    }
}

/// The text of an upper row that reaches over this column: by a merged range, else, where there are cells below, by
/// being the nearest one to the left.
fn spanning_text(grid: &Grid, row: u32, last_row: u32, col: u32) -> Option<String> {
    let covers = |range: &&(CellRef, CellRef)| {
        range.0.row <= row && row <= range.1.row && range.0.col <= col && col <= range.1.col
    };
    if let Some((top_left, _)) = grid.merges.iter().find(covers) {
        return if top_left.row == row { header_text(grid, *top_left) } else { None };
    }
    // Where a row has merged cells, what is not merged does not reach.
    let merged = grid.merges.iter().any(|range| range.0.row <= row && row <= range.1.row && range.0.col < range.1.col);
    if row == last_row || merged || header_text(grid, CellRef::new(row + 1, col)).is_none() {
        return None;
    }
    let left = grid.row(row).iter().rev().find(|(at, _)| at.col < col)?;
    header_text(grid, CellRef::new(row + 1, left.0.col))?;
    header_text(grid, left.0)
}

/// Takes years, column numbers and "năm học" around them out of a folded header.
fn without_years(folded: &str) -> (Cow<'_, str>, Vec<u16>) {
    if !folded.bytes().any(|byte| byte.is_ascii_digit()) {
        return (Cow::Borrowed(folded), Vec::new());
    }
    let mut years = Vec::new();
    let mut kept: Vec<&str> = Vec::new();
    for word in folded.split(' ') {
        let number = word.parse::<u16>().ok();
        match number {
            Some(year) if (2000..2100).contains(&year) && word.len() == 4 => {
                years.push(year);
                if kept.last() == Some(&"hoc") {
                    kept.pop();
                }
                if kept.last() == Some(&"nam") {
                    kept.pop();
                }
            }
            Some(_) => {}
            None => kept.push(word),
        }
    }
    (Cow::Owned(kept.join(" ")), years)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::words::WordFile;
    use super::*;

    fn keys(header: &Header) -> Vec<(u32, &str)> {
        header.columns.iter().filter_map(|c| Some((c.col, c.key.as_ref()?.0.as_str()))).collect()
    }

    fn scored(header: &Header) -> bool {
        header.column("title").is_some() && header.column("max").is_some()
    }

    #[test]
    fn a_plain_header_is_found_below_other_text() {
        let grid = Grid::from_rows(
            "S",
            [
                vec!["PHIẾU TỰ ĐÁNH GIÁ", ""],
                vec!["Năm học 2024-2025"],
                vec!["TT", "Nội dung đánh giá", "Điểm\nchuẩn (1)", "Tự chấm (*)", "Hồ sơ minh chứng", "Ghi chú"],
                vec!["1", "Học liệu số", "10", "7"],
            ],
        );
        let headers = find_headers(&grid, words().columns("return"), scored);
        assert_eq!(headers.len(), 1);
        assert_eq!((headers[0].first_row, headers[0].last_row), (2, 2));
        let want = [(0, "code"), (1, "title"), (2, "max"), (3, "self"), (4, "evidence"), (5, "note")];
        assert_eq!(keys(&headers[0]), want);
    }

    #[test]
    fn two_levels_are_read_together() {
        let rows = [
            vec!["STT", "Tiêu chí", "Điểm", "", "", "Minh chứng"],
            vec!["", "", "Tối đa", "Tự đánh giá", "Thẩm định", ""],
            vec!["1", "Học liệu số", "10", "7", "6"],
        ];
        let mut grid = Grid::from_rows("S", rows);
        let want = [(0, "code"), (1, "title"), (2, "max"), (3, "self"), (4, "verified"), (5, "evidence")];
        let headers = find_headers(&grid, words().columns("return"), scored);
        assert_eq!((headers[0].first_row, headers[0].last_row), (0, 1));
        assert_eq!(keys(&headers[0]), want);
        grid.merges = vec![(CellRef::new(0, 2), CellRef::new(0, 4)), (CellRef::new(0, 0), CellRef::new(1, 0))];
        assert_eq!(keys(&find_headers(&grid, words().columns("return"), scored)[0]), want);
    }

    #[test]
    fn the_lower_row_of_a_header_says_what_a_column_is() {
        let rows = [
            vec!["STT", "Tiêu chí", "Điểm tối đa", "Kết quả tự đánh giá", "", ""],
            vec!["", "", "", "Điểm", "Mức độ", "Minh chứng"],
        ];
        let headers = find_headers(&Grid::from_rows("S", rows), words().columns("return"), scored);
        let want = [(0, "code"), (1, "title"), (2, "max"), (3, "self"), (4, "level"), (5, "evidence")];
        assert_eq!(keys(&headers[0]), want);
    }

    #[test]
    fn the_first_row_of_data_is_none_of_the_header() {
        let mut grid = Grid::from_rows("S", [["Mã", "Nội dung", "Điểm tự đánh giá", "Ghi chú"]]);
        let cells = [Value::Text("1".to_owned()), Value::Text("Nhóm 1".to_owned()), Value::Number(0.5)];
        let last = Value::Text("Mức độ 1, minh chứng".to_owned());
        let row = cells.into_iter().chain([last]).zip(0..).map(|(value, col)| (CellRef::new(1, col), value));
        grid = Grid::new("S".to_owned(), grid.cells().iter().cloned().chain(row).collect());
        let headers = find_headers(&grid, words().columns("return"), |_| true);
        assert_eq!((headers[0].first_row, headers[0].last_row), (0, 0));
        assert_eq!(keys(&headers[0]), [(0, "code"), (1, "title"), (2, "self"), (3, "note")]);
    }

    #[test]
    fn a_score_with_its_unit_is_no_header() {
        let vocabulary = words().columns("return");
        for text in ["5 điểm", "7,5 điểm", "Điểm: 5", "5/10 điểm", "Kết quả: 7", "Mức 2", "Nội dung 3", "１０ điểm"]
        {
            assert!(is_value(vocabulary, text), "{text}");
        }
        for text in ["Điểm (4)", "Điểm\n4", "[4] Điểm", "3. Điểm", "3) Điểm tối đa", "Điểm năm 2025", "Điểm", "4"]
        {
            assert!(!is_value(vocabulary, text), "{text}");
        }
        let rows = [
            ["Mã", "Nội dung", "Điểm tối đa", "Điểm tự đánh giá"],
            ["1.1", "Nội dung số hóa học liệu", "10", "5 điểm"],
            ["1.2", "Nội dung", "10", "Điểm: 7,5"],
        ];
        let two = |header: &Header| header.columns.iter().filter(|column| column.key.is_some()).count() >= 2;
        let headers = find_headers(&Grid::from_rows("S", rows), vocabulary, two);
        assert_eq!(headers.iter().map(|header| (header.first_row, header.last_row)).collect::<Vec<_>>(), [(0, 0)]);
    }

    #[test]
    fn years_are_told_apart() {
        let rows = [vec!["Tiêu chí", "Điểm tối đa", "Tự đánh giá năm học 2023-2024", "Tự đánh giá năm 2025"]];
        let headers = find_headers(&Grid::from_rows("S", rows), words().columns("return"), scored);
        let selves: Vec<_> = headers[0].all("self").map(|c| c.years.clone()).collect();
        assert_eq!(selves, [vec![2023, 2024], vec![2025]]);
    }

    #[test]
    fn misspelt_and_longer_headers_are_alike() {
        let vocabulary = words().columns("return");
        assert_eq!(vocabulary.recognise("diem tu danh gia"), Some(("self", Likeness::Exact)));
        assert_eq!(vocabulary.recognise("diem tu danh gja"), Some(("self", Likeness::Alike)));
        assert_eq!(vocabulary.recognise("diem toi da cua tieu chi"), Some(("max", Likeness::Alike)));
        assert_eq!(vocabulary.recognise("ngay thang"), None);
        for (header, key) in [
            ("to danh gia lai", Some("verified")),
            ("muc do tu danh gia lan mot", Some("level")),
            ("diem danh gia cua to tham dinh cap xa", Some("verified")),
            ("diem tu danh gia nam truoc cua truong", Some("other_year")),
            ("noi dung tu danh gia", Some("title")),
            ("minh chung tu danh gia", Some("evidence")),
        ] {
            assert_eq!(vocabulary.recognise(header).map(|(key, _)| key), key, "{header}");
        }
    }

    #[test]
    fn no_phrase_of_a_table_means_two_columns() {
        let file: WordFile = toml::from_str(include_str!("../templates/words.toml")).unwrap();
        for (table, keys) in &file.columns {
            let mut seen = BTreeMap::new();
            for (key, phrase) in keys.iter().flat_map(|(key, words)| words.iter().map(move |w| (key, text::fold(w)))) {
                assert_eq!(*seen.entry(phrase.clone()).or_insert(key), key, "{table}: {phrase}");
            }
        }
    }
}
