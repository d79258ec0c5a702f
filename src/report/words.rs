//! The Vietnamese words of the consolidated workbook for what the program names by types.

use crate::finding::Lang;
use crate::milestone::Kind;
use crate::outcome::Status;
use crate::outcome::history::{Reached, Why};
use crate::rules::{Basis, Node, NodeKind, Origin};

pub use crate::views::deadline::kept;
pub use crate::views::figures::unit;
pub use crate::views::words::{MET, late, met};

/// The status of a return that counts, by which formulas count.
pub fn accepted() -> &'static str {
    status(Status::Accepted)
}

/// What became of what a school owes.
pub fn status(status: Status) -> &'static str {
    status.label(Lang::Vi)
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

/// Why something is otherwise than in a frozen result.
pub fn why(why: &Why) -> String {
    match why {
        Why::LaterReturn(file) => format!("Phiếu đến sau khi chốt: {file}"),
        Why::OtherReturn(file) => format!("Tệp khác được tính: {file}"),
        Why::NoLonger { file, disposition: None } => format!("Tệp không còn trong thư mục: {file}"),
        Why::NoLonger { file, disposition: Some(kind) } => {
            format!("Tệp không còn được tính: {file} ({})", kind.label(Lang::Vi).to_lowercase())
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

/// Bases of figures that keep a result a draft.
pub const OPEN_BASES: [Basis; 3] = [Basis::Provisional, Basis::Inferred, Basis::Sourced];

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
