//! What must hold for any input at all, stage by stage. The fuzz targets look for inputs that break a law;
//! `tests/fuzz.rs` holds the laws against a few thousand inputs in every test run.
//!
//! ```text
//! cargo install cargo-fuzz
//! cargo +nightly fuzz run bytes_to_grid fuzz/corpus/bytes_to_grid -- -max_total_time=1200 -timeout=20 -rss_limit_mb=2048
//! ```
//! (also `grid_to_return`, `text_to_points`, `toml_to_rules`, `json_to_outcome`). `cargo test --test fuzz -- --ignored`
//! writes inputs to begin with into `fuzz/corpus`.

use std::sync::OnceLock;

use cds::check::{Checked, State, check};
use cds::finding::{Lang, code};
use cds::form::FormReader;
use cds::grid::{CellRef, Drawn, DrawnKind, Fact, Grid, Spans, Time, Value};
use cds::layouts::form::{Column, Layout};
use cds::outcome::Outcome;
use cds::points::Points;
use cds::reader::{Content, Limits, Reading, read_bytes_here};
use cds::rules::{RuleBook, RuleSet};

/// Panics that the reader catches and names are no news; a broken law still ends the process.
pub fn be_quiet() {
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map_or("", |place| place.file());
        // Of the program and of the laws themselves; parsers in other crates may panic inside a reader.
        if place.contains("laws.rs") || place.starts_with("src/") || place.contains("/src/") && place.contains("cds") {
            use std::io::Write;
            let _ = writeln!(std::io::stderr(), "{panic}");
        }
    }));
}

/// Bytes are a file; or, after a zero byte, the parts of a workbook: a worksheet, shared strings and styles, parted
/// by zero bytes. What calamine reads is read directly as the same, and what is read is within the limits.
pub fn bytes_to_grid(bytes: &[u8]) {
    let limits = Limits { inflated_bytes: 4 << 20, sheet_cells: 5_000, file_cells: 8_000, ..Limits::default() };
    let package;
    let bytes = match bytes {
        [0, parts @ ..] => {
            package = stored(parts);
            &package[..]
        }
        bytes => bytes,
    };
    let reading = read_bytes_here(bytes, &limits);
    let by_calamine = read_bytes_here(bytes, &Limits { direct: false, ..limits.clone() });
    // Where calamine leaves a sheet out, for an error value that it does not know or for what it trips over, the direct
    // way may read it. Values that are not equal to themselves are compared by how they show.
    if !leaves_out(&by_calamine) || leaves_out(&reading) {
        assert_eq!(format!("{reading:?}"), format!("{by_calamine:?}"));
    }
    within(&reading, &limits);
}

fn leaves_out(reading: &Reading) -> bool {
    match &reading.content {
        Content::Workbook(book) => {
            book.findings.iter().any(|f| [code::SHEET_UNREADABLE, code::SHEET_WITH_NEW_ERROR].contains(&f.code))
        }
        Content::Archive(archive) => archive.members.iter().any(|member| leaves_out(&member.reading)),
        _ => true,
    }
}

fn within(reading: &Reading, limits: &Limits) {
    match &reading.content {
        Content::Workbook(book) => {
            let cells: usize = book.grids.iter().map(|grid| grid.cells().len()).sum();
            assert!(!book.grids.is_empty() && book.grids.len() <= limits.sheets && cells <= limits.file_cells);
            for grid in &book.grids {
                let is_there = |at: &CellRef| at.row < cds::grid::MAX_ROWS && at.col < cds::grid::MAX_COLS;
                assert!(grid.cells().is_sorted_by(|a, b| a.0 < b.0));
                assert!(grid.cells().iter().all(|(at, _)| is_there(at)));
                assert!(grid.facts().is_sorted_by_key(|fact| fact.0) && grid.facts().len() <= limits.sheet_cells);
                assert!(grid.facts().iter().all(|(at, _)| is_there(at)));
                assert!(grid.drawn.iter().all(|drawn| is_there(&drawn.to) && drawn.from.row <= drawn.to.row));
                let last = |spans: &Spans| spans.runs().last().map_or(0, |run| run.1);
                assert!(last(&grid.hidden_rows) < cds::grid::MAX_ROWS && last(&grid.hidden_cols) < cds::grid::MAX_COLS);
            }
        }
        Content::Archive(archive) => {
            assert!(archive.members.len() <= limits.archive_members);
            archive.members.iter().for_each(|member| within(&member.reading, limits));
        }
        Content::Other(_) => {}
        Content::Unreadable(why) => {
            assert!(!why.is_empty());
            assert!(why.iter().all(|finding| !finding.message(Lang::Vi).is_empty()));
        }
    }
}

