//! The data that offices are made from: `templates/samples.toml`.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde::Deserialize;

/// The table.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Words {
    /// How sure it is.
    #[expect(dead_code, reason = "for whoever reads the file")]
    basis: String,
    pub units: Vec<String>,
    pub schools: Vec<String>,
    /// Kinds of school, with how many of a hundred.
    pub kinds: BTreeMap<String, u64>,
    wild: BTreeMap<Wild, i64>,
}

/// How a return comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Wild {
    /// The office's form, filled as it should be.
    AsItShouldBe,
    /// Not at all.
    Missing,
    /// Cut off on the way.
    CutOff,
    /// A page of a web system, named .xls.
    WebPage,
    /// A draft, and the return.
    SentTwice,
    /// A table of the school's own making.
    OwnTable,
    /// Points above an item's maximum.
    AboveMaximum,
    /// Points as words and with units.
    OddScores,
    /// Items without an answer.
    LeftOut,
    /// A mandatory condition that is not met.
    Unmet,
    /// Points without evidence.
    NoEvidence,
    /// After the deadline; beside the others.
    Late,
}

impl Words {
    /// How the return comes that has this number below a hundred.
    pub fn wild(&self, mut at: i64) -> Wild {
        for (wild, share) in self.wild.iter().filter(|(wild, _)| **wild != Wild::Late) {
            if at < *share {
                return *wild;
            }
            at -= share;
        }
        Wild::AsItShouldBe
    }

    /// How many of a hundred are late.
    pub fn late(&self) -> i64 {
        self.wild.get(&Wild::Late).copied().unwrap_or_default()
    }
}

pub fn words() -> &'static Words {
    static WORDS: OnceLock<Words> = OnceLock::new();
    WORDS.get_or_init(|| match toml::from_str(include_str!("../../templates/samples.toml")) {
        Ok(words) => words,
        // A test reads it; it never changes once the program is built.
        Err(error) => unreachable!("templates/samples.toml: {error}"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_of_a_hundred() {
        let words = words();
        assert_eq!(words.kinds.values().sum::<u64>(), 100, "every stretch of a roster has all kinds by it");
        let ways: i64 = words.wild.iter().filter(|(wild, _)| **wild != Wild::Late).map(|(_, share)| share).sum();
        assert!((1..100).contains(&ways) && (1..100).contains(&words.late()), "{ways}");
    }
}
