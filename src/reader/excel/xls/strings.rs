//! Where runs of another font begin in the texts of an `.xls`; the texts themselves are calamine's to read.

use std::collections::HashMap;

use super::looks::Runs;
use crate::reader::biff::{EOF, records};
use crate::reader::package::u16_at;

const STRINGS: u16 = 0x00FC;
const CONTINUE: u16 = 0x003C;

/// The runs of the shared texts that have any, by their place.
pub(super) fn runs(stream: &[u8]) -> HashMap<u32, Runs> {
    let mut parts: Vec<&[u8]> = Vec::new();
    for (kind, at, len) in records(stream, 0).take_while(|(kind, ..)| *kind != EOF) {
        match kind {
            STRINGS if parts.is_empty() => parts.push(&stream[at..at + len]),
            CONTINUE if !parts.is_empty() => parts.push(&stream[at..at + len]),
            _ if !parts.is_empty() => break,
            _ => {}
        }
    }
    let mut found = HashMap::new();
    let mut spread = Spread { parts: &parts, part: 0, at: 8 };
    // What cannot be followed ends the walk.
    for number in 0.. {
        match spread.text() {
            Some(runs) if !runs.is_empty() => drop(found.insert(number, runs)),
            Some(_) => {}
            None => break,
        }
    }
    found
}

/// The runs of a text of Excel 5.0 and 95, behind its characters.
pub(super) fn old_runs(data: &[u8]) -> Option<Runs> {
    let len = usize::from(u16_at(data, 6)?);
    let number = usize::from(*data.get(8 + len)?);
    let pairs = data.get(9 + len..9 + len + 2 * number)?.chunks_exact(2);
    Some(pairs.map(|pair| (pair[0].into(), pair[1].into())).collect())
}

/// Bytes that are spread over several records.
struct Spread<'a> {
    parts: &'a [&'a [u8]],
    part: usize,
    at: usize,
}

impl Spread<'_> {
    fn byte(&mut self) -> Option<u8> {
        while self.at >= self.parts.get(self.part)?.len() {
            self.part += 1;
            self.at = 0;
        }
        let byte = self.parts[self.part][self.at];
        self.at += 1;
        Some(byte)
    }

    fn word(&mut self) -> Option<u16> {
        Some(u16::from_le_bytes([self.byte()?, self.byte()?]))
    }

    /// Passes over characters: where they go on in another record, that one says anew how wide they are.
    fn pass_characters(&mut self, mut number: usize, mut wide: bool) -> Option<()> {
        while number > 0 {
            let size = if wide { 2 } else { 1 };
            let left = self.parts.get(self.part)?.len().saturating_sub(self.at) / size;
            let passed = left.min(number);
            self.at += passed * size;
            number -= passed;
            if number > 0 {
                self.part += 1;
                self.at = 0;
                wide = self.byte()? & 1 != 0;
            }
        }
        Some(())
    }

    fn pass(&mut self, mut bytes: usize) -> Option<()> {
        while bytes > 0 {
            let left = self.parts.get(self.part)?.len().saturating_sub(self.at);
            let passed = left.min(bytes);
            self.at += passed;
            bytes -= passed;
            if bytes > 0 {
                self.part += 1;
                self.at = 0;
            }
        }
        Some(())
    }

    /// The runs of the next text.
    fn text(&mut self) -> Option<Runs> {
        let characters = usize::from(self.word()?);
        let flags = self.byte()?;
        let number = if flags & 8 != 0 { self.word()? } else { 0 };
        let phonetic = if flags & 4 != 0 { u32::from(self.word()?) | u32::from(self.word()?) << 16 } else { 0 };
        self.pass_characters(characters, flags & 1 != 0)?;
        let runs = (0..number).map(|_| Some((usize::from(self.word()?), self.word()?))).collect::<Option<Runs>>()?;
        self.pass(phonetic as usize)?;
        Some(runs)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(kind: u16, data: &[u8]) -> Vec<u8> {
        [&kind.to_le_bytes()[..], &(data.len() as u16).to_le_bytes(), data].concat()
    }

    #[test]
    fn runs_are_found_wherever_records_part_the_texts() {
        let plain = [3, 0, 0, b'a', b'b', b'c'];
        // Two runs, and phonetic signs behind.
        let rich = [2, 0, 0x0D, 2, 0, 3, 0, 0, 0, b'1', 0, b'2', 0, 0, 0, 5, 0, 1, 0, 6, 0, 9, 9, 9];
        let table = [&[0; 8][..], &plain, &rich, &plain, &rich].concat();
        let want = HashMap::from([(1, vec![(0, 5), (1, 6)]), (3, vec![(0, 5), (1, 6)])]);
        assert_eq!(runs(&record(STRINGS, &table)), want);
        for cut in 8..table.len() {
            let (first, rest) = table.split_at(cut);
            // Among characters the next record begins with their width; no character is parted.
            let flag: &[u8] = match (cut - 8) % 30 {
                3..=5 => &[0],
                15 | 17 => &[1],
                16 | 18 => continue,
                _ => &[],
            };
            let stream = [record(STRINGS, first), record(CONTINUE, &[flag, rest].concat())].concat();
            assert_eq!(runs(&stream), want, "{cut}");
        }
        for end in 0..table.len() {
            let _ = runs(&record(STRINGS, &table[..end]));
        }
    }

    #[test]
    fn runs_of_old_texts_stand_behind_them() {
        let data = [0, 0, 0, 0, 0, 0, 2, 0, b'1', b'2', 2, 0, 5, 1, 6];
        assert_eq!(old_runs(&data), Some(vec![(0, 5), (1, 6)]));
        assert_eq!(old_runs(&data[..13]), None);
    }
}
