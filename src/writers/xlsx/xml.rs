//! The little XML that is written here: numbers and escaped texts into a string, attributes and insides out of what the library
//! has written.

/// Adds a number.
pub(super) fn digits(out: &mut String, number: u64) {
    let mut digits = crate::digits::Digits::new();
    digits.number(number);
    out.push_str(digits.as_str());
}

/// Adds a finite number with a fraction or without.
pub(super) fn number(out: &mut String, number: f64) {
    // What every double tells apart.
    const WHOLE: f64 = 9_007_199_254_740_992.0;
    if number.fract() == 0.0 && (0.0..WHOLE).contains(&number) && number.is_sign_positive() {
        digits(out, number as u64);
    } else {
        out.push_str(&number.to_string());
    }
}

/// Adds a text, of an element or of an attribute in double quotes.
pub(super) fn escaped(out: &mut String, text: &str, in_attribute: bool) {
    if !in_attribute && memchr::memchr3(b'&', b'<', b'>', text.as_bytes()).is_none() {
        return out.push_str(text);
    }
    let mut from = 0;
    for (at, byte) in text.bytes().enumerate() {
        let instead = match byte {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' if in_attribute => "&quot;",
            b'\n' if in_attribute => "&#xA;",
            _ => continue,
        };
        out.push_str(&text[from..at]);
        out.push_str(instead);
        from = at + 1;
    }
    out.push_str(&text[from..]);
}

/// A text of a cell or note, with the attribute that keeps spaces at its ends.
pub(super) fn text_element(out: &mut String, text: &str) {
    let spaces = [' ', '\t', '\n'];
    let keeps = text.starts_with(spaces) || text.ends_with(spaces);
    out.push_str(if keeps { "<t xml:space=\"preserve\">" } else { "<t>" });
    if text.contains("_x") {
        escaped(out, &literal(text), false);
    } else {
        escaped(out, text, false);
    }
    out.push_str("</t>");
}

/// `_x0041_` in a text would be read as the letter with this number: its first stroke is written as a number itself.
fn literal(text: &str) -> String {
    const CODE: usize = "_x0000_".len();
    let mut out = String::with_capacity(text.len() + CODE);
    for (at, c) in text.char_indices() {
        let code = text.get(at..at + CODE).filter(|code| code.starts_with("_x") && code.ends_with('_'));
        if code.is_some_and(|code| code[2..CODE - 1].bytes().all(|byte| byte.is_ascii_hexdigit())) {
            out.push_str("_x005F");
        }
        out.push(c);
    }
    out
}

/// The value of an attribute of the first tag that has it.
pub(super) fn attribute<'t>(text: &'t str, name: &str) -> Option<&'t str> {
    let from = text.match_indices(name).find_map(|(at, _)| {
        let is_whole = at == 0 || text.as_bytes()[at - 1] == b' ';
        let rest = text[at + name.len()..].strip_prefix("=\"")?;
        is_whole.then_some(rest)
    })?;
    from.split('"').next()
}

/// What stands in the outermost element of a text.
pub(super) fn inner(element: &str) -> Option<&str> {
    let (_, rest) = element.split_once('>')?;
    Some(&rest[..rest.rfind("</")?])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_escaped_and_keep_their_spaces() {
        let mut out = String::new();
        text_element(&mut out, " a<b>&\"c\" _x0041_ _x00_");
        assert_eq!(out, "<t xml:space=\"preserve\"> a&lt;b&gt;&amp;\"c\" _x005F_x0041_ _x00_</t>");
        let mut out = String::new();
        escaped(&mut out, "a\"b\nc", true);
        assert_eq!(out, "a&quot;b&#xA;c");
    }

    #[test]
    fn attributes_are_found_by_their_whole_name() {
        let tag = "<c min=\"3\" customHeight=\"1\" ht=\"16.5\"/>";
        assert_eq!(attribute(tag, "ht"), Some("16.5"));
        assert_eq!(attribute(tag, "in"), None);
        assert_eq!(inner("<a b=\"1\"><c>x</c></a>"), Some("<c>x</c>"));
    }
}
