//! `diem.csv`: a respondent that counts and a node of its set, in the set's order.

use std::io;

use super::{Column, Kind, Table, UNIT};
use crate::outcome::Scored;
use crate::outcome::{Outcome, Source};
use crate::rules::{NodeKind, RuleSet};

pub(super) const COLUMNS: [Column; 14] = [
    ("ma_truong", Kind::Text, "Mã trường; trống là cơ quan."),
    ("bo_chi_so", Kind::Text, "Mã bộ chỉ số."),
    ("ma", Kind::Text, "Mã của mục: 1, 1.3, 1.3.1."),
    ("loai", Kind::Text, "`nhom`, `tieu_chi`, `noi_dung`, `bat_buoc`."),
    ("diem_toi_da", Kind::Number, "Điểm tối đa; trống với điều kiện bắt buộc."),
    ("tu_danh_gia", Kind::Number, "Điểm trường tự chấm, kể cả điểm chưa được tính; nhóm, tiêu chí là tổng bên dưới."),
    ("tham_dinh", Kind::Number, "Điểm thẩm định, nếu có."),
    ("duoc_tinh", Kind::Number, "Điểm được tính: thẩm định nếu có, không thì tự chấm nếu hợp lệ, không thì 0."),
    ("muc_do", Kind::Whole, "Mức của nhóm, tiêu chí có thang mức."),
    ("dat", Kind::Flag, "Điều kiện bắt buộc: 1 đạt, 0 chưa đạt; trống khi chưa trả lời."),
    ("tep", Kind::Text, "Tệp của phiếu."),
    ("trang_tinh", Kind::Text, "Trang tính."),
    ("o", Kind::Text, "Ô của điểm tự chấm, như D18; nhóm, tiêu chí để trống."),
    UNIT,
];

pub(super) fn rows(outcome: &Outcome, table: &mut Table) -> io::Result<()> {
    let units = outcome.units_of_schools();
    for expected in &outcome.expected {
        if let (Some(scored), Some(set)) = (&expected.scored, outcome.book.get(&expected.set)) {
            let unit = units.get(&expected.school).map_or("", |unit| &*unit.code);
            respondent(table, [&outcome.school_of(expected).code.0, unit], set, scored, expected.source.as_ref())?;
        }
    }
    if let Some(office) = &outcome.offices
        && let Some(set) = outcome.book.get(&office.set)
    {
        respondent(table, ["", ""], set, &office.scored, office.source.as_ref())?;
    }
    Ok(())
}

fn respondent(
    table: &mut Table,
    [school, unit]: [&str; 2],
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
        table.text(unit);
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
