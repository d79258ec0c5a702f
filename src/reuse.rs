//! Files of a run that are taken over from the last run, where all that they show is the same. Knows no file's content.

use serde::{Deserialize, Serialize};

use crate::fingerprint;

/// A file of a run, and what it was made from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Made {
    /// Of all that it shows.
    pub inputs: [u8; 32],
    /// Its path in the run's folder, with `/`.
    pub file: String,
    /// The fingerprint of its bytes, as a run's list of files has it.
    pub content: String,
    /// Whether it was made before and taken over.
    #[serde(skip)]
    pub is_old: bool,
}

/// The bytes of a file that was made from the same inputs before and their fingerprint, if it is still as it was made.
pub type Find<'a> = dyn Fn(&[u8; 32]) -> Option<(Vec<u8>, String)> + Sync + 'a;

/// What an earlier run has left.
#[derive(Clone, Copy)]
pub struct Earlier<'a> {
    /// Of the rules and the program.
    pub stamp: &'a [u8; 32],
    /// Looks for a file.
    pub find: &'a Find<'a>,
}

/// Nothing.
pub const NOTHING: Earlier = Earlier { stamp: &[0; 32], find: &|_| None };

impl Earlier<'_> {
    /// The bytes of a file that shows what is `shown`: taken over, else made. What cannot be told apart is made and not
    /// offered to the next run.
    ///
    /// # Errors
    /// What making it brings about.
    pub fn or_made<E>(
        &self,
        file: &str,
        shown: &impl Serialize,
        make: impl FnOnce() -> Result<Vec<u8>, E>,
    ) -> Result<(Vec<u8>, Option<Made>), E> {
        let inputs = self.inputs(shown);
        let old = inputs.as_ref().and_then(self.find);
        let is_old = old.is_some();
        let (bytes, content) = match old {
            Some(old) => old,
            None => {
                let bytes = make()?;
                let content = fingerprint::of(&bytes);
                (bytes, content)
            }
        };
        let made = inputs.map(|inputs| Made { inputs, file: file.to_owned(), content, is_old });
        Ok((bytes, made))
    }

    /// The fingerprint of all that a file shows. What is shown is written as JSON, which tells fields that are left out
    /// from those that are not.
    fn inputs(&self, shown: &impl Serialize) -> Option<[u8; 32]> {
        let mut hasher = blake3::Hasher::new();
        hasher.update(self.stamp);
        // JSON comes in single letters; the hash takes whole blocks faster.
        let mut buffered = std::io::BufWriter::with_capacity(1 << 14, hasher);
        serde_json::to_writer(&mut buffered, shown).ok()?;
        Some(buffered.into_inner().ok()?.finalize().into())
    }
}
