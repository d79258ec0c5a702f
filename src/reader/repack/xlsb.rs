//! An `.xlsb` repacked: cells in the short form and formulas that show an error, which calamine passes over, made plain.

use super::stored::Stored;
use crate::finding::Code;
use crate::reader::limits::Limits;
use crate::reader::package::{Budget, Package, Trouble, same_name};

/// Repacks an `.xlsb`. `Ok(None)` where the file is unusual.
pub(in crate::reader) fn repack_xlsb(bytes: &[u8], limits: &Limits) -> Result<Option<Vec<u8>>, Code> {
    match attempt(bytes, limits) {
        Ok(package) => Ok(package),
        Err(trouble @ (Trouble::TooFar | Trouble::Encrypted)) => Err(trouble.code()),
        Err(_) => Ok(None),
    }
}

/// The parts that calamine reads, by the names that it looks for.
const PARTS: [&str; 5] =
    ["xl/workbook.bin", "xl/_rels/workbook.bin.rels", "xl/styles.bin", "xl/sharedStrings.bin", "docProps/app.xml"];

fn attempt(bytes: &[u8], limits: &Limits) -> Result<Option<Vec<u8>>, Trouble> {
    let package = Package::open(bytes, limits.package_parts)?;
    let mut budget = Budget::new(limits);
    let mut stored = Stored::default();
    let mut sheets = 0;
    for entry in &package.entries {
        if let Some(name) = PARTS.iter().find(|name| same_name(&entry.name, name)) {
            let part = package.inflate_checked(entry, u64::MAX, &mut budget)?;
            stored.add(name, &[&part]);
        } else if entry.name.starts_with("xl/worksheets/") && entry.name.ends_with(".bin") && entry.name.len() < 200 {
            sheets += 1;
            if sheets > limits.sheets {
                continue;
            }
            let part = package.inflate_checked(entry, u64::MAX, &mut budget)?;
            let Some(plain) = plain(&part) else { return Ok(None) };
            stored.add(&entry.name, &[&plain]);
        } else if entry.name.starts_with("xl/worksheets/") && !entry.name.contains("_rels/") {
            return Ok(None);
        }
    }
    Ok(Some(stored.finish()))
}

const ROW: u16 = 0;
const ERROR: u16 = 3;
const FORMULA_ERROR: u16 = 11;
/// The short forms of the cells 1 to 7 stand at 12 to 18: without column, which is the one after the last.
const SHORT: std::ops::RangeInclusive<u16> = 12..=18;

/// The records of a sheet with every cell in the form that calamine knows. `None` if the records do not add up.
fn plain(part: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(part.len() + part.len() / 4);
    let mut at = 0;
    let mut next_col = 0_u32;
    while at < part.len() {
        let start = at;
        let (kind, after) = number(part, at, 2)?;
        let (len, after) = number(part, after, 4)?;
        let data = part.get(after..after.checked_add(len as usize)?)?;
        at = after + len as usize;
        match kind as u16 {
            ROW => next_col = 0,
            1..=11 => next_col = u32::from_le_bytes(data.get(..4)?.try_into().ok()?).saturating_add(1),
            _ => {}
        }
        match kind as u16 {
            short if SHORT.contains(&short) => {
                let cell = [&next_col.to_le_bytes(), data].concat();
                record(&mut out, short - 11, &cell);
                next_col = next_col.saturating_add(1);
            }
            FORMULA_ERROR => record(&mut out, ERROR, data.get(..9)?),
            _ => out.extend_from_slice(&part[start..at]),
        }
    }
    Some(out)
}

/// A number of at most `most` bytes with seven bits each, and where it ends.
fn number(part: &[u8], mut at: usize, most: u32) -> Option<(u32, usize)> {
    let mut value = 0;
    for i in 0..most {
        let byte = *part.get(at)?;
        at += 1;
        value |= u32::from(byte & 0x7F) << (7 * i);
        if byte & 0x80 == 0 {
            return Some((value, at));
        }
    }
    Some((value, at))
}

fn record(out: &mut Vec<u8>, kind: u16, data: &[u8]) {
    // All kinds written here are below 128, and one byte.
    out.push(kind as u8);
    let mut len = data.len();
    loop {
        let more = len > 0x7F;
        out.push((len & 0x7F) as u8 | if more { 0x80 } else { 0 });
        len >>= 7;
        if !more {
            break;
        }
    }
    out.extend_from_slice(data);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_cells_get_their_column_and_formula_errors_become_errors() {
        // A row; a number at column 2; a short text after it; a formula error at column 5.
        let part = [&[0, 1, 9][..], &[5, 4, 2, 0, 0, 0], &[17, 3, 7, 8, 9], &[11, 10, 5, 0, 0, 0, 1, 2, 3, 4, 42, 99]]
            .concat();
        let want =
            [&[0, 1, 9][..], &[5, 4, 2, 0, 0, 0], &[6, 7, 3, 0, 0, 0, 7, 8, 9], &[3, 9, 5, 0, 0, 0, 1, 2, 3, 4, 42]]
                .concat();
        assert_eq!(plain(&part), Some(want));
        for end in 0..part.len() {
            let _ = plain(&part[..end]);
        }
        assert_eq!(plain(&[5, 0x80, 0x80, 0x80, 0x80]), None);
    }
}
