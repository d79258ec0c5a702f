//! What a person sees in an `.xls` and no value says: looks of texts, words of formats, links, what is hidden or filtered,
//! what lies on cells. It is told as of an `.xlsx`, by other records.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;

use super::drawn::Drawings;
use super::formats::{FORMAT, XF, code, old_page};
use super::links;
use super::strings;
use crate::grid::{CellRef, Fact, Value};
use crate::reader::biff::{EOF, MUL_RK, SINGLE, records, sheet_records};
use crate::reader::excel::build::Sheet;
use crate::reader::excel::looks::{Address, Cell, CellLook, apply, worded};
use crate::reader::excel::rich::{Look, Script};
use crate::reader::package::{u16_at, u32_at};

const FONT: u16 = 0x0031;
const NAME: u16 = 0x0018;
const ROW: u16 = 0x0208;
const COLUMNS: u16 = 0x007D;
/// A filter of the sheet is at work.
const FILTERED: u16 = 0x009B;
const LINK: u16 = 0x01B8;
const FORMULA: u16 = 0x0006;
const NUMBER: u16 = 0x0203;
const RK: u16 = 0x027E;
const SHARED_TEXT: u16 = 0x00FD;
/// A text with its runs, as Excel 5.0 and 95 keep it.
const RICH_TEXT: u16 = 0x00D6;

/// Cells of one link, at most.
const LINKED: usize = 1_000;

/// Where runs of a text begin, in units of UTF-16, and the fonts that they have.
pub(super) type Runs = Vec<(usize, u16)>;

/// What the sheets of a workbook refer to.
pub(super) struct Looks {
    wide: bool,
    fonts: Vec<Look>,
    /// By cell format; empty where none is odd.
    formats: Vec<Option<CellLook>>,
    /// Of shared texts, by their place.
    strings: HashMap<u32, Runs>,
    /// The rows of filters, by tab, from the one with the titles on.
    filters: Vec<(usize, u32, u32)>,
}

impl Looks {
    /// Of the part of a stream that all sheets share.
    pub fn read(stream: &[u8], wide: bool) -> Looks {
        let page = old_page(stream, wide);
        let mut fonts = Vec::new();
        let mut words = HashMap::new();
        let mut uses = Vec::new();
        let mut filters = Vec::new();
        for (kind, at, len) in records(stream, 0).take_while(|(kind, ..)| *kind != EOF) {
            let data = &stream[at..at + len];
            match kind {
                FONT => fonts.push(font(data)),
                FORMAT => {
                    let code = data.get(2..).and_then(|rest| code(rest, page));
                    if let (Some(number), Some(words_of)) = (u16_at(data, 0), code.as_deref().and_then(worded)) {
                        words.insert(number, Rc::new(words_of));
                    }
                }
                XF => uses.push((u16_at(data, 0).unwrap_or_default(), u16_at(data, 2).unwrap_or_default())),
                NAME => filters.extend(filter(data, wide)),
                _ => {}
            }
        }
        let mut looks = Looks { wide, fonts, formats: Vec::new(), strings: HashMap::new(), filters };
        let look_of = |(font, format): (u16, u16)| {
            let (look, words) = (looks.font(font), words.get(&format).cloned());
            (look != Look::PLAIN || words.is_some()).then_some(CellLook { look, words })
        };
        let formats: Vec<Option<CellLook>> = uses.into_iter().map(look_of).collect();
        if formats.iter().any(Option::is_some) {
            looks.formats = formats;
        }
        if wide && looks.fonts.iter().any(|look| *look != Look::PLAIN) {
            looks.strings = strings::runs(stream);
        }
        looks
    }

    /// A font as records name it: there is none of number 4.
    fn font(&self, number: u16) -> Look {
        let place = usize::from(number) - usize::from(number > 4);
        self.fonts.get(place).copied().unwrap_or(Look::PLAIN)
    }

