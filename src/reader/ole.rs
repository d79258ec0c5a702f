//! The directory of an OLE file (.xls and its kin), walked with every chain bounded by the sectors that are there.

use std::ops::Range;

use super::package::{u16_at, u32_at};

/// The signature of an OLE file.
pub(super) const SIGNATURE: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

/// Where a stream begins and how long it says it is.
#[derive(Debug, Clone)]
struct Stream {
    name: String,
    start: u32,
    size: u64,
}

/// The directory and the allocation tables of an OLE file.
#[derive(Debug)]
pub(super) struct Ole<'a> {
    bytes: &'a [u8],
    sector: usize,
    fat: Vec<u32>,
    mini_fat: Vec<u32>,
    streams: Vec<Stream>,
}

/// Streams shorter than this are kept in the mini stream.
const MINI_CUTOFF: u64 = 4096;
const MINI_SECTOR: usize = 64;

impl<'a> Ole<'a> {
    /// Reads the directory. `None` where chains run in circles or out of the file: such a file hangs other readers.
    pub fn open(bytes: &'a [u8]) -> Option<Ole<'a>> {
        let sector = match u16_at(bytes, 30)? {
            9 => 512,
            12 => 4096,
            _ => return None,
        };
        let sectors = bytes.len().div_ceil(sector);
        let mut ole = Ole { bytes, sector, fat: Vec::new(), mini_fat: Vec::new(), streams: Vec::new() };
        for id in ole.fat_sectors(sectors)? {
            // A table cut off by the end of the file still describes what comes before it.
            let Some(table) = ole.sector(id) else { break };
            ole.fat.extend(table.chunks_exact(4).filter_map(|word| u32_at(word, 0)));
        }
        let directory = ole.chain(u32_at(bytes, 48)?, usize::MAX)?;
        ole.streams = directory.chunks_exact(128).filter_map(stream).collect();
        if u32_at(bytes, 64)? > 0 {
            let table = ole.chain(u32_at(bytes, 60)?, usize::MAX)?;
            ole.mini_fat = table.chunks_exact(4).filter_map(|word| u32_at(word, 0)).collect();
            let root = ole.streams.first()?.start;
            ole.chain(root, usize::MAX)?;
        }
        Some(ole)
    }

    /// Whether there is an entry of this name, in any case of its letters.
    pub fn has(&self, name: &str) -> bool {
        self.find(name).is_some()
    }

    /// The first bytes of a stream, at most `most` of them. `None` if it is not there or its chain is broken.
    pub fn head(&self, name: &str, most: usize) -> Option<Vec<u8>> {
        // The whole chain is followed even so: a circle further on is found here, not by the next reader.
        let pieces = self.pieces(name)?;
        let mut out = Vec::new();
        for piece in pieces {
            out.extend_from_slice(self.bytes.get(piece)?);
            if out.len() >= most {
                break;
            }
        }
        out.truncate(most);
        Some(out)
    }

    /// Where the bytes of a stream stand in the file, piece by piece.
    pub fn pieces(&self, name: &str) -> Option<Vec<Range<usize>>> {
        let stream = self.find(name)?;
        let size = usize::try_from(stream.size).ok()?;
        let mut pieces = if stream.size >= MINI_CUTOFF {
            self.places(stream.start, size)?
        } else {
            let container = self.places(self.streams.first()?.start, usize::MAX)?;
            self.mini_places(stream.start, size, &container)?
        };
        // The last piece is used in part.
        let whole: usize = pieces.iter().map(|piece| piece.len()).sum();
        if let Some(last) = pieces.last_mut() {
            last.end = last.end.saturating_sub(whole.saturating_sub(size)).max(last.start);
        }
        Some(pieces)
    }

    fn mini_places(&self, start: u32, size: usize, container: &[Range<usize>]) -> Option<Vec<Range<usize>>> {
        let mut pieces = Vec::new();
        let mut id = start as usize;
        while pieces.len() * MINI_SECTOR < size {
            if pieces.len() > self.mini_fat.len() {
                return None;
            }
            let at = id.checked_mul(MINI_SECTOR)?;
            let sector = container.get(at / self.sector)?;
            let from = sector.start + at % self.sector;
            pieces.push(from..(from + MINI_SECTOR).min(sector.end).max(from));
            id = *self.mini_fat.get(id)? as usize;
        }
        Some(pieces)
    }

    fn find(&self, name: &str) -> Option<&Stream> {
        self.streams.iter().find(|stream| stream.name.eq_ignore_ascii_case(name))
    }

    fn sector(&self, id: u32) -> Option<&'a [u8]> {
        let at = (id as usize).checked_add(1)?.checked_mul(self.sector)?;
        let end = at.checked_add(self.sector)?.min(self.bytes.len());
        self.bytes.get(at..end).filter(|sector| !sector.is_empty())
    }

