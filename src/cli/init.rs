//! `cds init DIR`: an office folder that explains itself, and what to do next.

use std::path::{Path, PathBuf};

use super::words::{self, both, pick};
use super::{Exit, ask, help, print, this_program, threads};
use crate::finding::Lang;
use crate::folder::{FORMS, FolderError, OfficeFolder};
use crate::grid::Grid;
use crate::init::{self, InitError, Made, Wish, year_of};
use crate::intake::office_time;
use crate::reader::{Limits, Pool};
use crate::roster::Listed;
use crate::run;

#[derive(Debug, clap::Args)]
#[command(after_long_help = help::more("", &EXAMPLES, &ENDS))]
pub struct Args {
    #[arg(value_name = both!("THƯ-MỤC", "FOLDER"), help = both!(
        "Thư mục mới của cơ quan; đã có thì chỉ thêm phần còn thiếu, không ghi đè gì; không ghi thì được hỏi",
        "The new office folder; to one that is there only what it lacks is added; without it you are asked"
    ))]
    folder: Option<PathBuf>,
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
    #[arg(long, value_name = both!("TỆP", "FILE"), conflicts_with = "from", help = both!(
        "Danh sách trường của cơ quan, dạng Excel hay CSV, cột nào trước cũng được: lập danh sách từ đó",
        "The office's own list of schools, a workbook or CSV of any shape: the roster is made of it"
    ))]
    from_list: Option<PathBuf>,
}

