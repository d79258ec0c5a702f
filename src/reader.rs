//! Bytes to grids, in expendable worker processes of the same executable. Knows no form.
//!
//! ```text
//! Pool ──► worker process ──► source (open, fingerprint) ──► sniff (what is it)
//!                                  ├─► archive (members, each read like a file)
//!                                  └─► excel (repack, calamine) ──► Workbook of Grids
//! ```
//! The parent never parses a returned file: what crosses back is bounded and plain.

mod archive;
mod biff;
mod caps;
mod excel;
mod format_code;
mod limits;
mod ole;
mod package;
mod pool;
mod protocol;
mod repack;
mod sniff;
mod source;
mod worker;

use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::finding::{Code, Finding, code, plain};
use crate::grid::Grid;

pub use limits::Limits;
pub use pool::{Job, Pool, PoolError};
pub(crate) use source::too_large;
pub use worker::worker_main;

/// The first argument that turns the program into a reader worker.
pub const WORKER_ARG: &str = "__reader";

/// What a file turned out to be.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Reading {
    /// Bytes.
    pub size: u64,
    /// Of the bytes; empty if they were not read to the end.
    pub fingerprint: String,
    /// What is in it.
    pub content: Content,
}

/// The content of a file, by its bytes; its name has no say.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Content {
    /// A workbook that was read.
    Workbook(Workbook),
    /// A `.zip` of files, one level deep.
    Archive(Archive),
    /// No workbook and no archive, but perhaps a signed copy or evidence.
    Other(OtherKind),
    /// At least one 1xx error, without a file in its place.
    Unreadable(#[serde(with = "plain")] Vec<Finding>),
}

/// The worksheets of a workbook.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Workbook {
    /// How it is stored.
    pub format: Format,
    /// The program that says it wrote the file: `Microsoft Excel 16.0300`.
    pub software: Option<String>,
    /// Visible and hidden worksheets in the order of their tabs; no chart or macro sheets.
    pub grids: Vec<Grid>,
    /// Sheets left out or cut, with the sheet in the place; no file.
    #[serde(with = "plain")]
    pub findings: Vec<Finding>,
}

/// The files of an archive.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Archive {
    /// In the order of the archive's directory; folders are not listed.
    pub members: Vec<Member>,
    /// About the archive as a whole, without a file in the place.
    #[serde(with = "plain")]
    pub findings: Vec<Finding>,
}

/// One file of an archive.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Member {
    /// Cleaned for display, with `/`; never to be used as a path.
    pub name: String,
    /// Local time of whoever packed it.
    pub modified: Option<jiff::civil::DateTime>,
    /// What it is; never an archive.
    pub reading: Reading,
}

/// What a file was made into as it was read: an archive and each of its members apart, so that none is kept for the
/// sake of the others.
#[derive(Debug)]
pub struct Read<T> {
    /// Of the file itself; the reading of an archive has no members in it.
    pub file: T,
    /// Of the members of an archive, in the order of its directory.
    pub members: Vec<ReadMember<T>>,
}

/// One file of an archive, made into something.
#[derive(Debug)]
pub struct ReadMember<T> {
    /// Cleaned for display, with `/`; never to be used as a path.
    pub name: String,
    /// Local time of whoever packed it.
    pub modified: Option<jiff::civil::DateTime>,
    /// What its reading was made into; never that of an archive.
    pub content: T,
}

impl Read<Reading> {
    /// The reading with its members in it.
    fn whole(self) -> Reading {
        let mut reading = self.file;
        if let Content::Archive(archive) = &mut reading.content {
            let member = |of: ReadMember<Reading>| Member { name: of.name, modified: of.modified, reading: of.content };
            archive.members = self.members.into_iter().map(member).collect();
        }
        reading
    }
}

/// How a workbook is stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Format {
    /// Office Open XML, `.xlsx` or `.xlsm`.
    Xlsx,
    /// Office Open XML with binary parts.
    Xlsb,
    /// Excel 97 to 2003.
    Xls8,
    /// Excel 5.0 and 95.
    Xls5,
    /// OpenDocument.
    Ods,
    /// A web page with tables.
    Html,
}

