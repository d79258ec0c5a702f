//! What leaves the office: a text without telephone numbers, e-mail addresses and paths of anybody's machine. There is no
//! other way to a [`Masked`] than through the mask.

mod mail;
mod path;
mod phone;

use std::borrow::Cow;
use std::fmt;
use std::ops::{Deref, Range};

use serde::{Serialize, Serializer};
use unicode_normalization::UnicodeNormalization;

use super::is_invisible;

/// A text for people outside the office.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Masked<'a> {
    text: Cow<'a, str>,
    is_changed: bool,
}

impl<'a> Masked<'a> {
    /// The text with what is private replaced by what it was: "[số điện thoại]".
    pub fn of(text: &'a str) -> Masked<'a> {
        let suspect = Suspect::of(text);
        let text = if suspect.any() { masked(text, suspect) } else { Cow::Borrowed(text) };
        Masked { is_changed: matches!(text, Cow::Owned(_)), text }
    }

    /// The same, to be kept.
    pub fn kept(text: &str) -> Masked<'static> {
        let Masked { text, is_changed } = Masked::of(text);
        Masked { text: Cow::Owned(text.into_owned()), is_changed }
    }

    /// Whether something was private.
    pub fn is_changed(&self) -> bool {
        self.is_changed
    }
}

impl Deref for Masked<'_> {
    type Target = str;

    fn deref(&self) -> &str {
        &self.text
    }
}

impl Serialize for Masked<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self)
    }
}

impl fmt::Display for Masked<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// What was found to be private.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Matter {
    Phone,
    Mail,
    Path,
}

impl Matter {
    /// What is read in its place.
    fn label(self) -> &'static str {
        match self {
            Matter::Phone => "[số điện thoại]",
            Matter::Mail => "[thư điện tử]",
            Matter::Path => "[đường dẫn máy]",
        }
    }
}

/// A character as people see it: full-width forms are narrow, what is invisible is not there.
#[derive(Debug, Clone, Copy)]
struct Sign {
    c: char,
    at: usize,
    end: usize,
}

/// Signs `from..to` of a text.
type Span = Range<usize>;

/// What a text may hold, told by its bytes, since every text of a report comes by here: nearly all hold nothing.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Suspect {
    phones: bool,
    mails: bool,
    paths: bool,
}

impl Suspect {
    fn of(text: &str) -> Suspect {
        /// The shortest telephone number: one without its area, which only a word before it tells.
        const FEWEST: u32 = 7;
        /// The shortest one that needs no word.
        const FEWEST_BARE: u32 = 9;
        let bytes = text.as_bytes();
        let mut suspect = Suspect::default();
        let mut fewest = FEWEST_BARE;
        let mut digits = 0;
        let mut before = [b' '; 2];
        for (at, &byte) in bytes.iter().enumerate() {
            match byte {
                b'0'..=b'9' => {
                    digits += 1;
                    suspect.phones |= digits >= fewest;
                }
                // Full-width signs and what else is written otherwise.
                0xEF => return Suspect { phones: true, mails: true, paths: true },
                b' ' | b'.' | b'-' | b'(' | b')' | b'_' | b'\'' | b'+' | b'\n' | b'\t' | b'\r' | 0x80.. => {}
                b'/' => {
                    digits = 0;
                    suspect.paths |= !before[1].is_ascii_alphanumeric() && !is_of_web(bytes, at);
                }
                b'\\' => (digits, suspect.paths) = (0, true),
                b'@' | b'%' | b'[' => (digits, suspect.mails) = (0, true),
                _ => digits = 0,
            }
            if byte.is_ascii_alphabetic() || !byte.is_ascii() {
                fewest = FEWEST;
                suspect.mails |=
                    before[1] == b'(' && bytes[at..].get(..2).is_some_and(|two| two.eq_ignore_ascii_case(b"at"));
                // The word may stand within the digits: "8 ĐT 888 999".
                suspect.phones |= digits >= fewest;
            }
            before = [before[1], byte];
        }
        suspect
    }

    fn any(self) -> bool {
        self.phones || self.mails || self.paths
    }
}

/// Whether a stroke is one of the two that begin a web address.
fn is_of_web(bytes: &[u8], at: usize) -> bool {
    let ends = |with: &[u8]| bytes[..at].len() >= with.len() && bytes[at - with.len()..at].eq_ignore_ascii_case(with);
    let is_second = ends(b"http:/") || ends(b"https:/");
    is_second || (bytes.get(at + 1) == Some(&b'/') && (ends(b"http:") || ends(b"https:")))
}