/// A workbook of these parts, without compression.
fn stored(parts: &[u8]) -> Vec<u8> {
    const RELATION: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let relation = |id: &str, kind: &str, target: &str| {
        format!(r#"<Relationship Id="{id}" Type="{RELATION}/{kind}" Target="{target}"/>"#)
    };
    let rels = |all: &str| format!("<Relationships>{all}</Relationships>").into_bytes();
    let of_book = relation("a", "worksheet", "s.xml")
        + &relation("b", "sharedStrings", "sharedStrings.xml")
        + &relation("c", "styles", "styles.xml");
    let book = r#"<workbook><sheets><sheet name="A" sheetId="1" r:id="a"/></sheets></workbook>"#;
    let mut pieces = parts.splitn(3, |b| *b == 0);
    let mut files: Vec<(&str, Vec<u8>)> = vec![
        ("[Content_Types].xml", b"<Types/>".to_vec()),
        ("_rels/.rels", rels(&relation("m", "officeDocument", "xl/workbook.xml"))),
        ("xl/workbook.xml", book.as_bytes().to_vec()),
        ("xl/_rels/workbook.xml.rels", rels(&of_book)),
    ];
    for name in ["xl/s.xml", "xl/sharedStrings.xml", "xl/styles.xml"] {
        if let Some(part) = pieces.next() {
            files.push((name, part.to_vec()));
        }
    }
    let (mut out, mut directory) = (Vec::new(), Vec::new());
    for (name, part) in &files {
        let mut about = vec![20, 0, 0, 0, 0, 0, 0, 0, 0x21, 0];
        about.extend(crc(part).to_le_bytes());
        about.extend((part.len() as u32).to_le_bytes());
        about.extend((part.len() as u32).to_le_bytes());
        about.extend((name.len() as u16).to_le_bytes());
        about.extend([0, 0]);
        directory.extend([&b"PK\x01\x02\x14\0"[..], &about, &[0; 10], &(out.len() as u32).to_le_bytes()].concat());
        directory.extend(name.as_bytes());
        out.extend([&b"PK\x03\x04"[..], &about, name.as_bytes(), part].concat());
    }
    let start = out.len() as u32;
    let count = (files.len() as u16).to_le_bytes();
    out.extend(&directory);
    out.extend([&b"PK\x05\x06\0\0\0\0"[..], &count, &count, &(directory.len() as u32).to_le_bytes()].concat());
    out.extend([&start.to_le_bytes()[..], &[0, 0]].concat());
    out
}

/// The checksum of zip, bit by bit: parts are small here, and no further crate is needed.
fn crc(bytes: &[u8]) -> u32 {
    let mut crc = !0_u32;
    for byte in bytes {
        crc ^= u32::from(*byte);
        for _ in 0..8 {
            crc = if crc & 1 == 1 { (crc >> 1) ^ 0xEDB8_8320 } else { crc >> 1 };
        }
    }
    !crc
}

/// The embedded sets with the grids of their blank forms.
struct Blanks {
    book: RuleBook,
    grids: Vec<Vec<Grid>>,
}

fn blanks() -> &'static Blanks {
    static BLANKS: OnceLock<Blanks> = OnceLock::new();
    BLANKS.get_or_init(|| {
        let forms: [&[u8]; 3] = [
            include_bytes!("../templates/forms/qd-4725-2022.xlsx"),
            include_bytes!("../templates/forms/qd-3276-2024.xlsx"),
            include_bytes!("../templates/forms/qd-3806-2024.xlsx"),
        ];
        let grids = forms.map(|form| match read_bytes_here(form, &Limits::default()).content {
            Content::Workbook(book) => book.grids,
            other => unreachable!("a form of ours: {other:?}"),
        });
        let book = cds::rules::book(Vec::new()).map(|assembled| assembled.book).unwrap_or_default();
        assert_eq!(book.sets.len(), 3);
        Blanks { book, grids: grids.to_vec() }
    })
}

