//! The Vietnamese words of the consolidated workbook for what the program names by types.

use crate::finding::Lang;
use crate::milestone::Kind;
use crate::outcome::history::{Reached, Why};
use crate::outcome::{Disposition, ExpectedReturn, Outcome, Standing, Status};
use crate::rules::{Basis, Node, NodeKind, Origin};
use crate::views::deadline::written;

/// A return's status, as formulas count it.
pub const ACCEPTED: &str = "Đã nhận";
/// A mandatory condition that is met.
pub const MET: &str = "Đạt";
/// A mandatory condition that is not met.
pub const NOT_MET: &str = "Chưa đạt";
/// A mandatory condition without an answer.
pub const UNANSWERED: &str = "Chưa trả lời";
/// For a school whose managing unit is not known.
pub const NO_UNIT: &str = "(chưa ghi)";

/// What became of what a school owes.
pub fn status(status: Status) -> &'static str {
    match status {
        Status::Accepted => ACCEPTED,
        Status::NotValid => "Đã nộp, phải sửa",
        Status::Missing => "Chưa nộp",
    }
}

/// Whether a return came in time.
pub fn late(late: Option<bool>) -> &'static str {
    match late {
        Some(true) => "Nộp trễ",
        Some(false) => "Đúng hạn",
        None => "",
    }
}

/// [`late`], and why it is not known where something came.
pub fn kept(outcome: &Outcome, expected: &ExpectedReturn) -> &'static str {
    match (expected.late, expected.status) {
        (None, Status::Missing) => "",
        (None, _) if outcome.office.deadlines.returns.is_none() => "Chưa có hạn",
        (None, _) if expected.timing.first.is_none() => "Chưa có điểm",
        (late, _) => self::late(late),
    }
}

/// [`kept`], with what came again, and an extension.
pub fn time_kept(outcome: &Outcome, expected: &ExpectedReturn) -> String {
    let timing = &expected.timing;
    let again = timing.again.map(|again| {
        let late = if timing.again_late == Some(true) { " trễ" } else { "" };
        format!("gửi lại{late} ngày {}", written(again.date()))
    });
    let granted = timing.granted.until.map(|until| format!("gia hạn đến {}", written(until)));
    let kept = Some(kept(outcome, expected).to_owned()).filter(|kept| !kept.is_empty());
    kept.into_iter().chain(again).chain(granted).collect::<Vec<_>>().join("; ")
}

/// The answer to a mandatory condition.
pub fn met(met: Option<bool>) -> &'static str {
    match met {
        Some(true) => MET,
        Some(false) => NOT_MET,
        None => UNANSWERED,
    }
}

/// What became of a file.
pub fn disposition(disposition: Disposition) -> &'static str {
    match disposition {
        Disposition::Counted => "Được tính",
        Disposition::Superseded => "Có bản mới hơn",
        Disposition::Duplicate => "Trùng nội dung",
        Disposition::SetAside => "Không dùng (theo sổ nhận)",
        Disposition::NotValid => "Chưa hợp lệ",
        Disposition::Unreadable => "Không đọc được",
        Disposition::SignedCopy => "Bản ký",
        Disposition::Other => "Tệp khác",
        Disposition::Junk => "Bỏ qua (tệp tạm)",
        Disposition::BeingWritten => "Đang ghi dở",
        Disposition::Opened => "Đã mở ra",
    }
}

/// Whether a verified score counts, and why not.
pub fn standing(standing: Standing) -> &'static str {
    match standing {
        Standing::Counts => "Có",
        Standing::ReturnChanged => "Không: phiếu đã đổi sau thẩm định",
        Standing::Disagrees => "Không: người thẩm định cho điểm khác nhau",
        Standing::NoReturn => "Không: chưa có phiếu được tính",
    }
}

/// A milestone's name in a list: `Gửi Sở 15/06/2025`.
pub fn milestone(reached: &Reached) -> String {
    let day = reached.date.unwrap_or(reached.sealed_at.date());
    format!("{} {:02}/{:02}/{}", milestone_kind(reached.kind), day.day(), day.month(), day.year())
}

/// What a result is frozen for.
pub fn milestone_kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Approval => "Phê duyệt",
        Kind::Report => "Gửi Sở",
        Kind::Recognition => "Công nhận",
    }
}

/// That a file came after a result was frozen.
pub fn came_after(kind: Kind) -> String {
    format!("sau khi chốt {}", kind.label(Lang::Vi))
}

