//! What a helper needs who cannot sit at the machine, without any school's data: `cds doctor --goi-ho-tro FILE.zip`.
//! Whatever a person or a school wrote is shown by its shape alone.

mod settings;
mod shape;
mod workbook;

use std::collections::BTreeMap;
use std::io::{self, Cursor, Write};
use std::path::Path;

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::doctor::{length, synced_by};
use crate::finding::{Code, Finding, Severity};
use crate::folder::{Existing, OfficeFolder, put, read_file};
use crate::outcome::{self, LARGEST, Outcome};
use crate::reader::{Pool, PoolError};
use crate::roll_call::Disposition;
use crate::run::LOG;
use crate::system::VERSION;

use shape::shape;

/// A file of the package.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Its name in the package.
    pub name: &'static str,
    /// What is in it: Vietnamese, English.
    pub what: [&'static str; 2],
    /// The text.
    pub text: String,
}

/// All that goes into the package; what an office lacks is left out. `asked`: a file whose structure is wanted.
///
/// # Errors
/// When no reader of `asked` can be started.
pub fn gather(office: &Path, asked: Option<&Path>, pool: &Pool) -> Result<Vec<Part>, PoolError> {
    let folder = OfficeFolder::as_it_is(office);
    let mut parts = vec![Part {
        name: "phien-ban.txt",
        what: [
            "phiên bản chương trình, hệ điều hành, số nhân máy; độ dài đường dẫn, không ghi đường dẫn",
            "versions of program and system, cores; the length of the path, not the path",
        ],
        text: versions(folder.root()),
    }];
    if let Some(bytes) = folder.settings().ok().and_then(|input| read_file(&input.path).ok()) {
        parts.push(Part {
            name: "co-quan.toml",
            what: [
                "cấu hình: tên khóa, ngày, con số giữ nguyên; mọi chữ đã che",
                "the configuration: keys, dates and numbers as they are; every text masked",
            ],
            text: settings::masked(&String::from_utf8_lossy(&bytes)),
        });
    }
    let newest = folder.newest_run().map(|(_, path)| path);
    if let Some(log) = newest.as_ref().and_then(|run| read_file(&run.join(LOG)).ok()) {
        parts.push(Part {
            name: "nhat-ky.txt",
            what: [
                "nhật ký lần chạy mới nhất; tên tệp của trường đã che",
                "the log of the newest run; names of schools' files masked",
            ],
            text: String::from_utf8_lossy(&log).lines().map(masked_log_line).collect(),
        });
    }
    if let Some(run) = newest {
        let result = Outcome::read_file(&run.join(outcome::FILE), LARGEST);
        parts.push(Part {
            name: "ket-qua.txt",
            what: [
                "lần chạy mới nhất: bao nhiêu tệp mỗi loại, bao nhiêu lỗi mỗi mã",
                "the newest run: how many files of each kind, how many findings of each code",
            ],
            text: result.map_or_else(|why| format!("ket-qua.json: {why}\n"), |outcome| counts(&outcome)),
        });
    }
    if let Some(path) = asked {
        let reading = pool.read_one(path)?;
        parts.push(Part {
            name: "tep.txt",
            what: [
                "cấu trúc tệp đã nêu: trang, ô nào có chữ hay số; giữ tiêu đề của mẫu phiếu, mọi chữ và số khác đã che",
                "the structure of the file named: sheets, which cells hold text or numbers; titles of the forms as they \
                 are, every other text and number masked",
            ],
            text: reading.map(|reading| workbook::structure(&reading)).unwrap_or_default(),
        });
    }
    Ok(parts)
}

/// Writes the package to a file that is not there yet.
///
/// # Errors
/// What the system says; a file that is there stays as it is.
pub fn write(parts: &[Part], to: &Path) -> io::Result<()> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for part in parts {
        zip.start_file(part.name, SimpleFileOptions::default())?;
        // For Notepad, which else takes the text for another encoding.
        zip.write_all(format!("\u{FEFF}{}", part.text.trim_start_matches('\u{FEFF}')).as_bytes())?;
    }
    put(to, &zip.finish()?.into_inner(), Existing::Keep)
}

fn versions(root: &Path) -> String {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let (os, arch) = (std::env::consts::OS, std::env::consts::ARCH);
    let synced = synced_by(root).unwrap_or_else(|| "-".to_owned());
    let length = length(root);
    let plain = root.to_string_lossy().is_ascii();
    format!(
        "cds {VERSION}\nos: {os} {arch}\ncores: {cores}\npath: {length} characters, ascii: {plain}, in step by: {synced}\n"
    )
}

/// Of a file that was read only the shape of its name stays.
fn masked_log_line(line: &str) -> String {
    const READ: &str = "đã đọc ";
    match line.split_once(READ).and_then(|(before, rest)| Some((before, rest.rsplit_once(": ")?))) {
        Some((before, (file, found))) => format!("{before}{READ}{}: {found}\r\n", shape(file)),
        None => format!("{line}\r\n"),
    }
}

fn counts(outcome: &Outcome) -> String {
    let mut files: BTreeMap<(&str, Disposition), usize> = BTreeMap::new();
    outcome.files.iter().for_each(|file| *files.entry((&file.format, file.disposition)).or_default() += 1);
    let mut findings: BTreeMap<(Severity, Code), usize> = BTreeMap::new();
    let counted = |finding: &Finding| (finding.severity, finding.code);
    outcome.findings.iter().for_each(|finding| *findings.entry(counted(finding)).or_default() += 1);
    let counted = outcome.expected.iter().filter(|expected| expected.scored.is_some()).count();
    let mut text = format!(
        "{}, schema {}\nschools: {}\nexpected returns: {}, counted: {counted}\nsets: {}\n",
        outcome.program,
        outcome.schema,
        outcome.schools.len(),
        outcome.expected.len(),
        outcome.book.sets.iter().map(|set| set.id.to_string()).collect::<Vec<_>>().join(", "),
    );
    let files = files.iter().map(|((format, disposition), n)| format!("file {format} {}: {n}\n", disposition.key()));
    text.extend(files);
    text.extend(findings.iter().map(|((severity, code), n)| format!("{code} {}: {n}\n", severity.key())));
    text
}
