//! The cell of a score to points, strictly: what has two readings is not taken.

use std::borrow::Cow;

use crate::form::show;
use crate::grid::{Date, Time, Value};
use crate::points::{Points, Share};
use crate::table::{contains_words, words};
use crate::text;

/// What the cell of a score says.
#[derive(Debug, Clone, PartialEq)]
pub enum Score {
    /// Nothing.
    Blank,
    /// Points as typed: held against 0 and the maximum before they are rounded.
    Points(Share),
    /// "-", "không", "chưa": nothing done.
    Nothing,
    /// A yes or a no in words or marks.
    Word(bool),
    /// A yes or a no, and a remark that leaves no doubt of it: "Có, đã ban hành QĐ 12".
    Remarked(bool),
    /// `n/m`, with m other than the item's maximum.
    Fraction,
    /// `80%`.
    Percent,
    /// A day and month.
    Date(Date),
    /// A time of day or a length of time.
    Time(Time),
    /// More than one number, or a number with two possible readings.
    Ambiguous,
    /// No number at all.
    Unreadable,
    /// An error value, or a number that is none.
    Error(String),
    /// A formula without a result.
    Uncomputed,
    /// A number with a raised or lowered figure: its readings.
    Raised(String),
    /// What the cell shows means something else than what it holds.
    ShownOtherwise(String),
}

/// A date before this serial is a small number under a format that looks like one of dates.
const FIRST_LIKELY_DATE: f64 = 1000.0;

/// Reads the cell of a score of an item with this maximum.
pub fn read(value: Option<&Value>, max: Points) -> Score {
    match value {
        None => Score::Blank,
        Some(Value::Number(number)) => from_number(*number),
        Some(Value::Date(date)) if date.serial.abs() < FIRST_LIKELY_DATE => from_number(date.serial),
        Some(Value::Date(date)) => Score::Date(*date),
        Some(Value::Time(time)) => Score::Time(*time),
        Some(Value::Bool(answer)) => Score::Word(*answer),
        Some(Value::Error(error)) => Score::Error(error.clone()),
        Some(Value::Uncomputed) => Score::Uncomputed,
        Some(Value::Text(text)) => from_text(text, max),
    }
}

/// Reads what the format of a cell makes of its number.
pub fn read_shown(shown: &str, max: Points) -> Score {
    from_text(shown, max)
}

/// The remark in brackets behind a number: "10 (dự kiến)". What holds a number itself is none.
pub fn remark(value: &Value) -> Option<&str> {
    match value {
        Value::Text(text) => remark_in(text),
        _ => None,
    }
}

/// The same in a text.
pub fn remark_in(text: &str) -> Option<&str> {
    let (before, remark) = text.trim().rsplit_once('(')?;
    let remark = remark.strip_suffix(')')?.trim();
    let says = remark.chars().any(char::is_alphabetic) && !remark.chars().any(|c| c.is_ascii_digit());
    (says && !before.trim().is_empty() && !is_unit(remark)).then_some(remark)
}

fn from_number(number: f64) -> Score {
    match Share::of_score(number) {
        Some(typed) => Score::Points(typed),
        None => Score::Error(if number.is_nan() { "NaN".to_owned() } else { format!("{number:e}") }),
    }
}

fn from_text(text: &str, max: Points) -> Score {
    // A raised or circled figure is a power or the mark of a note; made plain it would become a digit of the score.
    let mut text = Cow::Borrowed(text);
    if text.chars().any(|c| text::is_off_the_line(c) || text::is_odd_figure(c)) {
        text = text.chars().filter(|c| !text::is_off_the_line(*c)).collect();
        if text.chars().any(char::is_numeric) {
            return Score::Ambiguous;
        }
    }
    let text = text::typed(&text);
    let text = text.as_str();
    if text.is_empty() {
        return Score::Blank;
    }
    if let Some(score) = from_words(text, max) {
        return score;
    }
    let bare = without_unit(text);
    if let Some(percent) = bare.strip_suffix('%') {
        return if decimal(percent).is_some() { Score::Percent } else { Score::Ambiguous };
    }
    if let Some((part, whole)) = bare.split_once('/') {
        let whole_points = decimal(without_unit(whole.trim()));
        return match (decimal(without_unit(part.trim())), whole_points) {
            (Some(typed), Some(whole)) if whole == max.share() => Score::Points(typed),
            (Some(_), Some(_)) => Score::Fraction,
            _ => Score::Ambiguous,
        };
    }
    match decimal(bare) {
        Some(typed) => Score::Points(typed),
        None if bare.chars().any(|c| c.is_ascii_digit()) => Score::Ambiguous,
        None => Score::Unreadable,
    }
}

