//! An `.xlsb` repacked: cells in the short form and formulas that show an error, which calamine passes over, made plain;
//! shares made the texts that they show, and numbers that calamine would take for dates kept from it.

use std::collections::HashMap;

use super::stored::Stored;
use crate::finding::Code;
use crate::reader::format_code::{Shows, built_in, share_text, shows};
use crate::reader::limits::Limits;
use crate::reader::package::{Budget, Package, Trouble, same_name, u16_at, u32_at};

/// Repacks an `.xlsb`. `Ok(None)` where the file is unusual.
pub(in crate::reader) fn repack_xlsb(bytes: &[u8], limits: &Limits) -> Result<Option<Vec<u8>>, Code> {
    match attempt(bytes, limits) {
        Ok(package) => Ok(package),
        Err(trouble @ (Trouble::TooFar | Trouble::Encrypted)) => Err(trouble.code()),
        Err(_) => Ok(None),
    }
}

const STYLES: &str = "xl/styles.bin";
/// The parts that calamine reads, by the names that it looks for.
const PARTS: [&str; 5] =
    ["xl/workbook.bin", "xl/_rels/workbook.bin.rels", STYLES, "xl/sharedStrings.bin", "docProps/app.xml"];

fn attempt(bytes: &[u8], limits: &Limits) -> Result<Option<Vec<u8>>, Trouble> {
    let package = Package::open(bytes, limits.package_parts)?;
    let mut budget = Budget::new(limits);
    let mut stored = Stored::default();
    let mut sheets = 0;
    // Before the sheets, wherever it stands among them.
    let styles = package.entries.iter().find(|entry| same_name(&entry.name, STYLES));
    let styles = styles.map(|entry| package.inflate_checked(entry, u64::MAX, &mut budget)).transpose()?;
    let formats = styles.as_deref().map(cell_formats).unwrap_or_default();
    for entry in &package.entries {
        if let Some(name) = PARTS.iter().find(|name| same_name(&entry.name, name)) {
            match &styles {
                Some(styles) if *name == STYLES => stored.add(name, &[styles]),
                _ => stored.add(name, &[&package.inflate_checked(entry, u64::MAX, &mut budget)?]),
            }
        } else if entry.name.starts_with("xl/worksheets/") && entry.name.ends_with(".bin") && entry.name.len() < 200 {
            sheets += 1;
            if sheets > limits.sheets {
                continue;
            }
            let part = package.inflate_checked(entry, u64::MAX, &mut budget)?;
            let Some(plain) = plain(&part, &formats) else { return Ok(None) };
            stored.add(&entry.name, &[&plain]);
        } else if entry.name.starts_with("xl/worksheets/") && !entry.name.contains("_rels/") {
            return Ok(None);
        }
    }
    Ok(Some(stored.finish()))
}

const ROW: u16 = 0;
const RK: u16 = 2;
const ERROR: u16 = 3;
const REAL: u16 = 5;
const TEXT: u16 = 6;
const FORMULA_NUMBER: u16 = 9;
const FORMULA_ERROR: u16 = 11;
/// The short forms of the cells 1 to 7 stand at 12 to 18: without column, which is the one after the last.
const SHORT: std::ops::RangeInclusive<u16> = 12..=18;

/// A style that no workbook has: a plain number.
const NO_STYLE: [u8; 3] = [0xFF; 3];

/// The records of a sheet with every cell in a form that calamine reads as it is shown. `None` if the records do not add
/// up.
fn plain(part: &[u8], formats: &[Shows]) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(part.len() + part.len() / 4);
    let mut next_col = 0_u32;
    let mut at = 0;
    while at < part.len() {
        let start = at;
        let (kind, data, end) = next(part, at)?;
        at = end;
        match kind {
            ROW => next_col = 0,
            1..=11 => next_col = u32_at(data, 0)?.saturating_add(1),
            _ => {}
        }
        match kind {
            short if SHORT.contains(&short) => {
                cell(&mut out, short - 11, &[&next_col.to_le_bytes(), data].concat(), formats)?;
                next_col = next_col.saturating_add(1);
            }
            FORMULA_ERROR => record(&mut out, ERROR, data.get(..9)?),
            RK | REAL | FORMULA_NUMBER if !formats.is_empty() => cell(&mut out, kind, data, formats)?,
            _ => out.extend_from_slice(&part[start..at]),
        }
    }
    Some(out)
}

/// A cell with its column and style; a number as its format shows it.
fn cell(out: &mut Vec<u8>, kind: u16, data: &[u8], formats: &[Shows]) -> Option<()> {
    let number = match kind {
        RK => rk(u32_at(data, 8)?),
        REAL | FORMULA_NUMBER => f64::from_le_bytes(data.get(8..16)?.try_into().ok()?),
        _ => {
            record(out, kind, data);
            return Some(());
        }
    };
    let style = u32_at(data, 4)? & 0x00FF_FFFF;
    match formats.get(style as usize) {
        Some(Shows::Share) if number.is_finite() => {
            let text = share_text(number);
            let units: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
            record(out, TEXT, &[&data[..8], &(units.len() as u32 / 2).to_le_bytes(), &units].concat());
        }
        Some(Shows::Number | Shows::Share) => {
            let mut data = data.to_vec();
            data[4..7].copy_from_slice(&NO_STYLE);
            record(out, kind, &data);
        }
        _ => record(out, kind, data),
    }
    Some(())
}

