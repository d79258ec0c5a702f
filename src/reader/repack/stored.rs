//! A zip package without compression, built in memory.

use crate::writers::archive::{Archive, Method};

/// A package under construction. The limits on inflated bytes keep it far below the 4 GB of the format.
#[derive(Default)]
pub(super) struct Stored(Archive);

impl Stored {
    /// Adds a part made of these pieces. Names are plain and short.
    pub fn add(&mut self, name: &str, pieces: &[&[u8]]) {
        let mut crc = crc32fast::Hasher::new();
        pieces.iter().for_each(|piece| crc.update(piece));
        let size = pieces.iter().map(|piece| piece.len()).sum();
        self.0.add(name, (crc.finalize(), size), Method::Stored, pieces);
    }

    /// The whole package.
    pub fn finish(self) -> Vec<u8> {
        self.0.finish()
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
