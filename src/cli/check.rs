//! `cds check FILE...`: findings and points of single workbooks, on the terminal.

use std::path::PathBuf;

use super::words::both;
use super::{Exit, help, print, this_program, threads};
use crate::finding::{Lang, Severity};
use crate::folder::OfficeFolder;
use crate::reader::{Limits, Pool};
use crate::rules::{self, RuleBook, RuleSet};
use crate::run::{self, Inputs, RunError, Verdict};
use crate::score::Scored;
use crate::views::figures::{weighed, weights};

#[derive(Debug, clap::Args)]
#[command(after_long_help = help::more("", &EXAMPLES, &ENDS))]
pub struct Args {
    #[arg(required = true, value_name = both!("TỆP", "FILE"))]
    #[arg(help = both!("Các phiếu cần kiểm tra", "The returned workbooks to be checked"))]
    files: Vec<PathBuf>,
    #[arg(long, value_name = both!("THƯ-MỤC", "FOLDER"), help = both!(
        "Thư mục của cơ quan: kiểm tra thêm mã trường, tên trường, năm học, và dùng quy tắc của cơ quan",
        "The office folder: school code, name and year are checked too, by the office's own rules"
    ))]
    office: Option<PathBuf>,
}

const EXAMPLES: [(&str, &str); 2] = [
    (r"cds check phieu.xlsx", both!("Xem một phiếu có lỗi gì.", "What is wrong with one return.")),
    (
        r"cds check D:\chuyen-doi-so\nop\phieu.xlsx --office D:\chuyen-doi-so",
        both!("Kiểm tra cả mã trường, tên trường, năm học.", "Check the school's code and name and the year too."),
    ),
];

const ENDS: [(Exit, &str); 4] = [
    (Exit::Done, both!("phiếu không có lỗi phải sửa", "nothing has to be corrected")),
    (Exit::Found, both!("phiếu có lỗi phải sửa", "something has to be corrected")),
    (
        Exit::Unusable,
        both!("sai cách dùng, không có tệp, sai cấu hình", "wrong usage, no such file, wrong configuration"),
    ),
    (Exit::NotWritten, both!("không khởi động được phần đọc tệp", "the readers cannot be started")),
];

pub fn main(args: &Args, lang: Lang) -> Exit {
    if let Some(absent) = args.files.iter().find(|file| !run::is_there(file)) {
        print::error(match lang {
            Lang::Vi => format!("Không có tệp {}. Kiểm tra tên tệp.", absent.display()),
            Lang::En => format!("There is no file {}. Check its name.", absent.display()),
        });
        return Exit::Unusable;
    }
    match check(args, lang) {
        Ok(exit) => exit,
        Err(failure) => print::failure(&failure, lang),
    }
}

fn check(args: &Args, lang: Lang) -> Result<Exit, RunError> {
    let program = this_program();
    let pool = Pool { program: &program, limits: Limits::default(), threads: threads(), stop: None };
    let inputs = match &args.office {
        Some(office) => Some(Inputs::read(&OfficeFolder::open(office)?, &pool)?),
        None => None,
    };
    let embedded;
    let book: &RuleBook = match &inputs {
        Some(inputs) => &inputs.book,
        None => {
            embedded = rules::book(Vec::new()).map_err(RunError::Mistakes)?.book;
            &embedded
        }
    };
    let mut exit = Exit::Done;
    for file in &args.files {
        let verdict = run::check_one(file, book, inputs.as_ref(), &pool)?;
        show(&file.display().to_string(), &verdict, lang);
        if verdict.findings.iter().any(|finding| finding.severity == Severity::Error) {
            exit = Exit::Found;
        }
    }
    Ok(exit)
}

fn show(file: &str, verdict: &Verdict, lang: Lang) {
    print::line(format_args!("{file}: {}", weighed(weights(&verdict.findings), lang)));
    for (set, scored) in &verdict.scored {
        print::line(points(set, scored, lang));
    }
    verdict.findings.iter().for_each(|finding| print::finding(finding, lang));
}

/// "Phổ thông, GDTX: 1: 42,5/100, mức 1; 2: 49/100, mức 1; mức chung 1"
fn points(set: &RuleSet, scored: &Scored, lang: Lang) -> String {
    let (level_word, overall) = match lang {
        Lang::Vi => ("mức", "mức chung"),
        Lang::En => ("level", "overall level"),
    };
    let mut parts: Vec<String> = set
        .tops()
        .map(|(i, node)| {
            let max = node.max.map(|max| format!("/{max}")).unwrap_or_default();
            let level = scored.nodes[i].level.map(|level| format!(", {level_word} {level}")).unwrap_or_default();
            format!("{}: {}{max}{level}", node.code, scored.nodes[i].counted)
        })
        .collect();
    parts.extend(scored.level.map(|level| format!("{overall} {level}")));
    format!("  {}: {}", set.short, parts.join("; "))
}
