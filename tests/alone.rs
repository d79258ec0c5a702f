//! A file checked alone says what it says in the folder: the same findings, the same points; and all of a kind at once.

#![allow(clippy::unwrap_used)]

use crate::office;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use cds::finding::{Code, Finding, code};
use cds::folder::OfficeFolder;
use cds::outcome::Outcome;
use cds::reader::{Limits, Pool};
use cds::run::{Inputs, check_one};

/// What rests on the other files of a folder, on time or on a decision of the office: said in the folder alone.
const OF_THE_FOLDER: [Code; 8] = [
    code::SUPERSEDED,
    code::DUPLICATE,
    code::NEWER_NOT_VALID,
    code::SAME_TIME,
    code::SET_ASIDE,
    code::MISSING,
    code::LATE,
    code::CODE_ON_OTHERS_RETURN,
];

fn said(findings: &[Finding], file: &str) -> Vec<String> {
    let own = |finding: &&Finding| {
        finding.place.file.as_deref().is_some_and(|of| of.rsplit('/').next() == Some(file))
            && !OF_THE_FOLDER.contains(&finding.code)
    };
    let text = |f: &Finding| {
        let cell = f.place.cell.map(|cell| cell.to_string()).unwrap_or_default();
        format!(
            "{} {} {} {cell} {:?}",
            f.code,
            f.severity.key(),
            f.place.sheet.as_deref().unwrap_or_default(),
            f.values
        )
    };
    let mut said: Vec<String> = findings.iter().filter(own).map(text).collect();
    said.sort();
    said.dedup();
    said
}

/// Each node's claimed and counted points, level and answer, of every return of a file.
fn points<'s>(scored: impl Iterator<Item = &'s cds::score::Scored>) -> Vec<String> {
    let mut points: Vec<String> = scored
        .map(|scored| {
            let node = |node: &cds::score::ScoredNode| {
                format!("{}={:?}/{}/{:?}/{:?}", node.code, node.claimed, node.counted, node.level, node.met)
            };
            scored.nodes.iter().map(node).collect::<Vec<_>>().join(" ")
        })
        .collect();
    points.sort();
    points
}

fn check(folder: &str) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let office = tempfile::tempdir().unwrap();
    let returned = office.path().join("nop");
    fs::create_dir(&returned).unwrap();
    let mut files: Vec<PathBuf> = Vec::new();
    for entry in fs::read_dir(&folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        match name.as_str() {
            "expected.json" | "generators" | "rust" | "forms" => {}
            "danh-sach-truong.csv" => drop(fs::copy(&path, office.path().join(name)).unwrap()),
            "quy-tac" => crate::copied::copy(&path, &office.path().join(name)),
            _ if name.starts_with("~$") || path.is_dir() => {}
            _ => {
                fs::copy(&path, returned.join(&name)).unwrap();
                files.push(returned.join(&name));
            }
        }
    }
    fs::write(office.path().join("co-quan.toml"), "ten = \"Phòng GDĐT thử nghiệm\"\nnam_hoc = \"2024-2025\"\n")
        .unwrap();
    let done = Command::new(env!("CARGO_BIN_EXE_cds")).arg("run").arg(office.path()).output().unwrap();
    assert!(matches!(done.status.code(), Some(0 | 1)), "{}", String::from_utf8_lossy(&done.stderr));
    let run = fs::read_dir(office.path().join("ket-qua")).unwrap().map(|entry| entry.unwrap().path());
    let run = run.filter(|path| path.join("ket-qua.json").exists()).last().unwrap();
    let outcome = Outcome::read_json(&fs::read(run.join("ket-qua.json")).unwrap()).unwrap();
    let pool =
        Pool { program: Path::new(env!("CARGO_BIN_EXE_cds")), limits: Limits::default(), threads: 1, stop: None };
    let inputs = Inputs::read(&OfficeFolder::open(office.path()).unwrap(), &pool).unwrap();
    let mut counted: BTreeMap<String, Vec<&cds::score::Scored>> = BTreeMap::new();
    for expected in &outcome.expected {
        let scored = expected.scored.as_ref().or(expected.pending.as_ref());
        if let (Some(source), Some(scored)) = (&expected.source, scored) {
            counted.entry(source.file.rsplit('/').next().unwrap().to_owned()).or_default().push(scored);
        }
    }
    assert!(files.len() > 3, "{}", folder.display());
    for file in files {
        let name = file.file_name().unwrap().to_str().unwrap();
        let verdict = check_one(&file, &inputs.book, Some(&inputs), &pool).unwrap();
        assert_eq!(said(&verdict.findings, name), said(&outcome.findings, name), "{name}");
        if let Some(counted) = counted.get(name) {
            let alone = points(verdict.scored.iter().map(|(_, scored)| scored));
            for own in points(counted.iter().copied()) {
                assert!(alone.contains(&own), "{name}: {own}\nalone: {alone:#?}");
            }
        }
    }
}

#[test]
fn wild_returns_alone_and_in_the_folder() {
    check("tests/wild");
    check("tests/wild/forms");
}

#[test]
fn messy_returns_alone_and_in_the_folder() {
    for folder in ["layouts", "columns", "codes", "scores", "identity", "programs", "own-rules"] {
        check(&format!("tests/messy/{folder}"));
    }
}

/// Faults of one kind in one return are all told at once: in the run, alone, and in the form that goes back.
#[test]
fn many_faults_of_one_kind_are_all_told() {
    let office = office::Office::new().school("80100001", "Trường Tiểu học Hoa Sen", "TH");
    let items =
        ["1.3.1", "1.3.2", "1.3.3", "1.3.4", "1.3.5", "1.4", "1.5.1", "1.7.2", "2.3.1", "2.3.2", "2.4.1", "2.4.2"];
    let ran = office
        .returned("phieu.xlsx", "80100001", |filled| {
            for item in items {
                filled.number(item, 99.0);
            }
            for item in ["2.3.3", "2.3.4", "2.3.5"] {
                filled.blank(item);
            }
            for item in ["2.3.6", "2.3.7", "2.3.8"] {
                filled.without_evidence(item);
            }
        })
        .run();
    let told = |wanted: Code| -> Vec<String> {
        let of = ran.of("nop/phieu.xlsx").into_iter().filter(|finding| finding.code == wanted);
        of.filter_map(|finding| Some(finding.item?.to_string())).collect()
    };
    assert_eq!(told(code::ABOVE_MAX), items);
    assert_eq!(told(code::SCORE_MISSING), ["2.3.3", "2.3.4", "2.3.5"]);
    assert_eq!(told(code::EVIDENCE_MISSING), ["2.3.6", "2.3.7", "2.3.8"]);
}