fn masked(text: &str, suspect: Suspect) -> Cow<'_, str> {
    let signs = signs(text);
    let mut found: Vec<(Span, Matter)> = Vec::new();
    let mut find = |is_there: bool, matter: Matter, of: fn(&[Sign]) -> Vec<Span>| {
        if is_there {
            found.extend(of(&signs).into_iter().map(|span| (span, matter)));
        }
    };
    find(suspect.paths, Matter::Path, path::find);
    find(suspect.mails, Matter::Mail, mail::find);
    find(suspect.phones, Matter::Phone, phone::find);
    // The longer one where two begin together: the address of a letter may hold a number.
    found.sort_by_key(|(span, _)| (span.start, usize::MAX - span.end));
    let mut out = String::new();
    let (mut done, mut told) = (0, 0);
    for (span, matter) in found {
        let (Some(first), Some(last)) = (signs.get(span.start), signs.get(span.end.wrapping_sub(1))) else { continue };
        if span.end <= told {
            continue;
        }
        if span.start >= told {
            out.push_str(&text[done..first.at]);
            out.push_str(matter.label());
        }
        (done, told) = (last.end, span.end);
    }
    if told == 0 {
        return Cow::Borrowed(text);
    }
    out.push_str(&text[done..]);
    Cow::Owned(out)
}

fn signs(text: &str) -> Vec<Sign> {
    let visible = text.char_indices().filter(|(_, c)| !is_invisible(*c));
    visible.map(|(at, c)| Sign { c: narrow(c), at, end: at + c.len_utf8() }).collect()
}

/// One character in its plain form, where that is one too.
fn narrow(c: char) -> char {
    if is_plain_letter(c) {
        return c;
    }
    let mut plain = std::iter::once(c).nfkc();
    match (plain.next(), plain.next()) {
        // A superscript is no digit of a number.
        (Some(one), None) if !one.is_ascii_digit() || ('０'..='９').contains(&c) => one,
        _ => c,
    }
}

/// Whether it is ASCII, or a letter of Vietnamese and its neighbours, which are plain: told without tables.
fn is_plain_letter(c: char) -> bool {
    c.is_ascii() || matches!(c, 'À'..='ı' | 'Ơ'..='ư' | 'Ạ'..='ỹ')
}

fn is_word(sign: Option<&Sign>) -> bool {
    sign.is_some_and(|sign| sign.c.is_alphanumeric())
}

