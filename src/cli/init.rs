//! `cds init DIR`: an office folder that explains itself, and what to do next.

use std::path::PathBuf;

use super::{Exit, print, this_program};
use crate::finding::Lang;
use crate::folder::FolderError;
use crate::init::{self, InitError, Made, SHELL, WINDOWS, Wish};
use crate::intake::office_time;

#[derive(Debug, clap::Args)]
#[command(after_help = Exit::table(Lang::Vi))]
pub struct Args {
    /// Thư mục mới của cơ quan; đã có thì chỉ thêm phần còn thiếu, không ghi đè gì.
    folder: PathBuf,
    /// Tên cơ quan, ghi như trên văn bản.
    #[arg(long, value_name = "TÊN")]
    ten: Option<String>,
    /// Năm học, ví dụ 2024-2025; không ghi thì lấy năm học hiện tại (với --from: năm học kế tiếp).
    #[arg(long, value_name = "NĂM-HỌC")]
    nam_hoc: Option<String>,
    /// Thư mục năm trước: lấy lại thông tin cơ quan, danh sách trường và quy tắc.
    #[arg(long, value_name = "THƯ-MỤC")]
    from: Option<PathBuf>,
}

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
