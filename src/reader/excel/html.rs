//! A web page as one worksheet: what programs export under the names .doc and .xls. Its tables stand below one another;
//! texts outside of them are rows of one cell, so that a school's block is found.

mod page;
mod text;

use std::borrow::Cow;

use html5gum::emitters::default::{DefaultEmitter, StartTag, Token};
use html5gum::{Spanned, Tokenizer};

use super::build::Book;
use crate::finding::{Code, code};
use crate::text::decode;
use page::Page;

/// The name of the sheet, as a spreadsheet program would give it.
const SHEET: &str = "HTML";

/// Reads a page; gives the program that wrote it, if the page says so.
///
/// # Errors
/// [`code::HTML_PAGE`] when it is no text or holds no table.
pub(super) fn read(bytes: &[u8], book: &mut Book<'_>) -> Result<Option<String>, Code> {
    let text = decode(bytes).map_err(|_| code::HTML_PAGE)?;
    let mut emitter = DefaultEmitter::default();
    // Scripts and style sheets are no text.
    emitter.naively_switch_states(true);
    let mut page = Page::new(book.sheet(SHEET, false));
    let mut software = None;
    for Ok(token) in Tokenizer::new_with_emitter(&text, emitter) {
        match token {
            Token::StartTag(tag) => {
                if tag.name == b"meta"
                    && attribute(&tag, b"name").is_some_and(|name| name.eq_ignore_ascii_case("generator"))
                {
                    software =
                        attribute(&tag, b"content").map(|program| super::software(Some(&program.into_owned()), None));
                }
                page.open(&tag);
            }
            Token::EndTag(tag) => page.close(&tag.name),
            Token::String(text) => page.say(&String::from_utf8_lossy(&text)),
            Token::Comment(_) | Token::Doctype(_) | Token::Error(_) => {}
        }
        if page.is_full() {
            break;
        }
    }
    book.take(page.finish().ok_or(code::HTML_PAGE)?);
    Ok(software.flatten())
}

/// The value of an attribute.
fn attribute<'t>(tag: &'t StartTag<()>, name: &[u8]) -> Option<Cow<'t, str>> {
    let value: &Spanned<_, ()> = tag.attributes.get(name)?;
    Some(String::from_utf8_lossy(value))
}
