//! The rule that a figure follows: decision, clause, basis, source.

use super::say;
use crate::finding::Lang;
use crate::rules::{RuleSet, basis_label, figures};

/// One line for each figure of a set whose key begins so ([`crate::rules::Figure::key`]): `1.3.1 `, `scales.group `.
pub fn lines(set: &RuleSet, begins: &str, lang: Lang) -> String {
    let mut out = String::new();
    for figure in figures(set).iter().filter(|figure| figure.key.starts_with(begins)) {
        let authority = &figure.authority;
        let mut parts = vec![format!("{} = {}", figure.key, figure.value), set.decision.clone()];
        if !authority.clause.is_empty() {
            parts.push(authority.clause.clone());
        }
        parts.push(format!("{}: {}", say(lang, "căn cứ", "basis"), basis_label(authority.basis, lang)));
        if !authority.source.is_empty() {
            parts.push(format!("{}: {}", say(lang, "nguồn", "source"), authority.source));
        }
        out.push_str(&format!("    {}: {}\n", say(lang, "Quy tắc", "Rule"), parts.join("; ")));
    }
    out
}
