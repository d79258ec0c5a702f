//! Returns as schools send them, in any shape: what is counted is what a person reads in them.

use crate::returns;

use std::path::Path;

#[test]
fn wild_returns_are_read_as_a_person_reads_them() {
    check("tests/wild");
}

/// Letters that fonts confuse, names that differ in accents, headers in short, forms of other programs.
#[test]
fn odd_letters_names_and_forms_are_read_as_a_person_reads_them() {
    check("tests/wild/forms");
}

/// Texts and cells whose looks change what is read, what is hidden, what stands behind a text or lies on it.
#[test]
fn looks_hidden_parts_and_links_are_read_as_a_person_reads_them() {
    check("tests/wild/looks");
}

fn check(folder: &str) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let wrong = returns::differences(&folder, &folder.join("none"));
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}