    /// The sectors of the allocation table: 109 in the header, more in a chain of their own.
    fn fat_sectors(&self, sectors: usize) -> Option<Vec<u32>> {
        let mut ids: Vec<u32> = (0..109).filter_map(|i| u32_at(self.bytes, 76 + 4 * i)).collect();
        let mut next = u32_at(self.bytes, 68)?;
        let mut seen = 0;
        while next < 0xFFFF_FFFA {
            seen += 1;
            if seen > sectors {
                return None;
            }
            let table = self.sector(next)?;
            let words = table.len() / 4;
            ids.extend((0..words.saturating_sub(1)).filter_map(|i| u32_at(table, 4 * i)));
            next = u32_at(table, 4 * words.checked_sub(1)?)?;
        }
        ids.retain(|&id| id < 0xFFFF_FFFA);
        ids.truncate(sectors);
        Some(ids)
    }

    /// The bytes of a chain of sectors, followed until `most` are there.
    fn chain(&self, start: u32, most: usize) -> Option<Vec<u8>> {
        let mut out = Vec::new();
        for place in self.places(start, most)? {
            out.extend_from_slice(self.bytes.get(place)?);
        }
        out.truncate(most);
        Some(out)
    }

    /// Where the sectors of a chain stand in the file, followed until `most` bytes are there. `None` if it runs in a
    /// circle or out of the file.
    fn places(&self, start: u32, most: usize) -> Option<Vec<Range<usize>>> {
        let mut places = Vec::new();
        let mut bytes = 0;
        let mut id = start;
        while id < 0xFFFF_FFFA && bytes < most {
            if places.len() >= self.fat.len() {
                return None;
            }
            let at = (id as usize).checked_add(1)?.checked_mul(self.sector)?;
            let end = at.checked_add(self.sector)?.min(self.bytes.len());
            if at >= end {
                return None;
            }
            places.push(at..end);
            bytes += end - at;
            id = *self.fat.get(id as usize)?;
        }
        Some(places)
    }
}

/// The workbook in an `.xls`: where its bytes stand in the file, piece by piece, and the bytes themselves.
pub(super) fn workbook_stream(bytes: &[u8]) -> Option<(Vec<Range<usize>>, Vec<u8>)> {
    let ole = Ole::open(bytes)?;
    let pieces = ole.pieces("Workbook").or_else(|| ole.pieces("Book"))?;
    let mut stream = Vec::new();
    for piece in &pieces {
        stream.extend_from_slice(bytes.get(piece.clone())?);
    }
    Some((pieces, stream))
}

fn stream(entry: &[u8]) -> Option<Stream> {
    let units: Vec<u16> = (0..32).map_while(|i| u16_at(entry, 2 * i)).take_while(|&unit| unit != 0).collect();
    let name = String::from_utf16_lossy(&units);
    // The upper half of the size is rubbish in files of the older version.
    let size = u64::from(u32_at(entry, 120)?);
    Some(Stream { name, start: u32_at(entry, 116)?, size })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A header whose allocation table is sector 0 and whose directory starts at sector 1.
    fn file(fat: &[u32]) -> Vec<u8> {
        let mut bytes = vec![0; 512];
        bytes[..8].copy_from_slice(SIGNATURE);
        bytes[30] = 9;
        bytes[48] = 1;
        bytes[60..64].copy_from_slice(&[0xFE, 0xFF, 0xFF, 0xFF]);
        bytes[68..76].copy_from_slice(&[0xFE, 0xFF, 0xFF, 0xFF, 0, 0, 0, 0]);
        bytes[76..512].fill(0xFF);
        bytes[76..80].fill(0);
        let mut table = vec![0xFF; 512];
        for (word, id) in table.chunks_exact_mut(4).zip(fat) {
            word.copy_from_slice(&id.to_le_bytes());
        }
        bytes.extend(table);
        bytes.extend([0; 512]);
        bytes
    }

    #[test]
    fn a_chain_in_a_circle_is_refused() {
        assert!(Ole::open(&file(&[0xFFFF_FFFD, 1])).is_none());
        assert!(Ole::open(&file(&[0xFFFF_FFFD, 0xFFFF_FFFE])).is_some());
    }

    #[test]
    fn every_cut_of_it_is_survived() {
        let whole = file(&[0xFFFF_FFFD, 0xFFFF_FFFE]);
        for end in 0..whole.len() {
            let _ = Ole::open(&whole[..end]);
        }
    }
}
