//! What changed between two results as text for a terminal: the verdict, then schools, then findings. Prints nothing.

use std::fmt::Write;

use crate::finding::{Finding, Lang};
use crate::outcome::Status;
use crate::points::Points;
use crate::views::changes::{Changes, Result, SchoolChange};

/// So many findings are listed; the count is always whole.
const LISTED: usize = 20;

/// What changed, as people read it.
pub fn text(changes: &Changes, lang: Lang) -> String {
    let vi = lang == Lang::Vi;
    let mut out = String::new();
    let (schools, new, gone) = (changes.schools.len(), changes.new_findings.len(), changes.gone_findings.len());
    let _ = match vi {
        true => {
            writeln!(out, "{schools} phiếu thay đổi; {new} điều mới phải sửa hoặc cần xem lại, {gone} điều đã hết.")
        }
        false => writeln!(out, "{schools} returns changed; {new} new errors or warnings, {gone} gone."),
    };
    if let Some((before, after)) = &changes.office {
        let whose = if vi { "Cơ quan" } else { "The office" };
        let _ = writeln!(out, "{whose}: {}", results(before, after, lang));
    }
    for change in &changes.schools {
        let _ = writeln!(out, "{}", school(change, lang));
    }
    let lists = [
        (&changes.new, if vi { "Trường mới trong danh sách" } else { "New in the roster" }),
        (&changes.gone, if vi { "Trường không còn trong danh sách" } else { "No longer in the roster" }),
    ];
    for (codes, title) in lists.into_iter().filter(|(codes, _)| !codes.is_empty()) {
        let codes: Vec<&str> = codes.iter().map(|code| code.0.as_str()).collect();
        let _ = writeln!(out, "{title}: {}", codes.join(", "));
    }
    list(&mut out, if vi { "Mới" } else { "New" }, &changes.new_findings, lang);
    list(&mut out, if vi { "Đã hết" } else { "Gone" }, &changes.gone_findings, lang);
    out
}

fn list(out: &mut String, title: &str, findings: &[Finding], lang: Lang) {
    if findings.is_empty() {
        return;
    }
    let _ = writeln!(out, "\n{title} ({}):", findings.len());
    for finding in findings.iter().take(LISTED) {
        let school = finding.school.as_ref().map(|code| format!("{code} ")).unwrap_or_default();
        let _ = writeln!(out, "  {} {school}{}", finding.code, finding.message(lang));
    }
    if findings.len() > LISTED {
        let _ = writeln!(out, "  ...");
    }
}

fn school(change: &SchoolChange, lang: Lang) -> String {
    let status = match change.status {
        (Some(before), after) if before == after => String::new(),
        (before, after) => {
            let before = before.map_or("–", |status| status_word(status, lang));
            format!("{before} → {}; ", status_word(after, lang))
        }
    };
    let other = match (change.other_set, lang) {
        (false, _) => "",
        (true, Lang::Vi) => " (khác bộ chỉ số, điểm không so được)",
        (true, Lang::En) => " (another set: points do not compare)",
    };
    let results = results(&change.result.0, &change.result.1, lang);
    format!("{} {}: {status}{results}{other}", change.school, change.name)
}

fn status_word(status: Status, lang: Lang) -> &'static str {
    match (lang, status) {
        (Lang::Vi, Status::Accepted) => "được tính",
        (Lang::Vi, Status::NotValid) => "phải sửa",
        (Lang::Vi, Status::Missing) => "chưa nộp",
        (Lang::En, Status::Accepted) => "counted",
        (Lang::En, Status::NotValid) => "to be corrected",
        (Lang::En, Status::Missing) => "missing",
    }
}

fn results(before: &Result, after: &Result, lang: Lang) -> String {
    let points = |points: Option<Points>| match (points, lang) {
        (None, _) => "–".to_owned(),
        (Some(points), Lang::Vi) => points.to_string(),
        (Some(points), Lang::En) => points.plain(),
    };
    let level = |result: &Result| result.level.map_or("–".to_owned(), |level| level.to_string());
    let arrow = |before: String, after: String| if before == after { before } else { format!("{before} → {after}") };
    let (points, level) = (arrow(points(before.points), points(after.points)), arrow(level(before), level(after)));
    match lang {
        Lang::Vi => format!("điểm {points}, mức {level}"),
        Lang::En => format!("points {points}, level {level}"),
    }
}
