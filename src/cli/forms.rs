//! `cds forms OFFICE -o DIR`: the pre-filled form of each school, and the office's own.

use std::path::PathBuf;

use super::{Exit, print, this_program, threads};
use crate::finding::Lang;
use crate::folder::OfficeFolder;
use crate::form_writer::WriteError;
use crate::form_writer::files::{Existing, write_all};
use crate::intake::office_time;
use crate::reader::{Limits, Pool};
use crate::run::Inputs;

#[derive(Debug, clap::Args)]
#[command(after_help = Exit::table(Lang::Vi))]
pub struct Args {
    /// Thư mục của cơ quan.
    office: PathBuf,
    /// Thư mục để ghi phiếu.
    #[arg(short, long, value_name = "THƯ-MỤC")]
    output: PathBuf,
    /// Ghi đè phiếu đã có.
    #[arg(long)]
    replace: bool,
}

pub fn main(args: &Args, lang: Lang) -> Exit {
    let program = this_program();
    let pool = Pool { program: &program, limits: Limits::default(), threads: threads(), stop: None };
    let inputs = OfficeFolder::open(&args.office).map_err(Into::into).and_then(|folder| Inputs::read(&folder, &pool));
    let inputs = match inputs {
        Ok(inputs) => inputs,
        Err(failure) => return print::failure(&failure, lang),
    };
    let existing = if args.replace { Existing::Replace } else { Existing::Keep };
    let created = office_time(jiff::Timestamp::now());
    let open: Vec<_> = inputs.schools.into_iter().filter(|school| school.is_open()).collect();
    match write_all(&inputs.office, &inputs.book, &open, &args.output, created, existing) {
        Ok(written) => {
            let (files, dir) = (written.files.len(), args.output.display());
            print::line(match lang {
                Lang::Vi => format!("Đã ghi {files} phiếu vào {dir}."),
                Lang::En => format!("{files} forms written to {dir}."),
            });
            for code in written.without_set {
                print::error(match lang {
                    Lang::Vi => {
                        format!("Trường {code}: không có bộ chỉ số cho cấp học này, chưa có phiếu. Sửa cột cap_hoc.")
                    }
                    Lang::En => format!("School {code}: no indicator set for its kind, no form. Correct cap_hoc."),
                });
            }
            Exit::Done
        }
        Err(failure) => refused(&failure, lang),
    }
}

fn refused(failure: &WriteError, lang: Lang) -> Exit {
    print::error(match (failure, lang) {
        (WriteError::Exists { path }, Lang::Vi) => {
            format!("Đã có {}; chưa ghi gì. Chọn thư mục khác, hoặc thêm --replace để ghi đè.", path.display())
        }
        (WriteError::Exists { path }, Lang::En) => {
            format!("{} is there; nothing written. Choose another folder, or add --replace.", path.display())
        }
        (other, Lang::Vi) => format!("Không ghi được phiếu: {other}. Kiểm tra chỗ trống và quyền ghi."),
        (other, Lang::En) => format!("The forms cannot be written: {other}. Check free space and permissions."),
    });
    Exit::NotWritten
}
