//! `cds schedule`: what is printed for each scheduler, and what is installed.

#![allow(clippy::unwrap_used)] // The builders below are tests too.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use cds::schedule::{From, Nightly, crontab, task, units, utf16};
use jiff::civil::{date, time};
use quick_xml::Reader;
use quick_xml::events::Event;

fn nightly() -> Nightly {
    Nightly {
        program: "/opt/cds/cds".into(),
        office: "/srv/Chuyển đổi số/Năm 2024-2025 (100% trường)".into(),
        at: time(2, 0, 0, 0),
    }
}

#[test]
fn what_each_scheduler_gets() {
    let units = units(&nightly()).unwrap();
    let both = format!("# {}\n{}\n# {}\n{}", units.service_name, units.service, units.timer_name, units.timer);
    insta::assert_snapshot!("systemd", both);
    insta::assert_snapshot!("cron", crontab(&nightly()).unwrap());
    let windows =
        Nightly {
            program: r"C:\cds\cds.exe".into(), office: r"D:\Chuyển đổi số & thi đua\".into(), ..nightly()
        };
    insta::assert_snapshot!("windows", task(&windows, From(date(2025, 6, 1))).unwrap());
}

/// As the Task Scheduler reads it: well-formed, and the two texts of the command as they were meant.
#[test]
fn the_windows_task_is_xml_that_holds_the_paths_as_they_are() {
    let windows = Nightly {
        program: r"C:\Phòng A & B\cds.exe".into(),
        office: r"D:\Năm học <2025> & 'thi đua'\".into(),
        ..nightly()
    };
    let bytes = utf16(&task(&windows, From(date(2025, 6, 1))).unwrap());
    let units: Vec<u16> = bytes.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect();
    let text = String::from_utf16(&units).unwrap();
    let mut reader = Reader::from_str(text.trim_start_matches('\u{FEFF}'));
    let (mut open, mut said) = (Vec::new(), BTreeMap::new());
    loop {
        let words = match reader.read_event().unwrap() {
            Event::Eof => break,
            Event::Start(tag) => {
                open.push(tag.name().as_ref().to_owned());
                continue;
            }
            Event::End(_) => {
                open.pop();
                continue;
            }
            Event::Text(words) => words.to_string(),
            Event::GeneralRef(name) => quick_xml::escape::resolve_xml_entity(&name).unwrap().to_owned(),
            _ => continue,
        };
        said.entry(open.join("/")).or_insert_with(String::new).push_str(&words);
    }
    assert!(open.is_empty(), "{open:?}");
    let exec = |name: &str| said[&format!("Task/Actions/Exec/{name}")].as_str();
    assert_eq!(exec("Command"), r"C:\Phòng A & B\cds.exe");
    assert_eq!(exec("Arguments"), r#"run "D:\Năm học <2025> & 'thi đua'\\" --settle 10s"#);
    assert_eq!(said["Task/Triggers/CalendarTrigger/StartBoundary"], "2025-06-01T02:00:00");
}

/// As systemd itself reads them, with everything in the path that must be escaped.
#[cfg(target_os = "linux")]
#[test]
#[ignore = "needs systemd-analyze"]
fn systemd_accepts_the_units() {
    let place = tempfile::tempdir().unwrap();
    let office = place.path().join("Cô Lan's \"100%\" $HOME; \\x");
    let units = units(&Nightly { program: env!("CARGO_BIN_EXE_cds").into(), office, ..nightly() }).unwrap();
    let verify = |service: &str, timer: &str| {
        let files = [&units.service_name, &units.timer_name].map(|name| place.path().join(name));
        fs::write(&files[0], service).unwrap();
        fs::write(&files[1], timer).unwrap();
        let mut command = Command::new("systemd-analyze");
        let command = command.args(["--user", "verify"]).args(files).env("XDG_RUNTIME_DIR", place.path());
        let output = command.output().unwrap();
        (output.status.success(), said(&output))
    };
    assert_eq!(verify(&units.service, &units.timer), (true, String::new()));
    let no_hour = units.timer.replace("02:00:00", "25:00:00");
    assert!(!verify(&units.service, &no_hour).1.is_empty(), "a wrong hour is seen");
    let no_program = units.service.replace("ExecStart=\"", "ExecStart=\"/nowhere");
    assert!(!verify(&no_program, &units.timer).1.is_empty(), "a wrong program is seen");
}

fn office(place: &Path, name: &str) -> PathBuf {
    let folder = place.join(name);
    fs::create_dir_all(folder.join("nop")).unwrap();
    fs::write(folder.join("co-quan.toml"), "ten = \"Phòng\"\nnam_hoc = \"2024-2025\"\n").unwrap();
    let roster = "ma_truong,ten_truong,cap_hoc,don_vi_quan_ly\n80100001,Trường TH A,TH,Xã A\n";
    fs::write(folder.join("danh-sach-truong.csv"), roster).unwrap();
    folder
}

fn schedule(folder: &Path, more: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cds"));
    command.arg("schedule").arg(folder).args(["--at", "02:00"]).args(more);
    command
}

fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

#[test]
fn each_scheduler_can_be_asked_for_anywhere() {
    let place = tempfile::tempdir().unwrap();
    let folder = office(place.path(), "Phòng A");
    for (scheduler, catches_up) in
        [("systemd", "Persistent=true"), ("cron", "@reboot"), ("windows", "<StartWhenAvailable>true")]
    {
        let output = schedule(&folder, &["--for", scheduler]).output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{}", said(&output));
        assert!(said(&output).contains(catches_up) && said(&output).contains("Phòng A"), "{}", said(&output));
    }
    let xml = place.path().join("lich.xml");
    let output = schedule(&folder, &["--for", "windows", "-o", xml.to_str().unwrap()]).output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    assert!(fs::read(&xml).unwrap().starts_with(&[0xFF, 0xFE, b'<', 0]));
    assert_eq!(schedule(&place.path().join("khong-co"), &[]).output().unwrap().status.code(), Some(2));
    let wrong = Command::new(env!("CARGO_BIN_EXE_cds")).args(["schedule", "x", "--at", "25:00"]).output().unwrap();
    assert_eq!(wrong.status.code(), Some(2));
}

#[cfg(unix)]
#[test]
fn installing_for_systemd_writes_the_units_and_turns_the_timer_on() {
    use std::os::unix::fs::PermissionsExt;
    let place = tempfile::tempdir().unwrap();
    let folder = office(place.path(), "Phòng 100%");
    let (bin, home, called) = (place.path().join("bin"), place.path().join("home"), place.path().join("called"));
    fs::create_dir(&bin).unwrap();
    let install = |path: &Path| {
        let mut command = schedule(&folder, &["--for", "systemd", "--install"]);
        command.env("HOME", &home).env_remove("XDG_CONFIG_HOME").env("PATH", path).output().unwrap()
    };
    let without = install(&bin);
    assert_eq!(without.status.code(), Some(2), "{}", said(&without));
    assert!(said(&without).contains("--for cron") && said(&without).contains("enable --now"), "{}", said(&without));
    let script = format!("#!/bin/sh\necho \"$@\" >> '{}'\n", called.display());
    fs::write(bin.join("systemctl"), script).unwrap();
    fs::set_permissions(bin.join("systemctl"), fs::Permissions::from_mode(0o755)).unwrap();
    let output = install(&bin);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    let units = home.join(".config/systemd/user");
    let mut names: Vec<String> =
        fs::read_dir(&units).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    assert_eq!(names.len(), 2, "{names:?}");
    let called = fs::read_to_string(&called).unwrap();
    assert_eq!(called, format!("--user daemon-reload\n--user enable --now {}\n", names[1]));
    let service = fs::read_to_string(units.join(&names[0])).unwrap();
    assert!(service.contains("Phòng 100%%\" --settle 10s"), "{service}");
}

/// As a shell reads it after cron has taken `\%` for `%`: a night that was missed is caught up, one that was not is not.
#[cfg(unix)]
#[test]
fn the_line_after_a_start_runs_only_when_a_night_was_missed() {
    use std::os::unix::fs::PermissionsExt;
    use std::time::{Duration, SystemTime};
    let place = tempfile::tempdir().unwrap();
    let folder = office(place.path(), "Cô Lan's 100% $HOME");
    let (program, called) = (place.path().join("cds stand in"), place.path().join("called"));
    fs::write(&program, format!("#!/bin/sh\nprintf '%s|' \"$@\" > '{}'\n", called.display())).unwrap();
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
    let lines = crontab(&Nightly { program, office: folder.clone(), at: time(2, 0, 0, 0) }).unwrap();
    let command = |line: &str, when: &str| line.strip_prefix(when).unwrap().replace("\\%", "%");
    let (night, reboot) = lines.trim_end().split_once('\n').unwrap();
    let reboot = command(reboot, "@reboot ").replace("sleep 120; ", "");
    let sh = |command: &str| {
        let _ = fs::remove_file(&called);
        Command::new("/bin/sh").args(["-c", command]).output().unwrap();
        fs::read_to_string(&called).ok()
    };
    let want = Some(format!("run|{}|--settle|10s|", folder.display()));
    assert_eq!(sh(&command(night, "0 2 * * * ")), want);
    assert_eq!(sh(&reboot), want, "no run yet");
    let run = folder.join("ket-qua/2025-06-01T0200");
    fs::create_dir_all(&run).unwrap();
    assert_eq!(sh(&reboot), None, "a run of last night");
    let long_ago = SystemTime::now() - Duration::from_secs(2 * 86_400);
    fs::File::open(&run).unwrap().set_modified(long_ago).unwrap();
    assert_eq!(sh(&reboot), want, "the night was missed");
}
