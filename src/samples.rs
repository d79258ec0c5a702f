//! Offices of any size to try the program on: a roster, wild returns in the usual shares (`templates/samples.toml`),
//! and for a Department what its units froze and handed over. The same plan makes the same bytes.

pub mod answers;
mod department;
pub mod returns;
pub mod sheet;
mod words;

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use jiff::civil::{DateTime, date};
use rayon::prelude::*;
use rust_xlsxwriter::XlsxError;

use crate::finalize::FinalizeError;
use crate::folder::{RETURNS, whole};
use crate::form_writer::{Filling, WriteError, write};
use crate::layouts::names::OFFICE_FILE;
use crate::office::Office;
use crate::rules::RuleBook;
use crate::run::RunError;
use crate::school::{School, SchoolCode, SchoolKind};
use answers::chance;
use words::{Wild, words};

/// When the office made its forms.
const FORMS_MADE: DateTime = date(2025, 4, 1).at(8, 0, 0, 0);
const YEAR: &str = "2024-2025";

/// What is to be made.
#[derive(Debug, Clone, Copy)]
pub struct Plan<'a> {
    /// How many schools in all.
    pub schools: usize,
    /// How many units hand over for those that the office does not manage itself; 0: all return to the office.
    pub units: usize,
    /// Another seed makes another office of the same shape.
    pub seed: u64,
    /// What the schools return.
    pub returned: Returned,
    /// The program that is started as reader of the units' runs.
    pub reader: &'a Path,
}

/// What the schools of an office return.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Returned {
    /// As they really come: some odd, some late, some not at all.
    AsTheyCome,
    /// The office's form on time, filled whole: nothing is to be said of any.
    AsTheyShouldBe,
    /// The office's form on time, with evidence left out here and there: of nearly each something is to be said.
    WithoutEvidence,
}

