//! What makes a text safe in a cell of a workbook.

use super::{clean, is_clean};

/// Characters that a cell of a workbook holds at most.
pub const MAX_CELL_TEXT: usize = 32_767;

/// Text as a cell can hold it: lines kept, invisible and control characters gone, cut to what a cell holds.
pub fn cell_text(text: &str) -> String {
    // Nearly every text is so already.
    if is_cell_text(text) { text.to_owned() } else { made_cell_text(text) }
}

/// As [`cell_text`], of a text that need not be copied where it is so already.
pub fn into_cell_text(text: String) -> String {
    if is_cell_text(&text) { text } else { made_cell_text(&text) }
}

fn made_cell_text(text: &str) -> String {
    let text = text.replace(['\u{FFFE}', '\u{FFFF}'], "");
    let lines: Vec<String> = text.lines().map(clean).collect();
    cut(lines.join("\n").trim(), MAX_CELL_TEXT)
}

/// Whether a text stays as it is.
fn is_cell_text(text: &str) -> bool {
    // Each letter of a clean text is one UTF-16 unit or more bytes.
    text.len() <= MAX_CELL_TEXT && is_clean(text)
}

/// At most `limit` characters as Excel counts them (UTF-16 units); a longer text ends with an ellipsis.
pub fn cut(text: &str, limit: usize) -> String {
    if text.encode_utf16().count() <= limit {
        return text.to_owned();
    }
    let mut room = limit.saturating_sub(1);
    let mut out = String::new();
    for c in text.chars() {
        let Some(left) = room.checked_sub(c.len_utf16()) else { break };
        room = left;
        out.push(c);
    }
    out.push('…');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_made_safe_for_a_cell() {
        assert_eq!(cell_text("a\u{202E}b\u{0007}c\u{FFFF}\r\n d "), "ab c\nd");
        assert_eq!(cell_text("=1+1"), "=1+1");
        assert_eq!(cell_text("a\u{0}b\u{202E}c  d"), "a bc d");
        let same = "Trường TH Ánh Dương";
        assert!(is_cell_text(same) && cell_text(same) == same && into_cell_text(same.to_owned()) == same);
        assert!(is_cell_text(""));
        for other in [" ", " a", "a ", "a  b", "a\u{AD}b", "a\nb", "a\u{A0}b", "tru\u{31B}o"] {
            assert!(!is_cell_text(other), "{other:?}");
        }
        for c in '\0'..='\u{FFFF}' {
            let text = format!("a {c}b");
            assert!(!is_cell_text(&text) || made_cell_text(&text) == text, "{c:?}");
        }
        let long = cell_text(&"ế😀".repeat(20_000));
        assert!(long.encode_utf16().count() <= MAX_CELL_TEXT);
        assert!(long.ends_with('…'));
    }
}
