//! Whether what was handed over still holds what the run wrote: a workbook cell by cell, a folder by its seal.

mod cells;

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::finding::{Finding, Lang};
use crate::folder::{OfficeFolder, RunName};
use crate::milestone::{Fingerprint, Kind, Milestone, OUTCOME, REPORT, Seal, of_run};
use crate::outcome::{LARGEST, Outcome, ResultError};
use crate::reader::{Content, Job, Limits, Pool, PoolError};
use crate::report;
use crate::system;

pub use cells::{Compared, Difference};

/// What was found.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Verdict {
    /// What is as it was written, in words: Vietnamese, English.
    pub holds: Vec<[String; 2]>,
    /// What is not, likewise.
    pub broken: Vec<[String; 2]>,
    /// The workbook against what was written; `None` where the bytes are the same, or there is no workbook.
    pub compared: Option<Compared>,
}

impl Verdict {
    /// Whether all holds.
    pub fn is_whole(&self) -> bool {
        self.broken.is_empty() && self.compared.as_ref().is_none_or(Compared::is_equal)
    }

    fn holds(&mut self, vi: impl Into<String>, en: impl Into<String>) {
        self.holds.push([vi.into(), en.into()]);
    }

    fn broken(&mut self, vi: impl Into<String>, en: impl Into<String>) {
        self.broken.push([vi.into(), en.into()]);
    }
}

/// Why nothing can be said.
#[derive(Debug, thiserror::Error)]
pub enum VerifyError {
    /// There is no such file or folder, or it is none of ours.
    #[error("{} is neither a run nor a workbook of one", .0.display())]
    NotOurs(PathBuf),
    /// A workbook of which the run must be named.
    #[error("the run of {} is not known", .0.display())]
    NoRun(PathBuf),
    /// The run's or the milestone's own result cannot be read.
    #[error("{} cannot be read: {why}", .path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        why: ResultError,
    },
    /// What is to be looked at is no workbook.
    #[error("{} is no workbook that can be read", .0.place)]
    NotAWorkbook(Box<Finding>),
    /// No reader can be started.
    #[error(transparent)]
    Readers(#[from] PoolError),
}

impl VerifyError {
    /// What is wrong and what to do, in words.
    pub fn message(&self, lang: Lang) -> String {
        match (self, lang) {
            (VerifyError::NotOurs(path), Lang::Vi) => format!(
                "Không thấy {}, hoặc đó không phải lần chạy, kết quả đã chốt hay sổ tong-hop.xlsx. Kiểm tra lại đường dẫn.",
                path.display()
            ),
            (VerifyError::NotOurs(path), Lang::En) => {
                format!(
                    "{} is not there, or neither a run, a frozen result nor a tong-hop.xlsx. Check the path.",
                    path.display()
                )
            }
            (VerifyError::NoRun(path), Lang::Vi) => format!(
                "Không biết {} thuộc lần chạy nào. Thêm --run và đường dẫn đến thư mục lần chạy hoặc kết quả đã chốt.",
                path.display()
            ),
            (VerifyError::NoRun(path), Lang::En) => {
                format!(
                    "It is not known which run wrote {}. Add --run and the run's or frozen result's folder.",
                    path.display()
                )
            }
            (VerifyError::Unreadable { path, why }, Lang::Vi) => {
                format!("Không đọc được {}: {}. Không còn gì để đối chiếu.", path.display(), why.message(lang))
            }
            (VerifyError::Unreadable { path, why }, Lang::En) => {
                format!("{} cannot be read: {why}. There is nothing to compare with.", path.display())
            }
            (VerifyError::NotAWorkbook(finding), _) => {
                format!("{}: {} {}", finding.place, finding.message(lang), finding.advice(lang))
            }
            (VerifyError::Readers(error), Lang::Vi) => {
                format!("Không khởi động được phần đọc tệp: {}. Thử lại.", system::cause(error, lang))
            }
            (VerifyError::Readers(error), Lang::En) => format!("The readers cannot be started: {error}. Try again."),
        }
    }
}

/// Limits for our own workbooks, which are longer than any return.
pub fn limits() -> Limits {
    const MB: u64 = 1 << 20;
    Limits {
        address_space: 6_000 * MB,
        cpu: Duration::from_secs(300),
        wall: Duration::from_secs(900),
        workbook_bytes: 512 * MB,
        inflated_bytes: 4_000 * MB,
        sheet_cells: 20_000_000,
        file_cells: 40_000_000,
        text_bytes: 1 << 30,
        merges: 2_000_000,
        ..Limits::default()
    }
}

