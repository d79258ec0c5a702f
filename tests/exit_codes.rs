//! Every exit code, as a scheduler sees it.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

use std::fs;
use std::process::{Command, Output};

use crate::office::{Office, book, form};

fn office() -> Office {
    Office::new().school("80100001", "Trường THCS Bình Minh", "THCS").school("80100002", "Trường TH Hoa Sen", "TH")
}

fn code(output: &Output) -> i32 {
    output.status.code().unwrap()
}

fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

fn runs(office: &Office) -> usize {
    fs::read_dir(office.path().join("ket-qua")).map_or(0, |entries| {
        entries.filter(|entry| entry.as_ref().unwrap().path().join("tong-hop.xlsx").exists()).count()
    })
}

#[test]
fn zero_and_one_follow_fail_on() {
    let office = office().returned("a.xlsx", "80100001", |form| {
        form.number("1.3.1", 99.0);
    });
    for (arguments, want) in [
        (&[][..], 0),
        (&["--fail-on", "error"], 1),
        (&["--fail-on", "missing"], 1),
        (&["--fail-on", "error,warning,missing"], 1),
        (&["--fail-on", "warning"], 1),
    ] {
        assert_eq!(code(&office.command(arguments)), want, "{arguments:?}");
    }
    assert_eq!(runs(&office), 5);
}

#[test]
fn two_for_what_cannot_be_used() {
    let no_folder = Command::new(env!("CARGO_BIN_EXE_cds")).args(["run", "/khong-co"]).output().unwrap();
    assert_eq!(code(&no_folder), 2);
    assert!(said(&no_folder).contains("/khong-co"));
    assert_eq!(code(&Command::new(env!("CARGO_BIN_EXE_cds")).arg("rum").output().unwrap()), 2);
    let wrong_key = office().settings("tenn = \"x\"\ndia_danh = 5\n");
    let output = wrong_key.command(&[]);
    assert_eq!(code(&output), 2);
    assert!(said(&output).contains("co-quan.toml"), "{}", said(&output));
    assert!(said(&output).contains("tenn") && said(&output).contains("dia_danh"), "all at once: {}", said(&output));
    let wrong_rule = office().file("quy-tac/a.toml", "[set]\nid = \"x\"\n");
    let output = wrong_rule.command(&[]);
    assert_eq!(code(&output), 2);
    assert!(said(&output).contains("quy-tac/a.toml"), "{}", said(&output));
    assert_eq!(code(&Office::new().command(&[])), 2, "an empty roster");
    assert_eq!(runs(&wrong_rule), 0);
}

#[test]
fn three_while_another_run_is_at_work() {
    let office = office();
    office.run();
    let lock = fs::File::options().write(true).open(office.path().join(".cds.lock")).unwrap();
    lock.lock().unwrap();
    let output = office.command(&[]);
    assert_eq!(code(&output), 3, "{}", said(&output));
    drop(lock);
    assert_eq!(code(&office.command(&[])), 0);
}

#[test]
fn four_when_the_result_cannot_be_written() {
    let office = office().file("ket-qua", "a file where the folder should be");
    let output = office.command(&[]);
    assert_eq!(code(&output), 4, "{}", said(&output));
    assert_eq!(fs::read_to_string(office.path().join("ket-qua")).unwrap(), "a file where the folder should be");
}

#[test]
fn check_tells_one_workbook() {
    let folder = tempfile::tempdir().unwrap();
    let book = book();
    let set = book.for_kind(&cds::school::SchoolKind("THCS".to_owned())).unwrap();
    let check = |name: &str, bytes: Vec<u8>| {
        let path = folder.path().join(name);
        fs::write(&path, bytes).unwrap();
        Command::new(env!("CARGO_BIN_EXE_cds")).arg("check").arg(path).output().unwrap()
    };
    let clean = check("a.xlsx", form(set, None, |_| {}));
    assert_eq!(code(&clean), 0, "{}", said(&clean));
    assert!(said(&clean).contains("mức chung 3"), "{}", said(&clean));
    let faulty = check(
        "b.xlsx",
        form(set, None, |form| {
            form.number("1.3.1", 7.0);
        }),
    );
    assert_eq!(code(&faulty), 1);
    assert!(said(&faulty).contains("CDS402") && said(&faulty).contains("D1"), "{}", said(&faulty));
    assert_eq!(code(&check("c.xlsx", b"no workbook".to_vec())), 1);
    let absent = Command::new(env!("CARGO_BIN_EXE_cds")).args(["check", "khong-co.xlsx"]).output().unwrap();
    assert_eq!(code(&absent), 2);
}

#[test]
fn check_with_the_office_checks_identity() {
    let office = office().returned("a.xlsx", "80100001", |_| {});
    office.run();
    let bytes = fs::read(office.path().join("nop/a.xlsx")).unwrap();
    let mine = office.path().join("a.xlsx");
    fs::write(&mine, bytes).unwrap();
    let check = |file: &std::path::Path| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_cds"));
        command.arg("check").arg(file).arg("--office").arg(office.path()).output().unwrap()
    };
    assert_eq!(code(&check(&mine)), 0, "{}", said(&check(&mine)));
    let stranger = form(book().sets.iter().find(|set| set.id.0 == "qd-4725-2022").unwrap(), None, |_| {});
    fs::write(&mine, stranger).unwrap();
    let output = check(&mine);
    assert_eq!(code(&output), 1);
    assert!(said(&output).contains("CDS204"), "{}", said(&output));
}

#[test]
fn explain_knows_every_code_in_two_languages() {
    let explain =
        |arguments: &[&str]| Command::new(env!("CARGO_BIN_EXE_cds")).arg("explain").args(arguments).output().unwrap();
    let output = explain(&["cds402"]);
    assert_eq!(code(&output), 0);
    assert!(said(&output).contains("vượt tối đa"), "{}", said(&output));
    assert!(said(&explain(&["402", "--lang", "en"])).contains("exceeds the maximum"));
    assert_eq!(code(&explain(&["CDS999"])), 2);
}
