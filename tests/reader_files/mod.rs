//! Files made byte by byte: packages of any shape, and what no program writes.

#![allow(dead_code, clippy::unwrap_used)]

mod reading;

use std::io::Write;

use flate2::Crc;
use flate2::write::DeflateEncoder;

pub use reading::*;

/// A zip under construction. Names may repeat and say anything.
#[derive(Clone, Default)]
pub struct Zip {
    parts: Vec<Part>,
}

#[derive(Clone)]
struct Part {
    name: String,
    method: u16,
    flags: u16,
    crc: u32,
    size: usize,
    packed: Vec<u8>,
}

impl Zip {
    pub fn new() -> Zip {
        Zip::default()
    }

    /// A deflated file.
    pub fn file(self, name: &str, bytes: impl AsRef<[u8]>) -> Zip {
        let mut packer = DeflateEncoder::new(Vec::new(), flate2::Compression::fast());
        packer.write_all(bytes.as_ref()).unwrap();
        let packed = packer.finish().unwrap();
        self.part(name, 8, 0x0800, bytes.as_ref(), packed)
    }

    /// A stored file.
    pub fn stored(self, name: &str, bytes: impl AsRef<[u8]>) -> Zip {
        self.part(name, 0, 0x0800, bytes.as_ref(), bytes.as_ref().to_vec())
    }

    /// A file packed in a way of this number; what is in it cannot be had anyhow.
    pub fn packed(self, name: &str, method: u16) -> Zip {
        self.part(name, method, 0x0800, b"xxxx", b"yyyy".to_vec())
    }

    /// A file that needs a password.
    pub fn locked(self, name: &str, bytes: impl AsRef<[u8]>) -> Zip {
        self.part(name, 0, 0x0801, bytes.as_ref(), bytes.as_ref().to_vec())
    }

    /// Without the file of this name.
    pub fn without(mut self, name: &str) -> Zip {
        self.parts.retain(|part| part.name != name);
        self
    }

    fn part(mut self, name: &str, method: u16, flags: u16, bytes: &[u8], packed: Vec<u8>) -> Zip {
        let mut crc = Crc::new();
        crc.update(bytes);
        self.parts.push(Part { name: name.to_owned(), method, flags, crc: crc.sum(), size: bytes.len(), packed });
        self
    }

    /// The whole file.
    pub fn bytes(&self) -> Vec<u8> {
        let mut out = Vec::new();
        let mut directory = Vec::new();
        for part in &self.parts {
            let mut about = Vec::new();
            for word in [20, part.flags, part.method, (8 << 11) | (30 << 5), (45 << 9) | (6 << 5) | 9] {
                about.extend_from_slice(&u16::to_le_bytes(word));
            }
            for word in [part.crc, part.packed.len() as u32, part.size as u32] {
                about.extend_from_slice(&word.to_le_bytes());
            }
            about.extend_from_slice(&(part.name.len() as u16).to_le_bytes());
            about.extend_from_slice(&[0, 0]);
            let offset = out.len() as u32;
            out.extend_from_slice(b"PK\x03\x04");
            out.extend_from_slice(&about);
            out.extend_from_slice(part.name.as_bytes());
            out.extend_from_slice(&part.packed);
            directory.extend_from_slice(b"PK\x01\x02\x14\0");
            directory.extend_from_slice(&about);
            directory.extend_from_slice(&[0; 10]);
            directory.extend_from_slice(&offset.to_le_bytes());
            directory.extend_from_slice(part.name.as_bytes());
        }
        let start = out.len() as u32;
        out.extend_from_slice(&directory);
        out.extend_from_slice(b"PK\x05\x06\0\0\0\0");
        out.extend_from_slice(&(self.parts.len().min(0xFFFE) as u16).to_le_bytes());
        out.extend_from_slice(&(self.parts.len().min(0xFFFE) as u16).to_le_bytes());
        out.extend_from_slice(&(directory.len() as u32).to_le_bytes());
        out.extend_from_slice(&start.to_le_bytes());
        out.extend_from_slice(&[0, 0]);
        out
    }
}

/// A workbook package under construction.
#[derive(Clone)]
pub struct Package {
    zip: Zip,
    sheets: Vec<(String, String)>,
    strings: Option<String>,
    styles: Option<String>,
    parts: Vec<(String, String)>,
    removed: Vec<String>,
}

/// A workbook without sheets.
pub fn workbook() -> Package {
    Package { zip: Zip::new(), sheets: Vec::new(), strings: None, styles: None, parts: Vec::new(), removed: Vec::new() }
}

/// A workbook with one sheet, `Phiếu`, of these rows.
pub fn sheet(rows: &str) -> Package {
    workbook().sheet("Phiếu", rows)
}

const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

impl Package {
    /// Adds a sheet of these rows, or of these parts with `<sheetData>` among them.
    pub fn sheet(mut self, name: &str, rows: &str) -> Package {
        self.sheets.push((name.to_owned(), rows.to_owned()));
        self
    }

