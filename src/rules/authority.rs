//! `basis`, `source`, `clause`, `checked_by`, `checked_on` of a table that holds figures.

use super::{Authority, Basis};
use crate::settings::Table;

const BASES: &[(&str, Basis)] = &[
    ("official", Basis::Official),
    ("sourced", Basis::Sourced),
    ("inferred", Basis::Inferred),
    ("provisional", Basis::Provisional),
];

/// Where the figures of this table come from. Without a readable basis they are provisional, and the mistake is told.
pub(super) fn read(table: &Table<'_>) -> Authority {
    let basis = table.need("basis").and_then(|value| value.one_of(BASES));
    let text = |key| table.get(key).and_then(|value| value.written()).unwrap_or_default();
    let authority = Authority {
        basis: basis.unwrap_or(Basis::Provisional),
        source: text("source"),
        clause: text("clause"),
        checked_by: text("checked_by"),
        checked_on: text("checked_on"),
    };
    if basis == Some(Basis::Official) {
        for (key, value) in [("checked_by", &authority.checked_by), ("checked_on", &authority.checked_on)] {
            match table.get(key) {
                None => table.missing(key),
                Some(there) if value.is_empty() => there.wrong("đang để trống", "empty"),
                Some(_) => {}
            }
        }
    }
    authority
}
