//! The records of an `.xls` workbook stream, every length held against what is there.

use super::package::{u16_at, u32_at};

/// Begins a workbook, a sheet, or a chart inside a sheet; its end.
const BOF: u16 = 0x0809;
pub(super) const EOF: u16 = 0x000A;
/// A tab: where its sheet begins.
const BOUND_SHEET: u16 = 0x0085;
/// Numbers of neighbouring cells of one row.
pub(super) const MUL_RK: u16 = 0x00BD;
/// NUMBER, LABEL, RSTRING, BOOLERR, RK, LABELSST and FORMULA: records of one cell.
pub(super) const SINGLE: [u16; 7] = [0x0203, 0x0204, 0x00D6, 0x0205, 0x027E, 0x00FD, 0x0006];

/// The records of a stream from a place on: kind, where its data stand, how long they are.
pub(super) fn records(stream: &[u8], mut at: usize) -> impl Iterator<Item = (u16, usize, usize)> {
    std::iter::from_fn(move || {
        let (kind, len) = (u16_at(stream, at)?, usize::from(u16_at(stream, at + 2)?));
        let data = at + 4;
        at = data.checked_add(len)?;
        (at <= stream.len()).then_some((kind, data, len))
    })
}

/// Where the sheets begin, in the order of their tabs.
pub(super) fn sheet_starts(stream: &[u8]) -> Vec<usize> {
    records(stream, 0)
        .take_while(|(kind, ..)| *kind != EOF)
        .filter(|(kind, _, len)| *kind == BOUND_SHEET && *len >= 6)
        .filter_map(|(_, data, _)| usize::try_from(u32_at(stream, data)?).ok())
        .collect()
}

/// The records of a sheet, without those of the charts that stand in it.
pub(super) fn sheet_records(stream: &[u8], start: usize) -> impl Iterator<Item = (u16, usize, usize)> {
    let mut depth = 0;
    let own = records(stream, start).map_while(move |record| {
        match record.0 {
            BOF => depth += 1,
            EOF if depth <= 1 => return None,
            EOF => depth -= 1,
            _ => return Some((depth <= 1).then_some(record)),
        }
        Some(None)
    });
    own.flatten()
}
