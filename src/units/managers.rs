//! Whether a kind of school fits the unit that reports it: from a table in data (`templates/quan-ly.toml`), which is
//! inferred and only reminds.

use std::sync::OnceLock;

use serde::Deserialize;

use crate::school::{School, SchoolKind};

/// The table.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Managers {
    /// How sure it is.
    #[expect(dead_code, reason = "for whoever reads the file")]
    basis: String,
    /// Where it is from.
    source: String,
    /// Kinds that the office above the units manages itself, wherever the school lies.
    department: Vec<String>,
}

fn managers() -> &'static Managers {
    static MANAGERS: OnceLock<Managers> = OnceLock::new();
    MANAGERS.get_or_init(|| match toml::from_str(include_str!("../../templates/quan-ly.toml")) {
        Ok(managers) => managers,
        // A test reads it; it never changes once the program is built.
        Err(error) => unreachable!("templates/quan-ly.toml: {error}"),
    })
}

/// The kind by which a school is managed by the office above and not by a unit, with the source of that.
pub(super) fn of_department(school: &School) -> Option<(&str, &'static str)> {
    let managers = managers();
    let kind = school.kinds.iter().find(|kind| is_of_department(kind))?;
    Some((&kind.0, &managers.source))
}

/// Whether the office above manages schools of this kind itself.
pub fn is_of_department(kind: &SchoolKind) -> bool {
    managers().department.contains(&kind.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_the_table_is_one_that_a_set_knows() {
        let book = crate::rules::book(Vec::new()).unwrap().book;
        let known = |kind: &&String| book.of_schools().any(|set| set.kinds.iter().any(|one| one.0 == **kind));
        let unknown: Vec<&String> = managers().department.iter().filter(|kind| !known(kind)).collect();
        // The set in force has no form for a school of all three kinds.
        assert_eq!(unknown, ["TH&THCS&THPT"]);
        assert!(!managers().department.iter().any(|kind| kind == "TH&THCS"));
    }
}
