//! A day, or a day and a time, as people type it: the day stands before the month.

use jiff::civil::{Date, DateTime, Time};

use crate::grid::Value;
use crate::text;

/// Years that a receipt can be of.
const YEARS: std::ops::Range<i16> = 2000..2100;
const SECONDS_A_DAY: f64 = 86_400.0;

/// The moment in a cell; the day's first second where no time is typed. A number without the format of a date is none:
/// nothing says which day it counts from.
pub(crate) fn read(value: &Value) -> Option<DateTime> {
    match value {
        Value::Date(date) => {
            let day = Date::new(date.year, date.month as i8, date.day as i8).ok()?;
            let seconds = (date.serial.fract() * SECONDS_A_DAY).round();
            // Midnight that floating numbers have missed is the last second of the day that is shown.
            let seconds = if seconds.is_finite() { seconds.clamp(0.0, SECONDS_A_DAY - 1.0) as i32 } else { 0 };
            let time = Time::new((seconds / 3600) as i8, (seconds / 60 % 60) as i8, (seconds % 60) as i8, 0).ok()?;
            Some(day.to_datetime(time)).filter(|at| YEARS.contains(&at.year()))
        }
        Value::Text(text) => read_text(text),
        _ => None,
    }
}

/// `31/5/2025`, `1-6-25 14:30`, `14h30 ngày 1/6/2025`, `2025-06-01T14:30:05`.
fn read_text(typed: &str) -> Option<DateTime> {
    let mut plain = text::clean(typed).to_lowercase();
    for (word, sign) in [("giờ", "h"), ("phút", ""), ("ngày", " "), ("lúc", " "), (",", " "), (" h", "h"), ("h ", "h")]
    {
        plain = plain.replace(word, sign);
    }
    // The T of ISO 8601.
    if plain.as_bytes().get(10) == Some(&b't') {
        plain.replace_range(10..11, " ");
    }
    let (mut day, mut time) = (None, None);
    for part in plain.split(' ').filter(|part| !part.is_empty()) {
        if let Some(read) = read_day(part).filter(|_| day.is_none()) {
            day = Some(read);
        } else if let Some(read) = read_time(part).filter(|_| time.is_none()) {
            time = Some(read);
        } else {
            return None;
        }
    }
    Some(day?.to_datetime(time.unwrap_or(Time::midnight())))
}

fn read_day(part: &str) -> Option<Date> {
    let numbers = numbers(part, &['/', '-', '.'])?;
    let [first, month, last] = numbers[..] else { return None };
    let (year, day) = if part.find(['/', '-', '.']) == Some(4) { (first, last) } else { (last, first) };
    let year = if year < 100 { year + 2000 } else { year };
    Date::new(year, month.try_into().ok()?, day.try_into().ok()?).ok().filter(|_| YEARS.contains(&year))
}

fn read_time(part: &str) -> Option<Time> {
    let whole_hour = part.strip_suffix('h');
    let numbers = numbers(whole_hour.unwrap_or(part), &[':', 'h'])?;
    let (hour, minute, second) = match numbers[..] {
        [hour] if whole_hour.is_some() => (hour, 0, 0),
        [hour, minute] => (hour, minute, 0),
        [hour, minute, second] => (hour, minute, second),
        _ => return None,
    };
    Time::new(hour.try_into().ok()?, minute.try_into().ok()?, second.try_into().ok()?, 0).ok()
}

fn numbers(part: &str, signs: &[char]) -> Option<Vec<i16>> {
    let number = |digits: &str| digits.bytes().all(|b| b.is_ascii_digit()).then(|| digits.parse().ok()).flatten();
    part.split(signs).map(number).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grid;

    fn typed(text: &str) -> Option<String> {
        read(&Value::Text(text.to_owned())).map(|at| at.to_string())
    }

    #[test]
    fn takes_what_people_type() {
        for text in ["01/06/2025", "1/6/2025", "1-6-2025", "1.6.2025", "2025-06-01", " 1/6/25 ", "ngày 1/6/2025"] {
            assert_eq!(typed(text).as_deref(), Some("2025-06-01T00:00:00"), "{text}");
        }
        let with_time = [
            "1/6/2025 14:30",
            "14:30 1/6/2025",
            "14h30 ngày 01/06/2025",
            "14 giờ 30 phút, ngày 1/6/2025",
            "2025-06-01T14:30",
            "2025-06-01 14:30:00",
            "1/6/2025, lúc 14h30",
        ];
        for text in with_time {
            assert_eq!(typed(text).as_deref(), Some("2025-06-01T14:30:00"), "{text}");
        }
        assert_eq!(typed("1/6/2025 7h").as_deref(), Some("2025-06-01T07:00:00"));
    }

    #[test]
    fn refuses_what_could_mean_anything() {
        for text in [
            "",
            "31/5",
            "31/6/2025",
            "6/31/2025",
            "hôm qua",
            "1/6/2025 25:00",
            "1/6/2025 2/6/2025",
            "14:30",
            "1/6/225",
            "1/6/2025 2 chiều",
        ] {
            assert_eq!(typed(text), None, "{text}");
        }
        assert_eq!(read(&Value::Number(45_809.0)), None);
    }

    #[test]
    fn takes_date_cells_with_their_time() {
        let cell = |serial: f64| read(&Value::Date(grid::Date { serial, year: 2025, month: 6, day: 1 }));
        assert_eq!(cell(45_809.0).unwrap().to_string(), "2025-06-01T00:00:00");
        assert_eq!(cell(45_809.604_166_666_67).unwrap().to_string(), "2025-06-01T14:30:00");
        assert_eq!(cell(45_809.999_999_999).unwrap().to_string(), "2025-06-01T23:59:59");
        assert!(cell(f64::NAN).is_some());
        assert_eq!(read(&Value::Date(grid::Date { serial: 1.0, year: 1900, month: 1, day: 1 })), None);
    }
}
