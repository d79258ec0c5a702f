//! By when a school has to send what is still asked of it: never a day that has passed.

use jiff::civil::Date;

use super::words::late;
use crate::outcome::{ExpectedReturn, Outcome, Status};

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

/// "còn 4 ngày", "hôm nay", "đã qua 3 ngày".
pub(super) fn left_in_words(days: i32) -> String {
    match days {
        ..0 => format!("đã qua {} ngày", -days),
        0 => "hôm nay".to_owned(),
        _ => format!("còn {days} ngày"),
    }
}

/// Whether a return came in time, and why that is not known where something came.
pub fn kept(outcome: &Outcome, expected: &ExpectedReturn) -> &'static str {
    match (expected.late, expected.status) {
        (None, Status::Missing) => "",
        (None, _) if outcome.office.deadlines.returns.is_none() => "Chưa có hạn",
        (None, _) if expected.timing.first.is_none() => "Chưa có điểm",
        (known, _) => late(known),
    }
}

/// [`kept`], with what came again, and an extension.
pub fn time_kept(outcome: &Outcome, expected: &ExpectedReturn) -> String {
    let timing = &expected.timing;
    let again = timing.again.map(|again| {
        let late = if timing.again_late == Some(true) { " trễ" } else { "" };
        format!("gửi lại{late} ngày {}", written(again.date()))
    });
    let granted = timing.granted.until.map(|until| format!("gia hạn đến {}", written(until)));
    let kept = Some(kept(outcome, expected).to_owned()).filter(|kept| !kept.is_empty());
    kept.into_iter().chain(again).chain(granted).collect::<Vec<_>>().join("; ")
}
