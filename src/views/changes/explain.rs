//! What is otherwise than in a frozen result, and why: each return as a whole, then each of its items.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use crate::codes::{ItemCode, SetId};
use crate::milestone::Seal;
use crate::outcome::history::{Difference, Stand, Why};
use crate::outcome::{Disposition, ExpectedReturn, OfficeResult, Outcome, Source, Standing, Status, Verification};
use crate::outcome::{Scored, ScoredNode, State};
use crate::rules::{Node, RuleSet, figures};

/// A frozen result, its seal, and a later one.
struct Case<'a> {
    before: &'a Outcome,
    seal: &'a Seal,
    after: &'a Outcome,
    /// Fingerprints of files, in each.
    prints: [HashMap<&'a str, &'a str>; 2],
    /// What became of each content, later.
    dispositions: HashMap<&'a str, Disposition>,
    /// Verified scores that count, later.
    verified: HashMap<(&'a str, &'a SetId, ItemCode), &'a Verification>,
    /// Keys of the figures that are otherwise, by set; `None` where a set is not there in both.
    figures: HashMap<&'a SetId, Option<Vec<String>>>,
}

/// Every difference: the office first, then the schools in the order of the later roster, then those that are gone.
pub fn explain(before: &Outcome, seal: &Seal, after: &Outcome) -> Vec<Difference> {
    let case = Case::new(before, seal, after);
    let mut found = case.office();
    let mut matched: HashSet<*const ExpectedReturn> = HashSet::new();
    for (expected, earlier) in after.expected.iter().zip(after.earlier_expected(before)) {
        matched.extend(earlier.map(std::ptr::from_ref));
        found.extend(case.expected(earlier, expected));
    }
    for expected in before.expected.iter().filter(|expected| !matched.contains(&std::ptr::from_ref(*expected))) {
        let school = before.school_of(expected);
        found.push(Difference {
            school: Some(school.code.clone()),
            name: school.name.clone(),
            set: expected.set.clone(),
            item: None,
            before: whole(expected),
            after: Stand::default(),
            why: vec![Why::Roster],
        });
    }
    found
}

impl<'a> Case<'a> {
    fn new(before: &'a Outcome, seal: &'a Seal, after: &'a Outcome) -> Case<'a> {
        let prints = |outcome: &'a Outcome| {
            let files = outcome.files.iter().filter(|file| !file.fingerprint.is_empty());
            files.map(|file| (&*file.file, file.fingerprint.as_str())).collect()
        };
        let counts = after.verifications.iter().filter(|one| one.standing == Standing::Counts);
        Case {
            before,
            seal,
            after,
            prints: [prints(before), prints(after)],
            dispositions: after.files.iter().map(|file| (file.fingerprint.as_str(), file.disposition)).collect(),
            verified: counts.map(|one| ((one.school.0.as_str(), &one.set, one.item), one)).collect(),
            figures: after
                .book
                .sets
                .iter()
                .map(|set| (&set.id, changed_figures(before.book.get(&set.id), set)))
                .collect(),
        }
    }

    /// One return: as a whole where it stands otherwise, and each item that does.
    fn expected(&self, earlier: Option<&ExpectedReturn>, expected: &ExpectedReturn) -> Vec<Difference> {
        let school = self.after.school_of(expected);
        let of_return = self.of_return(earlier, expected);
        let say = |item, before, after, why| Difference {
            school: Some(school.code.clone()),
            name: school.name.clone(),
            set: expected.set.clone(),
            item,
            before,
            after,
            why,
        };
        let same_set = earlier.filter(|earlier| earlier.set == expected.set);
        let scored = same_set.and_then(|earlier| Some((earlier.scored.as_ref()?, expected.scored.as_ref()?)));
        let items = scored.map_or_else(Vec::new, |(old, new)| {
            self.items(&expected.set, old, new, &|item, old, new| {
                let answered = (old.state, old.claimed, old.own_met()) != (new.state, new.claimed, new.own_met());
                let mut why = if answered { of_return.clone() } else { Vec::new() };
                if (old.verified, old.verified_met) != (new.verified, new.verified_met) {
                    why.push(self.verified(&school.code.0, &expected.set, item));
                }
                why
            })
        });
        let (before, after) = (earlier.map(whole).unwrap_or_default(), whole(expected));
        let mut found = Vec::new();
        if before != after || same_set.is_none() {
            let mut why = if scored.is_some() { Vec::new() } else { of_return };
            items.iter().flat_map(|(.., reasons)| reasons).for_each(|reason| add(&mut why, reason));
            if why.is_empty() {
                why.push(self.by_rules(&expected.set, None));
            }
            found.push(say(None, before, after, why));
        }
        found.extend(items.into_iter().map(|(item, before, after, why)| say(Some(item), before, after, why)));
        found
    }

