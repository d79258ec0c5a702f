//! `cds rules list | show ID | check [FILE]`: the indicator sets, their figures and how sure each is.

use std::fs;
use std::path::{Path, PathBuf};

use clap::Subcommand;

use super::words::both;
use super::{Exit, help, print, this_program};
use crate::codes::SetId;
use crate::finding::Lang;
use crate::folder::OfficeFolder;
use crate::reader::{Limits, Pool};
use crate::rules::{self, Assembled, RuleSet};
use crate::run::{RunError, rules_in_force};
use crate::{system, text};

#[derive(Debug, clap::Args)]
#[command(after_long_help = help::more("", &EXAMPLES, &ENDS))]
pub struct Args {
    #[command(subcommand)]
    command: Command,
    #[arg(long, global = true, value_name = both!("THƯ-MỤC", "FOLDER"), help = both!(
        "Thư mục của cơ quan: dùng thêm quy-tac/ và con số đã đối chiếu trong doi-chieu-phu-luc.xlsx",
        "The office folder: its quy-tac/ and the figures confirmed in doi-chieu-phu-luc.xlsx count too"
    ))]
    office: Option<PathBuf>,
}

const EXAMPLES: [(&str, &str); 2] = [
    ("cds rules list", both!("Các bộ chỉ số có sẵn.", "The sets inside the program.")),
    (
        r"cds rules check --office D:\chuyen-doi-so",
        both!("Con số nào còn phải đối chiếu phụ lục.", "Which figures are still to be held against the annex."),
    ),
];

const LIST: [(&str, &str); 2] = [
    ("cds rules list", both!("Các bộ chỉ số có sẵn.", "The sets inside the program.")),
    (r"cds rules list --office D:\chuyen-doi-so", both!("Các bộ cơ quan đang dùng.", "Those in force at the office.")),
];

const SHOW: [(&str, &str); 2] = [
    ("cds rules show qd-4725-2022", both!("Bộ chỉ số của các trường.", "The set of the schools.")),
    (
        r"cds rules show qd-4725-2022 --office D:\chuyen-doi-so",
        both!("Với con số cơ quan đã đối chiếu.", "With the figures that the office confirmed."),
    ),
];

const CHECK: [(&str, &str); 2] = [
    ("cds rules check", both!("Con số chưa đối chiếu phụ lục.", "Figures that are not held against the annex.")),
    (r"cds rules check bo-moi.toml", both!("Kiểm tra một tệp trước khi dùng.", "Check a file before it is used.")),
];

const IMPACT: [(&str, &str); 2] = [
    (
        r"cds rules impact bo-moi.toml ket-qua\2025-06-01T0200",
        both!("Trường nào đổi điểm, đổi mức theo bộ mới.", "Which schools change points or level by the new set."),
    ),
    (
        r"cds rules impact bo-moi.toml ket-qua\2025-06-01T0200 --lang en",
        both!("Như trên, bằng tiếng Anh.", "The same in English."),
    ),
];

const ENDS: [(Exit, &str); 2] = [
    (Exit::Done, both!("đã in", "printed")),
    (Exit::Unusable, both!("không có bộ hay tệp đó, hoặc tệp có lỗi", "no such set or file, or the file has mistakes")),
];

#[derive(Debug, Subcommand)]
enum Command {
    #[command(about = both!("Liệt kê các bộ chỉ số", "List the indicator sets"))]
    #[command(after_long_help = help::more("", &LIST, &ENDS))]
    List,
    #[command(about = both!("Xem một bộ chỉ số", "Show an indicator set"))]
    #[command(after_long_help = help::more("", &SHOW, &ENDS))]
    Show {
        #[arg(value_name = both!("MÃ-BỘ", "ID"))]
        #[arg(help = both!("Mã của bộ, ví dụ qd-4725-2022", "The set's id, as qd-4725-2022"))]
        id: String,
    },
    #[command(about = both!(
        "Kiểm tra một tệp quy tắc, hay tất cả: lỗi, điểm không khớp, giá trị chưa đối chiếu phụ lục",
        "Check a rule file, or all: mistakes, maxima that do not add up, figures not held against the annex"
    ))]
    #[command(after_long_help = help::more("", &CHECK, &ENDS))]
    Check {
        #[arg(value_name = both!("TỆP", "FILE"), help = both!(
            "Tệp .toml; không ghi thì kiểm tra các bộ đang dùng",
            "A .toml file; without it the sets in force are checked"
        ))]
        file: Option<PathBuf>,
    },
    #[command(about = both!(
        "Cho biết trước: một tệp quy tắc mới sẽ làm đổi điểm, mức của những trường nào",
        "Tell beforehand which schools' points and levels a new rule file would change"
    ))]
    #[command(after_long_help = help::more("", &IMPACT, &ENDS))]
    Impact {
        #[arg(value_name = both!("TỆP", "FILE"))]
        #[arg(help = both!("Tệp quy tắc .toml đang cân nhắc", "The rule file that is considered"))]
        file: PathBuf,
        #[arg(value_name = both!("LẦN-CHẠY", "RUN"), help = both!(
            "Thư mục của một lần chạy (ket-qua/2025-06-01T0200), hoặc tệp ket-qua.json của nó",
            "The folder of a run (ket-qua/2025-06-01T0200), or its ket-qua.json"
        ))]
        run: PathBuf,
    },
}

