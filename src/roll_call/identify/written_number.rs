//! Codes that some program took for numbers: `80100012.0`, `8,0100012E+07`, `80.100.012`.

use std::ops::Range;

/// Digits that can be a code.
fn are_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The code without what makes it a number, where no digit of it is lost; `None` for anything else.
pub(super) fn digits(written: &str) -> Option<String> {
    let text: String = written.split_whitespace().collect();
    if let Some((whole, fraction)) = text.split_once(['.', ','])
        && are_digits(whole)
        && !fraction.is_empty()
        && fraction.bytes().all(|byte| byte == b'0')
    {
        return Some(whole.to_owned());
    }
    if let Some((digits, decimals, exponent)) = scientific(&text) {
        return (decimals == exponent).then_some(digits);
    }
    let mut groups = text.split(['.', ',', '\'']);
    let first = groups.next()?;
    let rest: Vec<&str> = groups.collect();
    let grouped =
        are_digits(first) && first.len() <= 3 && rest.iter().all(|group| are_digits(group) && group.len() == 3);
    (grouped && rest.len() >= 2).then(|| text.split(['.', ',', '\'']).collect())
}

/// The numbers that `8,01E+07` may be what is left of.
pub(super) fn shortened(written: &str) -> Option<Range<f64>> {
    let text: String = written.split_whitespace().collect();
    let (digits, decimals, exponent) = scientific(&text)?;
    let unit = 10_f64.powi(i32::try_from(exponent.checked_sub(decimals)?).ok()?);
    let middle = digits.parse::<f64>().ok()? * unit;
    Some(middle - unit / 2.0..middle + unit / 2.0)
}

/// The digits of `8,01E+07`, how many of them are decimals, and the power of ten.
fn scientific(text: &str) -> Option<(String, usize, usize)> {
    /// No code is longer.
    const LONGEST: usize = 35;
    let (mantissa, exponent) = text.split_once(['E', 'e'])?;
    let exponent = exponent.strip_prefix('+').unwrap_or(exponent);
    let (whole, fraction) = mantissa.split_once(['.', ',']).unwrap_or((mantissa, ""));
    let is_number = whole.len() == 1 && are_digits(whole) && (fraction.is_empty() || are_digits(fraction));
    let exponent: usize = if are_digits(exponent) { exponent.parse().ok()? } else { return None };
    (is_number && exponent <= LONGEST).then(|| (format!("{whole}{fraction}"), fraction.len(), exponent))
}
