//! The blank forms that are checked in: made with `CDS_WRITE=1 cargo test --test all forms::`, else held against the rules.

use std::fs;
use std::path::Path;

use cds::form_writer::files::{Existing, write_blanks};
use cds::layouts::names::blank_name;
use jiff::civil::date;

/// The date in the properties of the checked-in blanks: any fixed one keeps their bytes stable.
const MADE: jiff::civil::DateTime = date(2025, 1, 1).at(0, 0, 0, 0);

#[test]
fn the_blank_forms_are_those_of_the_rules() {
    let book = cds::rules::book(Vec::new()).map_err(|mistakes| mistakes.len()).unwrap().book;
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates/forms");
    if std::env::var_os("CDS_WRITE").is_some() {
        write_blanks(&book, &dir, MADE, Existing::Replace).unwrap();
    }
    let fresh = tempfile::tempdir().unwrap();
    write_blanks(&book, fresh.path(), MADE, Existing::Keep).unwrap();
    for set in &book.sets {
        let name = blank_name(set);
        let made = fs::read(fresh.path().join(&name)).unwrap();
        let same = fs::read(dir.join(&name)).is_ok_and(|there| crate::packages::same(&there, &made));
        assert!(same, "templates/forms/{name} has drifted: CDS_WRITE=1 cargo test --test all forms::");
    }
    let known = book.sets.iter().map(blank_name).collect::<Vec<_>>();
    for file in fs::read_dir(&dir).unwrap() {
        let name = file.unwrap().file_name().into_string().unwrap();
        assert!(known.contains(&name), "templates/forms/{name} belongs to no set");
    }
}
