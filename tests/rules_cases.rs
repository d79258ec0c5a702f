//! Small offices with rule files that are valid and were scored or refused wrongly (`why.txt`), each run by the built
//! program and held against what a person computes (`expected.json`).

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, SystemTime};

use serde::Deserialize;

use crate::copied::copy;
use crate::returns::{Row, run};

#[derive(Deserialize)]
struct Office {
    total: String,
    level: u8,
    counted: BTreeMap<String, String>,
}

/// A school's result, by `code|set`.
#[derive(Deserialize)]
struct School {
    trang_thai: String,
    muc_do: u8,
    tu_danh_gia: BTreeMap<String, String>,
    duoc_tinh: BTreeMap<String, String>,
    dat: BTreeMap<String, bool>,
}

fn case(name: &str) -> (tempfile::TempDir, serde_json::Value) {
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/rules_cases").join(name);
    let office = tempfile::tempdir().unwrap();
    copy(&from, office.path());
    let before = SystemTime::now() - Duration::from_secs(86_400);
    for entry in fs::read_dir(office.path().join("nop")).into_iter().flatten() {
        fs::File::options().write(true).open(entry.unwrap().path()).unwrap().set_modified(before).unwrap();
    }
    let expected = serde_json::from_slice(&fs::read(from.join("expected.json")).unwrap()).unwrap();
    (office, expected)
}

/// Runs the office of a case; what differs from what a person computes.
fn differences(name: &str) -> Vec<String> {
    let (office, expected) = case(name);
    let run = run(office.path());
    let mut wrong = Vec::new();
    let mut same = |what: String, got: &str, want: &str| {
        if got != want {
            wrong.push(format!("{what}: {got:?}, should be {want:?}"));
        }
    };
    for (key, value) in expected.as_object().unwrap() {
        let (school, set) = key.split_once('|').unwrap_or(("", ""));
        let rows: Vec<&Row> = run
            .points
            .iter()
            .filter(|row| row["ma_truong"] == *school && (set.is_empty() || row["bo_chi_so"] == set))
            .collect();
        let cell = |item: &str, column: &str| {
            rows.iter().find(|row| row["ma"] == *item).map(|row| row[column].clone()).unwrap_or_default()
        };
        if school.is_empty() {
            let office: Office = serde_json::from_value(value.clone()).unwrap();
            for (item, want) in &office.counted {
                same(format!("office {item}"), &cell(item, "duoc_tinh"), want);
            }
            let result = run.outcome.offices.as_ref().unwrap();
            same("office total".to_owned(), &result.scored.total.plain(), &office.total);
            same(
                "office level".to_owned(),
                &format!("{:?}", result.scored.level.map(|l| l.0)),
                &format!("{:?}", Some(office.level)),
            );
            continue;
        }
        let want: School = serde_json::from_value(value.clone()).unwrap();
        let row = run.schools.iter().find(|row| row["ma_truong"] == *school && row["bo_chi_so"] == set).unwrap();
        same(format!("{key} trang_thai"), &row["trang_thai"], &want.trang_thai);
        same(format!("{key} muc_do"), &row["muc_do"], &want.muc_do.to_string());
        for (item, points) in &want.tu_danh_gia {
            same(format!("{key} {item} tu_danh_gia"), &cell(item, "tu_danh_gia"), points);
        }
        for (item, points) in &want.duoc_tinh {
            same(format!("{key} {item} duoc_tinh"), &cell(item, "duoc_tinh"), points);
        }
        for (item, met) in &want.dat {
            same(format!("{key} {item} dat"), &cell(item, "dat"), if *met { "1" } else { "0" });
        }
    }
    wrong
}

#[test]
fn two_mean_scores_over_a_group_without_a_scale() {
    assert_eq!(differences("1-exit-4-two-mean-scores"), [] as [String; 0]);
}

#[test]
fn a_row_of_points_and_a_word_of_headers_is_no_header() {
    assert_eq!(differences("2-n-diem-row-taken-as-header"), [] as [String; 0]);
}

#[test]
fn a_condition_at_depth_one_is_no_group() {
    assert_eq!(differences("3-condition-at-depth-one"), [] as [String; 0]);
}

#[test]
fn a_share_below_zero_does_not_count() {
    assert_eq!(differences("4-negative-share"), [] as [String; 0]);
}

#[test]
fn a_list_of_groups_means_those_groups() {
    assert_eq!(differences("6-groups-silently-widened"), [] as [String; 0]);
}

#[test]
fn a_circle_of_replacements_is_told_at_each_of_its_sets() {
    let (office, expected) = case("5-circle-of-three");
    let done = Command::new(env!("CARGO_BIN_EXE_cds")).arg("run").arg(office.path()).output().unwrap();
    assert_eq!(done.status.code(), expected["exit"].as_i64().map(|code| code as i32));
    let said = String::from_utf8_lossy(&done.stderr);
    for file in ["a1", "b1", "c1"] {
        assert!(said.contains(&format!("quy-tac/{file}.toml:1: lỗi: set: replaces:")), "{said}");
    }
}