fn from_words(text: &str, max: Points) -> Option<Score> {
    if text.chars().all(|c| matches!(c, '-' | '−' | '–' | '—' | '_' | '.' | '…')) {
        return Some(if text.contains(['-', '−', '–', '—']) { Score::Nothing } else { Score::Blank });
    }
    if let Some(answer) = yes_or_no(text) {
        return Some(Score::Word(answer));
    }
    if let Some(score) = remarked(text, max) {
        return Some(score);
    }
    let zero = words().answers.exact(&text::fold(text)) == Some("zero");
    zero.then_some(Score::Nothing)
}

/// A yes or a no, in words or as a mark.
fn yes_or_no(text: &str) -> Option<bool> {
    let folded = text::fold(text);
    if folded.is_empty() {
        let mark = words().marks.iter().find(|(_, mark)| mark == text.trim())?;
        return Some(mark.0 == "yes_marks");
    }
    match words().answers.exact(&folded)? {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    }
}

/// "Đã ban hành (QĐ số 12/QĐ-TH)", "Không, đang xây dựng": an answer and a remark that does not speak against it.
fn remarked(text: &str, max: Points) -> Option<Score> {
    let at = text.find(['(', ',', ';', ':', '.', '-', '–', '—'])?;
    let (answer, remark) = (text[..at].trim(), &text[at..]);
    let in_brackets = remark.starts_with('(');
    // A letter alone may be the start of anything.
    if !in_brackets && answer.chars().count() < 2 {
        return None;
    }
    let answer = yes_or_no(answer)?;
    if !fits(answer, remark, max) {
        return None;
    }
    Some(if in_brackets { Score::Word(answer) } else { Score::Remarked(answer) })
}

/// Whether a remark leaves an answer as it is: no word of doubt, no points other than the answer's.
fn fits(answer: bool, remark: &str, max: Points) -> bool {
    let folded = text::fold(remark);
    let against = if answer { "after_yes" } else { "after_no" };
    let speaks = |(key, phrase): (&str, &str)| (key == "doubt" || key == against) && contains_words(&folded, phrase);
    let bare = without_unit(remark.trim_matches(|c: char| !c.is_alphanumeric()));
    let points = decimal(bare.split('/').next().unwrap_or_default());
    let others = points.is_some_and(|typed| typed != if answer { max.share() } else { Share::ZERO });
    !others && !words().remarks.phrases().any(speaks)
}

/// Leaves out "điểm", "đ", "đ.", "Điểm: " and a remark in brackets that holds no number.
fn without_unit(text: &str) -> &str {
    let mut bare = text.trim();
    if let Some((before, remark)) = bare.rsplit_once('(')
        && remark.ends_with(')')
        && !remark.chars().any(|c| c.is_ascii_digit())
        && !before.trim().is_empty()
    {
        bare = before.trim();
    }
    bare = bare.trim_end_matches(['.', ',', ';']).trim();
    let digits_end = bare.rfind(|c: char| c.is_ascii_digit() || c == '%').map_or(0, |at| at + 1);
    let digits_start = bare.find(|c: char| c.is_ascii_digit() || matches!(c, '-' | '−' | '+')).unwrap_or(0);
    // ",5" is half a point; "....5" stands on a line of dots; "..5" may be either.
    let marks = marks_at_end(&bare[..digits_start]);
    let digits_start = digits_start - usize::from(marks == 1);
    if marks != 2 && digits_start < digits_end && is_unit(&bare[..digits_start]) && is_unit(&bare[digits_end..]) {
        bare = &bare[digits_start..digits_end];
    }
    bare
}

/// How many decimal marks stand before digits; none of them is one behind a unit ("điểm.5") or a line.
fn marks_at_end(before: &str) -> usize {
    let ahead = before.trim_end_matches(['.', ',']);
    if ahead.ends_with(|c: char| c.is_alphabetic() || c == '…') { 0 } else { before.len() - ahead.len() }
}

