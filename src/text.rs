//! Vietnamese text: NFC, folding for comparison, nearest words. Holds no word of the domain.

mod decode;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

pub use decode::{NotText, decode};

/// Canonical composed text with invisible characters gone, white space squeezed to single spaces, and ends trimmed.
pub fn clean(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut gap = false;
    for c in text.nfc() {
        if c.is_whitespace() || c.is_control() {
            gap = true;
        } else if !is_invisible(c) {
            if gap && !out.is_empty() {
                out.push(' ');
            }
            gap = false;
            out.push(c);
        }
    }
    out
}

/// Zero-width characters, direction marks and the like: they carry nothing a person sees.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{00AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}')
}

/// For comparison: lower case, no accents, full-width forms narrowed, and only letters and digits, in words parted by
/// single spaces.
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut gap = false;
    for c in text.nfkd().filter(|&c| !is_combining_mark(c) && !is_invisible(c)) {
        if !c.is_alphanumeric() {
            gap = true;
            continue;
        }
        if gap && !out.is_empty() {
            out.push(' ');
        }
        gap = false;
        match c {
            'đ' | 'Đ' => out.push('d'),
            c => out.extend(c.to_lowercase()),
        }
    }
    out
}

/// How alike two folded texts are, from 0 (nothing in common) to 1 (equal).
pub fn likeness(a: &str, b: &str) -> f64 {
    strsim::normalized_damerau_levenshtein(a, b)
}

/// The one of `known` that is most like `word`, if any is at least `least` like it. Compared folded.
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>, least: f64) -> Option<&'a str> {
    let word = fold(word);
    let scored = known.into_iter().map(|k| (likeness(&word, &fold(k)), k));
    let best = scored.max_by(|a, b| a.0.total_cmp(&b.0))?;
    (best.0 >= least).then_some(best.1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folds_what_people_vary() {
        assert_eq!(fold("  Điểm TỰ\n đánh giá (1) *"), "diem tu danh gia 1");
        assert_eq!(fold("Tru\u{031B}o\u{031B}\u{0300}ng"), "truong");
        assert_eq!(fold("ＴＨ＆ＴＨＣＳ"), "th thcs");
        assert_eq!(fold("Ti\u{0309} lê\u{0323}"), fold("Tỉ lệ"));
    }

    #[test]
    fn cleans_to_nfc() {
        assert_eq!(clean(" a\u{00A0}\u{200B} b\r\n"), "a b");
        assert_eq!(clean("e\u{0302}\u{0301}"), "ế");
    }

    #[test]
    fn finds_the_nearest_word() {
        let known = ["level-share", "mean-score", "reach-level"];
        assert_eq!(nearest("level-shar", known, 0.6), Some("level-share"));
        assert_eq!(nearest("qwerty", known, 0.6), None);
    }
}