/// Whether these signs stand at this place, in any case.
fn stands(signs: &[Sign], at: usize, text: &str) -> bool {
    let there = signs.get(at..).unwrap_or_default();
    there.len() >= text.len() && text.chars().zip(there).all(|(c, sign)| sign.c.to_ascii_lowercase() == c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn private_matter_is_masked_wherever_it_stands() {
        let phone = "[số điện thoại]";
        let mail = "[thư điện tử]";
        let path = "[đường dẫn máy]";
        for (text, want) in [
            ("Cô Hoa 0912345678.", format!("Cô Hoa {phone}.")),
            ("Cô Hoa, hoa@thcs.edu.vn: D:\\Hoa\\QĐ 12.pdf", format!("Cô Hoa, {mail}: {path}")),
            ("mailto:hoa@x.vn?subject=0912345678", format!("{mail}?subject={phone}")),
            ("tel:+84912345678", format!("tel:{phone}")),
            ("0912.345.678@zalo.vn", mail.to_owned()),
            ("nop/0912345678 TH A.xlsx", format!("nop/{phone} TH A.xlsx")),
            ("a\u{200B}@\u{200B}b.vn", mail.to_owned()),
            ("＠", "＠".to_owned()),
        ] {
            assert_eq!(&*Masked::of(text), want, "{text}");
            assert_eq!(Masked::of(text).is_changed(), text != want);
        }
    }

    #[test]
    fn what_the_office_hands_on_stays() {
        for text in [
            "",
            "QĐ số 4725/QĐ-BGDĐT ngày 30/12/2022",
            "Kế hoạch 02/KH-PGDĐT ngày 15-02-2025, 01.06.2025 10:30",
            "từ 01.06.2025 đến 10.06.2025 15 trường",
            "Trường TH Hoa Sen, mã 80107304; 84101001 125 học sinh",
            "điểm 0,5 0,75 1,0; 0.5 0.75 1.0 0.25 0.5; 7.25 / 10",
            "0.912345678 và 0,912345678",
            "2025-06-01T0200, 2025-05-09T07:30:00, lần chạy 2025-06-01T0200-2",
            "kinh phí 350.000.000 đồng, 350000000đ, 912 345 678 VNĐ",
            "https://drive.google.com/drive/folders/1AbC0912345678eFgHiJkLmNoPqRsT2u",
            "https://www.youtube.com/@thcshoalac",
            "https://x.vn/home/tin/912345678",
            "https://x.vn/?a=1%20b",
            "lớp 01 02 03 04 05 06 07 08 09 10 11 12",
            "nop/80107304-truong-thcs-hoa-lac.xlsx > Phiếu tự đánh giá > D18",
            "12 QĐ\\QĐ-UBND, A/B, 3/4, TH&THCS",
            "5f8a0912345678cc01e2d3b4a5968778695a4b3c2d1e0f00112233445566770a",
            "Số 1234567/SGDĐT, công văn 12345678",
            "[thư điện tử] [số điện thoại]",
            "năm học 2024-2025, 2023 - 2024",
            "100%, 80% (45/60)",
        ] {
            assert_eq!(&*Masked::of(text), text);
        }
    }

    #[test]
    fn plain_letters_are_their_own_plain_form() {
        for c in ('\0'..='\u{FFFF}').filter(|c| is_plain_letter(*c)) {
            assert!(std::iter::once(c).nfkc().eq([c]), "{c:?}");
        }
    }

    #[test]
    fn what_is_masked_is_masked_once() {
        for text in ["0912345678", "hoa@x.vn", "C:\\a\\b.xlsx", "ĐT: 3 888 999", "/home/hoa/a b.xlsx"] {
            let once = Masked::of(text).to_string();
            assert_ne!(once, text);
            assert_eq!(&*Masked::of(&once), once);
        }
    }

    #[test]
    fn signs_that_are_written_otherwise_hide_nothing() {
        for (text, want) in [
            ("C:／Users／Hoa", "[đường dẫn máy]"),
            ("／home／hoa／a.xlsx", "[đường dẫn máy]"),
            ("hoa﹫gmail.com", "[thư điện tử]"),
            ("fi\u{200B}le:///home/hoa/a.xlsx", "[đường dẫn máy]"),
            ("C\u{200B}:/Users/Hoa", "[đường dẫn máy]"),
            ("hoa(AT)gmail.com", "[thư điện tử]"),
        ] {
            assert_eq!(&*Masked::of(text), want, "{text}");
        }
    }

    proptest::proptest! {
        #![proptest_config(proptest::prelude::ProptestConfig::with_cases(4_000))]
        #[test]
        fn what_looks_harmless_is(text in "(https?:/{1,3}|HTTP://|file://|smb://|C:/|D:\\\\|~/|/home/|/users/|0|84|912|345 678|8{3,5}|[ .:/\\\\@%(\\[_~+-]|at|at\\)|\\(AT\\)|40|ĐT|tel |zalo |[a-zà-ỹ]{1,4}|vn|\u{200B}|＠|／|．){0,10}") {
            let all = Suspect { phones: true, mails: true, paths: true };
            proptest::prop_assert_eq!(masked(&text, all), masked(&text, Suspect::of(&text)), "{}", text);
        }

        #[test]
        fn any_text_has_a_masked_one(text in "[0-9@.:/\\\\ a-zà-ỹ＠０-９\u{A0}\u{200B}+()~%-]{0,60}") {
            let once = Masked::of(&text);
            proptest::prop_assert_eq!(once.is_changed(), *once != text);
        }

        #[test]
        fn a_number_is_found_among_anything(before in "[a-zà-ỹ ,:;]{0,12}", after in "[a-zà-ỹ ,:;]{0,12}", sep in "[ .\u{A0}-]{0,1}") {
            let text = format!("{before}09{sep}12345678{after}");
            let text = if sep.is_empty() { text } else { format!("{before}0912{sep}345{sep}678{after}") };
            proptest::prop_assert!(!Masked::of(&text).contains("678"), "{}", text);
        }
    }
}
