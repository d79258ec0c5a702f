//! The names that stand for a list, whose rows of a table are repeated.

use super::{Collecting, for_outsiders, row, shown};
use crate::finding::Lang;
use crate::layouts::form::level_text;
use crate::outcome::{Outcome, Status};
use crate::points::per_cent;
use crate::rules::RuleSet;
use crate::school::kinds_text;
use crate::views::duties::helpers;
use crate::views::figures::{self, Counts};
use crate::views::published;
use crate::writers::docx::Value;

pub(super) fn lists(outcome: &Outcome, names: &mut Collecting) {
    sets(outcome, names);
    steps(outcome, names);
    duties(outcome, names);
    criteria(outcome, names);
    levels(outcome, names);
    schools(outcome, names);
    evidence(outcome, names);
}

fn sets(outcome: &Outcome, names: &mut Collecting) {
    const FIELDS: &[&str] = &["stt", "ten", "quyet_dinh", "doi_tuong"];
    let rows = outcome.book.sets.iter().zip(1..).map(|(set, n): (&RuleSet, usize)| {
        let whom = if set.is_offices() { outcome.office.name.clone() } else { kinds_text(&set.kinds) };
        row(FIELDS, [n.to_string(), set.title.clone(), set.decision.clone(), whom])
    });
    names.list("bo_chi_so", ["các bộ chỉ số", "the indicator sets"], FIELDS, rows.collect());
}

fn steps(outcome: &Outcome, names: &mut Collecting) {
    const FIELDS: &[&str] = &["stt", "noi_dung", "thuc_hien", "thoi_han"];
    let deadlines = &outcome.office.deadlines;
    let office = outcome.office.name.as_str();
    let steps = [
        ("Thành lập Tổ tự đánh giá, phân công", office, None),
        (
            "Tự đánh giá, gửi phiếu và lưu minh chứng; cập nhật cơ sở dữ liệu ngành",
            "Các cơ sở giáo dục",
            deadlines.returns,
        ),
        ("Kiểm tra, thẩm định phiếu; yêu cầu sửa, bổ sung", office, deadlines.verification),
        ("Họp Tổ tự đánh giá, lập biên bản; trình phê duyệt kết quả", "Tổ tự đánh giá", deadlines.approval),
        ("Báo cáo kết quả kèm minh chứng; công khai mức độ của các trường", office, deadlines.report),
    ];
    let rows = steps.into_iter().zip(1..).map(|((what, who, day), n): (_, usize)| {
        row(FIELDS, [n.to_string(), what.to_owned(), who.to_owned(), day.map_or_else(|| "........".to_owned(), shown)])
    });
    names.list("buoc", ["các bước trong năm", "the steps of the year"], FIELDS, rows.collect());
}

fn duties(outcome: &Outcome, names: &mut Collecting) {
    const FIELDS: &[&str] = &["ma", "tieu_chi", "chu_tri", "phoi_hop"];
    let set = outcome.offices.as_ref().and_then(|own| outcome.book.get(&own.set));
    let title = |code| set.and_then(|set| set.node(code)).map_or_else(String::new, |node| node.title.clone());
    let duties = &outcome.office.duties;
    let rows = duties
        .iter()
        .map(|duty| row(FIELDS, [duty.code.to_string(), title(duty.code), duty.lead.clone(), duty.support.clone()]));
    names.list("phan_cong", ["bảng phân công", "who is in charge of which criterion"], FIELDS, rows.collect());
    let note = helpers(outcome).unwrap_or_default();
    names.text("ghi_chu_phan_cong", ["chú thích của dấu (*)", "the note to the mark (*)"], note);
}

fn criteria(outcome: &Outcome, names: &mut Collecting) {
    const FIELDS: &[&str] = &["ma", "ten", "toi_da", "tu_danh_gia", "thong_nhat", "ly_do", "dam"];
    const GROUP: &[&str] = &["ma", "ten", "toi_da", "tu_danh_gia", "duoc_tinh"];
    let mut rows = Vec::new();
    let mut groups = Vec::new();
    let own = outcome.offices.as_ref();
    if let Some((own, set)) = own.and_then(|own| Some((own, outcome.book.get(&own.set)?))) {
        for (node, score) in set.nodes.iter().zip(&own.scored.nodes).filter(|(node, _)| node.max.is_some()) {
            let most = node.max.unwrap_or_default().to_string();
            let claimed = score.claimed.map_or_else(|| "–".to_owned(), |points| points.to_string());
            let counted = score.counted.to_string();
            let why = match (score.claimed, score.verified) {
                (claimed, Some(verified)) if claimed != Some(verified) => "theo điểm thẩm định",
                (Some(claimed), None) if claimed != score.counted => "có ô phải sửa, tạm chưa tính",
                _ => "",
            };
            let mut one = row(
                FIELDS,
                [
                    node.code.to_string(),
                    node.title.clone(),
                    most.clone(),
                    claimed.clone(),
                    counted.clone(),
                    why.to_owned(),
                ],
            );
            one.insert("dam", Value::Flag(!node.is_leaf()));
            rows.push(one);
            if node.parent.is_none() {
                groups.push(row(GROUP, [node.code.to_string(), node.title.clone(), most, claimed, counted]));
            }
        }
    }
    names.list(
        "tieu_chi",
        [
            "điểm từng tiêu chí của cơ quan (dam: điều kiện, dòng nhóm và tiêu chí)",
            "the office's points per criterion (dam: condition, a group's or criterion's row)",
        ],
        FIELDS,
        rows,
    );
    names.list("nhom", ["điểm từng nhóm của cơ quan", "the office's points per group"], GROUP, groups);
}

