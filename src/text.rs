//! Vietnamese text: NFC, folding for comparison, nearest words. Holds no word of the domain.

mod decode;
pub mod legacy;

use std::borrow::Cow;
use std::sync::{Arc, OnceLock};

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

pub use decode::{NotText, decode};

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
    if is_plain(text) {
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

/// Words of composed letters of Vietnamese and of ASCII, parted by single spaces, told byte by byte: clean and narrow.
fn is_plain(text: &str) -> bool {
    let mut before = b' ';
    let plain = text.bytes().all(|byte| {
        let fits = match byte {
            b' ' => before != b' ',
            // Signs, and the first bytes of letters.
            b'!'..=b'~' | 0xC3..=0xC6 | 0xE1 => true,
            0x80..=0xBF => match before {
                0xC3 => true,
                0xC4 => byte <= 0xB1,
                0xC5 => matches!(byte, 0xA8 | 0xA9),
                0xC6 => matches!(byte, 0xA0..=0xB0),
                0xE1 => matches!(byte, 0xBA | 0xBB),
                0xBA => byte >= 0xA0,
                0xBB => byte <= 0xB9,
                _ => false,
            },
            _ => false,
        };
        before = byte;
        fits
    });
    plain && before != b' '
}

/// Letters that composing leaves alone beside one another.
fn is_composed(c: char) -> bool {
    matches!(c, '\0'..='\u{2FF}' | '\u{1E00}'..='\u{1EFF}' | '\u{2010}'..='\u{2027}')
}

/// Full-width digits and letters, no-break spaces and other compatibility forms as their plain ones.
pub fn narrow(text: &str) -> Cow<'_, str> {
    // Nearly every text: what is narrow stays as it is.
    if text.chars().all(is_narrow) { Cow::Borrowed(text) } else { Cow::Owned(text.nfkc().collect()) }
}

/// A text clean and in plain forms.
pub fn plain(text: &str) -> Cow<'_, str> {
    if is_plain(text) { Cow::Borrowed(text) } else { Cow::Owned(clean(&narrow(text))) }
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

/// A text that is handed on: it bears no e-mail addresses.
pub fn without_addresses(text: &str) -> Cow<'_, str> {
    if memchr::memchr(b'@', text.as_bytes()).is_none() {
        return Cow::Borrowed(text);
    }
    let is_address = |word: &str| word.contains('@') && !word.contains("://");
    let words =
        text.split_inclusive(char::is_whitespace).map(|word| if is_address(word) { "(địa chỉ thư) " } else { word });
    Cow::Owned(words.collect::<String>().trim_end().to_owned())
}

/// A text that is kept in many places. Empty ones, of which large offices have millions, take no memory.
pub fn shared(text: &str) -> Arc<str> {
    if text.is_empty() { Arc::default() } else { text.into() }
}

/// For comparison: lower case, no accents, full-width forms narrowed, and only letters and digits, in words parted by
/// single spaces.
pub fn fold(text: &str) -> String {
    fold_vietnamese(text).unwrap_or_else(|| fold_any(text))
}

/// A text of the letters of the table below: nearly every one. What is folded is never longer than what it was.
fn fold_vietnamese(text: &str) -> Option<String> {
    let bases = bases();
    let mut folded = vec![0; text.len()];
    let (mut end, mut gap) = (0, false);
    for c in text.chars() {
        match bases.of(c)? {
            PART => gap = true,
            base => {
                if gap && end > 0 {
                    folded[end] = b' ';
                    end += 1;
                }
                gap = false;
                folded[end] = base;
                end += 1;
            }
        }
    }
    folded.truncate(end);
    String::from_utf8(folded).ok()
}

fn fold_any(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut gap = false;
    let mut push = |c: char| {
        if !c.is_alphanumeric() {
            gap = true;
            return;
        }
        if gap && !out.is_empty() {
            out.push(' ');
        }
        gap = false;
        out.push(c);
    };
    for c in text.chars().filter(|&c| !is_invisible(c) && !is_combining_mark(c)) {
        match c {
            '\u{C0}'..='\u{24F}' | '\u{1E00}'..='\u{1EFF}' => push(bare(c)),
            c => std::iter::once(c)
                .nfkd()
                .filter(|&c| !is_combining_mark(c))
                .flat_map(char::to_lowercase)
                .for_each(&mut push),
        }
    }
    out
}

/// A letter without its marks, in lower case.
fn bare(c: char) -> char {
    match std::iter::once(c).nfd().next().unwrap_or(c) {
        'đ' | 'Đ' => 'd',
        c => c.to_lowercase().next().unwrap_or(c),
    }
}

/// The first letters of the first word of a folded text, up to eight, without folding the rest: enough to tell that it
/// begins otherwise than another.
pub fn first_letters(text: &str) -> [u8; 8] {
    let mut letters = [0; 8];
    let mut known = 0;
    let bases = bases();
    for c in text.chars() {
        match bases.of(c) {
            Some(PART) if known == 0 => {}
            Some(PART) => break,
            Some(base) => {
                letters[known] = base;
                known += 1;
                if known == letters.len() {
                    break;
                }
            }
            // Once in a while the long way.
            None => return first_letters_of_folded(&fold_any(text)),
        }
    }
    letters
}

