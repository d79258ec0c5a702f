//! A reader worker that somebody kills from outside: alone in its program, since it may hit any worker there.
#![allow(clippy::unwrap_used)]
#![cfg(target_os = "linux")]

use std::path::Path;
use std::sync::Mutex;

use cds::reader::{Content, Job, Limits, Pool};

#[test]
fn a_worker_that_is_killed_from_outside_is_replaced() {
    let form = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reader/openpyxl.xlsx");
    let paths = vec![form; 300];
    let jobs: Vec<Job> = paths.into_iter().enumerate().map(|(id, path)| Job { id, path }).collect();
    let done = Mutex::new(Vec::new());
    let pool =
        Pool { program: Path::new(env!("CARGO_BIN_EXE_cds")), limits: Limits::default(), threads: 1, stop: None };
    let us = std::process::id().to_string();
    pool.read_all(&jobs, |id, reading| {
        if id % 100 == 50 {
            kill_a_reader_of(&us);
        }
        done.lock().unwrap().push((id, matches!(reading.content, Content::Workbook(_))));
    })
    .unwrap();
    let mut done = done.into_inner().unwrap();
    done.sort_unstable();
    assert_eq!(done, (0..300).map(|id| (id, true)).collect::<Vec<_>>());
}

fn kill_a_reader_of(parent: &str) {
    for entry in std::fs::read_dir("/proc").unwrap().flatten() {
        let pid = entry.file_name().to_string_lossy().into_owned();
        let stat = std::fs::read_to_string(entry.path().join("stat")).unwrap_or_default();
        let after_name = stat.rsplit_once(") ").map(|(_, rest)| rest).unwrap_or_default();
        let ours = after_name.split(' ').nth(1) == Some(parent);
        let command = std::fs::read_to_string(entry.path().join("cmdline")).unwrap_or_default();
        if ours && command.contains("__reader") {
            std::process::Command::new("kill").args(["-9", &pid]).status().unwrap();
            return;
        }
    }
}
