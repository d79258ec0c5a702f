//! Forms: one description of the layout, for writing them and for reading what came back.

mod answer;
pub mod code;
mod columns;
mod drawn;
mod hidden;
mod identity;
mod join;
mod legacy;
mod locate;
mod outside;
mod raw;
mod read;
mod replies;
mod rows;
mod set_index;
mod seen;
mod title_words;
mod within;

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::codes::{ItemCode, SetId};
use crate::finding::Finding;
use crate::grid::{CellRef, Fact, Value};

pub use identity::show;
pub use read::{FormReader, bars};
pub use replies::Reply;

/// One filled form: the answers of one respondent to one set, as cells; nothing is judged yet.
#[derive(Debug, Clone)]
pub struct Return {
    /// The sheet with the (first) table.
    pub sheet: Arc<str>,
    /// The set that its rows are those of.
    pub set: SetId,
    /// Who and when, as the form says.
    pub identity: Identity,
    /// As many as the set has nodes, in its order.
    pub answers: Vec<Answer>,
    /// A total of the whole form.
    pub grand_total: Option<Located>,
    /// What lines such as "Cộng điểm Nhóm I" state, with the place of their node in the set.
    pub sums: Vec<(usize, Located)>,
    /// Whether the form has a column for evidence.
    pub has_evidence: bool,
    /// Whether the form has columns for amounts.
    pub has_amounts: bool,
    /// Lines with points that the set does not have.
    pub foreign: u32,
    /// What the school answered to what it was asked, where the form is one that was sent back to it.
    pub replies: Vec<Reply>,
    /// What was found about the layout (3xx). An error without an item means that the return does not count.
    pub findings: Vec<Finding>,
}

/// A value and where it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Located {
    /// The sheet.
    pub sheet: Arc<str>,
    /// The cell.
    pub cell: CellRef,
    /// What it holds.
    pub value: Value,
}

/// A text and where it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    /// The sheet.
    pub sheet: Arc<str>,
    /// The cell.
    pub cell: CellRef,
    /// As written, cleaned.
    pub text: String,
}

/// Who and when, as the form says; the hidden sheet is a help, never trusted over what is visible.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identity {
    /// Mã trường; different ones only.
    pub codes: Vec<Said>,
    /// Tên trường; different ones only. Where no label bears one, what a letterhead may mean by it.
    pub names: Vec<Said>,
    /// Cấp học.
    pub kind: Option<Said>,
    /// Năm học, as "2024-2025".
    pub year: Option<Said>,
    /// Who filled it and when.
    pub filled_by: FilledBy,
    /// What the form's hidden sheet says.
    pub hidden: Hidden,
}

/// Who filled a form and when, as its block says; empty if it does not.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct FilledBy {
    /// Người lập.
    pub preparer: String,
    /// Thủ trưởng.
    pub head: String,
    /// Ngày, as written.
    pub date: String,
}

impl FilledBy {
    /// Whether the block says nothing of it.
    pub fn is_empty(&self) -> bool {
        *self == FilledBy::default()
    }

    /// Adds what another block says.
    fn complete(&mut self, other: FilledBy) {
        let FilledBy { preparer, head, date } = other;
        for (known, other) in [(&mut self.preparer, preparer), (&mut self.head, head), (&mut self.date, date)] {
            if known.is_empty() {
                *known = other;
            }
        }
    }
}

/// The hidden sheet of a form that `cds forms` made; empty texts in any other.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hidden {
    /// Form format version.
    pub version: String,
    /// Set id.
    pub set: String,
    /// Fingerprint of the rule file.
    pub rules: String,
    /// School code.
    pub school: String,
    /// School year.
    pub year: String,
}

/// The cells of one node's row.
#[derive(Debug, Clone, Default)]
pub struct Answer {
    /// Where the row is; `None` if the form has no such row.
    pub row: Option<Row>,
    /// The self score, or the answer to a mandatory condition.
    pub score: Option<Value>,
    /// Số đạt.
    pub part: Option<(CellRef, Value)>,
    /// Tổng số.
    pub whole: Option<(CellRef, Value)>,
    /// Tỉ lệ, where it has a column of its own.
    pub share: Option<(CellRef, Value)>,
    /// Mức độ, as the school wrote it.
    pub level: Option<(CellRef, Value)>,
    /// Điểm tối đa, as the form has it.
    pub max: Option<(CellRef, Value)>,
    /// Minh chứng, cleaned.
    pub evidence: String,
    /// Where the evidence stands, or should.
    pub evidence_cell: Option<CellRef>,
    /// Ghi chú, cleaned.
    pub note: String,
    /// What is to be seen at its cells beside their values.
    pub seen: Vec<(CellRef, Fact)>,
    /// A layout finding says already why this answer cannot be taken.
    pub blocked: bool,
}

/// The row of a node.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The sheet.
    pub sheet: Arc<str>,
    /// Where the self score stands, or should.
    pub score_cell: CellRef,
}

/// `1.3.1 Kho học liệu số dùng chung`: a node as messages name it.
pub fn label(code: ItemCode, title: &str) -> String {
    format!("{code} {title}")
}
