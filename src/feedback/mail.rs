//! Drafts of e-mails, `<name of the form>.eml` beside the forms: the message and the forms attached, to be looked at and
//! sent by a person (`X-Unsent`). Only for schools with an e-mail address, and only where the office asked for them.

use std::fs;
use std::io;
use std::path::Path;

use jiff::tz::offset;
use mail_builder::MessageBuilder;
use mail_builder::headers::address::Address;
use mail_builder::headers::content_type::ContentType;
use mail_builder::headers::raw::Raw;
use mail_builder::mime::MimePart;

use crate::form_writer::WriteError;
use crate::outcome::Outcome;
use crate::text::one_line;
use crate::views::corrections::FOLDER;
use crate::views::tasks::{Task, tasks, to_school};

const WORKBOOK: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
/// Vietnam's time.
const HOURS: i8 = 7;

/// Writes the drafts beside the forms in `dir`, which must be there already.
///
/// # Errors
/// What could not be read or written.
pub fn write(outcome: &Outcome, dir: &Path) -> Result<(), WriteError> {
    let folder = dir.join(FOLDER);
    for task in tasks(outcome) {
        let files = task.files();
        let (Some(first), to) = (files.first(), addresses(&task.school.email)) else { continue };
        if to.is_empty() {
            continue;
        }
        let path = folder.join(first).with_extension("eml");
        let failed = |source| WriteError::File { path: path.clone(), source };
        let draft = draft(outcome, &task, &to, &files, &folder).map_err(failed)?;
        fs::write(&path, draft).map_err(failed)?;
    }
    Ok(())
}

/// The addresses of a cell, as far as they are some: nothing that could end a line of the draft's head.
fn addresses(cell: &str) -> Vec<&str> {
    let parts = cell.split(|letter: char| letter.is_whitespace() || matches!(letter, ',' | ';' | '<' | '>'));
    let is_address = |part: &&str| {
        let shape = part.split_once('@').is_some_and(|(name, host)| {
            !name.is_empty() && host.contains('.') && !host.starts_with('.') && !host.ends_with('.')
        });
        let letters = part.chars().all(|letter| letter.is_ascii_alphanumeric() || "@.-_+".contains(letter));
        shape && letters && part.matches('@').count() == 1
    };
    parts.filter(is_address).collect()
}

fn draft(outcome: &Outcome, task: &Task, to: &[&str], files: &[&str], folder: &Path) -> io::Result<Vec<u8>> {
    let school = one_line(&task.school.name);
    let subject = format!("Phiếu tự đánh giá chuyển đổi số năm học {}: cần bổ sung, sửa", outcome.office.year);
    let mut parts = vec![MimePart::new("text/plain", to_school(outcome, task))];
    for file in files {
        parts.push(MimePart::new(WORKBOOK, fs::read(folder.join(file))?).attachment(*file));
    }
    // The same result gives the same bytes: nothing by chance or by the clock.
    let name = files.first().copied().unwrap_or_default();
    let mark = blake3::hash(format!("{} {name}", outcome.run).as_bytes()).to_hex();
    let mixed = ContentType::new("multipart/mixed").attribute("boundary", format!("cds_{}", &mark[..32]));
    let seconds = offset(HOURS).to_timestamp(outcome.at).map_or(0, |time| time.as_second());
    let to: Vec<Address> = to.iter().map(|address| Address::new_address(Some(school.clone()), *address)).collect();
    MessageBuilder::new()
        .header("X-Unsent", Raw::new("1"))
        .to(Address::new_list(to))
        .subject(subject)
        .date(seconds)
        .message_id(format!("{}@cds.invalid", &mark[..32]))
        .body(MimePart::new(mixed, parts))
        .write_to_vec()
}
