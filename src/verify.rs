//! Whether what was handed over still holds what the run wrote: a workbook cell by cell, a folder by its seal.

mod cells;

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::finding::{Finding, Lang};
use crate::fingerprint;
use crate::folder::{Change, OfficeFolder, PRINTS, Prints, RunName, read_file};
use crate::milestone::{Fingerprint, Kind, Milestone, OUTCOME, REPORT, Seal, of_run};
use crate::outcome::{LARGEST, Outcome, ResultError};
use crate::reader::{Content, Limits, Pool, PoolError, read_bytes_here};
use crate::report;
use crate::system;
use crate::text::one_line;

pub use cells::Compared;

/// What was found.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Verdict {
    /// What is as it was written, in words: Vietnamese, English.
    pub holds: Vec<[String; 2]>,
    /// What is not, likewise.
    pub broken: Vec<[String; 2]>,
    /// The workbook against what was written; `None` where the bytes are the same, or there is no workbook.
    pub compared: Option<Compared>,
    /// Files that are not as they were written.
    differs: BTreeSet<String>,
}

impl Verdict {
    /// Whether all holds.
    pub fn is_whole(&self) -> bool {
        self.broken.is_empty() && self.compared.as_ref().is_none_or(Compared::is_equal)
    }

    /// A folder's files against those that were written into it: each that is otherwise, gone, or added. A seal knows all
    /// but itself.
    fn files(&mut self, folder: &Path, files: &[Fingerprint], seal: Option<&str>) -> Result<(), VerifyError> {
        let unreadable = |why: io::Error| VerifyError::Unreadable { path: folder.to_owned(), why: why.into() };
        let there = Prints::of(folder).map_err(unreadable)?;
        let mut whole = 0;
        for file in files.iter().filter(|file| file.file != PRINTS) {
            let holds = match there.0.get(&file.file) {
                None => None,
                Some(now) if file.sha256.is_empty() => {
                    Some(!now.is_empty() && read_file(&below(folder, &file.file)).is_ok_and(|bytes| file.is_of(&bytes)))
                }
                Some(now) => Some(*now == file.sha256),
            };
            match holds {
                Some(true) => whole += 1,
                Some(false) => self.altered(&file.file, Change::Changed),
                None => self.altered(&file.file, Change::Missing),
            }
        }
        let known: BTreeSet<&str> = files.iter().map(|file| file.file.as_str()).collect();
        for name in there.0.keys().filter(|name| !known.contains(name.as_str()) && seal != Some(name.as_str())) {
            self.altered(name, Change::Added);
        }
        let (shown, all) = (folder.file_name().unwrap_or_default().to_string_lossy(), files.len());
        self.holds(
            format!("{shown}: {whole}/{all} tệp còn nguyên."),
            format!("{shown}: {whole} of {all} files are as they were."),
        );
        Ok(())
    }

    /// Says once that a file is otherwise.
    fn altered(&mut self, name: &str, change: Change) {
        if !self.differs.insert(name.to_owned()) {
            return;
        }
        let name = one_line(name);
        let (vi, en) = match change {
            Change::Changed => ("đã bị sửa sau khi ghi", "was changed after it was written"),
            Change::Missing => ("không còn", "is missing"),
            Change::Added => ("không phải do chương trình ghi (thêm vào sau)", "was added"),
        };
        self.broken(format!("{name}: {vi}."), format!("{name} {en}."));
    }

