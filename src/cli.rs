//! The command line: one file a sub-command, each a few calls into the library. The only place that prints.

mod check;
mod compare;
mod doctor;
mod exit;
mod explain;
mod finalize;
mod forms;
mod init;
mod outcome;
mod print;
mod progress;
mod rules;
mod run;
mod schedule;
mod verify;
mod why;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Arg, ArgAction, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};

use crate::finding::Lang;
use crate::reader;
use crate::writers::xlsx;

pub use exit::Exit;

/// Tổng hợp phiếu tự đánh giá mức độ chuyển đổi số của các trường thành báo cáo của cơ quan.
#[derive(Debug, Parser)]
#[command(name = "cds", version, after_help = Exit::table(Lang::Vi), disable_help_subcommand = true)]
#[command(disable_version_flag = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
    /// In phiên bản của chương trình.
    #[arg(short = 'V', long, action = ArgAction::Version)]
    version: Option<bool>,
    /// Ngôn ngữ của thông báo; không ghi thì là vi.
    #[arg(long, global = true, value_enum, default_value = "vi", value_name = "vi|en")]
    lang: LangArg,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Tạo thư mục cho một năm học, có sẵn mẫu và hướng dẫn.
    Init(init::Args),
    /// Xem thư mục của cơ quan còn thiếu gì, có gì lạ, và cách xử lý.
    Doctor(doctor::Args),
    /// Đọc phiếu trong thư mục nop/, chấm, tổng hợp, ghi báo cáo vào ket-qua/.
    Run(run::Args),
    /// Kiểm tra một hay nhiều phiếu, in lỗi và điểm.
    Check(check::Args),
    /// Tạo phiếu điền sẵn cho từng trường và cho cơ quan.
    Forms(forms::Args),
    /// So hai lần chạy: trường nào mới nộp, đổi điểm, đổi mức; lỗi nào mới, lỗi nào đã hết.
    Compare(compare::Args),
    /// Xem, kiểm tra các bộ chỉ số.
    Rules(rules::Args),
    /// Lịch chạy mỗi đêm cho systemd, cron hoặc Windows; máy tắt thì chạy bù.
    Schedule(schedule::Args),
    /// Chốt kết quả của một lần chạy để phê duyệt, gửi Sở, công nhận.
    Finalize(finalize::Args),
    /// Kiểm tra một sổ, một lần chạy hay một kết quả đã chốt có còn đúng như chương trình đã ghi.
    Verify(verify::Args),
    /// Giải thích một mã lỗi, ví dụ CDS402.
    Explain(explain::Args),
    /// Cho biết vì sao một trường, một nội dung hay một tiêu chí của cơ quan được điểm, mức như vậy.
    Why(why::Args),
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
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        if !xlsx::is_caught() {
            usual(panic);
        }
    }));
    let given = in_vietnamese(Cli::command()).get_matches();
    let cli = Cli::from_arg_matches(&given).unwrap_or_else(|wrong| wrong.exit());
    let lang = cli.lang.into();
    let exit = match cli.command {
        Command::Init(args) => init::main(&args, lang),
        Command::Doctor(args) => doctor::main(&args, lang),
        Command::Finalize(args) => finalize::main(&args, lang),
        Command::Verify(args) => verify::main(&args, lang),
        Command::Schedule(args) => schedule::main(&args, lang),
        Command::Run(args) => run::main(&args, lang),
        Command::Check(args) => check::main(&args, lang),
        Command::Forms(args) => forms::main(&args, lang),
        Command::Compare(args) => compare::main(&args, lang),
        Command::Rules(args) => rules::main(&args, lang),
        Command::Explain(args) => explain::main(&args, lang),
        Command::Why(args) => why::main(&args, lang),
    };
    exit.into()
}

/// The library's own words in the help, in Vietnamese. Values that are allowed stand in the name of the value.
fn in_vietnamese(command: clap::Command) -> clap::Command {
    let help = Arg::new("help").short('h').long("help").action(ArgAction::Help).help("In lời giải thích này");
    let heading = |arg: Arg| {
        let heading = if arg.is_positional() { "Ghi sau tên lệnh" } else { "Tùy chọn" };
        let takes = arg.get_action().takes_values();
        arg.help_heading(heading).hide_possible_values(takes).hide_default_value(takes)
    };
    command
        .disable_help_flag(true)
        .arg(help)
        .help_template("{about-with-newline}\nCách dùng: {usage}\n\n{all-args}{after-help}")
        .subcommand_help_heading("Lệnh")
        .subcommand_value_name("LỆNH")
        .mut_args(heading)
        .mut_subcommands(in_vietnamese)
}

/// This program, which is its own reader.
fn this_program() -> PathBuf {
    std::env::current_exe().unwrap_or_else(|_| PathBuf::from("cds"))
}

/// One reader for each core.
fn threads() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}
