//! An `.xls` with far cells moved together: calamine builds the whole range between the first cell and the last.
//!
//! Rows and columns that hold cells are numbered anew in the bytes that calamine reads, and numbered back afterwards.
//! Only sheets that would be built too large are touched; a `DIMENSIONS` record that lies is made void.

use crate::reader::biff::{MUL_RK, SINGLE, sheet_records, sheet_starts};
use crate::reader::ole::workbook_stream;
use crate::reader::package::{u16_at, u32_at};

/// The rows and columns of a sheet that were numbered anew, in order: where each one truly stands.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(in crate::reader) struct Moved {
    rows: Vec<u16>,
    cols: Vec<u16>,
}

impl Moved {
    /// Where a cell truly stands.
    pub fn back(&self, row: u32, col: u32) -> (u32, u32) {
        let true_one = |all: &[u16], n: u32| all.get(n as usize).map_or(n, |n| u32::from(*n));
        (true_one(&self.rows, row), true_one(&self.cols, col))
    }
}

/// Cells of a range that may be built.
const AREA: u64 = 1 << 20;

/// The bytes with far cells moved together, and how each sheet (of any type, in the order of the tabs) was numbered.
/// `None` where nothing is to be moved.
pub(in crate::reader) fn gather(bytes: &[u8]) -> Option<(Vec<u8>, Vec<Moved>)> {
    let (pieces, mut stream) = workbook_stream(bytes)?;
    let mut moved = Vec::new();
    let mut changed = false;
    for start in sheet_starts(&stream) {
        let cells = cells_of(&stream, start);
        let numbered = if cells.is_too_large() { cells.numbers() } else { Moved::default() };
        changed |= cells.apply(&numbered, &mut stream);
        moved.push(numbered);
    }
    if !changed {
        return None;
    }
    let mut out = bytes.to_vec();
    let mut at = 0;
    for piece in pieces {
        let len = piece.len();
        out[piece].copy_from_slice(&stream[at..at + len]);
        at += len;
    }
    Some((out, moved))
}

/// The cells of a sheet: where their records stand, and what rows and columns they name.
#[derive(Default)]
struct Cells {
    at: Vec<Cell>,
    /// Place of a `DIMENSIONS` record that would have too much built.
    void: Option<usize>,
}

/// A record of cells of one row.
struct Cell {
    /// Where its data stand.
    data: usize,
    row: u16,
    first: u16,
    last: u16,
}

fn cells_of(stream: &[u8], start: usize) -> Cells {
    let mut cells = Cells::default();
    for (kind, data, len) in sheet_records(stream, start) {
        match kind {
            0x0200 if is_lying(stream, data, len) => cells.void = Some(data - 4),
            MUL_RK if len >= 6 => {
                let last = u16_at(stream, data + len - 2).unwrap_or_default();
                cells.add(stream, data, Some(last));
            }
            _ if SINGLE.contains(&kind) && len >= 4 => cells.add(stream, data, None),
            _ => {}
        }
    }
    cells
}

/// Whether a `DIMENSIONS` record makes calamine reserve more than may be built.
fn is_lying(stream: &[u8], data: usize, len: usize) -> bool {
    let (rows, at) = match len {
        10 => {
            let row = |at| u16_at(stream, at).map(u32::from);
            ((row(data), row(data + 2)), data + 4)
        }
        14 | 16 => ((u32_at(stream, data), u32_at(stream, data + 4)), data + 8),
        _ => return false,
    };
    let cols = (u16_at(stream, at).map(u32::from), u16_at(stream, at + 2).map(u32::from));
    let ((Some(top), Some(bottom)), (Some(left), Some(right))) = (rows, cols) else { return false };
    let span = |from: u32, to: u32| u64::from(to.max(1)).saturating_sub(u64::from(from)).max(1);
    bottom < top || right < left || span(top, bottom).saturating_mul(span(left, right)) > AREA
}

