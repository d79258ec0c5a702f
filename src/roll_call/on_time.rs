//! Whether a school was in time: by its first return with an answer, for good. What it sends later, because it was asked
//! to, is judged by the deadline for corrections, if there is one.

use std::collections::BTreeSet;

use jiff::civil::{Date, DateTime};
use serde::{Deserialize, Serialize};

use super::{Arrival, Roll, time_of};
use crate::check::Checked;
use crate::finding::{Finding, Place, code};
use crate::receipts::Grant;

/// When the returns of a school for one set came.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Timing {
    /// `nop_lan_dau`: when the first return with an answer came.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    #[cfg_attr(test, schemars(with = "Option<String>"))]
    pub first: Option<DateTime>,
    /// When the return that counts, or else the newest, came, if that is a later one.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    #[cfg_attr(test, schemars(with = "Option<String>"))]
    pub again: Option<DateTime>,
    /// Whether it came after the deadline for corrections; `None` without either.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub again_late: Option<bool>,
    /// What was granted to the school: by a row of its own, or the latest extension of any of its files.
    #[serde(skip_serializing_if = "is_nothing", default)]
    pub granted: Grant,
}

/// A day as findings write it.
fn day(date: Date) -> String {
    date.strftime("%d/%m/%Y").to_string()
}

fn is_nothing(grant: &Grant) -> bool {
    *grant == Grant::default()
}

impl Timing {
    /// Whether there is nothing to tell.
    pub fn is_nothing(&self) -> bool {
        *self == Timing::default()
    }
}

/// Whether a table holds an answer.
pub(super) fn has_answer(checked: &Checked) -> bool {
    // What was read before it was known that nothing of it can be used.
    const ANSWERED: [crate::finding::Code; 3] =
        [code::TWO_SCORE_COLUMNS, code::ONLY_CRITERION_SCORES, code::SEVERAL_TABLES];
    let answers = |answer: &crate::check::CheckedAnswer| {
        answer.claimed.is_some() || answer.met.is_some() || !answer.written.is_empty() || !answer.amount.is_empty()
    };
    checked.answers.iter().any(answers) || checked.findings.iter().any(|finding| ANSWERED.contains(&finding.code))
}

impl Roll<'_> {
    /// Judges every entry, and says what came too late.
    pub fn time(&mut self, arrivals: &[Arrival]) {
        for entry in 0..self.entries.len() {
            let (late, timing) = self.timing(entry, arrivals);
            let (school, set) = (self.entries[entry].school, self.entries[entry].set.clone());
            let counted = self.entries[entry].counted.as_ref().map(|chosen| &arrivals[chosen.arrival]);
            let days = match (late, timing.again_late) {
                (Some(true), _) => {
                    Some((code::LATE, timing.first, self.last_day(self.expected.deadline, &timing.granted)))
                }
                (_, Some(true)) => {
                    Some((code::RESUBMITTED_LATE, timing.again, self.last_day(self.expected.again, &timing.granted)))
                }
                _ => None,
            };
            if let (Some(arrival), Some((code, Some(came), Some(deadline)))) = (counted, days) {
                let mut finding = Finding::new(code).with("value", day(came.date())).with("deadline", day(deadline));
                finding.set = Some(set);
                finding.place = Place::default();
                self.say(arrival, Some(school), vec![finding]);
            }
            self.question_dates(entry, arrivals);
            let loose = self.loose.iter().filter(|loose| loose.of == [school]).count() as u32;
            self.entries[entry].returns += loose;
            self.entries[entry].late = late;
            self.entries[entry].timing = timing;
        }
    }

    /// Says which returns of an entry are dated after the day of the run: a clock that was wrong, or a slip in the receipts.
    fn question_dates(&mut self, entry: usize, arrivals: &[Arrival]) {
        let Some(today) = self.expected.today else { return };
        let of = &self.entries[entry];
        let newest = of.counted.as_ref().map(|chosen| chosen.arrival);
        let newest = newest.or(of.not_valid.as_ref().map(|not_valid| not_valid.arrival));
        let answered = self.answered.get(&entry).into_iter().flatten().copied();
        let returns: BTreeSet<usize> = answered.chain(newest).collect();
        let (school, set) = (of.school, of.set.clone());
        for arrival in returns.into_iter().map(|arrival| &arrivals[arrival]) {
            let Some(came) = time_of(arrival).map(DateTime::date).filter(|came| *came > today) else { continue };
            let mut finding = Finding::new(code::DATED_AFTER_RUN).with("value", day(came)).with("run", day(today));
            finding.set = Some(set.clone());
            self.say(arrival, Some(school), vec![finding]);
        }
    }

    /// Whether the first return came too late, and when all came.
    fn timing(&self, entry: usize, arrivals: &[Arrival]) -> (Option<bool>, Timing) {
        let of = &self.entries[entry];
        let mut granted = self.expected.granted.get(&(of.school, of.set.clone())).cloned().unwrap_or_default();
        let newest = of.counted.as_ref().map(|chosen| chosen.arrival);
        let newest = newest.or(of.not_valid.as_ref().map(|not_valid| not_valid.arrival));
        let answered = self.answered.get(&entry).map_or(&[][..], Vec::as_slice);
        for arrival in answered.iter().chain(&newest) {
            granted.until = granted.until.max(arrivals[*arrival].extended_to);
        }
        let first = answered.iter().filter_map(|arrival| time_of(&arrivals[*arrival])).min();
        let first = first.or_else(|| of.counted.as_ref().and_then(|chosen| time_of(&arrivals[chosen.arrival])));
        let again = newest.and_then(|newest| time_of(&arrivals[newest])).filter(|again| first < Some(*again));
        let again = again.filter(|_| first.is_some());
        let after = |came: Option<DateTime>, last: Option<Date>| Some(came?.date() > self.last_day(last, &granted)?);
        let (late, again_late) = (after(first, self.expected.deadline), after(again, self.expected.again));
        (late, Timing { first, again, again_late, granted })
    }

    /// A deadline, or the day to which it was extended.
    fn last_day(&self, deadline: Option<Date>, granted: &Grant) -> Option<Date> {
        Some(deadline?.max(granted.until.unwrap_or(Date::MIN)))
    }
}
