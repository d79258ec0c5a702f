//! A worksheet's part cut down to its cells: no dimension that lies, no reference that wraps, no error that is unknown.

use memchr::{memchr, memmem};

use crate::grid::{CellRef, MAX_ROWS};

/// What is left of a worksheet's part, and what was taken out of it.
pub(super) struct Cleaned<'a> {
    /// The part to read, in pieces.
    pub parts: Vec<&'a [u8]>,
    /// Merged ranges; `None` where the part was left as it is.
    pub merges: Option<Vec<(CellRef, CellRef)>>,
    /// Errors that were replaced by `#N/A`.
    pub errors: Vec<(CellRef, String)>,
    /// Cells with a reference that no sheet has were left out.
    pub outside: bool,
    /// Whether there may be formulas.
    pub formulas: bool,
}

/// Cleans a worksheet's part. `None` if rows are numbered as no sheet numbers them.
pub(super) fn clean(part: &[u8], most_merges: usize) -> Option<Cleaned<'_>> {
    let Some(start) = memmem::find(part, b"<sheetData") else {
        // Prefixed names, UTF-16, no data at all: calamine sees it as it is.
        return Some(Cleaned { parts: vec![part], merges: None, errors: Vec::new(), outside: false, formulas: true });
    };
    let end = memmem::rfind(part, b"</sheetData>").filter(|end| *end > start).unwrap_or(part.len());
    let data = &part[start..end];
    let mut cleaned = Cleaned {
        parts: vec![b"<worksheet>"],
        merges: None,
        errors: Vec::new(),
        outside: false,
        formulas: memmem::find(data, b"<f").is_some(),
    };
    let errors = memmem::find(data, b">#").is_some();
    let mut kept = 0;
    let mut at = 0;
    while let Some(found) = memchr(b'<', &data[at..]) {
        at += found + 1;
        let tag = &data[at..];
        if tag.starts_with(b"c ") || tag.starts_with(b"c\n") || tag.starts_with(b"c\r") || tag.starts_with(b"c\t") {
            let close = memchr(b'>', tag)?;
            let attributes = &tag[1..close];
            // Nearly always the first attribute.
            let reference = match attributes.strip_prefix(b" r=\"") {
                Some(rest) => Some(&rest[..memchr(b'"', rest)?]),
                None => attribute(attributes, b"r"),
            };
            let cell = reference.map(|reference| std::str::from_utf8(reference).ok().and_then(|r| r.parse().ok()));
            if cell == Some(None) {
                let whole = if attributes.ends_with(b"/") { close } else { memmem::find(tag, b"</c>")? + 3 };
                cleaned.parts.push(&data[kept..at - 1]);
                at += whole + 1;
                kept = at;
                cleaned.outside = true;
                continue;
            }
            // A cell that only has a style says nothing, where the next one says its own place.
            if attributes.ends_with(b"/") && reference.is_some() && stands_alone(&tag[close + 1..]) {
                cleaned.parts.push(&data[kept..at - 1]);
                at += close + 1;
                kept = at;
                continue;
            }
            if errors
                && attribute(attributes, b"t") == Some(b"e")
                && let Some(Some(cell)) = cell
                && let Some((from, to)) = unknown_error(&tag[close..])
            {
                let from = at + close + from;
                let to = at + close + to;
                cleaned.errors.push((cell, String::from_utf8_lossy(&data[from..to]).into_owned()));
                cleaned.parts.push(&data[kept..from]);
                cleaned.parts.push(b"#N/A");
                kept = to;
                at = to;
                continue;
            }
            at += close;
        } else if tag.starts_with(b"row ") {
            let close = memchr(b'>', tag)?;
            let number = attribute(&tag[3..close], b"r").map(|r| std::str::from_utf8(r).ok()?.parse::<u32>().ok());
            if number.is_some_and(|number| number.is_none_or(|n| n == 0 || n > MAX_ROWS)) {
                return None;
            }
            at += close;
        } else if tag.starts_with(b"![CDATA[") {
            at += memmem::find(tag, b"]]>")?;
        } else if tag.starts_with(b"!--") {
            at += memmem::find(tag, b"-->")?;
        }
    }
    cleaned.parts.push(&data[kept..]);
    if end < part.len() {
        cleaned.parts.push(b"</sheetData></worksheet>");
    }
    cleaned.merges = Some(merges(&part[end..], most_merges));
    Some(cleaned)
}

/// Whether what follows does not count on the cell before it.
fn stands_alone(rest: &[u8]) -> bool {
    rest.starts_with(b"<c r=\"") || rest.starts_with(b"</row>")
}

/// The value of an attribute, of the inside of a tag.
fn attribute<'a>(mut inside: &'a [u8], name: &[u8]) -> Option<&'a [u8]> {
    loop {
        inside = inside.trim_ascii_start();
        let equals = memchr(b'=', inside)?;
        let found = inside[..equals].trim_ascii_end();
        let rest = inside[equals + 1..].trim_ascii_start();
        let quote = *rest.first()?;
        let close = memchr(quote, rest.get(1..)?)?;
        if found == name {
            return Some(&rest[1..=close]);
        }
        inside = &rest[close + 2..];
    }
}