impl Cells {
    fn add(&mut self, stream: &[u8], data: usize, last: Option<u16>) {
        if let (Some(row), Some(col)) = (u16_at(stream, data), u16_at(stream, data + 2)) {
            self.at.push(Cell { data, row, first: col, last: last.unwrap_or(col).max(col) });
        }
    }

    fn is_too_large(&self) -> bool {
        let span = |from: Option<u16>, to: Option<u16>| match (from, to) {
            (Some(from), Some(to)) => u64::from(to - from) + 1,
            _ => 0,
        };
        let rows = || self.at.iter().map(|cell| cell.row);
        let cols = span(self.at.iter().map(|cell| cell.first).min(), self.at.iter().map(|cell| cell.last).max());
        span(rows().min(), rows().max()) * cols > AREA
    }

    /// The rows and columns that hold cells. Columns of a record of many cells stay together, for all are among them.
    fn numbers(&self) -> Moved {
        let mut rows: Vec<u16> = self.at.iter().map(|cell| cell.row).collect();
        let mut cols: Vec<u16> = self.at.iter().flat_map(|cell| cell.first..=cell.last).collect();
        for numbers in [&mut rows, &mut cols] {
            numbers.sort_unstable();
            numbers.dedup();
        }
        Moved { rows, cols }
    }

    /// Writes the new numbers into the stream; whether anything was written.
    fn apply(&self, moved: &Moved, stream: &mut [u8]) -> bool {
        let mut put = |at: usize, number: u16| stream[at..at + 2].copy_from_slice(&number.to_le_bytes());
        if let Some(void) = self.void {
            // A kind of record that nobody reads.
            put(void, 0x0FFF);
        }
        let number = |all: &[u16], n: u16| all.binary_search(&n).map_or(n, |i| i as u16);
        if moved.rows.is_empty() {
            return self.void.is_some();
        }
        for cell in &self.at {
            put(cell.data, number(&moved.rows, cell.row));
            put(cell.data + 2, number(&moved.cols, cell.first));
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(kind: u16, data: &[u8]) -> Vec<u8> {
        [&kind.to_le_bytes()[..], &(data.len() as u16).to_le_bytes(), data].concat()
    }

    fn number(row: u16, col: u16) -> Vec<u8> {
        record(0x0203, &[&row.to_le_bytes()[..], &col.to_le_bytes(), &[0; 10]].concat())
    }

    #[test]
    fn far_cells_come_together_and_are_found_again() {
        let sheet =
            [record(0x0809, &[0; 16]), number(0, 0), number(65_535, 255), number(3, 7), record(0x000A, &[])].concat();
        let mut stream = sheet.clone();
        let cells = cells_of(&stream, 0);
        assert!(cells.is_too_large());
        let moved = cells.numbers();
        assert!(cells.apply(&moved, &mut stream));
        let places: Vec<_> = cells_of(&stream, 0).at.iter().map(|cell| (cell.row, cell.first)).collect();
        assert_eq!(places, [(0, 0), (2, 2), (1, 1)]);
        assert_eq!(moved.back(2, 2), (65_535, 255));
        assert_eq!(Moved::default().back(9, 9), (9, 9));
    }

    #[test]
    fn near_cells_stay_and_lying_dimensions_go() {
        let lie = [&[0; 4][..], &65_536_u32.to_le_bytes(), &[0, 0], &256_u16.to_le_bytes(), &[0, 0]].concat();
        let mut stream = [record(0x0809, &[0; 16]), record(0x0200, &lie), number(1, 1), record(0x000A, &[])].concat();
        let cells = cells_of(&stream, 0);
        assert!(!cells.is_too_large());
        assert!(cells.apply(&Moved::default(), &mut stream));
        assert!(cells_of(&stream, 0).void.is_none());
        assert_eq!(cells_of(&stream, 0).at.len(), 1);
    }
}
