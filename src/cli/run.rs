//! `cds run OFFICE`: the whole line, and a summary that a person reads in five lines.

mod summary;

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use clap::ValueEnum;
use jiff::civil::DateTime;

use super::progress::{Progress, Talk};
use super::{Exit, print, this_program, threads};
use crate::finding::{Lang, Severity};
use crate::intake::office_time;
use crate::outcome::{Outcome, Status};
use crate::reader::Limits;
use crate::run::{self, Options, is_missing};

#[derive(Debug, clap::Args)]
#[command(after_help = Exit::table(Lang::Vi))]
pub struct Args {
    /// Thư mục của cơ quan (có co-quan.toml, danh-sach-truong.xlsx, nop/).
    office: PathBuf,
    /// Ngày giờ của lần chạy, ví dụ 2025-06-01T02:00; không ghi thì lấy giờ hiện tại, giờ Việt Nam.
    #[arg(long, value_name = "NGÀY-GIỜ")]
    at: Option<DateTime>,
    /// Kết thúc với mã 1 khi có: error (lỗi phải sửa), warning (cần xem lại), missing (trường chưa nộp).
    #[arg(long, value_enum, value_delimiter = ',', value_name = "error,warning,missing")]
    fail_on: Vec<FailOn>,
    /// Số tiến trình đọc tệp cùng lúc; không ghi thì bằng số lõi của máy.
    #[arg(long, value_name = "SỐ")]
    threads: Option<usize>,
    /// Xem trong khoảng này tệp nào còn đang được chép đến, ví dụ 10s; các tệp đó để lần chạy sau.
    #[arg(long, value_name = "THỜI-GIAN", value_parser = seconds)]
    settle: Option<Duration>,
    /// Chỉ in khi có sự cố.
    #[arg(long, short, conflicts_with = "verbose")]
    quiet: bool,
    /// In từng tệp.
    #[arg(long, short)]
    verbose: bool,
    /// In tóm tắt dạng JSON, một đối tượng, cho chương trình khác đọc.
    #[arg(long)]
    json: bool,
}

/// `10s`, `2m`, `10`
fn seconds(text: &str) -> Result<Duration, String> {
    let (digits, unit) = match text.strip_suffix(['s', 'm']) {
        Some(digits) => (digits, if text.ends_with('m') { 60 } else { 1 }),
        None => (text, 1),
    };
    let number: u64 = digits.trim().parse().map_err(|_| "10s, 2m".to_owned())?;
    let seconds = number.checked_mul(unit).filter(|seconds| *seconds <= 3600);
    seconds.map(Duration::from_secs).ok_or_else(|| "<= 3600s".to_owned())
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum FailOn {
    Error,
    Warning,
    Missing,
}

pub fn main(args: &Args, lang: Lang) -> Exit {
    let program = this_program();
    let options = Options {
        at: args.at.unwrap_or_else(|| office_time(jiff::Timestamp::now())),
        reader: &program,
        threads: args.threads.unwrap_or_else(threads).max(1),
        limits: Limits::default(),
        settle: args.settle.unwrap_or_default(),
        stop: Some(stop_on_signals()),
    };
    let talk = match (args.quiet || args.json, args.verbose) {
        (true, _) => Talk::Quiet,
        (false, true) => Talk::Verbose,
        (false, false) => Talk::Usual,
    };
    let progress = Progress::new(talk, lang);
    let made = run::run(&args.office, &options, &|event| progress.event(event));
    drop(progress);
    match made {
        Err(failure) => print::failure(&failure, lang),
        Ok(done) => {
            let exit = verdict(&done.outcome, &args.fail_on);
            if args.json {
                print::line(summary::json(&done, exit));
            } else if !args.quiet {
                summary::text(&done, lang).iter().for_each(print::line);
            }
            done.troubles.iter().for_each(|trouble| print::error(trouble.message(lang)));
            // The program ends here: to take a whole result apart would only take time.
            std::mem::forget(done);
            exit
        }
    }
}

/// A flag that Ctrl-C, a shutdown or a closed terminal raise: then the run ends without a result.
fn stop_on_signals() -> &'static AtomicBool {
    static STOP: AtomicBool = AtomicBool::new(false);
    // Where no handler can be set, a signal ends the program at once, which the next run cleans up after.
    let _: Result<(), ctrlc::Error> = ctrlc::set_handler(|| STOP.store(true, Ordering::Relaxed));
    &STOP
}

fn verdict(outcome: &Outcome, fail_on: &[FailOn]) -> Exit {
    let found = fail_on.iter().any(|what| match what {
        FailOn::Missing => outcome.expected.iter().any(|expected| expected.status == Status::Missing),
        FailOn::Error => outcome.findings.iter().any(|finding| finding.severity == Severity::Error),
        FailOn::Warning => {
            outcome.findings.iter().any(|finding| finding.severity == Severity::Warning && !is_missing(finding))
        }
    });
    if found { Exit::Found } else { Exit::Done }
}
