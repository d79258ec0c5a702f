//! Texts whose looks carry meaning, whatever the format: raised and lowered figures, parts crossed out.

use crate::grid::{Fact, Value};

/// How a piece of a text, or all of a cell, looks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Look {
    pub script: Script,
    pub crossed_out: bool,
}

/// Where a piece stands to the line.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Script {
    #[default]
    OnLine,
    Raised,
    Lowered,
}

impl Look {
    /// Nothing that changes what is read.
    pub const PLAIN: Look = Look { script: Script::OnLine, crossed_out: false };
}

/// A text put together from pieces.
#[derive(Debug, Default)]
pub(super) struct Rich {
    /// As it is read: without what is crossed out, raised figures as such characters.
    shown: String,
    /// The same with raised figures on the line.
    level: String,
    /// The same without raised figures.
    without: String,
    whole: String,
    out: String,
    /// The piece before was crossed out: the next one belongs to the same part.
    was_out: bool,
}

impl Rich {
    /// Adds a piece.
    pub fn push(&mut self, piece: &str, look: Look) {
        if piece.is_empty() {
            return;
        }
        self.whole.push_str(piece);
        if look.crossed_out {
            if !self.was_out && !self.out.is_empty() {
                self.out.push_str(" … ");
            }
            self.out.push_str(piece);
            self.was_out = true;
            return;
        }
        self.was_out = false;
        self.level.push_str(piece);
        if look.script == Script::OnLine || !piece.chars().any(|c| c.is_ascii_digit()) {
            self.shown.push_str(piece);
            self.without.push_str(piece);
        } else {
            self.shown.extend(piece.chars().map(|c| off_the_line(c, look.script)));
        }
    }

    /// The text to read, and what is to be seen beside it. Blanks that are crossed out say nothing.
    pub fn finish(self) -> (String, Vec<Fact>) {
        let mut facts = Vec::new();
        let Rich { shown, level, without, whole, out, .. } = self;
        let is_crossed_out = !out.trim().is_empty();
        if is_crossed_out {
            facts.push(Fact::CrossedOut { out: out.trim().to_owned(), whole });
            if shown.trim().is_empty() {
                return (String::new(), facts);
            }
        }
        (with_raised(shown, level, without, &mut facts), facts)
    }
}

/// A text that is raised as a whole has one reading: it is read as it is, and that is said.
fn with_raised(shown: String, level: String, without: String, facts: &mut Vec<Fact>) -> String {
    if shown == level {
        return shown;
    }
    let is_whole = !without.chars().any(char::is_alphanumeric);
    let text = if is_whole { level.clone() } else { shown };
    facts.push(Fact::Raised { level, without: if is_whole { String::new() } else { without } });
    text
}

/// A value under a look of the whole cell: what is left of it, and what is to be seen.
pub(super) fn under(value: Value, look: Look) -> (Option<Value>, Vec<Fact>) {
    if look == Look::PLAIN {
        return (Some(value), Vec::new());
    }
    if let Value::Text(text) = value {
        let mut rich = Rich::default();
        rich.push(&text, look);
        let (text, facts) = rich.finish();
        return ((!text.is_empty()).then_some(Value::Text(text)), facts);
    }
    let written = match &value {
        Value::Number(number) => crate::digits::decimal(*number),
        Value::Date(date) => format!("{}/{}/{}", date.day, date.month, date.year),
        Value::Time(time) => time.to_string(),
        Value::Bool(is) => is.to_string().to_uppercase(),
        Value::Error(error) => error.clone(),
        Value::Text(_) | Value::Uncomputed => return (Some(value), Vec::new()),
    };
    if look.crossed_out {
        return (None, vec![Fact::CrossedOut { out: written.clone(), whole: written }]);
    }
    (Some(value), vec![Fact::Raised { level: written, without: String::new() }])
}

