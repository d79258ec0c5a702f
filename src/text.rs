//! Vietnamese text: NFC, folding for comparison, nearest words. Holds no word of the domain.

mod cell;
mod confused;
mod decode;
mod fold;
mod inert;
pub mod legacy;
mod mask;
mod shared;
mod spelling;

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;

pub use cell::{MAX_CELL_TEXT, cell_text, cut, into_cell_text};
pub use confused::mended;
pub use decode::{NotText, decode};
pub use fold::{first_letters, fold, may_hold_digits};
pub use inert::{inert, lines_of_text, one_line};
pub use mask::Masked;
pub use shared::SharedTexts;
pub use spelling::{may_be_one_name, spelling, spelt_alike};

/// The language of what people read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Lang {
    /// Vietnamese.
    #[default]
    Vi,
    /// English.
    En,
}

/// Canonical composed text with invisible characters gone, white space squeezed to single spaces, and ends trimmed.
pub fn clean(text: &str) -> String {
    cleaned(text).into_owned()
}

/// As [`clean`]; what is clean already, as nearly every cell is, stays where it stands.
pub fn cleaned(text: &str) -> Cow<'_, str> {
    if is_clean(text) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut gap = false;
    let mut push = |c: char| {
        if c.is_whitespace() || c.is_control() {
            gap = true;
        } else if !is_invisible(c) {
            if gap && !out.is_empty() {
                out.push(' ');
            }
            gap = false;
            out.push(c);
        }
    };
    // Composing what is composed costs several times as much.
    if text.chars().all(is_composed) {
        text.chars().for_each(&mut push)
    } else {
        text.nfc().for_each(&mut push)
    }
    Cow::Owned(out)
}

/// Whether a text is surely clean: letters of ASCII, Latin and Vietnamese and the signs between them, no space at either
/// end, nor two in a row. Told by its bytes, since every text of every return and of every table is looked at.
pub fn is_clean(text: &str) -> bool {
    let bytes = text.as_bytes();
    let byte = |at: usize| bytes.get(at).copied().unwrap_or_default();
    let mut at = 0;
    let mut before = b' ';
    while let Some(&first) = bytes.get(at) {
        let length = match first {
            b' ' if before == b' ' => return false,
            b' '..=b'~' => 1,
            // U+00A1 to U+00BF but the soft hyphen.
            0xC2 if byte(at + 1) > 0xA0 && byte(at + 1) != 0xAD => 2,
            // U+00C0 to U+017F.
            0xC3..=0xC5 => 2,
            // U+01A0 to U+01B0.
            0xC6 if (0xA0..=0xB0).contains(&byte(at + 1)) => 2,
            // U+1EA0 to U+1EF9.
            0xE1 if byte(at + 1) == 0xBA && byte(at + 2) >= 0xA0 => 3,
            0xE1 if byte(at + 1) == 0xBB && byte(at + 2) <= 0xB9 => 3,
            // U+2010 to U+2027: dashes, quotes, the ellipsis.
            0xE2 if byte(at + 1) == 0x80 && (0x90..=0xA7).contains(&byte(at + 2)) => 3,
            // U+2192: the arrow.
            0xE2 if byte(at + 1) == 0x86 && byte(at + 2) == 0x92 => 3,
            _ => return false,
        };
        before = first;
        at += length;
    }
    before != b' ' || text.is_empty()
}

/// Letters that composing leaves alone beside one another.
fn is_composed(c: char) -> bool {
    matches!(c, '\0'..='\u{2FF}' | '\u{1E00}'..='\u{1EFF}' | '\u{2010}'..='\u{2027}')
}

