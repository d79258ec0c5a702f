//! The office folder: what is where, the lock, and how a run gets into place whole. Knows no contents.
//!
//! ```text
//! open ──► lock ──► start_run ──► (the run writes into `.2025-06-01T0200.partial`) ──► finish
//! ```
//! Outside the run's folder only the lock, the cache, `MO-KET-QUA-MOI-NHAT.html` and, of a run that left no report,
//! `ket-qua/LOI-LAN-CHAY.txt` are written; `nop/` never.

mod disk;
mod error;
mod kept;
mod lock;
mod newest;
mod prints;
mod run;
mod run_name;

use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use unicode_normalization::UnicodeNormalization;

use crate::text::one_line;
pub use disk::{Existing, free_space, fresh, put, put_many, read_file, try_write, whole};
pub use error::FolderError;
pub use lock::{Holder, Lock};
pub use newest::{FAILURE, NEWEST};
pub use prints::{Change, PRINTS, Prints};
pub use run::{Finished, MilestoneFolder, RunFolder};
pub use run_name::RunName;

/// The folder of what schools returned.
pub const RETURNS: &str = "nop";
/// Where the forms go that schools get, unless another place is named.
pub const FORMS: &str = "phieu";
/// The folder of the runs.
pub const RESULTS: &str = "ket-qua";
/// The folder of the office's own rule files.
pub const RULES: &str = "quy-tac";
/// The folder of verified scores.
pub const VERIFIED: &str = "tham-dinh";
/// The folder of what units handed over.
pub const PACKAGES: &str = "don-vi";
/// The words of the year's milestones, in its order: what stands after a run's name in the folder of a frozen result.
pub const MILESTONES: [&str; 3] = ["phe-duyet", "gui-so", "cong-nhan"];
/// Files that prove the office's own criteria.
pub const EVIDENCE: &str = "minh-chung";
/// The list of them, in each run and among them in what is handed over.
pub const EVIDENCE_LIST: &str = "danh-muc-minh-chung.xlsx";
/// Templates of papers that replace those of the program.
pub const TEMPLATES_OF_PAPERS: &str = "mau-van-ban";
/// Drafts of papers.
pub const PAPERS: &str = "van-ban";
/// The cache of results, which can be deleted at any time.
pub const CACHE: &str = ".cds.cache";

const SETTINGS: &str = "co-quan.toml";
const ROSTER: &str = "danh-sach-truong";
const RECEIPTS: &str = "so-nhan";
const OFFICE_FORM: &str = "phieu-co-quan";
const UNITS: &str = "danh-sach-don-vi";
const RECOGNISED: &str = "cong-nhan";
const ANNEX: &str = "doi-chieu-phu-luc";
/// Endings of workbooks. The first is the one that is asked for; the others are read too, not passed over in silence.
const WORKBOOK: [&str; 5] = ["xlsx", "xlsm", "xls", "xlsb", "ods"];
const WORKBOOK_OR_TEXT: [&str; 6] = ["xlsx", "xlsm", "xls", "xlsb", "ods", "csv"];

/// A folder that has what a run needs.
#[derive(Debug, Clone)]
pub struct OfficeFolder {
    root: PathBuf,
}

/// The run that a path means: an office folder, or its `ket-qua/`, stands for its newest run.
pub fn run_meant(path: &Path) -> PathBuf {
    let is_result = ["ket-qua.json", PRINTS].iter().any(|name| path.join(name).exists());
    if is_result || !path.is_dir() {
        return path.to_owned();
    }
    let newest = |results: &Path| Some(kept::runs(results).ok()?.pop()?.1);
    newest(&OfficeFolder::as_it_is(path).results()).or_else(|| newest(path)).unwrap_or_else(|| path.to_owned())
}

/// One file of the office folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Input {
    /// Where it is.
    pub path: PathBuf,
    /// Relative to the office folder, with `/`: what people see.
    pub name: String,
}

impl Input {
    /// Whether a spreadsheet program has it open: it keeps a file beside it as long.
    pub fn is_open(&self) -> bool {
        let name = self.path.file_name().map(|name| format!("~${}", name.to_string_lossy()));
        name.is_some_and(|name| self.path.with_file_name(name).exists())
    }

    /// Whether it is a table that comes as text, by its name.
    pub fn is_csv(&self) -> bool {
        self.name.to_lowercase().ends_with(".csv")
    }
}

