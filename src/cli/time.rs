//! Days, times and lengths of time as people type them after an option.

use std::time::Duration;

use jiff::civil::{Date, DateTime, Time};

use super::words::{Wrong, both};

/// The longest time that a run waits for files.
const LONGEST: u64 = 3600;

/// `15/6/2025`, `2025-06-15`
pub fn day(text: &str) -> Result<Date, Wrong> {
    let text = text.trim();
    let day = Date::strptime("%d/%m/%Y", text).or_else(|_| Date::strptime("%Y-%m-%d", text));
    day.map_err(|_| {
        Wrong(both!(
            "không phải một ngày; ghi như 15/6/2025 hoặc 2025-06-15",
            "is no day; write it as 15/6/2025 or 2025-06-15"
        ))
    })
}

/// `2:00`, `02:00`
pub fn hour(text: &str) -> Result<Time, Wrong> {
    let time = Time::strptime("%H:%M:%S", text.trim()).or_else(|_| Time::strptime("%H:%M", text.trim()));
    time.map_err(|_| {
        Wrong(both!(
            "không phải giờ trong ngày; ghi từ 00:00 đến 23:59, ví dụ 02:00",
            "is no time of the day; write it from 00:00 to 23:59, as in 02:00"
        ))
    })
}

/// A day and a time: `2025-06-01T02:00`, `2025-06-01 02:00`, `1/6/2025 2:00`, `2025-06-01T0200` as runs are named.
pub fn moment(text: &str) -> Result<DateTime, Wrong> {
    let named = || DateTime::strptime("%Y-%m-%dT%H%M", text.trim()).ok();
    let moment = text
        .trim()
        .split_once(['T', ' '])
        .and_then(|(day_text, hour_text)| Some(day(day_text).ok()?.to_datetime(hour(hour_text).ok()?)));
    let moment = moment.or_else(named).ok_or(Wrong(both!(
        "không phải ngày giờ; ghi như 2025-06-01T02:00 hoặc \"1/6/2025 2:00\"",
        "is no day and time; write it as 2025-06-01T02:00 or \"1/6/2025 2:00\""
    )))?;
    // Names of folders and workbooks hold no others.
    let is_known = (2000..9999).contains(&moment.year());
    is_known
        .then_some(moment)
        .ok_or(Wrong(both!("không dùng được; ghi một năm từ 2000", "cannot be used; write a year from 2000")))
}

/// `10s`, `2m`, `10`
pub fn seconds(text: &str) -> Result<Duration, Wrong> {
    let text = text.trim();
    let (digits, unit) = match text.strip_suffix(['s', 'm']) {
        Some(digits) => (digits, if text.ends_with('m') { 60 } else { 1 }),
        None => (text, 1),
    };
    let seconds = digits.trim().parse::<u64>().ok().and_then(|number| number.checked_mul(unit));
    seconds.filter(|seconds| *seconds <= LONGEST).map(Duration::from_secs).ok_or(Wrong(both!(
        "không phải khoảng thời gian; ghi như 10s (giây) hoặc 2m (phút), nhiều nhất 60m",
        "is no length of time; write it as 10s (seconds) or 2m (minutes), 60m at most"
    )))
}

/// How many reading processes: from 1 up.
pub fn count(text: &str) -> Result<usize, Wrong> {
    let count = text.trim().parse().ok().filter(|count| (1..=1024).contains(count));
    count.ok_or(Wrong(both!(
        "không dùng được; ghi một số nguyên từ 1 đến 1024",
        "cannot be used; write a whole number from 1 to 1024"
    )))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn days_and_times_are_taken_as_people_write_them() {
        let first = date(2025, 6, 1);
        for text in ["1/6/2025", "01/06/2025", "2025-06-01", " 2025-6-1 "] {
            assert_eq!(day(text), Ok(first), "{text}");
        }
        for text in ["2025-06-01T02:00", "2025-06-01 02:00", "1/6/2025 2:00", "2025-06-01T0200", "2025-06-01T02:00:00"]
        {
            assert_eq!(moment(text), Ok(first.at(2, 0, 0, 0)), "{text}");
        }
        assert_eq!(hour("2:00").ok(), hour("02:00:00").ok());
        for text in ["", "31/6/2025", "6/2025", "2025-06-01x", "hôm nay"] {
            assert!(day(text).is_err() && moment(text).is_err(), "{text}");
        }
        assert!(hour("25:00").is_err() && hour("25").is_err());
    }

    #[test]
    fn lengths_of_time_have_a_unit_or_are_seconds() {
        assert_eq!(seconds("2m"), Ok(Duration::from_secs(120)));
        assert_eq!(seconds("10"), seconds("10s"));
        for text in ["", "s", "-1", "1h", "61m", "99999999999999999999m"] {
            assert!(seconds(text).is_err(), "{text}");
        }
        assert!(count("0").is_err() && count("x").is_err() && count("8") == Ok(8));
    }
}
