//! Whether an outcome that comes from outside is consistent: every index has its place, every set and node that is named
//! is there, no figure is beyond what sums can hold. What a run makes always is.

use std::collections::HashSet;

use super::{ExpectedReturn, Outcome, Scored, Source};
use crate::points::{Points, Share};
use crate::rules::{Formula, Node, RuleSet};

/// Hundredths of a point that one item can have at most; sums of a whole province stay far below what fits.
const MOST_POINTS: i64 = 1_000_000_000;
/// What the parts of a share can be at most: the product of two still fits.
const MOST_SHARE: i128 = 1_000_000_000_000_000_000;

type Sound = Result<(), String>;

/// Tells the first thing that cannot be.
pub(super) fn check(outcome: &Outcome) -> Sound {
    let ids: HashSet<_> = outcome.book.sets.iter().map(|set| &set.id).collect();
    holds(ids.len() == outcome.book.sets.len(), || "two indicator sets of one name".to_owned())?;
    holds(outcome.book.sets.iter().filter(|set| set.is_offices()).count() < 2, || "two sets of the office".to_owned())?;
    outcome.book.sets.iter().try_for_each(rules)?;
    outcome.expected.iter().enumerate().try_for_each(|(at, expected)| {
        expected_return(outcome, expected).map_err(|what| format!("dues {at}: {what}"))
    })?;
    if let Some(office) = &outcome.offices {
        let set = known(outcome, &office.set)?;
        scored(set, &office.scored)?;
        source(office.source.as_ref())?;
        for numbers in &office.computed {
            let computed = set.node(numbers.code).and_then(|node| node.computed.as_ref());
            holds(computed.is_some(), || format!("{} is not computed", numbers.code))?;
            share(numbers.share)?;
            share(numbers.numerator)?;
            points(numbers.points)?;
        }
    }
    if let Some(recognised) = &outcome.recognised {
        let office = outcome.book.of_office();
        for item in &recognised.items {
            let is_known = item.code.is_none_or(|code| office.is_some_and(|set| set.index_of(code).is_some()));
            holds(is_known, || "a recognised item that no set has".to_owned())?;
            item.points.into_iter().try_for_each(points)?;
        }
        recognised.schools.iter().try_for_each(|one| known(outcome, &one.set).map(|_| ()))?;
    }
    for file in &outcome.files {
        inside(&file.file)?;
    }
    for unit in &outcome.units {
        let fits = unit.schools.iter().all(|school| *school < outcome.schools.len());
        holds(fits, || format!("unit {} has a school that is not there", unit.code))?;
        unit.package.iter().filter_map(|package| package.total).try_for_each(points)?;
    }
    if let Some(last) = &outcome.last_year {
        holds(last.expected.len() == outcome.expected.len(), || "last year has other schools".to_owned())?;
        last.expected.iter().flatten().filter_map(|one| one.points).try_for_each(points)?;
    }
    let stands = outcome.milestones.iter().flat_map(|one| &one.since).flat_map(|one| [one.before, one.after]);
    stands.filter_map(|stand| stand.points).try_for_each(points)?;
    outcome.verifications.iter().try_for_each(|one| points(one.points))
}

fn holds(is: bool, what: impl FnOnce() -> String) -> Sound {
    if is { Ok(()) } else { Err(what()) }
}

fn known<'a>(outcome: &'a Outcome, set: &crate::codes::SetId) -> Result<&'a RuleSet, String> {
    outcome.book.get(set).ok_or_else(|| format!("no indicator set {set}"))
}

fn expected_return(outcome: &Outcome, expected: &ExpectedReturn) -> Sound {
    holds(expected.school < outcome.schools.len(), || format!("no school {}", expected.school))?;
    let set = known(outcome, &expected.set)?;
    source(expected.source.as_ref())?;
    expected.signed_copies.iter().try_for_each(|file| inside(file))?;
    let told = outcome.findings.len();
    holds(expected.errors as usize <= told && expected.warnings as usize <= told, || {
        "more errors than told".to_owned()
    })?;
    expected.scored.iter().chain(&expected.pending).try_for_each(|one| scored(set, one))
}

/// A node of the set each, in its order.
fn scored(set: &RuleSet, scored: &Scored) -> Sound {
    let codes = set.nodes.iter().map(|node| node.code);
    let same = codes.eq(scored.nodes.iter().map(|node| node.code));
    holds(same, || format!("the scores are not those of {}", set.id))?;
    let all = scored.nodes.iter().flat_map(|node| [Some(node.counted), node.claimed, node.verified]);
    all.chain([Some(scored.total)]).flatten().try_for_each(points)
}

/// A parent stands before its children and knows them: so nothing runs in a circle.
fn rules(set: &RuleSet) -> Sound {
    let mut codes = HashSet::new();
    for (at, node) in set.nodes.iter().enumerate() {
        let fails = |what: &str| format!("{} {}: {what}", set.id, node.code);
        let child = |&child: &usize| child > at && set.nodes.get(child).is_some_and(|below| below.parent == Some(at));
        let parent = |parent: usize| parent < at && set.nodes[parent].children.contains(&at);
        holds(codes.insert(node.code), || fails("twice"))?;
        holds(node.children.iter().all(child) && node.parent.is_none_or(parent), || fails("no tree"))?;
        figures(node).map_err(|what| fails(&what))?;
    }
    let bounds = set.scales.values().flat_map(|scale| &scale.levels).flat_map(|range| [range.lower, range.upper]);
    bounds.flatten().try_for_each(|bound| points(bound.at))?;
    points(set.step.value)
}

fn figures(node: &Node) -> Sound {
    node.max.into_iter().try_for_each(points)?;
    let own = node.bands.iter();
    let (bands, weights) = match node.computed.as_ref().map(|computed| &computed.formula) {
        Some(Formula::ReachLevel { bands, .. }) => (&bands[..], None),
        Some(Formula::LevelShare(weights)) => (&[][..], Some(weights)),
        Some(Formula::MeanScore | Formula::Manual) | None => (&[][..], None),
    };
    own.chain(bands).try_for_each(|band| share(band.from).and_then(|()| points(band.points)))?;
    weights.into_iter().flatten().try_for_each(|(_, weight)| share(*weight))
}

fn points(points: Points) -> Sound {
    holds(points.as_hundredths().abs() <= MOST_POINTS, || format!("{points} points"))
}

fn share(share: Share) -> Sound {
    let fits = share.den() > 0 && share.den() <= MOST_SHARE && share.num().abs() <= MOST_SHARE;
    holds(fits, || format!("a share of {}/{}", share.num(), share.den()))
}

fn source(source: Option<&Source>) -> Sound {
    source.map_or(Ok(()), |source| inside(&source.file))
}

/// A file of the office folder: its name leads nowhere else.
fn inside(file: &str) -> Sound {
    let leaves = file.starts_with('/') || file.split(['/', '\\']).any(|part| part == "..");
    holds(!leaves, || format!("{file} is not in the office folder"))
}