const EXAMPLES: [(&str, &str); 2] = [
    (
        r"cds init D:\chuyen-doi-so-moi --from-list danh-sach.xlsx",
        both!("Thư mục mới từ danh sách trường đang có.", "A new folder from a list of schools that is there."),
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
    let at = office_time(jiff::Timestamp::now());
    let Some(answers) = answers(args, &year_of(at), lang) else {
        let cds = words::program();
        print::error(match lang {
            Lang::Vi => format!("Còn thiếu tên thư mục. Ví dụ: {cds} init D:\\chuyen-doi-so"),
            Lang::En => format!("The name of the folder is missing, as in: {cds} init D:\\chuyen-doi-so"),
        });
        return Exit::Unusable;
    };
    let list = match args.from_list.as_deref().map(|path| sheets(path, lang)).transpose() {
        Ok(list) => list,
        Err(exit) => return exit,
    };
    let wish = Wish {
        name: answers.name.as_deref(),
        year: answers.year.as_deref(),
        from: args.from.as_deref(),
        list: list.as_ref().map(|(grids, name)| (&grids[..], name.as_str())),
        program: &program,
        at,
    };
    match init::init(&answers.folder, &wish) {
        Ok(made) => {
            told(&answers.folder, &made, lang);
            next(&answers.folder, args.from.is_some(), made.listed.is_some(), lang);
            Exit::Done
        }
        Err(failure) => {
            print::error(failure.message(lang));
            match failure {
                InitError::Folder(FolderError::CannotWrite { .. }) | InitError::NotMade { .. } => Exit::NotWritten,
                InitError::Folder(_) | InitError::Mistakes(_) | InitError::Same(_) | InitError::RosterIsThere(_) => {
                    Exit::Unusable
                }
            }
        }
    }
}

/// What was given after the command, and what was asked for.
struct Answers {
    folder: PathBuf,
    name: Option<String>,
    year: Option<String>,
}

/// Asks for what was not given, where somebody can answer; `None` without a folder.
fn answers(args: &Args, this_year: &str, lang: Lang) -> Option<Answers> {
    let can_ask = ask::is_possible();
    let folder = match &args.folder {
        Some(folder) => folder.clone(),
        None if can_ask => {
            let usual = format!("chuyen-doi-so-{this_year}");
            let question = pick(both!("Tên thư mục mới", "Name of the new folder"), lang);
            let answer = ask::line(&format!("{question} [{usual}]: "))?;
            PathBuf::from(if answer.is_empty() { usual } else { answer })
        }
        None => return None,
    };
    let (mut name, mut year) = (args.ten.clone(), args.nam_hoc.clone());
    // Last year's office goes on, and one that is there stays as it is.
    if can_ask && args.from.is_none() && OfficeFolder::as_it_is(&folder).settings().is_err() {
        if name.is_none() {
            let question =
                pick(both!("Tên cơ quan, như trên văn bản: ", "The office's name, as in its papers: "), lang);
            name = ask::line(question).filter(|name| !name.is_empty());
        }
        if year.is_none() {
            let question = pick(both!("Năm học", "School year"), lang);
            year = ask::line(&format!("{question} [{this_year}]: ")).filter(|year| !year.is_empty());
        }
    }
    Some(Answers { folder, name, year })
}

/// The office's own list of schools.
fn sheets(path: &Path, lang: Lang) -> Result<(Vec<Grid>, String), Exit> {
    let program = this_program();
    let pool = Pool { program: &program, limits: Limits::default(), threads: threads(), stop: None };
    let grids = run::sheets(path, &pool).map_err(|failure| print::failure(&failure, lang))?;
    Ok((grids, path.display().to_string()))
}

fn told(folder: &Path, made: &Made, lang: Lang) {
    let dir = whole(folder);
    let (dir, added, kept) = (dir.display(), made.added.join(", "), made.kept.join(", "));
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
    if let Some(listed) = &made.listed {
        roster(listed, lang);
    }
}

/// What the list came to, and what it left open.
fn roster(listed: &Listed, lang: Lang) {
    let schools = listed.rows.len();
    let taken: Vec<String> = listed.taken.iter().map(|(from, to)| format!("“{from}” → {to}")).collect();
    let (taken, unused) = (taken.join("; "), listed.unused.join(", "));
    print::line(match lang {
        Lang::Vi => format!("Danh sách trường: {schools} trường. Lấy cột: {taken}."),
        Lang::En => format!("Roster: {schools} schools. Columns taken: {taken}."),
    });
    if !listed.unused.is_empty() {
        print::line(match lang {
            Lang::Vi => format!("Không dùng cột: {unused}."),
            Lang::En => format!("Columns not used: {unused}."),
        });
    }
    if listed.kinds_inferred > 0 {
        let count = listed.kinds_inferred;
        print::line(match lang {
            Lang::Vi => {
                format!("Cấp học của {count} trường lấy từ tên trường, tiêu đề nhóm hoặc tên trang; nên xem lại.")
            }
            Lang::En => format!("The kinds of {count} schools are from names or headings; look them through."),
        });
    }
    for open in &listed.open {
        let (sheet, row, text, missing) = (&open.sheet, open.row, &open.text, open.missing.join(", "));
        print::line(match (lang, open.missing.is_empty()) {
            (Lang::Vi, false) => format!("! {sheet}, dòng {row}, {text}: thiếu {missing}."),
            (Lang::En, false) => format!("! {sheet}, row {row}, {text}: {missing} missing."),
            (Lang::Vi, true) => format!("! {sheet}, dòng {row}, “{text}”: không phải trường, không lấy."),
            (Lang::En, true) => format!("! {sheet}, row {row}, “{text}”: no school, left out."),
        });
    }
}

/// The first three things to do, with the paths at hand.
fn next(folder: &Path, carried: bool, listed: bool, lang: Lang) {
    let dir = whole(folder);
    let at = |name: &str| dir.join(name).display().to_string();
    let (roster, settings, forms) = (at("danh-sach-truong.xlsx"), at("co-quan.toml"), at(FORMS));
    let (dir, cds) = (dir.display(), words::program());
    let first = match (carried || listed, lang) {
        (false, Lang::Vi) => "Ghi các trường, mỗi trường một dòng, vào",
        (false, Lang::En) => "Enter the schools, each on a row of its own, in",
        (true, Lang::Vi) => "Xem lại danh sách trường",
        (true, Lang::En) => "Look through the roster",
    };
    print::line(match lang {
        Lang::Vi => format!(
            "\nViệc tiếp theo:\n  1. {first}:\n     {roster}\n  2. Ghi các hạn của năm, bằng Notepad, vào:\n     {settings}\n  \
             3. Phát phiếu cho các trường; gõ:\n     {cds} forms \"{dir}\" -o \"{forms}\"\n\
             Xong mỗi việc, hỏi việc sau: {cds} doctor \"{dir}\""
        ),
        Lang::En => format!(
            "\nNext:\n  1. {first}:\n     {roster}\n  2. Enter this year's deadlines, with a text editor, in:\n     {settings}\n  \
             3. Give each school its form; type:\n     {cds} forms \"{dir}\" -o \"{forms}\"\n\
             After each step this tells what comes next: {cds} doctor \"{dir}\""
        ),
    });
}

/// The path from the root, as Explorer shows it.
fn whole(folder: &Path) -> PathBuf {
    std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned())
}