impl Format {
    /// Its usual ending.
    pub fn name(self) -> &'static str {
        match self {
            Format::Xlsx => "xlsx",
            Format::Xlsb => "xlsb",
            Format::Xls8 | Format::Xls5 => "xls",
            Format::Ods => "ods",
            Format::Html => "html",
        }
    }
}

/// Files that are no return but may be wanted: a signed copy, evidence, or nothing at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum OtherKind {
    /// A PDF.
    Pdf,
    /// A picture.
    Picture,
    /// Film or sound.
    Media,
    /// A word processor's document.
    Word,
    /// A presentation.
    Slides,
    /// Running text.
    Text,
    /// What systems leave in folders and archives.
    Junk,
}

impl OtherKind {
    /// In a word, for the list of files.
    pub fn name(self) -> &'static str {
        match self {
            OtherKind::Pdf => "pdf",
            OtherKind::Picture => "anh",
            OtherKind::Media => "phim",
            OtherKind::Word => "word",
            OtherKind::Slides => "trinh-chieu",
            OtherKind::Text => "van-ban",
            OtherKind::Junk => "",
        }
    }

    /// What to say where such a file stands for a return. `None` for junk.
    pub fn refusal(self) -> Option<Finding> {
        let code: Code = match self {
            OtherKind::Pdf => code::PDF_DOCUMENT,
            OtherKind::Picture | OtherKind::Media => code::PICTURE,
            OtherKind::Word => code::WORD_DOCUMENT,
            OtherKind::Slides => code::SLIDES,
            OtherKind::Text => code::TEXT_TABLE,
            OtherKind::Junk => return None,
        };
        Some(Finding::new(code))
    }
}

impl Reading {
    /// A file of which nothing is known but why it was not read.
    pub(crate) fn unreadable(size: u64, finding: Finding) -> Reading {
        Reading { size, fingerprint: String::new(), content: Content::Unreadable(vec![finding]) }
    }
}

/// Reads a file in this process: what a worker does for each task. Not for a process that must survive.
pub fn read_here(path: &Path, limits: &Limits) -> Reading {
    assemble(|answers| source::read_file(path, 0, limits, answers))
}

/// Reads bytes in this process, as if they were a file: for fuzzing and benches.
pub fn read_bytes_here(bytes: &[u8], limits: &Limits) -> Reading {
    assemble(|answers| source::read_bytes(bytes, 0, limits, answers))
}

/// The bytes of a member of an archive, by the name under which it was read and its fingerprint; `None` where there is
/// none. Bounded as reading is, and for what was read before: it parses the archive's directory in this process.
pub fn member_bytes(archive: &[u8], name: &str, fingerprint: &str, limits: &Limits) -> Option<Vec<u8>> {
    std::panic::catch_unwind(|| archive::member_bytes(archive, name, fingerprint, limits)).ok().flatten()
}

/// The names of an archive's files, as [`each_member`] tells them; none of them is unpacked.
///
/// # Errors
/// Why it cannot be opened as an archive.
pub fn member_names(archive: &[u8], limits: &Limits) -> Result<Vec<String>, Code> {
    std::panic::catch_unwind(|| archive::member_names(archive, limits)).unwrap_or(Err(code::DAMAGED))
}

/// What takes in a file of an archive: its name, and its bytes or why there are none.
pub type EachMember<'a> = dyn FnMut(&str, Result<&[u8], Code>) + 'a;

/// Every file of an archive, under the name by which it would be read as a return, with its bytes or why there are none.
/// Bounded as reading is; parses the archive in this process, but none of its files.
///
/// # Errors
/// Why it cannot be opened as an archive.
pub fn each_member(archive: &[u8], limits: &Limits, each: &mut EachMember) -> Result<(), Code> {
    let opened = std::panic::AssertUnwindSafe(|| archive::each_member(archive, limits, each));
    std::panic::catch_unwind(opened).unwrap_or(Err(code::DAMAGED))
}

/// Puts the answers about one file together, as the pool does for answers that come from afar.
fn assemble(read: impl FnOnce(&mut dyn FnMut(protocol::Answer))) -> Reading {
    let mut gathering = protocol::Gathering::new(&|reading| reading);
    read(&mut |answer| {
        gathering.add(answer);
    });
    gathering.finish(|| 0).whole()
}
