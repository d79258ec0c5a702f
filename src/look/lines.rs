//! How many lines a text takes in a narrow column. Letter by letter, since capitals ("TH&THCS") are half as wide again
//! as what an average says, and a row that is too low hides what it holds.

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
    let mut paper = Paper { lines: 1, used: 0.0, room };
    for word in line.split(' ') {
        if length(word) <= room {
            paper.put(word, 0.5);
        } else {
            // An address or a file's name is broken behind its strokes, a part that is longer than the line anywhere.
            for (at, part) in word.split_inclusive(['/', '-']).enumerate() {
                paper.put(part, if at == 0 { 0.5 } else { 0.0 });
            }
        }
    }
    paper.lines
}

/// Lines as they fill.
struct Paper {
    lines: u32,
    used: f64,
    room: f64,
}

impl Paper {
    fn put(&mut self, word: &str, gap: f64) {
        let width = length(word);
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

fn length(word: &str) -> f64 {
    word.chars().map(advance).sum()
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
}
