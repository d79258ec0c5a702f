//! The whole result of a run: the waist. Everything that people read is made from it and from nothing else.

mod earlier;
pub mod handed;
pub mod history;
mod proof;
mod read;
mod sound;
mod units;
mod ledger;
mod masked;
mod written;

use std::sync::Arc;

use jiff::civil::DateTime;
use serde::{Deserialize, Serialize};

use crate::codes::SetId;
use crate::finding::{Finding, Lang, code};
use crate::fingerprint;
use crate::milestone::Kind;
use crate::office::Office;
use crate::rules::RuleBook;
use crate::school::{School, SchoolCode};
pub use crate::score::{Scored, ScoredNode, State, VerifiedMet};
pub use proof::{Proof, has_proof};

pub use crate::aggregate::ComputedResult;
pub use crate::form::FilledBy;
pub use crate::recognised::{Decision, Recognised, RecognisedItem, RecognisedSchool};
pub use crate::roll_call::{Disposition, Timing};
pub use crate::verified::{ReviewKind, Standing, Verification};
pub use earlier::{LastYear, LastYearReturn};
pub use ledger::{Ledger, PointsLedger};
pub use read::{LARGEST, LARGEST_BESIDE, ResultError};
pub use units::{Package, Unit, UnitStanding};
pub use written::Written;

/// The version of `ket-qua.json`.
pub const SCHEMA: u32 = 1;

/// Where a run keeps it, in its folder.
pub const FILE: &str = "ket-qua.json";

/// All that a run found out.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Outcome {
    /// [`SCHEMA`] of the program that wrote it.
    pub schema: u32,
    /// Name and version of that program.
    pub program: String,
    /// Of which kind the fingerprints of files are.
    #[serde(default)]
    pub fingerprints: fingerprint::Kind,
    /// The run's folder name: `2025-06-01T0200`.
    pub run: String,
    /// The run's date and time at the office.
    #[cfg_attr(test, schemars(with = "String"))]
    pub at: DateTime,
    /// The office.
    pub office: Office,
    /// The rules in force.
    pub book: RuleBook,
    /// The roster, in its own order.
    pub schools: Vec<School>,
    /// A school and a set that it owes; by roster, then by set. The rows of `truong.csv`.
    #[serde(rename = "dues")]
    pub expected: Vec<ExpectedReturn>,
    /// The office's own criteria; `None` without a set of the office.
    pub offices: Option<OfficeResult>,
    /// Verified scores as reviewers recorded them, also those that do not count; by school, set, item.
    #[serde(default)]
    pub verifications: Vec<Verification>,
    /// The units below the office, as their roster has them; empty for an office that consolidates schools alone.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub units: Vec<Unit>,
    /// What was seen in `nop/`: the rows of `nop.csv`. Counted returns of units stand there too.
    pub files: Vec<SeenFile>,
    /// What the superior office decided; `None` without `cong-nhan.xlsx`, or where nothing of it can be read.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub recognised: Option<Recognised>,
    /// By weight, then school, then place. The rows of `loi.csv`.
    pub findings: Vec<Finding>,
    /// What adds up.
    pub ledger: Ledger,
    /// What each school had last year; `None` where the office names no result of it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub last_year: Option<LastYear>,
    /// The milestones of the year that were reached before, in the order of their freezing.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub milestones: Vec<history::Reached>,
    /// The files of the dossier of evidence, `minh-chung/`, by name; `None` where the office keeps none.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub dossier: Option<Vec<Proof>>,
    /// The line of the seal on the signed page of a frozen result; `None` for a run. The report of a frozen result lies
    /// beside its copies of the returns, not two folders below the office's.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub seal: Option<String>,
}

/// One school and one set that it owes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ExpectedReturn {
    /// The school, by its place in [`Outcome::schools`].
    pub school: usize,
    /// The set.
    pub set: SetId,
    /// What became of it.
    pub status: Status,
    /// The return that counts, else the newest one that does not.
    pub source: Option<Source>,
    /// Points and levels, where a return counts.
    pub scored: Option<Scored>,
    /// Of a return that does not count: what its answers would bring. For its school only, never part of a sum.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub pending: Option<Scored>,
    /// `nop_tre`: whether its first return with an answer came after its deadline; `None` without either.
    pub late: Option<bool>,
    /// How many returns came of it, those that do not count too.
    #[serde(skip_serializing_if = "is_zero", default)]
    pub returns: u32,
    /// When its returns came, and what was granted to it.
    #[serde(skip_serializing_if = "Timing::is_nothing", default)]
    pub timing: Timing,
    /// Who filled the return and when, as it says.
    #[serde(skip_serializing_if = "FilledBy::is_empty", default)]
    pub filled_by: FilledBy,
    /// Files that are this school's signed copy.
    pub signed_copies: Vec<Arc<str>>,
    /// Rows of `loi.csv` that are errors.
    pub errors: u32,
    /// Rows of `loi.csv` that are warnings.
    pub warnings: u32,
}

fn is_zero(returns: &u32) -> bool {
    *returns == 0
}

