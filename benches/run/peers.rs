//! What users write instead, each started once a round where `CDS_BENCH_PYTHON` names a Python that has the libraries.

use std::path::Path;
use std::process::{Command, Stdio};

use crate::clock::Cost;

/// The slow ones are measured once, and not on thousands of files.
const PEERS: [(&str, &str, bool); 5] = [
    ("peer: python-calamine", "calamine", false),
    ("peer: fastexcel", "fastexcel", false),
    ("peer: polars", "polars", true),
    ("peer: openpyxl", "openpyxl", true),
    ("peer: pandas", "pandas", true),
];

/// More than this the slow ones are not given.
const MANY: usize = 500;

/// The fair peer, as the table knows it.
pub const FAIR: &str = PEERS[0].0;

pub fn all(root: &Path, returns: usize, round: usize) -> Vec<(&'static str, Cost)> {
    let Ok(python) = std::env::var("CDS_BENCH_PYTHON") else { return Vec::new() };
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/peers/peer.py");
    let due = PEERS.iter().filter(|(_, _, slow)| !slow || (round == 0 && returns <= MANY));
    due.map(|(name, mode, _)| {
        let cost = Cost::of(|| {
            let mut command = Command::new(&python);
            command.arg(&page).arg(mode).arg(root.join(cds::folder::RETURNS)).arg(root.join("peer.xlsx"));
            let said = command.stderr(Stdio::inherit()).output().unwrap();
            assert_eq!(String::from_utf8_lossy(&said.stdout).trim(), format!("{returns} returns"), "{mode}");
        });
        (*name, cost)
    })
    .collect()
}
