//! The help of every command in the language of the call: `-h` on one screen, `--help` with examples and what the
//! command's exit codes mean.

use clap::builder::StyledStr;
use clap::{Arg, ArgAction, Command};

use super::Exit;
use super::words::{BETWEEN, both, pick};
use crate::finding::Lang;

/// The widest line, which is that of a terminal that nobody has widened.
const WIDTH: usize = 80;

/// What follows the options in the long help of a command: a remark (or nothing), commands to copy with what each does,
/// and how the command can end. All texts are of both languages.
pub fn more(remark: &str, examples: &[(&str, &str)], ends: &[(Exit, &str)]) -> String {
    let in_lang = |lang| {
        let mut parts = Vec::new();
        if !remark.is_empty() {
            parts.push(pick(remark, lang).to_owned());
        }
        if !examples.is_empty() {
            let lines = examples
                .iter()
                .map(|(command, what)| format!("\n  {}\n      {}", pick(command, lang), pick(what, lang)));
            parts.push(format!("{}{}", pick(both!("Ví dụ:", "Examples:"), lang), lines.collect::<String>()));
        }
        if !ends.is_empty() {
            parts.push(ways_to_end(ends, lang));
        }
        parts.join("\n\n")
    };
    format!("{}{BETWEEN}{}", in_lang(Lang::Vi), in_lang(Lang::En))
}

fn ways_to_end(ends: &[(Exit, &str)], lang: Lang) -> String {
    let lines = ends.iter().map(|(exit, meaning)| format!("\n  {}  {}", exit.number(), pick(meaning, lang)));
    format!("{}{}", pick(both!("Mã kết thúc:", "Exit codes:"), lang), lines.collect::<String>())
}

/// All texts of a command and of those below it in one language, the library's own words too.
pub fn in_language(command: Command, lang: Lang) -> Command {
    let usage = pick(both!("Cách dùng", "Usage"), lang);
    let template = format!("{{about-with-newline}}\n{usage}: {{usage}}\n\n{{all-args}}{{after-help}}");
    let command = command
        .disable_help_flag(true)
        .arg(help_flag())
        .max_term_width(WIDTH)
        .help_template(template)
        .subcommand_help_heading(pick(both!("Lệnh", "Commands"), lang).to_owned())
        .subcommand_value_name(pick(both!("LỆNH", "COMMAND"), lang).to_owned())
        .mut_args(|arg| argument(arg, lang));
    let about = command.get_about().map(|text| styled(text, lang));
    let after = command.get_after_long_help().map(|text| styled(text, lang));
    let command = command.mut_subcommands(|command| in_language(command, lang));
    let command = about.into_iter().fold(command, Command::about);
    after.into_iter().fold(command, Command::after_long_help)
}

/// How a command is called, in a line: `cds run [TÙY CHỌN] [THƯ-MỤC]`.
pub fn usage(command: &Command, lang: Lang) -> String {
    in_words(&command.clone().render_usage().to_string(), lang)
}

/// A line of usage that the library made, without its English words.
pub fn in_words(usage: &str, lang: Lang) -> String {
    let usage = usage.trim().trim_start_matches("Usage:").trim();
    usage.replace("[OPTIONS]", pick(both!("[TÙY CHỌN]", "[OPTIONS]"), lang))
}

/// The same for every command below, each with its full name, once the whole tree is known.
pub fn with_usage(mut command: Command, lang: Lang) -> Command {
    command.build();
    with_own_usage(command, lang)
}

fn with_own_usage(command: Command, lang: Lang) -> Command {
    let own = usage(&command, lang);
    command.override_usage(own).mut_subcommands(|command| with_own_usage(command, lang))
}

fn help_flag() -> Arg {
    let about =
        both!("In lời giải thích này; --help: đủ cả, có ví dụ", "Print this help; --help: all of it, with examples");
    Arg::new("help").short('h').long("help").action(ArgAction::Help).help(about)
}

/// Values that are allowed stand in the name of the value.
fn argument(arg: Arg, lang: Lang) -> Arg {
    let heading = match arg.is_positional() {
        true => both!("Ghi sau tên lệnh", "Arguments"),
        false => both!("Tùy chọn", "Options"),
    };
    let takes = arg.get_action().takes_values();
    let help = arg.get_help().map(|text| styled(text, lang));
    let names = arg.get_value_names().map(|names| names.iter().map(|name| pick(name, lang).to_owned()).collect());
    let arg = arg.help_heading(pick(heading, lang).to_owned()).hide_possible_values(takes).hide_default_value(takes);
    let arg = names.into_iter().fold(arg, |arg, names: Vec<String>| arg.value_names(names));
    help.into_iter().fold(arg, Arg::help)
}

fn styled(text: &StyledStr, lang: Lang) -> StyledStr {
    pick(&text.to_string(), lang).to_owned().into()
}
