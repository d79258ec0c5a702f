//! A file of the dossier of evidence.

use std::sync::Arc;

use jiff::civil::DateTime;
use serde::{Deserialize, Serialize};

use crate::codes::ItemCode;

/// A file of the dossier.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Proof {
    /// Relative to the office folder, with `/`: `minh-chung/1.1.1 Kế hoạch/qd.pdf`.
    pub file: Arc<str>,
    /// What it stands under, of the office's set: an item, a criterion or a group; `None`: nothing.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub item: Option<ItemCode>,
    /// Bytes.
    pub size: u64,
    /// When it was last changed, at the office's time.
    #[cfg_attr(test, schemars(with = "Option<String>"))]
    pub modified: Option<DateTime>,
    /// SHA-256; empty where it could not be read.
    pub sha256: String,
}

/// Whether something of the dossier stands under an item, or under the criterion or the group that it belongs to.
pub fn has_proof(proofs: &[Proof], item: ItemCode) -> bool {
    proofs.iter().filter_map(|proof| proof.item).any(|code| item.is_within(code))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_lies_under_a_criterion_proves_its_items() {
        let proof = |code: &str| Proof {
            file: "minh-chung/x".into(),
            item: code.parse().ok(),
            size: 1,
            modified: None,
            sha256: String::new(),
        };
        let item: ItemCode = "1.1.1".parse().unwrap();
        assert!(has_proof(&[proof("1.1")], item) && has_proof(&[proof("1.1.1")], item));
        assert!(!has_proof(&[proof("1.1.2"), proof("2.1"), proof("")], item));
    }
}
