//! Formulas against the sets in force: a set that was replaced is followed to what stands for it, and every group and
//! level that a formula names must be there.

use std::collections::BTreeSet;

use super::{Between, Removed};
use crate::codes::{ItemCode, Level, SetId};
use crate::finding::{Finding, code};
use crate::rules::audit::{of_set, titled};
use crate::rules::{Computed, Counts, LevelOver, Loaded, Node, Of, Origin, RuleSet};
use crate::text;

/// Resolves what the formulas of each set compute from.
pub(super) fn formulas(kept: &mut [Loaded], removed: &[Removed], between: &mut Between) {
    let mut resolved: Vec<(usize, usize, Vec<Of>)> = Vec::new();
    for (at, one) in kept.iter().enumerate() {
        for (index, node) in one.set.nodes.iter().enumerate() {
            let Some(computed) = &node.computed else { continue };
            let mut task = Task { one, node, computed, kept, removed, between: &mut *between };
            resolved.push((at, index, task.resolve()));
        }
    }
    for (at, index, of) in resolved {
        if let Some(computed) = &mut kept[at].set.nodes[index].computed {
            computed.of = of;
        }
    }
}

struct Task<'a> {
    one: &'a Loaded,
    node: &'a Node,
    computed: &'a Computed,
    kept: &'a [Loaded],
    removed: &'a [Removed],
    between: &'a mut Between,
}

impl<'a> Task<'a> {
    fn wrong(&mut self, vi: String, en: String) {
        self.between.wrong(self.one, &self.node.code.to_string(), vi, en);
    }

    fn say(&mut self, finding: Finding) {
        let finding = finding.with("title", titled(self.node)).on(self.node.code);
        self.between.findings.push(of_set(&self.one.set, finding));
    }

    /// What the formula computes from now. After a mistake nothing is said of what follows from it.
    fn resolve(&mut self) -> Vec<Of> {
        let mut parts: Vec<(&'a RuleSet, Of)> = Vec::new();
        let mut whole = true;
        for of in &self.computed.of {
            let targets = self.targets(of);
            whole &= !targets.is_empty();
            for target in targets {
                match self.groups(of, target) {
                    Some(found) if parts.iter().any(|(_, known)| *known == found) => {}
                    Some(_) if parts.iter().any(|(known, _)| known.id == target.id) => {
                        whole = false;
                        let id = &target.id;
                        self.wrong(
                            format!("of: hai phần cùng tính từ bộ “{id}” mà khác nhóm"),
                            format!("of: two parts are computed from “{id}”, over different groups"),
                        );
                    }
                    Some(found) => parts.push((target, found)),
                    None => whole = false,
                }
            }
        }
        if whole && self.computed.formula.uses_levels() {
            self.levels(&parts);
        }
        parts.into_iter().map(|(_, of)| of).collect()
    }

    /// The sets in force that a part of the formula computes from.
    fn targets(&mut self, of: &Of) -> Vec<&'a RuleSet> {
        if of.set == self.one.set.id {
            self.wrong(
                format!("of: bộ “{}” tính từ chính nó", of.set),
                format!("of: “{}” is computed from itself", of.set),
            );
            return Vec::new();
        }
        let mut found: Vec<&SetId> = vec![&of.set];
        let mut targets = Vec::new();
        let mut next = 0;
        while let Some(&id) = found.get(next) {
            next += 1;
            match self.kept.iter().find(|one| one.set.id == *id) {
                Some(one) => targets.push(&one.set),
                None => {
                    let by = self.removed.iter().filter(|removed| removed.set.id == *id).flat_map(|one| &one.by);
                    let new: Vec<&SetId> = by.filter(|by| !found.contains(by)).collect();
                    found.extend(new);
                }
            }
        }
        if targets.is_empty() {
            self.unknown(&of.set);
        }
        targets
    }

    fn unknown(&mut self, id: &SetId) {
        let known: Vec<&str> =
            self.kept.iter().filter(|one| !one.set.is_offices()).map(|one| one.set.id.0.as_str()).collect();
        let (vi, en) = match text::nearest(&id.0, known.iter().copied(), 0.5) {
            Some(nearest) => (format!("có phải “{nearest}”?"), format!("did you mean “{nearest}”?")),
            None => (format!("đang có: {}", known.join(", ")), format!("there are: {}", known.join(", "))),
        };
        self.wrong(format!("of: không có bộ “{id}”; {vi}"), format!("of: no set “{id}”; {en}"));
    }