/// Verifies a run, a frozen result, or a workbook of one. `run` names the run or frozen result of a workbook that was
/// copied elsewhere. The pool should have [`limits`].
///
/// # Errors
/// [`VerifyError`]: when nothing can be said.
pub fn verify(path: &Path, run: Option<&Path>, pool: &Pool) -> Result<Verdict, VerifyError> {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    if path.is_dir() {
        return folder(&path, pool);
    }
    if !path.is_file() {
        return Err(VerifyError::NotOurs(path));
    }
    let home = run.map(Path::to_owned).or_else(|| home_of(&path)).ok_or_else(|| VerifyError::NoRun(path.clone()))?;
    let mut verdict = Verdict::default();
    let bytes = fs::read(&path).map_err(|why| VerifyError::Unreadable { path: path.clone(), why: why.into() })?;
    if let Some(milestone) = Milestone::of(&home) {
        seal_holds(&milestone.seal, &mut verdict);
        if milestone.seal.report().is_some_and(|written| written.is_of(&bytes)) {
            verdict.holds("Sổ còn nguyên từng byte như khi chốt.", "The workbook is the same, byte for byte.");
            return Ok(verdict);
        }
        outcome_holds(&milestone, &mut verdict)?;
    }
    verdict.compared = Some(compare(&path, &home, pool)?);
    Ok(verdict)
}

/// The run or frozen result that a workbook lies in.
fn home_of(file: &Path) -> Option<PathBuf> {
    let beside = file.parent()?;
    let has = |folder: &Path| folder.join(OUTCOME).is_file().then(|| folder.to_owned());
    let is_handed_over = |name: &std::ffi::OsStr| Kind::ALL.iter().any(|kind| name == kind.folder());
    has(beside).or_else(|| has(beside.parent().filter(|_| beside.file_name().is_some_and(is_handed_over))?))
}

fn folder(path: &Path, pool: &Pool) -> Result<Verdict, VerifyError> {
    let mut verdict = Verdict::default();
    if let Some(milestone) = Milestone::of(path) {
        sealed(&milestone, pool, &mut verdict)?;
        return Ok(verdict);
    }
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    if !path.join(OUTCOME).is_file() {
        // A frozen result whose seal is gone or damaged, or nothing of ours.
        return Err(VerifyError::NotOurs(path.to_owned()));
    }
    if let (Ok(run), Some(root)) = (name.parse::<RunName>(), path.parent().and_then(Path::parent)) {
        let sealed = of_run(&OfficeFolder::as_it_is(root), &run).unwrap_or_default();
        for milestone in &sealed {
            seal_holds(&milestone.seal, &mut verdict);
            files_hold(path, &milestone.seal.run_files, &mut verdict);
        }
        if !sealed.is_empty() && verdict.is_whole() {
            return Ok(verdict);
        }
    }
    verdict.compared = Some(compare(&path.join(REPORT), path, pool)?);
    Ok(verdict)
}

/// A frozen result: its seal, each of its files, and which cells of its workbook differ.
fn sealed(milestone: &Milestone, pool: &Pool, verdict: &mut Verdict) -> Result<(), VerifyError> {
    seal_holds(&milestone.seal, verdict);
    files_hold(&milestone.path, &milestone.seal.outputs, verdict);
    let Some(written) = milestone.seal.report() else { return Ok(()) };
    let report = below(&milestone.path, &written.file);
    let is_same = fs::read(&report).is_ok_and(|bytes| written.is_of(&bytes));
    if !is_same && report.is_file() {
        verdict.compared = Some(compare(&report, &milestone.path, pool)?);
    }
    Ok(())
}

fn seal_holds(seal: &Seal, verdict: &mut Verdict) {
    let code = &seal.code;
    if seal.expected_code() == *code {
        verdict
            .holds(format!("Mã chốt {code} đúng với nội dung đã chốt."), format!("Seal {code} fits what was frozen."));
    } else {
        verdict.broken(
            format!("{}: nội dung đã bị sửa, không còn đúng với mã chốt {code}.", seal.kind.seal_file()),
            format!("{} was changed: it does not fit its seal {code}.", seal.kind.seal_file()),
        );
    }
}

