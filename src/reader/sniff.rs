//! What a file is, by its bytes alone: its name has no say.

use quick_xml::Reader;
use quick_xml::events::Event;

use super::limits::Limits;
use super::ole::{self, Ole};
use super::package::{Budget, Package, Trouble, same_name, u16_at};
use super::{Format, OtherKind};
use crate::finding::{Code, Finding, code};

/// What the bytes are.
pub(super) enum Kind<'a> {
    /// An .xls workbook in its OLE file.
    Xls(Format),
    /// A workbook in a zip package.
    Package(Format),
    /// A web page.
    Page,
    /// A zip of files.
    Archive(Package<'a>),
    /// Not a workbook, and known.
    Other(OtherKind),
    /// Not to be read, and why.
    Refused(Finding),
}

impl Kind<'_> {
    fn refused(code: Code) -> Kind<'static> {
        Kind::Refused(Finding::new(code))
    }
}

/// Tells what the bytes are.
pub(super) fn sniff<'a>(bytes: &'a [u8], limits: &Limits) -> Kind<'a> {
    if bytes.is_empty() {
        return Kind::refused(code::EMPTY_FILE);
    }
    if bytes.starts_with(ole::SIGNATURE) {
        return compound(bytes);
    }
    if bytes.starts_with(b"PK") {
        return zip(bytes, limits);
    }
    if bytes.iter().all(|&b| b == 0) {
        return Kind::refused(code::NOT_DOWNLOADED);
    }
    plain(bytes)
}

/// Tells by the first bytes alone whether a file is evidence; for what is too large to be looked at whole.
pub(super) fn sniff_head(head: &[u8]) -> Option<OtherKind> {
    match plain(head) {
        Kind::Other(kind @ (OtherKind::Pdf | OtherKind::Picture | OtherKind::Media)) => Some(kind),
        _ => None,
    }
}

/// An OLE file: an .xls workbook, an encrypted package, a Word document.
fn compound(bytes: &[u8]) -> Kind<'static> {
    let Some(ole) = Ole::open(bytes) else {
        return Kind::refused(if bytes.len() < 1024 { code::HALF_COPIED } else { code::DAMAGED });
    };
    if ole.has("EncryptedPackage") {
        return Kind::refused(code::PASSWORD);
    }
    for (name, newer) in [("Workbook", true), ("Book", false)] {
        if ole.has(name) {
            return match ole.head(name, 4096).as_deref().map(workbook_stream) {
                Some(Some(kind)) => kind,
                Some(None) if newer => Kind::Xls(Format::Xls8),
                Some(None) => Kind::Xls(Format::Xls5),
                None => Kind::refused(code::DAMAGED),
            };
        }
    }
    if ole.has("WordDocument") {
        Kind::Other(OtherKind::Word)
    } else if ole.has("PowerPoint Document") {
        Kind::Other(OtherKind::Slides)
    } else {
        Kind::refused(code::NOT_A_WORKBOOK)
    }
}

/// The first records of an .xls workbook: its version, and whether a password is needed.
fn workbook_stream(stream: &[u8]) -> Option<Kind<'static>> {
    let mut at = 0;
    let mut format = None;
    while let (Some(record), Some(len)) = (u16_at(stream, at), u16_at(stream, at + 2)) {
        match record {
            0x0809 if format.is_none() => {
                format = match u16_at(stream, at + 4)? {
                    0x0600 => Some(Format::Xls8),
                    0x0500 => Some(Format::Xls5),
                    _ => None,
                }
            }
            0x0009 | 0x0209 | 0x0409 if format.is_none() => {
                let old = Finding::new(code::OLD_WORKBOOK).with("format", "Excel 2.0-4.0");
                return Some(Kind::Refused(old));
            }
            0x002F => return Some(Kind::refused(code::PASSWORD)),
            _ => {}
        }
        at += 4 + usize::from(len);
    }
    format.map(Kind::Xls)
}

