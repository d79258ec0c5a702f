//! `diem.csv`: a respondent that counts and a node of its set, in the set's order.

use std::io;

use super::Table;
use crate::outcome::Scored;
use crate::outcome::{Outcome, Source};
use crate::rules::{NodeKind, RuleSet};

pub(super) fn rows(outcome: &Outcome, table: &mut Table) -> io::Result<()> {
    table.head(&[
        "ma_truong",
        "bo_chi_so",
        "ma",
        "loai",
        "diem_toi_da",
        "tu_danh_gia",
        "tham_dinh",
        "duoc_tinh",
        "muc_do",
        "dat",
        "tep",
        "trang_tinh",
        "o",
    ])?;
    for expected in &outcome.expected {
        if let (Some(scored), Some(set)) = (&expected.scored, outcome.book.get(&expected.set)) {
            respondent(table, &outcome.school_of(expected).code.0, set, scored, expected.source.as_ref())?;
        }
    }
    if let Some(office) = &outcome.offices
        && let Some(set) = outcome.book.get(&office.set)
    {
        respondent(table, "", set, &office.scored, office.source.as_ref())?;
    }
    Ok(())
}

fn respondent(
    table: &mut Table,
    school: &str,
    set: &RuleSet,
    scored: &Scored,
    source: Option<&Source>,
) -> io::Result<()> {
    for (node, score) in set.nodes.iter().zip(&scored.nodes) {
        table.text(school);
        table.text(&set.id.0);
        table.plain(node.code.digits());
        table.plain(kind_word(node.kind));
        table.points(node.max);
        table.points(score.claimed);
        table.points(score.verified);
        // A mandatory condition has no points: empty, not 0.
        let has_points = node.kind != NodeKind::Mandatory;
        table.points(has_points.then_some(score.counted));
        table.known(score.level);
        table.known(score.met.map(u8::from));
        table.text(source.map_or("", |source| &source.file));
        table.text(source.map_or("", |source| &source.sheet));
        let cell = if node.is_leaf() { score.cell } else { None };
        table.known(cell);
        table.end()?;
    }
    Ok(())
}

fn kind_word(kind: NodeKind) -> &'static str {
    match kind {
        NodeKind::Group => "nhom",
        NodeKind::Criterion => "tieu_chi",
        NodeKind::Mandatory => "bat_buoc",
        NodeKind::Points | NodeKind::YesNo | NodeKind::Ratio | NodeKind::Count | NodeKind::Computed => "noi_dung",
    }
}