/// "điểm", "đ", and marks that change no number; "~", "<" and "?" do.
fn is_unit(text: &str) -> bool {
    // "điểm" where a program could not keep the letters beyond ASCII.
    if matches!(text.trim().to_ascii_lowercase().as_str(), "_i_m" | "?i?m") {
        return true;
    }
    let is_harmless = |c: char| {
        c.is_alphabetic() || matches!(c, ' ' | '.' | ',' | '…' | '_' | ':' | ';' | '*' | '(' | ')' | '=' | '\'' | '"')
    };
    text.chars().all(is_harmless) && matches!(text::fold(text).as_str(), "" | "diem" | "d" | "diem so")
}

/// One number with at most one decimal mark, blanks around it allowed.
fn decimal(text: &str) -> Option<Share> {
    let text = text.trim().replace(" ,", ",").replace(", ", ",").replace(" .", ".").replace(". ", ".");
    let text = text.strip_prefix('+').unwrap_or(&text);
    match text.strip_prefix(['.', ',']) {
        Some(fraction) => Share::parse_decimal(&format!("0,{fraction}")),
        None if text.starts_with('+') => None,
        None => Share::parse_signed(text),
    }
}

/// The two ways to read a date that was a score: 7 May as 7,5 or 5,7.
pub fn date_as_scores(date: Date) -> String {
    format!("{},{} hay {},{}", date.day, date.month, date.month, date.day)
}

/// What was probably typed where a time stands: 7:05 for 7,5 or 7,05, 12:00 for 12.
pub fn time_as_scores(time: Time) -> String {
    match time.parts() {
        (hours, 0, _) => hours.to_string(),
        (hours, minutes @ 1..=9, _) => format!("{hours},{minutes} hay {hours},0{minutes}"),
        (hours, minutes, _) => format!("{hours},{minutes}"),
    }
}

