//! The dossier of evidence: what the office's form says of each item, beside the files that lie there for it.

use crate::codes::ItemCode;
use crate::outcome::Outcome;
use crate::outcome::Proof;
use crate::rules::Node;
use crate::score::ScoredNode;

/// A line of the list: a file under its item, an item without a file, or a file under no item.
#[derive(Debug)]
pub struct Line<'a> {
    /// The node's code; `None` for what stands under nothing.
    pub code: Option<ItemCode>,
    /// Its title.
    pub title: &'a str,
    /// What the form says.
    pub written: &'a str,
    /// The file.
    pub proof: Option<&'a Proof>,
}

/// The list, in the order of the office's set; empty where the office keeps no dossier.
pub fn lines(outcome: &Outcome) -> Vec<Line<'_>> {
    let Some(proofs) = &outcome.dossier else { return Vec::new() };
    let own = outcome.offices.as_ref().and_then(|own| Some((own, outcome.book.get(&own.set)?)));
    let mut lines = Vec::new();
    for (node, score) in own.iter().flat_map(|(own, set)| set.nodes.iter().zip(&own.scored.nodes)) {
        let line = |proof| Line { code: Some(node.code), title: &node.title, written: &score.evidence, proof };
        let of_it = proofs.iter().filter(|proof| proof.item == Some(node.code));
        let before = lines.len();
        lines.extend(of_it.map(|proof| line(Some(proof))));
        let is_bare = is_claimed(node, score) && !crate::outcome::has_proof(proofs, node.code);
        if lines.len() == before && (is_bare || !score.evidence.is_empty()) {
            lines.push(line(None));
        }
    }
    let loose = proofs.iter().filter(|proof| proof.item.is_none());
    lines.extend(loose.map(|proof| Line { code: None, title: "", written: "", proof: Some(proof) }));
    lines
}

/// Whether the office answers for an item itself, and says that there is something to prove.
pub fn is_claimed(node: &Node, score: &ScoredNode) -> bool {
    let points = score.claimed.is_some_and(|points| points > crate::points::Points::ZERO);
    node.is_asked() && (points || score.met == Some(true))
}
