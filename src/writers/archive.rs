//! A zip package put together in memory from parts that are packed already: crates for zip files pack each part anew.

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
    directory: Vec<u8>,
    entries: u16,
}

impl Archive {
    /// With room for so many bytes.
    pub fn with_room(room: usize) -> Archive {
        Archive { bytes: Vec::with_capacity(room), ..Archive::default() }
    }

    /// Adds a part: the checksum and size of what it holds, and its packed bytes in pieces. Names are plain and short.
    pub fn add(&mut self, name: &str, (crc, size): (u32, usize), method: Method, pieces: &[&[u8]]) {
        let packed: usize = pieces.iter().map(|piece| piece.len()).sum();
        let mut about = Vec::with_capacity(26);
        // Version 2.0, 1 January 1980: the same input makes the same bytes.
        about.extend_from_slice(&[20, 0, 0, 0, method as u8, 0, 0, 0, 0x21, 0]);
        about.extend_from_slice(&crc.to_le_bytes());
        about.extend_from_slice(&(packed as u32).to_le_bytes());
        about.extend_from_slice(&(size as u32).to_le_bytes());
        about.extend_from_slice(&(name.len() as u16).to_le_bytes());
        about.extend_from_slice(&[0, 0]);
        let offset = self.bytes.len() as u32;
        self.bytes.reserve(packed + name.len() + 30);
        self.bytes.extend_from_slice(b"PK\x03\x04");
        self.bytes.extend_from_slice(&about);
        self.bytes.extend_from_slice(name.as_bytes());
        pieces.iter().for_each(|piece| self.bytes.extend_from_slice(piece));
        self.directory.extend_from_slice(b"PK\x01\x02\x14\0");
        self.directory.extend_from_slice(&about);
        self.directory.extend_from_slice(&[0; 10]);
        self.directory.extend_from_slice(&offset.to_le_bytes());
        self.directory.extend_from_slice(name.as_bytes());
        self.entries += 1;
    }

    /// The whole package.
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
