//! The parts of a workbook beside its sheets: relationships, tabs, formats, strings, and the frame of the new package.

use std::collections::HashMap;

use memchr::memmem;
use quick_xml::Reader;
use quick_xml::escape::unescape;
use quick_xml::events::{BytesStart, Event};

use super::Repack;

/// The relationships of a part.
pub(super) struct Relations {
    parts: Vec<Relation>,
    /// What lies outside the package.
    outside: Vec<Relation>,
}

struct Relation {
    id: String,
    kind: String,
    target: String,
}

impl Relations {
    /// Reads a part of relationships; `None` if it is not XML.
    pub fn read(part: &[u8]) -> Option<Relations> {
        let mut relations = Relations { parts: Vec::new(), outside: Vec::new() };
        each_start(part, |e| {
            if e.local_name().as_ref() == "Relationship" {
                let value = |name| attribute(e, name).unwrap_or_default();
                let is_outside = value("TargetMode") == "External";
                let list = if is_outside { &mut relations.outside } else { &mut relations.parts };
                list.push(Relation { id: value("Id"), kind: value("Type"), target: value("Target") });
            }
        })?;
        Some(relations)
    }

    /// The path of the part of this kind.
    pub fn target_of(&self, kind: &str, folder: &str) -> Option<String> {
        let relation = self.parts.iter().find(|relation| relation.kind.ends_with(kind))?;
        Some(resolve(&relation.target, folder))
    }

    /// The path of the part of this relationship.
    pub fn target(&self, id: &str, folder: &str) -> Option<String> {
        let relation = self.parts.iter().find(|relation| relation.id == id)?;
        Some(resolve(&relation.target, folder))
    }

    /// The last word of the kind, and the path, of each part.
    pub fn targets(&self, folder: &str) -> impl Iterator<Item = (&str, String)> {
        let kind = |kind: &'_ str| kind.rsplit('/').next().map_or(0, |last| kind.len() - last.len());
        self.parts.iter().map(move |part| (&part.kind[kind(&part.kind)..], resolve(&part.target, folder)))
    }

    /// The addresses outside, by relationship.
    pub fn links(self) -> HashMap<String, String> {
        let links = self.outside.into_iter().filter(|relation| relation.kind.ends_with("/hyperlink"));
        links.map(|link| (link.id, link.target)).collect()
    }

    /// Whether it leads to a worksheet; one that leads nowhere is taken for one, and found missing.
    pub fn is_worksheet(&self, id: &str) -> bool {
        self.parts
            .iter()
            .find(|relation| relation.id == id)
            .is_none_or(|relation| relation.kind.ends_with("/worksheet"))
    }
}

