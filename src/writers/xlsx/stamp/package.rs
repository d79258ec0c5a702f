//! The zip package around the parts: what the library wrote is read once, a copy is put together from compressed pieces.

use std::borrow::Cow;
use std::cell::RefCell;

use flate2::{Compress, Compression, FlushCompress};
use libdeflater::{CompressionLvl, Compressor, Decompressor};

/// How hard what is compressed once is worked on, and what is compressed for each copy.
const ONCE: Compression = Compression::new(9);
const EACH: Compression = Compression::new(4);
const WHOLE_ONCE: i32 = 12;
const WHOLE_EACH: i32 = 4;

/// How far back a deflated text may point.
const WINDOW: usize = 32 * 1024;

/// A piece of deflated bytes that ends at a whole byte, so that another may follow.
#[derive(Debug, Clone)]
pub(super) struct Piece {
    deflated: Vec<u8>,
    crc: crc32fast::Hasher,
    size: usize,
    /// The end of its text, to which what follows may point.
    end: Vec<u8>,
}

impl Piece {
    /// A piece that is compressed once and goes into many copies. More pieces follow it.
    pub fn once(text: &str) -> Piece {
        let end = text.as_bytes()[text.len().saturating_sub(WINDOW)..].to_vec();
        Piece { end, ..piece(&mut Compress::new(ONCE, false), text, FlushCompress::Full) }
    }
}

fn piece(by: &mut Compress, text: &str, flush: FlushCompress) -> Piece {
    let mut crc = crc32fast::Hasher::new();
    crc.update(text.as_bytes());
    let mut deflated = Vec::with_capacity(text.len() / 4 + 256);
    loop {
        let read = usize::try_from(by.total_in()).unwrap_or(usize::MAX).min(text.len());
        let before = deflated.len();
        // Into memory it cannot fail; where the room was too small there is more to come.
        let _ = by.compress_vec(&text.as_bytes()[read..], &mut deflated, flush);
        if deflated.len() < deflated.capacity() || deflated.len() == before {
            break;
        }
        deflated.reserve(deflated.len());
    }
    Piece { deflated, crc, size: text.len(), end: Vec::new() }
}

/// A part of a copy: its pieces one behind the other.
pub(super) enum Part<'p> {
    /// Compressed before, as a whole.
    Same(&'p Whole),
    /// Compressed now, as a whole.
    Own(&'p str),
    /// In pieces.
    Pieces(&'p [Bit<'p>]),
}