fn reader() -> &'static FormReader<'static> {
    static READER: OnceLock<FormReader<'static>> = OnceLock::new();
    READER.get_or_init(|| FormReader::new(&blanks().book, "2024-2025"))
}

/// Bytes are edits to one of the blank forms. No points are counted beyond the maximum of their item, and the same
/// grids give the same return.
pub fn grid_to_return(bytes: &[u8]) {
    let mut edits = Edits(bytes);
    let blanks = blanks();
    let mut grids = blanks.grids[edits.byte() as usize % 3].clone();
    while !edits.0.is_empty() && grids.len() < 8 {
        edits.apply(&mut grids);
    }
    let found = reader().read(&grids);
    assert_eq!(format!("{found:?}"), format!("{:?}", reader().read(&grids)));
    for returned in &found.value {
        let Some(set) = blanks.book.get(&returned.set) else { unreachable!("a set of no book: {}", returned.set) };
        assert_eq!(returned.answers.len(), set.nodes.len());
        sound(&check(returned, set), set);
    }
    for finding in &found.findings {
        assert!(!finding.message(Lang::Vi).is_empty() && !finding.message(Lang::En).is_empty());
    }
}

fn sound(checked: &Checked, set: &RuleSet) {
    assert_eq!(checked.answers.len(), set.nodes.len());
    for (answer, node) in checked.answers.iter().zip(&set.nodes) {
        if answer.state == State::Counted
            && let (Some(points), Some(max)) = (answer.claimed, node.max)
        {
            assert!(Points::ZERO <= points && points <= max, "{}: {points} of {max}", node.code);
        }
    }
    for finding in &checked.findings {
        assert!(!finding.message(Lang::Vi).is_empty() && !finding.message(Lang::En).is_empty());
    }
}

/// Edits to grids, as many as the bytes last for.
struct Edits<'a>(&'a [u8]);

impl Edits<'_> {
    fn byte(&mut self) -> u8 {
        let Some((first, rest)) = self.0.split_first() else { return 0 };
        self.0 = rest;
        *first
    }

    fn cell(&mut self) -> CellRef {
        CellRef::new(u32::from(self.byte()), u32::from(self.byte() % 16))
    }

    fn text(&mut self) -> String {
        let len = usize::from(self.byte() % 40).min(self.0.len());
        let (text, rest) = self.0.split_at(len);
        self.0 = rest;
        String::from_utf8_lossy(text).into_owned()
    }

    fn value(&mut self, grid: &Grid) -> Option<Value> {
        Some(match self.byte() % 9 {
            0 | 1 => Value::Text(self.text()),
            2 => Value::Number(f64::from(self.byte()) / 4.0),
            3 => {
                let bits: [u8; 8] = std::array::from_fn(|_| self.byte());
                Value::Number(f64::from_le_bytes(bits))
            }
            4 => Value::Bool(self.byte() & 1 == 1),
            5 => Value::Error("#REF!".to_owned()),
            6 => match self.byte() & 1 {
                0 => Value::Uncomputed,
                _ => Value::Time(Time { days: f64::from(self.byte()) / 16.0, is_length: self.byte() & 1 == 1 }),
            },
            // Another cell's value: words of the form in places where they do not belong.
            7 => grid.cells().get(usize::from(self.byte()) * 2)?.1.clone(),
            _ => return None,
        })
    }

    fn fact(&mut self) -> Fact {
        match self.byte() % 4 {
            0 => Fact::Raised { level: self.text(), without: self.text() },
            1 => Fact::CrossedOut { out: self.text(), whole: self.text() },
            2 => Fact::Shown(self.text()),
            _ => Fact::Link(self.text()),
        }
    }

    fn apply(&mut self, grids: &mut Vec<Grid>) {
        let which = usize::from(self.byte()) % grids.len();
        let what = self.byte() % 13;
        if what == 9 {
            let copy = grids[which].clone();
            grids.push(copy);
            return;
        }
        if what == 8 {
            let last = grids.len() - 1;
            grids.swap(which, last);
            return;
        }
        let grid = &grids[which];
        let mut cells = grid.cells().to_vec();
        let (at, n) = (self.cell(), u32::from(self.byte() % 4) + 1);
        match what {
            // Rows or columns put in or taken out.
            0 => cells.iter_mut().filter(|(c, _)| c.row >= at.row).for_each(|(c, _)| c.row += n),
            1 => cells.retain(|(c, _)| !(at.row..at.row + n).contains(&c.row)),
            2 => cells.iter_mut().filter(|(c, _)| c.col >= at.col).for_each(|(c, _)| c.col += n),
            3 => cells.retain(|(c, _)| c.col != at.col),
            _ => {
                let value = self.value(grid);
                cells.retain(|(c, _)| *c != at);
                cells.extend(value.map(|value| (at, value)));
            }
        }
        let mut edited = grid.with_cells(cells);
        let to = CellRef::new(at.row + n, at.col + n);
        match what {
            7 => edited.merges.push((at, to)),
            10 => edited.hidden_rows = Spans::new(vec![(at.row, to.row), (to.row + 9, to.row + 9)]),
            11 => edited.hidden_cols = Spans::new(vec![(at.col, at.col)]),
            12 => {
                let facts = edited.facts().iter().cloned().chain([(at, self.fact())]).collect();
                edited = edited.with_facts(facts);
                let kind = [DrawnKind::CheckBox, DrawnKind::TextBox, DrawnKind::Picture][n as usize % 3];
                edited.drawn.push(Drawn { kind, from: at, to, text: self.text() });
            }
            _ => {}
        }
        grids[which] = edited;
    }
}

