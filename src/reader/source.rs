//! One file or its bytes: opened with care, fingerprinted, told what it is, and read by the right reader.

use std::fs::{self, File, Metadata};
use std::io::{self, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use super::limits::{Limits, megabytes};
use super::protocol::Answer;
use super::sniff::{Kind, sniff, sniff_head};
use super::{Content, Format, Reading, archive, excel};
use crate::finding::{Code, Finding, code};
use crate::fingerprint;

/// Whom the answers about a file are given to.
pub(super) type Answers<'a> = &'a mut dyn FnMut(Answer);

/// Reads a file; of an archive, the members from number `from` on.
pub(super) fn read_file(path: &Path, from: usize, limits: &Limits, answers: Answers<'_>) {
    match open(path, limits) {
        Ok(bytes) => read_bytes(&bytes, from, limits, answers),
        Err(reading) => answers(Answer::Whole(reading)),
    }
}

/// Reads bytes as if they were a file.
pub(super) fn read_bytes(bytes: &[u8], from: usize, limits: &Limits, answers: Answers<'_>) {
    let told = guarded(|| sniff(bytes, limits));
    if let Ok(Kind::Archive(package)) = told {
        return archive::read(bytes, &package, from, limits, answers);
    }
    answers(Answer::Whole(whole(bytes, told, limits)));
}

/// Reads bytes that are not to be opened as an archive: a member of one.
pub(super) fn read_member(bytes: &[u8], limits: &Limits) -> Reading {
    let told = guarded(|| sniff(bytes, limits));
    whole(bytes, told, limits)
}

fn whole(bytes: &[u8], told: Result<Kind<'_>, Code>, limits: &Limits) -> Reading {
    let size = bytes.len() as u64;
    let unreadable = |finding| Content::Unreadable(vec![finding]);
    let workbook = |format| {
        if size > limits.workbook_bytes {
            return unreadable(too_large(size, limits.workbook_bytes));
        }
        guarded(|| excel::read(format, bytes, limits)).unwrap_or_else(|code| unreadable(Finding::new(code)))
    };
    let content = match told {
        Ok(Kind::Xls(format) | Kind::Package(format)) => workbook(format),
        Ok(Kind::Page) => workbook(Format::Html),
        Ok(Kind::Archive(_)) => unreadable(Finding::new(code::NESTED_ARCHIVE)),
        Ok(Kind::Other(kind)) => Content::Other(kind),
        Ok(Kind::Refused(finding)) => unreadable(finding),
        Err(code) => unreadable(Finding::new(code)),
    };
    Reading { size, fingerprint: fingerprint::of(bytes), content }
}

/// Names a panic of a parser as a finding.
fn guarded<T>(parse: impl FnOnce() -> T) -> Result<T, Code> {
    catch_unwind(AssertUnwindSafe(parse)).map_err(|_| code::STOPPED_CRASH)
}

/// That a file has more bytes than are read.
pub(crate) fn too_large(size: u64, limit: u64) -> Finding {
    Finding::new(code::TOO_LARGE).with("size", megabytes(size)).with("limit", megabytes(limit))
}

/// The bytes of a regular file that stood still while it was read.
fn open(path: &Path, limits: &Limits) -> Result<Vec<u8>, Reading> {
    let refuse = |size, finding| Err(Reading::unreadable(size, finding));
    // Looked at before it is opened: opening a pipe waits for somebody to write into it.
    let seen = match fs::metadata(path) {
        Ok(seen) if seen.is_file() => seen,
        Ok(_) => return refuse(0, Finding::new(code::NOT_A_REGULAR_FILE)),
        Err(error) => return refuse(0, failure(&error)),
    };
    let mut file = match File::open(path) {
        Ok(file) => file,
        Err(error) => return refuse(seen.len(), failure(&error)),
    };
    if !file.metadata().is_ok_and(|now| now.is_file()) {
        return refuse(0, Finding::new(code::NOT_A_REGULAR_FILE));
    }
    if seen.len() > limits.archive_bytes {
        return Err(too_large_to_hold(path, file, &seen, limits));
    }
    let mut bytes = Vec::with_capacity(seen.len() as usize + 1);
    match Read::by_ref(&mut file).take(limits.archive_bytes + 1).read_to_end(&mut bytes) {
        Err(error) => refuse(seen.len(), failure(&error)),
        Ok(_) if stood_still(&seen, &file, bytes.len() as u64) => Ok(bytes),
        Ok(_) => refuse(bytes.len() as u64, Finding::new(code::CHANGED_WHILE_READ)),
    }
}

/// Whether a file has the size and the time that it had before, and gave as many bytes.
fn stood_still(seen: &Metadata, file: &File, read: u64) -> bool {
    let same_time = |now: &Metadata| match (seen.modified(), now.modified()) {
        (Ok(before), Ok(after)) => before == after,
        _ => true,
    };
    read == seen.len() && file.metadata().is_ok_and(|now| now.len() == seen.len() && same_time(&now))
}

/// A file that is not read into memory may still be somebody's scan: known by its head, fingerprinted in passing.
fn too_large_to_hold(path: &Path, mut file: File, seen: &Metadata, limits: &Limits) -> Reading {
    let size = seen.len();
    let mut head = Vec::new();
    let other = match Read::by_ref(&mut file).take(4096).read_to_end(&mut head) {
        Ok(_) => sniff_head(&head),
        Err(error) => return Reading::unreadable(size, failure(&error)),
    };
    let Some(kind) = other else {
        let is_zip = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("zip"));
        let limit = if is_zip { limits.archive_bytes } else { limits.workbook_bytes };
        return Reading::unreadable(size, too_large(size, limit));
    };
    let mut hasher = fingerprint::Hasher::default();
    hasher.update(&head);
    match hasher.update_reader(Read::by_ref(&mut file)) {
        Err(error) => return Reading::unreadable(size, failure(&error)),
        Ok(rest) if !stood_still(seen, &file, head.len() as u64 + rest) => {
            return Reading::unreadable(size, Finding::new(code::CHANGED_WHILE_READ));
        }
        Ok(_) => {}
    }
    Reading { size, fingerprint: hasher.finish(), content: Content::Other(kind) }
}

