//! The headline of a result: what the console, its JSON, the pages and the papers begin with.

use jiff::civil::Date;
use serde::Serialize;

use super::Counts;
use crate::codes::Level;
use crate::finding::{EXPLAINED, Finding, Lang, Severity};
use crate::milestone::Kind;
use crate::outcome::Outcome;
use crate::points::Points;
use crate::rules::Node;

/// The headline.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Headline {
    /// All expected returns.
    pub counts: Counts,
    /// Findings that are errors, warnings, notes: with those that are explained, the rows of `loi.csv`.
    pub findings: [usize; 3],
    /// Findings that schools have explained.
    pub explained: usize,
    /// Whether the result rests on a figure that is not official.
    pub draft: bool,
    /// The office's own result; `None` without a set of the office, or without the form that it asks for.
    pub office: Option<OfficeStand>,
    /// The deadlines that the office has set, in the order of the year.
    pub deadlines: Vec<DeadlineAhead>,
}

/// The office's own points and level.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OfficeStand {
    /// The counted points of all its groups.
    pub points: Points,
    /// The most that they can be.
    pub most: Points,
    /// The overall level.
    pub level: Option<Level>,
    /// The level's name in its scale; empty where there is none.
    pub name: String,
}

/// A deadline of `[han]` in `co-quan.toml`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DeadlineAhead {
    /// Its key: `nop_phieu`.
    pub key: &'static str,
    /// What it is for, in Vietnamese and English.
    pub label: [&'static str; 2],
    /// The last day.
    pub day: Date,
    /// Days from the day of the run; below zero where it has passed.
    pub days: i32,
    /// Whether what it is for was reached: a milestone was frozen. Of the returns' deadline never.
    pub reached: bool,
}

impl Headline {
    /// Of a result.
    pub fn of(outcome: &Outcome) -> Headline {
        Headline {
            counts: super::all(outcome),
            findings: weights(&outcome.findings),
            explained: outcome.findings.iter().filter(|finding| finding.is_explained()).count(),
            draft: outcome.is_draft(),
            office: office(outcome),
            deadlines: deadlines(outcome),
        }
    }

    /// "34/42 phiếu được tính; 5 chưa hợp lệ, 3 chưa nộp, 2 nộp trễ."
    pub fn line(&self, lang: Lang) -> String {
        let Counts { owed, accepted, not_valid, missing, late, .. } = &self.counts;
        match lang {
            Lang::Vi => {
                format!(
                    "{accepted}/{owed} phiếu được tính; {not_valid} chưa hợp lệ, {missing} chưa nộp, {late} nộp trễ."
                )
            }
            Lang::En => {
                format!("{accepted} of {owed} returns count; {not_valid} not valid, {missing} missing, {late} late.")
            }
        }
    }

    /// "Còn 6 ngày đến hạn nộp 31/05/2025; 12 phiếu chưa nộp hoặc phải sửa." `None` without a deadline, or where it has
    /// passed and nothing is open.
    pub fn days_left(&self, lang: Lang) -> Option<String> {
        let open = self.counts.open();
        let returns = self.deadlines.iter().find(|deadline| deadline.key == RETURNS)?;
        let (day, days) = (returns.day.strftime("%d/%m/%Y"), returns.days);
        Some(match (lang, days) {
            (_, ..0) if open == 0 => return None,
            (Lang::Vi, ..0) => format!("Hạn nộp {day} đã qua {} ngày; {open} phiếu chưa nộp hoặc phải sửa.", -days),
            (Lang::En, ..0) => {
                format!("The deadline {day} passed {} days ago; {open} missing or to be corrected.", -days)
            }
            (Lang::Vi, 0) => format!("Hôm nay là hạn nộp ({day}); {open} phiếu chưa nộp hoặc phải sửa."),
            (Lang::Vi, _) => format!("Còn {days} ngày đến hạn nộp {day}; {open} phiếu chưa nộp hoặc phải sửa."),
            (Lang::En, 0) => format!("Returns are due today ({day}); {open} missing or to be corrected."),
            (Lang::En, _) => format!("{days} days to the deadline {day}; {open} missing or to be corrected."),
        })
    }

