//! Which cell of the clean form each finding is about.

use crate::finding::{Finding, Lang, code};
use crate::form_writer::{Mark, Spot};
use crate::grid::CellRef;
use crate::layouts::form::{Column, Layout};
use crate::rules::NodeKind;
use crate::views::Correction;

/// The marks on the clean form.
pub(super) fn of(correction: &Correction) -> Vec<Mark> {
    let mark = |finding: &&Finding| {
        let (item, column) = spot(correction, finding)?;
        let (label, message) = (finding.label(Lang::Vi), super::opinions::message(finding));
        let text = match finding.is_explained() {
            true => format!("{label}: {message} {}", finding.opinion(Lang::Vi)),
            false => format!("{label}: {message} → {}", finding.advice(Lang::Vi)),
        };
        Some(Mark { at: Spot::Item(item, column), severity: finding.severity, text })
    };
    correction.findings.iter().filter_map(mark).collect()
}

/// The cell of the clean form to look at; `None` for what the clean form mends by itself and what concerns no cell.
pub(super) fn cell(correction: &Correction, finding: &Finding) -> Option<CellRef> {
    let (item, column) = spot(correction, finding)?;
    Some(Layout::of(correction.set).cell(correction.set.index_of(item)?, column))
}

fn spot(correction: &Correction, finding: &Finding) -> Option<(crate::codes::ItemCode, Column)> {
    let item = finding.item?;
    let node = correction.set.node(item)?;
    // A finding about another file of this school says nothing about the values that stand here.
    if finding.place.file.as_ref() != correction.expected.source.as_ref().map(|source| &source.file) {
        return None;
    }
    let column = match finding.code {
        code::MAX_DIFFERS => return None,
        code::EVIDENCE_MISSING | code::EVIDENCE_LINK_MALFORMED => Column::Evidence,
        code::AMOUNT_MISSING | code::AMOUNT_UNREADABLE | code::SHARE_OUT_OF_RANGE | code::PART_ABOVE_WHOLE
            if node.kind.has_amount() =>
        {
            Column::Part
        }
        code::WHOLE_IS_ZERO if node.kind == NodeKind::Ratio => Column::Whole,
        _ => Column::Score,
    };
    Some((item, column))
}
