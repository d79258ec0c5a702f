//! A TOML file that a person edits: typed access, and all its mistakes at once, each with file, line, key and the
//! nearest allowed word. Knows no key of any file.
//!
//! ```
//! use cds::settings::{Settings, Source};
//!
//! let source = Source::new("co-quan.toml", "ten = \"Phòng\"\nnam_hok = \"2024-2025\"\n");
//! let settings = Settings::of(&source);
//! let top = settings.top(&["ten", "nam_hoc"]);
//! let name = top.need("ten").and_then(|value| value.text());
//! assert_eq!(name.as_deref(), Some("Phòng"));
//! let mistakes = settings.finish();
//! assert_eq!(mistakes[0].line, 2);
//! ```

mod mistake;
mod source;
mod syntax;
mod table;
mod value;

use std::cell::RefCell;
use std::ops::Range;

use toml::de::DeTable;

pub use mistake::Mistake;
pub use source::Source;
pub use table::Table;
pub use value::Setting;

/// One file while it is read: its tables, and the mistakes found so far.
#[derive(Debug)]
pub struct Settings<'i> {
    source: &'i Source,
    root: DeTable<'i>,
    /// Where the lines begin.
    lines: Vec<usize>,
    /// Lines that are no TOML: nothing more is said about them, nor about what they would have held.
    broken: Vec<u32>,
    mistakes: RefCell<Vec<Mistake>>,
}

impl<'i> Settings<'i> {
    /// Reads what can be read. What is no TOML is a mistake already.
    pub fn of(source: &'i Source) -> Settings<'i> {
        let (root, errors) = DeTable::parse_recoverable(&source.mended);
        let text = &source.text;
        let mut settings = Settings {
            source,
            root: root.into_inner(),
            lines: std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect(),
            broken: Vec::new(),
            mistakes: RefCell::default(),
        };
        let found = errors.iter().map(|e| (e.span().map_or(text.len(), |span| span.start), e.message()));
        for (at, words) in source.told.iter().map(|(at, words)| (*at, words.as_str())).chain(found) {
            let (line, column) = settings.position(at);
            if !settings.broken.contains(&line) {
                let (vi, en) = syntax::explain(settings.line(line), words);
                settings.push(line, column, String::new(), vi, en, true);
                settings.broken.push(line);
            }
        }
        settings
    }

    /// The table of the file itself, which may hold these keys and tables.
    pub fn top(&self, allowed: &[&str]) -> Table<'_> {
        Table::open(self, &self.root, 0..0, String::new(), allowed)
    }

    /// The name of the file.
    pub fn file(&self) -> &str {
        &self.source.file
    }

    /// Whether something was said so far that is not only a warning.
    pub fn has_errors(&self) -> bool {
        self.mistakes.borrow().iter().any(|mistake| mistake.is_error)
    }

    /// Whether some lines are no TOML, so that what seems to be missing may only be unreadable.
    pub fn is_broken(&self) -> bool {
        !self.broken.is_empty()
    }

    /// All mistakes, in the order of the lines.
    pub fn finish(self) -> Vec<Mistake> {
        let mut mistakes = self.mistakes.into_inner();
        mistakes.sort_by_key(|mistake| (mistake.line, mistake.column));
        mistakes
    }

    /// Line and column, both from 1, of a byte of the text.
    fn position(&self, at: usize) -> (u32, u32) {
        let line = self.lines.partition_point(|&start| start <= at).max(1);
        let start = self.lines[line - 1];
        let column = self.source.text.get(start..at).map_or(0, |before| before.chars().count());
        (line as u32, column as u32 + 1)
    }

    /// The text of a line, which counts from 1.
    fn line(&self, line: u32) -> &'i str {
        let start = self.lines.get(line as usize - 1).copied().unwrap_or(self.source.text.len());
        self.source.text[start..].lines().next().unwrap_or_default()
    }

    fn push(&self, line: u32, column: u32, key: String, vi: String, en: String, is_error: bool) {
        if !self.broken.contains(&line) {
            let file = self.source.file.clone();
            self.mistakes.borrow_mut().push(Mistake { file, line, column, key, vi, en, is_error });
        }
    }

    /// A mistake at a span of the text.
    fn say(&self, span: &Range<usize>, key: String, vi: String, en: String, is_error: bool) {
        let (line, column) = self.position(span.start);
        self.push(line, column, key, vi, en, is_error);
    }

    /// Whether a key that seems to be missing from the table at this byte stands there on a line that is no TOML.
    fn may_be_unreadable(&self, key: &str, table: usize) -> bool {
        let (start, _) = self.position(table);
        let in_table = |line: u32| !(start + 1..=line).any(|between| self.line(between).trim_start().starts_with('['));
        let begins =
            |line: &str| line.trim_start_matches(|c: char| c.is_whitespace() || "\"'".contains(c)).starts_with(key);
        self.broken.iter().any(|&line| line >= start && in_table(line) && begins(self.line(line)))
    }

    /// Whether the header of a table that seems to be missing is no TOML.
    fn header_may_be_unreadable(&self, key: &str) -> bool {
        let begins = |line: &str| {
            let name = line.trim_start().strip_prefix('[').map(|name| name.trim_start_matches(['[', ' ', '\t']));
            name.is_some_and(|name| name.starts_with(key))
        };
        self.broken.iter().any(|&line| begins(self.line(line)))
    }
}