/// The frozen outcome, from which the workbook is made again, must be the one that was sealed.
fn outcome_holds(milestone: &Milestone, verdict: &mut Verdict) -> Result<(), VerifyError> {
    let path = milestone.path.join(OUTCOME);
    let bytes = fs::read(&path).map_err(|why| VerifyError::Unreadable { path, why: why.into() })?;
    let written = milestone.seal.outputs.iter().find(|output| output.file == OUTCOME);
    if !written.is_some_and(|written| written.is_of(&bytes)) {
        verdict
            .broken(format!("{OUTCOME} đã bị sửa sau khi chốt."), format!("{OUTCOME} was changed after the freezing."));
    }
    Ok(())
}

fn below(folder: &Path, name: &str) -> PathBuf {
    name.split('/').fold(folder.to_owned(), |path, part| path.join(part))
}

fn files_hold(folder: &Path, files: &[Fingerprint], verdict: &mut Verdict) {
    let shown = folder.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let mut whole = 0;
    for file in files {
        let name = &file.file;
        match fs::read(below(folder, name)) {
            Ok(bytes) if file.is_of(&bytes) => whole += 1,
            Ok(_) => verdict.broken(
                format!("{shown}/{name} đã bị sửa sau khi chốt."),
                format!("{shown}/{name} was changed after the freezing."),
            ),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                verdict.broken(format!("Thiếu {shown}/{name}."), format!("{shown}/{name} is missing."));
            }
            Err(error) => verdict.broken(
                format!("Không đọc được {shown}/{name}: {}.", system::words(&error, Lang::Vi)),
                format!("{shown}/{name} cannot be read: {}.", system::words(&error, Lang::En)),
            ),
        }
    }
    let all = files.len();
    verdict.holds(
        format!("{shown}: {whole}/{all} tệp còn nguyên."),
        format!("{shown}: {whole} of {all} files are as they were."),
    );
}

/// A workbook held against the one that the outcome in `home` makes.
fn compare(path: &Path, home: &Path, pool: &Pool) -> Result<Compared, VerifyError> {
    let json = home.join(OUTCOME);
    let unreadable = |why: ResultError| VerifyError::Unreadable { path: json.clone(), why };
    let outcome = Outcome::read_file(&json, LARGEST).map_err(unreadable)?;
    let made = report::to_bytes(&outcome).map_err(|why| unreadable(io::Error::other(why).into()))?;
    let scratch = Scratch::write(&made).map_err(|why| unreadable(why.into()))?;
    let (then, now) = (read(&scratch.0, pool)?, read(path, pool)?);
    let mut compared = cells::compare(&then, &now);
    let this = concat!("cds ", env!("CARGO_PKG_VERSION"));
    compared.other_program = (outcome.program != this).then_some(outcome.program);
    Ok(compared)
}

/// The workbook made again, on the disk for as long as it is read.
struct Scratch(PathBuf);

impl Scratch {
    fn write(bytes: &[u8]) -> io::Result<Scratch> {
        let mark = blake3::hash(bytes).to_hex();
        let path = std::env::temp_dir().join(format!("cds-verify-{}-{}.xlsx", std::process::id(), &mark[..12]));
        let mut file = fs::OpenOptions::new().write(true).create_new(true).open(&path)?;
        let scratch = Scratch(path);
        io::Write::write_all(&mut file, bytes)?;
        Ok(scratch)
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _: io::Result<()> = fs::remove_file(&self.0);
    }
}

/// Reads a workbook in a worker: what was handed over is as little trusted as a return.
fn read(path: &Path, pool: &Pool) -> Result<crate::reader::Workbook, VerifyError> {
    let slot = std::sync::Mutex::new(None);
    pool.read_all(&[Job { id: 0, path: path.to_owned() }], |_, reading| {
        if let Ok(mut slot) = slot.lock() {
            *slot = Some(reading.content);
        }
    })?;
    let place = || crate::finding::Place::file(path.display().to_string());
    let refused = |finding: Finding| VerifyError::NotAWorkbook(Box::new(finding.at(place())));
    let plain = || Finding::new(crate::finding::code::NOT_A_WORKBOOK);
    match slot.into_inner().ok().flatten() {
        Some(Content::Workbook(workbook)) => Ok(workbook),
        Some(Content::Unreadable(findings)) => Err(refused(findings.into_iter().next().unwrap_or_else(plain))),
        Some(Content::Other(kind)) => Err(refused(kind.refusal().unwrap_or_else(plain))),
        Some(Content::Archive(_)) | None => Err(refused(plain())),
    }
}

/// The names of sheets, for what is there in one workbook only.
fn names(grids: &[crate::grid::Grid]) -> BTreeSet<&str> {
    grids.iter().map(|grid| grid.name.as_str()).collect()
}