/// A zip: a workbook's package, another program's package, or an archive of files.
fn zip<'a>(bytes: &'a [u8], limits: &Limits) -> Kind<'a> {
    let package = match Package::open(bytes, limits.package_parts) {
        Ok(package) => package,
        Err(trouble) => return Kind::Refused(trouble.finding()),
    };
    let has = |name: &str| package.find(name).is_some();
    let under = |folder: &str| package.entries.iter().any(|entry| in_folder(&entry.name, folder));
    // Of a document every part must be readable; of an archive each file is looked at by itself.
    let held_together =
        ["[Content_Types].xml", "_rels/.rels", "mimetype", "META-INF/manifest.xml"].into_iter().any(has);
    let parts_of_a_workbook = ["xl/workbook.xml", "xl/workbook.bin"].into_iter().any(has);
    if (held_together || parts_of_a_workbook)
        && let Some(trouble) = package.entries.iter().find_map(|entry| entry.trouble())
    {
        return Kind::Refused(trouble.finding());
    }
    let mut budget = Budget::new(limits);
    if let Some(mimetype) = package.find("mimetype") {
        let kind = package.inflate(mimetype, 1024, &mut budget).unwrap_or_default();
        if kind.starts_with(b"application/vnd.oasis.opendocument.") {
            return open_document(&package, &kind[35..], &mut budget);
        }
    }
    if package.entries.iter().any(|entry| entry.name.ends_with(".iwa"))
        || has("Index.zip") && has("buildVersionHistory.plist")
    {
        return Kind::refused(code::APPLE_DOCUMENT);
    }
    if !has("[Content_Types].xml") && !has("_rels/.rels") {
        // Parts of a workbook without what holds them together are no files that somebody packed.
        if parts_of_a_workbook || has("META-INF/manifest.xml") {
            return Kind::refused(code::DAMAGED);
        }
        return Kind::Archive(package);
    }
    let main = match main_part(&package, &mut budget) {
        Ok(main) => main,
        Err(Trouble::TooFar) => return Kind::refused(code::INFLATES_TOO_FAR),
        Err(_) => None,
    };
    let main = main.unwrap_or_default();
    if in_folder(&main, "word/") || main.is_empty() && under("word/") {
        Kind::Other(OtherKind::Word)
    } else if in_folder(&main, "ppt/") || main.is_empty() && under("ppt/") {
        Kind::Other(OtherKind::Slides)
    } else if main.is_empty() && !under("xl/") || in_folder(&main, "visio/") {
        Kind::refused(code::NOT_A_WORKBOOK)
    } else if has("xl/workbook.bin") && (main.is_empty() || main.ends_with(".bin")) {
        workbook(&package, Format::Xlsb)
    } else if has(if main.is_empty() { "xl/workbook.xml" } else { &main }) {
        workbook(&package, Format::Xlsx)
    } else {
        Kind::refused(code::DAMAGED)
    }
}

/// A workbook of one reading.
fn workbook(package: &Package<'_>, format: Format) -> Kind<'static> {
    if package.has_rivals() { Kind::refused(code::DAMAGED) } else { Kind::Package(format) }
}

fn in_folder(name: &str, folder: &str) -> bool {
    let name = name.strip_prefix(['/', '\\']).unwrap_or(name);
    name.get(..folder.len()).is_some_and(|start| same_name(start, folder))
}

/// An OpenDocument file, by what follows the common start of its type.
fn open_document(package: &Package<'_>, kind: &[u8], budget: &mut Budget) -> Kind<'static> {
    if kind.starts_with(b"text") {
        return Kind::Other(OtherKind::Word);
    }
    if kind.starts_with(b"presentation") {
        return Kind::Other(OtherKind::Slides);
    }
    if !kind.starts_with(b"spreadsheet") {
        return Kind::refused(code::NOT_A_WORKBOOK);
    }
    let manifest = package.find("META-INF/manifest.xml").map(|entry| package.inflate(entry, 4 << 20, budget));
    match manifest {
        Some(Ok(text)) if contains(&text, b"encryption-data") => Kind::refused(code::PASSWORD),
        Some(Ok(_)) if package.find("content.xml").is_some() => workbook(package, Format::Ods),
        _ => Kind::refused(code::DAMAGED),
    }
}

/// The part that the package calls its main document, from its relationships.
fn main_part(package: &Package<'_>, budget: &mut Budget) -> Result<Option<String>, Trouble> {
    let Some(entry) = package.find("_rels/.rels") else { return Ok(None) };
    let text = package.inflate(entry, 1 << 20, budget)?;
    let mut reader = Reader::from_reader(&*text);
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer) {
            Ok(Event::Start(e) | Event::Empty(e)) if e.local_name().as_ref() == "Relationship" => {
                let value = |name: &str| {
                    let attribute = e.attributes().flatten().find(|a| a.key.as_ref() == name)?;
                    Some(attribute.value.into_owned())
                };
                if value("Type").is_some_and(|kind| kind.ends_with("/officeDocument")) {
                    return Ok(value("Target").map(|target| target.trim_start_matches('/').to_owned()));
                }
            }
            Ok(Event::Eof) => return Ok(None),
            Err(_) => return Err(Trouble::Damaged),
            Ok(_) => {}
        }
    }
}

