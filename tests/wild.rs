//! Returns as schools send them, in any shape: what is counted is what a person reads in them.

use crate::returns;

use std::path::Path;

#[test]
fn wild_returns_are_read_as_a_person_reads_them() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/wild");
    let wrong = returns::differences(&folder, &folder.join("none"));
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}
