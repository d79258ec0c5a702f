//! Plain `.xlsx` workbooks read straight from their parts, in a third of calamine's time.
//!
//! What is known here is known exactly, and read as calamine reads it. Anything else (a comment among the cells, an
//! entity of its own, a number that is none, an index that leads nowhere) makes all of the workbook calamine's.

mod cells;
mod formats;
mod scan;
mod strings;

use super::build::Book;
use super::looks::Looks;
use crate::finding::Finding;
use crate::reader::repack::{Parts, SheetPart, merges};
use cells::Shared;

/// Reads all worksheets. `None` where anything is unusual: then nothing in `book` is of use.
pub(super) fn read(parts: &Parts<'_>, looks: &Looks, book: &mut Book<'_>) -> Option<()> {
    let strings = match &parts.strings {
        Some(part) => strings::read(text(part)?)?,
        None => Vec::new(),
    };
    let formats = match &parts.styles {
        Some(part) => formats::read(text(part)?)?,
        None => Vec::new(),
    };
    let shared = Shared { strings, formats, is_1904: parts.is_1904 };
    for SheetPart { tab, bytes, around } in &parts.sheets {
        if !book.admit(&tab.name) {
            continue;
        }
        let part = text(bytes)?;
        let mut sheet = book.sheet(&tab.name, tab.hidden);
        let rest = cells::read(part, &shared, &mut sheet)?;
        sheet.merge_cells(merges(rest.as_bytes(), book.limits.merges));
        looks.see(bytes, around, &mut sheet);
        book.take(sheet);
    }
    for (name, code) in &parts.refused {
        book.refuse(name, Finding::new(*code));
    }
    Some(())
}

/// A part in UTF-8 that does not say to be anything else.
fn text(part: &[u8]) -> Option<&str> {
    let text = simdutf8::basic::from_utf8(part).ok()?;
    let declaration = text.trim_start_matches('\u{FEFF}').strip_prefix("<?xml").and_then(|rest| rest.split_once("?>"));
    let other = declaration.and_then(|(said, _)| said.split_once("encoding")).is_some_and(|(_, encoding)| {
        let name = encoding.trim_start_matches([' ', '=', '"', '\'']);
        !name.get(..5).is_some_and(|name| name.eq_ignore_ascii_case("utf-8"))
    });
    (!other).then_some(text)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::reader::limits::Limits;
    use crate::reader::repack::parts;

    fn is_plain(path: &Path) -> bool {
        let limits = Limits::default();
        let bytes = std::fs::read(path).unwrap();
        let parts = parts(&bytes, &limits).unwrap().unwrap();
        read(&parts, &Looks::of(&parts), &mut Book::new(&limits)).is_some()
    }

    #[test]
    fn what_office_programs_write_is_plain() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let mut paths: Vec<_> =
            std::fs::read_dir(root.join("templates/forms")).unwrap().map(|entry| entry.unwrap().path()).collect();
        let names = ["openpyxl.xlsx", "lo.xlsx", "sheetjs.xlsx", "wild-10.xlsx", "wild-12.xlsx"];
        paths.extend(names.map(|name| root.join("tests/reader").join(name)));
        let odd: Vec<_> = paths.iter().filter(|path| !is_plain(path)).collect();
        assert_eq!(odd, Vec::<&std::path::PathBuf>::new());
    }

    #[test]
    fn only_utf_8_is_plain() {
        assert!(text(b"<a/>").is_some());
        assert!(text(b"<?xml version=\"1.0\" encoding=\"UTF-8\"?><a/>").is_some());
        assert!(text(b"<?xml version='1.0' encoding='windows-1258'?><a/>").is_none());
        assert!(text(b"\xFF\xFE<").is_none());
    }
}
