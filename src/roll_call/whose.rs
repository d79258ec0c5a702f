//! Whose a return is, as far as it is known: one school for certain, one or several in doubt. Asks no roster.

/// Whose a return is. Where it is not certain, its answers are shown to nobody and count for nobody.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Whose {
    /// The school, by its place in the roster; where code and name disagree, the one whose name stands on it. `None`
    /// where nobody, or more than one, could be meant.
    pub school: Option<usize>,
    /// Whether the return may count for it.
    pub valid: bool,
    /// Schools that could be meant too: they are told.
    pub others: Vec<usize>,
}

impl Whose {
    /// One school's, for certain.
    pub fn certain(school: usize) -> Whose {
        Whose { school: Some(school), valid: true, others: Vec::new() }
    }

    /// One school could be meant, or none; of several, each.
    pub fn doubtful(mut schools: Vec<usize>) -> Whose {
        schools.sort_unstable();
        schools.dedup();
        match schools[..] {
            [] => Whose::default(),
            [only] => Whose { school: Some(only), ..Whose::default() },
            _ => Whose { others: schools, ..Whose::default() },
        }
    }
}