/// Why there is no office.
#[derive(Debug, thiserror::Error)]
pub enum SamplesError {
    /// More units than schools that units manage.
    #[error("{units} units, but only {schools} schools for them")]
    TooManyUnits {
        /// As asked for.
        units: usize,
        /// That units manage.
        schools: usize,
    },
    /// Something is there already.
    #[error("{} is there already", .0.display())]
    Exists(PathBuf),
    /// A file could not be written.
    #[error("cannot write {}: {source}", .path.display())]
    File {
        /// Which.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A form could not be made.
    #[error(transparent)]
    Form(#[from] WriteError),
    /// A workbook of a school's own making could not be made.
    #[error(transparent)]
    Workbook(#[from] XlsxError),
    /// A unit's run has no report.
    #[error(transparent)]
    Run(#[from] RunError),
    /// A unit's result could not be frozen.
    #[error(transparent)]
    Frozen(#[from] FinalizeError),
}

/// Makes the office in `dir`, which must not be there: all of it, or nothing.
///
/// # Errors
/// [`SamplesError`]: then nothing is left.
pub fn make(plan: &Plan, book: &RuleBook, dir: &Path) -> Result<(), SamplesError> {
    if fs::symlink_metadata(dir).is_ok() {
        return Err(SamplesError::Exists(dir.to_owned()));
    }
    let schools: Vec<School> = (0..plan.schools).map(|n| school(plan, n)).collect();
    let fill = |place: &Path| match plan.units {
        0 => Home { plan, book, office: office("Phòng GDĐT huyện Thử"), schools: &schools }.fill(place),
        _ => department::fill(plan, book, schools.clone(), place),
    };
    whole(dir, fill, |source| SamplesError::File { path: dir.to_owned(), source })
}

fn office(name: &str) -> Office {
    Office { name: name.to_owned(), year: YEAR.to_owned(), ..Office::default() }
}

/// A school without its unit.
fn school(plan: &Plan, n: usize) -> School {
    let kinds = &words().kinds;
    let of: u64 = kinds.values().sum();
    // Every stretch of the roster has all kinds: 37 has no divisor in common with 100.
    let mut at = (n as u64 * 37) % of.max(1);
    let kind = kinds.iter().find(|(_, share)| {
        let found = at < **share;
        at = at.saturating_sub(**share);
        found
    });
    let kind = kind.map_or_else(String::new, |(kind, _)| kind.clone());
    let code = format!("{:08}", 79_000_000 + n);
    let names = &words().schools;
    let name = &names[chance(&key(plan.seed, &code), "tên", names.len() as i64) as usize];
    School {
        name: format!("Trường {kind} {name} {}", n + 1),
        email: format!("truong{code}@mau.example"),
        code: SchoolCode(code),
        kinds: vec![SchoolKind(kind)],
        unit: String::new(),
        phone: String::new(),
        contact: String::new(),
        former_codes: Vec::new(),
        state: String::new(),
        row: n as u32 + 2,
    }
}

/// What everything about a school depends on.
fn key(seed: u64, code: &str) -> String {
    format!("{seed} {code}")
}

/// An office with what its own schools returned.
struct Home<'a> {
    plan: &'a Plan<'a>,
    book: &'a RuleBook,
    office: Office,
    schools: &'a [School],
}

impl Home<'_> {
    fn fill(&self, place: &Path) -> Result<(), SamplesError> {
        let settings = format!(
            "# Dữ liệu để thử, do cds samples tạo: tên trường, tên người, địa danh đều là hư cấu.\n\
             ten = \"{}\"\nnam_hoc = \"{}\"\n\n[han]\nnop_phieu = \"31/5/2025\"\n",
            self.office.name, self.office.year
        );
        put(&place.join("co-quan.toml"), settings.as_bytes())?;
        put(&place.join("danh-sach-truong.csv"), roster(self.schools).as_bytes())?;
        if let Some(set) = self.book.of_office() {
            let answers = answers::of(set, &key(self.plan.seed, &self.office.name), 78);
            let filling =
                Filling { school: None, office: Some(&self.office), answers: Some(&answers), created: FORMS_MADE };
            put(&place.join(OFFICE_FILE), &write(set, &filling)?)?;
        }
        let folder = place.join(RETURNS);
        fs::create_dir_all(&folder).map_err(file(&folder))?;
        let maker = returns::Maker { book: self.book, office: &self.office, seed: self.plan.seed };
        let written = self.schools.par_iter().map(|school| {
            let wild = maker.wild(school);
            let wild = match self.plan.returned {
                Returned::AsTheyCome => wild,
                Returned::AsTheyShouldBe => Wild::AsItShouldBe,
                Returned::WithoutEvidence => Wild::NoEvidence,
            };
            let mut receipts = Vec::new();
            for (name, bytes) in maker.files(school, wild)? {
                let is_draft = receipts.is_empty() && wild == Wild::SentTwice;
                let may_be_late = self.plan.returned == Returned::AsTheyCome;
                receipts.push(maker.receipt(school, &name, is_draft, may_be_late));
                put(&folder.join(name), &bytes)?;
            }
            Ok::<_, SamplesError>(receipts)
        });
        let written = written.collect::<Result<Vec<_>, _>>()?;
        let rows: Vec<String> = written.into_iter().flatten().collect();
        put(&place.join("so-nhan.csv"), format!("tep,ngay_nhan,kenh\n{}\n", rows.join("\n")).as_bytes())
    }
}

fn roster(schools: &[School]) -> String {
    let rows = schools.iter().map(|school| {
        let kind = school.kinds.first().map_or("", |kind| &kind.0);
        format!("{},{},{kind},{},{}\n", school.code.0, school.name, school.unit, school.email)
    });
    format!("ma_truong,ten_truong,cap_hoc,don_vi_quan_ly,email\n{}", rows.collect::<String>())
}

fn put(path: &Path, bytes: &[u8]) -> Result<(), SamplesError> {
    // A run tells when files were last changed, so that this is always the same too.
    let changed = SystemTime::UNIX_EPOCH + Duration::from_secs(1_748_736_000);
    let written = File::create(path).and_then(|mut file| {
        file.write_all(bytes)?;
        file.set_modified(changed)
    });
    written.map_err(file(path))
}

fn file(path: &Path) -> impl FnOnce(io::Error) -> SamplesError + use<> {
    let path = path.to_owned();
    |source| SamplesError::File { path, source }
}
