//! What lies on the cells of a sheet of an `.xls`: boxes to tick, boxes of text, pictures.

use crate::grid::{CellRef, Drawn, DrawnKind};
use crate::reader::excel::build::Sheet;
use crate::reader::package::u16_at;

const DRAWING: u16 = 0x00EC;
const OBJECT: u16 = 0x005D;
const TEXT: u16 = 0x01B6;
const CONTINUE: u16 = 0x003C;

/// The drawings of a sheet, while its records go by: first where one lies, then what it is, then its text.
#[derive(Default)]
pub(super) struct Drawings {
    place: Option<(CellRef, CellRef)>,
    drawn: Option<Drawn>,
    /// Characters of a text that follows.
    awaited: usize,
}

impl Drawings {
    pub fn take(&mut self, kind: u16, data: &[u8], sheet: &mut Sheet) {
        match kind {
            DRAWING => self.place = place(data).or(self.place),
            OBJECT => {
                self.finish(sheet);
                self.awaited = 0;
                let placed = self.place.take().zip(object(data));
                self.drawn = placed.map(|((from, to), (kind, text))| Drawn { kind, from, to, text });
            }
            TEXT => self.awaited = u16_at(data, 10).map_or(0, usize::from),
            CONTINUE if self.awaited > 0 => {
                let len = std::mem::take(&mut self.awaited);
                if let Some(drawn) = &mut self.drawn {
                    let text = characters(data, len);
                    drawn.text = format!("{} {}", drawn.text, text.trim()).trim().to_owned();
                }
            }
            _ => {}
        }
    }

    /// Says the last one. A shape without text shows nothing that could be read.
    pub fn finish(&mut self, sheet: &mut Sheet) {
        if let Some(drawn) = self.drawn.take()
            && !(drawn.kind == DrawnKind::TextBox && drawn.text.is_empty())
        {
            sheet.draw(drawn);
        }
    }
}

/// The first and last cell that the last shape of a drawing covers.
fn place(data: &[u8]) -> Option<(CellRef, CellRef)> {
    const ANCHOR: [u8; 6] = [0x10, 0xF0, 18, 0, 0, 0];
    let at = memchr::memmem::rfind(data, &ANCHOR)? + ANCHOR.len();
    let cell = |row, col| Some(CellRef::new(u16_at(data, at + row)?.into(), u16_at(data, at + col)?.into()));
    Some((cell(6, 2)?, cell(14, 10)?)).filter(|(from, to)| from.row <= to.row && from.col <= to.col)
}

/// What an object is; `None` for notes, arrows of filters, and boxes whose state a cell holds.
fn object(data: &[u8]) -> Option<(DrawnKind, String)> {
    if (u16_at(data, 0)?, u16_at(data, 2)?) != (0x15, 0x12) {
        return None;
    }
    match u16_at(data, 4)? {
        0x08 => return Some((DrawnKind::Picture, String::new())),
        0x0B | 0x0C => {}
        0x02 | 0x03 | 0x06 | 0x09 | 0x1E => return Some((DrawnKind::TextBox, String::new())),
        _ => return None,
    }
    let mut mark = '☐';
    let mut at = 22;
    while let (Some(kind), Some(len)) = (u16_at(data, at), u16_at(data, at + 2)) {
        match kind {
            0x14 if len > 0 => return None,
            0x12 if u16_at(data, at + 4) == Some(1) => mark = '☑',
            0 => break,
            _ => {}
        }
        at += 4 + usize::from(len);
    }
    Some((DrawnKind::CheckBox, mark.to_string()))
}

fn characters(data: &[u8], len: usize) -> String {
    match data.split_first() {
        Some((flags, text)) if flags & 1 == 0 => text.iter().take(len).map(|byte| char::from(*byte)).collect(),
        Some((_, text)) => {
            let units: Vec<u16> = (0..len).map_while(|n| u16_at(text, 2 * n)).collect();
            String::from_utf16_lossy(&units)
        }
        None => String::new(),
    }
}
