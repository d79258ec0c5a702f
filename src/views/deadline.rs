//! By when a school has to send what is still asked of it: never a day that has passed.

use jiff::civil::Date;

use crate::outcome::{ExpectedReturn, Outcome};

/// The last day for what a school has still to send: its first return, or one that it was asked to correct, with what
/// was granted to it. `None` where no day is set, or it has passed.
pub fn last_day(outcome: &Outcome, expected: &ExpectedReturn) -> Option<Date> {
    deadline_of(outcome, expected).filter(|day| *day >= outcome.at.date())
}

/// The deadline that applies to what a school has still to send, passed or not.
fn deadline_of(outcome: &Outcome, expected: &ExpectedReturn) -> Option<Date> {
    let deadlines = &outcome.office.deadlines;
    let day = match expected.timing.first {
        None => deadlines.returns,
        // Without a day for corrections they are asked for until the first one, and then soon.
        Some(_) => deadlines.again.or(deadlines.returns),
    };
    Some(day?.max(expected.timing.granted.until.unwrap_or(Date::MIN)))
}

/// A day as people write it in a sentence: `5/6/2025`.
pub fn written(day: Date) -> String {
    format!("{}/{}/{}", day.day(), day.month(), day.year())
}
