//! The zip package around the parts: what the library wrote is read once, a copy is put together from compressed pieces.

use std::borrow::Cow;
use std::cell::RefCell;
use std::io::{Cursor, Read};

use flate2::{Compress, Compression, FlushCompress};
use libdeflater::{CompressionLvl, Compressor};
use zip::ZipArchive;
use zip::result::ZipError;

use crate::writers::archive::{Archive, Method};

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

/// A copy under construction. A form is far below the 4 GB of the format.
pub(super) struct Package(Archive);

impl Package {
    /// With room for so many bytes.
    pub fn with_room(room: usize) -> Package {
        Package(Archive::with_room(room))
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
        self.0.add(name, (crc, size), Method::Deflated, deflated);
    }

    /// The whole package.
    pub fn finish(self) -> Vec<u8> {
        self.0.finish()
    }
}

/// The parts of a package that the library has just written, in its order.
///
/// # Errors
/// When it is no package.
pub(super) fn parts(bytes: &[u8]) -> Result<Vec<(String, Vec<u8>)>, ZipError> {
    let mut archive = ZipArchive::new(Cursor::new(bytes))?;
    let count = archive.len();
    let part = |at| {
        let mut file = archive.by_index(at)?;
        let mut part = Vec::new();
        file.read_to_end(&mut part)?;
        Ok((file.name()?.into_owned(), part))
    };
    (0..count).map(part).collect()
}
