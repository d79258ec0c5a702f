//! The text of a file that a person edits, mended so far that one bad line does not hide those below it.

use std::ops::Range;

use toml::de::DeTable;

/// How many lines are blanked to read on below them.
const MOST_MENDED: usize = 32;

/// A file before it is read. Lines at which the parser would stop are blank in what it reads.
#[derive(Debug)]
pub struct Source {
    /// The name that people see.
    pub(super) file: String,
    /// As it stands in the file.
    pub(super) text: String,
    /// As it is parsed: as long as `text`.
    pub(super) mended: String,
    /// What was wrong with the blanked lines: where, and the parser's words.
    pub(super) told: Vec<(usize, String)>,
}

impl Source {
    /// The text of a file, and the name by which people know it.
    pub fn new(file: &str, text: &str) -> Source {
        let mut source =
            Source { file: file.to_owned(), text: text.to_owned(), mended: text.to_owned(), told: Vec::new() };
        while source.told.len() < MOST_MENDED {
            let (_, errors) = DeTable::parse_recoverable(&source.mended);
            let stops = |error: &&toml::de::Error| error.message().starts_with("key with no value");
            let Some(error) = errors.iter().find(stops) else { break };
            let (at, words) = (error.span().map_or(0, |span| span.start), error.message().to_owned());
            let line = source.line_around(at);
            if source.mended[line.clone()].trim().is_empty() {
                break;
            }
            source.mended.replace_range(line.clone(), &" ".repeat(line.len()));
            source.told.push((line.start, words));
        }
        source
    }

    /// The bytes of the line that holds this byte, without its end.
    fn line_around(&self, at: usize) -> Range<usize> {
        let bytes = self.mended.as_bytes();
        let at = at.min(bytes.len());
        let start = bytes[..at].iter().rposition(|&b| b == b'\n').map_or(0, |i| i + 1);
        let end = bytes[start..].iter().position(|&b| b == b'\n').map_or(bytes.len(), |i| start + i);
        let end = if bytes[start..end].ends_with(b"\r") { end - 1 } else { end };
        start..end
    }
}
