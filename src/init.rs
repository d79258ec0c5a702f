//! A new office folder that explains itself. Adds what is missing, and never overwrites.

mod launch;
mod settings;
mod tables;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use jiff::civil::DateTime;

use crate::finding::Lang;
use crate::folder::{
    Existing, FolderError, Input, OfficeFolder, RETURNS, RULES, TEMPLATES_OF_PAPERS, VERIFIED, put, read_file,
};
use crate::form_writer::{Filling, WriteError, write};
use crate::grid::Grid;
use crate::layouts::names::OFFICE_FILE;
use crate::office::{self, Office};
use crate::roster::{self, Listed};
use crate::rules::{self, RuleBook};
use crate::settings::Mistake;
use crate::system;

pub use launch::WINDOWS;
pub use settings::year_of;

/// The file that explains the folder.
pub const READ_ME: &str = "DOC-TOI.txt";

const READ_ME_TEXT: &str = include_str!("../templates/init/DOC-TOI.txt");
const RULES_TEXT: &str = include_str!("../templates/init/DOC-TOI-quy-tac.txt");

/// What the new folder is to be.
#[derive(Debug, Clone, Copy)]
pub struct Wish<'a> {
    /// The office's name; `None` for last year's, or a placeholder.
    pub name: Option<&'a str>,
    /// The school year, `2024-2025`; `None` for the one after last year's, or that of `at`.
    pub year: Option<&'a str>,
    /// Last year's folder, whose office, roster and rules are carried over.
    pub from: Option<&'a Path>,
    /// The office's own list of schools, of which the roster is made: its sheets, and the name that people know.
    pub list: Option<(&'a [Grid], &'a str)>,
    /// The program that the files to double-click start, where there is no nearer one.
    pub program: &'a Path,
    /// The time at the office.
    pub at: DateTime,
}

/// What was made.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Made {
    /// New files and folders, as people see their names.
    pub added: Vec<String>,
    /// What was there already and stays as it is.
    pub kept: Vec<String>,
    /// The school year of the folder.
    pub year: String,
    /// What the office's own list came to.
    pub listed: Option<Listed>,
}

