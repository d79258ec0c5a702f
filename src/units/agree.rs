//! Whether a package can stand beside this office's own schools: of the same year, by the same figures, as official.

use std::collections::BTreeMap;

use super::package::{Sealed, listed};
use crate::codes::SetId;
use crate::finding::{Finding, Place, code};
use crate::rules::{self, Figure, RuleBook, RuleSet};

/// What packages are held against.
#[derive(Debug)]
pub struct Ours<'a> {
    /// The school year.
    pub year: &'a str,
    /// The rules in force.
    pub book: &'a RuleBook,
}

/// Why a package does not count; `None` where all agrees.
pub fn agree(sealed: &Sealed, ours: &Ours) -> Option<Finding> {
    let outcome = &sealed.outcome;
    let said = |code| {
        let unit = crate::text::one_line(&outcome.office.name);
        Finding::new(code).with("unit", unit).at(Place::file(sealed.file.clone()))
    };
    if outcome.office.year != ours.year {
        let value = crate::text::one_line(&outcome.office.year);
        return Some(said(code::UNIT_OTHER_YEAR).with("value", value).with("year", ours.year));
    }
    let used: BTreeMap<&SetId, ()> = outcome.expected.iter().map(|expected| (&expected.set, ())).collect();
    let own = outcome.offices.as_ref().map(|office| &office.set).filter(|set| ours.book.get(set).is_some());
    let mut differences = Vec::new();
    for id in used.into_keys().chain(own) {
        match (ours.book.get(id), outcome.book.get(id)) {
            (Some(ours), Some(theirs)) => differences.extend(differ(ours, theirs)),
            _ => differences.push(format!("{}: cơ quan này không dùng bộ này", crate::text::one_line(&id.0))),
        }
    }
    if !differences.is_empty() {
        let count = differences.len();
        return Some(said(code::UNIT_OTHER_RULES).with("value", listed(&differences)).with("count", count));
    }
    let is_draft = |book: &RuleBook| book.sets.iter().any(|set| rules::draft(set).is_some());
    (outcome.is_draft() && !is_draft(ours.book)).then(|| said(code::UNIT_DRAFT))
}

/// Each figure that is not the same, with both values.
fn differ(ours: &RuleSet, theirs: &RuleSet) -> Vec<String> {
    // As they nearly always are: the figures of thousands of packages are not put into words.
    if ours == theirs {
        return Vec::new();
    }
    // Whether schools of units are taken in concerns only who has units.
    let by_key = |set| -> BTreeMap<String, Figure> {
        let figures = rules::figures(set).into_iter().filter(|figure| !figure.key.ends_with(" scope"));
        figures.map(|figure| (figure.key.clone(), figure)).collect()
    };
    let (here, there) = (by_key(ours), by_key(theirs));
    let mut keys: Vec<&String> = here.keys().chain(there.keys().filter(|key| !here.contains_key(*key))).collect();
    keys.sort();
    let shown = |figure: Option<&Figure>| figure.map_or("không có", Figure::shown).to_owned();
    let value = |figure: Option<&Figure>| figure.map(|figure| figure.value.clone());
    let mut differences: Vec<String> = keys
        .into_iter()
        .filter(|key| value(here.get(*key)) != value(there.get(*key)))
        .map(|key| {
            let (ours_is, theirs_is) = (here.get(key), there.get(key));
            let what = ours_is.or(theirs_is).map(Figure::named).unwrap_or_default();
            let text = format!("{}, {what} {} ở đây, {} ở đơn vị", ours.id, shown(ours_is), shown(theirs_is));
            crate::text::one_line(&text).into_owned()
        })
        .collect();
    // Kinds of items and their order are no figures, and the points are held by them.
    let shape = |set: &RuleSet| set.nodes.iter().map(|node| (node.code, node.kind)).collect::<Vec<_>>();
    if differences.is_empty() && shape(ours) != shape(theirs) {
        differences.push(format!("{}: các mục khác nhau", ours.id));
    }
    differences
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::points::Points;

    #[test]
    fn a_figure_that_differs_is_named_with_both_values() {
        let book = rules::book(Vec::new()).unwrap().book;
        let ours = book.of_schools().next().unwrap();
        assert_eq!(differ(ours, ours), Vec::<String>::new());
        let handed: RuleSet = serde_json::from_str(&serde_json::to_string(ours).unwrap()).unwrap();
        assert_eq!(&handed, ours, "else each package's figures are looked at one by one");
        let mut theirs = ours.clone();
        let at = theirs.nodes.iter().position(|node| node.is_leaf() && node.max.is_some()).unwrap();
        theirs.nodes[at].max = Some(Points::hundredths(9_900));
        let found = differ(ours, &theirs);
        let code = theirs.nodes[at].code;
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].contains(&format!("{code}: điểm tối đa")) && found[0].contains("99 ở đơn vị"), "{found:?}");
        theirs = ours.clone();
        theirs.nodes.pop();
        assert!(!differ(ours, &theirs).is_empty());
    }
}
