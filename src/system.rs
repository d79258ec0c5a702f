//! Errors of the system in words for people: it speaks its own language, and of numbers.

use std::error::Error;
use std::io::{self, ErrorKind};

use crate::finding::Lang;

/// The version of this program, with the commit and its day where a release was made of one.
pub const VERSION: &str = concat!(env!("CARGO_PKG_VERSION"), env!("CDS_BUILD"));

/// What the system says of a file that another program holds, on Windows.
const SHARING_VIOLATION: i32 = 32;
const LOCK_VIOLATION: i32 = 33;

/// A folder, a pipe or a device stands where a file should.
#[derive(Debug, thiserror::Error)]
#[error("not a file")]
pub struct NotAFile;

/// What went wrong, in a few words without a full stop: "không thấy tệp hoặc thư mục".
pub fn words(error: &io::Error, lang: Lang) -> String {
    if cfg!(windows) && matches!(error.raw_os_error(), Some(SHARING_VIOLATION | LOCK_VIOLATION)) {
        return said(ErrorKind::ResourceBusy, lang).unwrap_or_default().to_owned();
    }
    if error.get_ref().is_some_and(|inner| inner.is::<NotAFile>()) {
        return if lang == Lang::Vi { "không phải là tệp" } else { "not a file" }.to_owned();
    }
    match (said(error.kind(), lang), error.raw_os_error(), lang) {
        (Some(words), ..) => words.to_owned(),
        (None, Some(number), Lang::Vi) => format!("hệ thống báo lỗi số {number}"),
        (None, ..) => error.to_string(),
    }
}

/// The words for what lies under an error, if the system is at its end; else its own.
pub fn cause(error: &(dyn Error + 'static), lang: Lang) -> String {
    let mut under: Option<&(dyn Error + 'static)> = Some(error);
    while let Some(error) = under {
        if let Some(error) = error.downcast_ref::<io::Error>() {
            return words(error, lang);
        }
        under = error.source();
    }
    error.to_string()
}

/// The kinds that a file, a folder, a disk or a network share can bring about.
fn said(kind: ErrorKind, lang: Lang) -> Option<&'static str> {
    let (vi, en) = match kind {
        ErrorKind::NotFound => ("không thấy tệp hoặc thư mục", "no such file or folder"),
        ErrorKind::PermissionDenied => ("không có quyền", "no permission"),
        ErrorKind::AlreadyExists => ("đã có tệp hoặc thư mục tên như vậy", "something of that name is there already"),
        ErrorKind::NotADirectory => ("không phải thư mục", "not a folder"),
        ErrorKind::IsADirectory => ("là thư mục, không phải tệp", "a folder, not a file"),
        ErrorKind::DirectoryNotEmpty => ("thư mục không trống", "the folder is not empty"),
        ErrorKind::ReadOnlyFilesystem => ("ổ đĩa chỉ cho đọc", "the disk can only be read"),
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => ("ổ đĩa đã đầy", "the disk is full"),
        ErrorKind::FileTooLarge => ("tệp quá lớn đối với ổ đĩa này", "the file is too large for this disk"),
        ErrorKind::ResourceBusy | ErrorKind::ExecutableFileBusy => {
            ("tệp đang mở ở chương trình khác", "the file is open in another program")
        }
        ErrorKind::InvalidFilename | ErrorKind::InvalidInput => {
            ("tên hoặc đường dẫn không dùng được", "the name or path cannot be used")
        }
        ErrorKind::InvalidData => ("nội dung không đọc được", "the content cannot be read"),
        ErrorKind::UnexpectedEof => ("tệp bị cắt cụt", "the file ends too early"),
        ErrorKind::TimedOut => ("chờ quá lâu không thấy trả lời", "no answer in time"),
        ErrorKind::OutOfMemory => ("máy hết bộ nhớ", "out of memory"),
        ErrorKind::NetworkDown
        | ErrorKind::NetworkUnreachable
        | ErrorKind::HostUnreachable
        | ErrorKind::ConnectionReset
        | ErrorKind::ConnectionAborted
        | ErrorKind::ConnectionRefused
        | ErrorKind::NotConnected
        | ErrorKind::StaleNetworkFileHandle => ("mất kết nối mạng", "the network connection is lost"),
        ErrorKind::BrokenPipe => ("chương trình nhận đã đóng", "the receiving program has ended"),
        _ => return None,
    };
    Some(if lang == Lang::Vi { vi } else { en })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn the_system_is_put_into_words() {
        let absent = fs::read("khong-co").unwrap_err();
        assert_eq!(words(&absent, Lang::Vi), "không thấy tệp hoặc thư mục");
        assert_eq!(words(&absent, Lang::En), "no such file or folder");
        assert_eq!(cause(&absent, Lang::Vi), words(&absent, Lang::Vi));
        let pipe = io::Error::new(ErrorKind::InvalidInput, NotAFile);
        assert_eq!((words(&pipe, Lang::Vi), words(&pipe, Lang::En)), ("không phải là tệp".into(), "not a file".into()));
        let full = io::Error::from(ErrorKind::StorageFull);
        assert_eq!(words(&full, Lang::Vi), "ổ đĩa đã đầy");
    }

    #[test]
    fn what_has_no_words_has_a_number() {
        let odd = io::Error::from_raw_os_error(9_999);
        assert_eq!(words(&odd, Lang::Vi), "hệ thống báo lỗi số 9999");
        assert_eq!(words(&odd, Lang::En), odd.to_string());
    }

    #[test]
    fn what_lies_under_an_error_is_found() {
        #[derive(Debug, thiserror::Error)]
        #[error("not written")]
        struct Outer(#[source] io::Error);
        assert_eq!(cause(&Outer(ErrorKind::PermissionDenied.into()), Lang::Vi), "không có quyền");
    }
}
