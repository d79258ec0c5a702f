//! `ket-qua.json`: a stored example of its schema loads and comes out the same. `docs/ket-qua-json.md` describes it.
//!
//! `CDS_WRITE=1 cargo test --test all json::` makes the example of the present schema anew from the sample office. Once a
//! schema is released its example is frozen: a change gets the next number and a file of its own.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Once;

use crate::copied::copy;
use cds::outcome::{Outcome, SCHEMA, Status};
use cds::reader::Limits;
use cds::run::{self, Options};
use jiff::civil::date;
use serde_json::Value;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn path(schema: u32) -> PathBuf {
    root().join(format!("docs/ket-qua-{schema}.json"))
}

/// The stored example of a schema; when writing, made anew first.
fn example(schema: u32) -> Vec<u8> {
    static WRITTEN: Once = Once::new();
    WRITTEN.call_once(|| {
        if std::env::var_os("CDS_WRITE").is_some() {
            let text = serde_json::to_string_pretty(&made_anew()).unwrap();
            fs::write(path(SCHEMA), format!("{text}\n")).unwrap();
        }
    });
    fs::read(path(schema)).unwrap()
}

/// The preschools at the top of the sample's roster, down to the first that sent nothing.
fn cut_down(mut outcome: Outcome) -> Outcome {
    let last = outcome.expected.iter().position(|expected| expected.status == Status::Missing).unwrap();
    let last = outcome.expected[last].school;
    outcome.schools.truncate(last + 1);
    outcome.expected.retain(|expected| expected.school == 0 || expected.school == last);
    let kept: Vec<_> = [0, last].iter().map(|&at| outcome.schools[at].code.clone()).collect();
    outcome.findings.retain(|finding| finding.school.as_ref().is_none_or(|school| kept.contains(school)));
    outcome.files.retain(|file| file.school.as_ref().is_some_and(|school| kept.contains(school)));
    let owed: Vec<_> = outcome.expected.iter().map(|expected| expected.set.clone()).collect();
    outcome.book.sets.retain(|set| owed.contains(&set.id));
    outcome.offices = None;
    // Times of files are those of the checkout.
    outcome.files.iter_mut().for_each(|file| file.modified = None);
    outcome
}

fn made_anew() -> Outcome {
    let office = tempfile::tempdir().unwrap();
    copy(&root().join("samples/can-giuoc"), office.path());
    let options = Options {
        at: date(2025, 6, 5).at(2, 0, 0, 0),
        reader: Path::new(env!("CARGO_BIN_EXE_cds")),
        threads: 2,
        limits: Limits::default(),
        settle: std::time::Duration::ZERO,
        per_unit: false,
        stop: None,
    };
    cut_down(run::run(office.path(), &options, &|_| {}).unwrap().outcome)
}

#[test]
fn the_example_of_each_schema_loads_and_comes_out_the_same() {
    for schema in 1..=SCHEMA {
        let stored = example(schema);
        let outcome = Outcome::read_json(&stored).unwrap();
        assert_eq!(outcome.schema, schema);
        assert!(outcome.expected.iter().any(|expected| expected.scored.is_some()) && !outcome.findings.is_empty());
        let mut again = Vec::new();
        outcome.write_json(&mut again).unwrap();
        let value = |bytes: &[u8]| serde_json::from_slice::<Value>(bytes).unwrap();
        assert!(value(&stored) == value(&again), "docs/ket-qua-{schema}.json comes out otherwise than it went in");
    }
}

#[test]
fn another_schema_is_said() {
    let error = Outcome::read_json(br#"{"schema": 9999}"#).unwrap_err();
    assert!(error.to_string().contains("9999"), "{error}");
}

#[test]
fn every_key_of_the_example_is_described() {
    let stored: Value = serde_json::from_slice(&example(SCHEMA)).unwrap();
    let described = fs::read_to_string(root().join("docs/ket-qua-json.md")).unwrap();
    let keys = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    let mut all = keys(&stored);
    for list in ["dues", "files", "findings", "schools"] {
        all.extend(keys(&stored[list][0]));
    }
    for key in all {
        assert!(described.contains(&format!("`{key}`")), "docs/ket-qua-json.md does not describe `{key}`");
    }
}
