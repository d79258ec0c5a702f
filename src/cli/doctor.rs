//! `cds doctor OFFICE`: what is missing or odd, on one page, with what to do.

use std::path::PathBuf;

use super::{Exit, print, this_program, threads};
use crate::doctor::{self, Remark, Weight, said};
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
    let worst = remarks.first().map_or(Weight::Fine, |remark| remark.weight);
    print::line(match (worst, lang) {
        (Weight::Stop, Lang::Vi) => "CHƯA CHẠY ĐƯỢC: sửa các điều đánh dấu ✗.",
        (Weight::Stop, Lang::En) => "NOT USABLE: mend what is marked ✗.",
        (Weight::Look, Lang::Vi) => "Chạy được; nên xem các điều đánh dấu !.",
        (Weight::Look, Lang::En) => "Usable; look at what is marked !.",
        (Weight::Know | Weight::Fine, Lang::Vi) => "Mọi thứ ổn.",
        (Weight::Know | Weight::Fine, Lang::En) => "All is well.",
    });
    remarks.iter().for_each(|remark| show(remark, lang));
    match worst {
        Weight::Stop => Exit::Unusable,
        Weight::Look => Exit::Found,
        Weight::Know | Weight::Fine => Exit::Done,
    }
}

fn show(remark: &Remark, lang: Lang) {
    let mark = match remark.weight {
        Weight::Stop => '✗',
        Weight::Look => '!',
        Weight::Know => '·',
        Weight::Fine => '✓',
    };
    print::line(format_args!("{mark} {}", said(&remark.what, lang)));
    let todo = said(&remark.todo, lang);
    if !todo.is_empty() {
        print::line(format_args!("    → {todo}"));
    }
}
