//! What changed since the run before: in a line, and for each school in a few words.

use std::collections::BTreeMap;

use super::changes::{Comparison, Pair};
use crate::outcome::{ExpectedReturn, Outcome, Status};
use crate::school::{School, SchoolCode};

/// What changed since the run before.
pub struct Since<'a> {
    run: &'a str,
    /// Returns that came, that count now, that do not count any more.
    came: usize,
    counted: usize,
    dropped: usize,
    /// Errors of returns, then and now.
    errors: (u32, u32),
    /// Returns whose overall level changed.
    levels: usize,
    /// Of each school the sets that it owes, by their short names, and what changed.
    schools: BTreeMap<&'a SchoolCode, Vec<(&'a str, String)>>,
}

impl<'a> Since<'a> {
    /// Holds an outcome against the run before.
    pub fn of(comparison: &Comparison<'a>) -> Since<'a> {
        let Comparison { before, after, returns, .. } = comparison;
        let errors = |outcome: &Outcome| {
            let came = outcome.expected.iter().filter(|expected| expected.status != Status::Missing);
            came.map(|expected| expected.errors).sum()
        };
        let errors = (errors(before), errors(after));
        let run = &before.run;
        let mut since = Since { run, came: 0, counted: 0, dropped: 0, errors, levels: 0, schools: BTreeMap::new() };
        for pair in returns {
            since.count(pair);
            let of_school = since.schools.entry(&after.school_of(pair.after).code).or_default();
            of_school.push((after.book.short(&pair.after.set), told(pair)));
        }
        since
    }

    fn count(&mut self, pair: &Pair) {
        let (before, after) = pair.stands();
        let (then, now) = (before.status.unwrap_or(Status::Missing), pair.after.status);
        self.came += usize::from(then == Status::Missing && now != Status::Missing);
        self.counted += usize::from(then != Status::Accepted && now == Status::Accepted);
        self.dropped += usize::from(then == Status::Accepted && now != Status::Accepted);
        let both = before.level.zip(after.level);
        self.levels += usize::from(both.is_some_and(|(then, now)| then != now));
    }

    /// All of it in a line.
    pub fn summary(&self) -> String {
        let Since { run, came, counted, dropped, errors: (then, now), levels, .. } = self;
        format!(
            "Từ lần chạy {run}: {came} phiếu mới nộp; {counted} phiếu nay được tính, {dropped} phiếu thôi được tính; \
             số chỗ phải sửa {then} → {now}; {levels} phiếu đổi mức."
        )
    }

    /// What changed at a school, a line for each set that it owes.
    pub fn of_school(&self, school: &School) -> String {
        match self.schools.get(&school.code).map_or(&[][..], Vec::as_slice) {
            [(_, only)] => only.clone(),
            several => several.iter().map(|(set, told)| format!("{set}: {told}")).collect::<Vec<_>>().join("\n"),
        }
    }
}

fn told(pair: &Pair) -> String {
    let Pair { before: Some(old), after: expected } = pair else { return "mới trong danh sách".to_owned() };
    let errors = match expected.errors == old.errors {
        true => format!("vẫn {} chỗ phải sửa", expected.errors),
        false => format!("chỗ phải sửa {} → {}", old.errors, expected.errors),
    };
    let file = |expected: &ExpectedReturn| expected.source.as_ref().map(|source| source.file.clone());
    match (old.status, expected.status) {
        (Status::Missing, Status::Missing) => "vẫn chưa nộp".to_owned(),
        (Status::Missing, _) => "mới nộp".to_owned(),
        (_, Status::Missing) => "phiếu không còn trong thư mục nop".to_owned(),
        (Status::NotValid, Status::Accepted) => format!("nay được tính; {errors}"),
        (Status::Accepted, Status::NotValid) => format!("thôi được tính; {errors}"),
        _ if file(old) != file(expected) => format!("đã gửi lại; {errors}"),
        _ if expected.errors == old.errors => "chưa thay đổi".to_owned(),
        _ => errors,
    }
}