fn first_letters_of_folded(folded: &str) -> [u8; 8] {
    let mut letters = [0; 8];
    let word = folded.chars().take_while(|c| *c != ' ');
    letters.iter_mut().zip(word).for_each(|(letter, c)| *letter = c as u8);
    letters
}

/// Whether a text, folded, may hold digits: it does, or has signs of Latin-1 or from U+2000 on, which may stand for them.
pub fn may_hold_digits(text: &str) -> bool {
    text.bytes().any(|byte| byte.is_ascii_digit() || byte == 0xC2 || byte >= 0xE2)
}

/// A sign that parts words.
const PART: u8 = b' ';
/// A letter that folds to something else than one letter of ASCII.
const OTHER: u8 = 0;

/// The bare lower-case letters of U+0000 to U+024F and U+1E00 to U+1EFF, where Vietnamese lives, and the quotes, dashes
/// and arrows between them. Every return is folded, so this is worth a table: decomposing each letter anew costs ten
/// times as much.
struct Bases {
    low: [u8; 0x250],
    additional: [u8; 0x100],
    signs: [u8; 0x200],
}

impl Bases {
    fn of(&self, c: char) -> Option<u8> {
        let base = match c {
            '\0'..='\u{24F}' => self.low[c as usize],
            '\u{1E00}'..='\u{1EFF}' => self.additional[c as usize - 0x1E00],
            '\u{2000}'..='\u{21FF}' => self.signs[c as usize - 0x2000],
            _ => OTHER,
        };
        (base != OTHER).then_some(base)
    }
}

fn bases() -> &'static Bases {
    static BASES: OnceLock<Bases> = OnceLock::new();
    BASES.get_or_init(|| {
        // Between two letters, so that what parts words shows.
        let base = |c: char| match fold_any(&format!("a{c}b")).as_bytes() {
            [b'a', b' ', b'b'] => PART,
            [b'a', base, b'b'] if base.is_ascii() => *base,
            _ => OTHER,
        };
        let at = |from: u32, i: usize| char::from_u32(from + i as u32).map_or(OTHER, base);
        Bases {
            low: std::array::from_fn(|i| at(0, i)),
            additional: std::array::from_fn(|i| at(0x1E00, i)),
            signs: std::array::from_fn(|i| at(0x2000, i)),
        }
    })
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
    use super::*;

    #[test]
    fn folds_what_people_vary() {
        assert_eq!(fold("  Điểm TỰ\n đánh giá (1) *"), "diem tu danh gia 1");
        assert_eq!(fold("Tru\u{031B}o\u{031B}\u{0300}ng"), "truong");
        assert_eq!(fold("ＴＨ＆ＴＨＣＳ"), "th thcs");
        assert_eq!(fold("Ti\u{0309} lê\u{0323}"), fold("Tỉ lệ"));
    }

    #[test]
    fn addresses_are_hidden() {
        assert_eq!(without_addresses("QĐ 12, gửi a@b.vn ngày 3"), "QĐ 12, gửi (địa chỉ thư) ngày 3");
        assert_eq!(without_addresses("https://x.vn/@lop1"), "https://x.vn/@lop1");
    }

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
    }

    #[test]
    fn what_is_plain_stays() {
        let texts = ["", " ", "a", "Điểm  tự", "Điểm tự", "ế ", "\u{1ECD}\u{323}", "ú\u{1EA0}ạ", "a\u{A0}b", "\u{85}a"];
        for text in texts.into_iter().map(str::to_owned).chain(('\0'..='\u{FFFF}').map(|c| format!("a{c}b"))) {
            let long_way = clean(&format!("{text}\u{200B}"));
            assert_eq!(clean(&text), long_way, "{text:?}");
            assert!(!is_plain(&text) || (text == long_way && text == narrow(&text)), "{text:?}");
        }
        assert!(is_plain("ĂÂĐÊÔƠƯ ăâđêôơư àảãáạ ỳỷỹýỵ (1.3): ĨŨ"));
    }

    #[test]
    fn what_is_folded_by_the_table_is_folded_so() {
        let letters: Vec<char> = ('\0'..='\u{2FFF}').collect();
        for pair in letters.windows(2) {
            let text = format!(" a{}{} b{}", pair[0], pair[1], pair[0]);
            assert_eq!(fold(&text), fold_any(&text), "{text:?}");
            let digits = fold(&text).bytes().any(|byte| byte.is_ascii_digit());
            assert!(!digits || may_hold_digits(&text), "{text:?}");
        }
        assert_eq!(fold_vietnamese("Điểm TỰ đánh giá").as_deref(), Some("diem tu danh gia"));
    }

    #[test]
    fn first_letters_are_those_of_the_folded_text() {
        let texts = [
            "",
            " - ",
            "(1) Điểm",
            "-Điểm/tự",
            "Nghiêng ngả",
            "nghiêng",
            "Tru\u{31B}o\u{31B}ng a",
            "℃ 1",
            "½",
            "ＴＨ＆Ｔ",
        ];
        for text in texts {
            assert_eq!(first_letters(text), first_letters_of_folded(&fold(text)), "{text}");
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
