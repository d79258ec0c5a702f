//! A school: what became of its returns, or one of its items.

use super::node::{Return, overall};
use super::{Unknown, item_in, say, unknown_item};
use crate::finding::{Finding, Lang, Severity};
use crate::outcome::{ExpectedReturn, Outcome, Status};
use crate::rules::RuleSet;

/// The chain of every set that the school owes and that has the item.
pub fn text(outcome: &Outcome, school: usize, item: Option<&str>, lang: Lang) -> Result<String, Unknown> {
    let known = &outcome.schools[school];
    let mut out = format!("{} ({})\n", known.name, known.code);
    let expected = outcome.expected.iter().filter(|expected| expected.school == school);
    let expected: Vec<(&ExpectedReturn, &RuleSet)> =
        expected.filter_map(|expected| Some((expected, outcome.book.get(&expected.set)?))).collect();
    if expected.is_empty() {
        out.push_str(&say(lang, "Trường không phải nộp phiếu nào.\n", "The school owes no return.\n"));
    }
    let mut is_told = false;
    for (expected, set) in &expected {
        let index = match item.map(|item| item_in(set, item)) {
            None => None,
            Some(Some(index)) => Some(index),
            Some(None) => continue,
        };
        is_told = true;
        out.push_str(&one(outcome, expected, set, index, lang));
    }
    match item {
        Some(item) if !is_told => Err(unknown_item(item, expected.into_iter().map(|(_, set)| set))),
        _ => Ok(out),
    }
}

fn one(outcome: &Outcome, expected: &ExpectedReturn, set: &RuleSet, index: Option<usize>, lang: Lang) -> String {
    let code = &outcome.school_of(expected).code;
    let is_mine = |finding: &&Finding| {
        finding.school.as_ref() == Some(code) && finding.set.as_ref().is_none_or(|of| *of == expected.set)
    };
    let findings: Vec<&Finding> = outcome.findings.iter().filter(is_mine).collect();
    let mut out = format!("\n{} ({})\n  {}\n", set.short, set.decision, status(expected, lang));
    let (scored, counts) = match (&expected.scored, &expected.pending) {
        (Some(scored), _) => (scored, true),
        (None, Some(pending)) => (pending, false),
        (None, None) => {
            out.push_str(&errors(&findings, lang));
            return out;
        }
    };
    if !counts {
        let what = say(
            lang,
            "  Phiếu chưa được tính; dưới đây là điểm nếu được tính như hiện nay.\n",
            "  The return does not count; below are its points if it did.\n",
        );
        out.push_str(&what);
        out.push_str(&errors(&findings, lang));
    }
    let of = Return { set, scored, source: expected.source.as_ref(), findings, lang };
    match index {
        Some(index) => out.push_str(&of.chain(index)),
        None => out.push_str(&overall(&of)),
    }
    out
}

fn status(expected: &ExpectedReturn, lang: Lang) -> String {
    let status = match expected.status {
        Status::Accepted => say(lang, "Phiếu được tính", "The return counts"),
        Status::NotValid => say(lang, "Đã nộp, phải sửa", "Returned, to be corrected"),
        Status::Missing => say(lang, "Chưa nộp", "Missing"),
    };
    match &expected.source {
        Some(source) => format!("{status}: {}", source.file),
        None => status,
    }
}

/// What keeps a return from counting.
fn errors(findings: &[&Finding], lang: Lang) -> String {
    let errors = findings.iter().filter(|finding| finding.severity == Severity::Error);
    let lines = errors.map(|finding| {
        let place = finding.place.to_string();
        let place = if place.is_empty() { String::new() } else { format!(" ({place})") };
        format!("    {} {}{place}\n", finding.code, finding.message(lang))
    });
    lines.collect()
}