fn levels(outcome: &Outcome, names: &mut Collecting) {
    const FIELDS: &[&str] = &["bo", "muc", "so", "ti_le"];
    let mut rows = Vec::new();
    for (set, counts) in figures::by_set(outcome) {
        let Some(scale) = set.overall_scale() else { continue };
        for range in &scale.levels {
            let at = counts.at(range.level);
            rows.push(row(
                FIELDS,
                [set.short.clone(), level_text(scale, range.level), at.to_string(), share(at, &counts)],
            ));
        }
    }
    names.list(
        "truong_theo_muc",
        ["số trường theo mức độ, từng bộ chỉ số", "schools by level for each set"],
        FIELDS,
        rows,
    );
}

/// A share of the returns that count, half up to a tenth of a per cent.
fn share(part: u32, counts: &Counts) -> String {
    per_cent(part.into(), counts.accepted.into()).unwrap_or_else(|| "–".to_owned())
}

fn schools(outcome: &Outcome, names: &mut Collecting) {
    const FIELDS: &[&str] = &["stt", "ma", "ten", "cap", "don_vi", "bo", "muc", "muc_cong_nhan"];
    const OPEN: &[&str] = &["stt", "ma", "ten", "don_vi", "bo", "tinh_trang"];
    let mut rows = Vec::new();
    let mut open = Vec::new();
    let mut any_named = false;
    for expected in &outcome.expected {
        let Some(set) = outcome.book.get(&expected.set) else { continue };
        let school = outcome.school_of(expected);
        let (code, name, unit) = (school.code.0.clone(), for_outsiders(&school.name), for_outsiders(&school.unit));
        let level = expected.scored.as_ref().and_then(|scored| scored.level).zip(set.overall_scale());
        if let Some((level, scale)) = level {
            let level = level_text(scale, level);
            let named = published::recognised_level(outcome, school, set);
            any_named |= !named.is_empty();
            let n = (rows.len() + 1).to_string();
            let kinds = kinds_text(&school.kinds);
            let known = [n, code.clone(), name.clone(), kinds, unit.clone(), set.short.clone(), level, named];
            rows.push(row(FIELDS, known));
        }
        if expected.status == Status::Accepted {
            continue;
        }
        let state = expected.status.label(Lang::Vi);
        let n = (open.len() + 1).to_string();
        open.push(row(OPEN, [n, code, name, unit, set.short.clone(), state.to_owned()]));
    }
    names.list("truong", ["các trường có kết quả và mức độ", "schools with a result and their level"], FIELDS, rows);
    names.add(
        "co_truong_cong_nhan",
        ["điều kiện: cấp trên công nhận mức độ của trường", "condition: levels of schools were recognised"],
        Value::Flag(any_named),
    );
    names.list(
        "truong_don_doc",
        ["các trường chưa nộp hoặc phải sửa", "schools whose return is missing or to be corrected"],
        OPEN,
        open,
    );
}

fn evidence(outcome: &Outcome, names: &mut Collecting) {
    const FIELDS: &[&str] = &["stt", "ma", "noi_dung", "minh_chung"];
    let own = outcome.offices.as_ref().and_then(|own| Some((own, outcome.book.get(&own.set)?)));
    let rows = own.map(|(own, set)| {
        let all = set.nodes.iter().zip(&own.scored.nodes).filter(|(_, score)| !score.evidence.is_empty());
        let one = |((node, score), n): ((&crate::rules::Node, &crate::outcome::ScoredNode), usize)| {
            row(FIELDS, [n.to_string(), node.code.to_string(), node.title.clone(), for_outsiders(&score.evidence)])
        };
        all.zip(1..).map(one).collect()
    });
    names.list("minh_chung", ["minh chứng của cơ quan", "the office's evidence"], FIELDS, rows.unwrap_or_default());
}
