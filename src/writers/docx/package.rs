//! The parts of a .docx, in and out, bounded.

use std::io::{Cursor, Read, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

use super::TemplateError;

/// Parts of a letter at most, and what they come to.
const PARTS: usize = 1_000;
const BYTES: u64 = 64 << 20;

/// The main part.
const DOCUMENT: &str = "word/document.xml";

pub(super) struct Package {
    parts: Vec<(String, Part)>,
}

enum Part {
    /// Text that may hold names.
    Text(String),
    Other(Vec<u8>),
}

pub(super) fn open(bytes: &[u8]) -> Result<Package, TemplateError> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| TemplateError::NotDocx)?;
    if archive.len() > PARTS {
        return Err(TemplateError::TooLarge);
    }
    let mut left = BYTES;
    let mut parts = Vec::new();
    for i in 0..archive.len() {
        let entry = archive.by_index(i).map_err(|error| TemplateError::Damaged(error.to_string()))?;
        let name = entry.name().map_err(|error| TemplateError::Damaged(error.to_string()))?.into_owned();
        if entry.is_dir() {
            continue;
        }
        let mut bytes = Vec::new();
        entry.take(left + 1).read_to_end(&mut bytes).map_err(|error| TemplateError::Damaged(error.to_string()))?;
        left = left.checked_sub(bytes.len() as u64).ok_or(TemplateError::TooLarge)?;
        let part = if holds_text(&name) {
            Part::Text(String::from_utf8(bytes).map_err(|_| TemplateError::Damaged(name.clone()))?)
        } else {
            Part::Other(bytes)
        };
        parts.push((name, part));
    }
    if parts.iter().any(|(name, _)| name == DOCUMENT) { Ok(Package { parts }) } else { Err(TemplateError::NotDocx) }
}

fn holds_text(name: &str) -> bool {
    let numbered = |kind: &str| name.starts_with(kind) && name.ends_with(".xml");
    name == DOCUMENT || ["word/header", "word/footer", "word/footnotes", "word/endnotes"].into_iter().any(numbered)
}

impl Package {
    /// The parts that may hold names, each with its own name.
    pub fn parts_with_text(&mut self) -> impl Iterator<Item = (&str, &mut String)> {
        self.parts.iter_mut().filter_map(|(name, part)| match part {
            Part::Text(text) => Some((name.as_str(), text)),
            Part::Other(_) => None,
        })
    }

    /// The same bytes for the same parts, whenever it is.
    pub fn write(self) -> Result<Vec<u8>, TemplateError> {
        let failed = |error: &dyn std::fmt::Display| TemplateError::Render(error.to_string());
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .last_modified_time(DateTime::default());
        for (name, part) in &self.parts {
            zip.start_file(name.as_str(), options).map_err(|error| failed(&error))?;
            let bytes = match part {
                Part::Text(text) => text.as_bytes(),
                Part::Other(bytes) => bytes,
            };
            zip.write_all(bytes).map_err(|error| failed(&error))?;
        }
        Ok(zip.finish().map_err(|error| failed(&error))?.into_inner())
    }
}