/// A number in four bytes: the upper half of a float or thirty bits of a whole, perhaps a hundredfold.
fn rk(bits: u32) -> f64 {
    let number = match bits & 2 {
        0 => f64::from_bits(u64::from(bits & !3) << 32),
        _ => f64::from(bits as i32 >> 2),
    };
    if bits & 1 == 0 { number } else { number / 100.0 }
}

const FORMAT: u16 = 44;
const CELL_FORMAT: u16 = 47;
const CELL_FORMATS: u16 = 617;
const CELL_FORMATS_END: u16 = 618;

/// What each cell format of a workbook shows, in order, as far as its records add up.
fn cell_formats(styles: &[u8]) -> Vec<Shows> {
    let mut own = HashMap::new();
    let mut shown = Vec::new();
    let mut inside = false;
    let mut at = 0;
    while let Some((kind, data, end)) = next(styles, at) {
        at = end;
        match (kind, u16_at(data, 0), u16_at(data, 2)) {
            (FORMAT, Some(number), _) => {
                _ = own.insert(number, wide(&data[2..]).map_or(Shows::Unsure, |code| shows(&code)))
            }
            (CELL_FORMATS, ..) => inside = true,
            (CELL_FORMATS_END, ..) => break,
            (CELL_FORMAT, _, Some(number)) if inside => {
                shown.push(own.get(&number).copied().unwrap_or_else(|| built_in(number)));
            }
            _ => {}
        }
    }
    shown
}

/// A text with its length before it.
fn wide(data: &[u8]) -> Option<String> {
    let units = data.get(4..)?.get(..usize::try_from(u32_at(data, 0)?).ok()?.checked_mul(2)?)?;
    Some(String::from_utf16_lossy(
        &units.chunks_exact(2).map(|unit| u16::from_le_bytes([unit[0], unit[1]])).collect::<Vec<u16>>(),
    ))
}

/// The record that begins here: kind, data, and where it ends.
fn next(part: &[u8], at: usize) -> Option<(u16, &[u8], usize)> {
    let (kind, at) = number(part, at, 2)?;
    let (len, at) = number(part, at, 4)?;
    let end = at.checked_add(len as usize)?;
    Some((kind as u16, part.get(at..end)?, end))
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
        assert_eq!(plain(&part, &[]), Some(want));
        for end in 0..part.len() {
            let _ = plain(&part[..end], &[Shows::Share]);
        }
        assert_eq!(plain(&[5, 0x80, 0x80, 0x80, 0x80], &[]), None);
    }

    #[test]
    fn shares_become_texts_and_false_dates_lose_their_format() {
        use Shows::{Date, Number, Share};
        let formats = [Number, Share, Date];
        let numbers = |style: u8| {
            let real = [&[1, 0, 0, 0, style, 0, 0, 0][..], &0.8_f64.to_le_bytes()].concat();
            let mut part = Vec::new();
            record(&mut part, REAL, &real);
            record(&mut part, 13, &[style, 0, 0, 0, (1 << 2 | 2) as u8, 0, 0, 0]);
            (real, part)
        };
        let text = |col: u8, text: &str| {
            let units: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
            let mut out = Vec::new();
            record(&mut out, TEXT, &[&[col, 0, 0, 0, 1, 0, 0, 0, text.len() as u8, 0, 0, 0][..], &units].concat());
            out
        };
        let (_, shares) = numbers(1);
        assert_eq!(plain(&shares, &formats), Some([text(1, "80%"), text(2, "100%")].concat()));
        let (mut real, plain_numbers) = numbers(0);
        let read = plain(&plain_numbers, &formats).unwrap();
        real[4..7].copy_from_slice(&NO_STYLE);
        assert!(read[2..].starts_with(&real));
        let (_, dates) = numbers(2);
        assert!(plain(&dates, &formats).unwrap().starts_with(&dates[..18]));
    }

    #[test]
    fn numbers_in_four_bytes() {
        for (bits, want) in
            [(0x3FF0_0000, 1.0), (0x3FF0_0001, 0.01), (80 << 2 | 3, 0.8), ((-7_i32 << 2) as u32 | 2, -7.0)]
        {
            assert_eq!(rk(bits), want);
        }
    }

    #[test]
    fn formats_of_the_styles() {
        let mut part = Vec::new();
        let mut add = |kind: u16, data: &[u8]| {
            part.extend([kind as u8 | 0x80, (kind >> 7) as u8]);
            part.push(data.len() as u8);
            part.extend(data);
        };
        let own = |number: u8, code: &str| {
            let units: Vec<u8> = code.encode_utf16().flat_map(u16::to_le_bytes).collect();
            [&[number, 0, code.chars().count() as u8, 0, 0, 0][..], &units].concat()
        };
        add(FORMAT, &own(164, "0.0%"));
        add(FORMAT, &own(165, "0.0 điểm"));
        add(FORMAT, &[166, 0, 0xFF, 0xFF, 0xFF, 0xFF]);
        add(CELL_FORMAT, &[0, 0, 9, 0]);
        add(CELL_FORMATS, &[5, 0, 0, 0]);
        for number in [164, 165, 166, 9, 14] {
            add(CELL_FORMAT, &[0, 0, number, 0]);
        }
        add(CELL_FORMATS_END, &[]);
        add(CELL_FORMAT, &[0, 0, 9, 0]);
        use Shows::{Date, Number, Share, Unsure};
        assert_eq!(cell_formats(&part), [Share, Number, Unsure, Share, Date]);
        for end in 0..part.len() {
            let _ = cell_formats(&part[..end]);
        }
    }
}
