//! Whether a number format is one of dates, or of shares. `0.0 điểm` and `# "ngày"` are none of dates, though they hold
//! letters of dates.

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
    use super::{is_of_numbers, is_of_shares, share_text};

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
}