    /// What is to be said of the return that counts, or of the newest where none does; nothing where it is the same.
    fn of_return(&self, earlier: Option<&ExpectedReturn>, expected: &ExpectedReturn) -> Vec<Why> {
        let Some(earlier) = earlier.filter(|earlier| earlier.set == expected.set) else { return vec![Why::Roster] };
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

    fn verified(&self, school: &str, set: &SetId, item: ItemCode) -> Why {
        match self.verified.get(&(school, set, item)) {
            Some(one) => Why::Verified { kind: one.kind, date: one.date, minutes: one.minutes.clone() },
            None => Why::VerifiedNoMore,
        }
    }

    /// The office's own criteria.
    fn office(&self) -> Vec<Difference> {
        let (Some(old), Some(new)) = (&self.before.offices, &self.after.offices) else { return Vec::new() };
        let say = |item, before, after, why| Difference {
            school: None,
            name: self.after.office.name.clone(),
            set: new.set.clone(),
            item,
            before,
            after,
            why,
        };
        let computed = |item| {
            let node = self.after.book.get(&new.set).and_then(|set| set.node(item));
            node.is_some_and(Node::is_computed)
        };
        let (own, new_set) = (own_form(old, new), new.set.clone());
        let items = match old.set == new.set {
            false => Vec::new(),
            true => self.items(&new.set, &old.scored, &new.scored, &|item, old, new| {
                if computed(item) {
                    return vec![Why::Schools];
                }
                let answered = (old.state, old.claimed, old.met) != (new.state, new.claimed, new.met);
                let mut why = if answered { own.clone() } else { Vec::new() };
                if old.verified != new.verified {
                    why.push(self.verified("", &new_set, item));
                }
                why
            }),
        };
        let stand = |scored: &Scored| Stand { points: Some(scored.total), level: scored.level, ..Stand::default() };
        let (before, after) = (stand(&old.scored), stand(&new.scored));
        let mut found = Vec::new();
        if before != after {
            let mut why = Vec::new();
            items.iter().flat_map(|(.., reasons)| reasons).for_each(|reason| add(&mut why, reason));
            if why.is_empty() {
                why.push(self.by_rules(&new.set, None));
            }
            found.push(say(None, before, after, why));
        }
        found.extend(items.into_iter().map(|(item, before, after, why)| say(Some(item), before, after, why)));
        found
    }

    /// The items that stand otherwise, each with what `reasons` says of it; where it says nothing, the rules or the
    /// reading must have changed.
    fn items(
        &self,
        set: &SetId,
        old: &Scored,
        new: &Scored,
        reasons: &dyn Fn(ItemCode, &ScoredNode, &ScoredNode) -> Vec<Why>,
    ) -> Vec<(ItemCode, Stand, Stand, Vec<Why>)> {
        let before: HashMap<ItemCode, &ScoredNode> = old.nodes.iter().map(|node| (node.code, node)).collect();
        let mut found = Vec::new();
        for now in new.nodes.iter().filter(|node| node.state != State::Sum) {
            let Some(was) = before.get(&now.code) else { continue };
            if (was.counted, was.met) == (now.counted, now.met) {
                continue;
            }
            let mut why = reasons(now.code, was, now);
            if why.is_empty() {
                why.push(self.by_rules(set, Some(now.code)));
            }
            let stand = |node: &ScoredNode| match node.met {
                None => Stand { points: Some(node.counted), ..Stand::default() },
                met => Stand { met, ..Stand::default() },
            };
            found.push((now.code, stand(was), stand(now), why));
        }
        found
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

fn whole(expected: &ExpectedReturn) -> Stand {
    let scored = expected.scored.as_ref();
    Stand {
        status: Some(expected.status),
        points: scored.map(|scored| scored.total),
        level: scored.and_then(|scored| scored.level),
        met: None,
    }
}

fn add(reasons: &mut Vec<Why>, reason: &Why) {
    if !reasons.contains(reason) {
        reasons.push(reason.clone());
    }
}
