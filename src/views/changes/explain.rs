//! What is otherwise than in a frozen result, and why: each return as a whole, then each of its items.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::{Comparison, Pair, changed_nodes, item, stand_of, whole};
use crate::codes::{ItemCode, SetId};
use crate::milestone::Seal;
use crate::outcome::history::{Difference, Stand, Why};
use crate::outcome::{Disposition, OfficeResult, Outcome, Scored, Source, Standing, Status, Verification};
use crate::rules::{Node, RuleSet, figures};
use crate::school::{School, SchoolCode};

/// A frozen result, its seal, and a later one.
struct Case<'a> {
    comparison: Comparison<'a>,
    seal: &'a Seal,
    /// Fingerprints of files, in each.
    prints: [HashMap<&'a str, &'a str>; 2],
    /// What became of each content, later.
    dispositions: HashMap<&'a str, Disposition>,
    /// Verified scores that count, later.
    verified: HashMap<(&'a str, &'a SetId, ItemCode), &'a Verification>,
    /// Keys of the figures that are otherwise, by set; `None` where a set is not there in both.
    figures: HashMap<&'a SetId, Option<Vec<String>>>,
}

/// Whose result it is, and of which set.
struct Whose<'a> {
    school: Option<&'a SchoolCode>,
    name: &'a str,
    set: &'a SetId,
    /// What is to be said of each answer that is another one.
    answered: Vec<Why>,
}

/// Every difference: the office first, then the schools in the order of the later roster, then those that are gone.
pub fn explain(before: &Outcome, seal: &Seal, after: &Outcome) -> Vec<Difference> {
    let case = Case::new(before, seal, after);
    let mut found = case.office();
    case.comparison.returns.iter().for_each(|pair| found.extend(case.expected(pair)));
    found.extend(case.comparison.gone_returns().map(|expected| {
        let whose = Whose::of(before.school_of(expected), &expected.set, Vec::new());
        whose.say(None, whole(expected), Stand::default(), vec![Why::Roster])
    }));
    found
}

impl<'a> Whose<'a> {
    fn of(school: &'a School, set: &'a SetId, answered: Vec<Why>) -> Whose<'a> {
        Whose { school: Some(&school.code), name: &school.name, set, answered }
    }

    fn say(&self, item: Option<ItemCode>, before: Stand, after: Stand, why: Vec<Why>) -> Difference {
        let (school, name, set) = (self.school.cloned(), self.name.to_owned(), self.set.clone());
        Difference { school, name, set, item, before, after, why }
    }
}

impl<'a> Case<'a> {
    fn new(before: &'a Outcome, seal: &'a Seal, after: &'a Outcome) -> Case<'a> {
        let prints = |outcome: &'a Outcome| {
            let files = outcome.files.iter().filter(|file| !file.fingerprint.is_empty());
            files.map(|file| (&*file.file, file.fingerprint.as_str())).collect()
        };
        let counts = after.verifications.iter().filter(|one| one.standing == Standing::Counts);
        let figures = after.book.sets.iter().map(|set| (&set.id, changed_figures(before.book.get(&set.id), set)));
        Case {
            comparison: Comparison::of(before, after),
            seal,
            prints: [prints(before), prints(after)],
            dispositions: after.files.iter().map(|file| (file.fingerprint.as_str(), file.disposition)).collect(),
            verified: counts.map(|one| ((one.school.0.as_str(), &one.set, one.item), one)).collect(),
            figures: figures.collect(),
        }
    }

    /// One return.
    fn expected(&self, pair: &Pair<'a>) -> Vec<Difference> {
        let school = self.comparison.after.school_of(pair.after);
        let whose = Whose::of(school, &pair.after.set, self.of_return(pair));
        let is_same_set = pair.before.is_some_and(|before| before.set == pair.after.set);
        self.differences(&whose, pair.stands(), !is_same_set, pair.scored())
    }

    /// The office's own criteria.
    fn office(&self) -> Vec<Difference> {
        let Comparison { before, after, .. } = &self.comparison;
        let (Some(old), Some(new)) = (&before.offices, &after.offices) else { return Vec::new() };
        let whose = Whose { school: None, name: &after.office.name, set: &new.set, answered: own_form(old, new) };
        let scored = (old.set == new.set).then_some((&old.scored, &new.scored));
        self.differences(&whose, (stand_of(&old.scored), stand_of(&new.scored)), false, scored)
    }