    /// Whether a formula of ours meets a set of the office: it was written for what the set was before.
    fn is_foreign(&self, target: &RuleSet) -> bool {
        matches!(self.one.set.origin, Origin::Embedded(_)) && matches!(target.origin, Origin::File(_))
    }

    /// What to do where ours does not fit, in both languages.
    fn hint(&self, target: &RuleSet) -> (String, String) {
        if !self.is_foreign(target) {
            return (String::new(), String::new());
        }
        let name = self.one.set.origin.name();
        (
            format!("; thêm vào quy-tac bộ của cơ quan, sửa từ {name}"),
            format!("; put an office set of your own into quy-tac, made from {name}"),
        )
    }

    fn groups(&mut self, of: &Of, target: &RuleSet) -> Option<Of> {
        let there: BTreeSet<ItemCode> = target.groups().map(|(_, node)| node.code).collect();
        let missing: Vec<String> =
            of.groups.iter().filter(|group| !there.contains(group)).map(ItemCode::to_string).collect();
        if !missing.is_empty() {
            let (missing, id) = (missing.join(", "), &target.id);
            let hint = self.hint(target);
            self.wrong(
                format!("of: bộ “{id}” ({}) không có nhóm {missing}{}", target.origin.name(), hint.0),
                format!("of: “{id}” ({}) has no group {missing}{}", target.origin.name(), hint.1),
            );
            return None;
        }
        if of.set != target.id {
            self.say(Finding::new(code::FORMULA_FOLLOWS).with("id", &of.set).with("of", &target.id));
        }
        Some(Of { set: target.id.clone(), groups: of.groups.clone() })
    }

    /// Whether the levels that the formula weighs are those of the sets.
    fn levels(&mut self, parts: &[(&RuleSet, Of)]) {
        let mut known: Vec<(&RuleSet, Vec<Level>)> = Vec::new();
        for (target, of) in parts {
            let over = target.level_over(&of.groups);
            if let Some(without) = without_scale(target, &over) {
                let (id, hint) = (&target.id, self.hint(target));
                self.wrong(
                    format!("of: nhóm {without} của bộ “{id}” không có thang mức{}", hint.0),
                    format!("of: group {without} of “{id}” has no scale{}", hint.1),
                );
                return;
            }
            known.push((target, target.levels_over(&over)));
        }
        let used = self.computed.formula.levels();
        for level in used {
            let lacking: Vec<&RuleSet> =
                known.iter().filter(|(_, levels)| !levels.contains(&level)).map(|(set, _)| *set).collect();
            let nowhere = lacking.len() == known.len();
            for target in lacking {
                let id = &target.id;
                if nowhere && !self.is_foreign(target) {
                    self.wrong(format!("bộ “{id}” không có mức {level}"), format!("“{id}” has no level {level}"));
                    continue;
                }
                let weighs = self.computed.formula.weight(level).is_some();
                let said = if weighs && !nowhere { code::WEIGHT_FOR_OTHER_SETS } else { code::WEIGHT_WITHOUT_LEVEL };
                self.say(Finding::new(said).with("of", id).with("level", level));
            }
        }
        if self.computed.formula.counts() == Counts::Levels {
            for (target, levels) in &known {
                for level in levels.iter().filter(|&&level| self.computed.formula.weight(level).is_none()) {
                    self.say(Finding::new(code::WEIGHT_MISSING).with("of", &target.id).with("level", level));
                }
            }
        }
    }
}

/// The named groups that have no level, where one is needed.
fn without_scale(set: &RuleSet, over: &LevelOver) -> Option<String> {
    let LevelOver::Lowest(groups) = over else { return None };
    let without = groups.iter().filter(|&&group| set.scale_of(group).is_none());
    let codes: Vec<String> = without.map(|&group| set.nodes[group].code.to_string()).collect();
    (!codes.is_empty()).then(|| codes.join(", "))
}
