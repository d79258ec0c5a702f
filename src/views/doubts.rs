//! What no rule forbids and a person should look at, each with its reason. Signs, not verdicts: for the office alone.

use std::collections::{BTreeMap, HashMap};

use super::changes::Comparison;
use super::next_level::{ends, leveled};
use super::returns::counted;
use super::words::listed;
use crate::outcome::{ExpectedReturn, Outcome, Scored, ScoredNode, State};
use crate::points::Points;
use crate::rules::{Node, RuleSet};
use crate::text::fold;

/// How near to a threshold is near.
const NEAR: Points = Points::whole(2);
/// A total that changes by this part of the set's points is a jump: a fifth.
const JUMP: i64 = 5;
/// So many levels up or down are one, too.
const JUMP_LEVELS: u8 = 2;
/// Shorter evidence ("có", "đã có") says the same everywhere.
const LEAST_EVIDENCE: usize = 10;
/// Items or schools that are named.
const NAMED: usize = 15;

/// A sign at a return.
#[derive(Debug, Clone, PartialEq)]
pub struct Doubt<'a> {
    /// The return; of several that share the sign, the first.
    pub expected: &'a ExpectedReturn,
    /// Its set.
    pub set: &'a RuleSet,
    /// What it is, in a few words.
    pub sign: &'static str,
    /// In a sentence, with what it rests on.
    pub reason: String,
    /// Points and the threshold that they are near to.
    pub near: Option<(Points, Points)>,
}

/// All signs, those of the same kind together; what changed since last year and since the run before, where these are known.
pub fn doubts<'a>(
    outcome: &'a Outcome,
    previous: Option<&'a Outcome>,
    last_year: Option<&'a Outcome>,
) -> Vec<Doubt<'a>> {
    let mut doubts = same_scores(outcome);
    doubts.extend(same_evidence(outcome));
    doubts.extend(full_without_evidence(outcome));
    if let Some(last) = last_year {
        doubts.extend(jumps(outcome, last, &format!("năm học {}", last.office.year)));
    }
    if let Some(previous) = previous {
        doubts.extend(jumps(outcome, previous, &format!("lần chạy {}", previous.run)));
    }
    doubts.extend(near_a_threshold(outcome));
    doubts
}

/// Schools whose answers agree in every item, as far as there is more than zero.
fn same_scores(outcome: &Outcome) -> Vec<Doubt<'_>> {
    let mut groups: BTreeMap<_, Vec<(&ExpectedReturn, &RuleSet)>> = BTreeMap::new();
    for (expected, set, scored) in counted(outcome) {
        let scores: Vec<Option<Points>> = own(set, scored).map(|(_, result)| result.claimed).collect();
        if scores.iter().flatten().any(|points| *points > Points::ZERO) {
            groups.entry((&set.id, scores)).or_default().push((expected, set));
        }
    }
    let mut doubts = Vec::new();
    for group in groups.into_values().filter(|group| group.len() > 1) {
        let names: Vec<&str> = group.iter().map(|(expected, _)| outcome.school_of(expected).name.as_str()).collect();
        for (expected, set) in &group {
            let reason = format!("Điểm tự đánh giá giống nhau ở mọi nội dung giữa {}.", listed(&names, NAMED));
            doubts.push(Doubt { expected, set, sign: "Cùng điểm với trường khác", reason, near: None });
        }
    }
    doubts.sort_by_key(|doubt| doubt.expected.school);
    doubts
}

/// Items of a set that its schools answer themselves.
fn own<'a>(set: &'a RuleSet, scored: &'a Scored) -> impl Iterator<Item = (&'a Node, &'a ScoredNode)> {
    set.nodes.iter().zip(&scored.nodes).filter(|(node, _)| node.kind.is_scored())
}

