//! The zip package around the parts: what the library wrote is read once; what is the same in all copies is compressed once,
//! all else for each copy.

use std::cell::RefCell;
use std::io::{Cursor, Read};

use flate2::{Compress, Compression, FlushCompress};
use libdeflater::{CompressionLvl, Compressor};
use zip::ZipArchive;
use zip::result::ZipError;

use crate::writers::archive::{Archive, Method, deflated};

/// How hard what is compressed once is worked on, and what is compressed for each copy, at the end of its part and before:
/// there, the levels above save few bytes and cost twice as much or more.
const ONCE: i32 = 12;
const EACH: i32 = 1;
const EACH_BEFORE: u32 = 3;

/// A part that is the same in all copies.
#[derive(Debug, Clone)]
pub(super) struct Whole {
    deflated: Vec<u8>,
    crc: u32,
    size: usize,
}

impl Whole {
    /// Compressed once.
    pub fn of(text: &str) -> Whole {
        let mut compressor = compressor(ONCE);
        let mut deflated = Vec::new();
        let length = deflate(&mut compressor, text, &mut deflated);
        deflated.truncate(length);
        Whole { deflated, crc: crc32fast::hash(text.as_bytes()), size: text.len() }
    }
}

fn compressor(level: i32) -> Compressor {
    Compressor::new(CompressionLvl::new(level).unwrap_or_default())
}

/// Compresses into the front of `room`, which grows where it must; the number of bytes.
fn deflate(compressor: &mut Compressor, text: &str, room: &mut Vec<u8>) -> usize {
    let bound = compressor.deflate_compress_bound(text.len());
    if room.len() < bound {
        room.resize(bound, 0);
    }
    // There is room for whatever comes of it.
    compressor.deflate_compress(text.as_bytes(), room).unwrap_or_default()
}

/// A piece of a part that is the same in all copies, compressed such that more can follow.
#[derive(Debug, Clone, Default)]
pub(super) struct Common {
    deflated: Vec<u8>,
    sum: crc32fast::Hasher,
    size: usize,
}

impl Common {
    /// Compressed once.
    pub fn of(text: &str) -> Common {
        let mut sum = crc32fast::Hasher::new();
        sum.update(text.as_bytes());
        // Nothing fails in memory.
        let deflated = deflated(text, Compression::best(), false).unwrap_or_default();
        Common { deflated, sum, size: text.len() }
    }
}

/// A piece of a part.
pub(super) enum Piece<'p> {
    /// As in all copies.
    Common(&'p Common),
    /// Of this copy alone.
    Own(&'p str),
}

/// What compresses for each copy, and its room: new ones cost as much as a small part.
struct Tools {
    last: Compressor,
    before: Compress,
    room: Vec<u8>,
    part: Vec<u8>,
}

impl Tools {
    /// Compresses a piece behind those of the part before it.
    fn add(&mut self, text: &str, is_last: bool) {
        if is_last {
            let length = deflate(&mut self.last, text, &mut self.room);
            self.part.extend_from_slice(&self.room[..length]);
        } else {
            self.before.reset();
            self.part.reserve(text.len() + text.len() / 8 + 64);
            // There is room for whatever comes of it.
            let _ = self.before.compress_vec(text.as_bytes(), &mut self.part, FlushCompress::Sync);
        }
    }
}

thread_local! {
    static TOOLS: RefCell<Tools> = RefCell::new(Tools {
        last: compressor(EACH),
        before: Compress::new(Compression::new(EACH_BEFORE), false),
        room: Vec::new(),
        part: Vec::new(),
    });
}

/// A copy under construction. A form is far below the 4 GB of the format.
pub(super) struct Package(Archive);

impl Package {
    /// With room for so many bytes.
    pub fn with_room(room: usize) -> Package {
        Package(Archive::with_room(room))
    }

    /// Adds a part that was compressed before. Names are plain and short.
    pub fn add(&mut self, name: &str, whole: &Whole) {
        self.0.add(name, (whole.crc, whole.size), Method::Deflated, &[&whole.deflated]);
    }

    /// Adds a part of this copy alone.
    pub fn add_own(&mut self, name: &str, text: &str) {
        self.add_pieces(name, &[Piece::Own(text)]);
    }

    /// Adds a part in pieces, of which the last is the copy's own.
    pub fn add_pieces(&mut self, name: &str, pieces: &[Piece]) {
        TOOLS.with_borrow_mut(|tools| {
            let mut sum = crc32fast::Hasher::new();
            let mut size = 0;
            tools.part.clear();
            for (at, piece) in (1..).zip(pieces) {
                match piece {
                    Piece::Common(common) => {
                        sum.combine(&common.sum);
                        size += common.size;
                        tools.part.extend_from_slice(&common.deflated);
                    }
                    Piece::Own(text) => {
                        sum.update(text.as_bytes());
                        size += text.len();
                        tools.add(text, at == pieces.len());
                    }
                }
            }
            self.0.add(name, (sum.finalize(), size), Method::Deflated, &[&tools.part]);
        });
    }

    /// The whole package.
    pub fn finish(self) -> Vec<u8> {
        self.0.finish()
    }
}

/// The parts of a package that the library has just written, in its order.
///
/// # Errors
/// When it is no package, or a part is no text.
pub(super) fn parts(bytes: &[u8]) -> Result<Vec<(String, String)>, ZipError> {
    let mut archive = ZipArchive::new(Cursor::new(bytes))?;
    let count = archive.len();
    let part = |at| {
        let mut file = archive.by_index(at)?;
        let mut part = String::new();
        file.read_to_string(&mut part)?;
        Ok((file.name()?.into_owned(), part))
    };
    (0..count).map(part).collect()
}
