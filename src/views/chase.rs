//! Whom to chase, the most urgent first, with the message to each: who is in charge of the office's own criteria, units,
//! schools. The page of the morning and the sheet `Việc hôm nay` show the same.

use jiff::civil::Date;
use serde::Serialize;

use super::deadline::{left_in_words, written};
use super::duties::own_works;
use super::since::Since;
use super::tasks::{tasks, to_school};
use super::units::to_chase;
use crate::outcome::Outcome;

/// What the office itself owes within so many days comes before the schools.
const SOON: i32 = 7;

/// Somebody to chase.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Chased {
    /// The code of the school or unit; empty for who is in charge of the office's own criteria.
    pub code: String,
    /// The name.
    pub name: String,
    /// What is to be done, a line each.
    pub work: String,
    /// For which sets, a line each; empty where it is about no return.
    pub sets: String,
    /// Each work with its set.
    pub works: Vec<String>,
    /// By when; `None` where no day is set. A school is never told of one that has passed.
    pub last_day: Option<Date>,
    /// The days left, below zero where they have passed.
    pub days_left: Option<i32>,
    /// The same in words: "5/6/2025, còn 4 ngày"; empty where no day is set.
    pub until: String,
    /// What changed at a school since the run before; empty without one.
    pub since: String,
    /// Whom to speak to.
    pub contact: String,
    /// Their telephone number.
    pub phone: String,
    /// Their e-mail address.
    pub email: String,
    /// Forms to be sent back, in the folder of these.
    pub files: Vec<String>,
    /// The message.
    pub message: String,
    /// Whether it is to be sent: not where the office's own machine could not read what came, or it is dated oddly.
    pub is_sent: bool,
}

impl Chased {
    fn by(self, outcome: &Outcome, last_day: Option<Date>) -> Chased {
        let days_left = last_day.and_then(|day| outcome.at.date().until(day).ok()).map(|left| left.get_days());
        let until = last_day.zip(days_left).map(|(day, left)| format!("{}, {}", written(day), left_in_words(left)));
        Chased { last_day, days_left, until: until.unwrap_or_default(), ..self }
    }
}

/// All of them: what the office itself owes soon, units, schools, what the office owes later. `since`: what changed since
/// the run before.
pub fn chase(outcome: &Outcome, since: Option<&Since>) -> Vec<Chased> {
    let own = own_works(outcome).into_iter().map(|work| {
        let one = Chased {
            name: work.lead.to_owned(),
            work: work.label(),
            works: vec![work.label()],
            message: work.message(outcome),
            is_sent: true,
            ..Chased::default()
        };
        one.by(outcome, work.due)
    });
    let (mut all, later): (Vec<Chased>, Vec<Chased>) =
        own.partition(|one| one.days_left.is_some_and(|left| left <= SOON));
    all.extend(to_chase(outcome).into_iter().map(|(unit, message)| {
        let work = format!("Đơn vị: {}", unit.standing.label().to_lowercase());
        let one = Chased {
            code: unit.code.to_string(),
            name: unit.name.clone(),
            works: vec![work.clone()],
            work,
            contact: unit.contact.clone(),
            phone: unit.phone.clone(),
            email: unit.email.clone(),
            message,
            is_sent: true,
            ..Chased::default()
        };
        one.by(outcome, outcome.office.deadlines.units)
    }));
    all.extend(tasks(outcome).iter().map(|task| {
        let school = task.school;
        let one = Chased {
            code: school.code.0.clone(),
            name: school.name.clone(),
            work: task.labels(),
            sets: task.sets(),
            works: task.works.iter().map(|work| format!("{} ({})", work.label(), work.set())).collect(),
            since: since.map(|since| since.of_school(school)).unwrap_or_default(),
            contact: school.contact.clone(),
            phone: school.phone.clone(),
            email: school.email.clone(),
            files: task.files().into_iter().map(str::to_owned).collect(),
            message: to_school(outcome, task),
            is_sent: !task.is_for_office(),
            ..Chased::default()
        };
        one.by(outcome, task.last_day)
    }));
    all.extend(later);
    all
}
