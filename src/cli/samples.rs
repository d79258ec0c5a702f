//! `cds samples --schools N --units U --seed S DIR`: an office folder to try, of any size.

use std::path::PathBuf;

use super::words::{self, both};
use super::{Exit, help, print, this_program};
use crate::finding::Lang;
use crate::samples::{Plan, Returned, SamplesError, make};
use crate::{rules, system};

#[derive(Debug, clap::Args)]
#[command(after_long_help = help::more(REMARK, &EXAMPLES, &ENDS))]
pub struct Args {
    #[arg(value_name = both!("THƯ-MỤC", "FOLDER"))]
    #[arg(help = both!("Thư mục sẽ tạo; chưa được có", "The folder to make; must not be there"))]
    dir: PathBuf,
    #[arg(long, value_name = "N", default_value_t = 40, value_parser = clap::value_parser!(u32).range(1..=100_000))]
    #[arg(help = both!("Bao nhiêu trường; không ghi thì 40", "How many schools; without it 40"))]
    schools: u32,
    #[arg(long, value_name = "U", default_value_t = 0, value_parser = clap::value_parser!(u32).range(0..=10_000))]
    #[arg(help = both!(
        "Bao nhiêu đơn vị gửi kết quả đã chốt; không ghi thì mọi trường nộp thẳng",
        "How many units hand over sealed results; without it all schools return to the office"
    ))]
    units: u32,
    #[arg(long, value_name = "S", default_value_t = 1)]
    #[arg(help = both!("Số khác cho dữ liệu khác; không ghi thì 1", "Another number, other data; without it 1"))]
    seed: u64,
}

const REMARK: &str = both!(
    "Tên trường, tên người đều là hư cấu. Cùng số thì cùng dữ liệu, từng byte.\nPhiếu có lỗi như thường gặp: thiếu, cắt cụt, bảng tự làm, nộp hai lần, trễ.",
    "All names are fictional. The same numbers make the same bytes. Returns have\nthe usual faults: missing, cut off, tables of their own, sent twice, late."
);

const EXAMPLES: [(&str, &str); 2] = [
    (
        r"cds samples --schools 40 D:\thu",
        both!("40 trường nộp thẳng về cơ quan.", "40 schools that return to the office."),
    ),
    (
        r"cds samples --schools 60 --units 4 D:\so-thu",
        both!("Một Sở: 4 xã gửi kết quả đã chốt.", "A Department: 4 units hand over sealed results."),
    ),
];

const ENDS: [(Exit, &str); 3] = [
    (Exit::Done, both!("đã tạo", "made")),
    (Exit::Unusable, both!("sai cách dùng", "wrong usage")),
    (Exit::NotWritten, both!("đã có thư mục đó, hoặc không ghi được", "the folder is there, or cannot be written")),
];

pub fn main(args: &Args, lang: Lang) -> Exit {
    let program = this_program();
    let book = match rules::book(Vec::new()) {
        Ok(read) => read.book,
        // Tests read the embedded rule files.
        Err(mistakes) => unreachable!("{} mistakes in the embedded rule files", mistakes.len()),
    };
    let plan = Plan {
        schools: args.schools as usize,
        units: args.units as usize,
        seed: args.seed,
        returned: Returned::AsTheyCome,
        reader: &program,
    };
    let (shown, cds) = (args.dir.display(), words::program());
    match make(&plan, &book, &args.dir) {
        Ok(()) => {
            print::line(match lang {
                Lang::Vi => format!("Đã tạo {shown}. Chạy thử: {cds} run \"{shown}\" --at 2025-06-10T02:00"),
                Lang::En => format!("{shown} is made. Run it: {cds} run \"{shown}\" --at 2025-06-10T02:00"),
            });
            Exit::Done
        }
        Err(failure) => refused(&failure, lang),
    }
}

fn refused(failure: &SamplesError, lang: Lang) -> Exit {
    print::error(match (failure, lang) {
        (SamplesError::TooManyUnits { units, schools }, Lang::Vi) => {
            format!("{units} đơn vị nhưng chỉ có {schools} trường cho các đơn vị. Bớt đơn vị hoặc thêm trường.")
        }
        (SamplesError::Exists(path), Lang::Vi) => format!("Đã có {}. Chọn thư mục khác.", path.display()),
        (SamplesError::File { path, source }, Lang::Vi) => {
            format!("Không ghi được {}: {}.", path.display(), system::words(source, lang))
        }
        (SamplesError::Frozen(failure), _) => failure.message(lang),
        (SamplesError::Run(failure), _) => return print::failure(failure, lang),
        (failure, Lang::Vi) => format!("Không tạo được: {failure}."),
        (failure, Lang::En) => format!("Not made: {failure}."),
    });
    match failure {
        SamplesError::TooManyUnits { .. } => Exit::Unusable,
        _ => Exit::NotWritten,
    }
}
