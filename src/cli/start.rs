//! `cds` and nothing else, as a double-click starts it: runs the office folder in which it stands, else asks what to do.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use super::words::{both, pick};
use super::{ask, print};
use crate::finding::Lang;
use crate::folder::{FORMS, OfficeFolder};

/// The office that comes with the program, to look at.
const SAMPLE: &str = "samples/can-giuoc";

/// What is to be done.
#[derive(Debug, PartialEq, Eq)]
pub enum Start {
    /// As if these words had been typed.
    Words(Vec<OsString>),
    /// Nothing: somebody left.
    Left,
    /// There is nobody to be asked.
    Unknown,
}

/// Finds out, by the folder or by asking.
pub fn what(lang: Lang) -> Start {
    let here = env::current_dir().unwrap_or_else(|_| PathBuf::from("."));
    let folder = OfficeFolder::as_it_is(&here);
    match (folder.settings().is_ok(), ask::is_possible()) {
        (true, true) if begins(&folder) => give_out(&here, lang),
        (true, _) => Start::Words(vec!["run".into(), here.into()]),
        (false, false) => Start::Unknown,
        (false, true) => choose(&here, lang),
    }
}

/// Whether no form has been made and nothing has been returned: the year begins.
fn begins(folder: &OfficeFolder) -> bool {
    let is_empty = |path: &Path| fs::read_dir(path).is_ok_and(|mut files| files.next().is_none());
    is_empty(&folder.returns()) && !folder.root().join(FORMS).exists()
}

/// Asks whether to make the forms first; Enter alone runs.
fn give_out(here: &Path, lang: Lang) -> Start {
    let forms = here.join(FORMS);
    let said = both!(
        "Chưa có phiếu nào trong nop. Ghi xong danh sách trường thì tạo phiếu cho các trường.",
        "Nothing in nop yet. Once the roster is filled in, make the schools' forms."
    );
    print::line(pick(said, lang));
    let make = match lang {
        Lang::Vi => format!("Tạo phiếu, vào {}", forms.display()),
        Lang::En => format!("Make the forms, in {}", forms.display()),
    };
    let run = || Start::Words(vec!["run".into(), here.into()]);
    let make_them = Start::Words(vec!["forms".into(), here.into(), "-o".into(), forms.into()]);
    let consolidate = pick(both!("Tổng hợp", "Consolidate"), lang).to_owned();
    answered(vec![("1", make, make_them), ("2", consolidate, run())], Some(run()), lang)
}

/// Asks what to do in a folder that is no office's.
fn choose(here: &Path, lang: Lang) -> Start {
    print::line(match lang {
        Lang::Vi => format!("Thư mục này chưa phải thư mục của cơ quan: {}", here.display()),
        Lang::En => format!("This is no office folder: {}", here.display()),
    });
    let choice = |key, what, words: Vec<OsString>| (key, pick(what, lang).to_owned(), Start::Words(words));
    let mut choices =
        vec![choice("1", both!("Tạo thư mục của cơ quan ở đây", "Make an office folder here"), vec!["init".into()])];
    if let Some(sample) = sample(here) {
        let what = both!("Chạy thử trên dữ liệu mẫu", "Run the sample office");
        choices.push(choice("2", what, vec!["run".into(), sample.into()]));
    }
    choices.push(choice("3", both!("Xem các lệnh", "List the commands"), vec!["-h".into()]));
    answered(choices, None, lang)
}

/// What somebody chose, each by its key, 0 to leave; `usual` is what Enter alone means.
fn answered(mut choices: Vec<(&str, String, Start)>, usual: Option<Start>, lang: Lang) -> Start {
    choices.push(("0", pick(both!("Thôi", "Leave"), lang).to_owned(), Start::Left));
    for (key, what, _) in &choices {
        print::line(format_args!("  {key}  {what}"));
    }
    loop {
        let question = pick(both!("Gõ một số rồi nhấn Enter: ", "Type a number, then Enter: "), lang);
        let Some(answer) = ask::line(question) else { return Start::Left };
        if let Some(at) = choices.iter().position(|(key, ..)| *key == answer) {
            return choices.swap_remove(at).2;
        }
        match usual {
            Some(usual) if answer.is_empty() => return usual,
            _ => print::line(pick(both!("Chưa hiểu.", "Not understood."), lang)),
        }
    }
}

/// The sample here, or beside the program.
fn sample(here: &Path) -> Option<PathBuf> {
    let program = env::current_exe().ok();
    let beside = program.as_deref().and_then(Path::parent);
    [Some(here), beside].into_iter().flatten().map(|folder| folder.join(SAMPLE)).find(|sample| sample.is_dir())
}