/// `trang_thai`
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// `da_nhan`: a return counts.
    Accepted,
    /// `chua_hop_le`: returned, does not count until corrected.
    NotValid,
    /// `chua_nop`: nothing returned.
    Missing,
}

/// Where a return was, and when it came.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Source {
    /// Relative to the office folder, with `/`.
    pub file: Arc<str>,
    /// The sheet with the table; empty for a file that could not be read.
    pub sheet: Arc<str>,
    /// When it came, at the office's time; `None` where neither receipts nor the file system know.
    #[cfg_attr(test, schemars(with = "Option<String>"))]
    pub received: Option<DateTime>,
    /// Whether the time was typed in the receipts; else it is the file's own ("theo giờ tệp").
    pub typed: bool,
}

/// The office's own criteria.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct OfficeResult {
    /// The set.
    pub set: SetId,
    /// The office's own form; `None` without one.
    pub source: Option<Source>,
    /// Points and levels, computed items included.
    pub scored: Scored,
    /// The numbers behind each computed item.
    pub computed: Vec<ComputedResult>,
    /// The same from the schools' self scores alone, where anything was verified; else empty.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub computed_self: Vec<ComputedResult>,
}

/// A file, a member of a .zip, or one of several returns in a file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct SeenFile {
    /// `tep`: relative to the office folder, with `/`; a member is `nop/x.zip/folder/name.xlsx`.
    pub file: Arc<str>,
    /// `kich_thuoc`: bytes.
    pub size: u64,
    /// `sua_luc`: modification time, at the office's time.
    #[cfg_attr(test, schemars(with = "Option<String>"))]
    pub modified: Option<DateTime>,
    /// `ma_kiem_tra`: fingerprint, in hexadecimal; empty if not read.
    pub fingerprint: String,
    /// `dinh_dang`: "xlsx", "ods", "pdf"; empty if not known.
    pub format: String,
    /// `phan_mem`: the software that wrote it, as the file says.
    pub software: String,
    /// `ma_truong`
    pub school: Option<SchoolCode>,
    /// `ket_qua`
    #[serde(rename = "fate")]
    pub disposition: Disposition,
    /// `trang_tinh`: of a return.
    pub sheet: Arc<str>,
    /// When it was received, if the receipts say so.
    #[cfg_attr(test, schemars(with = "Option<String>"))]
    pub received: Option<DateTime>,
    /// `sau_chot`: the newest milestone that was reached without it; `None` where each had seen it, or it was not read.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub came_after: Option<Kind>,
}

impl Status {
    /// The word of `truong.csv`.
    pub fn key(self) -> &'static str {
        match self {
            Status::Accepted => "da_nhan",
            Status::NotValid => "chua_hop_le",
            Status::Missing => "chua_nop",
        }
    }

    /// What people read.
    pub fn label(self, lang: Lang) -> &'static str {
        match (self, lang) {
            (Status::Accepted, Lang::Vi) => "Đã nhận",
            (Status::NotValid, Lang::Vi) => "Đã nộp, phải sửa",
            (Status::Missing, Lang::Vi) => "Chưa nộp",
            (Status::Accepted, Lang::En) => "Counted",
            (Status::NotValid, Lang::En) => "To be corrected",
            (Status::Missing, Lang::En) => "Missing",
        }
    }
}

impl ExpectedReturn {
    /// Points and levels of a return that counts.
    pub fn counted(&self) -> Option<&Scored> {
        self.scored.as_ref().filter(|_| self.status == Status::Accepted)
    }

    /// Points and levels of the newest return, whether it counts or not.
    pub fn of_newest(&self) -> Option<&Scored> {
        self.scored.as_ref().or(self.pending.as_ref())
    }
}

impl Outcome {
    /// The school of a expected return.
    pub fn school_of(&self, expected: &ExpectedReturn) -> &School {
        &self.schools[expected.school]
    }

    /// The expected returns of one set, in roster order.
    pub fn expected_of<'a>(&'a self, set: &'a SetId) -> impl Iterator<Item = &'a ExpectedReturn> {
        self.expected.iter().filter(move |expected| expected.set == *set)
    }

    /// Whether it is about an item of a return that counts for which the office has recorded a score or an answer that
    /// counts: whatever the school wrote, nothing of it is open.
    pub fn is_settled(&self, finding: &Finding) -> bool {
        let (Some(item), Some(school)) = (finding.item, &finding.school) else { return false };
        let of = |expected: &&ExpectedReturn| {
            self.school_of(expected).code == *school && finding.set.as_ref().is_none_or(|set| *set == expected.set)
        };
        let scored = self.expected.iter().filter(of).filter_map(|expected| expected.scored.as_ref());
        let mut nodes = scored.flat_map(|scored| &scored.nodes).filter(|node| node.code == item);
        nodes.any(|node| node.verified_met.is_some() || (node.state != State::Sum && node.verified.is_some()))
    }

    /// Whether any figure that it rests on is not official, or a maximum is not what its items add up to: whatever was
    /// confirmed, one of these figures is wrong.
    pub fn is_draft(&self) -> bool {
        self.findings.iter().any(|finding| [code::NOT_OFFICIAL, code::MAX_NOT_SUM].contains(&finding.code))
    }
}
