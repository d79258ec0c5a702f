//! `cds run OFFICE`: the whole line, and a summary that a person reads in five lines.

mod summary;

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use clap::ValueEnum;
use jiff::civil::DateTime;

use super::progress::{Progress, Talk};
use super::words::both;
use super::{Exit, console, documents, help, office_or_here, print, this_program, threads, time};
use crate::finding::{Lang, Severity};
use crate::folder::NEWEST;
use crate::intake::office_time;
use crate::outcome::{Outcome, Status};
use crate::reader::Limits;
use crate::run::{self, Options, is_missing};

#[derive(Debug, clap::Args)]
#[command(after_long_help = help::more("", &EXAMPLES, &Exit::of_run()))]
pub struct Args {
    #[arg(value_name = both!("THƯ-MỤC", "FOLDER"), help = both!(
        "Thư mục của cơ quan (có co-quan.toml, danh-sach-truong.xlsx, nop); không ghi thì là thư mục hiện tại",
        "The office folder (with co-quan.toml, danh-sach-truong.xlsx, nop); without it the present one"
    ))]
    office: Option<PathBuf>,
    #[arg(long, value_name = both!("NGÀY-GIỜ", "DAY-TIME"), value_parser = time::moment, help = both!(
        "Ngày giờ của lần chạy, ví dụ 2025-06-01T02:00; không ghi thì lấy giờ hiện tại, giờ Việt Nam",
        "Day and time of the run, as 2025-06-01T02:00; without it now, in Vietnam's time"
    ))]
    at: Option<DateTime>,
    #[arg(long, value_name = both!("THỜI-GIAN", "TIME"), value_parser = time::seconds, help = both!(
        "Xem trong khoảng này tệp nào còn đang được chép đến, ví dụ 10s; các tệp đó để lần chạy sau",
        "For so long watch for files that are still arriving, as 10s; they are left to the next run"
    ))]
    settle: Option<Duration>,
    #[arg(long, help = both!(
        "Mỗi đơn vị trong don-vi một tệp ở gui-lai-don-vi, có kết quả từng trường của đơn vị",
        "For each unit in don-vi a workbook in gui-lai-don-vi with the result of each of its schools"
    ))]
    per_unit: bool,
    #[arg(long, value_enum, value_delimiter = ',', value_name = "error,warning,missing", help = both!(
        "Kết thúc với mã 1 khi có: error (lỗi phải sửa), warning (cần xem lại), missing (trường chưa nộp)",
        "End with code 1 if there is one: an error, a warning, a missing return"
    ))]
    fail_on: Vec<FailOn>,
    #[arg(long, value_name = both!("SỐ", "NUMBER"), value_parser = time::count, help = both!(
        "Số tiến trình đọc tệp cùng lúc; không ghi thì bằng số lõi của máy",
        "How many processes read at a time; without it as many as the machine has cores"
    ))]
    threads: Option<usize>,
    #[arg(long, short, conflicts_with = "verbose")]
    #[arg(help = both!("Chỉ in khi có sự cố", "Print only what went wrong"))]
    quiet: bool,
    #[arg(long, short, help = both!("In từng tệp", "Print each file"))]
    verbose: bool,
    #[arg(long, help = both!(
        "In tóm tắt dạng JSON, một đối tượng, cho chương trình khác đọc",
        "Print the summary as one JSON object, for other programs"
    ))]
    json: bool,
    #[arg(long, help = both!(
        "Không mở trang kết quả khi chạy bằng cách nháy đúp hoặc kéo thả",
        "Do not open the page of the result after a double-click or a drop"
    ))]
    no_open: bool,
}

const EXAMPLES: [(&str, &str); 2] = [
    (
        r"cds run D:\chuyen-doi-so",
        both!("Tổng hợp, ghi báo cáo vào ket-qua.", "Consolidate; the report is in ket-qua."),
    ),
    (
        r"cds run D:\chuyen-doi-so --settle 10s --fail-on error,missing --json",
        both!("Cho máy chạy mỗi đêm và chương trình khác đọc.", "For a nightly run that another program reads."),
    ),
];

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum FailOn {
    Error,
    Warning,
    Missing,
}

/// `opens`: the page of the newest result is opened at the end.
pub fn main(args: &Args, lang: Lang, opens: bool) -> Exit {
    let office = office_or_here(args.office.as_deref());
    let program = this_program();
    let options = Options {
        at: args.at.unwrap_or_else(|| office_time(jiff::Timestamp::now())),
        reader: &program,
        threads: args.threads.unwrap_or_else(threads).max(1),
        limits: Limits::default(),
        settle: args.settle.unwrap_or_default(),
        per_unit: args.per_unit,
        stop: Some(stop_on_signals()),
    };
    let talk = match (args.quiet || args.json, args.verbose) {
        (true, _) => Talk::Quiet,
        (false, true) => Talk::Verbose,
        (false, false) => Talk::Usual,
    };
    let progress = Progress::new(talk, lang);
    let made = run::run(&office, &options, &|event| progress.event(event));
    drop(progress);
    match made {
        Err(failure) => {
            let exit = print::failure(&failure, lang);
            if exit != Exit::Busy {
                run::leave_trace(&office, options.at, &failure);
            }
            exit
        }
        Ok(done) => {
            let exit = verdict(&done.outcome, &args.fail_on);
            if args.json {
                print::line(summary::json(&done, exit));
            } else if !args.quiet {
                summary::text(&done, lang).iter().for_each(print::line);
            }
            let asked = crate::documents::named(&done.outcome.office.running.papers);
            documents::belonging(&done.outcome, &asked, &office, &done.path, lang, args.quiet || args.json);
            done.troubles.iter().for_each(|trouble| print::error(trouble.message(lang)));
            if opens && !args.no_open {
                console::open(&office.join(NEWEST), lang);
            }
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
