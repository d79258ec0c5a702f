//! What changed between two results as text for a terminal: the verdict, then schools, then findings. Prints nothing.

use crate::finding::{Finding, Lang};
use crate::outcome::history::Stand;
use crate::points::Points;
use crate::school::School;
use crate::views::changes::{Comparison, Pair};

/// So many findings are listed; the count is always whole.
const LISTED: usize = 20;

/// What changed, as people read it.
pub fn text(comparison: &Comparison, lang: Lang) -> String {
    let say = |vi: &str, en: &str| if lang == Lang::Vi { vi.to_owned() } else { en.to_owned() };
    let changed: Vec<&Pair> = comparison.changed().collect();
    let (new, gone) = comparison.findings();
    let (schools, came, went) = (changed.len(), new.len(), gone.len());
    let mut lines = vec![say(
        &format!("{schools} phiếu thay đổi; {came} điều mới phải sửa hoặc cần xem lại, {went} điều đã hết."),
        &format!("{schools} returns changed; {came} new errors or warnings, {went} gone."),
    )];
    if let Some((before, after)) = comparison.office() {
        lines.push(format!("{}: {}", say("Cơ quan", "The office"), stands(before, after, lang)));
    }
    lines.extend(changed.into_iter().map(|pair| school(comparison, pair, lang)));
    let codes = |title: String, schools: Vec<&School>| {
        let codes: Vec<&str> = schools.iter().map(|school| school.code.0.as_str()).collect();
        (!codes.is_empty()).then(|| format!("{title}: {}", codes.join(", ")))
    };
    lines.extend(codes(say("Trường mới trong danh sách", "New in the roster"), comparison.new_schools().collect()));
    let left = say("Trường không còn trong danh sách", "No longer in the roster");
    lines.extend(codes(left, comparison.gone_schools().collect()));
    lines.extend(list(&say("Mới", "New"), &new, lang));
    lines.extend(list(&say("Đã hết", "Gone"), &gone, lang));
    lines.join("\n") + "\n"
}

fn list(title: &str, findings: &[&Finding], lang: Lang) -> Vec<String> {
    if findings.is_empty() {
        return Vec::new();
    }
    let mut lines = vec![format!("\n{title} ({}):", findings.len())];
    for finding in findings.iter().take(LISTED) {
        let school = finding.school.as_ref().map(|code| format!("{code} ")).unwrap_or_default();
        lines.push(format!("  {} {school}{}", finding.code, finding.message(lang)));
    }
    if findings.len() > LISTED {
        lines.push("  ...".to_owned());
    }
    lines
}

fn school(comparison: &Comparison, pair: &Pair, lang: Lang) -> String {
    let school = comparison.after.school_of(pair.after);
    let label = |stand: Stand| stand.status.map_or("–".to_owned(), |status| status.label(lang).to_lowercase());
    let (before, after) = pair.stands();
    let status = match before.status == after.status {
        true => String::new(),
        false => format!("{} → {}; ", label(before), label(after)),
    };
    let other = match (pair.other_set(), lang) {
        (None, _) => "",
        (Some(_), Lang::Vi) => " (khác bộ chỉ số, điểm không so được)",
        (Some(_), Lang::En) => " (another set: points do not compare)",
    };
    format!("{} {}: {status}{}{other}", school.code, school.name, stands(before, after, lang))
}

/// `điểm 40 → 45,5, mức 1`
pub fn stands(before: Stand, after: Stand, lang: Lang) -> String {
    let points = |stand: Stand| match (stand.points, lang) {
        (None, _) => "–".to_owned(),
        (Some(points), Lang::Vi) => points.to_string(),
        (Some(points), Lang::En) => Points::plain(points),
    };
    let level = |stand: Stand| stand.level.map_or("–".to_owned(), |level| level.to_string());
    let arrow = |before: String, after: String| if before == after { before } else { format!("{before} → {after}") };
    let (points, level) = (arrow(points(before), points(after)), arrow(level(before), level(after)));
    match lang {
        Lang::Vi => format!("điểm {points}, mức {level}"),
        Lang::En => format!("points {points}, level {level}"),
    }
}
