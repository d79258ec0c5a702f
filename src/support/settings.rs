//! `co-quan.toml` with its keys, dates and numbers, and the shape of all else. Line by line, since a file that is no TOML
//! is just the one that somebody needs help with.

use super::shape::shape;
use crate::office::TEMPLATE;

/// The text with every name masked.
pub(super) fn masked(text: &str) -> String {
    text.trim_start_matches('\u{FEFF}').lines().map(|line| format!("{}\n", masked_line(line))).collect()
}

fn masked_line(line: &str) -> String {
    if TEMPLATE.lines().any(|known| known.trim_end() == line.trim_end()) {
        return line.to_owned();
    }
    let trimmed = line.trim_start().trim_start_matches('#').trim();
    if line.trim_start().starts_with('[') && is_known(trimmed.trim_matches(['[', ']'])) {
        return line.to_owned();
    }
    match line.split_once('=') {
        Some((key, value)) if is_known(key.trim_matches(['#', ' ', '\t'])) => format!("{key}={}", value_of(value)),
        Some((key, value)) => format!("{}={}", shape(key), value_of(value)),
        None => shape(line),
    }
}

/// Whether it is a key of the template: another one may be a name.
fn is_known(key: &str) -> bool {
    let is_key = |line: &str| {
        let line = line.trim_start_matches(['#', '[']);
        line.strip_prefix(key).is_some_and(|rest| rest.trim_start().starts_with(['=', ']']))
    };
    !key.is_empty() && TEMPLATE.lines().any(is_key)
}

/// Years, dates, codes of criteria and numbers of few digits tell nobody apart; a telephone number does, and those of a
/// district have seven digits.
fn value_of(value: &str) -> String {
    let bare = value.split('#').next().unwrap_or_default().trim().trim_matches('"');
    let digits = bare.chars().filter(char::is_ascii_digit).count();
    let most = if bare.contains(['-', '/']) { 8 } else { 6 };
    let is_plain = bare.chars().all(|c| c.is_ascii_digit() || "/-.:T".contains(c)) && digits <= most;
    if is_plain && !value.contains('#') { value.to_owned() } else { shape(value) }
}

#[cfg(test)]
mod tests {
    use super::masked;

    #[test]
    fn keys_dates_and_numbers_stay_and_names_go() {
        for (line, expected) in [
            ("ten = \"Phòng Hòa Lạc\"", "ten = \"Xxxxx Xxx Xxx\""),
            ("nam_hoc = \"2024-2025\"", "nam_hoc = \"2024-2025\""),
            ("nop_phieu = \"31/5/2025\"", "nop_phieu = \"31/5/2025\""),
            ("lien_he = \"0912345678\"", "lien_he = \"0000000000\""),
            ("lien_he = \"38123456\"", "lien_he = \"00000000\""),
            ("Hòa_Lạc = 5", "Xxx_Xxx = 5"),
            ("[han]", "[han]"),
            ("# cô Lan giữ", "# xx Xxx xxx"),
            ("ten = \"Hòa Lạc", "ten = \"Xxx Xxx"),
            ("giu_lai = 30 # Lan", "giu_lai = 00 # Xxx"),
        ] {
            assert_eq!(masked(line), format!("{expected}\n"));
        }
        let template = crate::office::TEMPLATE;
        assert_eq!(masked(template).lines().collect::<Vec<_>>(), template.lines().collect::<Vec<_>>());
    }
}
