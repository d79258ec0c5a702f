//! The milestones that were reached before a run, and what has changed since each: what later runs tell of them.

use std::sync::Arc;

use jiff::civil::{Date, DateTime};
use serde::{Deserialize, Serialize};

use super::{Disposition, ReviewKind, Status};
use crate::codes::{ItemCode, Level, SetId};
use crate::milestone::{Kind, Seal};
use crate::office::Person;
use crate::points::Points;
use crate::school::SchoolCode;

/// A milestone that was reached before the run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Reached {
    /// What for.
    pub kind: Kind,
    /// Number and sign of the decision or report, as far as known.
    pub number: String,
    /// Its date.
    #[cfg_attr(test, schemars(with = "Option<String>"))]
    pub date: Option<Date>,
    /// Who signed.
    pub signer: Person,
    /// The code of the seal.
    pub code: String,
    /// The run that was frozen.
    pub run: String,
    /// When it was frozen.
    #[cfg_attr(test, schemars(with = "String"))]
    pub sealed_at: DateTime,
    /// The office's points.
    pub total: Option<Points>,
    /// The office's level.
    pub level: Option<Level>,
    /// Schools and sets that owed a return.
    pub owed: u32,
    /// Of how many a return counted.
    pub counted: u32,
    /// Some figure that it rests on was not official.
    pub draft: bool,
    /// Why its result cannot be compared with another; `None` where it can.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub trouble: Option<Trouble>,
    /// What is otherwise in the next milestone; after the last one, in the run.
    pub since: Vec<Difference>,
    /// How many more there are, where the list was cut.
    #[serde(skip_serializing_if = "is_zero", default)]
    pub more: usize,
}

fn is_zero(more: &usize) -> bool {
    *more == 0
}

impl Reached {
    /// What a seal says, not compared yet.
    pub fn of(seal: &Seal) -> Reached {
        Reached {
            kind: seal.kind,
            number: seal.number.clone(),
            date: seal.date,
            signer: seal.signer.clone(),
            code: seal.code.clone(),
            run: seal.run.clone(),
            sealed_at: seal.sealed_at,
            total: seal.total,
            level: seal.level,
            owed: seal.owed,
            counted: seal.counted,
            draft: seal.draft,
            trouble: None,
            since: Vec::new(),
            more: 0,
        }
    }
}

/// Why a frozen result cannot be compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Trouble {
    /// Its seal or its result is not as it was frozen.
    Altered,
    /// Its result is not there, or cannot be read.
    Unreadable,
    /// Its result is so large that it would double the memory of a run.
    TooLarge,
}

/// One thing that is otherwise than before, and why.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Difference {
    /// The school, by its later code; `None` for the office.
    pub school: Option<SchoolCode>,
    /// Its name.
    pub name: String,
    /// The set.
    pub set: SetId,
    /// The item; `None` for the return as a whole.
    pub item: Option<ItemCode>,
    /// Before.
    pub before: Stand,
    /// After.
    pub after: Stand,
    /// Why, as far as the two results tell.
    pub why: Vec<Why>,
}

/// How a return or an item stands: what is not known or does not apply is `None`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Stand {
    /// Of a return: what became of it. `None` where it was not owed.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub status: Option<Status>,
    /// Counted points.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub points: Option<Points>,
    /// The overall level.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub level: Option<Level>,
    /// Of a mandatory condition: whether it is met.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub met: Option<bool>,
}

/// Why something is otherwise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// A return counts that came after the result was frozen.
    LaterReturn(Arc<str>),
    /// Another return counts, which was there when the result was frozen.
    OtherReturn(Arc<str>),
    /// The return that counted does not count any more.
    NoLonger {
        /// Which.
        file: Arc<str>,
        /// What became of it; `None` where it is not there any more.
        disposition: Option<Disposition>,
    },
    /// A verified score counts that did not, or another one.
    Verified {
        /// How it was verified.
        kind: ReviewKind,
        /// When.
        #[cfg_attr(test, schemars(with = "Option<String>"))]
        date: Option<Date>,
        /// The number of the minutes.
        minutes: String,
    },
    /// A verified score counts no more.
    VerifiedNoMore,
    /// The office's own form was changed, or put there.
    OwnForm(Arc<str>),
    /// It is computed from the schools' results.
    Schools,
    /// A figure of the rules is another one.
    Rules,
    /// The roster says otherwise what is owed.
    Roster,
    /// The same file, read or judged otherwise: by another version of the program, or with other settings.
    Reading,
}
