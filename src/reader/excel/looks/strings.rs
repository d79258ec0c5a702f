//! Texts of several pieces, each with its own look: shared strings, and those that stand in a cell.

use std::collections::HashMap;

use super::styles::change;
use super::xml::{Next, Walk};
use crate::reader::excel::rich::{Look, Rich};

/// The pieces of a text; `None` as look is that of the cell.
pub(in crate::reader::excel) type Runs = Vec<(String, Option<Look>)>;

/// The shared strings of several pieces, by their place: those with looks, or all of them where cells have looks.
pub(super) fn rich(part: &[u8], all: bool) -> HashMap<usize, Runs> {
    let mut found = HashMap::new();
    let mut walk = Walk::of(part);
    let mut at = 0;
    while let Some(next) = walk.next() {
        let Next::Start(e) = next else { continue };
        if e.name() == "si" {
            let runs = runs(&mut walk, "si");
            let has_looks = runs.iter().any(|(_, look)| look.is_some_and(|look| look != Look::PLAIN));
            if has_looks || all && runs.iter().any(|(_, look)| look.is_some()) {
                found.insert(at, runs);
            }
            at += 1;
        }
    }
    found
}

/// The pieces of the text whose element has just begun.
pub(super) fn runs(walk: &mut Walk<'_>, holder: &str) -> Runs {
    let mut runs = Runs::new();
    let mut look = None;
    while let Some(next) = walk.next() {
        match next {
            Next::Start(e) => match e.name() {
                "r" => look = None,
                // What a piece says of its font is all of it: what it does not say is plain.
                "rPr" => look = Some(Look::PLAIN),
                "t" => {
                    let keeps_space = e.get("space").as_deref() == Some("preserve");
                    let text = decoded(walk.text());
                    let text = if keeps_space { &text } else { text.trim_matches([' ', '\t', '\r', '\n']) };
                    runs.push((text.to_owned(), look));
                }
                "rPh" => walk.skip(),
                _ => {
                    if let Some(look) = &mut look {
                        change(look, &e);
                    }
                }
            },
            Next::End(e) if e.name() == holder => break,
            Next::End(e) if e.name() == "r" => look = None,
            _ => {}
        }
    }
    runs
}

/// Puts the pieces of a text together, in a cell with this look.
pub(super) fn together(runs: &Runs, cell: Look) -> Rich {
    let mut rich = Rich::default();
    runs.iter().for_each(|(piece, look)| rich.push(piece, look.unwrap_or(cell)));
    rich
}

/// A text with `_x000D_` and its like as the characters that they stand for.
fn decoded(text: String) -> String {
    if !text.contains("_x") {
        return text;
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some(at) = rest.find("_x") {
        let escape = rest.get(at + 2..at + 7).and_then(|escape| escape.strip_suffix('_'));
        let is_hex = |escape: &&str| escape.bytes().all(|b| b.is_ascii_hexdigit());
        let meant = escape.filter(is_hex).and_then(|hex| u32::from_str_radix(hex, 16).ok()).and_then(char::from_u32);
        let end = at + if meant.is_some() { 7 } else { 2 };
        match meant {
            Some(c) => {
                out.push_str(&rest[..at]);
                out.push(c);
            }
            None => out.push_str(&rest[..end]),
        }
        rest = &rest[end..];
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reader::excel::rich::Script;

    #[test]
    fn pieces_are_kept_with_their_looks() {
        let part = r#"<sst><si><t>a</t></si><si><r><t>1</t></r><r><rPr><b/><vertAlign val="superscript"/></rPr><t>2</t></r></si>
            <si><r><rPr><b/></rPr><t xml:space="preserve">b </t></r><r><t>c</t></r></si><si><rPh><t>x</t></rPh><t>d</t></si></sst>"#;
        let raised = Look { script: Script::Raised, crossed_out: false };
        let found = rich(part.as_bytes(), false);
        assert_eq!(found.len(), 1);
        assert_eq!(found[&1], [("1".to_owned(), None), ("2".to_owned(), Some(raised))]);
        let all = rich(part.as_bytes(), true);
        assert_eq!(all.len(), 2);
        assert_eq!(all[&2], [("b ".to_owned(), Some(Look::PLAIN)), ("c".to_owned(), None)]);
    }

    #[test]
    fn escapes_are_resolved() {
        for (written, meant) in [("a_x000D_b", "a\rb"), ("_x_x0041_", "_xA"), ("_xZZZZ_", "_xZZZZ_"), ("_x00", "_x00")]
        {
            assert_eq!(decoded(written.to_owned()), meant);
        }
    }
}
