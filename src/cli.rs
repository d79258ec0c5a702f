//! The command line: one file a sub-command, each a few calls into the library. The only place that prints.

mod ask;
mod check;
mod compare;
mod console;
mod doctor;
mod documents;
mod exit;
mod explain;
mod finalize;
mod forms;
mod given;
mod help;
mod init;
mod memory;
mod outcome;
mod print;
mod progress;
mod publish;
mod rules;
mod run;
mod samples;
mod schedule;
mod start;
mod time;
mod usage;
mod verify;
mod why;
mod words;

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::error::ErrorKind;
use clap::{ArgAction, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};

use crate::finding::Lang;
use crate::reader;
use crate::system::VERSION;
use words::both;

pub use exit::Exit;

#[derive(Debug, Parser)]
#[command(name = "cds", bin_name = "cds", version = VERSION, disable_help_subcommand = true, disable_version_flag = true)]
#[command(about = both!(
    "Tổng hợp phiếu tự đánh giá mức độ chuyển đổi số của các trường thành báo cáo của cơ quan",
    "Consolidates schools' self-assessments of digital transformation into the office's report"
))]
#[command(after_long_help = help::more(REMARK, &EXAMPLES, &Exit::of_run()))]
struct Cli {
    #[command(subcommand)]
    command: Command,
    #[arg(short = 'V', long, action = ArgAction::Version)]
    #[arg(help = both!("In phiên bản của chương trình", "Print the version of the program"))]
    version: Option<bool>,
    #[arg(long, global = true, value_enum, default_value = "vi", value_name = "vi|en", help = both!(
        "Ngôn ngữ của thông báo; không ghi thì là vi",
        "Language of messages; without it vi"
    ))]
    lang: LangArg,
}

const REMARK: &str = both!(
    "Ghi thẳng tên thư mục của cơ quan là chạy tổng hợp: cds THƯ-MỤC.",
    "The name of an office folder alone runs it: cds FOLDER."
);

const EXAMPLES: [(&str, &str); 2] = [
    (r"cds init D:\chuyen-doi-so", both!("Tạo thư mục của cơ quan.", "Make the office folder.")),
    (
        r"cds run D:\chuyen-doi-so",
        both!("Tổng hợp, ghi báo cáo vào ket-qua.", "Consolidate; the report is in ket-qua."),
    ),
];

#[derive(Debug, Subcommand)]
enum Command {
    #[command(about = both!(
        "Tạo thư mục cho một năm học, có sẵn mẫu và hướng dẫn",
        "Make a folder for a school year, with templates and what to do"
    ))]
    Init(init::Args),
    #[command(about = both!(
        "Xem thư mục của cơ quan còn thiếu gì, có gì lạ, việc tiếp theo là gì",
        "Tell what the office folder lacks, what is odd in it, and what comes next"
    ))]
    Doctor(doctor::Args),
    #[command(about = both!(
        "Đọc phiếu trong nop, chấm, tổng hợp, ghi báo cáo vào ket-qua",
        "Read the returns in nop, score and consolidate them, write the report to ket-qua"
    ))]
    Run(run::Args),
    #[command(about = both!(
        "Kiểm tra một hay nhiều phiếu, in lỗi và điểm",
        "Check one or more returns, print findings and points"
    ))]
    Check(check::Args),
    #[command(about = both!(
        "Tạo phiếu điền sẵn cho từng trường và cho cơ quan",
        "Make a pre-filled form for each school and for the office"
    ))]
    Forms(forms::Args),
    #[command(about = both!(
        "So hai lần chạy: trường nào mới nộp, đổi điểm, đổi mức; lỗi mới, lỗi đã hết",
        "Compare two runs: new returns, changed points and levels, new and mended faults"
    ))]
    Compare(compare::Args),
    #[command(about = both!("Xem, kiểm tra các bộ chỉ số", "Show and check the indicator sets"))]
    Rules(rules::Args),
    #[command(about = both!(
        "Lịch chạy mỗi đêm cho systemd, cron hoặc Windows; máy tắt thì chạy bù",
        "A nightly run for systemd, cron or Windows that catches up what it missed"
    ))]
    Schedule(schedule::Args),
    #[command(about = both!(
        "Chốt kết quả của một lần chạy để phê duyệt, gửi Sở, công nhận",
        "Freeze the result of a run for approval, report or recognition"
    ))]
    Finalize(finalize::Args),
    #[command(about = both!(
        "Soạn các văn bản trong năm từ một kết quả, theo mẫu của cơ quan",
        "Draft the year's papers from a result, in the office's wording"
    ))]
    Documents(documents::Args),
    #[command(about = both!(
        "Làm trang công khai mức độ của các trường từ một kết quả đã chốt",
        "Make the public page of the schools' levels from a frozen result"
    ))]
    Publish(publish::Args),
    #[command(about = both!(
        "Một sổ, một lần chạy hay kết quả đã chốt có còn đúng như chương trình đã ghi",
        "Tell whether a workbook, a run or a frozen result still holds what was written"
    ))]
    Verify(verify::Args),
    #[command(about = both!("Giải thích một mã lỗi, ví dụ CDS402", "Explain the code of a finding, as CDS402"))]
    Explain(explain::Args),
    #[command(about = both!(
        "Vì sao một trường, một nội dung, một tiêu chí của cơ quan được điểm, mức như vậy",
        "Tell why a school, an item or a criterion of the office has its points and level"
    ))]
    Why(why::Args),
    #[command(about = both!(
        "Tạo thư mục cơ quan để thử, bao nhiêu trường, đơn vị cũng được",
        "Make an office folder to try, of any number of schools and units"
    ))]
    Samples(samples::Args),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum LangArg {
    Vi,
    En,
}

