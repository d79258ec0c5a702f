//! `cds documents RESULT`: drafts of the year's papers.

use std::path::{Path, PathBuf};

use super::words::both;
use super::{Exit, help, outcome, print};
use crate::documents::{self, Made, PAPERS, Paper};
use crate::finding::Lang;
use crate::folder::{self, run_meant};
use crate::milestone::Milestone;
use crate::outcome::Outcome;
use crate::system;
use crate::writers::docx::Value;

#[derive(Debug, clap::Args)]
#[command(after_long_help = help::more(REMARK, &EXAMPLES, &ENDS))]
pub struct Args {
    #[arg(value_name = both!("KẾT-QUẢ", "RESULT"), help = both!(
        "Thư mục của cơ quan (lấy lần chạy mới nhất), một lần chạy, hoặc một kết quả đã chốt",
        "The office folder (of which the newest run is taken), a run, or a frozen result"
    ))]
    result: PathBuf,
    #[arg(short, long, value_name = both!("THƯ-MỤC", "FOLDER"), help = both!(
        "Thư mục để ghi; không ghi thì là van-ban trong thư mục của cơ quan",
        "The folder to write to; else van-ban in the office folder"
    ))]
    output: Option<PathBuf>,
    #[arg(long, value_name = both!("TÊN", "NAME"), num_args = 1.., help = both!(
        "Chỉ soạn các văn bản này",
        "These papers alone"
    ))]
    only: Vec<String>,
    #[arg(long, help = both!(
        "In mọi tên dùng được trong mẫu văn bản, ý nghĩa và giá trị hiện nay",
        "Print every name that a template can use, what it means and its value now"
    ))]
    list: bool,
}

const REMARK: &str = both!(
    "Tệp đã có thì giữ nguyên. Lời văn của cơ quan: mau-van-ban/<tên văn bản>.docx.",
    "A file that is there stays. The office's own wording: mau-van-ban/PAPER.docx."
);

const EXAMPLES: [(&str, &str); 2] = [
    (
        r"cds documents D:\chuyen-doi-so --only cong-van-don-doc",
        both!("Công văn đôn đốc theo lần chạy mới nhất.", "The reminder by the newest run."),
    ),
    (
        r"cds documents D:\chuyen-doi-so --list",
        both!("Các văn bản, và các tên dùng trong mẫu.", "The papers, and the names for templates."),
    ),
];

const ENDS: [(Exit, &str); 4] = [
    (Exit::Done, both!("đã soạn", "written")),
    (
        Exit::Found,
        both!(
            "có mẫu văn bản phải sửa; các văn bản khác đã soạn",
            "a template is at fault; the other papers are written"
        ),
    ),
    (
        Exit::Unusable,
        both!("không đọc được kết quả, hoặc sai tên văn bản", "the result cannot be read, or no paper has the name"),
    ),
    (Exit::NotWritten, both!("không ghi được", "it cannot be written")),
];

pub fn main(args: &Args, lang: Lang) -> Exit {
    let result = std::path::absolute(run_meant(&args.result)).unwrap_or_else(|_| args.result.clone());
    let (outcome, _) = match outcome::read_as_frozen(&result, lang) {
        Ok(read) => read,
        Err(exit) => return exit,
    };
    if args.list {
        list(&outcome, lang);
        return Exit::Done;
    }
    let papers = match chosen(&args.only, lang) {
        Ok(papers) => papers,
        Err(exit) => return exit,
    };
    let office = office_of(&result);
    let dir = match (&args.output, office) {
        (Some(dir), _) => dir.clone(),
        (None, Some(office)) => office.join(folder::PAPERS),
        (None, None) => {
            print::error(match lang {
                Lang::Vi => "Kết quả không nằm trong thư mục của cơ quan; ghi thêm -o THƯ-MỤC.",
                Lang::En => "The result lies in no office folder; add -o FOLDER.",
            });
            return Exit::Unusable;
        }
    };
    if let Some(office) = office {
        tell_unknown(office, lang);
    }
    match documents::write(&outcome, &papers, &label(&result, &outcome), office, &dir) {
        Ok(made) => tell(&made, lang, false),
        Err(error) => cannot_write(&dir, &error, lang),
    }
}

/// The papers that belong to a result which a command has just made, among the office's drafts; what was written is said
/// unless `quiet`.
pub(super) fn belonging(outcome: &Outcome, papers: &[&Paper], office: &Path, result: &Path, lang: Lang, quiet: bool) {
    if papers.is_empty() {
        return;
    }
    let dir = office.join(folder::PAPERS);
    match documents::write(outcome, papers, &label(result, outcome), Some(office), &dir) {
        Ok(made) => tell(&made, lang, quiet),
        Err(error) => cannot_write(&dir, &error, lang),
    };
}

