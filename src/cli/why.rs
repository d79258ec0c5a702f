//! `cds why RUN SCHOOL [ITEM]`, `cds why RUN co-quan [CODE]`: the chain behind a result, in the terminal.

use std::path::PathBuf;

use super::words::both;
use super::{Exit, help, outcome, print};
use crate::finding::Lang;
use crate::why;

#[derive(Debug, clap::Args)]
#[command(after_long_help = help::more("", &EXAMPLES, &ENDS))]
pub struct Args {
    #[arg(value_name = both!("LẦN-CHẠY", "RUN"), help = both!(
        "Thư mục của lần chạy, ví dụ ket-qua/2025-06-01T0200",
        "The folder of a run, as ket-qua/2025-06-01T0200"
    ))]
    run: PathBuf,
    #[arg(value_name = both!("TRƯỜNG", "SCHOOL"), help = both!(
        "Mã hay tên trường; co-quan là tiêu chí của cơ quan",
        "A school's code or name; co-quan for the office's own criteria"
    ))]
    who: String,
    #[arg(value_name = both!("NỘI-DUNG", "ITEM"), help = both!(
        "Mã nội dung, ví dụ 1.3.1; không ghi thì nói về cả phiếu",
        "The code of an item, as 1.3.1; without it the whole return"
    ))]
    item: Option<String>,
}

const EXAMPLES: [(&str, &str); 2] = [
    (
        r"cds why ket-qua\2025-06-01T0200 80107205 1.3.1",
        both!("Vì sao trường được điểm ấy ở nội dung 1.3.1.", "Why the school has these points at item 1.3.1."),
    ),
    (
        r"cds why ket-qua\2025-06-01T0200 co-quan 2.1",
        both!("Tiêu chí 2.1 của cơ quan tính từ đâu ra.", "What the office's criterion 2.1 is computed from."),
    ),
];

const ENDS: [(Exit, &str); 2] = [
    (Exit::Done, both!("đã giải thích", "explained")),
    (Exit::Unusable, both!("không đọc được lần chạy, không có trường hay nội dung đó", "no such run, school or item")),
];

pub fn main(args: &Args, lang: Lang) -> Exit {
    let outcome = match outcome::read(&args.run, lang) {
        Ok(outcome) => outcome,
        Err(exit) => return exit,
    };
    match why::text(&outcome, &args.who, args.item.as_deref(), lang) {
        Ok(text) => {
            print::line(text.trim_end());
            Exit::Done
        }
        Err(unknown) => {
            print::error(unknown.message(lang));
            Exit::Unusable
        }
    }
}
