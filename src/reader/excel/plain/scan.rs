//! A walk through XML that takes the shapes office programs write and no other: `None` means "not plain", never "wrong".

use std::borrow::Cow;

use memchr::{memchr, memmem};
use quick_xml::escape::unescape;

/// A place in a part.
#[derive(Clone, Copy)]
pub(super) struct Scan<'a> {
    text: &'a str,
    at: usize,
}

/// The bytes that names of attributes are made of.
const IN_NAME: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = (byte as u8).is_ascii_alphanumeric() || matches!(byte as u8, b':' | b'_' | b'-' | b'.');
        byte += 1;
    }
    table
};

fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\n' | b'\r' | b'\t')
}

/// What comes next inside a tag.
pub(super) enum Inside<'a> {
    Attribute(&'a str, &'a str),
    /// `>`
    Open,
    /// `/>`
    Empty,
}

impl<'a> Scan<'a> {
    /// The first tag of this name, with its attributes still to come. `None` if there is none.
    pub fn find(text: &'a str, tag: &str) -> Option<Scan<'a>> {
        let at = memmem::find(text.as_bytes(), tag.as_bytes())? + tag.len();
        matches!(text.as_bytes().get(at)?, b' ' | b'>' | b'/' | b'\n' | b'\r' | b'\t').then_some(Scan { text, at })
    }

    /// What has not been walked through.
    pub fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn bytes(&self) -> &'a [u8] {
        self.text.as_bytes().get(self.at..).unwrap_or_default()
    }

    fn skip_space(&mut self) {
        let bytes = self.text.as_bytes();
        while bytes.get(self.at).is_some_and(|b| is_space(*b)) {
            self.at += 1;
        }
    }

    /// The name of the tag that comes next, after white space; of a closing one with its `/`.
    pub fn tag(&mut self) -> Option<&'a str> {
        self.skip_space();
        let bytes = self.bytes();
        if bytes.first() != Some(&b'<') {
            return None;
        }
        let from = if bytes.get(1) == Some(&b'/') { 2 } else { 1 };
        let end = from + bytes.get(from..)?.iter().position(|b| is_space(*b) || matches!(b, b'>' | b'/'))?;
        let name = self.text.get(self.at + 1..self.at + end)?;
        self.at += end;
        Some(name)
    }

    /// What comes next inside a tag.
    pub fn inside(&mut self) -> Option<Inside<'a>> {
        self.skip_space();
        let bytes = self.bytes();
        match bytes.first()? {
            b'>' => {
                self.at += 1;
                return Some(Inside::Open);
            }
            b'/' if bytes.get(1) == Some(&b'>') => {
                self.at += 2;
                return Some(Inside::Empty);
            }
            _ => {}
        }
        let equals = bytes.iter().position(|b| !IN_NAME[usize::from(*b)])?;
        let quote = *bytes.get(equals + 1)?;
        if equals == 0 || bytes[equals] != b'=' || !matches!(quote, b'"' | b'\'') {
            return None;
        }
        let len = bytes[equals + 2..].iter().position(|b| *b == quote)?;
        let name = self.text.get(self.at..self.at + equals)?;
        let value = self.text.get(self.at + equals + 2..self.at + equals + 2 + len)?;
        self.at += equals + len + 3;
        Some(Inside::Attribute(name, value))
    }

    /// Leaves a tag; whether it has a content.
    pub fn leave(&mut self) -> Option<bool> {
        loop {
            match self.inside()? {
                Inside::Attribute(..) => {}
                Inside::Open => return Some(true),
                Inside::Empty => return Some(false),
            }
        }
    }

    /// The text up to the next tag, as it is written.
    pub fn text(&mut self) -> Option<&'a str> {
        let len = memchr(b'<', self.bytes())?;
        let text = self.text.get(self.at..self.at + len)?;
        self.at += len;
        Some(text)
    }

    /// Goes through the closing tag of this name, which must come next.
    pub fn close(&mut self, name: &str) -> Option<()> {
        let rest = self.bytes().strip_prefix(b"</")?.strip_prefix(name.as_bytes())?;
        self.at += name.len() + 2;
        let space = rest.iter().take_while(|b| b.is_ascii_whitespace()).count();
        self.at += space + 1;
        (rest.get(space) == Some(&b'>')).then_some(())
    }

    /// Goes behind the next occurrence of these words.
    pub fn skip_past(&mut self, words: &str) -> Option<()> {
        self.at += memmem::find(self.bytes(), words.as_bytes())? + words.len();
        Some(())
    }
}

/// A text with its entities resolved. `None` for what line ends and `_x000D_` would make of it.
pub(super) fn decoded(raw: &str) -> Option<Cow<'_, str>> {
    if memchr(b'\r', raw.as_bytes()).is_some() {
        return None;
    }
    let text = if memchr(b'&', raw.as_bytes()).is_some() { unescape(raw).ok()? } else { Cow::Borrowed(raw) };
    (!has_escape(text.as_bytes())).then_some(text)
}

/// Whether there is `_x` with four hexadecimal digits and `_`.
fn has_escape(text: &[u8]) -> bool {
    memmem::find_iter(text, b"_x").any(|at| {
        let escape = text.get(at + 2..at + 7);
        escape.is_some_and(|escape| escape[..4].iter().all(u8::is_ascii_hexdigit) && escape[4] == b'_')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_and_attributes_are_walked_through() {
        let mut scan = Scan { text: "\n<c r='A1' x=\"a>b\"><v>7&amp;</v></c >", at: 0 };
        assert_eq!(scan.tag(), Some("c"));
        assert!(matches!(scan.inside(), Some(Inside::Attribute("r", "A1"))));
        assert!(matches!(scan.inside(), Some(Inside::Attribute("x", "a>b"))));
        assert_eq!(scan.leave(), Some(true));
        assert_eq!(scan.tag(), Some("v"));
        assert_eq!(scan.leave(), Some(true));
        assert_eq!(scan.text().and_then(decoded).as_deref(), Some("7&"));
        assert_eq!(scan.close("v"), Some(()));
        assert_eq!(scan.close("c"), Some(()));
        assert_eq!(scan.rest(), "");
    }

    #[test]
    fn what_is_not_plain_is_nothing() {
        for odd in ["x", "<a b>", "<a b=c>", "<a b = 'c'>", "<a b='c>", "<", "<a", "<a 'b'>", "<a b\"c='d'>"] {
            let mut scan = Scan { text: odd, at: 0 };
            assert!(scan.tag().is_none() || scan.leave().is_none(), "{odd}");
        }
        assert_eq!(decoded("a\r\nb"), None);
        assert_eq!(decoded("&cds;"), None);
        assert_eq!(decoded("a_x000D_b"), None);
        assert_eq!(decoded("&#95;x000D_"), None);
        assert_eq!(decoded("tep_xyz_.pdf").as_deref(), Some("tep_xyz_.pdf"));
    }
}
