//! Texts of the command line in both languages. clap keeps one string for each, so both stand in it until the language
//! of this call is known.

use std::fmt;

use crate::finding::Lang;

/// Between the Vietnamese and the English half: no text for people holds it.
pub const BETWEEN: char = '‖';

/// A text in Vietnamese and in English.
macro_rules! both {
    ($vi:literal, $en:literal) => {
        concat!($vi, "‖", $en)
    };
}
pub(super) use both;

/// The half of a text that is in this language; a text without halves is the same in both.
pub fn pick(text: &str, lang: Lang) -> &str {
    match (text.split_once(BETWEEN), lang) {
        (Some((vi, _)), Lang::Vi) => vi,
        (Some((_, en)), Lang::En) => en,
        (None, _) => text,
    }
}

/// Why the value of an option cannot be used, and how to write it: a text of [`both`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wrong(pub &'static str);

impl fmt::Display for Wrong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(pick(self.0, Lang::En))
    }
}

impl std::error::Error for Wrong {}