/// Bytes are what stands in the score cell of an item worth 6 points. What does not count has a finding at its cell; a
/// plain number within the maximum and in half steps counts as it stands.
pub fn text_to_points(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    if text.is_empty() {
        return;
    }
    let blanks = blanks();
    let Some((set, index)) = blanks.book.sets.iter().find_map(|set| {
        let index = set.nodes.iter().position(|node| node.code.to_string() == "1.3.1")?;
        (set.nodes[index].max == Some(Points::whole(6))).then_some((set, index))
    }) else {
        unreachable!("an item worth 6 points")
    };
    let mut grids = blanks.grids[0].clone();
    for grid in grids.iter_mut().filter(|grid| grid.name == cds::layouts::form::TABLE_SHEET) {
        let at = Layout::of(set).cell(index, Column::Score);
        let mut cells = grid.cells().to_vec();
        cells.retain(|(c, _)| *c != at);
        cells.push((at, Value::Text(text.to_owned())));
        *grid = Grid::new(grid.name.clone(), cells);
    }
    let found = reader().read(&grids);
    let [returned] = &found.value[..] else { unreachable!("one form: {}", found.value.len()) };
    let checked = check(returned, set);
    sound(&checked, set);
    let answer = &checked.answers[index];
    match Points::parse(text) {
        Some(points)
            if Points::ZERO <= points && points <= Points::whole(6) && points.is_multiple_of(set.step.value) =>
        {
            assert_eq!((answer.state, answer.claimed), (State::Counted, Some(points)), "{text:?}");
        }
        _ => {}
    }
    let said = checked.findings.iter().any(|finding| finding.place.cell == answer.cell);
    assert!(answer.state != State::Void || said, "{text:?}: {answer:?}");
}

/// Bytes are a rule file. It is loaded, or every mistake has a text; what is loaded is told the same twice.
pub fn toml_to_rules(bytes: &[u8]) {
    match cds::rules::book(vec![("quy-tac/x.toml".to_owned(), bytes.to_vec())]) {
        Ok(assembled) => {
            assert!(!assembled.book.sets.is_empty());
            for set in &assembled.book.sets {
                for (index, node) in set.nodes.iter().enumerate() {
                    assert!(
                        node.parent.is_none_or(|parent| parent < index && set.nodes[parent].children.contains(&index))
                    );
                    assert!(set.attainable(index) >= Points::ZERO);
                }
            }
        }
        Err(mistakes) => assert!(!mistakes.is_empty()),
    }
}

/// Bytes are a `ket-qua.json`. What can be read is written and read again as the same.
pub fn json_to_outcome(bytes: &[u8]) {
    let Ok(outcome) = Outcome::read_json(bytes) else { return };
    let mut written = Vec::new();
    let done = outcome.write_json(&mut written);
    assert!(done.is_ok(), "{done:?}");
    match Outcome::read_json(&written) {
        Ok(again) => assert_eq!(format!("{again:?}"), format!("{outcome:?}")),
        Err(error) => panic!("{error}"),
    }
}
