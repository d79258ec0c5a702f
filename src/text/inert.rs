//! Texts that do nothing where they are shown: no formula in a table, no command to a terminal, no line of their own in
//! a log.

use std::borrow::Cow;

/// Signs by which a spreadsheet program, of whatever language, takes a text for a formula.
const FORMULA: [char; 9] = ['=', '+', '-', '@', '＝', '＋', '－', '＠', '﹦'];
/// What may part fields, whatever the writer meant: where the list separator is a semicolon, programs part by it.
const PARTS: [char; 4] = [';', '\t', '\n', '\r'];

/// A field of a CSV file: a `'` stands before what could start a formula, at its beginning or where a program might part
/// it, and there are no control characters but tab and line ends.
pub fn inert(text: &str) -> Cow<'_, str> {
    // Nearly all texts are one field without a command, told by their bytes: those before 0x20 and after `~` of ASCII, and
    // the first ones of what is none of it.
    let is_plain = |byte: &u8| !matches!(byte, 0..0x20 | 0x7F | 0xC2 | 0xE2 | b';');
    if text.as_bytes().iter().all(is_plain) && !starts_formula(text, true) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 4);
    let mut rest = text;
    let mut is_first = true;
    loop {
        let end = rest.find(PARTS).map_or(rest.len(), |at| at + 1);
        let (field, after) = rest.split_at(end);
        if starts_formula(field, is_first) {
            out.push('\'');
        }
        out.extend(
            field.chars().map(|c| if is_command(c) && !PARTS.contains(&c) { char::REPLACEMENT_CHARACTER } else { c }),
        );
        if after.is_empty() {
            break;
        }
        (rest, is_first) = (after, false);
    }
    if out == text { Cow::Borrowed(text) } else { Cow::Owned(out) }
}

/// Inside a text a dash with a space behind it is a dash, as in lists.
fn starts_formula(field: &str, is_first: bool) -> bool {
    if is_first && field.starts_with(['\t', '\r']) {
        return true;
    }
    let bare = field.trim_start_matches(|c: char| c.is_whitespace() || c == '"' || is_command(c));
    let Some(sign) = bare.chars().next().filter(|c| FORMULA.contains(c)) else { return false };
    let behind = bare.chars().nth(1);
    is_first || matches!(sign, '=' | '＝' | '﹦') || behind.is_some_and(|c| !c.is_whitespace())
}

/// A text as one line of a log or a name on a terminal: what would move, colour or break the line is shown as a mark.
pub fn one_line(text: &str) -> Cow<'_, str> {
    marked(text, is_command)
}

/// As [`one_line`], with the lines that the text has.
pub fn lines_of_text(text: &str) -> Cow<'_, str> {
    marked(text, |c| is_command(c) && c != '\n')
}

fn marked(text: &str, is_marked: impl Fn(char) -> bool) -> Cow<'_, str> {
    if text.contains(&is_marked) {
        let mark = |c| if is_marked(c) { char::REPLACEMENT_CHARACTER } else { c };
        return Cow::Owned(text.chars().map(mark).collect());
    }
    Cow::Borrowed(text)
}

/// Control characters, ends of lines among them, and those that turn the direction of what follows.
fn is_command(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_could_start_a_formula_is_inert() {
        for (text, want) in [
            ("=1+1", "'=1+1"),
            ("-có", "'-có"),
            ("\t=1", "'\t'=1"),
            (" =1", "' =1"),
            ("＝1+1", "'＝1+1"),
            ("＠SUM(1)", "'＠SUM(1)"),
            ("a;=cmd|' /C calc'!A0", "a;'=cmd|' /C calc'!A0"),
            ("a; ＝cmd", "a;' ＝cmd"),
            ("a;\"=1\"", "a;'\"=1\""),
            ("a\n+HYPERLINK(1)", "a\n'+HYPERLINK(1)"),
            ("a\t@x", "a\t'@x"),
            ("a\u{7};\u{200E}x", "a\u{FFFD};\u{200E}x"),
        ] {
            assert_eq!(inert(text), want, "{text:?}");
        }
        for text in ["", "QĐ số 12/QĐ-THHS", "a; b", "QĐ 1\n- KH 2\n- KH 3", "a=b", "a; - b", "hoa@x.vn", "1 + 1"]
        {
            assert!(matches!(inert(text), Cow::Borrowed(same) if same == text), "{text:?}");
        }
    }

    #[test]
    fn commands_are_told_by_their_first_bytes() {
        for c in ('\0'..='\u{FFFF}').filter(|c| is_command(*c) || PARTS.contains(c)) {
            let text = format!("a{c}=b");
            assert_ne!(inert(&text), text, "{c:?}");
        }
    }

    #[test]
    fn commands_are_marked() {
        assert_eq!(one_line("new\nline \u{1b}[31m.xlsx"), "new\u{FFFD}line \u{FFFD}[31m.xlsx");
        assert_eq!(lines_of_text("a\nb\u{9b}31m\r"), "a\nb\u{FFFD}31m\u{FFFD}");
        assert_eq!(one_line("Trường\u{202E}xslx"), "Trường\u{FFFD}xslx");
        assert!(matches!(one_line("Trường TH"), Cow::Borrowed(_)));
    }
}