/// Why something is otherwise than in a frozen result.
pub fn why(why: &Why) -> String {
    match why {
        Why::LaterReturn(file) => format!("Phiếu đến sau khi chốt: {file}"),
        Why::OtherReturn(file) => format!("Tệp khác được tính: {file}"),
        Why::NoLonger { file, disposition: None } => format!("Tệp không còn trong thư mục: {file}"),
        Why::NoLonger { file, disposition: Some(kind) } => {
            format!("Tệp không còn được tính: {file} ({})", disposition(*kind).to_lowercase())
        }
        Why::Verified { kind, date, minutes } => {
            let date = date.map(|day| format!("ngày {:02}/{:02}/{}", day.day(), day.month(), day.year()));
            let minutes = if minutes.is_empty() { String::new() } else { format!("biên bản {minutes}") };
            let known = [kind.label().to_lowercase(), minutes, date.unwrap_or_default()];
            let known: Vec<String> = known.into_iter().filter(|text| !text.is_empty()).collect();
            let known = if known.is_empty() { String::new() } else { format!(" ({})", known.join(", ")) };
            format!("Điểm thẩm định{known}")
        }
        Why::VerifiedNoMore => "Điểm thẩm định không còn được tính".to_owned(),
        Why::OwnForm(file) => format!("Cơ quan sửa hoặc thêm phiếu của mình: {file}"),
        Why::Schools => "Tính từ kết quả các trường, nay khác".to_owned(),
        Why::Rules => "Con số trong quy tắc nay khác".to_owned(),
        Why::Roster => "Danh sách trường hoặc bộ chỉ số phải nộp nay khác".to_owned(),
        Why::Reading => "Cùng tệp, đọc hoặc xét khác: chương trình hoặc thiết lập nay khác".to_owned(),
    }
}

/// What a node is.
pub fn kind(node: &Node) -> &'static str {
    match node.kind {
        NodeKind::Group => "Nhóm tiêu chí",
        NodeKind::Criterion => "Tiêu chí",
        NodeKind::Points => "Chấm điểm",
        NodeKind::YesNo => "Có / không",
        NodeKind::Ratio => "Tỉ lệ",
        NodeKind::Count => "Số lượng",
        NodeKind::Mandatory => "Điều kiện bắt buộc",
        NodeKind::Computed if node.is_computed() => "Tính từ các trường",
        NodeKind::Computed => "Cơ quan tự nhập",
    }
}

/// How sure a figure is.
pub fn basis(basis: Basis) -> &'static str {
    match basis {
        Basis::Official => "Đã đối chiếu phụ lục",
        Basis::Sourced => "Theo nguồn công khai",
        Basis::Inferred => "Suy ra",
        Basis::Provisional => "Tạm đặt",
    }
}

/// Where a rule file was.
pub fn origin(origin: &Origin) -> String {
    match origin {
        Origin::Embedded(file) => format!("{file} (kèm theo chương trình)"),
        Origin::File(file) => file.clone(),
    }
}

/// A managing unit's name.
pub fn unit(unit: &str) -> &str {
    if unit.trim().is_empty() { NO_UNIT } else { unit }
}

/// What makes two names one unit: spreadsheet programs compare without case.
pub fn key(name: &str) -> String {
    name.to_lowercase()
}

/// The units among these names, each once, in order.
pub fn units<'a>(names: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let mut units: std::collections::BTreeMap<String, &str> = std::collections::BTreeMap::new();
    for name in names {
        units.entry(key(name)).or_insert(name);
    }
    units.into_values().collect()
}

/// A figure's value as people read it: rules that are chosen by name stand in words.
pub fn figure<'a>(key: &str, value: &'a str) -> &'a str {
    let is_rule = key == "overall" || key == "unmet" || key.ends_with(" formula") || key.ends_with(" denominator");
    match value {
        _ if !is_rule => value,
        "lowest-group" => "mức thấp nhất trong các nhóm",
        "hold-level-1" => "giữ mức độ của nhóm ở mức thấp nhất",
        "not-accepted" => "phiếu chưa được tính",
        "level-share" => "tỉ lệ trường theo mức, có trọng số",
        "mean-score" => "trung bình tỉ lệ điểm của các trường",
        "reach-level" => "tỉ lệ trường đạt mức",
        "manual" => "cơ quan tự chấm",
        "expected" => "chia cho số trường phải nộp",
        "returned" => "chia cho số phiếu được tính",
        value if value.starts_with("by-total") => "theo tổng điểm các nhóm",
        value => value,
    }
}