    /// Adds what is to be seen on a sheet whose values are there.
    pub fn see(
        &self,
        stream: &[u8],
        (tab, start): (usize, usize),
        addresses: Vec<(CellRef, Address)>,
        sheet: &mut Sheet,
    ) {
        let mut odd: BTreeMap<CellRef, Cell<'_>> = BTreeMap::new();
        let mut runs: Vec<(CellRef, Cow<'_, Runs>)> = Vec::new();
        let mut drawings = Drawings::default();
        let mut is_filtered = false;
        for (kind, at, len) in sheet_records(stream, start) {
            let data = &stream[at..at + len];
            let word = |place| u16_at(data, place);
            match kind {
                ROW => {
                    let (Some(row), Some(height), Some(looks)) = (word(0), word(6), word(12)) else { continue };
                    if looks & 0x20 != 0 || height & 0x7FFF == 0 {
                        sheet.hide_rows(row.into(), row.into());
                    }
                }
                COLUMNS => {
                    let (Some(first), Some(last), Some(width)) = (word(0), word(2), word(4)) else { continue };
                    if word(8).is_some_and(|looks| looks & 1 != 0) || width == 0 {
                        sheet.hide_cols(first.into(), last.into());
                    }
                }
                FILTERED => is_filtered = true,
                LINK => link(data, sheet),
                MUL_RK if len >= 6 => {
                    let (Some(row), Some(first)) = (word(0), word(2)) else { continue };
                    for n in 0..(len - 6) / 6 {
                        let place = CellRef::new(row.into(), u32::from(first) + n as u32);
                        let number = u32_at(data, 4 + 6 * n + 2).map(rk);
                        self.cell(place, word(4 + 6 * n), number, &mut odd);
                    }
                }
                _ if SINGLE.contains(&kind) => {
                    let (Some(row), Some(col)) = (word(0), word(2)) else { continue };
                    let place = CellRef::new(row.into(), col.into());
                    let number = match kind {
                        NUMBER | FORMULA => {
                            data.get(6..14).and_then(|bytes| Some(f64::from_le_bytes(bytes.try_into().ok()?)))
                        }
                        RK => u32_at(data, 6).map(rk),
                        _ => None,
                    };
                    self.cell(place, word(4), number.filter(|number| number.is_finite()), &mut odd);
                    if kind == SHARED_TEXT && !self.strings.is_empty() {
                        let of = u32_at(data, 6).and_then(|number| self.strings.get(&number));
                        runs.extend(of.map(|of| (place, Cow::Borrowed(of))));
                    }
                    if kind == RICH_TEXT && !self.wide {
                        runs.extend(strings::old_runs(data).map(|of| (place, Cow::Owned(of))));
                    }
                }
                _ if self.wide => drawings.take(kind, data, sheet),
                _ => {}
            }
        }
        drawings.finish(sheet);
        for (_, first, last) in self.filters.iter().filter(|(of, ..)| is_filtered && *of == tab) {
            sheet.filter_rows(first.saturating_add(1), *last);
        }
        for (place, runs) in runs {
            let pieces = match sheet.value(place) {
                Some(Value::Text(text)) => self.pieces(text, &runs),
                _ => continue,
            };
            odd.entry(place).or_default().runs = Some(Cow::Owned(pieces));
        }
        for (place, address) in addresses {
            odd.entry(place).or_default().link = Some(address);
        }
        apply(odd, sheet);
    }

    fn cell<'l>(
        &'l self,
        place: CellRef,
        format: Option<u16>,
        number: Option<f64>,
        odd: &mut BTreeMap<CellRef, Cell<'l>>,
    ) {
        let look = format.and_then(|format| self.formats.get(usize::from(format))).and_then(Option::as_ref);
        if let Some(CellLook { look, words }) = look {
            let number = number.filter(|_| words.is_some());
            odd.insert(place, Cell { look: *look, words: words.as_ref(), number, ..Cell::default() });
        }
    }

