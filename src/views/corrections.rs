//! What goes back to schools: which school and set, in which file, with which findings. Serves the corrected forms and
//! their list alike.

mod doubt;

use std::collections::{BTreeSet, HashMap};

use crate::finding::{Code, Finding, Severity, code};
use crate::folder::RETURNS;
use crate::layouts::names;
use crate::outcome::{ExpectedReturn, Outcome, Status};
use crate::rules::RuleSet;
use crate::school::School;

pub use doubt::sentence;

/// The folder of the corrected forms in a run's folder.
pub const FOLDER: &str = "gui-lai-truong";

/// A school and a set of which something is to be said to the school.
#[derive(Debug)]
pub struct Correction<'a> {
    /// The school.
    pub school: &'a School,
    /// The set.
    pub set: &'a RuleSet,
    /// What became of its return.
    pub expected: &'a ExpectedReturn,
    /// The name of its corrected form in [`FOLDER`]; `None` where a message is all: nothing came and a form was sent out
    /// before, or a return came that may be another school's.
    pub file: Option<String>,
    /// About what came, by weight; notes too.
    pub findings: Vec<&'a Finding>,
}

impl Correction<'_> {
    /// How many findings have this weight.
    pub fn count(&self, severity: Severity) -> usize {
        self.findings.iter().filter(|finding| finding.severity == severity).count()
    }
}

/// Warnings that no corrected form could mend: they alone are no reason to write back.
const NOTHING_TO_MEND: [Code; 3] = [code::LATE, code::RESUBMITTED_LATE, code::VERIFIED_CONDITION_NOT_MET];

/// What went wrong with a file on the office's own machine, its clock too: no school can mend it.
const OF_THE_OFFICE: [Code; 8] = [
    code::STOPPED_WAITING,
    code::NO_PERMISSION,
    code::FILE_IN_USE,
    code::FILE_GONE,
    code::CHANGED_WHILE_READ,
    code::NOT_A_REGULAR_FILE,
    code::READ_FAILED,
    code::DATED_AFTER_RUN,
];

impl Outcome {
    /// Every school and set that gets a corrected form, because something that came has errors or warnings, and those
    /// from which nothing came; in the order of the expected returns. Notes alone are no reason.
    pub fn corrections(&self) -> Vec<Correction<'_>> {
        let mut by_school: HashMap<&str, Vec<&Finding>> = HashMap::new();
        for finding in self.findings.iter().filter(|finding| is_for_school(finding)) {
            if let Some(school) = &finding.school {
                by_school.entry(school.0.as_str()).or_default().push(finding);
            }
        }
        let mut owed: HashMap<usize, usize> = HashMap::new();
        for expected in &self.expected {
            *owed.entry(expected.school).or_default() += 1;
        }
        let bare = |file: &str| file.rsplit('/').next().unwrap_or_default().to_lowercase();
        let mut taken: BTreeSet<String> = self.files.iter().map(|seen| bare(&seen.file)).collect();
        // What schools of units are to mend, their units are told.
        let of_units = self.units_of_schools();
        let mut corrections = Vec::new();
        for expected in self.expected.iter().filter(|one| !of_units.contains_key(&one.school)) {
            let (school, Some(set)) = (self.school_of(expected), self.book.get(&expected.set)) else { continue };
            let findings: Vec<&Finding> = by_school
                .get(school.code.0.as_str())
                .into_iter()
                .flatten()
                .filter(|finding| finding.set.as_ref().is_none_or(|of| *of == expected.set))
                .copied()
                .collect();
            let to_mend =
                |finding: &&Finding| finding.severity != Severity::Note && !NOTHING_TO_MEND.contains(&finding.code);
            let came = expected.status != Status::Missing;
            if came && !findings.iter().any(to_mend) {
                continue;
            }
            let in_form = |finding: &&Finding| to_mend(finding) && !doubt::is_told(finding);
            let several = owed.get(&expected.school).is_some_and(|sets| *sets > 1);
            let file = (came && findings.iter().any(in_form))
                .then(|| names::correction_name(school, set, several, expected.returns, &mut taken));
            corrections.push(Correction { school, set, expected, file, findings });
        }
        corrections
    }
}

/// Whether it is about what the school sent, not about what the office keeps.
pub fn is_for_school(finding: &Finding) -> bool {
    let file = finding.place.file.as_deref();
    finding.code.0 < 700
        && !OF_THE_OFFICE.contains(&finding.code)
        && file.is_some_and(|file| file.strip_prefix(RETURNS).is_some_and(|rest| rest.starts_with('/')))
}
