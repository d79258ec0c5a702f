//! `cds why RUN SCHOOL [ITEM]`, `cds why RUN co-quan [CODE]`: the chain behind a result, in the terminal.

use std::path::PathBuf;

use super::{Exit, outcome, print};
use crate::finding::Lang;
use crate::why;

#[derive(Debug, clap::Args)]
pub struct Args {
    /// Thư mục của lần chạy, ví dụ ket-qua/2025-06-01T0200.
    run: PathBuf,
    /// Mã hay tên trường; co-quan là tiêu chí của cơ quan.
    who: String,
    /// Mã nội dung, ví dụ 1.3.1; không ghi thì nói về cả phiếu.
    item: Option<String>,
}

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