pub fn main(args: &Args, lang: Lang) -> Exit {
    if let Command::Check { file: Some(file) } = &args.command {
        return check_file(file, lang);
    }
    if let Command::Impact { file, run } = &args.command {
        return impact(file, run, lang).unwrap_or_else(|exit| exit);
    }
    let assembled = match assemble(args.office.as_ref(), lang) {
        Ok(assembled) => assembled,
        Err(exit) => return exit,
    };
    match &args.command {
        Command::List => print::line(rules::list_text(&assembled.book, lang)),
        Command::Show { id } => {
            let ids: Vec<&str> = assembled.book.sets.iter().map(|set| set.id.0.as_str()).collect();
            match assembled.book.get(&SetId(id.clone())) {
                Some(set) => print::line(rules::set_text(set, lang)),
                None => {
                    let near = text::nearest(id, ids.iter().copied(), 0.0).unwrap_or_default();
                    print::error(match lang {
                        Lang::Vi => format!("Không có bộ chỉ số {id}; gần nhất: {near}."),
                        Lang::En => format!("There is no indicator set {id}; nearest: {near}."),
                    });
                    return Exit::Unusable;
                }
            }
        }
        Command::Impact { .. } | Command::Check { .. } => {
            let sets: Vec<&RuleSet> = assembled.book.sets.iter().collect();
            print::line(rules::check_text(&assembled.warnings, &sets, lang));
        }
    }
    Exit::Done
}

/// The sets inside the program; with an office those that are in force there.
fn assemble(office: Option<&PathBuf>, lang: Lang) -> Result<Assembled, Exit> {
    let program = this_program();
    let pool = Pool { program: &program, limits: Limits::default(), threads: 1, stop: None };
    let assembled = match office {
        Some(office) => {
            OfficeFolder::open(office).map_err(RunError::from).and_then(|folder| rules_in_force(&folder, &pool))
        }
        None => rules::book(Vec::new()).map_err(RunError::Mistakes),
    };
    assembled.map_err(|failure| print::failure(&failure, lang))
}

fn read(path: &PathBuf, lang: Lang) -> Result<Vec<u8>, Exit> {
    fs::read(path).map_err(|source| {
        let source = system::words(&source, lang);
        print::error(match lang {
            Lang::Vi => format!("Không đọc được {}: {source}. Kiểm tra tên và quyền đọc tệp.", path.display()),
            Lang::En => format!("Cannot read {}: {source}. Check its name and permissions.", path.display()),
        });
        Exit::Unusable
    })
}

fn impact(file: &PathBuf, run: &Path, lang: Lang) -> Result<Exit, Exit> {
    let bytes = read(file, lang)?;
    let loaded = rules::load_bytes(&file.display().to_string(), &bytes).map_err(|mistakes| {
        mistakes.iter().for_each(|mistake| print::error(mistake.display(lang)));
        Exit::Unusable
    })?;
    let outcome = super::outcome::read(run, lang)?;
    let Some(impact) = crate::run::impact::impact(&outcome, &loaded.set) else {
        print::error(match lang {
            Lang::Vi => format!(
                "{}: không thay cho bộ chỉ số nào của lần chạy này. Xem lại id, replaces, kinds.",
                file.display()
            ),
            Lang::En => format!("{}: stands for no set of this run. Check id, replaces and kinds.", file.display()),
        });
        return Err(Exit::Unusable);
    };
    print::line(impact.text(&outcome, lang));
    Ok(Exit::Done)
}

fn check_file(path: &PathBuf, lang: Lang) -> Exit {
    let bytes = match read(path, lang) {
        Ok(bytes) => bytes,
        Err(exit) => return exit,
    };
    match rules::load_bytes(&path.display().to_string(), &bytes) {
        Ok(loaded) => {
            print::line(rules::check_text(&loaded.warnings, &[&loaded.set], lang));
            Exit::Done
        }
        Err(mistakes) => {
            print::line(rules::check_text(&mistakes, &[], lang));
            Exit::Unusable
        }
    }
}
