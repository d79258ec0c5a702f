//! `cds doctor OFFICE`: what is missing or odd, on one page, with what to do.

use std::path::PathBuf;

use super::{Exit, print, this_program, threads};
use crate::doctor::{self, Mark, Remark, said};
use crate::finding::Lang;
use crate::intake::office_time;
use crate::reader::{Limits, Pool};

#[derive(Debug, clap::Args)]
#[command(after_help = "Mã kết thúc:\n  0  mọi thứ ổn\n  1  có điều cần xem\n  2  chưa chạy được")]
pub struct Args {
    /// Thư mục của cơ quan.
    office: PathBuf,
    /// Xem như hôm nay là ngày giờ này, ví dụ 2025-06-01T08:00.
    #[arg(long, value_name = "NGÀY-GIỜ")]
    at: Option<jiff::civil::DateTime>,
}

pub fn main(args: &Args, lang: Lang) -> Exit {
    let program = this_program();
    let pool = Pool { program: &program, limits: Limits::default(), threads: threads(), stop: None };
    let at = args.at.unwrap_or_else(|| office_time(jiff::Timestamp::now()));
    let remarks = doctor::examine(&args.office, &pool, at);
    let worst = remarks.first().map_or(Mark::Fine, |remark| remark.mark);
    print::line(match (worst, lang) {
        (Mark::Stop, Lang::Vi) => "CHƯA CHẠY ĐƯỢC: sửa các điều đánh dấu ✗.",
        (Mark::Stop, Lang::En) => "NOT USABLE: mend what is marked ✗.",
        (Mark::Look, Lang::Vi) => "Chạy được; nên xem các điều đánh dấu !.",
        (Mark::Look, Lang::En) => "Usable; look at what is marked !.",
        (Mark::Know | Mark::Fine, Lang::Vi) => "Mọi thứ ổn.",
        (Mark::Know | Mark::Fine, Lang::En) => "All is well.",
    });
    remarks.iter().for_each(|remark| show(remark, lang));
    match worst {
        Mark::Stop => Exit::Unusable,
        Mark::Look => Exit::Found,
        Mark::Know | Mark::Fine => Exit::Done,
    }
}

fn show(remark: &Remark, lang: Lang) {
    let mark = match remark.mark {
        Mark::Stop => '✗',
        Mark::Look => '!',
        Mark::Know => '·',
        Mark::Fine => '✓',
    };
    print::line(format_args!("{mark} {}", said(&remark.what, lang)));
    let todo = said(&remark.todo, lang);
    if !todo.is_empty() {
        print::line(format_args!("    → {todo}"));
    }
}
