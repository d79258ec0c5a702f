//! Workbooks and archives held against one another by what they hold: how tightly a part is packed, and on which system,
//! is nobody's business.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use zip::ZipArchive;

/// Whether two files say the same: packages part by part, those in them too.
pub fn same(a: &[u8], b: &[u8]) -> bool {
    a == b
        || parts(a).zip(parts(b)).is_some_and(|(a, b)| {
            a.len() == b.len() && a.iter().zip(&b).all(|((a_name, a), (b_name, b))| a_name == b_name && same(a, b))
        })
}

/// The files of a package by their names.
pub fn parts(bytes: &[u8]) -> Option<BTreeMap<String, Vec<u8>>> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
    let mut parts = BTreeMap::new();
    for index in 0..archive.len() {
        let mut file = archive.by_index(index).ok()?;
        let mut inflated = Vec::new();
        file.read_to_end(&mut inflated).ok()?;
        let name = file.name().ok()?.into_owned();
        parts.insert(name, inflated);
    }
    Some(parts)
}