/// A character above or below the line, where there is one.
fn off_the_line(c: char, script: Script) -> char {
    const RAISED: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    const LOWERED: [char; 10] = ['₀', '₁', '₂', '₃', '₄', '₅', '₆', '₇', '₈', '₉'];
    let figures = if script == Script::Lowered { &LOWERED } else { &RAISED };
    let sign = |raised, lowered| if script == Script::Lowered { lowered } else { raised };
    match c {
        '0'..='9' => figures[usize::from(c as u8 - b'0')],
        '+' => sign('⁺', '₊'),
        '-' => sign('⁻', '₋'),
        '=' => sign('⁼', '₌'),
        '(' => sign('⁽', '₍'),
        ')' => sign('⁾', '₎'),
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RAISED: Look = Look { script: Script::Raised, crossed_out: false };
    const LOWERED: Look = Look { script: Script::Lowered, crossed_out: false };
    const OUT: Look = Look { script: Script::OnLine, crossed_out: true };

    fn read(pieces: &[(&str, Look)]) -> (String, Vec<Fact>) {
        let mut rich = Rich::default();
        pieces.iter().for_each(|(piece, look)| rich.push(piece, *look));
        rich.finish()
    }

    fn raised(level: &str, without: &str) -> Fact {
        Fact::Raised { level: level.to_owned(), without: without.to_owned() }
    }

    fn out(out: &str, whole: &str) -> Fact {
        Fact::CrossedOut { out: out.to_owned(), whole: whole.to_owned() }
    }

    #[test]
    fn a_raised_figure_is_no_digit() {
        assert_eq!(read(&[("1", Look::PLAIN), ("2", RAISED)]), ("1²".to_owned(), vec![raised("12", "1")]));
        assert_eq!(read(&[("5", Look::PLAIN), ("10", LOWERED)]), ("5₁₀".to_owned(), vec![raised("510", "5")]));
        let note = read(&[("Kho học liệu", Look::PLAIN), ("(1)", RAISED)]);
        assert_eq!(note, ("Kho học liệu⁽¹⁾".to_owned(), vec![raised("Kho học liệu(1)", "Kho học liệu")]));
    }

    #[test]
    fn raised_letters_and_texts_raised_as_a_whole_have_one_reading() {
        assert_eq!(read(&[("5", Look::PLAIN), ("đ", RAISED)]), ("5đ".to_owned(), vec![]));
        assert_eq!(read(&[("12", RAISED)]), ("12".to_owned(), vec![raised("12", "")]));
        assert_eq!(read(&[(" ", Look::PLAIN), ("12", RAISED)]), (" 12".to_owned(), vec![raised(" 12", "")]));
    }

    #[test]
    fn what_is_crossed_out_is_not_read() {
        assert_eq!(read(&[("1", OUT), ("4", Look::PLAIN)]), ("4".to_owned(), vec![out("1", "14")]));
        assert_eq!(read(&[("1", OUT), (" ", Look::PLAIN)]), (String::new(), vec![out("1", "1 ")]));
        let twice = read(&[("a", OUT), ("b", OUT), ("c", Look::PLAIN), ("d", OUT)]);
        assert_eq!(twice, ("c".to_owned(), vec![out("ab … d", "abcd")]));
        assert_eq!(read(&[("5", Look::PLAIN), (" ", OUT)]), ("5".to_owned(), vec![]));
        let both = read(&[("3", Look { script: Script::Raised, crossed_out: true }), ("5", Look::PLAIN)]);
        assert_eq!(both, ("5".to_owned(), vec![out("3", "35")]));
    }

    #[test]
    fn a_whole_cell_has_a_look_too() {
        assert_eq!(under(Value::Number(7.5), OUT), (None, vec![out("7,5", "7,5")]));
        assert_eq!(under(Value::Text("Đạt".to_owned()), OUT), (None, vec![out("Đạt", "Đạt")]));
        assert_eq!(under(Value::Number(7.0), RAISED), (Some(Value::Number(7.0)), vec![raised("7", "")]));
        assert_eq!(under(Value::Bool(true), Look::PLAIN), (Some(Value::Bool(true)), vec![]));
    }
}
