//! One node of one return: an item with its conditions and its cell, a sum with what is below it, its scale and its
//! mandatory conditions.

use super::{check, rule, say};
use crate::finding::{Finding, Lang, Place};
use crate::outcome::Source;
use crate::outcome::{Scored, ScoredNode, State};
use crate::rules::{Bound, NodeKind, RuleSet, Scale};

/// A return, as far as a chain needs it.
pub struct Return<'a> {
    pub set: &'a RuleSet,
    pub scored: &'a Scored,
    pub source: Option<&'a Source>,
    /// Findings about this school and set; of the office none bears a school.
    pub findings: Vec<&'a Finding>,
    pub lang: Lang,
}

impl Return<'_> {
    /// Where the answer stands: `nop/a.xlsx > Phiếu tự đánh giá > D18`.
    fn place(&self, result: &ScoredNode) -> String {
        let Some(source) = self.source else { return String::new() };
        let sheet = result.sheet.as_ref().unwrap_or(&source.sheet);
        let place = Place {
            file: Some(source.file.clone()),
            sheet: Some(sheet.clone()).filter(|sheet| !sheet.is_empty()),
            cell: result.cell,
        };
        place.to_string()
    }

    /// Points of a node, and what they are out of.
    pub fn points(&self, index: usize) -> String {
        let counted = self.scored.nodes[index].counted;
        self.set.nodes[index].max.map_or(counted.to_string(), |max| format!("{counted}/{max}"))
    }

    /// The whole chain of one node.
    pub fn chain(&self, index: usize) -> String {
        let node = &self.set.nodes[index];
        let mut out = format!("{} {}\n", node.code, node.title);
        match node.kind {
            NodeKind::Mandatory => out.push_str(&self.mandatory(index)),
            _ if node.is_leaf() => out.push_str(&self.item(index)),
            _ => out.push_str(&self.sum(index)),
        }
        for finding in self.findings.iter().filter(|finding| finding.item == Some(node.code)) {
            let (label, message) = (finding.label(self.lang), finding.message(self.lang));
            out.push_str(&format!("    {} {label}: {message}\n", finding.code));
            if finding.opinion.is_some() {
                out.push_str(&format!("      {}\n", finding.opinion(self.lang)));
            }
        }
        out.push_str(&rule::lines(self.set, &format!("{} ", node.code), self.lang));
        if node.kind == NodeKind::Mandatory {
            out.push_str(&rule::lines(self.set, "unmet", self.lang));
        }
        out
    }

    fn mandatory(&self, index: usize) -> String {
        let result = &self.scored.nodes[index];
        let answer = match result.own_met() {
            Some(_) => say(self.lang, "Điều kiện bắt buộc đạt", "The mandatory condition is met"),
            None => say(self.lang, "Điều kiện bắt buộc được trả lời", "The mandatory condition is answered"),
        };
        let mut out = check(self.lang, result.own_met() == Some(true), &format!("{answer} ({})", self.place(result)));
        if let Some(verified) = result.verified_met {
            let text = say(
                self.lang,
                "Thẩm định là đạt: thay cho câu trả lời của trường",
                "Verified as met: it stands for the school's answer",
            );
            out.push_str(&check(self.lang, verified.met, &text));
        }
        out
    }

    fn item(&self, index: usize) -> String {
        let lang = self.lang;
        let (node, result) = (&self.set.nodes[index], &self.scored.nodes[index]);
        let place = self.place(result);
        let max = node.max.unwrap_or_default();
        let mut out = format!("  {}: {}\n", say(lang, "Được tính", "Counted"), self.points(index));
        let claimed = result.claimed.map_or_else(|| say(lang, "không có", "none"), |points| points.to_string());
        let shown = match &*result.written {
            "" => claimed,
            written => format!("{claimed}, “{written}”"),
        };
        out.push_str(&check(
            lang,
            result.claimed.is_some(),
            &format!("{}: {shown} ({place})", say(lang, "Có điểm tự đánh giá đọc được", "The self score can be read")),
        ));
        out.push_str(&check(
            lang,
            result.state == State::Counted,
            &say(
                lang,
                &format!("Điểm hợp lệ, từ 0 đến {max}, không có lỗi phải sửa"),
                &format!("The score is valid, from 0 to {max}, without an error"),
            ),
        ));
        if let Some(verified) = result.verified {
            let text = say(
                lang,
                &format!("Có điểm thẩm định {verified}: thay cho điểm tự đánh giá"),
                &format!("There is a verified score, {verified}: it stands for the self score"),
            );
            out.push_str(&check(lang, true, &text));
        }
        if !result.amount.is_empty() {
            out.push_str(&format!("    {}: {}\n", say(lang, "Số đạt, tổng số", "Amount"), result.amount));
        }
        for band in &node.bands {
            let from = if node.kind == NodeKind::Count { band.from.to_string() } else { band.from.percent() };
            out.push_str(&format!("    {} {from}: {}\n", say(lang, "Từ", "From"), band.points));
        }
        if !result.evidence.is_empty() {
            out.push_str(&format!("    {}: {}\n", say(lang, "Minh chứng", "Evidence"), result.evidence));
        }
        out
    }

    fn sum(&self, index: usize) -> String {
        let lang = self.lang;
        let (node, result) = (&self.set.nodes[index], &self.scored.nodes[index]);
        let mut out = format!("  {}: {}\n", say(lang, "Được tính", "Counted"), self.points(index));
        out.push_str(&format!("    {}:\n", say(lang, "Tổng của", "The sum of")));
        for &child in node.children.iter().filter(|&&child| self.set.nodes[child].max.is_some()) {
            let below = &self.set.nodes[child];
            out.push_str(&format!("      {} {}: {}\n", below.code, below.title, self.points(child)));
        }
        let Some((name, scale)) = node.scale.as_ref().zip(self.set.scale_of(index)) else {
            return out;
        };
        let held = result.held;
        out.push_str(&self.conditions(|at| self.is_below(at, index)));
        if let Some(level) = result.level {
            let text = level_text(scale, level, lang);
            out.push_str(&format!("  {text}"));
            if held {
                let why = say(
                    lang,
                    " (giữ ở mức này vì có điều kiện bắt buộc chưa đạt)",
                    " (held there, since a mandatory condition is not met)",
                );
                out.push_str(&why);
            }
            out.push('\n');
        }
        out.push_str(&self.thresholds(name, scale, result.counted));
        if held {
            out.push_str(&rule::lines(self.set, "unmet", lang));
        }
        out
    }

    /// The mandatory conditions at these places, each with its cell.
    pub fn conditions(&self, is_here: impl Fn(usize) -> bool) -> String {
        let mut out = String::new();
        let nodes = self.set.nodes.iter().enumerate();
        for (at, node) in nodes.filter(|(at, node)| node.kind == NodeKind::Mandatory && is_here(*at)) {
            let result = &self.scored.nodes[at];
            let what = say(self.lang, "Điều kiện bắt buộc", "Mandatory condition");
            let text = format!("{what} {} {} ({})", node.code, node.title, self.place(result));
            out.push_str(&check(self.lang, result.met == Some(true), &text));
        }
        out
    }

    /// Each level of a scale, true where the points are in its range; then the rule of the scale.
    pub fn thresholds(&self, name: &str, scale: &Scale, points: crate::points::Points) -> String {
        let mut out = String::new();
        let reached = scale.level_of(points);
        for range in &scale.levels {
            let text =
                format!("{points} {}: {}", ends(range.lower, range.upper), level_text(scale, range.level, self.lang));
            out.push_str(&check(self.lang, range.level == reached, &text));
        }
        out.push_str(&rule::lines(self.set, &format!("scales.{name} "), self.lang));
        out
    }

    fn is_below(&self, mut at: usize, top: usize) -> bool {
        while let Some(parent) = self.set.nodes[at].parent {
            if parent == top {
                return true;
            }
            at = parent;
        }
        false
    }
}

