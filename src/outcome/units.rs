//! The units below an office that consolidates: what each handed over, and which schools are under it.

use std::collections::HashMap;
use std::sync::Arc;

use jiff::civil::{Date, DateTime};
use serde::{Deserialize, Serialize};

use super::Outcome;
use crate::codes::Level;
use crate::points::Points;

/// A unit below the office.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Unit {
    /// `ma_don_vi`: its code in the roster of units, else the one that it states, else its name.
    pub code: Arc<str>,
    /// `ten_don_vi`
    pub name: String,
    /// `cap_tren`: what it is under, as the roster of units has it: a former district, a cluster; empty if nothing.
    #[serde(skip_serializing_if = "String::is_empty", default)]
    pub above: String,
    /// `email`, for the office alone.
    #[serde(skip_serializing_if = "String::is_empty", default)]
    pub email: String,
    /// `dien_thoai`, likewise.
    #[serde(skip_serializing_if = "String::is_empty", default)]
    pub phone: String,
    /// `nguoi_lien_he`, likewise.
    #[serde(skip_serializing_if = "String::is_empty", default)]
    pub contact: String,
    /// What became of what it handed over.
    pub standing: UnitStanding,
    /// What it handed over: what counts, else the newest that does not, as far as it could be read.
    pub package: Option<Package>,
    /// Whether that was frozen after the deadline; `None` without either.
    pub late: Option<bool>,
    /// The schools under it, by their places in [`Outcome::schools`].
    pub schools: Vec<usize>,
}

/// `trang_thai` of a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum UnitStanding {
    /// A result counts.
    Counted,
    /// It handed over something that does not count until corrected.
    NotValid,
    /// It handed over nothing.
    Missing,
}

impl UnitStanding {
    /// What people read.
    pub fn label(self) -> &'static str {
        match self {
            UnitStanding::Counted => "Đã tính",
            UnitStanding::NotValid => "Phải sửa",
            UnitStanding::Missing => "Chưa gửi",
        }
    }
}

/// A sealed result as a unit handed it over.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Package {
    /// The folder or .zip, relative to the office folder, with `/`.
    pub file: Arc<str>,
    /// The code of its seal, as on the signed page.
    pub seal: String,
    /// When it was frozen, by the unit's clock.
    #[cfg_attr(test, schemars(with = "String"))]
    pub sealed_at: DateTime,
    /// Number and sign of the report.
    pub number: String,
    /// The report's date.
    #[cfg_attr(test, schemars(with = "Option<String>"))]
    pub date: Option<Date>,
    /// The unit's own points.
    pub total: Option<Points>,
    /// The unit's own level.
    pub level: Option<Level>,
    /// Schools and sets that owed it a return, and of how many one counts.
    pub owed: u32,
    /// Of how many a return counts.
    pub counted: u32,
}

impl Outcome {
    /// The unit that each school is under, by the school's place; schools of the office's own have none.
    pub fn units_of_schools(&self) -> HashMap<usize, &Unit> {
        self.units.iter().flat_map(|unit| unit.schools.iter().map(move |school| (*school, unit))).collect()
    }

    /// `ma_don_vi` of each school by its code; schools of the office's own have none.
    pub fn unit_codes(&self) -> HashMap<&str, &str> {
        let places = self.units.iter().flat_map(|unit| unit.schools.iter().map(move |school| (*school, unit)));
        places.map(|(school, unit)| (self.schools[school].code.0.as_str(), &*unit.code)).collect()
    }
}
