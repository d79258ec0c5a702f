//! `cds forms OFFICE -o DIR`: the pre-filled form of each school, and the office's own.

use std::path::PathBuf;

use super::words::both;
use super::{Exit, help, print, this_program, threads};
use crate::finding::Lang;
use crate::folder::OfficeFolder;
use crate::form_writer::WriteError;
use crate::form_writer::files::{Existing, write_all};
use crate::intake::office_time;
use crate::reader::{Limits, Pool};
use crate::run::Inputs;
use crate::system;

#[derive(Debug, clap::Args)]
#[command(after_long_help = help::more("", &EXAMPLES, &ENDS))]
pub struct Args {
    #[arg(value_name = both!("THƯ-MỤC", "FOLDER"), help = both!("Thư mục của cơ quan", "The office folder"))]
    office: PathBuf,
    #[arg(short, long, value_name = both!("THƯ-MỤC", "FOLDER"))]
    #[arg(help = both!("Thư mục để ghi phiếu", "Where to write the forms"))]
    output: PathBuf,
    #[arg(long, help = both!("Ghi đè phiếu đã có", "Overwrite forms that are there"))]
    replace: bool,
}

const EXAMPLES: [(&str, &str); 2] = [
    (
        r"cds forms D:\chuyen-doi-so -o D:\phieu",
        both!("Mỗi trường một phiếu, ghi vào D:\\phieu.", "A form for each school, in D:\\phieu."),
    ),
    (
        r"cds forms D:\chuyen-doi-so -o D:\phieu --replace",
        both!("Làm lại sau khi sửa danh sách trường.", "Anew after a change of the roster."),
    ),
];

const ENDS: [(Exit, &str); 3] = [
    (Exit::Done, both!("đã ghi phiếu", "the forms are written")),
    (Exit::Unusable, both!("sai cách dùng, sai cấu hình hoặc quy tắc", "wrong usage, configuration or rules")),
    (Exit::NotWritten, both!("đã có phiếu ở đó, hoặc không ghi được", "forms are there already, or cannot be written")),
];

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
        (WriteError::File { path, source }, Lang::Vi) => format!(
            "Không ghi được {}: {}. Kiểm tra chỗ trống và quyền ghi.",
            path.display(),
            system::words(source, lang)
        ),
        (WriteError::File { path, source }, Lang::En) => format!(
            "Cannot write {}: {}. Check free space and permissions.",
            path.display(),
            system::words(source, lang)
        ),
        (WriteError::Workbook { set, source }, Lang::Vi) => format!("Không tạo được phiếu của bộ {set}: {source}."),
        (WriteError::Workbook { set, source }, Lang::En) => format!("The form of {set} cannot be made: {source}."),
    });
    Exit::NotWritten
}