    /// Takes back that a workbook is otherwise: its cells are as they were written.
    fn is_saved_anew(&mut self, name: &str) {
        if self.differs.remove(name) {
            self.broken.retain(|[vi, _]| !vi.starts_with(&format!("{name}: ")));
            self.holds(
                format!("{name}: đã được lưu lại, mọi ô còn đúng như đã ghi."),
                format!("{name} was saved anew, every cell is as it was written."),
            );
        }
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
    let bytes = read_file(&path).map_err(|why| VerifyError::Unreadable { path: path.clone(), why: why.into() })?;
    let milestone = Milestone::of(&home);
    let known = match &milestone {
        Some(milestone) => {
            seal_holds(&milestone.seal, &mut verdict);
            milestone.seal.outputs.clone()
        }
        None => written(&home)?.map(|written| Fingerprint::list(&written)).unwrap_or_default(),
    };
    // The copy of a file by its content, wherever it lies and whatever it is called.
    if let Some(same) = known.iter().find(|known| known.is_of(&bytes)) {
        verdict.holds(
            format!("Còn nguyên từng byte như {} đã ghi.", same.file),
            format!("The same as {} was written, byte for byte.", same.file),
        );
        return Ok(verdict);
    }
    if let Some(milestone) = &milestone {
        outcome_holds(milestone, &mut verdict)?;
    }
    let own = path.strip_prefix(&home).ok().and_then(Path::to_str).map(|name| name.replace('\\', "/"));
    let is_report = path.file_name().is_some_and(|name| name == REPORT) || run.is_some();
    match own.filter(|own| !is_report && known.iter().any(|known| known.file == *own)) {
        Some(own) => verdict.altered(&own, Change::Changed),
        None => verdict.compared = Some(compare(&path, &home, pool)?),
    }
    Ok(verdict)
}

/// The run or frozen result that a workbook lies in.
fn home_of(file: &Path) -> Option<PathBuf> {
    let beside = file.parent()?;
    let has = |folder: &Path| folder.join(OUTCOME).is_file().then(|| folder.to_owned());
    let is_handed_over = |name: &std::ffi::OsStr| Kind::ALL.iter().any(|kind| name == kind.folder());
    // What was handed over holds a result too, for others: the frozen one tells more.
    let frozen = || has(beside.parent().filter(|_| beside.file_name().is_some_and(is_handed_over))?);
    frozen().or_else(|| has(beside))
}

fn folder(path: &Path, pool: &Pool) -> Result<Verdict, VerifyError> {
    let mut verdict = Verdict::default();
    if let Some(milestone) = Milestone::of(path) {
        sealed(&milestone, pool, &mut verdict)?;
        return Ok(verdict);
    }
    if !path.join(OUTCOME).exists() && !path.join(PRINTS).exists() {
        // A frozen result whose seal is gone or damaged, or nothing of ours.
        return Err(VerifyError::NotOurs(path.to_owned()));
    }
    let list = written(path)?;
    let is_listed = list.is_some();
    match list {
        Some(list) => verdict.files(path, &Fingerprint::list(&list), None)?,
        None => unlisted(path, &mut verdict)?,
    }
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    if let (Ok(run), Some(root)) = (name.parse::<RunName>(), path.parent().and_then(Path::parent)) {
        for milestone in of_run(&OfficeFolder::as_it_is(root), &run).unwrap_or_default() {
            seal_holds(&milestone.seal, &mut verdict);
            verdict.files(path, &milestone.seal.run_files, None)?;
        }
    }
    let report_is_whole = is_listed && !verdict.differs.contains(REPORT);
    if !report_is_whole && path.join(REPORT).exists() && !verdict.differs.contains(OUTCOME) {
        verdict.compared = match compare(&path.join(REPORT), path, pool) {
            Ok(compared) => Some(compared),
            Err(VerifyError::NotAWorkbook(_)) if is_listed => None,
            Err(error) => return Err(error),
        };
        // What a program saved anew, with the same cells, still holds what was written.
        if verdict.compared.as_ref().is_some_and(Compared::is_equal) {
            verdict.is_saved_anew(REPORT);
        }
    }
    Ok(verdict)
}

/// The list of a run's files as they were written.
fn written(run: &Path) -> Result<Option<Prints>, VerifyError> {
    Prints::read(run).map_err(|why| VerifyError::Unreadable { path: run.join(PRINTS), why: why.into() })
}

/// A run without a list: of version 0.1.0 there is none, and the report alone can be held against the result.
fn unlisted(run: &Path, verdict: &mut Verdict) -> Result<(), VerifyError> {
    let path = run.join(OUTCOME);
    let outcome = Outcome::read_file(&path, LARGEST).map_err(|why| VerifyError::Unreadable { path, why })?;
    match outcome.fingerprints {
        fingerprint::Kind::Blake3 => verdict.holds(
            format!("Lần chạy của bản 0.1.0, không có {PRINTS}: chỉ đối chiếu được {REPORT}."),
            format!("A run of version 0.1.0, without {PRINTS}: only {REPORT} can be compared."),
        ),
        fingerprint::Kind::Sha256 => verdict.altered(PRINTS, Change::Missing),
    }
    Ok(())
}

/// A frozen result: its seal, each of its files, and which cells of its workbook differ.
fn sealed(milestone: &Milestone, pool: &Pool, verdict: &mut Verdict) -> Result<(), VerifyError> {
    seal_holds(&milestone.seal, verdict);
    verdict.files(&milestone.path, &milestone.seal.outputs, Some(&milestone.seal.kind.seal_file()))?;
    let Some(report) = milestone.seal.report().map(|report| report.file.clone()) else { return Ok(()) };
    let path = below(&milestone.path, &report);
    if verdict.differs.contains(&report) && path.is_file() {
        verdict.compared = Some(compare(&path, &milestone.path, pool)?);
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
    let bytes = read_file(&path).map_err(|why| VerifyError::Unreadable { path, why: why.into() })?;
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

/// A workbook held against the one that the outcome in `home` makes.
fn compare(path: &Path, home: &Path, pool: &Pool) -> Result<Compared, VerifyError> {
    let json = home.join(OUTCOME);
    let unreadable = |why: ResultError| VerifyError::Unreadable { path: json.clone(), why };
    let outcome = Outcome::read_file(&json, LARGEST).map_err(unreadable)?;
    let made = report::to_bytes(&outcome).map_err(|why| unreadable(io::Error::other(why).into()))?;
    // What was just made is read here, and no file of it is left anywhere.
    let Content::Workbook(then) = read_bytes_here(&made, &limits()).content else {
        return Err(unreadable(io::Error::from(io::ErrorKind::InvalidData).into()));
    };
    let now = read(path, pool)?;
    let mut compared = cells::compare(&then, &now);
    let this = concat!("cds ", env!("CARGO_PKG_VERSION"));
    compared.other_program = (outcome.program != this).then_some(outcome.program);
    Ok(compared)
}

/// Reads a workbook in a worker: what was handed over is as little trusted as a return.
fn read(path: &Path, pool: &Pool) -> Result<crate::reader::Workbook, VerifyError> {
    let reading = pool.read_one(path)?;
    let place = || crate::finding::Place::file(path.display().to_string());
    let refused = |finding: Finding| VerifyError::NotAWorkbook(Box::new(finding.at(place())));
    let plain = || Finding::new(crate::finding::code::NOT_A_WORKBOOK);
    match reading.map(|reading| reading.content) {
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
