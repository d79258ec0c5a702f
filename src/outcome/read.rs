//! `ket-qua.json`: the whole outcome both ways. The one reader of earlier results: what it lets through is bounded and
//! consistent, so that nothing behind it looks up a place that is not there.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use serde::Deserialize;

use super::{Outcome, SCHEMA, ScoredNode, sound};
use crate::folder::read_file;
use crate::system;
use crate::text::{Lang, SharedTexts};

/// Bytes of the largest result that is read at all: some 80,000 schools.
pub const LARGEST: u64 = 1 << 30;
/// Bytes of the largest that is held beside another: some 5,000 schools. More would double the memory of a run.
pub const LARGEST_BESIDE: u64 = 64 << 20;

/// Why a `ket-qua.json` cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ResultError {
    /// The file is not there, or the disk refuses.
    #[error("{0}")]
    Disk(#[from] io::Error),
    /// It has more bytes than are read.
    #[error("the result has {bytes} bytes, at most {most} are read")]
    TooLarge {
        /// How many it has.
        bytes: u64,
        /// How many are read.
        most: u64,
    },
    /// It is not JSON, or lacks what an outcome has.
    #[error("not a result that this program can read: {0}")]
    Damaged(#[from] serde_json::Error),
    /// Another version of the schema.
    #[error("the result has schema {found}, this program reads {SCHEMA}")]
    OtherSchema {
        /// The version that it states.
        found: u32,
    },
    /// It names what it does not have, or figures that cannot be.
    #[error("the result is damaged: {0}")]
    Inconsistent(String),
}

impl ResultError {
    /// What is wrong, in words.
    pub fn message(&self, lang: Lang) -> String {
        match (self, lang) {
            (ResultError::Disk(why), _) => system::words(why, lang),
            (_, Lang::En) => self.to_string(),
            (ResultError::TooLarge { bytes, most }, _) => format!("kết quả có {bytes} byte, chỉ đọc đến {most} byte"),
            (ResultError::Damaged(why), _) => {
                let (line, column) = (why.line(), why.column());
                format!("tệp kết quả bị hỏng hoặc không phải của chương trình này (dòng {line}, cột {column})")
            }
            (ResultError::OtherSchema { found }, _) => {
                format!("kết quả do phiên bản khác của chương trình ghi (dạng {found}, bản này đọc dạng {SCHEMA})")
            }
            (ResultError::Inconsistent(what), _) => format!("tệp kết quả đã bị sửa hoặc bị hỏng ({what})"),
        }
    }
}

/// What tells which program can read the rest.
#[derive(Deserialize)]
struct Version {
    schema: u32,
}

impl Outcome {
    /// Writes it as JSON.
    ///
    /// # Errors
    /// When `to` cannot be written.
    pub fn write_json(&self, to: impl Write) -> serde_json::Result<()> {
        serde_json::to_writer(to, self)
    }

    /// Reads what [`Outcome::write_json`] wrote, this version or an earlier one.
    ///
    /// # Errors
    /// [`ResultError`]: of another schema, damaged, or not consistent.
    pub fn read_json(bytes: &[u8]) -> Result<Outcome, ResultError> {
        let read: serde_json::Result<Outcome> = serde_json::from_slice(bytes);
        let outcome = match read {
            Ok(outcome) if outcome.schema == SCHEMA => outcome,
            // Of another schema it need not have all that ours has: which one it is, is told first.
            read => match serde_json::from_slice(bytes)? {
                Version { schema } if schema != SCHEMA => return Err(ResultError::OtherSchema { found: schema }),
                Version { .. } => read?,
            },
        };
        sound::check(&outcome).map_err(ResultError::Inconsistent)?;
        Ok(outcome)
    }

    /// Reads a file of at most so many bytes.
    ///
    /// # Errors
    /// [`ResultError`]
    pub fn read_file(path: &Path, most: u64) -> Result<Outcome, ResultError> {
        let bytes = fs::metadata(path)?.len();
        if bytes > most {
            return Err(ResultError::TooLarge { bytes, most });
        }
        let mut outcome = Outcome::read_json(&read_file(path)?)?;
        outcome.tighten(&SharedTexts::default());
        Ok(outcome)
    }

    /// Lets it take no more memory than it needs, after it was read.
    pub fn tighten(&mut self, texts: &SharedTexts) {
        let all = self.expected.iter_mut().flat_map(|one| one.scored.iter_mut().chain(&mut one.pending));
        for scored in all {
            texts.share(scored.nodes.iter_mut().flat_map(ScoredNode::texts));
            scored.nodes.shrink_to_fit();
        }
    }
}
