//! A zip package put together from parts that are packed already: crates for zip files pack each part anew.

use std::io::{self, Read, Write};

use flate2::Compression;
use flate2::write::DeflateEncoder;

/// A text as a piece of a deflated stream, which ends with it or goes on: pieces stand side by side as they are.
///
/// # Errors
/// None that is known.
pub fn deflated(text: &str, level: Compression, ends: bool) -> io::Result<Vec<u8>> {
    let mut deflated = DeflateEncoder::new(Vec::new(), level);
    deflated.write_all(text.as_bytes())?;
    if ends {
        return deflated.finish();
    }
    deflated.flush()?;
    Ok(deflated.get_ref().clone())
}

/// How the bytes of a part are packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// Not at all.
    Stored = 0,
    /// Deflated.
    Deflated = 8,
}

/// A package under construction. Whoever adds parts keeps it below the 4 GB of the format.
#[derive(Debug, Default)]
pub struct Archive {
    bytes: Vec<u8>,
    /// How many bytes before these have been written out.
    written: usize,
    directory: Vec<u8>,
    entries: u16,
}

impl Archive {
    /// With room for so many bytes.
    pub fn with_room(room: usize) -> Archive {
        Archive { bytes: Vec::with_capacity(room), ..Archive::default() }
    }

    /// Adds a part: the checksum and size of what it holds, and its packed bytes in pieces. Names are plain and short.
    pub fn add(&mut self, name: &str, about: (u32, usize), method: Method, pieces: &[&[u8]]) {
        let packed = pieces.iter().map(|piece| piece.len()).sum();
        self.head(name, about, method, packed);
        self.bytes.reserve(packed);
        pieces.iter().for_each(|piece| self.bytes.extend_from_slice(piece));
    }

    /// Writes out all that is there, then a part whose packed bytes, so many, are read now.
    ///
    /// # Errors
    /// What writing or reading brings about.
    pub fn stream(
        &mut self,
        (name, about): (&str, (u32, usize)),
        (packed, length): (impl Read, usize),
        out: &mut impl Write,
    ) -> io::Result<()> {
        self.head(name, about, Method::Deflated, length);
        out.write_all(&self.bytes)?;
        let copied = io::copy(&mut packed.take(length as u64), out)?;
        self.written += self.bytes.len() + length;
        self.bytes.clear();
        if copied == length as u64 { Ok(()) } else { Err(io::ErrorKind::UnexpectedEof.into()) }
    }

    fn head(&mut self, name: &str, (crc, size): (u32, usize), method: Method, packed: usize) {
        let mut about = Vec::with_capacity(26);
        // Version 2.0, 1 January 1980: the same input makes the same bytes.
        about.extend_from_slice(&[20, 0, 0, 0, method as u8, 0, 0, 0, 0x21, 0]);
        about.extend_from_slice(&crc.to_le_bytes());
        about.extend_from_slice(&(packed as u32).to_le_bytes());
        about.extend_from_slice(&(size as u32).to_le_bytes());
        about.extend_from_slice(&(name.len() as u16).to_le_bytes());
        about.extend_from_slice(&[0, 0]);
        let offset = (self.written + self.bytes.len()) as u32;
        self.bytes.extend_from_slice(b"PK\x03\x04");
        self.bytes.extend_from_slice(&about);
        self.bytes.extend_from_slice(name.as_bytes());
        self.directory.extend_from_slice(b"PK\x01\x02\x14\0");
        self.directory.extend_from_slice(&about);
        self.directory.extend_from_slice(&[0; 10]);
        self.directory.extend_from_slice(&offset.to_le_bytes());
        self.directory.extend_from_slice(name.as_bytes());
        self.entries += 1;
    }

    /// The whole package, or what of it has not been written out.
    pub fn finish(mut self) -> Vec<u8> {
        let start = (self.written + self.bytes.len()) as u32;
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