    /// The office's own deadlines that are still to come, the nearest first; `None` where there are none.
    pub fn next_deadlines(&self, lang: Lang) -> Option<String> {
        let ahead = |one: &&DeadlineAhead| !one.reached && one.days >= 0 && one.key != RETURNS;
        let mut next: Vec<&DeadlineAhead> = self.deadlines.iter().filter(ahead).collect();
        next.sort_by_key(|deadline| deadline.day);
        let shown = next.iter().map(|DeadlineAhead { label: [vi, en], day, days, .. }| {
            let date = day.strftime("%d/%m/%Y");
            match (lang, days) {
                (Lang::Vi, 0) => format!("{vi} {date} (hôm nay)"),
                (Lang::En, 0) => format!("{en} {date} (today)"),
                (Lang::Vi, days) => format!("{vi} {date} (còn {days} ngày)"),
                (Lang::En, days) => format!("{en} {date} (in {days} days)"),
            }
        });
        let shown: Vec<String> = shown.collect();
        let title = if lang == Lang::Vi { "Hạn sắp tới" } else { "Next deadlines" };
        (!shown.is_empty()).then(|| format!("{title}: {}.", shown.join(", ")))
    }

    /// "Điểm của cơ quan: 61,53; mức 2 (đáp ứng cơ bản)." `None` where it has none.
    pub fn office_line(&self, lang: Lang) -> Option<String> {
        let OfficeStand { points, level, name, .. } = self.office.as_ref()?;
        let level = |word: &str| level.map(|level| format!("; {word} {level} ({name})")).unwrap_or_default();
        Some(match lang {
            Lang::Vi => format!("Điểm của cơ quan: {points}{}.", level("mức")),
            Lang::En => format!("The office's own points: {points}{}.", level("level")),
        })
    }

    /// "Ghi nhận: 26 phải sửa, 35 cần xem lại, 8 để biết. Kết quả là DỰ THẢO: …"
    pub fn findings_line(&self, lang: Lang) -> String {
        let mut parts = weighed(self.findings, lang);
        if self.explained > 0 {
            let word = if lang == Lang::Vi { EXPLAINED.0 } else { EXPLAINED.1 };
            parts.push_str(&format!(", {} {}", self.explained, word.to_lowercase()));
        }
        match (lang, self.draft) {
            (Lang::Vi, false) => format!("Ghi nhận: {parts}."),
            (Lang::Vi, true) => {
                format!("Ghi nhận: {parts}. Kết quả là DỰ THẢO: có giá trị chưa đối chiếu phụ lục hoặc chưa khớp nhau.")
            }
            (Lang::En, false) => format!("Findings: {parts}."),
            (Lang::En, true) => {
                format!(
                    "Findings: {parts}. The result is a DRAFT: some figures are not checked against the annex, or do not add up."
                )
            }
        }
    }
}

/// How many of these are errors, warnings, notes; those that are explained are none of them.
pub fn weights(findings: &[Finding]) -> [usize; 3] {
    let has = |finding: &&Finding, severity| finding.severity == severity && !finding.is_explained();
    Severity::ALL.map(|severity| findings.iter().filter(|finding| has(finding, severity)).count())
}

/// "3 phải sửa, 5 cần xem lại, 1 để biết"
pub fn weighed(weights: [usize; 3], lang: Lang) -> String {
    let parts = Severity::ALL.iter().zip(weights);
    let parts = parts.map(|(severity, n)| format!("{n} {}", severity.label(lang).to_lowercase()));
    parts.collect::<Vec<_>>().join(", ")
}

/// The key of the returns' deadline.
const RETURNS: &str = "nop_phieu";

pub(super) fn office(outcome: &Outcome) -> Option<OfficeStand> {
    let result = outcome.offices.as_ref()?;
    let set = outcome.book.get(&result.set)?;
    if result.source.is_none() && set.nodes.iter().any(Node::is_asked) {
        return None;
    }
    let level = result.scored.level;
    let name = level.zip(set.overall_scale()).map_or("", |(level, scale)| scale.name_of(level));
    let most = set.most();
    Some(OfficeStand { points: result.scored.total, most, level, name: name.to_owned() })
}

fn deadlines(outcome: &Outcome) -> Vec<DeadlineAhead> {
    let frozen = |kind: Kind| outcome.milestones.iter().any(|milestone| milestone.kind >= kind);
    let ahead = |(key, label, day): (&'static str, [&'static str; 2], Date)| {
        let days = outcome.at.date().until(day).ok()?.get_days();
        let reached = match key {
            "phe_duyet" => frozen(Kind::Approval),
            "gui_so" => frozen(Kind::Report),
            _ => false,
        };
        Some(DeadlineAhead { key, label, day, days, reached })
    };
    outcome.office.deadlines.all().into_iter().filter_map(ahead).collect()
}
