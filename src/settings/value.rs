//! The value of a key, taken as what it should be; anything else is a mistake at its line.

use std::ops::Range;

use jiff::civil::Date;
use toml::de::DeValue;

use super::mistake::instead;
use super::syntax;
use super::{Settings, Table};
use crate::points::{Points, Share};
use crate::text;

/// A value with its place. The taking methods return `None` after they have said what is wrong.
#[derive(Debug, Clone)]
pub struct Setting<'s> {
    settings: &'s Settings<'s>,
    value: &'s DeValue<'s>,
    span: Range<usize>,
    path: String,
}

impl<'s> Setting<'s> {
    pub(super) fn new(
        settings: &'s Settings<'s>,
        value: &'s DeValue<'s>,
        span: Range<usize>,
        path: String,
    ) -> Setting<'s> {
        Setting { settings, value, span, path }
    }

    /// Says that the value is wrong.
    pub fn wrong(&self, vi: impl Into<String>, en: impl Into<String>) {
        self.settings.say(&self.span, self.path.clone(), vi.into(), en.into(), true);
    }

    /// Says that the value is odd.
    pub fn odd(&self, vi: impl Into<String>, en: impl Into<String>) {
        self.settings.say(&self.span, self.path.clone(), vi.into(), en.into(), false);
    }

    /// Where it stands, counting from 1.
    pub fn line(&self) -> u32 {
        self.settings.position(self.span.start).0
    }

    /// How people know it: `set.id`.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Text in NFC, trimmed, spaces squeezed; may be empty.
    pub fn text(&self) -> Option<String> {
        let Some(taken) = self.value.as_str() else {
            self.not_a("chữ trong dấu nháy, ví dụ \"...\"", "text in quotes, as in \"...\"");
            return None;
        };
        // "..\nam-truoc" is valid and holds the end of a line: nobody means that.
        let written = self.settings.source.text.get(self.span.clone()).unwrap_or_default();
        if taken.contains(char::is_control) && written.contains('\\') && !written.starts_with("\"\"\"") {
            let (vi, en) = syntax::BACKSLASH;
            let instead = syntax::slashes(written);
            self.wrong(format!("{vi}; viết: {instead}"), format!("{en}; write: {instead}"));
            return None;
        }
        Some(text::clean(taken))
    }

    /// Text that is not empty.
    pub fn filled(&self) -> Option<String> {
        let text = self.text()?;
        if text.is_empty() {
            self.wrong("đang để trống", "empty");
            return None;
        }
        Some(text)
    }

    /// One of these words; their order is the order in which they are proposed.
    pub fn one_of<T: Clone>(&self, words: &[(&str, T)]) -> Option<T> {
        let word = self.text()?;
        let known = words.iter().find(|(name, _)| *name == word);
        if known.is_none() {
            let names: Vec<&str> = words.iter().map(|(name, _)| *name).collect();
            let (vi, en) = instead(&word, &names);
            self.wrong(format!("không dùng được “{word}”; {vi}"), format!("“{word}” is not allowed; {en}"));
        }
        known.map(|(_, meaning)| meaning.clone())
    }

    /// Says that this word is not one of the allowed ones, with the nearest.
    pub fn not_one_of(&self, word: &str, allowed: &[&str]) {
        let (vi, en) = instead(word, allowed);
        self.wrong(format!("không có “{word}”; {vi}"), format!("no “{word}”; {en}"));
    }

    /// A number of points from 0 up, with at most two decimals.
    pub fn points(&self) -> Option<Points> {
        let digits = self.digits()?;
        match Points::parse(&digits) {
            Some(points) if points < Points::ZERO => self.wrong("điểm không được âm", "points cannot be negative"),
            Some(points) => return Some(points),
            None => self.wrong(
                format!("{digits} không phải điểm; tối đa hai chữ số lẻ"),
                format!("{digits} is not points; at most two decimals"),
            ),
        }
        None
    }

    /// An exact number from 0 up: `0.5`, `20`.
    pub fn share(&self) -> Option<Share> {
        let digits = self.digits()?;
        let share = Share::parse_decimal(&digits);
        if share.is_none() {
            self.wrong(format!("{digits} không phải số từ 0 trở lên"), format!("{digits} is not a number from 0 up"));
        }
        share
    }

    /// A percentage in quotes (`"50%"`), or a number from 0 to 1.
    pub fn percent(&self) -> Option<Share> {
        let share = match self.value.as_str() {
            Some(text) => {
                let digits = text.trim().strip_suffix('%').map(str::trim_end);
                digits.and_then(Share::parse_decimal).and_then(|share| share.divided_by(100))
            }
            None => Some(self.share()?),
        };
        let share = share.filter(|share| *share <= Share::ONE);
        if share.is_none() {
            self.wrong("cần tỉ lệ từ \"0%\" đến \"100%\"", "a share from \"0%\" to \"100%\" is needed");
        }
        share
    }

    /// A whole number within these bounds, both included.
    pub fn whole(&self, least: i64, most: i64) -> Option<i64> {
        let number = self.value.as_integer().and_then(|n| i64::from_str_radix(n.as_str(), n.radix()).ok());
        let fitting = number.filter(|n| (least..=most).contains(n));
        if fitting.is_none() {
            self.wrong(
                format!("cần số nguyên từ {least} đến {most}"),
                format!("a whole number from {least} to {most} is needed"),
            );
        }
        fitting
    }

    /// `true` or `false`.
    pub fn flag(&self) -> Option<bool> {
        let flag = self.value.as_bool();
        if flag.is_none() {
            self.not_a("true hoặc false", "true or false");
        }
        flag
    }

    /// A day: `2025-05-31`, in quotes or not, or `"31/5/2025"`.
    pub fn date(&self) -> Option<Date> {
        let date = match self.value {
            DeValue::Datetime(moment) => {
                let day = moment.date.filter(|_| moment.time.is_none());
                day.and_then(|day| Date::new(day.year.try_into().ok()?, day.month as i8, day.day as i8).ok())
            }
            DeValue::String(text) => parse_day(text.trim()),
            _ => None,
        };
        if date.is_none() {
            self.not_a("ngày, ví dụ \"31/5/2025\" hoặc 2025-05-31", "a date, as in \"31/5/2025\" or 2025-05-31");
        }
        date
    }

    /// The values of a list.
    pub fn list(&self) -> Option<Vec<Setting<'s>>> {
        let Some(array) = self.value.as_array() else {
            self.not_a("danh sách, ví dụ [\"...\", \"...\"]", "a list, as in [\"...\", \"...\"]");
            return None;
        };
        let item = |(i, value): (usize, &'s toml::Spanned<DeValue<'s>>)| {
            Setting::new(self.settings, value.get_ref(), value.span(), format!("{}[{}]", self.path, i + 1))
        };
        Some(array.iter().enumerate().map(item).collect())
    }

    /// A table that may hold these keys.
    pub fn table(&self, allowed: &[&str]) -> Option<Table<'s>> {
        let map = self.map()?;
        Some(Table::open(self.settings, map, self.span.clone(), self.path.clone(), allowed))
    }

    /// A table whose keys are the file's own: names, numbers.
    pub fn any_table(&self) -> Option<Table<'s>> {
        let map = self.map()?;
        Some(Table::open_any(self.settings, map, self.span.clone(), self.path.clone()))
    }

    /// A number, a date or text, as it is written; for what has a form of its own.
    pub fn written(&self) -> Option<String> {
        match self.value {
            DeValue::String(text) => Some(text.trim().to_owned()),
            DeValue::Integer(_) | DeValue::Float(_) => self.digits(),
            DeValue::Datetime(moment) => Some(moment.to_string()),
            _ => {
                self.not_a("chữ hoặc số", "text or a number");
                None
            }
        }
    }

    /// Whether it is text.
    pub fn is_text(&self) -> bool {
        self.value.is_str()
    }

    /// What is wrong with a value of another type.
    fn not_a(&self, vi: &str, en: &str) {
        self.wrong(format!("cần {vi}"), format!("{en} is needed"));
    }

    fn map(&self) -> Option<&'s toml::de::DeTable<'s>> {
        let map = self.value.as_table();
        if map.is_none() {
            self.not_a("một bảng [..] hoặc { .. }", "a table [..] or { .. }");
        }
        map
    }

    /// The digits of a number, as they are written.
    fn digits(&self) -> Option<String> {
        match self.value {
            DeValue::Integer(n) if n.radix() == 10 => Some(n.as_str().trim_start_matches('+').to_owned()),
            DeValue::Float(n) => Some(n.as_str().trim_start_matches('+').to_owned()),
            _ => {
                self.not_a("số không có dấu nháy, ví dụ 7.5", "a number without quotes, as in 7.5");
                None
            }
        }
    }
}

