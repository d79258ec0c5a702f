//! `cds rules list | show ID | check [FILE]`: the indicator sets, their figures and how sure each is.

use std::fs;
use std::path::{Path, PathBuf};

use clap::Subcommand;

use super::{Exit, print, this_program};
use crate::codes::SetId;
use crate::finding::Lang;
use crate::folder::OfficeFolder;
use crate::reader::{Limits, Pool};
use crate::rules::{self, Assembled, RuleSet};
use crate::run::{RunError, rules_in_force};
use crate::text;

#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    command: Command,
    /// Thư mục của cơ quan: dùng thêm các tệp trong quy-tac/ và con số đã đối chiếu trong doi-chieu-phu-luc.xlsx của thư mục này.
    #[arg(long, global = true, value_name = "THƯ-MỤC")]
    office: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Liệt kê các bộ chỉ số.
    List,
    /// Xem một bộ chỉ số.
    Show {
        /// Mã của bộ, ví dụ qd-4725-2022.
        id: String,
    },
    /// Kiểm tra một tệp quy tắc, hay tất cả: mọi lỗi một lần, điểm không khớp, giá trị chưa đối chiếu phụ lục.
    Check {
        /// Tệp .toml; không ghi thì kiểm tra các bộ đang dùng.
        file: Option<PathBuf>,
    },
    /// Cho biết trước: một tệp quy tắc mới sẽ làm đổi điểm, mức của những trường nào so với một lần chạy.
    Impact {
        /// Tệp quy tắc .toml đang cân nhắc.
        file: PathBuf,
        /// Thư mục của một lần chạy (ket-qua/2025-06-01T0200), hoặc tệp ket-qua.json của nó.
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
