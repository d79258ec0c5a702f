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

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand, ValueEnum};

use crate::finding::Lang;
use crate::reader;

pub use exit::Exit;

/// Tổng hợp phiếu tự đánh giá mức độ chuyển đổi số của các trường thành báo cáo của cơ quan.
#[derive(Debug, Parser)]
#[command(name = "cds", version, after_help = Exit::table(Lang::Vi), disable_help_subcommand = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
    /// Ngôn ngữ của thông báo.
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
    let cli = Cli::parse();
    let lang = cli.lang.into();
    quiet_panics();
    // The writer of workbooks panics where the disk is full. Nothing is in its place then.
    let exit = catch_unwind(AssertUnwindSafe(|| cli.command.start(lang)));
    exit.unwrap_or_else(|panic| print::broken_off(&*panic, lang)).into()
}

/// What is caught is said by whoever catches it; `RUST_BACKTRACE` brings the rest.
fn quiet_panics() {
    if std::env::var_os("RUST_BACKTRACE").is_none() {
        std::panic::set_hook(Box::new(|_| {}));
    }
}

impl Command {
    fn start(self, lang: Lang) -> Exit {
        match self {
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
        }
    }
}

/// This program, which is its own reader.
fn this_program() -> PathBuf {
    std::env::current_exe().unwrap_or_else(|_| PathBuf::from("cds"))
}

/// One reader for each core.
fn threads() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}
