//! Whether a number format is one of dates. `0.0 điểm` and `# "ngày"` are not, though they hold letters of dates.

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

#[cfg(test)]
mod tests {
    use super::is_of_numbers;

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