/// Why there is no new folder, or only a part of it.
#[derive(Debug, thiserror::Error)]
pub enum InitError {
    /// The target is a file, or last year's folder is none.
    #[error(transparent)]
    Folder(#[from] FolderError),
    /// A file of last year's, or one that is there, has mistakes.
    #[error("{} mistakes in the configuration", .0.len())]
    Mistakes(Vec<Mistake>),
    /// The office's form, or a table, cannot be made.
    #[error("{name} cannot be made: {source}")]
    NotMade {
        /// Which.
        name: String,
        /// Why.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// A roster is there already, which a list would have to overwrite.
    #[error("{} is there already", .0.display())]
    RosterIsThere(PathBuf),
    /// Both folders are one.
    #[error("{} is last year's folder itself", .0.display())]
    Same(PathBuf),
}

impl InitError {
    /// What is wrong and what to do, in words.
    pub fn message(&self, lang: Lang) -> String {
        match (self, lang) {
            (InitError::Folder(folder), _) => folder.message(lang),
            (InitError::Mistakes(mistakes), _) => {
                mistakes.iter().map(|mistake| mistake.display(lang)).collect::<Vec<_>>().join("\n")
            }
            (InitError::NotMade { name, source }, Lang::Vi) => {
                let why = system::cause(source.as_ref(), lang);
                format!("Không tạo được {name}: {why}. Chạy lại lệnh để tạo phần còn thiếu.")
            }
            (InitError::NotMade { name, source }, Lang::En) => {
                let why = system::cause(source.as_ref(), lang);
                format!("{name} cannot be made: {why}. Run the command again for what is missing.")
            }
            (InitError::RosterIsThere(path), Lang::Vi) => {
                format!("Đã có {}, không ghi đè. Chuyển tệp đó đi nơi khác rồi làm lại.", path.display())
            }
            (InitError::RosterIsThere(path), Lang::En) => {
                format!("{} is there already; nothing is overwritten. Move it away and try again.", path.display())
            }
            (InitError::Same(path), Lang::Vi) => {
                format!("{} chính là thư mục năm trước. Ghi tên một thư mục khác cho năm mới.", path.display())
            }
            (InitError::Same(path), Lang::En) => {
                format!("{} is last year's folder itself. Name another folder for the new year.", path.display())
            }
        }
    }
}

/// Makes an office folder, or adds to one what it lacks.
///
/// # Errors
/// [`InitError`]; what was added until then stays, and the next call adds the rest.
pub fn init(path: &Path, wish: &Wish) -> Result<Made, InitError> {
    let from = wish.from.map(OfficeFolder::open).transpose()?;
    let folder = OfficeFolder::as_it_is(path);
    if let Some(last) = &from
        && same(last.root(), folder.root())
    {
        return Err(InitError::Same(path.to_owned()));
    }
    // All that can be refused comes before anything is written.
    let there = |found: Option<Input>| found.map(|input| input.name);
    let exists = folder.root().is_dir();
    let is_whole = |input: &Input| !is_empty_file(&input.path);
    let settings = if exists { there(folder.settings().ok().filter(is_whole)) } else { None };
    let text = match &settings {
        Some(_) => read(&folder.settings()?)?,
        None => settings::text(&folder, from.as_ref(), wish)?.into_bytes(),
    };
    let office = Office::read(&text, office::FILE).map_err(InitError::Mistakes)?.value;
    let book = rule_book(if exists { Some(&folder) } else { None }, from.as_ref())?;
    let listed = match wish.list {
        None => None,
        Some(_) if exists && folder.roster().is_ok() => {
            return Err(InitError::RosterIsThere(folder.roster()?.path));
        }
        Some((grids, name)) => Some(roster::read_list(grids, name, &book).map_err(InitError::Mistakes)?),
    };

    let mut maker =
        Maker { root: folder.root().to_owned(), made: Made { year: office.year.clone(), ..Made::default() } };
    fs::create_dir_all(folder.root()).map_err(cannot(folder.root()))?;
    match settings {
        Some(name) => maker.kept(name),
        None => maker.file(office::FILE, &text)?,
    }
    maker.folder(RETURNS)?;
    maker.folder(VERIFIED)?;
    maker.folder(RULES)?;
    maker.roster(&folder, from.as_ref(), &book, listed.as_ref())?;
    maker.made.listed = listed;
    maker.table(folder.receipts()?, tables::RECEIPTS, || tables::receipts(wish.at))?;
    if let Some(last) = &from {
        maker.carry_rules(&folder, last)?;
        maker.carry_templates(last)?;
    }
    maker.text(&format!("{RULES}/{READ_ME}"), RULES_TEXT)?;
    maker.office_form(&folder, &office, &book, wish.at)?;
    maker.text(READ_ME, READ_ME_TEXT)?;
    for (name, text) in launch::files(wish.program) {
        maker.file(name, text.as_bytes())?;
        if name != WINDOWS {
            launch::make_executable(&maker.root.join(name)).map_err(cannot(&maker.root.join(name)))?;
        }
    }
    Ok(maker.made)
}

/// The rules of the folder itself, else those that are carried over.
fn rule_book(folder: Option<&OfficeFolder>, from: Option<&OfficeFolder>) -> Result<RuleBook, InitError> {
    let mut inputs = folder.map(OfficeFolder::rules).transpose()?.unwrap_or_default();
    if inputs.is_empty() {
        inputs = from.map(OfficeFolder::rules).transpose()?.unwrap_or_default();
    }
    let mut files = Vec::new();
    for input in inputs {
        files.push((input.name.clone(), read(&input)?));
    }
    Ok(rules::book(files).map_err(InitError::Mistakes)?.book)
}

fn read(input: &Input) -> Result<Vec<u8>, InitError> {
    let failed = |source| FolderError::CannotRead { path: input.path.clone(), source };
    Ok(read_file(&input.path).map_err(failed)?)
}

fn cannot(path: &Path) -> impl FnOnce(io::Error) -> FolderError {
    |source| FolderError::CannotWrite { path: path.to_owned(), source }
}

fn is_empty_file(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|there| there.is_file() && there.len() == 0)
}

fn same(one: &Path, other: &Path) -> bool {
    match (fs::canonicalize(one), fs::canonicalize(other)) {
        (Ok(one), Ok(other)) => one == other,
        _ => one == other,
    }
}

/// Adds, and keeps the list.
struct Maker {
    root: PathBuf,
    made: Made,
}

impl Maker {
    fn kept(&mut self, name: String) {
        self.made.kept.push(name);
    }