/// A range in signs: `≥ 50, ≤ 75`.
fn ends(lower: Option<Bound>, upper: Option<Bound>) -> String {
    let low = lower.map(|end| format!("{} {}", if end.included { "≥" } else { ">" }, end.at));
    let high = upper.map(|end| format!("{} {}", if end.included { "≤" } else { "<" }, end.at));
    let both: Vec<String> = low.into_iter().chain(high).collect();
    both.join(", ")
}

/// `Mức 2: đáp ứng cơ bản`
pub fn level_text(scale: &Scale, level: crate::codes::Level, lang: Lang) -> String {
    let number = format!("{} {level}", say(lang, "Mức", "Level"));
    match scale.name_of(level) {
        "" => number,
        name => format!("{number}: {name}"),
    }
}

/// How the level of the whole return follows from its groups or total.
pub fn overall(of: &Return) -> String {
    use crate::rules::OverallRule;
    let (set, scored, lang) = (of.set, of.scored, of.lang);
    let mut out = format!("  {}: {}\n", say(lang, "Tổng điểm", "Total"), scored.total);
    for (index, node) in set.tops().filter(|(_, node)| node.max.is_some()) {
        let level = scored.nodes[index].level.zip(set.scale_of(index));
        let level = level.map_or(String::new(), |(level, scale)| format!("; {}", level_text(scale, level, lang)));
        out.push_str(&format!("    {} {}: {}{level}\n", node.code, node.title, of.points(index)));
    }
    if let Some((level, scale)) = scored.level.zip(set.overall_scale()) {
        let text = level_text(scale, level, lang);
        out.push_str(&format!("  {}: {text}\n", say(lang, "Mức độ chung", "Overall level")));
        let how = match &set.overall.rule {
            OverallRule::LowestGroup => say(lang, "mức thấp nhất trong các nhóm", "the lowest of the groups' levels"),
            OverallRule::ByTotal(_) => say(lang, "tổng điểm theo thang mức", "the total on the scale"),
        };
        out.push_str(&format!("    {}: {how}\n", say(lang, "Cách xếp", "How")));
        if let OverallRule::ByTotal(name) = &set.overall.rule {
            out.push_str(&of.thresholds(name, scale, scored.total));
        }
    }
    out.push_str(&of.conditions(|_| true));
    out.push_str(&rule::lines(set, "overall", lang));
    out
}
