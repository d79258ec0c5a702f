//! The papers of the year: drafts in .docx from templates that the office may replace. What stands in them comes from
//! the views; where it stands and how it is worded belongs to the template.

mod names;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::folder::{Existing, TEMPLATES_OF_PAPERS, put, read_file};
use crate::milestone::Kind;
use crate::office::PAPER_NAMES;
use crate::outcome::Outcome;
use crate::text;
use crate::writers::docx::{self, TemplateError};

pub use names::names;

/// A paper.
pub struct Paper {
    /// Its name on the command line and of its template.
    pub name: &'static str,
    /// What it is.
    pub title: &'static str,
    /// The milestone that it belongs to.
    pub milestone: Option<Kind>,
    template: &'static [u8],
}

/// All of them, in the order of the year.
pub const PAPERS: [Paper; 7] = [
    Paper {
        name: PAPER_NAMES[0],
        title: "Kế hoạch đánh giá mức độ chuyển đổi số",
        milestone: None,
        template: include_bytes!("../templates/van-ban/ke-hoach-trien-khai.docx"),
    },
    Paper {
        name: PAPER_NAMES[1],
        title: "Quyết định thành lập Tổ tự đánh giá",
        milestone: None,
        template: include_bytes!("../templates/van-ban/quyet-dinh-thanh-lap-to.docx"),
    },
    Paper {
        name: PAPER_NAMES[2],
        title: "Công văn đôn đốc nộp phiếu",
        milestone: None,
        template: include_bytes!("../templates/van-ban/cong-van-don-doc.docx"),
    },
    Paper {
        name: PAPER_NAMES[3],
        title: "Biên bản họp Tổ tự đánh giá",
        milestone: Some(Kind::Approval),
        template: include_bytes!("../templates/van-ban/bien-ban-tu-danh-gia.docx"),
    },
    Paper {
        name: PAPER_NAMES[4],
        title: "Quyết định phê duyệt kết quả",
        milestone: Some(Kind::Approval),
        template: include_bytes!("../templates/van-ban/quyet-dinh-phe-duyet.docx"),
    },
    Paper {
        name: PAPER_NAMES[5],
        title: "Báo cáo kết quả tự đánh giá",
        milestone: Some(Kind::Report),
        template: include_bytes!("../templates/van-ban/bao-cao-ket-qua.docx"),
    },
    Paper {
        name: PAPER_NAMES[6],
        title: "Thông báo mức độ của các trường",
        milestone: Some(Kind::Recognition),
        template: include_bytes!("../templates/van-ban/thong-bao-cong-bo.docx"),
    },
];

/// The paper of this name.
///
/// # Errors
/// The nearest name, if one is near.
pub fn paper(name: &str) -> Result<&'static Paper, Option<&'static str>> {
    let found = PAPERS.iter().find(|paper| paper.name == name);
    found.ok_or_else(|| {
        let begun = PAPERS.iter().find(|paper| !name.is_empty() && paper.name.starts_with(name));
        begun.map(|paper| paper.name).or_else(|| text::nearest(name, PAPERS.iter().map(|paper| paper.name), 0.5))
    })
}

/// Those of these names.
pub fn named(names: &[String]) -> Vec<&'static Paper> {
    PAPERS.iter().filter(|paper| names.iter().any(|name| name == paper.name)).collect()
}

/// Those that belong to a milestone.
pub fn of_milestone(kind: Kind) -> Vec<&'static Paper> {
    PAPERS.iter().filter(|paper| paper.milestone == Some(kind)).collect()
}

/// What became of one paper.
#[derive(Debug)]
pub enum Made {
    /// It was written.
    Written(PathBuf),
    /// It was there already, and stays as the office left it.
    Kept(PathBuf),
    /// Its template, named, cannot be filled.
    Refused(PathBuf, TemplateError),
}

/// Writes papers as `<paper>-<label>.docx` into a folder, which is made if need be; `office` is the office folder, whose
/// templates go before those of the program. A paper with a template at fault keeps none of the others from being written.
///
/// # Errors
/// When a file cannot be read or written.
pub fn write(
    outcome: &Outcome,
    papers: &[&Paper],
    label: &str,
    office: Option<&Path>,
    dir: &Path,
) -> io::Result<Vec<Made>> {
    let values = names::values(&names(outcome));
    fs::create_dir_all(dir)?;
    let mut made = Vec::new();
    for paper in papers {
        let target = dir.join(format!("{}-{label}.docx", paper.name));
        let own = office.map(|office| office.join(TEMPLATES_OF_PAPERS).join(format!("{}.docx", paper.name)));
        let own = own.filter(|path| path.is_file());
        let template = match &own {
            Some(path) => read_file(path)?,
            None => paper.template.to_vec(),
        };
        made.push(match docx::fill(&template, &values) {
            Ok(bytes) => place(&bytes, target)?,
            Err(error) => Made::Refused(own.unwrap_or(target), error),
        });
    }
    Ok(made)
}

/// Puts a file in its place, unless there is one.
fn place(bytes: &[u8], target: PathBuf) -> io::Result<Made> {
    match put(&target, bytes, Existing::Keep) {
        Ok(()) => Ok(Made::Written(target)),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(Made::Kept(target)),
        Err(error) => Err(error),
    }
}

/// Templates in the office folder whose name is none of the papers', each with the nearest name.
pub fn unknown_templates(office: &Path) -> Vec<(String, Option<&'static str>)> {
    let Ok(entries) = fs::read_dir(office.join(TEMPLATES_OF_PAPERS)) else { return Vec::new() };
    let names = entries.flatten().filter_map(|entry| entry.file_name().into_string().ok());
    let docx = names.filter(|name| name.ends_with(".docx") && !name.starts_with("~$"));
    let mut unknown: Vec<_> = docx
        .filter_map(|file| Some((paper(file.trim_end_matches(".docx")).err()?, file)))
        .map(|(near, file)| (file, near))
        .collect();
    unknown.sort();
    unknown
}