    /// The whole where it stands otherwise or is `new`, and each item that does. Where nothing else is known, the rules
    /// or the reading must have changed.
    fn differences(
        &self,
        whose: &Whose,
        (before, after): (Stand, Stand),
        new: bool,
        scored: Option<(&Scored, &Scored)>,
    ) -> Vec<Difference> {
        let set = self.comparison.after.book.get(whose.set);
        let mut items = Vec::new();
        for (was, now) in scored.map_or_else(Vec::new, |(before, after)| changed_nodes(before, after)) {
            let node = set.and_then(|set| set.node(now.code));
            let mut why = Vec::new();
            if whose.school.is_none() && node.is_some_and(Node::is_computed) {
                why.push(Why::Schools);
            } else {
                if (was.state, was.claimed, was.own_met()) != (now.state, now.claimed, now.own_met()) {
                    why.clone_from(&whose.answered);
                }
                if (was.verified, was.verified_met) != (now.verified, now.verified_met) {
                    why.push(self.verified(whose, now.code));
                }
            }
            if why.is_empty() {
                why.push(self.by_rules(whose.set, Some(now.code)));
            }
            items.push(whose.say(Some(now.code), item(was), item(now), why));
        }
        let mut found = Vec::new();
        if before != after || new {
            let mut why = if scored.is_some() { Vec::new() } else { whose.answered.clone() };
            for reason in items.iter().flat_map(|item| &item.why) {
                if !why.contains(reason) {
                    why.push(reason.clone());
                }
            }
            if why.is_empty() {
                why.push(self.by_rules(whose.set, None));
            }
            found.push(whose.say(None, before, after, why));
        }
        found.append(&mut items);
        found
    }

    /// What is to be said of the return that counts, or of the newest where none does; nothing where it is the same.
    fn of_return(&self, pair: &Pair) -> Vec<Why> {
        let (expected, earlier) = (pair.after, pair.before.filter(|before| before.set == pair.after.set));
        let Some(earlier) = earlier else { return vec![Why::Roster] };
        let print = |source: &Source, of: usize| self.prints[of].get(&*source.file).copied().unwrap_or_default();
        let old = earlier.source.as_ref().map(|source| (source, print(source, 0)));
        let new = expected.source.as_ref().map(|source| (source, print(source, 1)));
        if old.map(|(_, print)| print) == new.map(|(_, print)| print) {
            return Vec::new();
        }
        let tells = expected.status == Status::Accepted || earlier.status != Status::Accepted;
        match (old, new.filter(|_| tells)) {
            (_, Some((new, print))) if self.seal.came_after(print) => vec![Why::LaterReturn(new.file.clone())],
            (_, Some((new, _))) => vec![Why::OtherReturn(new.file.clone())],
            (Some((old, print)), None) => {
                vec![Why::NoLonger { file: old.file.clone(), disposition: self.dispositions.get(print).copied() }]
            }
            (None, None) => Vec::new(),
        }
    }

    fn verified(&self, whose: &Whose, item: ItemCode) -> Why {
        let school = whose.school.map_or("", |school| &school.0);
        match self.verified.get(&(school, whose.set, item)) {
            Some(one) => Why::Verified { kind: one.kind, date: one.date, minutes: one.minutes.clone() },
            None => Why::VerifiedNoMore,
        }
    }

    /// Whether a figure of the set, or of one item, is another one; else it was read otherwise.
    fn by_rules(&self, set: &SetId, item: Option<ItemCode>) -> Why {
        let changed = match (self.figures.get(set), item) {
            (Some(Some(keys)), Some(item)) => {
                keys.iter().any(|key| key.starts_with(&format!("{item} ")) || key == "step")
            }
            (Some(Some(keys)), None) => !keys.is_empty(),
            _ => true,
        };
        if changed { Why::Rules } else { Why::Reading }
    }
}

/// The keys of the figures that are otherwise; `None` where there was no such set.
fn changed_figures(before: Option<&RuleSet>, after: &RuleSet) -> Option<Vec<String>> {
    let values = |set: &RuleSet| -> BTreeMap<String, String> {
        figures(set).into_iter().map(|figure| (figure.key, figure.value)).collect()
    };
    let (before, after) = (values(before?), values(after));
    let keys: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    Some(keys.into_iter().filter(|key| before.get(*key) != after.get(*key)).cloned().collect())
}

fn own_form(old: &OfficeResult, new: &OfficeResult) -> Vec<Why> {
    let known = |office: &OfficeResult| office.source.as_ref().map(|source| (source.file.clone(), source.received));
    match (known(old), known(new)) {
        (old, new) if old == new => Vec::new(),
        (_, Some((file, _))) => vec![Why::OwnForm(file)],
        (Some((file, _)), None) => vec![Why::NoLonger { file, disposition: None }],
        (None, None) => Vec::new(),
    }
}
