//! How many lines a text takes in a narrow column. Letter by letter, since capitals ("TH&THCS") are half as wide again
//! as what an average says, and a row that is too low hides what it holds.

/// Lines of a text in a column of so many digits' width, broken at spaces, in the workbook's font.
pub fn lines(text: &str, width: f64) -> usize {
    // A little less than there is: programs differ in how they fit letters.
    let room = (width * 0.96 - 0.4).max(1.0);
    text.lines().map(|line| wrapped(line, room)).sum::<usize>().max(1)
}

fn wrapped(line: &str, room: f64) -> usize {
    let (mut lines, mut used) = (1, 0.0);
    for word in line.split(' ') {
        let width: f64 = word.chars().map(advance).sum();
        if used > 0.0 && used + 0.5 + width > room {
            lines += 1;
            used = 0.0;
        }
        used += if used > 0.0 { 0.5 + width } else { width };
        // A word longer than the line is broken anywhere.
        while used > room {
            lines += 1;
            used -= room;
        }
    }
    lines
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
        assert_eq!(lines("Mức", 8.0), 1);
        assert_eq!(lines("một hai ba bốn năm sáu", 12.0), 2);
        assert_eq!(lines("một\nhai", 30.0), 2);
        assert_eq!(lines("MG, TH&THCS", 11.0), 2);
        assert_eq!(lines("nop/một-tên-tệp-rất-dài-không-có-dấu-cách.xlsx", 20.0), 3);
    }
}