    /// A text in pieces; those before the first run look as the cell does.
    fn pieces(&self, text: &str, runs: &Runs) -> Vec<(String, Option<Look>)> {
        let mut pieces = vec![(String::new(), None)];
        let mut runs = runs.iter().peekable();
        let mut at = 0;
        for c in text.chars() {
            while let Some((_, font)) = runs.next_if(|(from, _)| *from <= at) {
                pieces.push((String::new(), Some(self.font(*font))));
            }
            if let Some((piece, _)) = pieces.last_mut() {
                piece.push(c);
            }
            at += c.len_utf16();
        }
        pieces.retain(|(piece, _)| !piece.is_empty());
        pieces
    }
}

fn font(data: &[u8]) -> Look {
    let script = match u16_at(data, 8) {
        Some(1) => Script::Raised,
        Some(2) => Script::Lowered,
        _ => Script::OnLine,
    };
    Look { script, crossed_out: u16_at(data, 2).is_some_and(|looks| looks & 8 != 0) }
}

/// A number in the short form: of its upper thirty bits, or a whole one; a hundredth of it.
fn rk(bits: u32) -> f64 {
    let number = match bits & 2 {
        0 => f64::from_bits(u64::from(bits & !3) << 32),
        _ => f64::from(bits as i32 >> 2),
    };
    if bits & 1 == 0 { number } else { number / 100.0 }
}

/// Of the name that Excel gives to the range of a filter: the tab, and the first and last row.
fn filter(data: &[u8], wide: bool) -> Option<(usize, u32, u32)> {
    const BUILT_IN: u16 = 0x20;
    const OF_FILTER: u8 = 0x0D;
    const AREA: u8 = 0x3B;
    if u16_at(data, 0)? & BUILT_IN == 0 || *data.get(3)? != 1 {
        return None;
    }
    let tab = usize::from(u16_at(data, 8)?).checked_sub(1)?;
    let name = 14 + usize::from(wide);
    if *data.get(name)? != OF_FILTER || *data.get(name + 1)? != AREA {
        return None;
    }
    let rows = name + if wide { 4 } else { 16 };
    Some((tab, u16_at(data, rows)?.into(), u16_at(data, rows + 2)?.into()))
}

/// Says where a link leads, at each of its cells.
fn link(data: &[u8], sheet: &mut Sheet) {
    let at = |place| u16_at(data, place).map(u32::from);
    let (Some(top), Some(bottom), Some(left), Some(right)) = (at(0), at(2), at(4), at(6)) else { return };
    let Some(address) = data.get(8..).and_then(links::address) else { return };
    let cells = (top..=bottom).flat_map(|row| (left..=right).map(move |col| (row, col)));
    for (row, col) in cells.take(LINKED) {
        sheet.see(row, col, Fact::Link(address.clone()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_numbers() {
        assert_eq!(rk(0x401E_0000), 7.5);
        assert_eq!(rk((5 << 2) | 2), 5.0);
        assert_eq!(rk((567 << 2) | 3), 5.67);
        assert_eq!(rk(((-8_i32 << 2) as u32) | 2), -8.0);
    }

    #[test]
    fn the_name_of_a_filter_tells_its_rows() {
        let mut new = vec![0x20, 0, 0, 1, 11, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0x0D, 0x3B, 0, 0];
        new.extend([5, 0, 40, 0, 0, 0, 7, 0]);
        assert_eq!(filter(&new, true), Some((1, 5, 40)));
        let mut old = vec![0x20, 0, 0, 1, 21, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0x0D, 0x3B, 0xFF, 0xFF];
        old.extend([0; 8]);
        old.extend([0, 0, 0, 0, 3, 0, 9, 0]);
        assert_eq!(filter(&old, false), Some((0, 3, 9)));
        for end in 0..new.len() - 4 {
            let _ = filter(&new[..end], true);
        }
        new[15] = 6;
        assert_eq!(filter(&new, true), None);
    }
}
