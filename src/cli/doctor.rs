//! `cds doctor OFFICE`: what is missing or odd, on one page, with what to do.

use std::path::PathBuf;

use super::words::both;
use super::{Exit, help, office_or_here, print, this_program, threads, time};
use crate::doctor::{self, Mark, Remark, said};
use crate::finding::Lang;
use crate::intake::office_time;
use crate::reader::{Limits, Pool};

#[derive(Debug, clap::Args)]
#[command(after_long_help = help::more("", &EXAMPLES, &ENDS))]
pub struct Args {
    #[arg(value_name = both!("THƯ-MỤC", "FOLDER"), help = both!(
        "Thư mục của cơ quan; không ghi thì là thư mục hiện tại",
        "The office folder; without it the present one"
    ))]
    office: Option<PathBuf>,
    #[arg(long, value_name = both!("NGÀY-GIỜ", "DAY-TIME"), value_parser = time::moment, help = both!(
        "Xem như hôm nay là ngày giờ này, ví dụ 2025-06-01T08:00",
        "As if today were this day and time, as 2025-06-01T08:00"
    ))]
    at: Option<jiff::civil::DateTime>,
}

const EXAMPLES: [(&str, &str); 2] = [
    (
        r"cds doctor D:\chuyen-doi-so",
        both!("Còn thiếu gì, việc tiếp theo là gì.", "What is missing and what comes next."),
    ),
    (
        r"cds doctor D:\chuyen-doi-so --at 2025-05-31T08:00",
        both!("Xem trước: vào ngày hạn sẽ báo gì.", "What it will say on the day of the deadline."),
    ),
];

const ENDS: [(Exit, &str); 3] = [
    (Exit::Done, both!("mọi thứ ổn", "all is well")),
    (Exit::Found, both!("có điều cần xem", "something to look at")),
    (Exit::Unusable, both!("chưa chạy được", "no run is possible")),
];

pub fn main(args: &Args, lang: Lang) -> Exit {
    let program = this_program();
    let pool = Pool { program: &program, limits: Limits::default(), threads: threads(), stop: None };
    let at = args.at.unwrap_or_else(|| office_time(jiff::Timestamp::now()));
    let remarks = doctor::examine(&office_or_here(args.office.as_deref()), &pool, at);
    let worst = remarks.first().map_or(Mark::Fine, |remark| remark.mark);
    print::line(match (worst, lang) {
        (Mark::Stop, Lang::Vi) => "CHƯA CHẠY ĐƯỢC: sửa các điều đánh dấu ✗.",
        (Mark::Stop, Lang::En) => "NOT USABLE: mend what is marked ✗.",
        (Mark::Look, Lang::Vi) => "Chạy được; nên xem các điều đánh dấu !.",
        (Mark::Look, Lang::En) => "Usable; look at what is marked !.",
        (Mark::Know | Mark::Fine | Mark::Next, Lang::Vi) => "Mọi thứ ổn.",
        (Mark::Know | Mark::Fine | Mark::Next, Lang::En) => "All is well.",
    });
    remarks.iter().for_each(|remark| show(remark, lang));
    match worst {
        Mark::Stop => Exit::Unusable,
        Mark::Look => Exit::Found,
        Mark::Know | Mark::Fine | Mark::Next => Exit::Done,
    }
}

fn show(remark: &Remark, lang: Lang) {
    let mark = match remark.mark {
        Mark::Stop => '✗',
        Mark::Look => '!',
        Mark::Know => '·',
        Mark::Fine => '✓',
        Mark::Next => '»',
    };
    print::line(format_args!("{mark} {}", said(&remark.what, lang)));
    let todo = said(&remark.todo, lang);
    if !todo.is_empty() {
        print::line(format_args!("    → {todo}"));
    }
}
