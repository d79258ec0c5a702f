//! The dossier of evidence: files of `minh-chung/` that prove the office's own criteria, each under the item whose code
//! begins the name of its folder. Opened for their fingerprint alone.

use std::path::Path;

use rayon::prelude::*;

use crate::codes::ItemCode;
use crate::finding::{Finding, Found, Place, code};
use crate::folder::{EVIDENCE, EVIDENCE_LIST};
use crate::intake::{self, NameClass, SeenPath};
use crate::outcome::Proof;
use crate::rules::RuleSet;

/// What lies in the dossier, by name, without fingerprints; `None` where the office keeps none. `set`: the office's own.
pub fn look(office: &Path, set: Option<&RuleSet>) -> Found<Option<Vec<Proof>>> {
    let Found { value, findings } = listed(office, set);
    Found { value: value.map(|listed| listed.into_iter().map(|(proof, _)| proof).collect()), findings }
}

/// The same with the fingerprints: every file is read once.
pub fn read(office: &Path, set: Option<&RuleSet>) -> Found<Option<Vec<Proof>>> {
    let Found { value, mut findings } = listed(office, set);
    let print =
        |(proof, seen): (Proof, SeenPath)| Proof { sha256: intake::fingerprint(&seen).unwrap_or_default(), ..proof };
    let proofs: Option<Vec<Proof>> = value.map(|listed| listed.into_par_iter().map(print).collect());
    let unreadable = proofs.iter().flatten().filter(|proof| proof.sha256.is_empty());
    findings.extend(unreadable.map(|proof| Finding::new(code::PROOF_UNREADABLE).at(Place::file(proof.file.clone()))));
    Found { value: proofs, findings }
}

fn listed(office: &Path, set: Option<&RuleSet>) -> Found<Option<Vec<(Proof, SeenPath)>>> {
    let folder = office.join(EVIDENCE);
    if !folder.is_dir() {
        return Found::clean(None);
    }
    let Found { value: seen, mut findings } = intake::find(&folder, EVIDENCE);
    // An empty dossier is told item by item.
    findings.retain(|finding| finding.code != code::NOTHING_RETURNED);
    // A list of ours that was copied here proves nothing, and the next one takes its place.
    let list = format!("{EVIDENCE}/{EVIDENCE_LIST}");
    let is_proof = |seen: &SeenPath| seen.class == NameClass::Candidate && *seen.file != *list;
    let proofs = seen.into_iter().filter(is_proof).map(|seen| (proof(&seen, set), seen)).collect::<Vec<_>>();
    let loose = proofs.iter().filter(|(proof, _)| proof.item.is_none());
    findings.extend(loose.map(|(proof, _)| Finding::new(code::PROOF_OF_NO_ITEM).at(Place::file(proof.file.clone()))));
    Found { value: Some(proofs), findings }
}

fn proof(seen: &SeenPath, set: Option<&RuleSet>) -> Proof {
    let mut folders: Vec<&str> = seen.file.split('/').skip(1).collect();
    folders.pop();
    let known = |folder: &&str| code_of(folder).filter(|code| set.is_some_and(|set| set.node(*code).is_some()));
    Proof {
        file: seen.file.clone(),
        // The innermost folder that has a code: "1.1/1.1.1 Kế hoạch/bản ký".
        item: folders.iter().rev().find_map(known),
        size: seen.size,
        modified: seen.modified,
        sha256: String::new(),
    }
}

/// The code at the start of a folder's name: "1.1.1", "1.1.1 Kế hoạch năm", "1.1.1. Kế hoạch", "1.1.1_ke-hoach".
fn code_of(folder: &str) -> Option<ItemCode> {
    let folder = folder.trim();
    let end = folder.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(folder.len());
    // "1.1.1a" is no item's code with a title behind it.
    let parted = folder[end..].chars().next().is_none_or(|c| !c.is_alphanumeric());
    folder[..end].trim_end_matches('.').parse().ok().filter(|_| parted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_that_of_the_code_at_its_start() {
        let code = |text| code_of(text).map(|code| code.to_string());
        for folder in ["1.1.1", "1.1.1 Kế hoạch năm", " 1.1.1. Kế hoạch", "1.1.1_ke-hoach", "1.1.1-QĐ"] {
            assert_eq!(code(folder).as_deref(), Some("1.1.1"), "{folder}");
        }
        for folder in ["Kế hoạch", "1.1.1a", "", "...", "1..1", "QĐ 1.1.1"] {
            assert_eq!(code(folder), None, "{folder}");
        }
    }
}
