//! Formulas against the sets in force: a set that was replaced is followed to what stands for it.

use std::collections::BTreeSet;

use super::{Between, Removed};
use crate::codes::{ItemCode, Level, SetId};
use crate::finding::{Finding, code};
use crate::rules::audit::{of_set, titled};
use crate::rules::{Computed, Formula, Loaded, Node, NodeKind, Of, Origin, RuleSet, Scale};
use crate::text;

/// Resolves what the formulas of each set compute from.
pub(super) fn formulas(kept: &mut [Loaded], removed: &[Removed], between: &mut Between) {
    let mut resolved: Vec<(usize, usize, Vec<Of>)> = Vec::new();
    for (at, one) in kept.iter().enumerate() {
        for (index, node) in one.set.nodes.iter().enumerate() {
            let Some(computed) = &node.computed else { continue };
            let mut task = Task { one, node, computed, kept, removed, between: &mut *between };
            let of: Vec<Of> = computed.of.iter().flat_map(|of| task.resolve(of)).collect();
            resolved.push((at, index, of));
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

impl Task<'_> {
    fn wrong(&mut self, vi: String, en: String) {
        self.between.wrong(self.one, &self.node.code.to_string(), vi, en);
    }

    fn say(&mut self, finding: Finding) {
        let finding = finding.with("title", titled(self.node)).on(self.node.code);
        self.between.findings.push(of_set(&self.one.set, finding));
    }

    /// The groups that this part of the formula computes from now.
    fn resolve(&mut self, of: &Of) -> Vec<Of> {
        if of.set == self.one.set.id {
            self.wrong(
                format!("of: bộ “{}” tính từ chính nó", of.set),
                format!("of: “{}” is computed from itself", of.set),
            );
            return Vec::new();
        }
        let kept = self.kept;
        let mut targets: Vec<SetId> = Vec::new();
        self.follow(&of.set, &mut targets, 0);
        let targets: Vec<&RuleSet> =
            targets.iter().filter_map(|id| Some(&kept.iter().find(|one| one.set.id == *id)?.set)).collect();
        if targets.is_empty() {
            self.unknown(&of.set);
        }
        targets.into_iter().filter_map(|target| self.groups(of, target)).collect()
    }

    /// The sets in force that stand for this id.
    fn follow(&self, id: &SetId, targets: &mut Vec<SetId>, depth: usize) {
        if self.kept.iter().any(|one| one.set.id == *id) {
            if !targets.contains(id) {
                targets.push(id.clone());
            }
            return;
        }
        // Replacements of replacements end; mutual ones are a mistake already.
        let stand_in = self.removed.iter().filter(|removed| removed.set.id == *id && depth < 8);
        for by in stand_in.flat_map(|removed| &removed.by) {
            self.follow(by, targets, depth + 1);
        }
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

    fn groups(&mut self, of: &Of, target: &RuleSet) -> Option<Of> {
        let before = self.removed.iter().find(|removed| removed.set.id == of.set).map(|removed| &removed.set);
        // The formula was written for what the set was before.
        let foreign = before.is_some() && self.one.set.origin != target.origin;
        let named: BTreeSet<ItemCode> = of.groups.iter().copied().collect();
        let whole_before = before.is_some_and(|before| groups_of(before).is_subset(&named));
        let groups = if foreign && whole_before { groups_of(target).into_iter().collect() } else { of.groups.clone() };
        let there = groups_of(target);
        let missing: Vec<String> =
            groups.iter().filter(|group| !there.contains(group)).map(ItemCode::to_string).collect();
        if !missing.is_empty() {
            let (missing, id) = (missing.join(", "), &target.id);
            let hint = if foreign && matches!(self.one.set.origin, Origin::Embedded(_)) {
                let name = self.one.set.origin.name();
                (
                    format!("; thêm vào quy-tac bộ của cơ quan, sửa từ {name}"),
                    format!("; put an office set of your own into quy-tac, made from {name}"),
                )
            } else {
                (String::new(), String::new())
            };
            self.wrong(
                format!("of: bộ “{id}” ({}) không có nhóm {missing}{}", target.origin.name(), hint.0),
                format!("of: “{id}” ({}) has no group {missing}{}", target.origin.name(), hint.1),
            );
            return None;
        }
        if of.set != target.id {
            self.say(Finding::new(code::FORMULA_FOLLOWS).with("id", &of.set).with("of", &target.id));
        }
        self.levels(target, &groups, foreign)?;
        Some(Of { set: target.id.clone(), groups })
    }

    /// Whether the levels that the formula weighs are those of the set.
    fn levels(&mut self, target: &RuleSet, groups: &[ItemCode], foreign: bool) -> Option<()> {
        if matches!(self.computed.formula, Formula::MeanScore | Formula::Manual) {
            return Some(());
        }
        let named: BTreeSet<ItemCode> = groups.iter().copied().collect();
        let scale: Option<&Scale> = if groups_of(target).is_subset(&named) {
            target.overall_scale()
        } else {
            groups.iter().find_map(|group| target.scales.get(target.node(*group)?.scale.as_ref()?))
        };
        let Some(scale) = scale else {
            let codes: Vec<String> = groups.iter().map(ItemCode::to_string).collect();
            let (codes, id) = (codes.join(", "), &target.id);
            self.wrong(
                format!("of: nhóm {codes} của bộ “{id}” không có thang mức"),
                format!("of: group {codes} of “{id}” has no scale"),
            );
            return None;
        };
        let levels: Vec<Level> = scale.levels.iter().map(|range| range.level).collect();
        let used: Vec<Level> = match &self.computed.formula {
            Formula::LevelShare(weights) => weights.keys().copied().collect(),
            Formula::ReachLevel { level, .. } => vec![*level],
            Formula::MeanScore | Formula::Manual => Vec::new(),
        };
        for level in used.iter().filter(|level| !levels.contains(level)) {
            if foreign {
                self.say(Finding::new(code::WEIGHT_WITHOUT_LEVEL).with("of", &target.id).with("level", level));
            } else {
                self.wrong(
                    format!("bộ “{}” không có mức {level}", target.id),
                    format!("“{}” has no level {level}", target.id),
                );
            }
        }
        if let Formula::LevelShare(weights) = &self.computed.formula {
            for level in levels.iter().filter(|level| !weights.contains_key(level)) {
                self.say(Finding::new(code::WEIGHT_MISSING).with("of", &target.id).with("level", level));
            }
        }
        Some(())
    }
}

/// The top nodes that bear points.
fn groups_of(set: &RuleSet) -> BTreeSet<ItemCode> {
    set.tops().filter(|(_, node)| node.kind != NodeKind::Mandatory).map(|(_, node)| node.code).collect()
}