/// `2025-05-31`, `31/5/2025` or `31-5-2025`.
fn parse_day(text: &str) -> Option<Date> {
    let parts: Vec<&str> = text.split(['/', '-', '.']).collect();
    let [first, month, last] = parts[..] else { return None };
    let (day, year) = if first.len() == 4 { (last, first) } else { (first, last) };
    if year.len() != 4 {
        return None;
    }
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Lang;

    const KEYS: &[&str] = &["a", "ngay", "diem", "ti_le", "ten", "hop", "co"];

    fn mistakes(text: &str, read: impl Fn(&Table<'_>)) -> Vec<String> {
        let source = super::super::Source::new("x.toml", text);
        let settings = Settings::of(&source);
        read(&settings.top(KEYS));
        settings.finish().iter().map(|mistake| mistake.display(Lang::En)).collect()
    }

    #[test]
    fn takes_values() {
        let text = "ngay = \"31/5/2025\"\ndiem = 7.50\nti_le = \"62,5%\"\nten = ' a  b '\nhop = [1, 2]\nco = true\na = 2025-05-31";
        let said = mistakes(text, |top| {
            let day = jiff::civil::date(2025, 5, 31);
            assert_eq!(top.need("ngay").unwrap().date(), Some(day));
            assert_eq!(top.need("a").unwrap().date(), Some(day));
            assert_eq!(top.need("diem").unwrap().points(), Some(Points::hundredths(750)));
            assert_eq!(top.need("ti_le").unwrap().percent(), Share::new(5, 8));
            assert_eq!(top.need("ten").unwrap().text().as_deref(), Some("a b"));
            assert_eq!(top.need("hop").unwrap().list().unwrap()[1].whole(1, 9), Some(2));
            assert_eq!(top.need("co").unwrap().flag(), Some(true));
            assert!(top.get("khac").is_none());
        });
        assert_eq!(said, [""; 0]);
    }

    #[test]
    fn says_all_mistakes_with_their_lines() {
        let text = "ngay = \"30/2/2025\"\ndiem = 7.333\nti_le = \"150%\"\nten = 5\nhopp = 1\nco = \"true\"\n";
        let said = mistakes(text, |top| {
            top.need("ngay").unwrap().date();
            top.need("diem").unwrap().points();
            top.need("ti_le").unwrap().percent();
            top.need("ten").unwrap().text();
            top.need("co").unwrap().flag();
            top.need("hop");
        });
        assert_eq!(
            said,
            [
                "x.toml:1:1: error: hop: missing",
                "x.toml:1:8: error: ngay: a date, as in \"31/5/2025\" or 2025-05-31 is needed",
                "x.toml:2:8: error: diem: 7.333 is not points; at most two decimals",
                "x.toml:3:9: error: ti_le: a share from \"0%\" to \"100%\" is needed",
                "x.toml:4:7: error: ten: text in quotes, as in \"...\" is needed",
                "x.toml:5:1: error: hopp: no such key; did you mean “hop”?",
                "x.toml:6:6: error: co: true or false is needed",
            ]
        );
    }

    #[test]
    fn a_path_with_backslashes_is_no_text_with_ends_of_lines() {
        let said = mistakes(r#"ten = "..\nam-truoc""#, |top| assert_eq!(top.need("ten").unwrap().text(), None));
        assert_eq!(said, [r#"x.toml:1:7: error: ten: a path in " takes / in place of \; write: "../nam-truoc""#]);
        let kept = mistakes(r#"ten = "a \" b \\ c""#, |top| {
            assert_eq!(top.need("ten").unwrap().text().as_deref(), Some(r#"a " b \ c"#));
        });
        assert_eq!(kept, [""; 0]);
    }

    #[test]
    fn a_broken_line_is_one_mistake_and_the_rest_is_read() {
        let text = "ten = “Phòng Giáo dục”\nngay = 2025-05-31\r\ndiem 7\nhopp = 1\n";
        let said = mistakes(text, |top| {
            top.need("ten");
            top.need("diem");
        });
        assert_eq!(said.len(), 3, "{said:#?}");
        assert!(said[0].starts_with("x.toml:1:7: error: curly quote"), "{said:#?}");
        assert!(said[1].starts_with("x.toml:3:"), "{said:#?}");
        assert!(said[2].starts_with("x.toml:4:1: error: hopp"), "{said:#?}");
    }

    #[test]
    fn no_broken_line_hides_those_below() {
        for bad in [
            "= 5",
            "ten",
            "ten =",
            "ten = ",
            "[",
            "]",
            "ten = \"x",
            "ten = x y",
            "\"",
            "ten == 5",
            "a.b.c",
            "[[x",
            "ten = [1",
            "€ = 1",
        ] {
            let text = format!("{bad}\nhopp = 1\nngay = 5\n");
            let said = mistakes(&text, |top| {
                top.get("ngay").map(|value| value.flag());
            });
            assert!(said.iter().any(|line| line.contains(":1:") || line.contains(":2:")), "{bad}: {said:#?}");
            if !bad.contains('[') {
                assert!(said.iter().any(|line| line.contains(":2:1: error: hopp")), "{bad}: {said:#?}");
                assert!(said.iter().any(|line| line.contains(":3:8: error: ngay")), "{bad}: {said:#?}");
            }
        }
    }
}
