//! A zip package without compression, built in memory.

/// A package under construction.
#[derive(Default)]
pub(super) struct Stored {
    bytes: Vec<u8>,
    directory: Vec<u8>,
    entries: u16,
}

impl Stored {
    /// Adds a part made of these pieces. Names are plain and short.
    pub fn add(&mut self, name: &str, pieces: &[&[u8]]) {
        let mut crc = crc32fast::Hasher::new();
        for piece in pieces {
            crc.update(piece);
        }
        let size: usize = pieces.iter().map(|piece| piece.len()).sum();
        let mut about = Vec::with_capacity(26);
        about.extend_from_slice(&[20, 0, 0, 0, 0, 0, 0, 0, 0x21, 0]);
        about.extend_from_slice(&crc.finalize().to_le_bytes());
        about.extend_from_slice(&(size as u32).to_le_bytes());
        about.extend_from_slice(&(size as u32).to_le_bytes());
        about.extend_from_slice(&(name.len() as u16).to_le_bytes());
        about.extend_from_slice(&[0, 0]);
        let offset = self.bytes.len() as u32;
        self.bytes.reserve(size + name.len() + 30);
        self.bytes.extend_from_slice(b"PK\x03\x04");
        self.bytes.extend_from_slice(&about);
        self.bytes.extend_from_slice(name.as_bytes());
        for piece in pieces {
            self.bytes.extend_from_slice(piece);
        }
        self.directory.extend_from_slice(b"PK\x01\x02\x14\0");
        self.directory.extend_from_slice(&about);
        self.directory.extend_from_slice(&[0; 10]);
        self.directory.extend_from_slice(&offset.to_le_bytes());
        self.directory.extend_from_slice(name.as_bytes());
        self.entries += 1;
    }

    /// The whole package. Its limits on inflated bytes keep it far below the 4 GB of the format.
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

#[cfg(test)]
mod tests {
    use super::Stored;
    use crate::reader::limits::Limits;
    use crate::reader::package::{Budget, Package};

    #[test]
    fn what_is_stored_is_found_again() {
        let mut stored = Stored::default();
        stored.add("a/b.xml", &[b"<a>", b"</a>"]);
        stored.add("c", &[]);
        let bytes = stored.finish();
        let package = Package::open(&bytes, 10).unwrap();
        let mut budget = Budget::new(&Limits::default());
        let mut read =
            |name| package.inflate_checked(package.find(name).unwrap(), 100, &mut budget).unwrap().into_owned();
        assert_eq!(read("a/b.xml"), b"<a></a>");
        assert_eq!(read("c"), b"");
    }
}
