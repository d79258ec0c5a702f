//! Several reviewers' rows put together: equal ones are one, of those that differ none is taken.

use std::collections::BTreeMap;

use super::{Row, Standing, Verification};
use crate::codes::{ItemCode, SetId};
use crate::finding::{Finding, Found, code};
use crate::form::label;
use crate::rules::RuleBook;
use crate::school::School;

/// The scores on which reviewers agree, by school and set, and those on which they do not.
#[derive(Debug, Clone, Default)]
pub struct Merged {
    /// By school (its place in the roster) and set; in the order of items.
    pub agreed: BTreeMap<(usize, SetId), Vec<Row>>,
    /// Rows that differ from another one.
    pub disagreed: Vec<Verification>,
}

/// Puts rows together, in the order of their files.
pub fn merge(rows: Vec<Row>, schools: &[School], book: &RuleBook) -> Found<Merged> {
    let mut by_item: BTreeMap<(usize, SetId, ItemCode), Vec<Row>> = BTreeMap::new();
    for row in rows {
        by_item.entry((row.school, row.set.clone(), row.item)).or_default().push(row);
    }
    let mut found = Found::clean(Merged::default());
    for ((school, set, item), rows) in by_item {
        let Some((first, others)) = rows.split_first() else { continue };
        let Some(other) = others.iter().find(|row| (row.points, row.met) != (first.points, first.met)) else {
            found.value.agreed.entry((school, set)).or_default().extend(rows.into_iter().next());
            continue;
        };
        let title = book.get(&set).and_then(|set| set.node(item)).map_or("", |node| &node.title);
        let mut said = Finding::new(code::VERIFIED_DISAGREE)
            .with("title", label(item, title))
            .with("value", first.shown())
            .with("other", other.shown())
            .with("place", &other.place)
            .on(item)
            .of(&schools[school].code)
            .at(first.place.clone());
        said.set = Some(set);
        found.findings.push(said);
        let listed = rows.into_iter().map(|row| row.into_verification(schools, Standing::Disagrees));
        found.value.disagreed.extend(listed);
    }
    found
}

impl Row {
    /// As it goes into the outcome.
    pub fn into_verification(self, schools: &[School], standing: Standing) -> Verification {
        Verification {
            school: schools[self.school].code.clone(),
            set: self.set,
            item: self.item,
            points: self.points,
            met: self.met,
            kind: self.kind,
            date: self.date,
            minutes: self.minutes,
            reviewer: self.reviewer,
            reason: self.reason,
            view: self.view,
            place: self.place,
            standing,
        }
    }
}
