//! What is shown while a run is made: a bar on a terminal, plain lines otherwise, nothing if so asked.

use std::io::IsTerminal;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

use super::print;
use crate::finding::Lang;
use crate::run::{Event, Ignored};

/// How much is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Talk {
    /// Nothing but what went wrong.
    Quiet,
    /// How far it is.
    Usual,
    /// Each file.
    Verbose,
}

/// A listener to a run's events.
pub struct Progress {
    lang: Lang,
    talk: Talk,
    bar: Option<ProgressBar>,
    findings: AtomicUsize,
}

impl Progress {
    /// A bar where standard error is a terminal.
    pub fn new(talk: Talk, lang: Lang) -> Progress {
        let terminal = std::io::stderr().is_terminal();
        let bar = (talk == Talk::Usual && terminal).then(|| {
            let template = match lang {
                Lang::Vi => "{bar:30} {pos}/{len} tệp, {msg} ghi nhận, còn khoảng {eta}",
                Lang::En => "{bar:30} {pos}/{len} files, {msg} findings, about {eta} left",
            };
            let bar = ProgressBar::new(0).with_message("0");
            bar.set_style(ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar()));
            bar.enable_steady_tick(Duration::from_millis(200));
            bar
        });
        Progress { lang, talk, bar, findings: AtomicUsize::new(0) }
    }

    /// Shows what happened.
    pub fn event(&self, event: Event) {
        if let Event::Read { findings, .. } = event {
            self.findings.fetch_add(findings, Ordering::Relaxed);
        }
        match (&self.bar, event) {
            (Some(bar), Event::Found(files)) => bar.set_length(files as u64),
            (Some(bar), Event::Read { .. }) => {
                bar.set_message(self.findings.load(Ordering::Relaxed).to_string());
                bar.inc(1);
            }
            (Some(bar), Event::Writing) => bar.finish_and_clear(),
            (Some(_), Event::Settling(_) | Event::Unchanged(_) | Event::CacheIgnored(Ignored::Outdated)) => {}
            (Some(bar), event @ Event::CacheIgnored(Ignored::Damaged)) => bar.suspend(|| self.line(event)),
            (None, event) => self.line(event),
        }
    }

    fn line(&self, event: Event) {
        let vi = self.lang == Lang::Vi;
        let text = match event {
            Event::Settling(seconds) if vi => format!("Chờ {seconds} giây xem tệp nào còn đang được chép..."),
            Event::Settling(seconds) => format!("Waiting {seconds} seconds for files that are still arriving..."),
            Event::Found(files) if vi => format!("Đọc {files} tệp..."),
            Event::Found(files) => format!("Reading {files} files..."),
            Event::CacheIgnored(Ignored::Outdated) if vi => {
                "Quy tắc, năm học hoặc chương trình khác lần trước.".to_owned()
            }
            Event::CacheIgnored(Ignored::Outdated) => "Rules, year or program differ from the last run.".to_owned(),
            Event::CacheIgnored(Ignored::Damaged) if vi => {
                "Bỏ qua .cds.cache vì hỏng hoặc lạ; kết quả không đổi, chỉ lâu hơn.".to_owned()
            }
            Event::CacheIgnored(Ignored::Damaged) => {
                ".cds.cache is damaged or none of ours and was ignored; the result is the same, only slower.".to_owned()
            }
            Event::Unchanged(0) => return,
            Event::Unchanged(files) if vi => format!("{files} tệp không đổi từ lần trước."),
            Event::Unchanged(files) => format!("{files} files as at the last run."),
            Event::Writing if vi => "Ghi kết quả...".to_owned(),
            Event::Writing => "Writing the result...".to_owned(),
            Event::Read { .. } if self.talk != Talk::Verbose => return,
            Event::Read { file, findings } if vi => format!("{file}: {findings} ghi nhận"),
            Event::Read { file, findings } => format!("{file}: {findings} findings"),
        };
        if self.talk != Talk::Quiet {
            print::error(text);
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}