/// A piece of a part.
pub(super) enum Bit<'p> {
    /// Compressed before.
    Same(&'p Piece),
    /// Compressed now.
    Own(&'p str),
}

/// A part that is the same in all copies.
#[derive(Debug, Clone)]
pub(super) struct Whole {
    deflated: Vec<u8>,
    crc: u32,
    size: usize,
}

impl Whole {
    /// Compressed once.
    pub fn of(text: &[u8]) -> Whole {
        whole(&mut Compressor::new(CompressionLvl::new(WHOLE_ONCE).unwrap_or_default()), text)
    }
}

fn whole(by: &mut Compressor, text: &[u8]) -> Whole {
    let mut deflated = vec![0; by.deflate_compress_bound(text.len())];
    // There is room for whatever comes of it.
    let length = by.deflate_compress(text, &mut deflated).unwrap_or_default();
    deflated.truncate(length);
    Whole { deflated, crc: crc32fast::hash(text), size: text.len() }
}

/// What compresses for each copy: one for each thread, since a new one costs as much as a small part.
struct Tools {
    pieces: Compress,
    wholes: Compressor,
}

thread_local! {
    static TOOLS: RefCell<Tools> = RefCell::new(Tools {
        pieces: Compress::new(EACH, false),
        wholes: Compressor::new(CompressionLvl::new(WHOLE_EACH).unwrap_or_default()),
    });
}

/// A copy under construction.
#[derive(Default)]
pub(super) struct Package {
    bytes: Vec<u8>,
    directory: Vec<u8>,
    entries: u16,
}

impl Package {
    /// With room for so many bytes.
    pub fn with_room(room: usize) -> Package {
        Package { bytes: Vec::with_capacity(room), ..Package::default() }
    }

    /// Adds a part. Names are plain and short.
    pub fn add(&mut self, name: &str, part: &Part) {
        match part {
            Part::Same(whole) => self.entry(name, whole.crc, whole.size, &[&whole.deflated]),
            Part::Own(text) => {
                let whole = TOOLS.with_borrow_mut(|tools| whole(&mut tools.wholes, text.as_bytes()));
                self.entry(name, whole.crc, whole.size, &[&whole.deflated]);
            }
            Part::Pieces(bits) => TOOLS.with_borrow_mut(|tools| {
                let mut before: &[u8] = &[];
                let mut all: Vec<Cow<Piece>> = Vec::with_capacity(bits.len());
                for (at, bit) in bits.iter().enumerate() {
                    let next = match bit {
                        Bit::Same(piece) => Cow::Borrowed(*piece),
                        Bit::Own(text) => {
                            tools.pieces.reset();
                            // A dictionary that is not taken costs some bytes, no more.
                            let _ = tools.pieces.set_dictionary(before);
                            let is_last = at + 1 == bits.len();
                            let flush = if is_last { FlushCompress::Finish } else { FlushCompress::Full };
                            Cow::Owned(piece(&mut tools.pieces, text, flush))
                        }
                    };
                    before = if let Bit::Same(piece) = bit { &piece.end } else { &[] };
                    all.push(next);
                }
                let mut crc = crc32fast::Hasher::new();
                all.iter().for_each(|piece| crc.combine(&piece.crc));
                let deflated: Vec<&[u8]> = all.iter().map(|piece| piece.deflated.as_slice()).collect();
                self.entry(name, crc.finalize(), all.iter().map(|piece| piece.size).sum(), &deflated);
            }),
        }
    }

    fn entry(&mut self, name: &str, crc: u32, size: usize, deflated: &[&[u8]]) {
        let packed: usize = deflated.iter().map(|piece| piece.len()).sum();
        let mut about = Vec::with_capacity(26);
        // Version 2.0, deflated, 1 January 1980: the same input makes the same bytes.
        about.extend_from_slice(&[20, 0, 0, 0, 8, 0, 0, 0, 0x21, 0]);
        about.extend_from_slice(&crc.to_le_bytes());
        about.extend_from_slice(&(packed as u32).to_le_bytes());
        about.extend_from_slice(&(size as u32).to_le_bytes());
        about.extend_from_slice(&(name.len() as u16).to_le_bytes());
        about.extend_from_slice(&[0, 0]);
        let offset = self.bytes.len() as u32;
        self.bytes.extend_from_slice(b"PK\x03\x04");
        self.bytes.extend_from_slice(&about);
        self.bytes.extend_from_slice(name.as_bytes());
        deflated.iter().for_each(|piece| self.bytes.extend_from_slice(piece));
        self.directory.extend_from_slice(b"PK\x01\x02\x14\0");
        self.directory.extend_from_slice(&about);
        self.directory.extend_from_slice(&[0; 10]);
        self.directory.extend_from_slice(&offset.to_le_bytes());
        self.directory.extend_from_slice(name.as_bytes());
        self.entries += 1;
    }

    /// The whole package. A form is far below the 4 GB of the format.
    pub fn finish(mut self) -> Vec<u8> {
        let start = self.bytes.len() as u32;
        self.bytes.extend_from_slice(&self.directory);
        self.bytes.extend_from_slice(b"PK\x05\x06\0\0\0\0");
        self.bytes.extend_from_slice(&self.entries.to_le_bytes());
        self.bytes.extend_from_slice(&self.entries.to_le_bytes());
        self.bytes.extend_from_slice(&(self.directory.len() as u32).to_le_bytes());
        self.bytes.extend_from_slice(&start.to_le_bytes());
        self.bytes.extend_from_slice(&[0, 0]);
        self.bytes
    }
}

/// The parts of a package that the library has just written, in its order; `None` where it is not as it writes one.
pub(super) fn parts(bytes: &[u8]) -> Option<Vec<(String, Vec<u8>)>> {
    let end = bytes.windows(4).rposition(|four| four == b"PK\x05\x06")?;
    let number = |at: usize, length: usize| {
        let field = bytes.get(at..at + length)?;
        Some(field.iter().rev().fold(0_usize, |number, byte| number << 8 | usize::from(*byte)))
    };
    let (count, mut at) = (number(end + 10, 2)?, number(end + 16, 4)?);
    let mut parts = Vec::with_capacity(count);
    for _ in 0..count {
        let (packed, size, name) = (number(at + 20, 4)?, number(at + 24, 4)?, number(at + 28, 2)?);
        let (more, comment, offset) = (number(at + 30, 2)?, number(at + 32, 2)?, number(at + 42, 4)?);
        let own_name = str::from_utf8(bytes.get(at + 46..at + 46 + name)?).ok()?.to_owned();
        let from = offset + 30 + number(offset + 26, 2)? + number(offset + 28, 2)?;
        let deflated = bytes.get(from..from + packed)?;
        let mut part = vec![0; size];
        match number(at + 10, 2)? {
            0 => part.copy_from_slice(deflated),
            _ => drop(Decompressor::new().deflate_decompress(deflated, &mut part).ok()?),
        }
        parts.push((own_name, part));
        at += 46 + name + more + comment;
    }
    Some(parts)
}