/// The papers that belong to a milestone which was just reached.
pub(super) fn of_milestone(milestone: &Milestone, lang: Lang) {
    let Milestone { path, seal } = milestone;
    let Some(office) = office_of(path) else { return };
    if let Ok(outcome) = outcome::read(path, lang) {
        belonging(&outcome, &documents::of_milestone(seal.kind), office, path, lang, false);
    }
}

/// The office folder that a result lies in.
fn office_of(result: &Path) -> Option<&Path> {
    result.ancestors().find(|path| path.join(crate::office::FILE).is_file())
}

fn cannot_write(dir: &Path, error: &std::io::Error, lang: Lang) -> Exit {
    let (dir, why) = (dir.display(), system::words(error, lang));
    print::error(match lang {
        Lang::Vi => format!("Không ghi được vào {dir}: {why}. Kiểm tra chỗ trống và quyền ghi."),
        Lang::En => format!("Cannot write to {dir}: {why}. Check free space and permissions."),
    });
    Exit::NotWritten
}

/// The run's name, or that of the milestone's folder.
fn label(result: &Path, outcome: &Outcome) -> String {
    let name = result.file_name().map(|name| name.to_string_lossy().into_owned());
    name.filter(|name| name.starts_with(&outcome.run)).unwrap_or_else(|| outcome.run.clone())
}

fn chosen(only: &[String], lang: Lang) -> Result<Vec<&'static Paper>, Exit> {
    if only.is_empty() {
        return Ok(PAPERS.iter().collect());
    }
    let mut papers = Vec::new();
    let mut wrong = false;
    for name in only.iter().flat_map(|names| names.split(',')) {
        match documents::paper(name.trim()) {
            Ok(paper) => papers.push(paper),
            Err(nearest) => {
                wrong = true;
                let nearest = nearest.unwrap_or(PAPERS[0].name);
                print::error(match lang {
                    Lang::Vi => format!("Không có văn bản {name}; có phải {nearest}? Các tên: {}.", names()),
                    Lang::En => format!("No paper {name}; is it {nearest}? The names: {}.", names()),
                });
            }
        }
    }
    if wrong { Err(Exit::Unusable) } else { Ok(papers) }
}

fn names() -> String {
    PAPERS.iter().map(|paper| paper.name).collect::<Vec<_>>().join(", ")
}

fn list(outcome: &Outcome, lang: Lang) {
    let say = |[vi, en]: [&'static str; 2]| if lang == Lang::Vi { vi } else { en };
    print::line(say(["Văn bản:", "Papers:"]));
    for paper in &PAPERS {
        print::line(format_args!("  {:<26} {}", paper.name, paper.title));
    }
    print::line(say([
        "Tên dùng trong mẫu, viết giữa hai dấu ngoặc nhọn:",
        "Names for templates, written between double braces:",
    ]));
    for name in documents::names(outcome) {
        let value = match &name.value {
            Value::Text(text) => text.clone(),
            Value::Lines(lines) => lines.join(" / "),
            Value::Flag(flag) => say(if *flag { ["đúng", "true"] } else { ["sai", "false"] }).to_owned(),
            Value::Rows(rows) => format!("{} {}", rows.len(), say(["dòng", "rows"])),
        };
        let meaning = say(name.meaning);
        if name.fields.is_empty() {
            print::line(format_args!("  {{{{{}}}}}  {meaning}: {value}", name.name));
        } else {
            let fields: Vec<String> =
                name.fields.iter().map(|field| format!("{{{{{}.{field}}}}}", name.name)).collect();
            print::line(format_args!("  {}  {meaning}: {value}", fields.join(" ")));
        }
    }
}

fn tell_unknown(office: &Path, lang: Lang) {
    for (file, nearest) in documents::unknown_templates(office) {
        let nearest = nearest.map(|nearest| format!("{nearest}.docx")).unwrap_or_else(names);
        print::error(match lang {
            Lang::Vi => format!(
                "{}/{file}: không phải tên của văn bản nào nên không dùng; có phải {nearest}?",
                folder::TEMPLATES_OF_PAPERS
            ),
            Lang::En => {
                format!("{}/{file}: the name of no paper, not used; is it {nearest}?", folder::TEMPLATES_OF_PAPERS)
            }
        });
    }
}

fn tell(made: &[Made], lang: Lang, quiet: bool) -> Exit {
    let mut exit = Exit::Done;
    for one in made {
        match (one, lang) {
            (Made::Written(_) | Made::Kept(_), _) if quiet => {}
            (Made::Written(path), Lang::Vi) => print::line(format_args!("Đã soạn {}", path.display())),
            (Made::Written(path), Lang::En) => print::line(format_args!("Written {}", path.display())),
            (Made::Kept(path), Lang::Vi) => print::line(format_args!("Đã có, giữ nguyên {}", path.display())),
            (Made::Kept(path), Lang::En) => print::line(format_args!("There already, kept {}", path.display())),
            (Made::Refused(path, error), _) => {
                exit = Exit::Found;
                for line in error.lines(lang) {
                    print::error(format_args!("{}: {line}", path.display()));
                }
            }
        }
    }
    exit
}