/// What is neither zip nor OLE.
fn plain(bytes: &[u8]) -> Kind<'static> {
    let starts = |signature: &[u8]| bytes.starts_with(signature);
    let archive = |format: &str| Kind::Refused(Finding::new(code::OTHER_ARCHIVE).with("format", format));
    let old = |format: &str| Kind::Refused(Finding::new(code::OLD_WORKBOOK).with("format", format));
    if bytes.len() > 12 && contains(&bytes[..bytes.len().min(1024)], b"%PDF-") {
        return Kind::Other(OtherKind::Pdf);
    }
    if starts(b"\x89PNG") || starts(b"\xFF\xD8\xFF") || starts(b"GIF8") || starts(b"II*\0") || starts(b"MM\0*") {
        return Kind::Other(OtherKind::Picture);
    }
    if starts(b"BM") && bytes.get(6..10) == Some(&[0; 4]) || starts(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
        return Kind::Other(OtherKind::Picture);
    }
    if bytes.get(4..8) == Some(b"ftyp") {
        let brand = bytes.get(8..11).unwrap_or_default();
        let picture = [&b"hei"[..], b"hev", b"mif", b"msf", b"avi"].contains(&brand);
        return Kind::Other(if picture { OtherKind::Picture } else { OtherKind::Media });
    }
    if starts(b"ID3") || starts(b"RIFF") || starts(b"OggS") || starts(b"\x1A\x45\xDF\xA3") {
        return Kind::Other(OtherKind::Media);
    }
    match bytes {
        [b'R', b'a', b'r', b'!', 0x1A, 0x07, ..] => return archive("RAR"),
        [b'7', b'z', 0xBC, 0xAF, 0x27, 0x1C, ..] => return archive("7z"),
        [0x1F, 0x8B, ..] => return archive("gzip"),
        [b'B', b'Z', b'h', ..] => return archive("bzip2"),
        [0xFD, b'7', b'z', b'X', b'Z', 0, ..] => return archive("xz"),
        [0x09, 0x00 | 0x02 | 0x04, 0x04 | 0x06, 0x00, ..] => return old("Excel 2.0-4.0"),
        [0x09, 0x08, _, 0x00, ..] => return old("Excel 5.0"),
        _ => {}
    }
    match text(bytes) {
        Some(text) => written(&text),
        None => Kind::refused(code::NOT_A_WORKBOOK),
    }
}

/// How much of a text is looked at.
const LOOK: usize = 8192;

/// The beginning of a text in UTF-8, UTF-16 or an old code page. `None` if it is no text.
fn text(bytes: &[u8]) -> Option<String> {
    let look = &bytes[..bytes.len().min(LOOK)];
    let wide = |pair: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = look[2..].chunks_exact(2).map(|b| pair([b[0], b[1]])).collect();
        String::from_utf16_lossy(&units)
    };
    match look {
        [0xFF, 0xFE, ..] => return Some(wide(u16::from_le_bytes)),
        [0xFE, 0xFF, ..] => return Some(wide(u16::from_be_bytes)),
        _ => {}
    }
    let look = look.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(look);
    let odd = |b: &u8| *b < 0x20 && !matches!(*b, b'\t' | b'\r' | b'\n' | 0x0C | 0x1A);
    (!look.iter().any(odd)).then(|| String::from_utf8_lossy(look).into_owned())
}

