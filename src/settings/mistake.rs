//! What is wrong with a file that a person edits, and where.

use crate::finding::Lang;
use crate::text::{self, NotText};

/// One thing that is wrong, or odd, in a file that a person edits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// The name of the file, as people know it.
    pub file: String,
    /// From 1; 0 for the file as a whole.
    pub line: u32,
    /// In characters, from 1; 0 where only the line is known.
    pub column: u32,
    /// Which setting: `set.id`, `1.6.1 max`; empty for what is no TOML.
    pub key: String,
    /// What is wrong and what to do, in Vietnamese.
    pub vi: String,
    /// The same in English.
    pub en: String,
    /// Whether the file cannot be used before it is mended.
    pub is_error: bool,
}

impl Mistake {
    /// About a file as a whole.
    pub fn whole(file: &str, vi: impl Into<String>, en: impl Into<String>) -> Mistake {
        Mistake {
            file: file.to_owned(),
            line: 0,
            column: 0,
            key: String::new(),
            vi: vi.into(),
            en: en.into(),
            is_error: true,
        }
    }

    /// That a file is no text.
    pub fn no_text(file: &str, why: NotText) -> Mistake {
        Mistake::whole(file, why.message(Lang::Vi), why.message(Lang::En))
    }

    /// What is wrong and what to do, in words.
    pub fn message(&self, lang: Lang) -> &str {
        match lang {
            Lang::Vi => &self.vi,
            Lang::En => &self.en,
        }
    }

    /// One line for people: `quy-tac/a.toml:12:7: set.id: …`.
    pub fn display(&self, lang: Lang) -> String {
        let mut line = self.file.clone();
        for number in [self.line, self.column] {
            if number > 0 {
                line.push_str(&format!(":{number}"));
            }
        }
        line.push_str(match (lang, self.is_error) {
            (Lang::Vi, true) => ": lỗi: ",
            (Lang::Vi, false) => ": cần xem lại: ",
            (Lang::En, true) => ": error: ",
            (Lang::En, false) => ": warning: ",
        });
        if !self.key.is_empty() {
            line.push_str(&self.key);
            line.push_str(": ");
        }
        line + self.message(lang)
    }
}

/// How alike a mistyped word must be to the one that is proposed.
const LIKENESS: f64 = 0.5;

/// The end of a message about a word that is not allowed: the nearest one that is, or all of them, in Vietnamese and
/// in English.
pub(super) fn instead(word: &str, allowed: &[&str]) -> (String, String) {
    if let Some(nearest) = text::nearest(word, allowed.iter().copied(), LIKENESS) {
        return (format!("có phải “{nearest}”?"), format!("did you mean “{nearest}”?"));
    }
    let list = allowed.join(", ");
    (format!("được dùng: {list}"), format!("allowed: {list}"))
}
