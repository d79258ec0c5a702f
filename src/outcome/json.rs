//! `ket-qua.json`: the whole outcome both ways; its `schema` says which program can read it.

use std::io::Write;

use serde::Deserialize;

use super::{Outcome, SCHEMA};

/// Why a `ket-qua.json` cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum JsonError {
    /// It is not JSON, or lacks what an outcome has.
    #[error("not a result that this program can read: {0}")]
    Damaged(#[from] serde_json::Error),
    /// Another version of the schema.
    #[error("the result has schema {found}, this program reads {SCHEMA}")]
    OtherSchema {
        /// The version that it states.
        found: u32,
    },
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

    /// Reads what [`Outcome::write_json`] wrote.
    ///
    /// # Errors
    /// [`JsonError`]: of another schema, or damaged.
    pub fn read_json(bytes: &[u8]) -> Result<Outcome, JsonError> {
        let read: serde_json::Result<Outcome> = serde_json::from_slice(bytes);
        match read {
            Ok(outcome) if outcome.schema == SCHEMA => Ok(outcome),
            // Of another schema it need not have all that ours has: which one it is, is told first.
            read => match serde_json::from_slice(bytes)? {
                Version { schema } if schema != SCHEMA => Err(JsonError::OtherSchema { found: schema }),
                Version { .. } => Ok(read?),
            },
        }
    }
}
