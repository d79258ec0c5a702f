//! `cds run OFFICE`: the whole line, and a summary that a person reads in five lines.

use std::path::PathBuf;

use clap::ValueEnum;
use jiff::civil::DateTime;

use super::{Exit, print, this_program, threads};
use crate::finding::{Lang, Severity};
use crate::intake::office_time;
use crate::outcome::{Outcome, Status};
use crate::reader::Limits;
use crate::run::{self, Done, Options, is_missing};

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
        stop: None,
    };
    match run::run(&args.office, &options, &|_| {}) {
        Err(failure) => print::failure(&failure, lang),
        Ok(done) => {
            summary(&done, lang);
            verdict(&done.outcome, &args.fail_on)
        }
    }
}

fn verdict(outcome: &Outcome, fail_on: &[FailOn]) -> Exit {
    let found = fail_on.iter().any(|what| match what {
        FailOn::Missing => outcome.dues.iter().any(|due| due.status == Status::Missing),
        FailOn::Error => outcome.findings.iter().any(|finding| finding.severity == Severity::Error),
        FailOn::Warning => {
            outcome.findings.iter().any(|finding| finding.severity == Severity::Warning && !is_missing(finding))
        }
    });
    if found { Exit::Found } else { Exit::Done }
}

/// Verdict first, then counts, then where to look.
fn summary(done: &Done, lang: Lang) {
    let outcome = &done.outcome;
    let count = |status: Status| outcome.dues.iter().filter(|due| due.status == status).count();
    let (all, counted) = (outcome.dues.len(), count(Status::Accepted));
    let (not_valid, missing) = (count(Status::NotValid), count(Status::Missing));
    let late = outcome.dues.iter().filter(|due| due.late == Some(true)).count();
    print::line(match lang {
        Lang::Vi => {
            format!("{counted}/{all} phiếu được tính; {not_valid} phải sửa, {missing} chưa nộp, {late} nộp muộn.")
        }
        Lang::En => {
            format!("{counted} of {all} returns count; {not_valid} to be corrected, {missing} missing, {late} late.")
        }
    });
    if let Some(offices) = &outcome.offices
        && let Some(set) = outcome.book.get(&offices.set)
    {
        let level = offices.scored.level.map_or_else(
            || "—".to_owned(),
            |level| {
                let name = set.overall_scale().map_or("", |scale| scale.name_of(level));
                format!("{level} ({name})")
            },
        );
        print::line(match lang {
            Lang::Vi => format!("Điểm của cơ quan: {}; mức {level}.", offices.scored.total),
            Lang::En => format!("The office's own points: {}; level {level}.", offices.scored.total),
        });
    }
    let counts = print::counts(&outcome.findings, lang);
    let draft = match (outcome.is_draft(), lang) {
        (false, _) => "",
        (true, Lang::Vi) => " Kết quả là DỰ THẢO: có giá trị chưa đối chiếu phụ lục.",
        (true, Lang::En) => " The result is a DRAFT: some figures are not checked against the annex.",
    };
    print::line(match lang {
        Lang::Vi => format!("Ghi nhận: {counts}.{draft}"),
        Lang::En => format!("Findings: {counts}.{draft}"),
    });
    print::line(match lang {
        Lang::Vi => format!("Quy tắc: {}.", done.rules.join(", ")),
        Lang::En => format!("Rules: {}.", done.rules.join(", ")),
    });
    let report = done.path.join("tong-hop.xlsx");
    print::line(match lang {
        Lang::Vi => format!("Mở báo cáo: {}", report.display()),
        Lang::En => format!("Open the report: {}", report.display()),
    });
    done.troubles.iter().for_each(|trouble| print::error(trouble.message(lang)));
}
