//! `cds` and nothing else, as a double-click starts it: runs the office folder in which it stands, else asks what to do.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use super::words::{both, pick};
use super::{ask, print};
use crate::finding::Lang;
use crate::folder::OfficeFolder;

/// The office that comes with the program, to look at.
const SAMPLE: &str = "samples/can-giuoc";

/// Where the forms go that schools get.
const FORMS: &str = "phieu";

const QUESTION: &str = both!("Gõ một số rồi nhấn Enter: ", "Type a number, then Enter: ");

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
    let is_office = folder.settings().is_ok();
    if is_office && !(ask::is_possible() && begins(&folder)) {
        return Start::Words(vec!["run".into(), here.into()]);
    }
    if !ask::is_possible() {
        return Start::Unknown;
    }
    if is_office {
        return give_out(&here, lang);
    }
    print::line(match lang {
        Lang::Vi => format!("Thư mục này chưa phải thư mục của cơ quan: {}", here.display()),
        Lang::En => format!("This is no office folder: {}", here.display()),
    });
    choose(&here, lang)
}

/// Whether no form has been made and nothing has been returned: the year begins.
fn begins(folder: &OfficeFolder) -> bool {
    let is_empty = |path: &Path| fs::read_dir(path).is_ok_and(|mut files| files.next().is_none());
    is_empty(&folder.returns()) && !folder.root().join(FORMS).exists()
}

/// Asks whether to make the forms first; Enter alone runs.
fn give_out(here: &Path, lang: Lang) -> Start {
    let forms = here.join(FORMS);
    print::line(match lang {
        Lang::Vi => format!(
            "Chưa có phiếu nào trong nop. Ghi xong danh sách trường thì tạo phiếu cho các trường.\n  1  Tạo phiếu, vào {}\n  2  Tổng hợp\n  0  Thôi",
            forms.display()
        ),
        Lang::En => format!(
            "Nothing in nop yet. Once the roster is filled in, make the schools' forms.\n  1  Make the forms, in {}\n  2  Consolidate\n  0  Leave",
            forms.display()
        ),
    });
    loop {
        let Some(answer) = ask::line(pick(QUESTION, lang)) else { return Start::Left };
        match answer.as_str() {
            "1" => return Start::Words(vec!["forms".into(), here.into(), "-o".into(), forms.into()]),
            "2" | "" => return Start::Words(vec!["run".into(), here.into()]),
            "0" => return Start::Left,
            _ => print::line(pick(both!("Chưa hiểu.", "Not understood."), lang)),
        }
    }
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
        let Some(answer) = ask::line(pick(QUESTION, lang)) else { return Start::Left };
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