impl OfficeFolder {
    /// Opens an office folder: it must be there, with settings and one roster. Names are found in any case, as on
    /// Windows, on every system.
    ///
    /// # Errors
    /// [`FolderError::NotOffice`] with all that is missing, [`FolderError::Twice`] for a table that is there in
    /// two formats.
    pub fn open(path: &Path) -> Result<OfficeFolder, FolderError> {
        let root = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        let missing = |names: Vec<&'static str>| FolderError::NotOffice { path: path.to_owned(), missing: names };
        match fs::metadata(&root) {
            Ok(found) if found.is_dir() => {}
            Ok(_) => return Err(missing(Vec::new())),
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Err(missing(Vec::new())),
            Err(source) => return Err(FolderError::CannotRead { path: path.to_owned(), source }),
        }
        let folder = OfficeFolder { root };
        let mut absent = Vec::new();
        if folder.file(SETTINGS)?.is_none() {
            absent.push(SETTINGS);
        }
        if folder.one_of(ROSTER, &WORKBOOK_OR_TEXT)?.is_none() {
            absent.push("danh-sach-truong.xlsx");
        }
        folder.receipts()?;
        folder.units()?;
        folder.office_form()?;
        folder.annex()?;
        folder.recognised()?;
        if absent.is_empty() { Ok(folder) } else { Err(missing(absent)) }
    }

    /// A folder as it is, whatever it lacks: to look at, and to add to. Not for a run.
    pub fn as_it_is(path: &Path) -> OfficeFolder {
        OfficeFolder { root: std::path::absolute(path).unwrap_or_else(|_| path.to_owned()) }
    }

    /// The folder itself, absolute.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// `co-quan.toml`
    ///
    /// # Errors
    /// When it has gone, or the folder cannot be read.
    pub fn settings(&self) -> Result<Input, FolderError> {
        self.file(SETTINGS)?.ok_or_else(|| self.gone(SETTINGS))
    }

    /// The roster, a workbook or .csv.
    ///
    /// # Errors
    /// When it has gone, there are two, or the folder cannot be read.
    pub fn roster(&self) -> Result<Input, FolderError> {
        self.one_of(ROSTER, &WORKBOOK_OR_TEXT)?.ok_or_else(|| self.gone("danh-sach-truong.xlsx"))
    }

    /// The receipts, a workbook or .csv, if there are any.
    ///
    /// # Errors
    /// When there are two, or the folder cannot be read.
    pub fn receipts(&self) -> Result<Option<Input>, FolderError> {
        self.one_of(RECEIPTS, &WORKBOOK_OR_TEXT)
    }

    /// The roster of units, a workbook or .csv, if there is one.
    ///
    /// # Errors
    /// When there are two, or the folder cannot be read.
    pub fn units(&self) -> Result<Option<Input>, FolderError> {
        self.one_of(UNITS, &WORKBOOK_OR_TEXT)
    }

    /// `don-vi/`, which need not be there.
    pub fn packages(&self) -> PathBuf {
        self.sub_folder(PACKAGES)
    }

    /// `phieu-co-quan.xlsx`, if it is there.
    ///
    /// # Errors
    /// When there are two, or the folder cannot be read.
    pub fn office_form(&self) -> Result<Option<Input>, FolderError> {
        self.one_of(OFFICE_FORM, &WORKBOOK)
    }

    /// `doi-chieu-phu-luc.xlsx`, if it is there.
    ///
    /// # Errors
    /// When there are two, or the folder cannot be read.
    pub fn annex(&self) -> Result<Option<Input>, FolderError> {
        self.one_of(ANNEX, &WORKBOOK)
    }

    /// `cong-nhan.xlsx`, if it is there.
    ///
    /// # Errors
    /// When there are two, or the folder cannot be read.
    pub fn recognised(&self) -> Result<Option<Input>, FolderError> {
        self.one_of(RECOGNISED, &WORKBOOK)
    }

    /// The rule files, `quy-tac/*.toml`, by name.
    ///
    /// # Errors
    /// When the folder is there and cannot be read.
    pub fn rules(&self) -> Result<Vec<Input>, FolderError> {
        self.files_in(RULES, &["toml"])
    }

    /// The office's own templates of papers, `mau-van-ban/*.docx`, by name.
    ///
    /// # Errors
    /// When the folder is there and cannot be read.
    pub fn templates_of_papers(&self) -> Result<Vec<Input>, FolderError> {
        self.files_in(TEMPLATES_OF_PAPERS, &["docx"])
    }

    /// The workbooks of verified scores, `tham-dinh/`, by name.
    ///
    /// # Errors
    /// When the folder is there and cannot be read.
    pub fn verified(&self) -> Result<Vec<Input>, FolderError> {
        self.files_in(VERIFIED, &WORKBOOK)
    }

    /// `nop/`, which need not be there.
    pub fn returns(&self) -> PathBuf {
        self.sub_folder(RETURNS)
    }

    /// `ket-qua/`, which need not be there.
    pub fn results(&self) -> PathBuf {
        self.sub_folder(RESULTS)
    }

    /// Where the cache is or will be.
    pub fn cache(&self) -> PathBuf {
        self.root.join(CACHE)
    }

    /// The finished runs, oldest first.
    ///
    /// # Errors
    /// When `ket-qua/` is there and cannot be read.
    pub fn runs(&self) -> Result<Vec<(RunName, PathBuf)>, FolderError> {
        kept::runs(&self.results())
    }

    /// The newest finished run, as far as it can be told.
    pub fn newest_run(&self) -> Option<(RunName, PathBuf)> {
        self.runs().ok()?.pop()
    }

