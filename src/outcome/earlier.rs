//! Schools held against an earlier outcome: by their code, else by one that they bore before; and what each had last
//! year.

use std::collections::{HashMap, HashSet};

use serde::{Deserialize, Serialize};

use super::{ExpectedReturn, Outcome};
use crate::codes::{Level, SetId};
use crate::finding::{Finding, Place, code};
use crate::points::Points;
use crate::school::{School, SchoolCode};
use crate::score::{Scored, State};

/// Last year's result, as far as this year's report tells of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct LastYear {
    /// Its school year.
    pub year: String,
    /// Its run.
    pub run: String,
    /// The line of its seal, where it was frozen.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub seal: Option<String>,
    /// As many as the outcome has expected returns, in their order; `None` where the school owed nothing like it.
    pub expected: Vec<Option<LastYearReturn>>,
}

/// What a school had last year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct LastYearReturn {
    /// The code that it bore then.
    pub school: SchoolCode,
    /// The set. Another than this year's: points do not compare, levels may.
    pub set: SetId,
    /// The sum of all groups; `None` where no return counted.
    pub points: Option<Points>,
    /// The overall level.
    pub level: Option<Level>,
}

impl LastYear {
    /// Last year's outcome beside this year's.
    pub fn of(earlier: &Outcome, outcome: &Outcome) -> LastYear {
        let last = |expected: &ExpectedReturn| LastYearReturn {
            school: earlier.school_of(expected).code.clone(),
            set: expected.set.clone(),
            points: expected.scored.as_ref().map(|scored| scored.total),
            level: expected.scored.as_ref().and_then(|scored| scored.level),
        };
        LastYear {
            year: earlier.office.year.clone(),
            run: earlier.run.clone(),
            seal: earlier.seal.clone(),
            expected: outcome.earlier_expected(earlier).into_iter().map(|expected| expected.map(last)).collect(),
        }
    }
}

impl Outcome {
    /// For each school of the roster its place in an earlier one: by its code, else by a code that it bore before.
    pub fn earlier_schools(&self, earlier: &Outcome) -> Vec<Option<usize>> {
        let places: HashMap<&SchoolCode, usize> =
            earlier.schools.iter().enumerate().map(|(at, school)| (&school.code, at)).collect();
        let own: Vec<Option<usize>> = self.schools.iter().map(|school| places.get(&school.code).copied()).collect();
        let taken: HashSet<usize> = own.iter().flatten().copied().collect();
        let by_former = |school: &School| {
            let found = school.former_codes.iter().find_map(|code| places.get(code).copied());
            found.filter(|at| !taken.contains(at))
        };
        self.schools.iter().zip(&own).map(|(school, own)| own.or_else(|| by_former(school))).collect()
    }

    /// What is to be said of returns whose counted answers are all as they were in the result of the year before: last
    /// year's form may have been sent again under another title.
    pub fn same_as(&self, last_year: &Outcome) -> Vec<Finding> {
        let answers = |scored: &Scored| -> Vec<(Option<Points>, Option<bool>)> {
            let own = scored.nodes.iter().filter(|node| node.state != State::Sum);
            own.map(|node| (node.claimed, node.met)).collect()
        };
        let pairs = self.expected.iter().zip(self.earlier_expected(last_year));
        let same = pairs.filter_map(|(expected, then)| {
            let then = then.filter(|then| then.set == expected.set)?;
            let (now, before) = (expected.scored.as_ref()?, then.scored.as_ref()?);
            let is_same = now.total > Points::ZERO && answers(now) == answers(before);
            let source = expected.source.as_ref().filter(|_| is_same)?;
            let place = Place { sheet: Some(source.sheet.clone()), ..Place::file(source.file.clone()) };
            let mut finding = Finding::new(code::SAME_AS_LAST_YEAR).of(&self.school_of(expected).code).at(place);
            finding.set = Some(expected.set.clone());
            Some(finding.with("value", now.total).with("year", &last_year.office.year))
        });
        same.collect()
    }

    /// For each expected return the school's earlier one: for the same set, else its only one where it owes one set then and now.
    pub fn earlier_expected<'a>(&self, earlier: &'a Outcome) -> Vec<Option<&'a ExpectedReturn>> {
        let mut of_school: HashMap<usize, Vec<&'a ExpectedReturn>> = HashMap::new();
        for expected in &earlier.expected {
            of_school.entry(expected.school).or_default().push(expected);
        }
        let mut owed: HashMap<usize, usize> = HashMap::new();
        for expected in &self.expected {
            *owed.entry(expected.school).or_default() += 1;
        }
        let schools = self.earlier_schools(earlier);
        let of = |expected: &ExpectedReturn| {
            let then = of_school.get(&schools[expected.school]?)?;
            let same = then.iter().find(|earlier| earlier.set == expected.set).copied();
            let only = || then.first().filter(|_| then.len() == 1 && owed.get(&expected.school) == Some(&1)).copied();
            same.or_else(only)
        };
        self.expected.iter().map(of).collect()
    }
}
