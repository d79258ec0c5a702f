//! `minh-chung.csv` of a frozen result: each piece of evidence of what counts.

use std::io;

use super::{Column, Kind, Table, UNIT};
use crate::outcome::Scored;
use crate::outcome::{Outcome, Source};
use crate::rules::RuleSet;

pub(super) const COLUMNS: [Column; 10] = [
    ("ma_truong", Kind::Text, "Mã trường; trống là cơ quan."),
    ("ten_truong", Kind::Text, "Tên trường hoặc cơ quan."),
    ("bo_chi_so", Kind::Text, "Mã bộ chỉ số."),
    ("ma", Kind::Text, "Mã của mục."),
    ("noi_dung", Kind::Text, "Nội dung của mục."),
    ("duoc_tinh", Kind::Number, "Điểm được tính; trống với điều kiện bắt buộc."),
    ("minh_chung", Kind::Text, "Minh chứng như trường ghi."),
    ("tep", Kind::Text, "Tệp của phiếu."),
    ("o", Kind::Text, "Ô của điểm tự chấm."),
    UNIT,
];

pub(super) fn rows(outcome: &Outcome, table: &mut Table) -> io::Result<()> {
    let units = outcome.units_of_schools();
    for expected in &outcome.expected {
        if let (Some(scored), Some(set)) = (&expected.scored, outcome.book.get(&expected.set)) {
            let school = outcome.school_of(expected);
            let unit = units.get(&expected.school).map_or("", |unit| &*unit.code);
            respondent(table, [&school.code.0, &school.name, unit], set, scored, expected.source.as_ref())?;
        }
    }
    if let Some(office) = &outcome.offices
        && let Some(set) = outcome.book.get(&office.set)
    {
        respondent(table, ["", &outcome.office.name, ""], set, &office.scored, office.source.as_ref())?;
    }
    Ok(())
}

fn respondent(
    table: &mut Table,
    [code, name, unit]: [&str; 3],
    set: &RuleSet,
    scored: &Scored,
    source: Option<&Source>,
) -> io::Result<()> {
    let all = set.nodes.iter().zip(&scored.nodes);
    for (node, score) in all.filter(|(_, score)| !score.evidence.is_empty()) {
        table.text(code);
        table.text(name);
        table.text(&set.id.0);
        table.plain(node.code.digits());
        table.text(&node.title);
        table.points(node.max.map(|_| score.counted));
        table.text(&score.evidence);
        table.text(source.map_or("", |source| &source.file));
        table.known(score.cell);
        table.text(unit);
        table.end()?;
    }
    Ok(())
}