/// Full-width digits and letters, no-break spaces and other compatibility forms as their plain ones. Figures above or below
/// the line and those that are no plain ones stay: they would become digits of a number.
pub fn narrow(text: &str) -> Cow<'_, str> {
    // Nearly every text: what is narrow stays as it is.
    if text.chars().all(is_narrow) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let stays = |c| is_off_the_line(c) || is_odd_figure(c);
    for piece in text.split_inclusive(stays) {
        let kept = piece.chars().next_back().filter(|&c| stays(c));
        let end = piece.len() - kept.map_or(0, char::len_utf8);
        out.extend(piece[..end].nfkc());
        out.extend(kept);
    }
    Cow::Owned(out)
}

/// Figures and their signs above or below the line: powers, or marks of notes.
pub fn is_off_the_line(c: char) -> bool {
    matches!(c, '²' | '³' | '¹' | '\u{2070}' | '\u{2074}'..='\u{207E}' | '\u{2080}'..='\u{208E}')
}

/// A figure in a ring or in brackets, of a fraction, of another script: the mark of a note more often than a number. Wide
/// figures are plain, some keyboards type them; Roman ones are letters.
pub fn is_odd_figure(c: char) -> bool {
    !c.is_ascii() && c.is_numeric() && !matches!(c, '０'..='９' | '\u{2160}'..='\u{2188}')
}

/// A text clean and in plain forms.
pub fn plain(text: &str) -> Cow<'_, str> {
    match narrow(text) {
        Cow::Borrowed(text) => cleaned(text),
        Cow::Owned(text) => Cow::Owned(clean(&text)),
    }
}

/// A text as the one means it who typed it: clean, in plain forms, without the quotes that keep a number a text.
pub fn typed(text: &str) -> String {
    let text = plain(text);
    text.trim_matches(['\'', '"', '’', '‘', '“', '”', '`']).trim().to_owned()
}

/// Letters of Vietnamese and of ASCII, composed, which have no plainer form.
fn is_narrow(c: char) -> bool {
    matches!(c, '\0'..='\x7F' | '\u{C0}'..='\u{131}' | 'Ũ' | 'ũ' | '\u{1A0}'..='\u{1B0}' | '\u{1EA0}'..='\u{1EF9}')
}

/// Zero-width characters, direction marks and the like: they carry nothing a person sees.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{00AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}')
}

/// How alike two folded texts are, from 0 (nothing in common) to 1 (equal).
pub fn likeness(a: &str, b: &str) -> f64 {
    // Most comparisons that succeed are of equal texts; the algorithm would fill its whole table for them.
    if a == b { 1.0 } else { strsim::normalized_damerau_levenshtein(a, b) }
}

