//! E-mail addresses, also with a space before or behind the `@`, within links, and where the `@` is spelled out.

use super::{Sign, Span, is_word, stands};

/// Last labels of domains: where the `@` stands apart, only with one of these is it an address.
const ENDINGS: [&str; 10] = ["vn", "com", "net", "org", "edu", "gov", "info", "me", "io", "asia"];
/// The `@` as it is spelled in links and by those who fear robots.
const SPELLED: [&str; 4] = ["@", "%40", "(at)", "[at]"];

pub(super) fn find(signs: &[Sign]) -> Vec<Span> {
    let mut found = Vec::new();
    for at in 0..signs.len() {
        found.extend(SPELLED.iter().find(|text| stands(signs, at, text)).and_then(|text| around(signs, at, text)));
    }
    found
}

fn around(signs: &[Sign], at: usize, spelled: &str) -> Option<Span> {
    let is_space = |i: usize| signs.get(i).is_some_and(|sign| sign.c.is_whitespace());
    let behind = at + spelled.len();
    let name_end = if at > 0 && is_space(at - 1) { at - 1 } else { at };
    let from = if is_space(behind) { behind + 1 } else { behind };
    let mut start = name_end;
    while start > 0 && is_of_name(signs[start - 1].c) {
        start -= 1;
    }
    let mut end = from;
    while signs.get(end).is_some_and(|sign| sign.c.is_alphanumeric() || matches!(sign.c, '.' | '-')) {
        end += 1;
    }
    while end > from && !is_word(signs.get(end - 1)) {
        end -= 1;
    }
    let domain: String = signs[from..end].iter().map(|sign| sign.c.to_ascii_lowercase()).collect();
    let is_named = signs[start..name_end].iter().any(|sign| sign.c.is_alphanumeric());
    let is_apart = name_end < at || from > behind || spelled.starts_with(['(', '[']);
    let is_domain = match is_apart {
        true => domain.rsplit_once('.').is_some_and(|(_, last)| ENDINGS.contains(&last)),
        false => domain.contains(char::is_alphabetic),
    };
    if !is_named || !is_domain {
        return None;
    }
    let scheme = "mailto:".len();
    let start = if start >= scheme && stands(signs, start - scheme, "mailto:") { start - scheme } else { start };
    Some(start..end)
}

fn is_of_name(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '.' | '_' | '+' | '-')
}

#[cfg(test)]
mod tests {
    use super::super::Masked;

    #[test]
    fn addresses_are_found() {
        for text in [
            "hoa@gmail.com",
            "Hoa.Nguyen+lop1@thcs-hoalac.edu.vn",
            "hoa @ gmail.com",
            "hoa@ gmail.com",
            "hoa @gmail.com",
            "hoa\u{A0}@\u{A0}gmail.com",
            "hoa＠gmail．com",
            "hoa%40gmail.com",
            "hoa(at)gmail.com",
            "hoa[at]gmail.com",
            "mailto:hoa@gmail.com",
            "hoa@mayphucvu",
            "trần.hoa@gmail.com",
        ] {
            assert_eq!(&*Masked::of(text), "[thư điện tử]", "{text}");
            let sentence = format!("gửi “{text}”, ngày 3.");
            assert_eq!(&*Masked::of(&sentence), "gửi “[thư điện tử]”, ngày 3.", "{text}");
        }
        assert_eq!(&*Masked::of("https://x.vn/?u=hoa@x.vn&b=1"), "https://x.vn/?u=[thư điện tử]&b=1");
        assert_eq!(&*Masked::of("nop/hoa@x.vn.xlsx"), "nop/[thư điện tử]");
    }

    #[test]
    fn what_is_no_address_stays() {
        for text in
            ["@lop1", "https://x.vn/@lop1", "5 @ 3", "giá 3kg@2", "Facebook @thcs.hoalac", "(at)", "a%40", "50%40"]
        {
            assert_eq!(&*Masked::of(text), text);
        }
    }
}
