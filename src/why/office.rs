//! The office's own criteria: the total, an item of its form, or a computed one with the numbers behind it.

use super::node::{Return, level_text, overall};
use super::{Unknown, item_in, rule, say, unknown_item};
use crate::codes::Level;
use crate::finding::{Finding, Lang};
use crate::outcome::{ComputedResult, Outcome};
use crate::rules::{Computed, Denominator, Node, RuleSet, Scale};

/// The chain of the total or of one criterion.
pub fn text(outcome: &Outcome, item: Option<&str>, lang: Lang) -> Result<String, Unknown> {
    let result = outcome.offices.as_ref().ok_or(Unknown::Office)?;
    let set = outcome.book.get(&result.set).ok_or(Unknown::Office)?;
    let of_office =
        |finding: &&Finding| finding.school.is_none() && finding.set.as_ref().is_none_or(|of| *of == set.id);
    let findings = outcome.findings.iter().filter(of_office).collect();
    let of = Return { set, scored: &result.scored, source: result.source.as_ref(), findings, lang };
    let mut out = format!("{}\n\n{} ({})\n", outcome.office.name, set.short, set.decision);
    let Some(item) = item else {
        out.push_str(&overall(&of));
        return Ok(out);
    };
    let index = item_in(set, item).ok_or_else(|| unknown_item(item, std::iter::once(set)))?;
    let node = &set.nodes[index];
    match node.computed.as_ref().zip(result.computed.iter().find(|one| one.code == node.code)) {
        Some((computed, numbers)) => out.push_str(&computed_text(outcome, set, node, computed, numbers, lang)),
        None => out.push_str(&of.chain(index)),
    }
    Ok(out)
}

fn computed_text(
    outcome: &Outcome,
    set: &RuleSet,
    node: &Node,
    computed: &Computed,
    numbers: &ComputedResult,
    lang: Lang,
) -> String {
    let max = node.max.unwrap_or_default();
    let mut out = format!("{} {}\n", node.code, node.title);
    let mut line = |label: (&str, &str), value: String| {
        out.push_str(&format!("    {}: {value}\n", say(lang, label.0, label.1)));
    };
    line(("Được tính", "Counted"), format!("{}/{max}", numbers.points));
    line(("Công thức", "Formula"), computed.formula.words(lang));
    for of in &computed.of {
        let groups: Vec<String> = of.groups.iter().map(ToString::to_string).collect();
        let name = outcome.book.get(&of.set).map_or(of.set.0.as_str(), |set| &set.short);
        line(("Phiếu", "Returns"), format!("{name}, {} {}", say(lang, "nhóm", "groups"), groups.join(", ")));
    }
    if !computed.scope.is_all() {
        line(("Tính trên", "Over"), computed.scope.words(lang).to_owned());
    }
    line(("Trường phải nộp", "Schools that owe a return"), numbers.expected.to_string());
    line(("Phiếu được tính", "Returns that count"), numbers.returned.to_string());
    let scale = computed.of.iter().find_map(|of| outcome.book.get(&of.set)?.overall_scale());
    for (level, schools) in &numbers.by_level {
        line(("Số trường", "Schools"), format!("{schools} ({})", level_name(scale, *level, lang)));
    }
    line(("Tử số", "Numerator"), numbers.numerator.to_string());
    let by = match computed.denominator {
        Denominator::Expected => say(
            lang,
            "mọi trường phải nộp; chưa được tính là mức thấp nhất",
            "every school that owes; else the lowest level",
        ),
        Denominator::Returned => say(lang, "trường có phiếu được tính", "schools whose return counts"),
    };
    line(("Mẫu số", "Denominator"), format!("{} ({by})", numbers.denominator));
    line(("Tỉ lệ", "Share"), numbers.share.percent());
    line(("Điểm", "Points"), format!("{max} x {} → {}", numbers.share.percent(), numbers.points));
    out.push_str(&rule::lines(set, &format!("{} ", node.code), lang));
    out
}

fn level_name(scale: Option<&Scale>, level: Level, lang: Lang) -> String {
    scale.map_or_else(|| level.to_string(), |scale| level_text(scale, level, lang))
}
