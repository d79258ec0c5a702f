//! A `ket-qua.json` that was altered: what is inconsistent is refused with a word, and what is let through brings down no
//! output. Every kind of place in a real result is altered in turn.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

use std::collections::BTreeMap;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::process::Command;

use rayon::prelude::*;
use serde_json::{Value, json};

use cds::finding::Lang;
use cds::operations::{self, Earlier};
use cds::outcome::{LARGEST_BESIDE, LastYear, Outcome, ResultError};
use cds::views::changes::Comparison;
use cds::{report, why};

const RUN: &str = "tests/earlier/0.1.0/ket-qua/2025-06-02T0800/ket-qua.json";

fn stored() -> Value {
    serde_json::from_slice(&fs::read(RUN).unwrap()).unwrap()
}

fn read(value: &Value) -> Result<Outcome, ResultError> {
    Outcome::read_json(&serde_json::to_vec(value).unwrap())
}

/// One place of each kind: the pointer to the last of those that differ in indexes alone.
fn places(value: &Value, at: String, kind: String, found: &mut BTreeMap<String, String>) {
    found.insert(kind.clone(), at.clone());
    match value {
        Value::Object(members) => members.iter().for_each(|(key, below)| {
            let key = key.replace('~', "~0").replace('/', "~1");
            places(below, format!("{at}/{key}"), format!("{kind}/{key}"), found);
        }),
        Value::Array(below) => (0..)
            .zip(below)
            .for_each(|(i, below): (usize, _)| places(below, format!("{at}/{i}"), format!("{kind}/*"), found)),
        _ => {}
    }
}

fn alterations(value: &Value) -> Vec<Value> {
    match value {
        Value::Number(_) => vec![json!(4_000_000_000_u32), json!(0)],
        Value::Array(list) => vec![json!([]), Value::Array([&list[..], &list[..list.len().min(1)]].concat())],
        // What people read stays; what other places refer to does not.
        Value::String(text) if !text.contains([' ', '.', '/']) => vec![json!("zzz")],
        Value::Object(_) => vec![json!(null)],
        Value::String(_) | Value::Bool(_) | Value::Null => Vec::new(),
    }
}

/// Makes everything that people read of a result.
fn show(outcome: &Outcome, other: &Outcome) {
    let _ = report::to_bytes(outcome);
    let earlier = Earlier { previous: Some(outcome), last_year: Some(outcome), ..Earlier::default() };
    let _ = operations::to_bytes(other, earlier);
    for (before, after) in [(outcome, other), (other, outcome)] {
        cds::compare::text(&Comparison::of(before, after), Lang::Vi);
        LastYear::of(before, after);
    }
    let _ = why::text(outcome, why::OFFICE, None, Lang::Vi);
    let _ = why::text(outcome, why::OFFICE, Some("2.1"), Lang::En);
    for school in &outcome.schools {
        let _ = why::text(outcome, &school.code.0, None, Lang::Vi);
        let _ = why::text(outcome, &school.code.0, Some("1.3.1"), Lang::Vi);
    }
    outcome.corrections();
}

#[test]
fn an_altered_result_is_refused_or_brings_nothing_down() {
    let whole = stored();
    let sound = read(&whole).unwrap();
    let mut found = BTreeMap::new();
    places(&whole, String::new(), String::new(), &mut found);
    found.remove("");
    // What is only shown is shown by the same code wherever it stands.
    found.retain(|kind, _| !["/findings/*/values/", "/ledger/", "/office/"].iter().any(|text| kind.starts_with(text)));
    let altered: Vec<(String, Value)> = found
        .into_values()
        .flat_map(|at| {
            let values = alterations(whole.pointer(&at).unwrap());
            values.into_iter().map(move |value| (at.clone(), value))
        })
        .collect();
    let brought_down: Vec<String> = altered
        .par_iter()
        .filter_map(|(at, value)| {
            let mut changed = whole.clone();
            *changed.pointer_mut(at).unwrap() = value.clone();
            let outcome = match read(&changed) {
                Ok(outcome) => outcome,
                Err(why) => {
                    assert!(!why.message(Lang::Vi).is_empty() && !why.message(Lang::En).is_empty());
                    return None;
                }
            };
            catch_unwind(AssertUnwindSafe(|| show(&outcome, &sound))).err().map(|_| format!("{at} = {value}"))
        })
        .collect();
    assert!(brought_down.is_empty(), "{}", brought_down.join("\n"));
    assert!(altered.len() > 200);
}

#[test]
fn what_is_not_there_is_named() {
    type Change = fn(&mut Value);
    let changes: [(Change, &str); 9] = [
        (|all| all["dues"][0]["school"] = json!(999), "no school 999"),
        (|all| all["dues"][1]["set"] = json!("qd-0"), "no indicator set qd-0"),
        (|all| all["dues"][1]["scored"]["nodes"] = json!([]), "the scores are not those of"),
        (|all| all["offices"]["computed"][0]["code"] = json!("9.9"), "9.9 is not computed"),
        (|all| all["offices"]["computed"][0]["share"]["den"] = json!(0), "a share of"),
        (|all| all["book"]["sets"][0]["nodes"][2]["parent"] = json!(2), "no tree"),
        (|all| all["book"]["sets"][0]["nodes"][1]["children"] = json!([0]), "no tree"),
        (|all| all["files"][0]["file"] = json!("nop/../../etc/passwd"), "is not in the office folder"),
        (|all| all["last_year"]["expected"] = json!([]), "last year has other schools"),
    ];
    for (change, said) in changes {
        let mut all = stored();
        change(&mut all);
        let why = read(&all).unwrap_err();
        assert!(matches!(&why, ResultError::Inconsistent(what) if what.contains(said)), "{said}: {why}");
    }
}

#[test]
fn what_is_deep_or_large_is_refused() {
    let deep = format!("{{\"schema\":1,\"run\":{}{}}}", "[".repeat(100_000), "]".repeat(100_000));
    assert!(matches!(Outcome::read_json(deep.as_bytes()), Err(ResultError::Damaged(_))));
    let file = tempfile::NamedTempFile::new().unwrap();
    file.as_file().set_len(LARGEST_BESIDE + 1).unwrap();
    assert!(matches!(Outcome::read_file(file.path(), LARGEST_BESIDE), Err(ResultError::TooLarge { .. })));
}

#[test]
fn commands_tell_of_a_damaged_result() {
    let folder = tempfile::tempdir().unwrap();
    let run = folder.path().join("ket-qua/2025-06-02T0800");
    fs::create_dir_all(&run).unwrap();
    fs::write(folder.path().join("co-quan.toml"), "ten = \"A\"\nnam_hoc = \"2024-2025\"\n").unwrap();
    fs::write(folder.path().join("danh-sach-truong.csv"), "ma_truong,ten_truong,cap_hoc\n1,A,TH\n").unwrap();
    let mut all = stored();
    all["dues"][0]["school"] = json!(999);
    fs::write(run.join("ket-qua.json"), serde_json::to_vec(&all).unwrap()).unwrap();
    let run = run.to_str().unwrap();
    for command in [
        &["compare", RUN, run][..],
        &["why", run, "co-quan"],
        &["finalize", run, "--moc", "gui-so", "--accept-open"],
        &["rules", "impact", "templates/rules/qd-3806-2024.toml", run],
    ] {
        let output = Command::new(env!("CARGO_BIN_EXE_cds")).args(command).output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{command:?}: {said}");
        assert!(said.contains("đã bị sửa hoặc bị hỏng") && said.contains("no school 999"), "{command:?}: {said}");
    }
    assert!(Path::new(run).exists());
}
