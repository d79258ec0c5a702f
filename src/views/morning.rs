//! What a specialist looks at first in the morning: where the year's returns stand, what changed since the run before,
//! whom to chase and with which message, and which deadlines are ahead.

use serde::Serialize;

use super::changes::Comparison;
use super::deadline::written;
use super::figures::{DeadlineAhead, Headline};
use super::since::Since;
use super::tasks::{Task, tasks, to_school};
use crate::finding::Lang;
use crate::outcome::Outcome;

/// Schools beyond which a page would be too long to scroll; the workbook has them all.
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

/// A school to chase.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Chased {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// What is to be done, and for which set.
    pub works: Vec<String>,
    /// By when, with the days left: "5/6/2025, còn 4 ngày"; empty where no day is set or it has passed.
    pub until: String,
    /// What changed at it since the run before; empty without one.
    pub since: String,
    /// Whom to speak to.
    pub contact: String,
    /// Their telephone number.
    pub phone: String,
    /// Their e-mail address.
    pub email: String,
    /// Its forms to be sent back, in the folder of these.
    pub files: Vec<String>,
    /// The message to it.
    pub message: String,
    /// Whether the message is for the school: not where the office's own machine could not read what came.
    pub is_sent: bool,
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
        let tasks = tasks(outcome);
        let chased = tasks.iter().take(MOST).map(|task| chased(outcome, task, since.as_ref())).collect();
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
            more: tasks.len().saturating_sub(MOST),
            deadlines: headline.deadlines.iter().map(shown).collect(),
            headline,
        }
    }
}

/// A day and time as people write them: "1/6/2025, 02:00".
pub fn moment(at: jiff::civil::DateTime) -> String {
    format!("{}, {}", written(at.date()), at.strftime("%H:%M"))
}

fn chased(outcome: &Outcome, task: &Task, since: Option<&Since>) -> Chased {
    let school = task.school;
    let works = task.works.iter().map(|work| format!("{} ({})", work.label(), work.set()));
    let until = task.last_day.map(|day| {
        let left = outcome.at.date().until(day).map_or(0, |span| span.get_days());
        format!("{}, {}", written(day), left_in_words(left))
    });
    Chased {
        code: school.code.0.clone(),
        name: school.name.clone(),
        works: works.collect(),
        until: until.unwrap_or_default(),
        since: since.map(|since| since.of_school(school)).unwrap_or_default(),
        contact: school.contact.clone(),
        phone: school.phone.clone(),
        email: school.email.clone(),
        files: task.files().into_iter().map(str::to_owned).collect(),
        message: to_school(outcome, task),
        is_sent: !task.is_unread(),
    }
}

fn shown(deadline: &DeadlineAhead) -> DeadlineShown {
    let DeadlineAhead { label: [label, _], day, days, reached, .. } = deadline;
    let stands = if *reached { "đã xong".to_owned() } else { left_in_words(*days) };
    DeadlineShown { label, day: written(*day), stands }
}

fn left_in_words(days: i32) -> String {
    match days {
        ..0 => format!("đã qua {} ngày", -days),
        0 => "hôm nay".to_owned(),
        _ => format!("còn {days} ngày"),
    }
}
