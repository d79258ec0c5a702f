//! `cds doctor OFFICE`: what is missing or odd, on one page, with what to do; or all of it packed for a helper.

use std::path::{Path, PathBuf};

use super::words::{self, both};
use super::{Exit, help, office_or_here, print, this_program, threads, time};
use crate::doctor::{self, Mark, Remark, said};
use crate::finding::Lang;
use crate::intake::office_time;
use crate::reader::{Limits, Pool};
use crate::run::RunError;
use crate::{support, system};

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
    #[arg(long = "goi-ho-tro", value_name = both!("TỆP.zip", "FILE.zip"), help = both!(
        "Gói những gì người hỗ trợ cần vào tệp này; không có dữ liệu của trường nào",
        "Pack what a helper needs into this file; it holds no school's data"
    ))]
    package: Option<PathBuf>,
    #[arg(long = "tep", requires = "package", value_name = both!("PHIẾU", "RETURN"), help = both!(
        "Kèm cấu trúc của tệp này, mọi chữ và số đã che",
        "With the structure of this file, every text and number masked"
    ))]
    file: Option<PathBuf>,
}

const EXAMPLES: [(&str, &str); 2] = [
    (
        r"cds doctor D:\chuyen-doi-so",
        both!("Còn thiếu gì, việc tiếp theo là gì.", "What is missing and what comes next."),
    ),
    (
        r"cds doctor D:\chuyen-doi-so --goi-ho-tro D:\ho-tro.zip",
        both!("Gói cho người hỗ trợ.", "Pack it for a helper."),
    ),
];

const ENDS: [(Exit, &str); 4] = [
    (Exit::Done, both!("mọi thứ ổn", "all is well")),
    (Exit::Found, both!("có điều cần xem", "something to look at")),
    (Exit::Unusable, both!("chưa chạy được", "no run is possible")),
    (Exit::NotWritten, both!("không ghi được gói hỗ trợ", "the package could not be written")),
];

pub fn main(args: &Args, lang: Lang) -> Exit {
    let program = this_program();
    let pool = Pool { program: &program, limits: Limits::default(), threads: threads(), stop: None };
    if let Some(to) = &args.package {
        return pack(args, &pool, to, lang);
    }
    let at = args.at.unwrap_or_else(|| office_time(jiff::Timestamp::now()));
    let remarks = doctor::examine(&office_or_here(args.office.as_deref()), &pool, at, &words::program());
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

/// What is in it is said before it is written.
fn pack(args: &Args, pool: &Pool, to: &Path, lang: Lang) -> Exit {
    let parts = match support::gather(&office_or_here(args.office.as_deref()), args.file.as_deref(), pool) {
        Ok(parts) => parts,
        Err(why) => return print::failure(&RunError::Readers(why), lang),
    };
    let word = |words: [&'static str; 2]| if lang == Lang::Vi { words[0] } else { words[1] };
    print::line(word([
        "Gói hỗ trợ gồm (không có tên trường, tên người, điểm, số điện thoại, đường dẫn):",
        "The package holds (no names of schools or persons, points, telephone numbers, paths):",
    ]));
    parts.iter().for_each(|part| print::line(format_args!("  {}: {}", part.name, word(part.what))));
    match support::write(&parts, to) {
        Ok(()) => {
            print::line(format_args!(
                "{} {}",
                word(["Đã ghi, chưa gửi đi đâu:", "Written, and sent to nobody:"]),
                to.display()
            ));
            Exit::Done
        }
        Err(why) => {
            let said = word(["Không ghi được", "Cannot write"]);
            print::error(format_args!("{said} {}: {}.", to.display(), system::words(&why, lang)));
            Exit::NotWritten
        }
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
