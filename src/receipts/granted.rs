//! What the receipts grant to schools as a whole: an extension before anything has come, for a school and its sets.

use std::collections::HashMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Receipt, Receipts};
use crate::codes::SetId;
use crate::finding::{Code, Finding, code};
use crate::rules::{RuleBook, RuleSet};
use crate::school::School;
use crate::text;

/// What was granted to a school for all its returns of a set.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Grant {
    /// `gia_han_den`: the last day.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    #[cfg_attr(test, schemars(with = "Option<String>"))]
    pub until: Option<Date>,
    /// `kenh`: how its returns come.
    #[serde(skip_serializing_if = "String::is_empty", default)]
    pub channel: String,
    /// `ly_do`
    #[serde(skip_serializing_if = "String::is_empty", default)]
    pub reason: String,
}

/// By school (its place in the roster) and set.
pub type Granted = HashMap<(usize, SetId), Grant>;

/// A code less like any of the roster is no suggestion.
const SUGGESTION: f64 = 0.5;

impl Receipts {
    /// What rows that name a school without a file grant; rows that cannot be used are told. Of several for one school
    /// and set the last counts.
    pub fn granted(&self, schools: &[School], book: &RuleBook, deadline: Option<Date>) -> (Granted, Vec<Finding>) {
        let mut reading =
            Reading { schools, book, deadline, granted: Granted::new(), rows: HashMap::new(), findings: Vec::new() };
        self.all().iter().for_each(|receipt| reading.receipt(receipt));
        (reading.granted, reading.findings)
    }
}

struct Reading<'a> {
    schools: &'a [School],
    book: &'a RuleBook,
    deadline: Option<Date>,
    granted: Granted,
    /// The row on which each was granted.
    rows: HashMap<(usize, SetId), u32>,
    findings: Vec<Finding>,
}

impl Reading<'_> {
    fn say(&mut self, receipt: &Receipt, finding: Finding) {
        self.findings.push(finding.at(receipt.place.clone()));
    }

    fn receipt(&mut self, receipt: &Receipt) {
        self.extension(receipt);
        if receipt.school.is_empty() {
            return;
        }
        let Some(school) = school_of(self.schools, &receipt.school) else {
            let codes = self.schools.iter().map(|school| school.code.0.as_str());
            let near = text::nearest(&receipt.school, codes, SUGGESTION);
            let near = near.and_then(|code| self.schools.iter().find(|school| school.code.0 == code));
            let near = near.map_or("—".to_owned(), shown);
            let said = Finding::new(code::RECEIPT_SCHOOL_UNKNOWN).with("value", &receipt.school);
            return self.say(receipt, said.with("nearest", near));
        };
        // A row that names its file is that file's.
        if !receipt.name.is_empty() || receipt.is_about_an_opinion() {
            return;
        }
        let own = &self.schools[school];
        let owed: Vec<&RuleSet> = match own.is_open() {
            true => {
                self.book.of_schools().filter(|set| own.kinds.iter().any(|kind| set.kinds.contains(kind))).collect()
            }
            false => Vec::new(),
        };
        let named = text::fold(&receipt.set);
        let is_named =
            |set: &&&RuleSet| named.is_empty() || named == text::fold(&set.id.0) || named == text::fold(&set.short);
        let sets: Vec<SetId> = owed.iter().filter(is_named).map(|set| set.id.clone()).collect();
        let row = receipt.place.cell.map_or(0, |cell| cell.row + 1);
        let about = |code: Code| Finding::new(code).with("value", shown(own)).with("row", row);
        if owed.is_empty() {
            return self.say(receipt, about(code::RECEIPT_OWES_NOTHING));
        }
        if sets.is_empty() {
            let known: Vec<&str> = owed.iter().map(|set| set.short.as_str()).collect();
            let said = Finding::new(code::RECEIPT_SET_UNKNOWN).with("value", &receipt.set).with("school", shown(own));
            return self.say(receipt, said.with("known", known.join("; ")));
        }
        let Receipt { extended_to, channel, reason, .. } = receipt;
        let grant = Grant { until: *extended_to, channel: channel.clone(), reason: reason.clone() };
        if grant == Grant::default() {
            return self.say(receipt, about(code::RECEIPT_GRANTS_NOTHING));
        }
        for set in sets {
            if let Some(first) = self.rows.insert((school, set.clone()), row) {
                self.say(receipt, about(code::RECEIPT_SCHOOL_TWICE).with("first", first));
            }
            self.granted.insert((school, set), grant.clone());
        }
    }

    /// An extension that extends nothing is a slip of the pen.
    fn extension(&mut self, receipt: &Receipt) {
        if let (Some(until), Some(deadline)) = (receipt.extended_to, self.deadline)
            && until <= deadline
        {
            let day = |date: Date| date.strftime("%d/%m/%Y").to_string();
            let said = Finding::new(code::EXTENSION_IS_NONE).with("value", day(until)).with("deadline", day(deadline));
            self.findings.push(said.at(receipt.extended_at.clone()));
        }
    }
}

/// The school of a code as people type it.
pub(super) fn school_of(schools: &[School], typed: &str) -> Option<usize> {
    let code = typed.trim_start_matches(['\'', '’']).trim().to_uppercase();
    let exact = schools.iter().position(|school| school.code.0.to_uppercase() == code);
    exact.or_else(|| {
        let bare = code.trim_start_matches('0');
        let mut alike = (0..schools.len()).filter(|&at| schools[at].code.bare() == bare);
        alike.next().filter(|_| alike.next().is_none())
    })
}

pub(super) fn shown(school: &School) -> String {
    format!("{} {}", school.code, school.name)
}
