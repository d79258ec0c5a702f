//! The log of one run, `nhat-ky.txt`: what happened when, for whoever looks into a night that went wrong.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

use jiff::civil::DateTime;

use super::{Event, Ignored};
use crate::outcome::Outcome;
use crate::reuse::Made;
use crate::text::one_line;
use crate::views::corrections::FOLDER;

/// The name of the log in a run's folder.
pub const FILE: &str = "nhat-ky.txt";

/// An open log. It must be closed before the run's folder can be put in place.
pub struct Log {
    file: Mutex<BufWriter<File>>,
    started: Instant,
}

impl Log {
    /// Starts the log of a run.
    pub fn create(folder: &Path, at: DateTime, rules: &[String]) -> io::Result<Log> {
        let log = Log { file: Mutex::new(BufWriter::new(File::create(folder.join(FILE))?)), started: Instant::now() };
        // For Notepad, which else takes the text for another encoding.
        log.write("\u{FEFF}");
        log.line(&format!("cds {} - {}", env!("CARGO_PKG_VERSION"), at.strftime("%d/%m/%Y %H:%M:%S")));
        log.line(&format!("quy tắc: {}", rules.join(", ")));
        Ok(log)
    }

    /// Writes down what happened.
    pub fn event(&self, event: Event) {
        self.line(&match event {
            Event::Settling(seconds) => format!("chờ {seconds} giây xem tệp nào còn đang được chép"),
            Event::Found(files) => format!("thấy {files} tệp trong nop/"),
            Event::CacheIgnored(Ignored::Outdated) => {
                "quy tắc, năm học hoặc chương trình khác lần trước: đọc lại mọi tệp".to_owned()
            }
            Event::CacheIgnored(Ignored::Damaged) => "bỏ qua .cds.cache vì hỏng hoặc lạ: đọc lại mọi tệp".to_owned(),
            Event::Unchanged(files) => format!("{files} tệp không đổi từ lần trước, dùng lại kết quả đọc"),
            Event::Read { file, findings } => format!("đã đọc {file}: {findings} ghi nhận"),
            Event::Writing => "đang ghi kết quả".to_owned(),
        });
    }

    /// Writes down how many corrected forms for schools and templates there are, and how many of them were taken over.
    pub fn made(&self, made: &[Made]) {
        let is_form = |made: &&Made| Path::new(&made.file).starts_with(FOLDER);
        let (forms, templates): (Vec<&Made>, Vec<&Made>) = made.iter().partition(is_form);
        for (name, made) in [("phiếu gửi lại trường", forms), ("mẫu", templates)] {
            let old = made.iter().filter(|made| made.is_old).count();
            self.line(&format!("{name}: {}, trong đó {old} không đổi từ lần trước", made.len()));
        }
    }

    /// Ends the log with the figures of the run.
    ///
    /// # Errors
    /// When it could not be written to its end.
    pub fn close(self, outcome: &Outcome) -> io::Result<()> {
        let ledger = &outcome.ledger;
        let dispositions = ledger.files.iter().map(|(disposition, n)| format!("{} {n}", disposition.key()));
        self.line(&format!("tệp: {} ({})", ledger.seen, dispositions.collect::<Vec<_>>().join(", ")));
        self.line(&format!("ghi nhận: {}", outcome.findings.len()));
        self.line("xong");
        let file = self.file.into_inner().unwrap_or_else(PoisonError::into_inner);
        file.into_inner()?.sync_all()
    }

    fn line(&self, text: &str) {
        self.write(&format!("{:>8.2} s  {}\r\n", self.started.elapsed().as_secs_f64(), one_line(text)));
    }

    /// A log that cannot be written is found out when it is closed.
    fn write(&self, text: &str) {
        let _: io::Result<()> = self.file.lock().unwrap_or_else(PoisonError::into_inner).write_all(text.as_bytes());
    }
}