    /// The folders of frozen results, by name.
    ///
    /// # Errors
    /// When `ket-qua/` is there and cannot be read.
    pub fn milestone_folders(&self) -> Result<Vec<PathBuf>, FolderError> {
        kept::milestones(&self.results())
    }

    /// Hidden folders of `ket-qua/` that runs left behind, or are writing just now.
    ///
    /// # Errors
    /// When `ket-qua/` is there and cannot be read.
    pub fn unfinished(&self) -> Result<Vec<PathBuf>, FolderError> {
        kept::unfinished(&self.results())
    }

    /// Takes the folder for one run, until the lock is dropped or the process ends.
    ///
    /// # Errors
    /// [`FolderError::Busy`] when another run holds it, [`FolderError::CannotWrite`] when it cannot be locked.
    pub fn lock(&self) -> Result<Lock, FolderError> {
        Lock::take(self)
    }

    fn gone(&self, name: &'static str) -> FolderError {
        FolderError::NotOffice { path: self.root.clone(), missing: vec![name] }
    }

    /// A folder by its name in any case.
    fn sub_folder(&self, name: &'static str) -> PathBuf {
        let exact = self.root.join(name);
        if exact.exists() {
            return exact;
        }
        let found = names_in(&self.root).ok().and_then(|names| named(&names, name).map(|found| self.root.join(found)));
        found.unwrap_or(exact)
    }

    /// A file by its name in any case.
    fn file(&self, name: &str) -> Result<Option<Input>, FolderError> {
        let names = names_in(&self.root)?;
        let Some(name) = named(&names, name) else { return Ok(None) };
        let path = self.root.join(&name);
        // A pipe or a link to nowhere in its place is not as if there were nothing.
        match fs::metadata(&path) {
            Ok(found) if found.is_file() => Ok(Some(Input { path, name })),
            Ok(_) => Err(FolderError::NotAFile { path }),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Err(FolderError::NotAFile { path }),
            Err(source) => Err(FolderError::CannotRead { path, source }),
        }
    }

    /// `<stem>.<ending>` for one of these endings; two are one too many.
    fn one_of(&self, stem: &'static str, endings: &[&str]) -> Result<Option<Input>, FolderError> {
        let mut found = Vec::new();
        for ending in endings {
            found.extend(self.file(&format!("{stem}.{ending}"))?);
        }
        let mut found = found.into_iter();
        match (found.next(), found.next()) {
            (Some(one), Some(other)) => {
                Err(FolderError::Twice { path: self.root.clone(), one: one.name, other: other.name })
            }
            (one, _) => Ok(one),
        }
    }

    /// The files of a folder with one of these endings, by name; without those that programs leave beside an open file.
    fn files_in(&self, folder: &'static str, endings: &[&str]) -> Result<Vec<Input>, FolderError> {
        let folder = self.sub_folder(folder);
        if !folder.exists() {
            return Ok(Vec::new());
        }
        let shown = folder.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let mut names = names_in(&folder)?;
        names.retain(|name| {
            let ending = Path::new(name).extension().and_then(OsStr::to_str).unwrap_or_default();
            let fits = endings.iter().any(|wanted| wanted.eq_ignore_ascii_case(ending));
            fits && !name.starts_with('~') && !name.starts_with('.')
        });
        let input = |name: String| Input { path: folder.join(&name), name: format!("{shown}/{}", one_line(&name)) };
        // What is no file is told when it is read; a folder is none of these.
        Ok(names.into_iter().map(input).filter(|input| !input.path.is_dir()).collect())
    }
}

/// The names in a folder, in one order on every system. Names that are no Unicode are none of ours.
fn names_in(folder: &Path) -> Result<Vec<String>, FolderError> {
    let cannot = |source| FolderError::CannotRead { path: folder.to_owned(), source };
    let mut names = Vec::new();
    for entry in fs::read_dir(folder).map_err(cannot)? {
        names.extend(entry.map_err(cannot)?.file_name().to_str().map(str::to_owned));
    }
    names.sort_by_cached_key(|name| (plain(name), name.clone()));
    Ok(names)
}

/// The name among these that is `name`, else the first that differs in case or composition only.
fn named(names: &[String], name: &str) -> Option<String> {
    let exact = names.iter().find(|found| *found == name);
    exact.or_else(|| names.iter().find(|found| plain(found) == name)).cloned()
}

fn plain(name: &str) -> String {
    name.nfc().collect::<String>().to_lowercase()
}

/// Whether a name in the results' folder is one of our hidden, unfinished folders.
fn is_partial(name: &OsStr) -> bool {
    let within = name.to_str().and_then(|name| name.strip_prefix('.')?.strip_suffix(".partial"));
    within.is_some_and(|within| within.parse::<RunName>().is_ok() || milestone_of(within).is_some())
}

/// The run of a frozen result, and the word of its milestone, by the name of its folder.
fn milestone_of(name: &str) -> Option<(RunName, &'static str)> {
    MILESTONES.into_iter().find_map(|word| {
        let run = name.strip_suffix(word)?.strip_suffix('-')?;
        Some((run.parse().ok()?, word))
    })
}
