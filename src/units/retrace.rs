//! The returns in the packages, read again, against what their units froze: item by item, as the school answered.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use super::choose::Known;
use super::join::within;
use crate::check::Checked;
use crate::codes::{ItemCode, SetId};
use crate::finding::{Finding, Place, code};
use crate::form::label;
use crate::points::Points;
use crate::rules::{NodeKind, RuleBook};
use crate::school::SchoolCode;
use crate::score::{Given, ScoredNode, score};
use crate::verified::answer;

/// The answers of the returns that were read again, by their files.
pub type Again<'a> = HashMap<Arc<str>, Vec<&'a Checked>>;

/// In so many units one item differs for one reason, which is told once.
const MANY: usize = 3;

/// One item that is not as it was frozen.
struct Differing {
    unit: Arc<str>,
    school: SchoolCode,
    finding: Finding,
}

/// What differs, told at the unit and the cell.
#[derive(Default)]
pub struct Retraced {
    findings: Vec<Finding>,
    differing: BTreeMap<(SetId, ItemCode), Vec<Differing>>,
}

impl Retraced {
    /// Holds what a unit handed over against its returns.
    pub fn hold(&mut self, unit: &Known, book: &RuleBook, again: &Again) {
        let Some(sealed) = &unit.counted else { return };
        let of: Arc<str> = unit.listed.code.as_str().into();
        for expected in &sealed.outcome.expected {
            let (Some(scored), Some(source)) = (&expected.scored, &expected.source) else { continue };
            let Some(set) = book.get(&expected.set) else { continue };
            let file = within(&sealed.file, &source.file);
            let school = &sealed.outcome.school_of(expected).code;
            let tell = |code| {
                let mut said =
                    Finding::new(code).with("unit", &unit.listed.name).of(school).at(Place::file(file.clone()));
                said.unit = Some(of.clone());
                said.set = Some(set.id.clone());
                said
            };
            let read = again.get(&file).map_or(&[][..], Vec::as_slice);
            let fits = |checked: &&&Checked| checked.set == set.id;
            let mut candidates = read.iter().filter(fits);
            let same_sheet = read.iter().filter(fits).find(|checked| checked.sheet == source.sheet);
            let Some(checked) = same_sheet.or_else(|| candidates.next()) else {
                self.findings.push(tell(code::RETURN_NOT_RETRACED));
                continue;
            };
            let now = score(set, checked, &Given::default());
            for ((node, then), now) in set.nodes.iter().zip(&scored.nodes).zip(&now.nodes) {
                if !node.is_leaf() || told(then) == told(now) {
                    continue;
                }
                let shown = |one: &ScoredNode| match (node.kind, one.claimed) {
                    (NodeKind::Mandatory, _) => answer(one.own_met()).to_owned(),
                    (_, Some(points)) => points.to_string(),
                    (_, None) => "trống".to_owned(),
                };
                let mut said = tell(code::RETURN_DIFFERS_FROM_SEALED)
                    .on(node.code)
                    .with("title", label(node.code, &node.title))
                    .with("value", shown(now))
                    .with("sealed", shown(then));
                if let Some(cell) = now.cell.or(then.cell) {
                    said.place = said.place.at(now.sheet.as_ref().unwrap_or(&checked.sheet), cell);
                }
                let one = Differing { unit: of.clone(), school: school.clone(), finding: said };
                self.differing.entry((set.id.clone(), node.code)).or_default().push(one);
            }
        }
    }

    /// All that differs.
    pub fn into_findings(self, book: &RuleBook) -> Vec<Finding> {
        let Retraced { mut findings, differing } = self;
        for ((set, item), found) in differing {
            let units: BTreeSet<&Arc<str>> = found.iter().map(|one| &one.unit).collect();
            if units.len() < MANY {
                findings.extend(found.into_iter().map(|one| one.finding));
                continue;
            }
            let title =
                book.get(&set).and_then(|set| set.node(item)).map_or(String::new(), |node| label(item, &node.title));
            let first = found.iter().map(|one| &one.school).min().map(ToString::to_string).unwrap_or_default();
            let mut said = Finding::new(code::RETURNS_DIFFER_IN_MANY)
                .on(item)
                .with("title", title)
                .with("count", found.len())
                .with("units", units.len())
                .with("value", first);
            said.set = Some(set);
            findings.push(said);
        }
        findings
    }
}

/// What the respondent's own answer is, whatever was verified.
fn told(node: &ScoredNode) -> (Option<Points>, Points, Option<bool>) {
    (node.claimed, node.counted_self(), node.own_met())
}