/// A target as a path in the package.
fn resolve(target: &str, folder: &str) -> String {
    let mut parts: Vec<&str> = if target.starts_with(['/', '\\']) { Vec::new() } else { folder.split('/').collect() };
    for part in target.split(['/', '\\']) {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.retain(|part| !part.is_empty());
    parts.join("/")
}

/// What the workbook part says.
pub(super) struct Book {
    pub tabs: Vec<Tab>,
    pub is_1904: bool,
}

/// A tab of the workbook.
pub(in crate::reader) struct Tab {
    pub name: String,
    pub hidden: bool,
    pub relation: String,
}

/// Reads the workbook part; `None` if it is not XML.
pub(super) fn read(part: &[u8]) -> Option<Book> {
    let mut book = Book { tabs: Vec::new(), is_1904: false };
    each_start(part, |e| match e.local_name().as_ref() {
        "sheet" => book.tabs.push(Tab {
            name: attribute(e, "name").unwrap_or_default(),
            hidden: attribute(e, "state").is_some_and(|state| state != "visible"),
            relation: attribute(e, "id").unwrap_or_default(),
        }),
        "workbookPr" => {
            if let Some(system) = attribute(e, "date1904") {
                book.is_1904 = matches!(system.as_str(), "1" | "true");
            }
        }
        _ => {}
    })?;
    Some(book)
}

/// Calls `see` for each start of an element.
fn each_start(part: &[u8], mut see: impl FnMut(&BytesStart<'_>)) -> Option<()> {
    let mut xml = Reader::from_reader(part);
    xml.config_mut().check_end_names = false;
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        match xml.read_event_into(&mut buffer) {
            Ok(Event::Start(e) | Event::Empty(e)) => see(&e),
            Ok(Event::Eof) => return Some(()),
            Ok(_) => {}
            Err(_) => return None,
        }
    }
}

fn attribute(e: &BytesStart<'_>, name: &str) -> Option<String> {
    let found =
        e.attributes().with_checks(false).flatten().find(|attribute| attribute.key.local_name().as_ref() == name)?;
    unescape(&found.value).ok().map(|text| text.into_owned())
}

/// Makes the count of shared strings, which calamine believes, unknown to it.
pub(super) fn forget_count(strings: &mut [u8]) {
    let head = strings.len().min(4096);
    while let Some(at) = memmem::find(&strings[..head], b"uniqueCount") {
        strings[at] = b'U';
    }
}

/// The number formats and the cells' formats of the styles; all of the part where they are not found.
pub(super) fn formats(styles: &[u8]) -> Vec<&[u8]> {
    let section = |start: &[u8], end: &[u8]| {
        let from = memmem::find(styles, start)?;
        let to = from + memmem::find(&styles[from..], end)? + end.len();
        Some(&styles[from..to])
    };
    match section(b"<cellXfs", b"</cellXfs>") {
        Some(cells) if styles.is_ascii() || std::str::from_utf8(styles).is_ok() => {
            let numbers = section(b"<numFmts", b"</numFmts>").unwrap_or_default();
            vec![b"<styleSheet>", numbers, cells, b"</styleSheet>"]
        }
        _ => vec![styles],
    }
}

/// The text of an element that holds nothing else.
pub(super) fn text_of(part: &[u8], tag: &str) -> Option<String> {
    let start = memmem::find(part, format!("<{tag}>").as_bytes())? + tag.len() + 2;
    let end = start + memchr::memchr(b'<', &part[start..])?;
    let text = std::str::from_utf8(&part[start..end]).ok()?;
    Some(unescape(text).ok()?.into_owned())
}

const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// The parts that hold the new package together. Sheets go by their aliases: names may repeat and say anything.
pub(super) fn frame(sheets: &[Repack], is_1904: bool) -> [(&'static str, String); 3] {
    let mut tabs = String::new();
    let mut relations = String::new();
    for Repack { alias, .. } in sheets {
        tabs += &format!(r#"<sheet name="{alias}" sheetId="1" r:id="{alias}"/>"#);
        let target = format!("worksheets/{alias}.xml");
        relations += &format!(r#"<Relationship Id="{alias}" Type="{OFFICE}/worksheet" Target="{target}"/>"#);
    }
    let dates = if is_1904 { r#"<workbookPr date1904="1"/>"# } else { "" };
    let main = format!(r#"<Relationship Id="m" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/>"#);
    [
        ("_rels/.rels", format!("<Relationships>{main}</Relationships>")),
        ("xl/_rels/workbook.xml.rels", format!("<Relationships>{relations}</Relationships>")),
        ("xl/workbook.xml", format!("<workbook>{dates}<sheets>{tabs}</sheets></workbook>")),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_become_paths() {
        assert_eq!(resolve("worksheets/sheet1.xml", "xl"), "xl/worksheets/sheet1.xml");
        assert_eq!(resolve("/xl/worksheets/sheet1.xml", "xl"), "xl/worksheets/sheet1.xml");
        assert_eq!(resolve("../../../etc/passwd", "xl"), "etc/passwd");
        assert_eq!(resolve("sheet1.xml", ""), "sheet1.xml");
    }

    #[test]
    fn only_the_formats_of_cells_stay_of_the_styles() {
        let styles = b"<styleSheet><numFmts><numFmt/></numFmts><fonts/><cellXfs><xf/></cellXfs><dxfs/></styleSheet>";
        let kept = formats(styles).concat();
        assert_eq!(kept, b"<styleSheet><numFmts><numFmt/></numFmts><cellXfs><xf/></cellXfs></styleSheet>");
        assert_eq!(formats(b"<x:cellXfs/>").concat(), b"<x:cellXfs/>");
    }

    #[test]
    fn the_count_of_strings_is_forgotten() {
        let mut strings = br#"<sst count="4" uniqueCount="4294967290"><si/></sst>"#.to_vec();
        forget_count(&mut strings);
        assert_eq!(strings, br#"<sst count="4" UniqueCount="4294967290"><si/></sst>"#);
    }
}
