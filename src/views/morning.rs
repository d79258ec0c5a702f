//! What a specialist looks at first in the morning: where the year's returns stand, what changed since the run before,
//! whom to chase and with which message, and which deadlines are ahead.

use serde::Serialize;

use super::changes::Comparison;
use super::chase::{Chased, chase};
use super::deadline::{left_in_words, written};
use super::figures::{DeadlineAhead, Headline};
use super::since::Since;
use crate::finding::Lang;
use crate::outcome::Outcome;

/// So many; beyond them a page would be too long to scroll; the workbook has them all.
const MOST: usize = 500;

/// The morning's view of a result.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Morning {
    /// The office's name.
    pub office: String,
    /// The school year.
    pub year: String,
    /// The run's name.
    pub run: String,
    /// Its day and time: "1/6/2025, 02:00".
    pub at: String,
    /// Its figures.
    pub headline: Headline,
    /// What the console says of it: returns, days left, the office's points, findings.
    pub sentences: Vec<String>,
    /// What changed since the run before, in a line; `None` without one.
    pub since: Option<String>,
    /// Whom to chase, the most urgent first, [`MOST`] at most.
    pub chased: Vec<Chased>,
    /// How many more there are.
    pub more: usize,
    /// The deadlines of the year, in its order.
    pub deadlines: Vec<DeadlineShown>,
}

/// A deadline of the year in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DeadlineShown {
    /// What it is for.
    pub label: &'static str,
    /// The day: `5/6/2025`.
    pub day: String,
    /// How it stands: "còn 4 ngày", "đã qua 3 ngày", "đã xong".
    pub stands: String,
}

impl Morning {
    /// Of a result, held against the run before where there is one.
    pub fn of(outcome: &Outcome, previous: Option<&Outcome>) -> Morning {
        let headline = Headline::of(outcome);
        let since = previous.map(|previous| Since::of(&Comparison::of(previous, outcome)));
        let mut chased = chase(outcome, since.as_ref());
        let more = chased.len().saturating_sub(MOST);
        chased.truncate(MOST);
        let said = [Some(headline.line(Lang::Vi)), headline.days_left(Lang::Vi), headline.office_line(Lang::Vi)];
        let sentences = said.into_iter().flatten().chain([headline.findings_line(Lang::Vi)]).collect();
        Morning {
            office: outcome.office.name.clone(),
            year: outcome.office.year.clone(),
            run: outcome.run.clone(),
            at: moment(outcome.at),
            sentences,
            since: since.map(|since| since.summary()),
            chased,
            more,
            deadlines: headline.deadlines.iter().map(shown).collect(),
            headline,
        }
    }
}

/// A day and time as people write them: "1/6/2025, 02:00".
pub fn moment(at: jiff::civil::DateTime) -> String {
    format!("{}, {}", written(at.date()), at.strftime("%H:%M"))
}

fn shown(deadline: &DeadlineAhead) -> DeadlineShown {
    let DeadlineAhead { label: [label, _], day, days, reached, .. } = deadline;
    let stands = if *reached { "đã xong".to_owned() } else { left_in_words(*days) };
    DeadlineShown { label, day: written(*day), stands }
}
