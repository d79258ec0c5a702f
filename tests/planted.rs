//! What somebody put where the program writes or reads: links are not followed, pipes are told and not waited for, and no
//! file appears outside the office folder.

#![cfg(unix)]
#![allow(clippy::unwrap_used)] // The builders below are tests too.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use crate::office::Office;

fn office() -> Office {
    Office::new().school("80100001", "Trường THCS Bình Minh", "THCS").returned("a.xlsx", "80100001", |_| {})
}

fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

/// Runs it; a program that waits for a pipe would wait for ever.
fn in_time(command: &mut Command) -> Output {
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let until = Instant::now() + Duration::from_secs(60);
    while child.try_wait().unwrap().is_none() {
        if Instant::now() > until {
            child.kill().unwrap();
            panic!("it waits: {command:?}");
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    child.wait_with_output().unwrap()
}

fn cds(arguments: &[&str], folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cds"));
    command.arg(arguments[0]).arg(folder).args(&arguments[1..]);
    command
}

fn pipe(path: &Path) {
    assert!(Command::new("mkfifo").arg(path).status().unwrap().success());
}

#[test]
fn planted_links_are_not_followed() {
    let office = office();
    let elsewhere = tempfile::tempdir().unwrap();
    let kept = elsewhere.path().join("kept");
    fs::write(&kept, "kept").unwrap();
    let names = [".cds.lock", ".cds.lock.txt", ".cds.cache.partial", ".MO-KET-QUA-MOI-NHAT.html.partial"];
    for (at, name) in names.iter().enumerate() {
        // To a file that is there, then to one that is not.
        let target = if at % 2 == 0 { kept.clone() } else { elsewhere.path().join(name) };
        symlink(target, office.path().join(name)).unwrap();
    }
    symlink(&kept, office.path().join("MO-KET-QUA-MOI-NHAT.html.partial")).unwrap();
    office.run();
    assert_eq!(fs::read_to_string(&kept).unwrap(), "kept");
    assert_eq!(fs::read_dir(elsewhere.path()).unwrap().count(), 1);
    assert!(fs::symlink_metadata(office.path().join("MO-KET-QUA-MOI-NHAT.html")).unwrap().is_file());
    assert!(fs::symlink_metadata(office.path().join(".cds.cache")).unwrap().is_file());
}

#[test]
fn a_pipe_in_place_of_an_input_is_told() {
    for name in ["co-quan.toml", "danh-sach-truong.xlsx", "so-nhan.csv", "phieu-co-quan.xlsx", "doi-chieu-phu-luc.xlsx"]
    {
        let office = office();
        office.run();
        let path = office.path().join(name);
        fs::remove_file(&path).unwrap_or_default();
        if name == "danh-sach-truong.xlsx" {
            fs::remove_file(office.path().join("danh-sach-truong.csv")).unwrap();
        }
        pipe(&path);
        let output = in_time(&mut cds(&["run"], office.path()));
        assert_eq!(output.status.code(), Some(2), "{name}: {}", said(&output));
        assert!(said(&output).contains(&format!("{name} không phải là tệp")), "{name}: {}", said(&output));
    }
    // Where several files may lie: told in words or in a finding, never waited for.
    let office = office();
    let ran = office.run();
    fs::create_dir(office.path().join("tham-dinh")).unwrap();
    pipe(&office.path().join("tham-dinh/a.xlsx"));
    fs::remove_file(office.path().join(".cds.lock.txt")).unwrap_or_default();
    pipe(&office.path().join(".cds.lock.txt"));
    pipe(&ran.path.join("them"));
    let output = in_time(&mut cds(&["run", "--at", "2025-06-02T02:00"], office.path()));
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    let findings = fs::read_to_string(office.path().join("ket-qua/2025-06-02T0200/loi.csv")).unwrap();
    assert!(findings.contains("tham-dinh/a.xlsx"), "{findings}");
    let output = in_time(&mut cds(&["verify"], &ran.path));
    assert!(output.status.code() == Some(1) && said(&output).contains("✗ them:"), "{}", said(&output));
    fs::create_dir(office.path().join("quy-tac")).unwrap();
    pipe(&office.path().join("quy-tac/a.toml"));
    let output = in_time(&mut cds(&["run"], office.path()));
    assert_eq!(output.status.code(), Some(2), "{}", said(&output));
    for name in ["ket-qua.json", "DAU-VAN-TAY.txt"] {
        fs::remove_file(ran.path.join(name)).unwrap();
        pipe(&ran.path.join(name));
        let output = in_time(&mut cds(&["finalize", "--moc", "gui-so"], &ran.path));
        assert_eq!(output.status.code(), Some(2), "{name}: {}", said(&output));
        let output = in_time(&mut cds(&["verify"], &ran.path));
        assert!(matches!(output.status.code(), Some(1 | 2)), "{name}: {}", said(&output));
    }
}

#[test]
fn no_folder_for_temporary_files_is_needed() {
    let office = office();
    office.run();
    let without = |arguments: &[&str], folder: &Path| {
        let output = cds(arguments, folder).env("TMPDIR", "/khong-co").output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{arguments:?}: {}", said(&output));
    };
    without(&["run", "--at", "2025-06-02T02:00"], office.path());
    let run = office.path().join("ket-qua/2025-06-02T0200");
    without(&["verify"], &run);
    // Nor where the report is made again to be compared.
    let report = run.join("tong-hop.xlsx");
    let mut book = fs::read(&report).unwrap();
    let end = book.len() - 2;
    book[end] = 1;
    book.push(b' ');
    fs::write(&report, book).unwrap();
    without(&["verify"], &run);
    without(&["finalize", "--moc", "phe-duyet", "--accept-open"], &run);
}

#[test]
fn a_time_that_no_folder_can_bear_is_told() {
    let office = office();
    office.run();
    for at in ["0001-01-01T00:00", "1969-12-31T00:00", "9999-12-31T23:59"] {
        let output = in_time(&mut cds(&["run", "--at", at], office.path()));
        assert_eq!(output.status.code(), Some(2), "{at}: {}", said(&output));
        assert!(said(&output).contains("ghi một năm từ 2000"), "{}", said(&output));
    }
}
