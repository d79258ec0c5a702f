//! What came from schools and is no return that they owe, and what schools are told of returns that may be theirs: open
//! until a valid return has superseded it.

use super::{Arrival, Disposition, Roll, is_older};
use crate::codes::SetId;
use crate::finding::{Finding, code};

/// A file that could not be read as a return, a form that its school does not owe, a return of nobody for certain.
#[derive(Debug)]
pub struct Loose {
    /// Which arrival.
    pub arrival: usize,
    /// Its row of the list.
    pub listed: usize,
    /// The school that it is of; several where each could be meant.
    pub of: Vec<usize>,
    /// What there is to say, as long as it stands open.
    pub findings: Vec<Finding>,
    /// What other schools are to be told of it until then.
    pub told: Vec<Told>,
}

/// What a school is to be told of a return that may be its own.
#[derive(Debug)]
pub struct Told {
    /// The arrival.
    pub arrival: usize,
    /// The school.
    pub school: usize,
    /// What.
    pub finding: Finding,
}

impl Roll<'_> {
    /// Says of each what there is to say, unless a valid return came after it.
    pub fn settle(&mut self, arrivals: &[Arrival]) {
        for loose in std::mem::take(&mut self.loose) {
            let arrival = &arrivals[loose.arrival];
            let school = if let [only] = loose.of[..] { Some(only) } else { None };
            let open: Vec<SetId> =
                loose.of.iter().flat_map(|school| self.open_since(*school, arrival, arrivals)).collect();
            if open.is_empty()
                && let Some(newer) = loose.of.iter().find_map(|school| self.newest(*school, arrivals))
            {
                let disposition = &mut self.files[loose.listed].disposition;
                if *disposition == Disposition::NotValid {
                    *disposition = Disposition::Superseded;
                }
                let finding = Finding::new(code::SUPERSEDED).with("newer", &newer.file);
                self.say(arrival, school, vec![finding]);
                continue;
            }
            let mut findings = loose.findings;
            if let [set] = &open[..] {
                findings.iter_mut().for_each(|finding| finding.set = Some(set.clone()));
            }
            self.told.extend(loose.told);
            self.say(arrival, school, findings);
        }
        for Told { arrival, school, finding } in std::mem::take(&mut self.told) {
            let arrival = &arrivals[arrival];
            let mut open = self.open_since(school, arrival, arrivals);
            open.retain(|set| finding.set.as_ref().is_none_or(|of| of == set));
            if !open.is_empty() {
                self.say(arrival, Some(school), vec![finding]);
            }
        }
    }

    /// The sets for which no valid return of a school came after an arrival; of a school that owes nothing, nothing is
    /// ever superseded.
    fn open_since(&self, school: usize, arrival: &Arrival, arrivals: &[Arrival]) -> Vec<SetId> {
        let owed = &self.entries[self.owed_by(school)];
        let is_open = |counted: Option<usize>| counted.is_none_or(|counted| is_older(&arrivals[counted], arrival));
        let open = owed.iter().filter(|entry| is_open(entry.counted.as_ref().map(|chosen| chosen.arrival)));
        open.map(|entry| entry.set.clone()).collect()
    }

    /// The newest return of a school that counts.
    fn newest<'a>(&self, school: usize, arrivals: &'a [Arrival]) -> Option<&'a Arrival> {
        let owed = &self.entries[self.owed_by(school)];
        let counted = owed.iter().filter_map(|entry| Some(&arrivals[entry.counted.as_ref()?.arrival]));
        counted.reduce(|newest, other| if is_older(newest, other) { other } else { newest })
    }
}