    fn folder(&mut self, name: &str) -> Result<(), InitError> {
        let path = self.root.join(name);
        if path.is_dir() {
            return Ok(());
        }
        fs::create_dir(&path).map_err(cannot(&path))?;
        self.made.added.push(format!("{name}/"));
        Ok(())
    }

    /// A file, unless there is something of its name.
    fn file(&mut self, name: &str, bytes: &[u8]) -> Result<(), InitError> {
        let path = self.root.join(name);
        // An empty file is what earlier versions left where they were killed.
        let existing = if is_empty_file(&path) { Existing::Replace } else { Existing::Keep };
        match put(&path, bytes, existing) {
            Ok(()) => self.made.added.push(name.to_owned()),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => self.kept(name.to_owned()),
            Err(source) => return Err(cannot(&path)(source).into()),
        }
        Ok(())
    }

    /// A text for Windows' Notepad.
    fn text(&mut self, name: &str, text: &str) -> Result<(), InitError> {
        self.file(name, settings::for_notepad(text).as_bytes())
    }

    /// A workbook, unless the table is there in any of its formats.
    fn table<E: std::error::Error + Send + Sync + 'static>(
        &mut self,
        there: Option<Input>,
        name: &str,
        make: impl FnOnce() -> Result<Vec<u8>, E>,
    ) -> Result<(), InitError> {
        if let Some(input) = there.filter(|input| !is_empty_file(&input.path)) {
            self.kept(input.name);
            return Ok(());
        }
        let bytes = make().map_err(|source| InitError::NotMade { name: name.to_owned(), source: source.into() })?;
        self.file(name, &bytes)
    }

    fn roster(
        &mut self,
        folder: &OfficeFolder,
        from: Option<&OfficeFolder>,
        book: &RuleBook,
        listed: Option<&Listed>,
    ) -> Result<(), InitError> {
        match (folder.roster(), from) {
            (Ok(input), _) if !is_empty_file(&input.path) => self.kept(input.name),
            (Err(twice @ FolderError::Twice { .. }), _) => return Err(twice.into()),
            (_, Some(last)) => {
                let input = last.roster()?;
                self.file(&input.name, &read(&input)?)?;
            }
            (_, None) => {
                self.table(None, &format!("{}.xlsx", roster::STEM), || {
                    tables::roster(book, listed.map_or(&[], |listed| &listed.rows))
                })?;
            }
        }
        Ok(())
    }

    /// The office's own rule files, and the figures that it held against the annex.
    /// The office's own wording of papers.
    fn carry_templates(&mut self, last: &OfficeFolder) -> Result<(), InitError> {
        for input in last.templates_of_papers()? {
            let name = input.name.rsplit('/').next().unwrap_or_default();
            self.folder(TEMPLATES_OF_PAPERS)?;
            self.file(&format!("{TEMPLATES_OF_PAPERS}/{name}"), &read(&input)?)?;
        }
        Ok(())
    }

    fn carry_rules(&mut self, folder: &OfficeFolder, last: &OfficeFolder) -> Result<(), InitError> {
        for input in last.rules()? {
            let name = input.name.rsplit('/').next().unwrap_or_default();
            self.file(&format!("{RULES}/{name}"), &read(&input)?)?;
        }
        if let Some(input) = last.annex()? {
            match folder.annex()? {
                Some(there) => self.kept(there.name),
                None => self.file(&input.name, &read(&input)?)?,
            }
        }
        Ok(())
    }

    fn office_form(
        &mut self,
        folder: &OfficeFolder,
        office: &Office,
        book: &RuleBook,
        created: DateTime,
    ) -> Result<(), InitError> {
        let there = folder.office_form()?;
        let Some(set) = book.of_office() else { return Ok(()) };
        let filling = Filling { school: None, office: Some(office), answers: None, created };
        self.table(there, OFFICE_FILE, || -> Result<Vec<u8>, WriteError> { write(set, &filling) })
    }
}
