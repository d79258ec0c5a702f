//! `cds init DIR`: an office folder that explains itself, and what to do next.

use std::path::PathBuf;

use super::words::both;
use super::{Exit, help, print, this_program};
use crate::finding::Lang;
use crate::folder::FolderError;
use crate::init::{self, InitError, Made, SHELL, WINDOWS, Wish};
use crate::intake::office_time;

#[derive(Debug, clap::Args)]
#[command(after_long_help = help::more("", &EXAMPLES, &ENDS))]
pub struct Args {
    #[arg(value_name = both!("THƯ-MỤC", "FOLDER"), help = both!(
        "Thư mục mới của cơ quan; đã có thì chỉ thêm phần còn thiếu, không ghi đè gì",
        "The new office folder; to one that is there only what it lacks is added"
    ))]
    folder: PathBuf,
    #[arg(long, value_name = both!("TÊN", "NAME"))]
    #[arg(help = both!("Tên cơ quan, ghi như trên văn bản", "The office's name, as in its papers"))]
    ten: Option<String>,
    #[arg(long, value_name = both!("NĂM-HỌC", "YEAR"), help = both!(
        "Năm học, ví dụ 2024-2025; không ghi thì lấy năm học hiện tại (với --from: năm học kế tiếp)",
        "The school year, as 2024-2025; without it the present one (with --from: the next one)"
    ))]
    nam_hoc: Option<String>,
    #[arg(long, value_name = both!("THƯ-MỤC", "FOLDER"), help = both!(
        "Thư mục năm trước: lấy lại thông tin cơ quan, danh sách trường và quy tắc",
        "Last year's folder: its office, roster and rules are carried over"
    ))]
    from: Option<PathBuf>,
}

const EXAMPLES: [(&str, &str); 2] = [
    (
        r"cds init D:\chuyen-doi-so-2026 --nam-hoc 2025-2026",
        both!("Thư mục mới, có sẵn mẫu và hướng dẫn.", "A new folder with templates and what to do."),
    ),
    (
        r"cds init D:\chuyen-doi-so-2026 --from D:\chuyen-doi-so",
        both!("Sang năm mới từ thư mục năm trước.", "A new year from last year's folder."),
    ),
];

const ENDS: [(Exit, &str); 3] = [
    (Exit::Done, both!("thư mục đã đủ", "the folder is complete")),
    (
        Exit::Unusable,
        both!("sai cách dùng, hoặc tệp năm trước có lỗi", "wrong usage, or mistakes in last year's files"),
    ),
    (Exit::NotWritten, both!("không ghi được", "it cannot be written")),
];

pub fn main(args: &Args, lang: Lang) -> Exit {
    let program = this_program();
    let wish = Wish {
        name: args.ten.as_deref(),
        year: args.nam_hoc.as_deref(),
        from: args.from.as_deref(),
        program: &program,
        at: office_time(jiff::Timestamp::now()),
    };
    match init::init(&args.folder, &wish) {
        Ok(made) => {
            told(args, &made, lang);
            Exit::Done
        }
        Err(failure) => {
            print::error(failure.message(lang));
            match failure {
                InitError::Folder(FolderError::CannotWrite { .. }) | InitError::NotMade { .. } => Exit::NotWritten,
                InitError::Folder(_) | InitError::Mistakes(_) | InitError::Same(_) => Exit::Unusable,
            }
        }
    }
}

fn told(args: &Args, made: &Made, lang: Lang) {
    let dir = args.folder.display();
    let (added, kept) = (made.added.join(", "), made.kept.join(", "));
    match (made.added.is_empty(), lang) {
        (true, Lang::Vi) => print::line(format_args!("{dir} đã đủ, không thêm gì.")),
        (true, Lang::En) => print::line(format_args!("{dir} lacks nothing; nothing was added.")),
        (false, Lang::Vi) => {
            print::line(format_args!("Thư mục cơ quan, năm học {}: {dir}\nĐã thêm: {added}.", made.year))
        }
        (false, Lang::En) => {
            print::line(format_args!("Office folder, school year {}: {dir}\nAdded: {added}.", made.year))
        }
    }
    if !made.kept.is_empty() {
        print::line(match lang {
            Lang::Vi => format!("Đã có từ trước, giữ nguyên: {kept}."),
            Lang::En => format!("There before, left as it is: {kept}."),
        });
    }
    let click = if cfg!(windows) { WINDOWS } else { SHELL };
    let carried = args.from.is_some();
    print::line(match (lang, carried) {
        (Lang::Vi, false) => format!(
            "Việc tiếp theo: ghi tên cơ quan, hạn trong co-quan.toml; ghi các trường vào danh-sach-truong.xlsx; \
             chép phiếu vào nop/; rồi mở {click}. Xem DOC-TOI.txt."
        ),
        (Lang::En, false) => format!(
            "Next: name and deadlines in co-quan.toml; the schools in danh-sach-truong.xlsx; returns into nop/; \
             then start {click}. See DOC-TOI.txt."
        ),
        (Lang::Vi, true) => format!(
            "Việc tiếp theo: ghi hạn năm nay trong co-quan.toml (hạn cũ đã bỏ); xem lại danh sách trường; \
             chép phiếu vào nop/; rồi mở {click}. Xem DOC-TOI.txt."
        ),
        (Lang::En, true) => format!(
            "Next: this year's deadlines in co-quan.toml (last year's are gone); check the roster; returns into nop/; \
             then start {click}. See DOC-TOI.txt."
        ),
    });
}
