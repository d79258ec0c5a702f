//! What the superior office decided (`cong-nhan.xlsx`): points and level per criterion of the office, level per school,
//! by which decision. Stands beside self, verified and counted scores and changes none of them.

mod against;
mod rows;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::codes::{ItemCode, Level, SetId};
use crate::finding::Place;
use crate::points::Points;
use crate::school::SchoolCode;

pub use against::{Counted, against};
pub use rows::read;

/// All that was recognised.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Recognised {
    /// Of the office, each once.
    pub items: Vec<RecognisedItem>,
    /// Of schools, each school and set once.
    pub schools: Vec<RecognisedSchool>,
    /// By which decision.
    pub decision: Decision,
}

/// What was recognised of one criterion of the office, or of all of them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct RecognisedItem {
    /// Which; `None` for the whole.
    pub code: Option<ItemCode>,
    /// Its points; `None` if none are named.
    pub points: Option<Points>,
    /// Its level; `None` if none is named.
    pub level: Option<Level>,
    /// Why it is otherwise than counted.
    pub reason: String,
    /// The counted score in the file, of the run whose template it is.
    #[serde(skip)]
    pub told: Option<Points>,
    /// Where it stands.
    pub place: Place,
}

/// What was recognised of a school.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct RecognisedSchool {
    /// Which.
    pub school: SchoolCode,
    /// For which set.
    pub set: SetId,
    /// Its level.
    pub level: Level,
    /// Where it stands.
    pub place: Place,
}

/// The decision that recognises.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Decision {
    /// Its number and sign; empty if not typed.
    pub number: String,
    /// Its date.
    #[cfg_attr(test, schemars(with = "Option<String>"))]
    pub date: Option<Date>,
    /// Who decided.
    pub office: String,
}

impl Decision {
    /// "Quyết định số 12/QĐ-SGDĐT ngày 31/7/2025 của Sở GDĐT", as far as it is known.
    pub fn line(&self) -> String {
        let number = Some(&self.number).filter(|number| !number.is_empty()).map(|number| format!(" số {number}"));
        let date = self.date.map(|day| format!(" ngày {}", day.strftime("%d/%m/%Y")));
        let office = Some(&self.office).filter(|office| !office.is_empty()).map(|office| format!(" của {office}"));
        let known: String = [number, date, office].into_iter().flatten().collect();
        if known.is_empty() { known } else { format!("Quyết định{known}") }
    }
}

impl Recognised {
    /// Whether nothing was recognised.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty() && self.schools.is_empty()
    }

    /// Of a criterion; of the whole with `None`.
    pub fn item(&self, code: Option<ItemCode>) -> Option<&RecognisedItem> {
        self.items.iter().find(|item| item.code == code)
    }

    /// Of a school and set.
    pub fn school(&self, school: &SchoolCode, set: &SetId) -> Option<&RecognisedSchool> {
        self.schools.iter().find(|one| one.school == *school && one.set == *set)
    }
}
