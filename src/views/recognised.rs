//! What was recognised, beside self, verified and counted: a line for each criterion of the office and each school that
//! the decision names.

use crate::codes::{Level, SetId};
use crate::outcome::Outcome;
use crate::points::Points;
use crate::rules::Node;
use crate::school::School;

/// One line.
#[derive(Debug, Clone, PartialEq)]
pub struct Line<'a> {
    /// Whose; `None` for the office.
    pub school: Option<&'a School>,
    /// Its set.
    pub set: &'a SetId,
    /// Which criterion; `None` for the whole.
    pub node: Option<&'a Node>,
    /// Points: claimed, verified, counted, recognised.
    pub own: Option<Points>,
    /// Verified points.
    pub verified: Option<Points>,
    /// Counted points.
    pub counted: Option<Points>,
    /// Recognised points; `None` where none are named.
    pub recognised: Option<Points>,
    /// Levels: by self scores, counted, recognised.
    pub own_level: Option<Level>,
    /// The level that counts.
    pub level: Option<Level>,
    /// The recognised level; `None` where none is named.
    pub recognised_level: Option<Level>,
    /// Why it is otherwise, as typed.
    pub reason: &'a str,
}

impl Line<'_> {
    /// Recognised less counted.
    pub fn difference(&self) -> Option<Points> {
        Some(self.recognised? - self.counted?)
    }

    /// Whether it is otherwise than counted.
    pub fn differs(&self) -> bool {
        self.difference().is_some_and(|points| points != Points::ZERO)
            || (self.recognised_level.is_some() && self.recognised_level != self.level)
    }

    /// Why it is otherwise than counted.
    pub fn why(&self) -> String {
        match (self.differs(), self.reason) {
            (false, reason) => reason.to_owned(),
            (true, "") => "Cấp trên công nhận khác kết quả được tính; chưa ghi lý do.".to_owned(),
            (true, reason) => format!("Cấp trên công nhận khác kết quả được tính: {reason}"),
        }
    }
}

/// All lines: the office as a whole, its criteria in the set's order, then schools by roster.
pub fn lines(outcome: &Outcome) -> Vec<Line<'_>> {
    let Some(recognised) = &outcome.recognised else { return Vec::new() };
    let mut lines = Vec::new();
    if let Some(office) = &outcome.offices
        && let Some(set) = outcome.book.get(&office.set)
    {
        let own = office.scored.of_self(set);
        let whole = recognised.item(None).map(|item| Line {
            school: None,
            set: &set.id,
            node: None,
            own: Some(own.total),
            verified: None,
            counted: Some(office.scored.total),
            recognised: item.points,
            own_level: own.level,
            level: office.scored.level,
            recognised_level: item.level,
            reason: &item.reason,
        });
        lines.extend(whole);
        let nodes = set.nodes.iter().zip(office.scored.nodes.iter().zip(&own.nodes));
        lines.extend(nodes.filter_map(|(node, (scored, own))| {
            let item = recognised.item(Some(node.code))?;
            Some(Line {
                school: None,
                set: &set.id,
                node: Some(node),
                own: Some(own.counted),
                verified: scored.verified,
                counted: Some(scored.counted),
                recognised: item.points,
                own_level: own.level,
                level: scored.level,
                recognised_level: item.level,
                reason: &item.reason,
            })
        }));
    }
    lines.extend(outcome.expected.iter().filter_map(|expected| {
        let school = outcome.school_of(expected);
        let one = recognised.school(&school.code, &expected.set)?;
        let set = outcome.book.get(&expected.set)?;
        let scored = expected.scored.as_ref();
        Some(Line {
            school: Some(school),
            set: &set.id,
            node: None,
            own: None,
            verified: None,
            counted: None,
            recognised: None,
            own_level: scored.and_then(|scored| scored.of_self(set).level),
            level: scored.and_then(|scored| scored.level),
            recognised_level: Some(one.level),
            reason: "",
        })
    }));
    lines
}
