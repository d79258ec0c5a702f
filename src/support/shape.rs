//! What a text looks like, without what it says.

/// Each letter is `x` or `X`, each digit `0`; signs and an ending such as `.xlsx` stay.
pub(super) fn shape(text: &str) -> String {
    let (stem, ending) = match text.rsplit_once('.') {
        Some((stem, ending)) if is_known(ending) => (stem, &text[stem.len()..]),
        _ => (text, ""),
    };
    stem.chars().map(of).chain(ending.chars()).collect()
}

fn is_known(ending: &str) -> bool {
    const ENDINGS: [&str; 10] = ["xlsx", "xlsm", "xls", "xlsb", "ods", "csv", "zip", "pdf", "docx", "toml"];
    ENDINGS.contains(&ending.to_ascii_lowercase().as_str())
}

fn of(c: char) -> char {
    match c {
        c if c.is_uppercase() => 'X',
        c if c.is_alphabetic() => 'x',
        c if c.is_numeric() => '0',
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use super::shape;

    #[test]
    fn letters_and_digits_go_and_endings_stay() {
        assert_eq!(shape("nop/Trường Hòa.Lạc 0912.xlsx"), "xxx/Xxxxxx Xxx.Xxx 0000.xlsx");
        assert_eq!(shape("Hòa.Lạc"), "Xxx.Xxx");
        assert_eq!(shape(""), "");
    }
}
