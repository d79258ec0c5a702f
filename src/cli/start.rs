//! `cds` and nothing else, as a double-click starts it: runs the office folder in which it stands, else asks what to do.

use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

use super::words::{both, pick};
use super::{ask, print};
use crate::finding::Lang;
use crate::folder::OfficeFolder;

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
    if OfficeFolder::as_it_is(&here).settings().is_ok() {
        return Start::Words(vec!["run".into(), here.into()]);
    }
    if !ask::is_possible() {
        return Start::Unknown;
    }
    print::line(match lang {
        Lang::Vi => format!("Thư mục này chưa phải thư mục của cơ quan: {}", here.display()),
        Lang::En => format!("This is no office folder: {}", here.display()),
    });
    choose(&here, lang)
}

fn choose(here: &Path, lang: Lang) -> Start {
    let sample = sample(here);
    let mut choices = vec![
        ("1", both!("Tạo thư mục của cơ quan ở đây", "Make an office folder here")),
        ("3", both!("Xem các lệnh", "List the commands")),
        ("0", both!("Thôi", "Leave")),
    ];
    if sample.is_some() {
        choices.insert(1, ("2", both!("Chạy thử trên dữ liệu mẫu", "Run the sample office")));
    }
    for (key, what) in &choices {
        print::line(format_args!("  {key}  {}", pick(what, lang)));
    }
    loop {
        let question = pick(both!("Gõ một số rồi nhấn Enter: ", "Type a number, then Enter: "), lang);
        let Some(answer) = ask::line(question) else { return Start::Left };
        match (answer.as_str(), &sample) {
            ("1", _) => return Start::Words(vec!["init".into()]),
            ("2", Some(sample)) => return Start::Words(vec!["run".into(), sample.into()]),
            ("3", _) => return Start::Words(vec!["-h".into()]),
            ("0", _) => return Start::Left,
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