impl From<LangArg> for Lang {
    fn from(arg: LangArg) -> Lang {
        match arg {
            LangArg::Vi => Lang::Vi,
            LangArg::En => Lang::En,
        }
    }
}

/// Runs the program.
pub fn main() -> ExitCode {
    if std::env::args_os().nth(1).is_some_and(|arg| arg == reader::WORKER_ARG) {
        return reader::worker_main();
    }
    let typed: Vec<OsString> = std::env::args_os().collect();
    let lang = asked_lang(&typed);
    let mut known = command(lang);
    let mut given = given::understood(typed, |word| known.find_subcommand(word).is_some());
    if given::is_nothing(&given.words) {
        match start::what(lang) {
            start::Start::Words(words) => {
                given.words.extend(words);
                given.is_implied = true;
            }
            start::Start::Left => return Exit::Done.into(),
            start::Start::Unknown => {}
        }
    }
    // Asked before anything else runs in the window.
    let is_own = given.is_implied && console::is_own();
    let exit = match parsed(&mut known, &given.words, lang) {
        Ok(cli) => {
            if let Command::Run(_) = cli.command {
                memory::from_few_places(&given.words);
            }
            wrong_clock(lang).unwrap_or_else(|| carry_out(cli.command, lang, is_own))
        }
        Err(exit) => exit,
    };
    if is_own {
        console::wait(lang);
    }
    exit.into()
}

/// `is_own`: the window closes with the program, so that what was made has to be opened too.
fn carry_out(command: Command, lang: Lang, is_own: bool) -> Exit {
    match command {
        Command::Init(args) => init::main(&args, lang),
        Command::Doctor(args) => doctor::main(&args, lang),
        Command::Finalize(args) => finalize::main(&args, lang),
        Command::Documents(args) => documents::main(&args, lang),
        Command::Publish(args) => publish::main(&args, lang),
        Command::Verify(args) => verify::main(&args, lang),
        Command::Schedule(args) => schedule::main(&args, lang),
        Command::Run(args) => run::main(&args, lang, is_own),
        Command::Check(args) => check::main(&args, lang),
        Command::Forms(args) => forms::main(&args, lang),
        Command::Compare(args) => compare::main(&args, lang),
        Command::Rules(args) => rules::main(&args, lang),
        Command::Explain(args) => explain::main(&args, lang),
        Command::Why(args) => why::main(&args, lang),
        Command::Samples(args) => samples::main(&args, lang),
    }
}

/// The whole command line in one language, as the parser, completions and the manual take it.
pub fn command(lang: Lang) -> clap::Command {
    help::with_usage(help::in_language(Cli::command(), lang), lang)
}

/// What was asked for; else what was asked about the program, or typed wrong, has been said.
fn parsed(known: &mut clap::Command, given: &[OsString], lang: Lang) -> Result<Cli, Exit> {
    let asked = known.try_get_matches_from_mut(given).and_then(|given| Cli::from_arg_matches(&given));
    asked.map_err(|error| match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            print::line(error.to_string().trim_end());
            Exit::Done
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            print::error(error.to_string().trim_end());
            Exit::Unusable
        }
        _ => {
            let words = given.iter().skip(1).filter_map(|word| word.to_str().map(str::to_owned));
            print::error(usage::message(&error, usage::named(known, words), lang));
            Exit::Unusable
        }
    })
}

/// The language that `--lang` names, wherever it stands, before anything else is understood.
fn asked_lang(given: &[OsString]) -> Lang {
    let words: Vec<&str> = given.iter().filter_map(|word| word.to_str()).collect();
    let named = |pair: &[&str]| match pair {
        ["--lang", "en"] => true,
        [_, word] => *word == "--lang=en",
        _ => false,
    };
    if words.windows(2).any(named) { Lang::En } else { Lang::Vi }
}

/// A word on a clock that is years off, as after a flat battery: names, times and workbooks of such days cannot be written.
fn wrong_clock(lang: Lang) -> Option<Exit> {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).map_or(0, |since| since.as_secs());
    // From 2000 to the last day of 9998.
    if (946_684_800..253_370_764_800).contains(&now) {
        return None;
    }
    print::error(match lang {
        Lang::Vi => "Đồng hồ của máy sai nhiều năm. Chỉnh lại ngày giờ của máy rồi chạy lại.",
        Lang::En => "The clock of this machine is years off. Set date and time, then run again.",
    });
    Some(Exit::Unusable)
}

/// This program, which is its own reader.
fn this_program() -> PathBuf {
    std::env::current_exe().unwrap_or_else(|_| PathBuf::from("cds"))
}

/// One reader for each core.
fn threads() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

/// The office folder that was named, else the one in which somebody stands.
fn office_or_here(named: Option<&Path>) -> PathBuf {
    let here = || std::env::current_dir().unwrap_or_else(|_| PathBuf::from("."));
    named.map_or_else(here, Path::to_owned)
}
