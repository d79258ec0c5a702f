//! `cds samples`: offices of any size, ready to run, always the same.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use cds::outcome::{Outcome, Status, UnitStanding};

use crate::copied;

fn cds(args: &[&str], folder: &Path) -> Output {
    Command::new(env!("CARGO_BIN_EXE_cds")).args(args).arg(folder).output().unwrap()
}

fn made(args: &[&str], folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let output = cds(&[&["samples"], args].concat(), folder);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let inside = |(path, bytes): (PathBuf, Vec<u8>)| (path.strip_prefix(folder).unwrap().to_owned(), bytes);
    copied::tree(folder).into_iter().map(inside).collect()
}

fn outcome_of(folder: &Path) -> Outcome {
    let output = cds(&["run", "--at", "2025-06-10T02:00"], folder);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Outcome::read_json(&std::fs::read(folder.join("ket-qua/2025-06-10T0200/ket-qua.json")).unwrap()).unwrap()
}

#[test]
fn a_department_is_the_same_at_each_making_and_every_package_counts() {
    let dir = tempfile::tempdir().unwrap();
    let args = ["--schools", "12", "--units", "3", "--seed", "7"];
    let (one, two) = (dir.path().join("a"), dir.path().join("b"));
    let first = made(&args, &one);
    assert!(first == made(&args, &two), "two makes differ");
    let outcome = outcome_of(&one);
    let standing: Vec<UnitStanding> = outcome.units.iter().map(|unit| unit.standing).collect();
    assert_eq!(standing, [UnitStanding::Counted; 3]);
    assert!(outcome.findings.iter().all(|finding| finding.code.0 < 900), "{:?}", outcome.findings);
    assert_eq!(outcome.expected.len(), 12);
    assert!(outcome.expected.iter().any(|one| one.status == Status::Accepted));
    let other = made(&["--schools", "12", "--units", "3", "--seed", "8"], &dir.path().join("c"));
    assert!(first != other);
}

#[test]
fn returns_of_a_plain_office_come_as_they_really_do() {
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path().join("office");
    made(&["--schools", "100"], &folder);
    let outcome = outcome_of(&folder);
    let count = |status: Status| outcome.expected.iter().filter(|expected| expected.status == status).count();
    assert!((2..=14).contains(&count(Status::Missing)), "{}", count(Status::Missing));
    assert!(count(Status::Accepted) >= 75, "{}", count(Status::Accepted));
    assert!(outcome.findings.len() > 20);
    // What is there is never written over.
    assert_eq!(cds(&["samples"], &folder).status.code(), Some(4));
    assert_eq!(cds(&["samples", "--schools", "5", "--units", "9"], &dir.path().join("none")).status.code(), Some(2));
    assert!(!dir.path().join("none").exists());
}