/// What a text is.
fn written(text: &str) -> Kind<'static> {
    let start = text.trim_start().to_ascii_lowercase();
    let old = |format: &str| Kind::Refused(Finding::new(code::OLD_WORKBOOK).with("format", format));
    if start.contains("urn:schemas-microsoft-com:office:spreadsheet") && start.starts_with("<?xml")
        || start.contains("progid=\"excel.sheet\"")
    {
        return old("XML 2003");
    }
    if start.starts_with("<?xml") && start.contains("opendocument.spreadsheet") {
        return old("OpenDocument XML");
    }
    if start.starts_with("id;p") {
        return old("SYLK");
    }
    if start.starts_with("{\\rtf") {
        return Kind::Other(OtherKind::Word);
    }
    if ["mime-version:", "from: <saved by"].iter().any(|head| start.starts_with(head)) {
        return Kind::Refused(Finding::new(code::HTML_PAGE).with("format", "MHTML"));
    }
    let tag = ["<!doctype html", "<html", "<head", "<body", "<table", "<meta", "<style", "<div"];
    if tag.iter().any(|tag| start.starts_with(tag)) || start.starts_with('<') && start.contains("<table") {
        return Kind::Page;
    }
    if looks_like_a_table(text) {
        return Kind::refused(code::TEXT_TABLE);
    }
    Kind::Other(OtherKind::Text)
}

/// Two lines or more, the first of which are cut by the same mark into the same number of parts.
fn looks_like_a_table(text: &str) -> bool {
    let lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).take(4).collect();
    let whole = if lines.len() == 4 { &lines[..3] } else { &lines[..] };
    let parts = |mark: char| {
        let counts: Vec<usize> = whole.iter().map(|line| line.matches(mark).count()).collect();
        counts.len() >= 2 && counts[0] > 0 && counts.iter().all(|count| *count == counts[0])
    };
    [',', ';', '\t', '|'].into_iter().any(parts)
}

fn contains(bytes: &[u8], wanted: &[u8]) -> bool {
    bytes.windows(wanted.len()).any(|window| window == wanted)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(bytes: &[u8]) -> String {
        match sniff(bytes, &Limits::default()) {
            Kind::Xls(format) | Kind::Package(format) => format!("{format:?}"),
            Kind::Page => "Html".to_owned(),
            Kind::Archive(_) => "archive".to_owned(),
            Kind::Other(kind) => format!("{kind:?}"),
            Kind::Refused(finding) => finding.code.to_string(),
        }
    }

    #[test]
    fn the_first_bytes_tell_the_kinds_apart() {
        for (bytes, want) in [
            (&b""[..], "CDS102"),
            (&[0; 4000], "CDS103"),
            (b"PK\x03\x04 and no end", "CDS104"),
            (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "CDS104"),
            (b"<html><body><table>", "Html"),
            (b"\xEF\xBB\xBF  <!DOCTYPE HTML>", "Html"),
            (b"MIME-Version: 1.0\r\nContent-Type: multipart/related", "CDS119"),
            (b"STT,Ma\n1,2\n", "CDS120"),
            (b"STT\tMa\n1\t2\n3\t4\n", "CDS120"),
            (b"\xFF\xFES\0;\0T\0\n\0A\0;\0B\0\n\0", "CDS120"),
            (b"ID;PWXL;N;E", "CDS121"),
            (b"<?xml version=\"1.0\"?><?mso-application progid=\"Excel.Sheet\"?>", "CDS121"),
            (b"\x09\x00\x04\x00\x02\x00", "CDS121"),
            (b"\x09\x04\x06\x00\x00\x00", "CDS121"),
            (b"Rar!\x1A\x07\x01\x00", "CDS127"),
            (b"7z\xBC\xAF\x27\x1C", "CDS127"),
            (b"\x1F\x8B\x08", "CDS127"),
            (b"%PDF-1.7 something", "Pdf"),
            (b"\xFF\xD8\xFF\xE0", "Picture"),
            (b"\x00\x00\x00\x18ftypheic", "Picture"),
            (b"\x00\x00\x00\x18ftypmp42", "Media"),
            (b"{\\rtf1", "Word"),
            ("Kính gửi phòng giáo dục".as_bytes(), "Text"),
            (b"\x05user", "CDS101"),
        ] {
            assert_eq!(told(bytes), want, "{}", String::from_utf8_lossy(bytes));
        }
    }
}
