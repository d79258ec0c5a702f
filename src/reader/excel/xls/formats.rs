//! What calamine does not tell of an `.xls`: the cells whose format shows a share, and those that are no dates though it
//! takes them for such.

use std::collections::HashMap;

use crate::grid::CellRef;
use crate::reader::biff::{EOF, MUL_RK, SINGLE, records, sheet_records};
use crate::reader::excel::build::Sheet;
use crate::reader::format_code::{Shows, built_in, shows};
use crate::reader::limits::Limits;
use crate::reader::package::u16_at;

/// The formats of a workbook's cells.
pub(super) struct Formats<'s> {
    stream: &'s [u8],
    /// What each cell format shows, in order.
    shows: Vec<Shows>,
    most: usize,
}

pub(super) const FORMAT: u16 = 0x041E;
pub(super) const XF: u16 = 0x00E0;
const CODE_PAGE: u16 = 0x0042;
/// Of Western Europe, which Excel took where none was said.
const WESTERN: u16 = 1252;

impl<'s> Formats<'s> {
    /// Of the stream of a workbook.
    pub fn read(stream: &'s [u8], wide: bool, limits: &Limits) -> Formats<'s> {
        Formats { stream, shows: cell_formats(stream, wide), most: limits.sheet_cells }
    }

    /// Makes what they show of a sheet's cells.
    pub fn show(&self, start: usize, sheet: &mut Sheet) {
        if sheet.has_dates() {
            let numbers = |shows: Shows| matches!(shows, Shows::Number | Shows::Share);
            sheet.undate(&self.cells(start, numbers));
        }
        if self.shows.contains(&Shows::Time) {
            sheet.as_times(&self.cells(start, |shows| shows == Shows::Time));
        }
        if self.shows.contains(&Shows::Share) {
            sheet.as_shares(&self.cells(start, |shows| shows == Shows::Share));
        }
    }

    /// The cells whose format shows this, in order.
    fn cells(&self, start: usize, wanted: impl Fn(Shows) -> bool) -> Vec<CellRef> {
        let mut found = Vec::new();
        let mut add = |row: u16, col: u16, at: usize| {
            let format = u16_at(self.stream, at).and_then(|format| self.shows.get(usize::from(format)));
            if format.is_some_and(|shows| wanted(*shows)) {
                found.push(CellRef::new(row.into(), col.into()));
            }
            found.len() < self.most
        };
        for (kind, data, len) in sheet_records(self.stream, start) {
            let many = match kind {
                MUL_RK if len >= 6 => (len - 6) / 6,
                _ if SINGLE.contains(&kind) && len >= 6 => 1,
                _ => continue,
            };
            let (Some(row), Some(col)) = (u16_at(self.stream, data), u16_at(self.stream, data + 2)) else { break };
            if !(0..many).all(|n| add(row, col.saturating_add(n as u16), data + 4 + 6 * n)) {
                break;
            }
        }
        found.sort_unstable();
        found
    }
}

/// What each cell format of a workbook shows, in order.
fn cell_formats(stream: &[u8], wide: bool) -> Vec<Shows> {
    let page = old_page(stream, wide);
    let mut own = HashMap::new();
    let mut numbers = Vec::new();
    for (kind, data, len) in records(stream, 0).take_while(|(kind, ..)| *kind != EOF) {
        let data = &stream[data..data + len];
        match (kind, u16_at(data, 0), u16_at(data, 2)) {
            (FORMAT, Some(number), _) => {
                _ = own.insert(number, code(&data[2..], page).map_or(Shows::Unsure, |code| shows(&code)))
            }
            (XF, _, Some(number)) => numbers.push(number),
            _ => {}
        }
    }
    numbers.into_iter().map(|number| own.get(&number).copied().unwrap_or_else(|| built_in(number))).collect()
}

/// The code page of texts before Excel 97; `None` where they are UTF-16.
pub(super) fn old_page(stream: &[u8], wide: bool) -> Option<u16> {
    let said = || records(stream, 0).take_while(|(kind, ..)| *kind != EOF).find(|(kind, ..)| *kind == CODE_PAGE);
    (!wide).then(|| said().and_then(|(_, at, len)| u16_at(&stream[at..at + len], 0)).unwrap_or(WESTERN))
}

/// The code of a format: with a length of two bytes and a flag of Excel 97 and later; with one of one byte before, and
/// letters of the file's code page.
pub(super) fn code(data: &[u8], old_page: Option<u16>) -> Option<String> {
    if let Some(page) = old_page {
        let bytes = data.get(1..1 + usize::from(*data.first()?))?;
        let encoding = codepage::to_encoding(page).or_else(|| codepage::to_encoding(WESTERN))?;
        return Some(encoding.decode_without_bom_handling(bytes).0.into_owned());
    }
    let len = usize::from(u16_at(data, 0)?);
    match *data.get(2)? & 1 {
        0 => data.get(3..3 + len).map(|bytes| bytes.iter().map(|byte| char::from(*byte)).collect()),
        _ => {
            let units: Vec<u16> = (0..len).map(|i| u16_at(data, 3 + 2 * i)).collect::<Option<_>>()?;
            Some(String::from_utf16_lossy(&units))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(kind: u16, data: &[u8]) -> Vec<u8> {
        [&kind.to_le_bytes()[..], &(data.len() as u16).to_le_bytes(), data].concat()
    }

    #[test]
    fn letters_of_old_formats_are_of_the_code_page() {
        let format = b"\x0D0.0\" \xF0i\xEA\xD2m\";0";
        for (page, want) in [(1258_u16, "0.0\" điê\u{309}m\";0"), (1252, "0.0\" ðiêÒm\";0"), (1, "0.0\" ðiêÒm\";0")]
        {
            let stream = [record(CODE_PAGE, &page.to_le_bytes()), record(EOF, &[])].concat();
            assert_eq!(old_page(&stream, false), Some(page));
            assert_eq!(code(format, Some(page)).as_deref(), Some(want));
        }
        assert_eq!(old_page(&record(EOF, &[]), false), Some(WESTERN));
        assert_eq!(old_page(&record(CODE_PAGE, &[0xEA]), false), Some(WESTERN));
        assert_eq!(old_page(&record(CODE_PAGE, &[0xEA, 4]), true), None);
        assert_eq!(code(b"\x090.0", Some(1258)), None);
    }

    #[test]
    fn formats_of_both_generations() {
        let xf = |number: u8| record(XF, &[0, 0, number, 0]);
        let wide = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
        let old = [
            record(FORMAT, b"\xA4\0\x020%"),
            record(FORMAT, b"\xA5\0\x070.0 \xF0i\xEC"),
            xf(164),
            xf(165),
            xf(9),
            xf(14),
        ];
        let new = [
            record(FORMAT, b"\xA4\0\x02\0\0" as &[u8]),
            record(FORMAT, &[&b"\xA5\0\x08\0\x01"[..], &wide("0.0 điểm")].concat()),
            record(FORMAT, b"\xA6\0\x05\0\x000.00%"),
            record(FORMAT, b"\xA7\0\xFF\xFF\x010"),
            xf(164),
            xf(165),
            xf(166),
            xf(167),
            record(XF, &[0]),
            xf(10),
            record(EOF, &[]),
            xf(9),
        ];
        use Shows::{Date, Number, Share, Unsure};
        assert_eq!(cell_formats(&old.concat(), false), [Share, Number, Share, Date]);
        assert_eq!(cell_formats(&new.concat(), true), [Unsure, Number, Share, Unsure, Share]);
        let whole = new.concat();
        for end in 0..whole.len() {
            let _ = cell_formats(&whole[..end], true);
        }
    }
}
