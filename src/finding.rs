//! What is said about a file, a cell or a figure: code, severity, place, values. Makes no checks.
//!
//! The wording stands in the catalogue, one file per hundred; a finding carries only the values.

mod catalogue;
mod completeness;
mod consistency;
mod dossier;
mod crossed_out;
mod file;
mod identity;
mod layout;
mod office;
pub mod plain;
mod recognised;
mod rules;
mod units;
mod value;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::codes::{ItemCode, SetId};
use crate::grid::CellRef;
use crate::school::SchoolCode;
pub use crate::text::Lang;

pub use catalogue::{Entry, all, entry};
pub(crate) use crossed_out::{crossed_out, crossed_out_of};

/// The constants of the catalogue: `code::ABOVE_MAX`.
pub mod code {
    pub use super::completeness::*;
    pub use super::consistency::*;
    pub use super::dossier::*;
    pub use super::file::*;
    pub use super::identity::*;
    pub use super::layout::*;
    pub use super::office::*;
    pub use super::recognised::*;
    pub use super::rules::*;
    pub use super::units::*;
    pub use super::value::*;
}

/// The stable number of a finding, shown as `CDS402`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code(pub u16);

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&format!("CDS{:03}", self.0))
    }
}

impl FromStr for Code {
    type Err = String;

    /// `CDS402`, `cds402` or `402`, where the catalogue has it.
    fn from_str(text: &str) -> Result<Code, String> {
        let digits = text.trim().to_ascii_uppercase();
        let digits = digits.strip_prefix("CDS").unwrap_or(&digits);
        let known = digits.parse().ok().map(Code).filter(|code| catalogue::find(*code).is_some());
        known.ok_or_else(|| format!("{text} is not the code of a finding"))
    }
}

impl Serialize for Code {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Code {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Code, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

/// How much a finding weighs; the heavier comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// `phai_sua`: the return, or the item, does not count until corrected.
    Error,
    /// `can_xem_lai`: it counts, somebody should look.
    Warning,
    /// `de_biet`: what the program decided by itself.
    Note,
}

impl Severity {
    /// All of them, the heavier first.
    pub const ALL: [Severity; 3] = [Severity::Error, Severity::Warning, Severity::Note];

    /// The word of the CSV tables: `phai_sua`, `can_xem_lai`, `de_biet`.
    pub fn key(self) -> &'static str {
        match self {
            Severity::Error => "phai_sua",
            Severity::Warning => "can_xem_lai",
            Severity::Note => "de_biet",
        }
    }

    /// The word that people read.
    pub fn label(self, lang: Lang) -> &'static str {
        match (lang, self) {
            (Lang::Vi, Severity::Error) => "Phải sửa",
            (Lang::Vi, Severity::Warning) => "Cần xem lại",
            (Lang::Vi, Severity::Note) => "Để biết",
            (Lang::En, Severity::Error) => "Error",
            (Lang::En, Severity::Warning) => "Warning",
            (Lang::En, Severity::Note) => "Note",
        }
    }
}

/// The word for a finding that the school has explained.
pub const EXPLAINED: (&str, &str) = ("Đã giải trình", "Explained");
/// What to do about it.
const NOTHING_MORE: (&str, &str) = ("Không phải làm gì thêm.", "Nothing more to do.");

/// Where it is, as much as is known.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Place {
    /// The file, relative to the office folder, with `/`.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub file: Option<Arc<str>>,
    /// The sheet, as on its tab.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub sheet: Option<Arc<str>>,
    /// The cell, as Excel shows it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub cell: Option<CellRef>,
}

impl Place {
    /// A whole file.
    pub fn file(file: impl Into<Arc<str>>) -> Place {
        Place { file: Some(file.into()), ..Place::default() }
    }

    /// A cell of this file.
    pub fn at(&self, sheet: &Arc<str>, cell: CellRef) -> Place {
        Place { file: self.file.clone(), sheet: Some(sheet.clone()), cell: Some(cell) }
    }
}

/// `nop/a.xlsx > Phiếu tự đánh giá > D18`
impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let cell = self.cell.map(|cell| cell.to_string());
        let known = [self.file.as_deref(), self.sheet.as_deref(), cell.as_deref()];
        f.write_str(&known.into_iter().flatten().collect::<Vec<_>>().join(" > "))
    }
}

/// One thing to say.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Finding {
    /// Which entry of the catalogue.
    pub code: Code,
    /// Usually the entry's own.
    pub severity: Severity,
    /// Whom it concerns; `None` for the office or nobody known.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub school: Option<SchoolCode>,
    /// The unit that handed it over, or that it concerns, by its code; `None` for the office's own.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub unit: Option<Arc<str>>,
    /// The set of the return.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub set: Option<SetId>,
    /// The item of the set.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub item: Option<ItemCode>,
    /// Where it is.
    pub place: Place,
    /// The values that the message names; `value` is what stands in the cell.
    #[serde(skip_serializing_if = "BTreeMap::is_empty", default)]
    pub values: BTreeMap<String, String>,
    /// What the school says to it instead of a correction.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub opinion: Option<Opinion>,
}

/// What a school says to a finding instead of a correction.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Opinion {
    /// As typed.
    pub text: String,
    /// What it brings.
    pub regard: Regard,
}

