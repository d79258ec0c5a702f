//! Which cell formats show their cells otherwise than as the value: crossed out, raised, with words around a number.

use std::collections::HashMap;
use std::rc::Rc;

use memchr::memmem;
use quick_xml::escape::unescape;

use super::has_looks;
use super::xml::{Element, Next, Walk, is_true};
use crate::reader::excel::rich::{Look, Script};
use crate::reader::format_code::{Shows, Worded, shows};

/// How a cell format shows its cells.
#[derive(Debug, Clone, Default)]
pub(in crate::reader::excel) struct CellLook {
    pub look: Look,
    pub words: Option<Rc<Worded>>,
}

impl CellLook {
    /// Whether its font is crossed out, raised or lowered.
    pub fn has_font(&self) -> bool {
        self.look != Look::PLAIN
    }
}

/// The odd ones among the cell formats, in the order of all; nothing where none is odd.
pub(super) fn odd(part: &[u8]) -> Vec<Option<CellLook>> {
    if !has_looks(part) && !has_words(part) {
        return Vec::new();
    }
    let mut words: HashMap<String, Option<Rc<Worded>>> = HashMap::new();
    let mut fonts: Vec<Look> = Vec::new();
    let mut formats = Vec::new();
    let mut section = String::new();
    let mut walk = Walk::of(part);
    while let Some(next) = walk.next() {
        let Next::Start(e) = next else { continue };
        match (section.as_str(), e.name()) {
            (_, "numFmts" | "fonts" | "cellXfs" | "cellStyleXfs" | "cellStyles" | "dxfs") => {
                section = e.name().to_owned();
            }
            ("numFmts", "numFmt") => {
                if let (Some(id), Some(code)) = (e.get("numFmtId"), e.get("formatCode")) {
                    words.insert(id, worded(&code).map(Rc::new));
                }
            }
            ("fonts", "font") => fonts.push(Look::PLAIN),
            ("fonts", _) => {
                if let Some(font) = fonts.last_mut() {
                    change(font, &e);
                }
            }
            ("cellXfs", "xf") => {
                let font = e.number::<usize>("fontId").and_then(|font| fonts.get(font)).copied();
                let look = font.unwrap_or(Look::PLAIN);
                let words = e.get("numFmtId").and_then(|id| words.get(&id).cloned()).flatten();
                formats.push((look != Look::PLAIN || words.is_some()).then_some(CellLook { look, words }));
            }
            _ => {}
        }
    }
    if formats.iter().all(Option::is_none) { Vec::new() } else { formats }
}

/// Adds what one property of a font says to a look.
pub(super) fn change(look: &mut Look, e: &Element<'_>) {
    match e.name() {
        "strike" => look.crossed_out = e.get("val").is_none_or(|val| is_true(&val)),
        "vertAlign" => {
            look.script = match e.get("val").as_deref() {
                Some("superscript") => Script::Raised,
                Some("subscript") => Script::Lowered,
                _ => Script::OnLine,
            }
        }
        _ => {}
    }
}

/// A format with words, where it is one of numbers.
pub(in crate::reader::excel) fn worded(code: &str) -> Option<Worded> {
    matches!(shows(code), Shows::Number | Shows::Share).then(|| Worded::of(code))?
}

/// Whether there are formats with words.
fn has_words(part: &[u8]) -> bool {
    const NAME: &[u8] = b"formatCode";
    memmem::find_iter(part, NAME).any(|at| {
        let rest = part[at + NAME.len()..].trim_ascii_start();
        let Some(rest) = rest.strip_prefix(b"=").map(<[u8]>::trim_ascii_start) else { return false };
        let Some((quote, rest)) = rest.split_first() else { return false };
        let code = rest.split(|byte| byte == quote).next().unwrap_or_default();
        let code = std::str::from_utf8(code).ok().and_then(|code| unescape(code).ok());
        code.is_some_and(|code| worded(&code).is_some())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn odd_formats_are_found_by_font_and_by_code() {
        let part = r#"<x:styleSheet xmlns:x="m"><x:numFmts><x:numFmt numFmtId="164" formatCode="0&quot;%&quot;"/><x:numFmt numFmtId="165" formatCode="0.0"/></x:numFmts>
            <x:fonts><x:font><x:sz val="13"/></x:font><x:font><x:strike/></x:font><x:font><x:vertAlign val="subscript"/><x:strike val="0"/></x:font></x:fonts>
            <x:cellStyleXfs><x:xf fontId="1"/></x:cellStyleXfs>
            <x:cellXfs><x:xf numFmtId="0" fontId="0"/><x:xf fontId="1"><x:alignment/></x:xf><x:xf fontId="2" numFmtId="164"/><x:xf numFmtId="165"/><x:xf fontId="9"/></x:cellXfs>
            <x:dxfs><x:dxf><x:font><x:strike/></x:font></x:dxf></x:dxfs></x:styleSheet>"#;
        let found = odd(part.as_bytes());
        let looks: Vec<Option<(Look, bool)>> =
            found.iter().map(|format| format.as_ref().map(|f| (f.look, f.words.is_some()))).collect();
        let out = Look { script: Script::OnLine, crossed_out: true };
        let low = Look { script: Script::Lowered, crossed_out: false };
        assert_eq!(looks, [None, Some((out, false)), Some((low, true)), None, None]);
    }

    #[test]
    fn plain_styles_are_none() {
        let part = r#"<styleSheet><numFmts><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/></numFmts><fonts><font/></fonts><cellXfs><xf/></cellXfs><dxfs><font><strike/></font></dxfs></styleSheet>"#;
        assert!(odd(part.as_bytes()).is_empty());
        assert!(!has_words(part.as_bytes()));
        assert!(!has_words(b"formatCode"));
    }
}
