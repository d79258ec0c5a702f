//! The fingerprint of a file: SHA-256 in hexadecimal, as `sha256sum` and `certutil -hashfile FILE SHA256` tell it. What
//! version 0.1.0 wrote bears blake3 instead, and is held to that.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// Of which kind the fingerprints in a result are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// As version 0.1.0 took them.
    #[default]
    Blake3,
    /// Those of today: a run of this kind leaves a list of them.
    Sha256,
}

/// A fingerprint while the bytes come in.
#[derive(Default)]
pub struct Hasher(Sha256);

impl Hasher {
    /// Takes bytes in.
    pub fn update(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    /// Takes in all that there is to read; how many bytes.
    ///
    /// # Errors
    /// When it cannot be read to its end.
    pub fn update_reader(&mut self, mut from: impl Read) -> io::Result<u64> {
        let mut buffer = vec![0; 1 << 16];
        let mut all = 0;
        loop {
            match from.read(&mut buffer) {
                Ok(0) => return Ok(all),
                Ok(read) => {
                    self.0.update(&buffer[..read]);
                    all += read as u64;
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
    }

    /// In hexadecimal.
    pub fn finish(self) -> String {
        let bytes = self.0.finalize();
        bytes.iter().fold(String::with_capacity(64), |mut text, byte| {
            for digit in [byte >> 4, byte & 15] {
                text.push(char::from_digit(u32::from(digit), 16).unwrap_or('0'));
            }
            text
        })
    }
}

/// Of these bytes.
pub fn of(bytes: &[u8]) -> String {
    let mut hasher = Hasher::default();
    hasher.update(bytes);
    hasher.finish()
}

/// Of a file.
///
/// # Errors
/// When it cannot be read to its end.
pub fn of_file(path: &Path) -> io::Result<String> {
    let mut hasher = Hasher::default();
    hasher.update_reader(File::open(path)?)?;
    Ok(hasher.finish())
}

/// As version 0.1.0 took it.
pub fn blake3_of(bytes: &[u8]) -> String {
    blake3::hash(bytes).to_hex().to_string()
}

/// Whether it is that of these bytes, of this version or of 0.1.0.
pub fn is_of(known: &str, bytes: &[u8]) -> bool {
    known == of(bytes) || known == blake3_of(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_that_of_sha256sum() {
        let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(of(b"abc"), abc);
        let mut hasher = Hasher::default();
        hasher.update(b"a");
        assert_eq!(hasher.update_reader(&b"bc"[..]).unwrap(), 2);
        assert_eq!(hasher.finish(), abc);
        assert!(is_of(abc, b"abc") && is_of(&blake3_of(b"abc"), b"abc") && !is_of(abc, b"abd"));
    }
}