/// What an opinion brings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Regard {
    /// The finding is explained: nobody is asked for it any more.
    Explains,
    /// The office does not accept it.
    Refused,
    /// It was said of another value than the one that stands there now.
    Outdated,
}

impl Finding {
    /// A finding of the entry's own severity, at no place yet.
    pub fn new(code: Code) -> Finding {
        Finding {
            code,
            severity: entry(code).severity,
            school: None,
            unit: None,
            set: None,
            item: None,
            place: Place::default(),
            values: BTreeMap::new(),
            opinion: None,
        }
    }

    /// Whether the school has explained it: it is a note then, whatever it was.
    pub fn is_explained(&self) -> bool {
        self.opinion.as_ref().is_some_and(|opinion| opinion.regard == Regard::Explains)
    }

    /// The word for its weight that people read.
    pub fn label(&self, lang: Lang) -> &'static str {
        match (self.is_explained(), lang) {
            (true, Lang::Vi) => EXPLAINED.0,
            (true, Lang::En) => EXPLAINED.1,
            (false, _) => self.severity.label(lang),
        }
    }

    /// What the school says to it, in words; empty where it says nothing.
    pub fn opinion(&self, lang: Lang) -> String {
        let Some(Opinion { text, regard }) = &self.opinion else { return String::new() };
        match (regard, lang) {
            (Regard::Explains, Lang::Vi) => format!("Trường giải trình: “{text}”."),
            (Regard::Explains, Lang::En) => format!("The school explains: “{text}”."),
            (Regard::Refused, Lang::Vi) => format!("Cơ quan chưa chấp nhận ý kiến “{text}”."),
            (Regard::Refused, Lang::En) => format!("The office does not accept: “{text}”."),
            (Regard::Outdated, Lang::Vi) => format!("Ý kiến “{text}” ghi khi số liệu còn khác, nay xin ghi lại."),
            (Regard::Outdated, Lang::En) => format!("“{text}” was said of another value; please say it again."),
        }
    }

    /// Sets a value that the message names.
    pub fn with(mut self, name: &str, value: impl ToString) -> Finding {
        self.values.insert(name.to_owned(), value.to_string());
        self
    }

    /// Sets the place.
    pub fn at(mut self, place: Place) -> Finding {
        self.place = place;
        self
    }

    /// Sets the item.
    pub fn on(mut self, item: ItemCode) -> Finding {
        self.item = Some(item);
        self
    }

    /// Sets the school.
    pub fn of(mut self, school: &SchoolCode) -> Finding {
        self.school = Some(school.clone());
        self
    }

    /// Sets another severity than the entry's.
    pub fn weighing(mut self, severity: Severity) -> Finding {
        self.severity = severity;
        self
    }

    /// What is wrong, in words.
    pub fn message(&self, lang: Lang) -> String {
        let entry = entry(self.code);
        fill(
            match lang {
                Lang::Vi => entry.vi,
                Lang::En => entry.en,
            },
            &self.values,
        )
    }

    /// The finding as people outside the office may read it: why it sets a file aside is the office's own.
    pub fn for_outsiders(&self) -> Cow<'_, Finding> {
        match self.code == code::SET_ASIDE {
            true => Cow::Owned(self.clone().with("reason", "—")),
            false => Cow::Borrowed(self),
        }
    }

    /// What to do about it, in words.
    pub fn advice(&self, lang: Lang) -> String {
        if self.is_explained() {
            return if lang == Lang::Vi { NOTHING_MORE.0 } else { NOTHING_MORE.1 }.to_owned();
        }
        let entry = entry(self.code);
        fill(
            match lang {
                Lang::Vi => entry.vi_advice,
                Lang::En => entry.en_advice,
            },
            &self.values,
        )
    }
}

/// Puts the values in place of their `{name}`; a name without a value stays away.
fn fill(template: &str, values: &BTreeMap<String, String>) -> String {
    let mut text = String::with_capacity(template.len() + 32);
    let template = without_nearest(template, values);
    let mut rest = &*template;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((name, tail)) = after.split_once('}') else { break };
        text.push_str(before);
        text.push_str(values.get(name).map_or("", String::as_str));
        rest = tail;
    }
    text.push_str(rest);
    text
}

/// Where nothing comes near, nothing is said of what is nearest.
fn without_nearest<'t>(template: &'t str, values: &BTreeMap<String, String>) -> Cow<'t, str> {
    let is_known = values.get("nearest").is_none_or(|near| near.chars().any(char::is_alphanumeric));
    match is_known {
        true => Cow::Borrowed(template),
        false => Cow::Owned(template.replace("; gần nhất: {nearest}", "").replace("; nearest: {nearest}", "")),
    }
}

/// A value together with what was found on the way to it.
#[derive(Debug, Clone)]
pub struct Found<T> {
    /// The value.
    pub value: T,
    /// In the order in which they were found.
    pub findings: Vec<Finding>,
}

impl<T> Found<T> {
    /// A value with nothing to say.
    pub fn clean(value: T) -> Found<T> {
        Found { value, findings: Vec::new() }
    }

    /// The value; its findings go to the end of `findings`.
    pub fn collect_into(self, findings: &mut Vec<Finding>) -> T {
        findings.extend(self.findings);
        self.value
    }
}
