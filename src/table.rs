//! Header words to columns: serves returns, roster, receipts and verified scores alike. The words are data
//! (`templates/words.toml`); here is how they are matched.

use std::collections::{BTreeMap, HashMap};
use std::sync::OnceLock;

use serde::Deserialize;

use crate::grid::{CellRef, Grid, Value};
use crate::text;

/// `templates/words.toml`: every key with its words.
#[derive(Debug, Deserialize)]
struct WordFile {
    columns: BTreeMap<String, BTreeMap<String, Vec<String>>>,
    states: BTreeMap<String, Vec<String>>,
    review_kinds: BTreeMap<String, Vec<String>>,
    labels: BTreeMap<String, Vec<String>>,
    answers: BTreeMap<String, Vec<String>>,
    totals: BTreeMap<String, Vec<String>>,
    prefixes: BTreeMap<String, Vec<String>>,
    kind_words: BTreeMap<String, Vec<String>>,
}

/// Keys, each with the folded phrases that mean it.
#[derive(Debug, Default)]
pub struct Vocabulary {
    phrases: Vec<(String, String)>,
    by_phrase: HashMap<String, usize>,
}

/// All the words by which things are recognised.
#[derive(Debug)]
pub struct Words {
    columns: BTreeMap<String, Vocabulary>,
    /// States of a school in the roster: keys `closed`, `working`.
    pub states: Vocabulary,
    /// Ways in which a score was verified: keys `ho_so`, `tai_truong`, `dinh_chinh`.
    pub review_kinds: Vocabulary,
    /// Labels of the school block.
    pub labels: Vocabulary,
    /// Answers in words: keys `yes`, `no`, `zero`.
    pub answers: Vocabulary,
    /// Marks that fold to nothing: `(key, mark)`, keys `yes_marks`, `no_marks`.
    pub marks: Vec<(String, String)>,
    /// Total rows.
    pub totals: Vocabulary,
    /// Words before the code of a row.
    pub prefixes: Vocabulary,
    /// Words for kinds of school within names; the key is what they stand for.
    pub kind_words: Vocabulary,
}

/// The words of `templates/words.toml`, read once.
pub fn words() -> &'static Words {
    static WORDS: OnceLock<Words> = OnceLock::new();
    WORDS.get_or_init(|| {
        let file: WordFile = match toml::from_str(include_str!("../templates/words.toml")) {
            Ok(file) => file,
            Err(error) => unreachable!("templates/words.toml is part of the program and tested: {error}"),
        };
        let marks = file.answers.iter().filter(|(key, _)| key.ends_with("_marks"));
        Words {
            columns: file.columns.iter().map(|(name, keys)| (name.clone(), Vocabulary::new(keys))).collect(),
            states: Vocabulary::new(&file.states),
            review_kinds: Vocabulary::new(&file.review_kinds),
            labels: Vocabulary::new(&file.labels),
            marks: marks.flat_map(|(k, marks)| marks.iter().map(move |m| (k.clone(), m.clone()))).collect(),
            answers: Vocabulary::new(&file.answers),
            totals: Vocabulary::new(&file.totals),
            prefixes: Vocabulary::new(&file.prefixes),
            kind_words: Vocabulary::new(&file.kind_words),
        }
    })
}

impl Words {
    /// The header words of one kind of table: `return`, `roster`, `receipts`, ...
    pub fn columns(&self, table: &str) -> &Vocabulary {
        match self.columns.get(table) {
            Some(vocabulary) => vocabulary,
            None => unreachable!("[columns.{table}] is in templates/words.toml"),
        }
    }
}

/// How a text was recognised.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Likeness {
    /// One of the known phrases, letter for letter once folded.
    Exact,
    /// It contains a known phrase, or is nearly one.
    Alike,
}

/// Below this likeness a misspelt phrase is not taken for a known one.
const LEAST_LIKENESS: f64 = 0.84;

impl Vocabulary {
    fn new(keys: &BTreeMap<String, Vec<String>>) -> Vocabulary {
        let mut phrases: Vec<(String, String)> = Vec::new();
        let mut by_phrase = HashMap::new();
        for (key, words) in keys {
            // The key itself is a word, so that a header may say `ma_truong`.
            for phrase in words.iter().map(|word| text::fold(word)).chain([text::fold(key)]) {
                if !phrase.is_empty() && !by_phrase.contains_key(&phrase) {
                    by_phrase.insert(phrase.clone(), phrases.len());
                    phrases.push((key.clone(), phrase));
                }
            }
        }
        Vocabulary { phrases, by_phrase }
    }

    /// The keys with their folded phrases.
    pub fn phrases(&self) -> impl Iterator<Item = (&str, &str)> {
        self.phrases.iter().map(|(key, phrase)| (key.as_str(), phrase.as_str()))
    }

    /// The key whose phrase equals this folded text.
    pub fn exact(&self, folded: &str) -> Option<&str> {
        self.by_phrase.get(folded).map(|&at| self.phrases[at].0.as_str())
    }

