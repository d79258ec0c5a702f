//! Milestones of the year: the seal of a result that was frozen, `ket-qua/<run>-<mốc>/CHOT-<mốc>.json`, and all of an
//! office folder's. Knows what a seal says, not how a result is frozen.

mod code;

use std::fmt;
use std::path::{Path, PathBuf};

use jiff::civil::{Date, DateTime};
use serde::{Deserialize, Serialize};

use crate::codes::Level;
use crate::finding::Lang;
use crate::fingerprint;
use crate::folder::{FolderError, MILESTONES, OfficeFolder, Prints, RunName, read_file};
use crate::office::Person;
use crate::points::Points;
use crate::school::SchoolCode;

/// The version of the seal's file.
pub const SCHEMA: u32 = 1;
/// The frozen outcome, beside the seal.
pub const OUTCOME: &str = "ket-qua.json";
/// The report, as in a run.
pub const REPORT: &str = "tong-hop.xlsx";

/// What a result is frozen for. In the order of the year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub enum Kind {
    /// The head of the office approves it by decision.
    #[serde(rename = "phe-duyet")]
    Approval,
    /// It is reported to the Department.
    #[serde(rename = "gui-so")]
    Report,
    /// The Department recognises it.
    #[serde(rename = "cong-nhan")]
    Recognition,
}

impl Kind {
    /// All of them.
    pub const ALL: [Kind; 3] = [Kind::Approval, Kind::Report, Kind::Recognition];

    /// The word in names of files and on the command line.
    pub fn word(self) -> &'static str {
        MILESTONES[self as usize]
    }

    /// What people read.
    pub fn label(self, lang: Lang) -> &'static str {
        match (self, lang) {
            (Kind::Approval, Lang::Vi) => "phê duyệt",
            (Kind::Report, Lang::Vi) => "gửi Sở",
            (Kind::Recognition, Lang::Vi) => "công nhận",
            (Kind::Approval, Lang::En) => "approval",
            (Kind::Report, Lang::En) => "report to the Department",
            (Kind::Recognition, Lang::En) => "recognition",
        }
    }

    /// The folder of what is handed over with it.
    pub fn folder(self) -> &'static str {
        self.word()
    }

    /// The name of the seal's file. Its first letters mark a run as one that is never removed.
    pub fn seal_file(self) -> String {
        format!("CHOT-{}.json", self.word())
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.word())
    }
}

/// A file as it was when the result was frozen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Fingerprint {
    /// With `/`; inputs relative to the office folder, outputs to the milestone's folder, the run's to the run's.
    pub file: String,
    /// Of its bytes.
    #[serde(skip_serializing_if = "String::is_empty", default)]
    pub sha256: String,
    /// In its place, in seals of version 0.1.0.
    #[serde(skip_serializing_if = "String::is_empty", default)]
    pub blake3: String,
}

impl Fingerprint {
    /// Of these bytes.
    pub fn of(file: impl Into<String>, bytes: &[u8]) -> Fingerprint {
        Fingerprint { file: file.into(), sha256: fingerprint::of(bytes), blake3: String::new() }
    }

    /// Whether these are the bytes.
    pub fn is_of(&self, bytes: &[u8]) -> bool {
        self.known() != "" && fingerprint::is_of(self.known(), bytes)
    }

    /// As it was taken.
    pub fn known(&self) -> &str {
        if self.sha256.is_empty() { &self.blake3 } else { &self.sha256 }
    }

    /// Of a folder's files, by their list.
    pub fn list(prints: &Prints) -> Vec<Fingerprint> {
        let print = |(file, sha256): (&String, &String)| Fingerprint {
            file: file.clone(),
            sha256: sha256.clone(),
            blake3: String::new(),
        };
        prints.0.iter().map(print).collect()
    }
}

/// An open error, and what was decided on it before the result was frozen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Decided {
    /// The finding: `CDS402`.
    pub code: String,
    /// Whose; empty for the office.
    pub school: Option<SchoolCode>,
    /// Where: `nop/a.xlsx > Phiếu > D18`.
    pub place: String,
    /// What was wrong, in Vietnamese.
    pub message: String,
    /// What was decided, as the frozen result holds it: `tinh_0`, `coi_nhu_chua_nop`, `khong_tinh_tep`, `giu_nguyen`.
    pub decision: String,
    /// The school's level with the error standing.
    pub level: Option<Level>,
    /// Its level if the claim counted.
    pub level_without: Option<Level>,
}