/// What a failure of the file system means to people.
fn failure(error: &io::Error) -> Finding {
    // Windows: another program has the file open for itself alone, or locked a part of it.
    let in_use = cfg!(windows) && matches!(error.raw_os_error(), Some(32 | 33));
    match error.kind() {
        _ if in_use => Finding::new(code::FILE_IN_USE),
        io::ErrorKind::PermissionDenied => Finding::new(code::NO_PERMISSION),
        io::ErrorKind::NotFound => Finding::new(code::FILE_GONE),
        _ => Finding::new(code::READ_FAILED).with("reason", error),
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    #[test]
    fn a_file_that_grows_or_is_touched_did_not_stand_still() {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(b"mot").unwrap();
        let seen = fs::metadata(file.path()).unwrap();
        let reader = File::open(file.path()).unwrap();
        assert!(stood_still(&seen, &reader, 3));
        assert!(!stood_still(&seen, &reader, 2));
        file.write_all(b" hai").unwrap();
        assert!(!stood_still(&seen, &reader, 3));
        let seen = fs::metadata(file.path()).unwrap();
        file.as_file().set_modified(std::time::SystemTime::UNIX_EPOCH).unwrap();
        assert!(!stood_still(&seen, &reader, 7));
    }

    #[test]
    fn failures_of_the_file_system_are_told_apart() {
        let code = |kind: io::ErrorKind| failure(&io::Error::from(kind)).code;
        assert_eq!(code(io::ErrorKind::PermissionDenied), code::NO_PERMISSION);
        assert_eq!(code(io::ErrorKind::NotFound), code::FILE_GONE);
        assert_eq!(code(io::ErrorKind::TimedOut), code::READ_FAILED);
    }

    #[test]
    fn a_panic_of_a_parser_is_a_finding() {
        assert_eq!(guarded(|| -> u8 { panic!("thử") }), Err(code::STOPPED_CRASH));
    }
}