/// A value as messages show it.
pub fn shown(value: Option<&Value>) -> Cow<'_, str> {
    match value {
        Some(Value::Date(date)) if date.serial.abs() >= FIRST_LIKELY_DATE => {
            format!("{}/{}", date.day, date.month).into()
        }
        Some(Value::Date(date)) => show(&Value::Number(date.serial)).into_owned().into(),
        Some(value) => show(value),
        None => Cow::default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hundredths(n: i64) -> Share {
        Points::hundredths(n).share()
    }

    fn of(text: &str) -> Score {
        read(Some(&Value::Text(text.to_owned())), Points::whole(10))
    }

    #[test]
    fn numbers_as_people_write_them() {
        for text in [
            "7,5",
            "7.5",
            " 7,5 đ",
            "7.5/10",
            "7,5 / 10",
            "7,5 điểm",
            "７,５",
            "7,5\u{00A0}",
            "'7,5",
            "Điểm: 7,5",
            "7 ,5",
            "7,50",
            "7,5đ.",
            "+7,5",
            "7,5 (đã làm)",
            "7,5/10 điểm",
            "7.5đ",
            "7,5 Đ",
            "7,5điểm",
            "7,5 điểm.",
            "7,5 _i_m",
            "7,5 ?i?m.",
        ] {
            assert_eq!(of(text), Score::Points(hundredths(750)), "{text}");
        }
        for text in [",5", ".5", "0,5", "+,5"] {
            assert_eq!(of(text), Score::Points(hundredths(50)), "{text}");
        }
        for text in ["......5......", "…5…", "=5", "(5)", "5*", "* 5", "Điểm:5", "điểm.5"] {
            assert_eq!(of(text), Score::Points(hundredths(500)), "{text}");
        }
        assert_eq!(of("-1"), Score::Points(hundredths(-100)));
        assert_eq!(of("−1"), Score::Points(hundredths(-100)));
        assert_eq!(of("7,333"), Score::Points(Share::new(7_333, 1_000).unwrap()));
        assert_eq!(of("10,004"), Score::Points(Share::new(10_004, 1_000).unwrap()));
    }

    #[test]
    fn what_has_two_readings_is_not_taken() {
        for text in [
            "5-6",
            "5 hoặc 6",
            "1.000,5",
            "7..5",
            "5 6",
            "6 (5)",
            "khoảng 7",
            "7/5/2025",
            "7,5,1",
            "5²",
            "~5",
            "<5",
            "≥ 5",
            "5?",
            "5 ?i",
            "5 _r_m",
            "5/",
            "/5",
            "++5",
            "5-",
            "5+",
            "..5",
        ] {
            assert_eq!(of(text), Score::Ambiguous, "{text}");
        }
        assert_eq!(of("12/15"), Score::Fraction);
        assert_eq!(of("80%"), Score::Percent);
    }

    #[test]
    fn a_mark_of_a_note_on_a_word_is_none_of_it() {
        assert_eq!(of("Có¹"), Score::Word(true));
        assert_eq!(of("Đạt ⁽²⁾"), Score::Word(true));
        assert_eq!(of("①"), Score::Ambiguous);
        // Circled letters are no figures.
        assert_eq!(of("Ⓐ"), Score::Unreadable);
        assert_eq!(of("Ⓟ/,"), Score::Ambiguous);
    }

    #[test]
    fn remarks_in_brackets_are_told() {
        for (text, want) in [
            ("10 (dự kiến)", Some("dự kiến")),
            (" 5 ( chưa hoàn thành ) ", Some("chưa hoàn thành")),
            ("5 (điểm)", None),
            ("5 (10)", None),
            ("(dự kiến)", None),
            ("5", None),
        ] {
            assert_eq!(remark_in(text), want, "{text}");
        }
        assert_eq!(of("10 (dự kiến)"), Score::Points(hundredths(1000)));
    }

    #[test]
    fn times_name_what_was_probably_typed() {
        for (days, is_length, want) in [
            (0.5, false, "12"),
            (7.0 / 24.0 + 5.0 / 1440.0, false, "7,5 hay 7,05"),
            (1.25, true, "30"),
            (7.5 / 24.0, false, "7,30"),
        ] {
            assert_eq!(time_as_scores(Time { days, is_length }), want);
            assert_eq!(
                read(Some(&Value::Time(Time { days, is_length })), Points::whole(10)),
                Score::Time(Time { days, is_length })
            );
        }
    }

    #[test]
    fn words_and_marks() {
        for (text, want) in [
            ("", Score::Blank),
            ("…", Score::Blank),
            ("-", Score::Nothing),
            ("−", Score::Nothing),
            ("chưa làm", Score::Word(false)),
            ("Không", Score::Word(false)),
            ("x", Score::Word(true)),
            ("✓", Score::Word(true)),
            ("CÓ", Score::Word(true)),
            ("tốt", Score::Unreadable),
            ("Có (QĐ 12/2024)", Score::Word(true)),
            ("Có, đã ban hành QĐ 12", Score::Remarked(true)),
            ("Có. QĐ số 12/QĐ-TH ngày 05/9/2024", Score::Remarked(true)),
            ("Có - 02 phòng máy", Score::Remarked(true)),
            ("Có: 10 điểm", Score::Remarked(true)),
            ("Không, đang xây dựng", Score::Remarked(false)),
            ("Chưa; kinh phí năm 2025", Score::Remarked(false)),
            ("không (0đ)", Score::Word(false)),
        ] {
            assert_eq!(of(text), want, "{text}");
        }
    }

    #[test]
    fn a_remark_that_speaks_against_the_answer_leaves_it_open() {
        for text in [
            "Có, nhưng chưa đủ",
            "Có (chưa đầy đủ)",
            "Có, đang triển khai",
            "Có - Không",
            "Không, đã có dự thảo",
            "Có, sẽ bổ sung",
            "Có một phần",
            "Có QĐ",
            "v.v.",
        ] {
            assert_eq!(of(text), Score::Unreadable, "{text}");
        }
        for text in ["Có, 5 điểm", "Có (2,5)", "Không: 3", "Có 5", "Có/Không"] {
            assert_eq!(of(text), Score::Ambiguous, "{text}");
        }
    }

    #[test]
    fn dates_and_what_only_looks_like_one() {
        let date = Date { serial: 45_784.0, year: 2025, month: 5, day: 7 };
        assert_eq!(read(Some(&Value::Date(date)), Points::whole(10)), Score::Date(date));
        assert_eq!(date_as_scores(date), "7,5 hay 5,7");
        let odd_format = Date { serial: 7.5, year: 1900, month: 1, day: 7 };
        let points = Score::Points(hundredths(750));
        assert_eq!(read(Some(&Value::Date(odd_format)), Points::whole(10)), points);
        assert_eq!(read(Some(&Value::Number(f64::NAN)), Points::whole(10)), Score::Error("NaN".to_owned()));
    }

    #[test]
    fn no_sign_is_a_score_but_a_figure() {
        for sign in ('\u{80}'..='\u{2FFFF}').filter(|sign| !sign.is_alphabetic()) {
            let is_figure = ('０'..='９').contains(&sign);
            assert_eq!(matches!(of(&sign.to_string()), Score::Points(_)), is_figure, "{sign}");
        }
    }
}