/// Schools that give the same evidence for the same item; one row for the schools that share it.
fn same_evidence(outcome: &Outcome) -> Vec<Doubt<'_>> {
    let all: Vec<(&ExpectedReturn, &RuleSet, &Scored)> = counted(outcome).collect();
    let mut items: BTreeMap<Vec<usize>, Vec<String>> = BTreeMap::new();
    for set in &outcome.book.sets {
        let of_set: Vec<usize> = (0..all.len()).filter(|&at| all[at].1.id == set.id).collect();
        for (node, of) in set.nodes.iter().enumerate().filter(|(_, of)| of.kind.is_scored()) {
            let mut as_written: HashMap<&str, Vec<usize>> = HashMap::new();
            for &at in &of_set {
                let evidence = all[at].2.nodes.get(node).map_or("", |result| &*result.evidence);
                if evidence.chars().count() >= LEAST_EVIDENCE {
                    as_written.entry(evidence).or_default().push(at);
                }
            }
            // To fold a text is most of the work: each is folded once, however many schools wrote it so.
            let mut by_text: HashMap<String, Vec<usize>> = HashMap::new();
            for (evidence, who) in as_written {
                by_text.entry(fold(evidence)).or_default().extend(who);
            }
            for mut who in by_text.into_values().filter(|who| who.len() > 1) {
                who.sort_unstable();
                items.entry(who).or_default().push(of.code.to_string());
            }
        }
    }
    let mut doubts = Vec::new();
    for (who, codes) in &items {
        let names: Vec<&str> = who.iter().map(|&at| outcome.school_of(all[at].0).name.as_str()).collect();
        let (expected, set, _) = all[who[0]];
        let reason = format!("Minh chứng giống hệt nhau ở {} giữa {}.", listed(codes, NAMED), listed(&names, NAMED));
        doubts.push(Doubt { expected, set, sign: "Cùng minh chứng với trường khác", reason, near: None });
    }
    doubts
}

/// Items with all their points and no word of evidence, that nobody has verified.
fn full_without_evidence(outcome: &Outcome) -> Vec<Doubt<'_>> {
    let mut doubts = Vec::new();
    for (expected, set, scored) in counted(outcome) {
        let mut codes = Vec::new();
        for (node, result) in own(set, scored) {
            let is_full = result.claimed.is_some() && result.claimed == node.max && result.state == State::Counted;
            if is_full && result.counted > Points::ZERO && result.verified.is_none() && result.evidence.is_empty() {
                codes.push(node.code.to_string());
            }
        }
        if !codes.is_empty() {
            let reason =
                format!("{} nội dung đạt điểm tối đa mà không ghi minh chứng: {}.", codes.len(), listed(&codes, NAMED));
            doubts.push(Doubt { expected, set, sign: "Điểm tối đa, không minh chứng", reason, near: None });
        }
    }
    doubts
}

/// Totals and levels that changed by much since an earlier result, on the same set.
fn jumps<'a>(outcome: &'a Outcome, earlier: &'a Outcome, since: &str) -> Vec<Doubt<'a>> {
    let mut doubts = Vec::new();
    for pair in Comparison::of(earlier, outcome).returns {
        let (expected, Some((then, now))) = (pair.after, pair.scored()) else { continue };
        let Some(set) = outcome.book.get(&expected.set) else { continue };
        let least = Points::hundredths(set.most().as_hundredths() / JUMP);
        let (points, verb) = match now.total >= then.total {
            true => (now.total - then.total, "tăng"),
            false => (then.total - now.total, "giảm"),
        };
        let levels = now.level.zip(then.level).filter(|(now, then)| now.0.abs_diff(then.0) >= JUMP_LEVELS);
        let mut reasons = Vec::new();
        if least > Points::ZERO && points >= least {
            reasons.push(format!(
                "Tổng điểm {verb} {points} (từ {} thành {}), bằng hoặc hơn một phần năm điểm tối đa ({least}).",
                then.total, now.total
            ));
        }
        if let Some((now, then)) = levels {
            reasons.push(format!("Mức {then} thành mức {now}, cách {JUMP_LEVELS} mức trở lên."));
        }
        if !reasons.is_empty() {
            let reason = format!("So với {since}: {}", reasons.join(" "));
            doubts.push(Doubt { expected, set, sign: "Thay đổi lớn", reason, near: None });
        }
    }
    doubts
}

/// Groups and totals within [`NEAR`] of an end between levels.
fn near_a_threshold(outcome: &Outcome) -> Vec<Doubt<'_>> {
    let mut doubts = Vec::new();
    for (expected, set, scored) in counted(outcome) {
        for leveled in leveled(set) {
            let (points, level) = leveled.of(scored);
            let distance = |end: Points| (points - end).max(end - points);
            for end in ends(leveled.scale).map(|end| end.at).filter(|end| distance(*end) <= NEAR) {
                let reason = format!(
                    "{}: {points} điểm, cách ngưỡng {end} điểm không quá {NEAR} điểm; đang ở mức {level}.",
                    leveled.title(set)
                );
                doubts.push(Doubt { expected, set, sign: "Sát ngưỡng mức", reason, near: Some((points, end)) });
            }
        }
    }
    doubts
}
