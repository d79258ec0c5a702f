//! A run with nobody watching: what it prints, what it logs, and how it ends when it is told to.

use std::fs;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::office::Office;

fn office() -> Office {
    Office::new().school("80100001", "Trường THCS Bình Minh", "THCS").returned("a.xlsx", "80100001", |form| {
        form.number("1.3.1", 99.0);
    })
}

#[test]
fn quiet_says_nothing_and_json_one_object() {
    let office = office();
    let quiet = office.command(&["--quiet"]);
    assert_eq!((quiet.stdout.len(), quiet.stderr.len()), (0, 0));
    let output = office.command(&["--json", "--fail-on", "error"]);
    let summary: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(summary["schema"], cds::outcome::SCHEMA);
    assert_eq!(summary["ma_ket_thuc"], 1);
    assert_eq!(summary["phieu"]["da_nhan"], 1);
    assert_eq!(summary["ghi_nhan"]["phai_sua"], 1);
    assert!(fs::exists(format!("{}/tong-hop.xlsx", summary["thu_muc"].as_str().unwrap())).unwrap());
    let verbose = office.command(&["--verbose"]);
    assert!(String::from_utf8_lossy(&verbose.stderr).contains("nop/a.xlsx: 1 ghi nhận"));
}

#[test]
fn the_log_tells_each_file() {
    let office = office();
    let ran = office.run();
    let log = fs::read_to_string(ran.path.join("nhat-ky.txt")).unwrap();
    for text in ["thấy 1 tệp", "đã đọc nop/a.xlsx: 1 ghi nhận", "tệp: 1 (tinh 1)", "xong"] {
        assert!(log.contains(text), "{text}: {log}");
    }
}

#[test]
fn the_summary_counts_the_days_to_the_deadline() {
    let office = office().settings("[han]\nnop_phieu = 2025-06-07\n");
    let output = office.command(&[]);
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(said.contains("Còn 6 ngày đến hạn nộp 07/06/2025; 0 phiếu chưa nộp hoặc phải sửa."), "{said}");
}

#[test]
fn the_summary_names_the_deadlines_that_are_still_to_come() {
    let han = "[han]\nnop_phieu = 2025-05-31\ntham_dinh = 2025-05-30\nphe_duyet = 2025-06-01\ngui_so = 2025-06-19\n";
    let office = office().school("80100002", "Trường TH Hoa Sen", "TH").settings(han);
    let said = |arguments: &[&str]| String::from_utf8_lossy(&office.command(arguments).stdout).into_owned();
    let text = said(&[]);
    assert!(text.contains("Hạn nộp 31/05/2025 đã qua 1 ngày; 1 phiếu chưa nộp hoặc phải sửa."), "{text}");
    assert!(text.contains("Hạn sắp tới: phê duyệt 01/06/2025 (hôm nay), gửi Sở 19/06/2025 (còn 18 ngày)."), "{text}");
    let summary: serde_json::Value = serde_json::from_str(&said(&["--json"])).unwrap();
    assert_eq!(summary["han"]["gui_so"], serde_json::json!({ "ngay": "2025-06-19", "con_ngay": 18 }));
    // What was frozen is due no more.
    let run = office.path().join("ket-qua/2025-06-01T0200");
    let mut finalize = Command::new(env!("CARGO_BIN_EXE_cds"));
    finalize.arg("finalize").arg(run).args(["--moc", "phe-duyet", "--accept-open", "--older"]).stdin(Stdio::null());
    assert!(finalize.output().unwrap().status.success());
    let text = said(&["--lang", "en"]);
    assert!(text.contains("Next deadlines: report to the Department 19/06/2025 (in 18 days)."), "{text}");
}

#[test]
fn what_arrives_between_two_looks_is_left_for_the_next_run() {
    let office = office().file("nop/dang-chep.xlsx", b"PK");
    let growing = office.path().join("nop/dang-chep.xlsx");
    office.command(&["--quiet"]);
    let mut child = Command::new(env!("CARGO_BIN_EXE_cds"))
        .arg("run")
        .arg(office.path())
        .args(["--at", "2025-06-02T02:00", "--settle", "2s", "--quiet"])
        .spawn()
        .unwrap();
    let until = Instant::now() + Duration::from_secs(10);
    let mut bytes = b"PK".to_vec();
    while child.try_wait().unwrap().is_none() {
        assert!(Instant::now() < until, "the run does not end");
        bytes.push(0);
        fs::write(&growing, &bytes).unwrap();
        std::thread::sleep(Duration::from_millis(150));
    }
    let table = fs::read_to_string(office.path().join("ket-qua/2025-06-02T0200/nop.csv")).unwrap();
    let row = table.lines().find(|line| line.starts_with("nop/dang-chep.xlsx")).unwrap();
    assert!(row.contains(",dang_ghi,"), "{row}");
    assert!(table.contains(",tinh,"), "{table}");
}

/// Both ways to end a run, while it waits and while it reads: the old state stays, and no reader is left.
#[cfg(unix)]
#[test]
fn a_signal_ends_a_run_without_a_trace() {
    let mut office = office();
    for n in 0..60 {
        office = office.returned(&format!("{n}.xlsx"), "80100001", |form| {
            form.number("1.3.1", f64::from(n) / 10.0);
        });
    }
    office.command(&["--quiet"]);
    for (signal, settle, wait) in
        [("-INT", "30s", 300), ("-TERM", "30s", 300), ("-TERM", "0s", 60), ("-INT", "0s", 120)]
    {
        let child = Command::new(env!("CARGO_BIN_EXE_cds"))
            .arg("run")
            .arg(office.path())
            .args(["--at", "2025-07-01T02:00", "--settle", settle, "--threads", "1"])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        std::thread::sleep(Duration::from_millis(wait));
        Command::new("kill").args([signal, &child.id().to_string()]).status().unwrap();
        let ended = child.wait_with_output().unwrap();
        let names: Vec<String> = fs::read_dir(office.path().join("ket-qua"))
            .unwrap()
            .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
            .collect();
        // A run that was through before the signal is whole.
        let whole = ended.status.code() == Some(0);
        assert!(whole || ended.status.code() == Some(4), "{ended:?}");
        let new = names.iter().filter(|name| name.starts_with("2025-07")).count();
        assert_eq!(new, usize::from(whole), "{names:?}");
        assert!(names.iter().all(|name| !name.ends_with(".partial")), "{names:?}");
        if whole {
            fs::remove_dir_all(office.path().join("ket-qua/2025-07-01T0200")).unwrap();
        }
    }
}
