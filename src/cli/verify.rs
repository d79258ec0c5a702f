//! `cds verify FILE|RUN`: whether what was handed over still holds what the run wrote, and which cells do not.

use std::path::PathBuf;

use super::words::both;
use super::{Exit, help, print, this_program};
use crate::finding::Lang;
use crate::folder::run_meant;
use crate::reader::Pool;
use crate::verify::{self, Compared};

/// So many cells are listed.
const LISTED: usize = 50;

#[derive(Debug, clap::Args)]
#[command(after_long_help = help::more("", &EXAMPLES, &ENDS))]
pub struct Args {
    #[arg(value_name = both!("SỔ|THƯ-MỤC", "FILE|FOLDER"), help = both!(
        "Sổ tong-hop.xlsx, thư mục lần chạy, hoặc thư mục kết quả đã chốt",
        "A workbook tong-hop.xlsx, the folder of a run, or that of a frozen result"
    ))]
    path: PathBuf,
    #[arg(long, value_name = both!("THƯ-MỤC", "FOLDER"), help = both!(
        "Sổ đã chép đi nơi khác: thư mục lần chạy hoặc kết quả đã chốt để đối chiếu",
        "Of a workbook that was copied elsewhere: the run or frozen result to hold it against"
    ))]
    run: Option<PathBuf>,
}

const EXAMPLES: [(&str, &str); 2] = [
    (
        r"cds verify ket-qua\2025-06-01T0200",
        both!("Mọi tệp của lần chạy có còn như lúc ghi.", "Whether all files of the run are as they were written."),
    ),
    (
        r"cds verify tong-hop.xlsx --run ket-qua\2025-06-01T0200",
        both!("Sổ đã gửi đi có ô nào bị đổi.", "Whether a cell of a workbook that was handed over was changed."),
    ),
];

const ENDS: [(Exit, &str); 3] = [
    (Exit::Done, both!("còn đúng như đã ghi", "it holds what was written")),
    (Exit::Found, both!("có chỗ khác", "something differs")),
    (Exit::Unusable, both!("không kiểm tra được", "it cannot be verified")),
];

pub fn main(args: &Args, lang: Lang) -> Exit {
    let program = this_program();
    let pool = Pool { program: &program, limits: verify::limits(), threads: 1, stop: None };
    let verdict = match verify::verify(&run_meant(&args.path), args.run.as_deref().map(run_meant).as_deref(), &pool) {
        Ok(verdict) => verdict,
        Err(failure) => {
            print::error(failure.message(lang));
            return Exit::Unusable;
        }
    };
    let word = |words: &[String; 2]| match lang {
        Lang::Vi => words[0].clone(),
        Lang::En => words[1].clone(),
    };
    let whole = verdict.is_whole();
    print::line(match (whole, lang) {
        (true, Lang::Vi) => "CÒN ĐÚNG như chương trình đã ghi.",
        (true, Lang::En) => "IT HOLDS what the program wrote.",
        (false, Lang::Vi) => "KHÔNG CÒN ĐÚNG như chương trình đã ghi.",
        (false, Lang::En) => "IT DOES NOT HOLD what the program wrote.",
    });
    verdict.broken.iter().for_each(|words| print::line(format_args!("✗ {}", word(words))));
    verdict.holds.iter().for_each(|words| print::line(format_args!("✓ {}", word(words))));
    if let Some(compared) = &verdict.compared {
        cells(compared, lang);
    }
    if whole { Exit::Done } else { Exit::Found }
}

fn cells(compared: &Compared, lang: Lang) {
    if let Some(program) = &compared.other_program {
        print::line(match lang {
            Lang::Vi => format!("! Kết quả do {program} ghi, khác phiên bản này: chỗ khác có thể do chương trình."),
            Lang::En => format!("! Written by {program}, another version: a difference may be the program's."),
        });
    }
    for (names, vi, en) in [
        (&compared.gone, "✗ Mất trang", "✗ Sheets gone"),
        (&compared.added, "✗ Thêm trang", "✗ Sheets added"),
        (&compared.cut, "✗ Trang quá dài, chưa so hết", "✗ Too long to be compared to the end"),
    ] {
        if !names.is_empty() {
            let title = if lang == Lang::Vi { vi } else { en };
            print::line(format_args!("{title}: {}", names.join(", ")));
        }
    }
    for difference in compared.differences.iter().take(LISTED) {
        print::line(format_args!("✗ {}", difference.display(lang)));
    }
    let (same, more) = (compared.same, compared.count.saturating_sub(LISTED));
    if more > 0 {
        print::line(match lang {
            Lang::Vi => format!("✗ và {more} ô nữa."),
            Lang::En => format!("✗ and {more} more cells."),
        });
    }
    if compared.uncomputed > 0 {
        let formulas = compared.uncomputed;
        print::line(match lang {
            Lang::Vi => format!(
                "! {formulas} ô là công thức không còn kết quả: sổ đã được lưu bằng phần mềm không tính công thức. Mở bằng Excel, lưu lại rồi kiểm tra lại."
            ),
            Lang::En => format!(
                "! {formulas} cells are formulas without a result: the workbook was saved by a program that computes none. Open it in Excel, save it, verify it again."
            ),
        });
    }
    print::line(match lang {
        Lang::Vi => format!("✓ {same} ô còn đúng giá trị."),
        Lang::En => format!("✓ {same} cells hold their values."),
    });
}
