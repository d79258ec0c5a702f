//! What earlier versions left is read and verified for good. `earlier/<version>/` holds a run's result and a whole frozen
//! one as that version wrote them; they are never made anew.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

use std::fs;
use std::path::Path;
use std::process::Command;

use cds::milestone::Milestone;
use cds::outcome::{Outcome, Status};
use cds::points::Points;

const RUN: &str = "tests/earlier/0.1.0/ket-qua/2025-06-02T0800";
const FROZEN: &str = "tests/earlier/0.1.0/ket-qua/2025-06-02T0800-gui-so";

fn result(folder: &str) -> Outcome {
    Outcome::read_json(&fs::read(Path::new(folder).join("ket-qua.json")).unwrap()).unwrap()
}

fn cds(command: &[&str]) -> (Option<i32>, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_cds")).args(command).output().unwrap();
    let said = [output.stdout, output.stderr].concat();
    (output.status.code(), String::from_utf8_lossy(&said).into_owned())
}

#[test]
fn a_result_of_0_1_0_is_read() {
    let outcome = result(RUN);
    assert_eq!((outcome.schools.len(), outcome.expected.len()), (4, 4));
    assert_eq!(outcome.expected.iter().filter(|expected| expected.status == Status::Accepted).count(), 3);
    assert_eq!(outcome.offices.as_ref().unwrap().scored.total, Points::hundredths(6183));
    assert_eq!((outcome.verifications.len(), outcome.milestones.len()), (2, 1));
    assert_eq!(outcome.last_year.as_ref().unwrap().year, "2023-2024");
}

#[test]
fn what_0_1_0_froze_is_read_and_verified() {
    let milestone = Milestone::of(Path::new(FROZEN)).unwrap();
    assert_eq!(milestone.seal.code, milestone.seal.expected_code());
    assert_eq!(result(FROZEN).seal, Some(milestone.seal.line()));
    let (code, said) = cds(&["verify", FROZEN]);
    assert_eq!(code, Some(0), "{said}");
    let (code, said) = cds(&["compare", RUN, &format!("{FROZEN}/ket-qua.json")]);
    assert_eq!(code, Some(0), "{said}");
}