/// What was frozen. [`Seal::expected_code`] tells whether it still says so.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Seal {
    /// [`SCHEMA`].
    pub schema: u32,
    /// What for.
    pub kind: Kind,
    /// The short code that stands on the signed page: `7KQ2-M4XD-90`.
    pub code: String,
    /// The run that was frozen.
    pub run: String,
    /// When it was made.
    #[cfg_attr(test, schemars(with = "String"))]
    pub run_at: DateTime,
    /// When it was frozen, at the office's time.
    #[cfg_attr(test, schemars(with = "String"))]
    pub sealed_at: DateTime,
    /// The program that froze it.
    pub program: String,
    /// The office's name.
    pub office: String,
    /// The school year.
    pub year: String,
    /// Number and sign of the decision or report, as far as known.
    pub number: String,
    /// Its date.
    #[cfg_attr(test, schemars(with = "Option<String>"))]
    pub date: Option<Date>,
    /// Who signs.
    pub signer: Person,
    /// The office's points.
    pub total: Option<Points>,
    /// The office's level.
    pub level: Option<Level>,
    /// Schools and sets that owe a return, and of how many one counts.
    pub owed: u32,
    /// Of how many a return counts.
    pub counted: u32,
    /// Some figure was not official.
    pub draft: bool,
    /// What was decided on each open error.
    pub decided: Vec<Decided>,
    /// Whether all were accepted at once.
    pub accepted_all: bool,
    /// The indicator sets in force: fingerprints of their JSON, by id.
    pub rules: Vec<Fingerprint>,
    /// Every return that the run had seen, and the office's own form.
    pub inputs: Vec<Fingerprint>,
    /// The files of the run.
    pub run_files: Vec<Fingerprint>,
    /// The files of the milestone, but the seal itself.
    pub outputs: Vec<Fingerprint>,
    /// Of what is handed over: the outcome as others may read it. `None` where none is, and in seals of version 0.1.0.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub handed: Option<Fingerprint>,
    /// SHA-256 of `decided`, `inputs` and `run_files`, which stay with the office: the code covers it in their place, so
    /// that it can be told from what was handed over, too. `None` in seals of version 0.1.0.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub kept: Option<String>,
}

impl Seal {
    /// The line on the signed page.
    pub fn line(&self) -> String {
        let number = if self.number.is_empty() { String::new() } else { format!(", số {}", self.number) };
        let date = self.date.map(|day| format!(", ngày {}", day.strftime("%d/%m/%Y"))).unwrap_or_default();
        format!("Kết quả đã chốt để {}{number}{date}. Mã chốt: {}", self.kind.label(Lang::Vi), self.code)
    }

    /// Whether a file came after the result was frozen: none that the run had seen has this fingerprint.
    pub fn came_after(&self, fingerprint: &str) -> bool {
        !fingerprint.is_empty() && self.inputs.iter().all(|input| input.known() != fingerprint)
    }

    /// Whether its fingerprints are those of version 0.1.0.
    pub fn is_of_blake3(&self) -> bool {
        self.inputs.iter().chain(&self.outputs).any(|file| !file.blake3.is_empty())
    }

    /// The report among what was written, relative to the milestone's folder.
    pub fn report(&self) -> Option<&Fingerprint> {
        self.outputs.iter().find(|output| output.file.rsplit_once('/').is_some_and(|(_, name)| name == REPORT))
    }
}

/// A frozen result of an office folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Milestone {
    /// Its folder, which holds [`OUTCOME`] too.
    pub path: PathBuf,
    /// Its seal.
    pub seal: Seal,
}

impl Milestone {
    /// The milestone in a folder; `None` where there is no seal that can be read.
    pub fn of(folder: &Path) -> Option<Milestone> {
        let read = |kind: Kind| read_file(&folder.join(kind.seal_file())).ok();
        let seal: Seal = Kind::ALL.into_iter().find_map(|kind| serde_json::from_slice(&read(kind)?).ok())?;
        (seal.schema == SCHEMA).then(|| Milestone { path: folder.to_owned(), seal })
    }

    /// Whether the seal is as it was made, and these bytes of [`OUTCOME`] are what it sealed.
    pub fn holds(&self, result: &[u8]) -> bool {
        let Seal { code, outputs, .. } = &self.seal;
        *code == self.seal.expected_code() && outputs.iter().any(|one| one.file == OUTCOME && one.is_of(result))
    }
}

/// All frozen results of an office folder, in the order of their freezing. A seal that cannot be read is passed over:
/// a run and `cds verify` tell about it.
///
/// # Errors
/// When `ket-qua/` is there and cannot be read.
pub fn milestones(folder: &OfficeFolder) -> Result<Vec<Milestone>, FolderError> {
    let mut found: Vec<Milestone> = folder.milestone_folders()?.iter().filter_map(|path| Milestone::of(path)).collect();
    found.sort_by(|a, b| (a.seal.sealed_at, a.seal.kind, &a.path).cmp(&(b.seal.sealed_at, b.seal.kind, &b.path)));
    Ok(found)
}

/// The milestones of one run.
///
/// # Errors
/// As [`milestones`].
pub fn of_run(folder: &OfficeFolder, run: &RunName) -> Result<Vec<Milestone>, FolderError> {
    let mut all = milestones(folder)?;
    all.retain(|milestone| milestone.seal.run == run.to_string());
    Ok(all)
}
