//! Texts made alike for comparison: lower case, no accents, only letters and digits.

use std::sync::OnceLock;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::confused::meant;
use super::{is_invisible, is_off_the_line};

/// For comparison: lower case, no accents, full-width forms narrowed, and only letters and digits, in words parted by
/// single spaces. Raised and lowered figures are marks of notes, no part of it.
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
    let is_left_out = |c: char| is_invisible(c) || is_combining_mark(c) || is_off_the_line(c);
    for c in text.chars().filter(|&c| !is_left_out(c)).map(meant) {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folds_what_people_vary() {
        assert_eq!(fold("  Điểm TỰ\n đánh giá (1) *"), "diem tu danh gia 1");
        assert_eq!(fold("Tru\u{031B}o\u{031B}\u{0300}ng"), "truong");
        assert_eq!(fold("ＴＨ＆ＴＨＣＳ"), "th thcs");
        assert_eq!(fold("Kho học liệu số⁽¹⁾"), "kho hoc lieu so");
        assert_eq!(fold("Ti\u{0309} lê\u{0323}"), fold("Tỉ lệ"));
        assert_eq!(fold("Ða\u{0323}t, ðiểm Ɖ, TRƢỜNG phƣớc"), "dat diem d truong phuoc");
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
}