/// The error values that calamine knows.
const KNOWN: [&[u8]; 7] = [b"#DIV/0!", b"#N/A", b"#NAME?", b"#NULL!", b"#NUM!", b"#REF!", b"#VALUE!"];

/// Where the value of an error cell stands, if it is one that calamine does not know; from the end of the cell's tag.
fn unknown_error(rest: &[u8]) -> Option<(usize, usize)> {
    let cell = &rest[..memmem::find(rest, b"</c>")?];
    let from = memmem::find(cell, b"<v>")? + 3;
    let to = from + memchr(b'<', &cell[from..])?;
    let value = &cell[from..to];
    (!KNOWN.contains(&value) && value.starts_with(b"#") && value.len() <= 32).then_some((from, to))
}

/// The merged ranges that stand after the cells.
pub(in crate::reader) fn merges(tail: &[u8], most: usize) -> Vec<(CellRef, CellRef)> {
    let range = |at: usize| {
        let tag = &tail[at + 11..];
        let inside = &tag[..memchr(b'>', tag)?];
        let range = std::str::from_utf8(attribute(inside, b"ref")?).ok()?;
        let (start, end) = range.split_once(':')?;
        let (start, end): (CellRef, CellRef) = (start.parse().ok()?, end.parse().ok()?);
        (start.row <= end.row && start.col <= end.col).then_some((start, end))
    };
    memmem::find_iter(tail, b"<mergeCell ").take(most).filter_map(range).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cleaned(part: &str) -> (String, Vec<(String, String)>, bool) {
        let cleaned = clean(part.as_bytes(), 10).unwrap();
        let errors = cleaned.errors.into_iter().map(|(at, error)| (at.to_string(), error)).collect();
        (String::from_utf8(cleaned.parts.concat()).unwrap(), errors, cleaned.outside)
    }

    #[test]
    fn only_the_cells_stay() {
        let part = r#"<?xml version="1.0"?><worksheet><dimension ref="B9:A1"/><sheetData><row r="1"><c r="A1" s="2"/><c r="B1"><v>1</v></c><c r="C1"/><c/></row></sheetData><x/></worksheet>"#;
        let want =
            r#"<worksheet><sheetData><row r="1"><c r="B1"><v>1</v></c><c r="C1"/><c/></row></sheetData></worksheet>"#;
        assert_eq!(cleaned(part), (want.to_owned(), vec![], false));
    }

    #[test]
    fn wild_references_go_and_their_neighbours_stay() {
        let part = r#"<sheetData><row r="1"><c r="ZZZZ1"><v>1</v></c><c s="1" r = 'B1'><v>2</v></c><c r="A0"/></row></sheetData>"#;
        let want = r#"<worksheet><sheetData><row r="1"><c s="1" r = 'B1'><v>2</v></c></row></sheetData></worksheet>"#;
        assert_eq!(cleaned(part), (want.to_owned(), vec![], true));
        for row in ["0", "1048577", "-1", "x", "99999999999"] {
            assert!(clean(format!(r#"<sheetData><row r="{row}"/></sheetData>"#).as_bytes(), 10).is_none(), "{row}");
        }
    }

    #[test]
    fn new_errors_are_kept_aside() {
        let part =
            r##"<sheetData><c r="C3" t="e"><f>x</f><v>#SPILL!</v></c><c r="D3" t="e"><v>#REF!</v></c></sheetData>"##;
        let want = r##"<worksheet><sheetData><c r="C3" t="e"><f>x</f><v>#N/A</v></c><c r="D3" t="e"><v>#REF!</v></c></sheetData></worksheet>"##;
        assert_eq!(cleaned(part), (want.to_owned(), vec![("C3".to_owned(), "#SPILL!".to_owned())], false));
    }

    #[test]
    fn what_looks_like_a_cell_in_a_text_is_left() {
        let part =
            r#"<sheetData><c r="A1"><is><t><![CDATA[<c r="ZZZZ1">]]></t></is></c><!-- <row r="0"> --></sheetData>"#;
        assert!(!cleaned(part).2);
    }

    #[test]
    fn merged_ranges_stand_after_the_cells() {
        let part = br#"<sheetData/><mergeCells count="3"><mergeCell ref="A1:B2"/><mergeCell ref="C3:A1"/><mergeCell ref="A1"/></mergeCells>"#;
        // An empty element has no end of its own: the rest of the part is looked at.
        let merges = super::merges(part, 10);
        assert_eq!(merges, [("A1".parse().unwrap(), "B2".parse().unwrap())]);
    }

    #[test]
    fn every_cut_is_survived() {
        let part = br##"<sheetData><row r="1"><c r="A1" t="e"><v>#SPILL!</v></c><c r="ZZZZ1"/><!-- x --></row></sheetData><mergeCells><mergeCell ref="A1:B2"/>"##;
        for end in 0..part.len() {
            let _ = clean(&part[..end], 10);
        }
    }
}
