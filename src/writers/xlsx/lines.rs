//! How many lines a text takes in a narrow column. Letter by letter, since capitals ("TH&THCS") are half as wide again
//! as what an average says, and a row that is too low hides what it holds.

use std::sync::OnceLock;

/// Bold letters are so much wider.
const BOLD: f64 = 1.06;

/// Lines of a text in a column of so many digits' width, broken at spaces as spreadsheet programs do, in the workbook's
/// font. An estimate on the safe side: rows must be high enough before any program has seen them.
pub fn lines(text: &str, width: f64, bold: bool) -> u32 {
    // A little less than there is: programs differ in how they fit letters.
    let room = ((width * 0.96 - 0.4) / if bold { BOLD } else { 1.0 }).max(1.0);
    // Most texts fit: no need to look at their letters.
    if (text.len() as f64) < room * 0.6 && !text.contains('\n') {
        return 1;
    }
    text.lines().map(|line| wrapped(line, room)).sum::<u32>().max(1)
}

/// The number of lines that most rows of a table need, the smallest of several; 1 for none.
pub fn usual_lines(rows: impl Iterator<Item = u32>) -> u32 {
    let mut counts = std::collections::BTreeMap::new();
    rows.for_each(|lines| *counts.entry(lines).or_insert(0_usize) += 1);
    counts.into_iter().rev().max_by_key(|&(_, count)| count).map_or(1, |(lines, _)| lines)
}

fn wrapped(line: &str, room: f64) -> u32 {
    let advances = Advances::known();
    let mut paper = Paper { lines: 1, used: 0.0, room };
    let (mut from, mut width) = (0, 0.0);
    for (at, &byte) in line.as_bytes().iter().enumerate() {
        match byte {
            b' ' => {
                paper.word(&line[from..at], width, advances);
                (from, width) = (at + 1, 0.0);
            }
            0..=0x7F => width += advances.plain[usize::from(byte)],
            // The rest of a letter.
            0x80..=0xBF => {}
            _ => width += line[at..].chars().next().map_or(0.0, |c| advances.of(c)),
        }
    }
    paper.word(&line[from..], width, advances);
    paper.lines
}

/// Lines as they fill.
struct Paper {
    lines: u32,
    used: f64,
    room: f64,
}

impl Paper {
    /// A word of this width, behind a space.
    fn word(&mut self, word: &str, width: f64, advances: &Advances) {
        const SPACE: f64 = 0.5;
        if width <= self.room {
            return self.put(width, SPACE);
        }
        // An address or a file's name is broken behind its strokes, a part that is longer than the line anywhere.
        for (at, part) in word.split_inclusive(['/', '-']).enumerate() {
            let width = part.chars().fold(0.0, |width, c| width + advances.of(c));
            self.put(width, if at == 0 { SPACE } else { 0.0 });
        }
    }

    fn put(&mut self, width: f64, gap: f64) {
        if self.used > 0.0 && self.used + gap + width > self.room {
            self.lines += 1;
            self.used = 0.0;
        }
        self.used += if self.used > 0.0 { gap + width } else { width };
        while self.used > self.room {
            self.lines += 1;
            self.used -= self.room;
        }
    }
}

/// The widths of the letters of Vietnamese, looked up once: every text of every table is measured, and whether a letter
/// with accents is a capital is a search.
struct Advances {
    plain: [f64; PLAIN],
    accented: [f64; ACCENTED],
}

/// Letters up to U+024F.
const PLAIN: usize = 0x250;
/// Letters from U+1E00 to U+1EFF.
const ACCENTED: usize = 0x100;
const FIRST_ACCENTED: usize = 0x1E00;

impl Advances {
    fn known() -> &'static Advances {
        static KNOWN: OnceLock<Advances> = OnceLock::new();
        let at = |number: usize| char::from_u32(number as u32).map_or(0.0, advance);
        KNOWN.get_or_init(|| Advances {
            plain: std::array::from_fn(at),
            accented: std::array::from_fn(|number| at(FIRST_ACCENTED + number)),
        })
    }

    fn of(&self, c: char) -> f64 {
        let number = c as usize;
        let known = self.plain.get(number).or_else(|| self.accented.get(number.wrapping_sub(FIRST_ACCENTED)));
        known.copied().unwrap_or_else(|| advance(c))
    }
}

/// The width of a letter, in digits' widths.
fn advance(c: char) -> f64 {
    match c {
        'i' | 'j' | 'l' | 't' | 'f' | 'r' | 'ì' | 'í' | 'ị' | 'ỉ' | 'ĩ' => 0.65,
        '.' | ',' | ';' | ':' | '\'' | '/' | '(' | ')' | '-' => 0.65,
        'm' | 'w' | 'M' | 'W' | '@' | '%' => 1.6,
        c if c.is_uppercase() => 1.38,
        _ => 0.95,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_wrap_at_spaces() {
        assert_eq!(lines("Mức", 8.0, false), 1);
        assert_eq!(lines("một hai ba bốn năm sáu", 12.0, false), 2);
        assert_eq!(lines("một\nhai", 30.0, false), 2);
        assert_eq!(lines("a\n\nb", 46.0, false), 3);
        assert_eq!(lines("nop/79000045-truong-binh-minh-so-45.xlsx", 34.0, false), 2);
        assert_eq!(lines("MG, TH&THCS", 11.0, false), 2);
        assert_eq!(lines("hợp với dạy học trực tiếp", 10.0, false), 3);
        assert_eq!(lines("Phân hệ quản lý học sinh", 46.0, false), 1);
        assert_eq!(lines("nop/một-tên-tệp-rất-dài-không-có-dấu-cách.xlsx", 20.0, false), 3);
        assert_eq!(lines(&"x".repeat(120), 46.0, false), 3);
    }

    #[test]
    fn capitals_bold_and_addresses_take_more_room() {
        let text = "ứng dụng công nghệ thông tin ở trường";
        assert_eq!((lines(text, 38.0, false), lines(&text.to_uppercase(), 38.0, false)), (1, 2));
        assert_eq!((lines(text, 33.0, false), lines(text, 33.0, true)), (1, 2));
        // As LibreOffice breaks it: each stroke may end a line.
        assert_eq!(lines("https://drive.google.com/drive/folders/1AbCdEfGhIjKlMnOpQrStUv", 30.0, false), 3);
    }

    #[test]
    fn letters_are_as_wide_in_the_table_as_by_themselves() {
        for c in '\0'..='\u{2FFF}' {
            assert_eq!(Advances::known().of(c), advance(c), "{c:?}");
        }
    }
}
