//! Who answers: schools with their code, kind and managing unit, or the office itself.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A school's code as its roster writes it, text: leading zeros count.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct SchoolCode(pub String);

impl SchoolCode {
    /// The code without leading zeros, in capitals: what a spreadsheet program leaves of it.
    pub fn bare(&self) -> String {
        self.0.trim_start_matches('0').to_uppercase()
    }
}

impl fmt::Display for SchoolCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// A kind of school as the rule files name it: `TH`, `TH&THCS`; `CO_QUAN` is the office itself.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct SchoolKind(pub String);

impl SchoolKind {
    /// The kind of the office's own indicator set.
    pub const OFFICE: &str = "CO_QUAN";

    /// Whether this names the office.
    pub fn is_office(&self) -> bool {
        self.0 == SchoolKind::OFFICE
    }
}

impl fmt::Display for SchoolKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// Kinds as one text: `TH, THCS`.
pub fn kinds_text(kinds: &[SchoolKind]) -> String {
    kinds.iter().map(|kind| kind.0.as_str()).collect::<Vec<_>>().join(", ")
}

/// A school of the roster.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct School {
    /// `ma_truong`
    pub code: SchoolCode,
    /// `ten_truong`
    pub name: String,
    /// `cap_hoc`; more than one for a school that owes several sets.
    pub kinds: Vec<SchoolKind>,
    /// `don_vi_quan_ly`
    pub unit: String,
    /// `email`, empty if not known. For the mail merge, never for the report.
    pub email: String,
    /// `dien_thoai`, likewise.
    pub phone: String,
    /// `nguoi_lien_he`, likewise.
    pub contact: String,
    /// `ma_cu`: the codes it bore before.
    pub former_codes: Vec<SchoolCode>,
    /// `tinh_trang`: as the roster says, of a school that is closed or merged and owes nothing; empty for one that works.
    pub state: String,
    /// The row of the roster, counting from 1.
    pub row: u32,
}

impl School {
    /// Whether it works, so that returns are expected of it.
    pub fn is_open(&self) -> bool {
        self.state.is_empty()
    }
}
