//! `cds publish RESULT -o DIR`: what a unit's page in the province's portal can take.

use std::path::{Path, PathBuf};
use std::{fs, io};

use super::words::{self, both};
use super::{Exit, help, outcome, print};
use crate::finding::Lang;
use crate::folder::{self, OfficeFolder};
use crate::milestone::milestones;
use crate::publication;
use crate::system;
use crate::views::published::{Published, Refusal};

#[derive(Debug, clap::Args)]
#[command(after_long_help = help::more("", &EXAMPLES, &ENDS))]
pub struct Args {
    #[arg(value_name = both!("KẾT-QUẢ", "RESULT"), help = both!(
        "Thư mục kết quả đã chốt (ket-qua/...-phe-duyet), thư mục cơ quan (lấy kết quả chốt sau cùng), hoặc một lần chạy",
        "The folder of a frozen result (ket-qua/...-phe-duyet), of the office (its newest frozen result), or of a run"
    ))]
    result: PathBuf,
    #[arg(short, long, value_name = both!("THƯ-MỤC", "FOLDER"), help = both!(
        "Thư mục để ghi; phải chưa có hoặc còn trống",
        "The folder to write to; it is not there yet, or empty"
    ))]
    output: PathBuf,
    #[arg(long, help = both!(
        "Cho phép kết quả chưa chốt hoặc chưa chính thức; mọi trang ghi rõ DỰ THẢO",
        "Take a result that is not frozen or not official; each page says DỰ THẢO (draft)"
    ))]
    draft: bool,
}

const EXAMPLES: [(&str, &str); 2] = [
    (
        r"cds publish ket-qua\2025-06-01T0200-phe-duyet -o cong-khai",
        both!(
            "Trang để đăng, bảng để dán, dữ liệu, bảng để nhập mức.",
            "The page, a table, data, the list to type from."
        ),
    ),
    (
        r"cds publish ket-qua\2025-06-01T0200 -o ban-nhap --draft",
        both!("Xem thử trước khi chốt; ghi rõ DỰ THẢO.", "See it before it is frozen; it says DỰ THẢO (draft)."),
    ),
];

const ENDS: [(Exit, &str); 3] = [
    (Exit::Done, both!("đã ghi", "written")),
    (
        Exit::Unusable,
        both!(
            "không công khai được: chưa chốt, chưa chính thức, hoặc không đọc được",
            "not made public: not frozen, not official, or unreadable"
        ),
    ),
    (Exit::NotWritten, both!("không ghi được", "it cannot be written")),
];

pub fn main(args: &Args, lang: Lang) -> Exit {
    let result = frozen_meant(&args.result);
    let (outcome, milestone) = match outcome::read_as_frozen(&result, lang) {
        Ok(read) => read,
        Err(exit) => return exit,
    };
    let reached = milestone.map(|milestone| milestone.seal.kind);
    let published = match Published::of(&outcome, reached, args.draft) {
        Ok(published) => published,
        Err(refusal) => {
            print::error(refused(refusal, lang));
            return Exit::Unusable;
        }
    };
    match write(&published, &args.output) {
        Ok(()) => {
            let dir = args.output.display();
            print::line(match lang {
                Lang::Vi => {
                    format!("Đã ghi vào {dir}: {} dòng. Mở {} để xem.", published.truong.len(), publication::PAGE)
                }
                Lang::En => format!("Written to {dir}: {} rows. Open {}.", published.truong.len(), publication::PAGE),
            });
            published.de_lai.iter().for_each(print::line);
            Exit::Done
        }
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            print::error(match lang {
                Lang::Vi => format!("{} đã có tệp; chưa ghi gì. Chọn thư mục khác.", args.output.display()),
                Lang::En => format!("{} holds files; nothing written. Choose another folder.", args.output.display()),
            });
            Exit::Unusable
        }
        Err(error) => {
            let (dir, why) = (args.output.display(), system::words(&error, lang));
            print::error(match lang {
                Lang::Vi => format!("Không ghi được {dir}: {why}. Kiểm tra chỗ trống và quyền ghi."),
                Lang::En => format!("Cannot write {dir}: {why}. Check free space and permissions."),
            });
            Exit::NotWritten
        }
    }
}

/// An office folder stands for its newest frozen result, where it has one.
fn frozen_meant(path: &Path) -> PathBuf {
    let newest = || milestones(&OfficeFolder::as_it_is(path)).ok()?.pop();
    newest().map_or_else(|| path.to_owned(), |newest| newest.path)
}

fn refused(refusal: Refusal, lang: Lang) -> String {
    let cds = words::program();
    match (refusal, lang) {
        (Refusal::NoMilestone, Lang::Vi) => {
            format!(
                "Kết quả chưa chốt thì chưa công khai. Chốt bằng {cds} finalize ... --moc phe-duyet, hoặc thêm --draft để làm bản DỰ THẢO."
            )
        }
        (Refusal::NoMilestone, Lang::En) => {
            format!(
                "A result that is not frozen is not made public. Use {cds} finalize ... --moc phe-duyet, or add --draft."
            )
        }
        (Refusal::NotOfficial(n), Lang::Vi) => format!(
            "Kết quả dựa trên {n} giá trị chưa đối chiếu phụ lục nên chưa công khai được. Điền doi-chieu-phu-luc.xlsx, hoặc thêm --draft để làm bản DỰ THẢO."
        ),
        (Refusal::NotOfficial(n), Lang::En) => format!(
            "The result rests on {n} figures that are not official. Fill doi-chieu-phu-luc.xlsx, or add --draft for a draft."
        ),
    }
}

/// All or nothing. An empty folder is taken for one that is not there.
fn write(published: &Published, target: &Path) -> io::Result<()> {
    // Without the sign at the end that shells put there.
    let target: PathBuf = target.components().collect();
    match fs::read_dir(&target).map(|mut there| there.next().is_none()) {
        Ok(true) => fs::remove_dir(&target)?,
        Ok(false) => return Err(io::ErrorKind::AlreadyExists.into()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => return Err(error),
    }
    folder::whole(&target, |partial| publication::write(published, partial), |error| error)
}