    /// With this part as shared strings.
    pub fn strings(mut self, part: &str) -> Package {
        self.strings = Some(part.to_owned());
        self
    }

    /// With this part as styles.
    pub fn styles(mut self, part: &str) -> Package {
        self.styles = Some(part.to_owned());
        self
    }

    /// With a part beside the usual ones.
    pub fn part(mut self, name: &str, part: &str) -> Package {
        self.parts.push((name.to_owned(), part.to_owned()));
        self
    }

    /// With the relationships of the first sheet: `Id`, kind, target, and whether that lies outside.
    pub fn relations(self, relations: &[(&str, &str, &str, bool)]) -> Package {
        let all: String = relations
            .iter()
            .map(|(id, kind, target, outside)| {
                let mode = if *outside { r#" TargetMode="External""# } else { "" };
                format!(r#"<Relationship Id="{id}" Type="{OFFICE}/{kind}" Target="{target}"{mode}/>"#)
            })
            .collect();
        let part = format!(r#"<Relationships xmlns="{PACKAGE}">{all}</Relationships>"#);
        self.part("xl/worksheets/_rels/sheet0.xml.rels", &part)
    }

    /// Without a part.
    pub fn without(mut self, name: &str) -> Package {
        self.removed.push(name.to_owned());
        self
    }

    /// The whole file.
    pub fn bytes(&self) -> Vec<u8> {
        self.zip().bytes()
    }

    /// Its parts.
    pub fn zip(&self) -> Zip {
        let mut tabs = String::new();
        let mut relations = String::new();
        let mut zip = self.zip.clone().file("[Content_Types].xml", "<Types/>").file(
            "_rels/.rels",
            format!(r#"<Relationships xmlns="{PACKAGE}"><Relationship Id="r1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>"#),
        );
        for (i, (name, rows)) in self.sheets.iter().enumerate() {
            tabs += &format!(r#"<sheet name="{name}" sheetId="{}" r:id="s{i}"/>"#, i + 1);
            relations +=
                &format!(r#"<Relationship Id="s{i}" Type="{OFFICE}/worksheet" Target="worksheets/sheet{i}.xml"/>"#);
            let part = match rows.contains("<sheetData>") {
                true => format!(r#"<worksheet xmlns="{MAIN}" xmlns:r="{OFFICE}">{rows}</worksheet>"#),
                false => format!(r#"<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>"#),
            };
            zip = zip.file(&format!("xl/worksheets/sheet{i}.xml"), part);
        }
        if let Some(strings) = &self.strings {
            relations +=
                &format!(r#"<Relationship Id="st" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/>"#);
            zip = zip.file("xl/sharedStrings.xml", strings);
        }
        if let Some(styles) = &self.styles {
            relations += &format!(r#"<Relationship Id="sy" Type="{OFFICE}/styles" Target="styles.xml"/>"#);
            zip = zip.file("xl/styles.xml", styles);
        }
        for (name, part) in &self.parts {
            zip = zip.file(name, part);
        }
        let book = format!(r#"<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{tabs}</sheets></workbook>"#);
        zip = zip.file("xl/workbook.xml", book).file(
            "xl/_rels/workbook.xml.rels",
            format!(r#"<Relationships xmlns="{PACKAGE}">{relations}</Relationships>"#),
        );
        self.removed.iter().fold(zip, |zip, name| zip.without(name))
    }
}

/// An OpenDocument workbook with one table of these rows.
pub fn ods(rows: &str) -> Zip {
    ods_of(&format!(
        r#"<office:document-content{ODF}><office:body><office:spreadsheet><table:table table:name="Phiếu">{rows}</table:table></office:spreadsheet></office:body></office:document-content>"#
    ))
}

/// The namespaces that a document declares, under their usual prefixes.
pub const ODF: &str = r#" xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0""#;

/// An OpenDocument workbook of this content.
pub fn ods_of(content: &str) -> Zip {
    Zip::new()
        .stored("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        .file("META-INF/manifest.xml", "<manifest:manifest/>")
        .file("content.xml", content)
}

/// A kilobyte of .xls whose directory runs in a circle.
pub fn cyclic_xls() -> Vec<u8> {
    let mut bytes = vec![0; 512];
    bytes[..8].copy_from_slice(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1");
    bytes[26] = 3;
    bytes[30] = 9;
    bytes[32] = 6;
    bytes[44] = 1;
    bytes[48] = 1;
    bytes[60..64].copy_from_slice(&[0xFE, 0xFF, 0xFF, 0xFF]);
    bytes[68..72].copy_from_slice(&[0xFE, 0xFF, 0xFF, 0xFF]);
    bytes[76..512].fill(0xFF);
    bytes[76..80].fill(0);
    let mut table = vec![0xFF; 512];
    table[..8].copy_from_slice(&[0xFD, 0xFF, 0xFF, 0xFF, 1, 0, 0, 0]);
    bytes.extend(table);
    bytes.extend([0; 512]);
    bytes
}
