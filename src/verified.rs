//! Verified scores: what reviewers typed in `tham-dinh/`, row by row, several reviewers' files put together.
//! Opens no file, changes no score.

mod merge;
mod rows;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::codes::{ItemCode, SetId};
use crate::finding::Place;
use crate::points::Points;
use crate::school::SchoolCode;

pub use merge::{Merged, merge};
pub(crate) use rows::exact;
pub use rows::{Reader, Row, answer};

/// A verified score as a reviewer recorded it, and what became of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Verification {
    /// Whose.
    pub school: SchoolCode,
    /// On which set.
    pub set: SetId,
    /// On which item.
    pub item: ItemCode,
    /// The verified score; 0 of a mandatory condition.
    pub points: Points,
    /// Of a mandatory condition: whether it was found to be met.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub met: Option<bool>,
    /// `hinh_thuc`
    pub kind: ReviewKind,
    /// `ngay`; `None` if not given or not readable.
    #[cfg_attr(test, schemars(with = "Option<String>"))]
    pub date: Option<Date>,
    /// `so_bien_ban`
    pub minutes: String,
    /// `nguoi_tham_dinh`; empty only where it is not used.
    pub reviewer: String,
    /// `ly_do`
    pub reason: String,
    /// `y_kien_truong`: the school's view.
    pub view: String,
    /// File, sheet and cell of the verified score.
    pub place: Place,
    /// Whether it counts.
    pub standing: Standing,
}

/// How it was verified.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum ReviewKind {
    /// On the documents that the school sent.
    Documents,
    /// At the school.
    OnSite,
    /// The school itself corrected its score.
    Correction,
    /// Not said, or not understood.
    #[default]
    Unknown,
}

impl ReviewKind {
    /// Those that a reviewer can choose.
    pub const ALL: [ReviewKind; 3] = [ReviewKind::Documents, ReviewKind::OnSite, ReviewKind::Correction];

    /// As people read it; empty if not known.
    pub fn label(self) -> &'static str {
        match self {
            ReviewKind::Documents => "Hồ sơ",
            ReviewKind::OnSite => "Tại trường",
            ReviewKind::Correction => "Đính chính",
            ReviewKind::Unknown => "",
        }
    }
}

/// What became of a verified score.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// It counts instead of the self score.
    Counts,
    /// The return has changed since: the self score counts.
    ReturnChanged,
    /// Another reviewer's differs: the self score counts.
    Disagrees,
    /// No return of the school counts.
    NoReturn,
}

impl Standing {
    /// Whether it counts, and why not, as people read it.
    pub fn label(self) -> &'static str {
        match self {
            Standing::Counts => "Có",
            Standing::ReturnChanged => "Không: phiếu đã đổi sau thẩm định",
            Standing::Disagrees => "Không: người thẩm định cho điểm khác nhau",
            Standing::NoReturn => "Không: chưa có phiếu được tính",
        }
    }
}