    /// The key that this folded text means: by an equal phrase, else by the phrases of two or more words that it
    /// contains, else by a phrase that is spelt nearly so.
    pub fn recognise(&self, folded: &str) -> Option<(&str, Likeness)> {
        if let Some(key) = self.exact(folded) {
            return Some((key, Likeness::Exact));
        }
        if let Some(key) = self.contained(folded) {
            return Some((key, Likeness::Alike));
        }
        if folded.len() < 6 {
            return None;
        }
        let spelt = self.phrases().filter(|(_, phrase)| keeps_short_words(folded, phrase));
        let scored = spelt.map(|(key, phrase)| (text::likeness(folded, phrase), key));
        let (likeness, key) = scored.max_by(|a, b| a.0.total_cmp(&b.0))?;
        (likeness >= LEAST_LIKENESS).then_some((key, Likeness::Alike))
    }

    /// By the phrase that the text begins with, if that says what the column is of ("Mức độ tự đánh giá" is a level);
    /// else who else has assessed or when; else the longest phrase.
    fn contained(&self, folded: &str) -> Option<&str> {
        let contained = self.phrases().filter(|(_, phrase)| contains_words(folded, phrase));
        let (mut first, mut longest, mut other) = (None, None, None);
        for (key, phrase) in contained {
            if LEADING.contains(&key) && phrase.len() > 4 && folded.starts_with(phrase) {
                first = longer(first, (key, phrase));
            }
            if phrase.contains(' ') {
                longest = longer(longest, (key, phrase));
                if OTHERS.contains(&key) {
                    other = longer(other, (key, phrase));
                }
            }
        }
        let is_score = longest.is_some_and(|(key, _)| SCORES.contains(&key));
        let other = other.filter(|_| is_score);
        first.or(other).or(longest).map(|(key, _)| key)
    }
}

/// Keys of columns that may hold a score.
pub const SCORES: [&str; 4] = ["self", "component", "generic", "verified"];
/// Keys of columns that are what their title begins with, whatever follows.
const LEADING: [&str; 4] = ["title", "max", "level", "evidence"];
/// Keys of scores that are not the school's own of this year.
const OTHERS: [&str; 2] = ["verified", "other_year"];

fn longer<'a>(best: Option<(&'a str, &'a str)>, next: (&'a str, &'a str)) -> Option<(&'a str, &'a str)> {
    Some(best.filter(|best| best.1.len() >= next.1.len()).unwrap_or(next))
}

/// Whether a misspelt text has the short words of a phrase as they are: "tổ đánh giá" is not a misspelt "tự đánh giá".
fn keeps_short_words(folded: &str, phrase: &str) -> bool {
    let words: Vec<&str> = folded.split(' ').collect();
    phrase.split(' ').filter(|word| word.len() <= 2).all(|word| words.contains(&word))
}

/// Whether a folded text contains a folded phrase as whole words.
pub fn contains_words(folded: &str, phrase: &str) -> bool {
    folded.match_indices(phrase).any(|(at, _)| {
        let before = at == 0 || folded.as_bytes()[at - 1] == b' ';
        let end = at + phrase.len();
        before && (end == folded.len() || folded.as_bytes()[end] == b' ')
    })
}

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
const VAGUE: [&str; 2] = ["generic", "note"];

/// Every header on a sheet that `accepts` takes, from the top, none overlapping.
pub fn find_headers(grid: &Grid, vocabulary: &Vocabulary, accepts: impl Fn(&Header) -> bool) -> Vec<Header> {
    let starting = grid.rows().filter_map(|(row, _)| best_at(grid, vocabulary, row, &accepts));
    let mut found: Vec<(usize, Header)> = Vec::new();
    for (weight, header) in starting {
        match found.last_mut() {
            // A title above could pass for the first row of a header: of those that overlap, the one that says most.
            Some(last) if header.first_row <= last.1.last_row => {
                if weight > last.0 {
                    *last = (weight, header);
                }
            }
            _ => found.push((weight, header)),
        }
    }
    found.into_iter().map(|(_, header)| header).collect()
}

fn best_at(
    grid: &Grid,
    vocabulary: &Vocabulary,
    first_row: u32,
    accepts: &impl Fn(&Header) -> bool,
) -> Option<(usize, Header)> {
    // Cheap, and right: some word of every header's first row is spelt as we know it.
    let known = |value: &Value| match value {
        Value::Text(text) if text.len() <= 4 * HEADER_LETTERS => {
            vocabulary.exact(&without_years(&text::fold(text)).0).is_some()
        }
        _ => false,
    };
    if !grid.row(first_row).iter().any(|(_, value)| known(value)) {
        return None;
    }
    let mut best: Option<(usize, Header)> = None;
    for last_row in first_row..first_row + HEADER_ROWS {
        let header = compose(grid, vocabulary, first_row, last_row);
        let weight = weight(&header);
        if accepts(&header) && best.as_ref().is_none_or(|(w, _)| weight > *w) {
            best = Some((weight, header));
        }
    }
    best
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
        let own = header_text(grid, CellRef::new(row, col));
        let text = own.or_else(|| spanning_text(grid, row, last_row, col));
        if let Some(text) = text.filter(|text| !parts.contains(text)) {
            parts.push(text);
        }
    }
    let text = parts.join(" ");
    if text.is_empty() || text.chars().count() > HEADER_LETTERS {
        return None;
    }
    let (whole, years) = without_years(&text::fold(&text));
    let lowest = parts.last().map(|part| without_years(&text::fold(part)).0).unwrap_or_default();
    let key = recognise_column(vocabulary, &whole, &lowest).map(|(key, likeness)| (key.to_owned(), likeness));
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
fn without_years(folded: &str) -> (String, Vec<u16>) {
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
    (kept.join(" "), years)
}

#[cfg(test)]
mod tests {
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
