//! A table of the file: which keys it may hold, and which it must.

use std::ops::Range;

use toml::de::{DeTable, DeValue};

use super::mistake::instead;
use super::{Setting, Settings};

/// A table. Its unknown keys are told when it is opened, or by [`Table::only`].
#[derive(Debug, Clone)]
pub struct Table<'s> {
    settings: &'s Settings<'s>,
    map: &'s DeTable<'s>,
    span: Range<usize>,
    path: String,
    joint: &'static str,
}

impl<'s> Table<'s> {
    pub(super) fn open(
        settings: &'s Settings<'s>,
        map: &'s DeTable<'s>,
        span: Range<usize>,
        path: String,
        allowed: &[&str],
    ) -> Table<'s> {
        Table::open_any(settings, map, span, path).only(allowed)
    }

    /// The same table, after every key that is not one of these has been told.
    pub fn only(self, allowed: &[&str]) -> Table<'s> {
        for key in self.map.keys() {
            if !allowed.contains(&key.get_ref().as_ref()) {
                let (vi, en) = instead(key.get_ref(), allowed);
                let (vi, en) = (format!("không có khóa này; {vi}"), format!("no such key; {en}"));
                self.settings.say(&key.span(), self.path_of(key.get_ref()), vi, en, true);
            }
        }
        self
    }

    /// A table whose keys are the file's own.
    pub(super) fn open_any(
        settings: &'s Settings<'s>,
        map: &'s DeTable<'s>,
        span: Range<usize>,
        path: String,
    ) -> Table<'s> {
        let joint = if path.is_empty() { "" } else { "." };
        Table { settings, map, span, path, joint }
    }

    /// The same table under a name that people know it by: its keys show as `1.6.1 max`.
    pub fn called(&self, name: &str) -> Table<'s> {
        Table { path: name.to_owned(), joint: " ", ..self.clone() }
    }

    /// How people know it: `scales.group`.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The value of a key, if it is there.
    pub fn get(&self, key: &str) -> Option<Setting<'s>> {
        let value = self.map.get(key)?;
        Some(Setting::new(self.settings, value.get_ref(), value.span(), self.path_of(key)))
    }

    /// The value of a key that must be there.
    pub fn need(&self, key: &str) -> Option<Setting<'s>> {
        let value = self.get(key);
        if value.is_none() {
            self.missing(key);
        }
        value
    }

    /// A table that must be there; `None` also where the key holds something else.
    pub fn need_table(&self, key: &str, allowed: &[&str]) -> Option<Table<'s>> {
        if self.get(key).is_none() {
            self.missing_table(key);
        }
        self.get_table(key, allowed)
    }

    /// A table that may be there.
    pub fn get_table(&self, key: &str, allowed: &[&str]) -> Option<Table<'s>> {
        self.get(key)?.table(allowed)
    }

    /// The tables of `[[key]]`, none where there are none.
    pub fn tables(&self, key: &str, allowed: &[&str]) -> Vec<Table<'s>> {
        let list = self.get(key).and_then(|value| value.list()).unwrap_or_default();
        list.iter().filter_map(|value| value.table(allowed)).collect()
    }

    /// Every key with its value, in the order of the file.
    pub fn entries(&self) -> Vec<(String, Setting<'s>)> {
        let mut keys: Vec<_> = self.map.iter().collect();
        keys.sort_by_key(|(key, _)| key.span().start);
        let setting = |value: &'s toml::Spanned<DeValue<'s>>, key: &str| {
            Setting::new(self.settings, value.get_ref(), value.span(), self.path_of(key))
        };
        keys.into_iter().map(|(key, value)| (key.get_ref().to_string(), setting(value, key.get_ref()))).collect()
    }

    /// Says that a key is missing, unless it may stand on a line that cannot be read.
    pub fn missing(&self, key: &str) {
        if !self.settings.may_be_unreadable(key, self.span.start) {
            self.settings.say(&self.span, self.path_of(key), "thiếu khóa này".to_owned(), "missing".to_owned(), true);
        }
    }

    /// Says that a table is missing, likewise.
    pub fn missing_table(&self, key: &str) {
        if !self.settings.header_may_be_unreadable(key) {
            let path = self.path_of(key);
            let (vi, en) = (format!("thiếu bảng [{path}]"), format!("the table [{path}] is missing"));
            self.settings.say(&self.span, path, vi, en, true);
        }
    }

    /// Says that the table as a whole is wrong.
    pub fn wrong(&self, vi: impl Into<String>, en: impl Into<String>) {
        self.settings.say(&self.span, self.path.clone(), vi.into(), en.into(), true);
    }

    /// Where it begins, counting from 1.
    pub fn line(&self) -> u32 {
        self.settings.position(self.span.start).0
    }

    fn path_of(&self, key: &str) -> String {
        format!("{}{}{key}", self.path, self.joint)
    }
}