/// As [`likeness`], but 0 where it is plainly below `least`: the comparison itself is dear, and most texts that are
/// compared have nothing in common.
pub fn likeness_from(a: &str, b: &str, least: f64) -> f64 {
    let (of_a, of_b) = (a.chars().count() as f64, b.chars().count() as f64);
    let letters = of_a.max(of_b);
    // A hair below, for the rounding of the division.
    let is_unlike = |edits: f64| 1.0 - edits / letters < least - 1e-9;
    if is_unlike((of_a - of_b).abs()) {
        return 0.0;
    }
    // Every edit mends at most one letter too many on either side.
    let mut surplus = [0_i32; 64];
    a.chars().for_each(|c| surplus[c as usize % 64] += 1);
    b.chars().for_each(|c| surplus[c as usize % 64] -= 1);
    let too_many: i32 = surplus.iter().filter(|n| **n > 0).sum();
    let too_few: i32 = -surplus.iter().filter(|n| **n < 0).sum::<i32>();
    if is_unlike(f64::from(too_many.max(too_few))) { 0.0 } else { likeness(a, b) }
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
    use unicode_normalization::char::is_combining_mark;

    use super::*;

    #[test]
    fn what_is_composed_stays() {
        let composed: Vec<char> = ('\0'..='\u{2FFF}').filter(|c| is_composed(*c)).collect();
        assert!(composed.iter().all(|c| std::iter::once(*c).nfc().eq([*c])));
        let all: String = composed.iter().collect();
        assert!(all.nfc().eq(composed.iter().copied()));
        // Nothing among them joins with the letter before it.
        assert!(composed.iter().all(|c| !is_combining_mark(*c)));
    }

    #[test]
    fn what_is_narrow_stays() {
        let narrow: String = ('\0'..='\u{1FFF}').filter(|c| is_narrow(*c)).collect();
        assert!(narrow.nfkc().eq(narrow.chars()));
        assert_eq!(super::narrow("１.３\u{A0}a"), "1.3 a");
        for text in ["1²", "e\u{301}²", "m³/ｓ", "⁽¹⁾", "H₂O"] {
            let kept: String = text.chars().filter(|&c| is_off_the_line(c)).collect();
            assert_eq!(super::narrow(text).chars().filter(|&c| is_off_the_line(c)).collect::<String>(), kept);
        }
        assert_eq!(super::narrow("e\u{301}²ｓ"), "é²s");
        assert_eq!(super::narrow("①５㉑ Ⅱｓ"), "①5㉑ IIs");
    }

    #[test]
    fn what_is_plain_stays() {
        let texts = ["", " ", "a", "Điểm  tự", "Điểm tự", "ế ", "\u{1ECD}\u{323}", "ú\u{1EA0}ạ", "a\u{A0}b", "\u{85}a"];
        for text in texts.into_iter().map(str::to_owned).chain(('\0'..='\u{FFFF}').map(|c| format!("a{c}b"))) {
            let long_way = clean(&format!("{text}\u{200B}"));
            assert_eq!(clean(&text), long_way, "{text:?}");
            assert!(!is_clean(&text) || text == long_way, "{text:?}");
            assert!(matches!(plain(&text), Cow::Owned(_)) || (text == long_way && text == narrow(&text)), "{text:?}");
        }
        assert!(matches!(plain("ĂÂĐÊÔƠƯ ăâđêôơư àảãáạ ỳỷỹýỵ (1.3): ĨŨ"), Cow::Borrowed(_)));
    }

    #[test]
    fn what_is_clean_is_told_by_its_bytes() {
        let letter = |c: char| matches!(c, '!'..='~' | '\u{A1}'..='\u{AC}' | '\u{AE}'..='\u{17F}' | '\u{1A0}'..='\u{1B0}' | '\u{1EA0}'..='\u{1EF9}');
        let sign = |c: char| matches!(c, '\u{2010}'..='\u{2027}' | '→');
        for c in '\0'..='\u{FFFF}' {
            let text = format!("a {c}b");
            assert_eq!(is_clean(&text), letter(c) || sign(c), "{c:?}");
        }
    }

    #[test]
    fn cleans_to_nfc() {
        assert_eq!(clean(" a\u{00A0}\u{200B} b\r\n"), "a b");
        assert_eq!(clean("e\u{0302}\u{0301}"), "ế");
    }

    #[test]
    fn quotes_around_a_number_are_none_of_it() {
        for text in ["'7,5", "\u{200E}7,5 ", "“７,５”", "7,5\u{A0}"] {
            assert_eq!(super::typed(text), "7,5");
        }
    }

    #[test]
    fn what_is_plainly_unlike_is_not_compared() {
        let words = ["diem tu danh gia", "diem danh gia tu", "diem toi da", "tu", "", "diem tu danh gja", "điem"];
        for a in words {
            for b in words {
                for least in [0.0, 0.5, 0.84, 1.0] {
                    let (full, quick) = (likeness(a, b), likeness_from(a, b, least));
                    assert!(quick == full || (quick == 0.0 && full < least), "{a} {b} {least}: {quick} {full}");
                }
            }
        }
    }

    #[test]
    fn finds_the_nearest_word() {
        let known = ["level-share", "mean-score", "reach-level"];
        assert_eq!(nearest("level-shar", known, 0.6), Some("level-share"));
        assert_eq!(nearest("qwerty", known, 0.6), None);
    }
}
