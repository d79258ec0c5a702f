//! A Department: what its own schools returned, and what each unit froze of its own run and handed over.

use std::fs;
use std::io::{self, Cursor, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::civil::date;
use rayon::prelude::*;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::words::words;
use super::{Home, Plan, SamplesError, file, office, put};
use crate::finalize::{Case, Choice, Order};
use crate::folder::{PACKAGES, Prints};
use crate::milestone::Kind;
use crate::reader::Limits;
use crate::rules::RuleBook;
use crate::run::{LOG, Options, run};
use crate::school::School;
use crate::units::is_of_department;

/// Where units work until they have handed over; not a name of an office folder.
const WORK: &str = ".don-vi";
const NAME: &str = "Sở GDĐT tỉnh Thử";

pub fn fill(plan: &Plan, book: &RuleBook, mut schools: Vec<School>, place: &Path) -> Result<(), SamplesError> {
    let mut of_units: Vec<&mut School> =
        schools.iter_mut().filter(|school| !school.kinds.iter().any(is_of_department)).collect();
    let (count, units) = (of_units.len(), plan.units);
    if units > count {
        return Err(SamplesError::TooManyUnits { units, schools: count });
    }
    for (at, school) in of_units.iter_mut().enumerate() {
        school.unit = unit_name(at * units / count);
    }
    let mut by_unit: Vec<Vec<School>> = vec![Vec::new(); units];
    of_units.iter().enumerate().for_each(|(at, school)| by_unit[at * units / count].push((**school).clone()));
    let own: Vec<School> = schools.iter().filter(|school| school.unit.is_empty()).cloned().collect();
    Home { plan, book, office: office(NAME), schools: &own }.fill(place)?;
    put(&place.join("danh-sach-truong.csv"), super::roster(&schools).as_bytes())?;
    let names: String = (0..units).map(|unit| format!("{},{}\n", code(unit), unit_name(unit))).collect();
    put(&place.join("danh-sach-don-vi.csv"), format!("ma_don_vi,ten_don_vi\n{names}").as_bytes())?;
    let (work, packages) = (place.join(WORK), place.join(PACKAGES));
    fs::create_dir_all(&packages).map_err(file(&packages))?;
    by_unit.par_iter().enumerate().try_for_each(|(unit, schools)| {
        let folder = work.join(unit.to_string());
        fs::create_dir_all(&folder).map_err(file(&folder))?;
        Home { plan, book, office: office(&unit_name(unit)), schools }.fill(&folder)?;
        let frozen = frozen(plan, &folder)?;
        let to = packages.join(code(unit));
        // Some e-mail folders, some pack them.
        match unit % 3 {
            1 => put(&to.with_extension("zip"), &packed(&frozen)?)?,
            _ => fs::rename(&frozen, &to).map_err(file(&to))?,
        }
        fs::remove_dir_all(&folder).map_err(file(&folder))
    })?;
    fs::remove_dir_all(&work).map_err(file(&work))
}

fn unit_name(unit: usize) -> String {
    let names = &words().units;
    match unit / names.len() {
        0 => format!("UBND xã {}", names[unit]),
        round => format!("UBND xã {} {}", names[unit % names.len()], round + 1),
    }
}

fn code(unit: usize) -> String {
    format!("X{:04}", unit + 1)
}

/// Runs a unit's office and freezes the result for the Department, every open error accepted.
fn frozen(plan: &Plan, folder: &Path) -> Result<PathBuf, SamplesError> {
    let options = Options {
        at: date(2025, 6, 5).at(2, 0, 0, 0),
        reader: plan.reader,
        // Units run beside each other.
        threads: 1,
        limits: Limits::default(),
        settle: Duration::ZERO,
        per_unit: false,
        stop: None,
    };
    let done = run(folder, &options, &|_| {})?;
    timeless(&done.path).map_err(file(&done.path))?;
    let case = Case::open(&done.path, Kind::Report)?;
    let decided = case.open_errors().iter().map(|error| error.decided(Choice::Zero)).collect();
    let order = Order {
        kind: Kind::Report,
        number: String::new(),
        date: None,
        signer: String::new(),
        at: date(2025, 6, 6).at(9, 0, 0, 0),
    };
    let frozen = case.freeze(&order, decided, true)?;
    Ok(frozen.milestone.path.join(Kind::Report.folder()))
}

/// Takes out of a run's folder how long its steps took: the seal is over its log too. The folder goes when the unit has
/// handed over.
fn timeless(run: &Path) -> io::Result<()> {
    fs::write(run.join(LOG), "cds samples\r\n")?;
    Prints::default().write(run)
}

/// A folder as a .zip.
fn packed(folder: &Path) -> Result<Vec<u8>, SamplesError> {
    let names = Prints::of(folder).map_err(file(folder))?;
    let time = DateTime::from_date_and_time(2025, 6, 6, 9, 0, 0).unwrap_or_default();
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored).last_modified_time(time);
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for name in names.0.keys() {
        let path = folder.join(name);
        let bytes = fs::read(&path).map_err(file(&path))?;
        zip.start_file(format!("gui-so/{name}"), options).map_err(io::Error::from).map_err(file(&path))?;
        zip.write_all(&bytes).map_err(file(&path))?;
    }
    Ok(zip.finish().map_err(io::Error::from).map_err(file(folder))?.into_inner())
}
