//! `cds why RUN SCHOOL [ITEM]`, `cds why RUN co-quan [CODE]`: the chain behind a result, in the terminal.

use std::fs;
use std::path::PathBuf;

use super::{Exit, print};
use crate::finding::Lang;
use crate::outcome::{FILE, Outcome};
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
    let path = if args.run.is_dir() { args.run.join(FILE) } else { args.run.clone() };
    let bytes = match fs::read(&path) {
        Ok(bytes) => bytes,
        Err(source) => {
            print::error(match lang {
                Lang::Vi => format!("Không đọc được {}: {source}. Ghi đúng thư mục của lần chạy.", path.display()),
                Lang::En => format!("Cannot read {}: {source}. Name the folder of a run.", path.display()),
            });
            return Exit::Unusable;
        }
    };
    let outcome = match Outcome::read_json(&bytes) {
        Ok(outcome) => outcome,
        Err(error) => {
            print::error(match lang {
                Lang::Vi => format!("{} không dùng được: {error}. Chạy lại `cds run`.", path.display()),
                Lang::En => format!("{} cannot be used: {error}. Run `cds run` again.", path.display()),
            });
            return Exit::Unusable;
        }
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
