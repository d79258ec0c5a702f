//! What a number format makes of a number: a date, a share, or nothing special. `0.0 điểm` and `# "ngày"` are none of
//! dates, though they hold letters of dates.

mod worded;

pub(super) use worded::Worded;

/// What a number in a cell is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shows {
    Number,
    /// A hundred times the number, with a per cent sign.
    Share,
    Date,
    /// A time of day.
    Time,
    /// A length of time, which counts on beyond a day: `[h]:mm`.
    Length,
    /// Not to be told here.
    Unsure,
}

/// The formats that every workbook has.
pub(super) fn built_in(number: u16) -> Shows {
    match number {
        9 | 10 => Shows::Share,
        18..=21 | 45 | 47 => Shows::Time,
        46 => Shows::Length,
        14..=17 | 22 | 27..=36 | 50..=58 => Shows::Date,
        _ => Shows::Number,
    }
}

/// A workbook's own format.
pub(super) fn shows(code: &str) -> Shows {
    let Some((letters, is_length)) = first_section(code) else { return Shows::Unsure };
    let is_date = letters.contains(DATES);
    let is_time = letters.contains(['h', 's', 'H', 'S']) && !letters.contains(['d', 'y', 'D', 'Y']);
    // The letters of "AM/PM" and their like are calamine's to judge, where a day is shown too.
    if letters.contains(['a', 'A']) && !is_time && (is_date || letters.contains(['p', 'P', '/'])) {
        return Shows::Unsure;
    }
    match is_date && !is_of_numbers(code) {
        _ if is_length => Shows::Length,
        true if is_time => Shows::Time,
        true => Shows::Date,
        false if is_of_shares(code) => Shows::Share,
        false => Shows::Number,
    }
}

const DATES: [char; 10] = ['d', 'm', 'h', 'y', 's', 'D', 'M', 'H', 'Y', 'S'];

/// What of a format's first section is not literal, and whether it begins with a length of time.
fn first_section(code: &str) -> Option<(String, bool)> {
    let mut letters = String::new();
    let mut chars = code.chars();
    while let Some(c) = chars.next() {
        match c {
            ';' => break,
            '\\' | '_' | '*' => drop(chars.next()),
            '"' => while chars.next().is_some_and(|c| c != '"') {},
            '[' => {
                let (inner, rest) = chars.as_str().split_once(']').filter(|(inner, _)| !inner.contains('['))?;
                if is_length_of_time(inner) && !letters.contains(DATES) {
                    return Some((letters, true));
                }
                chars = rest.chars();
            }
            ']' => return None,
            c => letters.push(c),
        }
    }
    Some((letters, false))
}

/// `h`, `mm`: what counts on beyond a day or an hour. Colours, conditions and languages are no such thing.
fn is_length_of_time(inner: &str) -> bool {
    let mut letters = inner.chars().map(|c| c.to_ascii_lowercase());
    letters.next().is_some_and(|first| matches!(first, 'h' | 'm' | 's') && letters.all(|c| c == first))
}

/// Whether cells of this format hold a plain number, whatever letters stand in it: it has a place for digits.
pub(super) fn is_of_numbers(code: &str) -> bool {
    let mut previous = ' ';
    let mut fraction = false;
    let mut chars = code.chars();
    while let Some(c) = chars.next() {
        match c {
            ';' => break,
            '\\' | '_' | '*' => {
                chars.next();
            }
            '"' => while chars.next().is_some_and(|c| c != '"') {},
            '[' => while chars.next().is_some_and(|c| c != ']') {},
            '#' | '?' => return true,
            // `ss.00` shows fractions of a second; any other zero is a digit of the number.
            '.' | ',' => fraction = matches!(previous, 's' | 'S'),
            '0' if !fraction => return true,
            'G' | 'g' if chars.as_str().get(..6).is_some_and(|rest| rest.eq_ignore_ascii_case("eneral")) => {
                return true;
            }
            _ => {}
        }
        previous = c;
    }
    false
}

/// Whether cells of this format show a hundred times their number, with a per cent sign.
pub(super) fn is_of_shares(code: &str) -> bool {
    let mut chars = code.chars();
    while let Some(c) = chars.next() {
        match c {
            ';' => break,
            '\\' | '_' | '*' => _ = chars.next(),
            '"' => while chars.next().is_some_and(|c| c != '"') {},
            '%' => return true,
            _ => {}
        }
    }
    false
}

/// A share as its cell shows it, to the last digit: `80%` of 0.8. Whoever reads the cell takes it for that, not for 0.8.
pub(super) fn share_text(share: f64) -> String {
    let digits = format!("{:.7}", share * 100.0);
    format!("{}%", digits.trim_end_matches('0').trim_end_matches('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_read_as_they_are_shown() {
        for code in ["0%", "0.00%", "0 %;[Red]-0%", "[>1]0%"] {
            assert!(is_of_shares(code), "{code}");
        }
        for code in ["General", "0.0", "0\"%\"", "0\\%", "0;0%"] {
            assert!(!is_of_shares(code), "{code}");
        }
        for (share, text) in [(0.8, "80%"), (1.0, "100%"), (0.333, "33.3%"), (0.07, "7%"), (0.0, "0%"), (-0.5, "-50%")]
        {
            assert_eq!(share_text(share), text);
        }
    }

    #[test]
    fn digits_make_a_number_and_letters_alone_a_date() {
        for code in ["0.0 điểm", "#,##0 đ", "General", "General\" điểm\"", "0", "?/?", "[Red]0.0 d", "\"ngày\" 0"]
        {
            assert!(is_of_numbers(code), "{code}");
        }
        for code in ["dd/mm/yyyy", "d-mmm", "h:mm:ss.00", "[h]:mm", "\"0\"d/m", "\\0d", "dd/mm;0", "[$-42A]d/m/yyyy"] {
            assert!(!is_of_numbers(code), "{code}");
        }
    }

    #[test]
    fn formats_of_a_workbooks_own() {
        for (code, want) in [
            ("#,##0.0", Shows::Number),
            ("0.0 điểm", Shows::Number),
            ("@", Shows::Number),
            ("[$-42A]d/m/yyyy;@", Shows::Date),
            ("dd\\-mm\\-yy", Shows::Date),
            ("\"ngày\" d", Shows::Date),
            ("\"ngày\"", Shows::Number),
            ("[h]:mm", Shows::Length),
            ("[mm]:ss;@", Shows::Length),
            ("h:mm", Shows::Time),
            ("[$-42A]hh\\:mm\\:ss", Shows::Time),
            ("mm:ss.0", Shows::Time),
            ("d/m h:mm", Shows::Date),
            ("[Magenta]d/m", Shows::Date),
            ("d [h]", Shows::Date),
            ("General \"điểm\"", Shows::Number),
            ("[Red]0.0 d", Shows::Number),
            ("h:mm AM/PM", Shows::Time),
            ("d/m h:mm AM/PM", Shows::Unsure),
        ] {
            assert_eq!(shows(code), want, "{code}");
        }
    }
}
