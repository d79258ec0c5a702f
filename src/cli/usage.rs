//! What was typed wrong after `cds`, in words: what it is, the nearest that exists, how the command is called.

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Command, Error};

use super::help;
use super::words::{self, Wrong, both, pick};
use crate::finding::Lang;
use crate::text;

/// How alike a mistyped command must be to the one that is proposed.
const LIKENESS: f64 = 0.5;

/// The whole message about an error of the command line. `command` is the one that the words before the error name.
pub fn message(error: &Error, command: &Command, lang: Lang) -> String {
    let name = to_type(command);
    let words = Words { error, command, lang };
    let usage = error
        .get(ContextKind::Usage)
        .map(|usage| help::in_words(&usage.to_string(), lang))
        .filter(|_| error.kind() == ErrorKind::MissingRequiredArgument)
        .unwrap_or_else(|| help::usage(command, lang));
    match lang {
        Lang::Vi => format!("{}\nCách dùng: {usage}\nXem thêm: {name} --help", words.what()),
        Lang::En => format!("{}\nUsage: {usage}\nMore: {name} --help", words.what()),
    }
}

/// A command as it has to be typed here.
fn to_type(command: &Command) -> String {
    let name = command.get_bin_name().unwrap_or_default();
    format!("{}{}", words::program(), name.trim_start_matches("cds"))
}

/// The command that these words name, as deep as they name one.
pub fn named(command: &Command, words: impl IntoIterator<Item = String>) -> &Command {
    words.into_iter().fold(command, |command, word| command.find_subcommand(&word).unwrap_or(command))
}

struct Words<'a> {
    error: &'a Error,
    command: &'a Command,
    lang: Lang,
}

impl Words<'_> {
    /// The texts of one kind of context: the parts of a list, else one or none.
    fn context(&self, kind: ContextKind) -> Vec<String> {
        match self.error.get(kind) {
            Some(ContextValue::Strings(all)) => all.clone(),
            Some(ContextValue::StyledStrs(all)) => all.iter().map(ToString::to_string).collect(),
            Some(ContextValue::String(one)) => vec![one.clone()],
            Some(ContextValue::StyledStr(one)) => vec![one.to_string()],
            Some(ContextValue::Number(number)) => vec![number.to_string()],
            _ => Vec::new(),
        }
    }

    fn one(&self, kind: ContextKind) -> String {
        self.context(kind).join(", ")
    }

    fn of(&self, vi: String, en: String) -> String {
        if self.lang == Lang::Vi { vi } else { en }
    }

    /// What is wrong, in a sentence or two.
    fn what(&self) -> String {
        let arg = self.one(ContextKind::InvalidArg);
        let value = self.one(ContextKind::InvalidValue);
        match self.error.kind() {
            ErrorKind::InvalidSubcommand => self.unknown_command(&self.one(ContextKind::InvalidSubcommand)),
            ErrorKind::UnknownArgument if arg.starts_with('-') => self.unknown_option(&arg),
            ErrorKind::UnknownArgument if self.command.has_subcommands() => self.unknown_command(&arg),
            ErrorKind::UnknownArgument => self.of(
                format!("Thừa “{arg}”.\nĐường dẫn hay tên có dấu cách thì đặt trong dấu nháy: \"...\"."),
                format!("“{arg}” is too much.\nA path or name with spaces takes quotes: \"...\"."),
            ),
            ErrorKind::MissingRequiredArgument => self.of(format!("Còn thiếu: {arg}."), format!("Missing: {arg}.")),
            ErrorKind::MissingSubcommand => {
                let known = self.commands().join(", ");
                self.of(
                    format!("Còn thiếu tên lệnh. Các lệnh:\n{known}."),
                    format!("The name of a command is missing. Commands:\n{known}."),
                )
            }
            ErrorKind::InvalidValue if value.is_empty() => {
                self.of(format!("{arg} còn thiếu giá trị."), format!("{arg} lacks its value."))
            }
            ErrorKind::InvalidValue => self.not_allowed(&arg, &value),
            ErrorKind::ValueValidation => self.not_valid(&arg, &value),
            ErrorKind::ArgumentConflict => {
                let prior = self.one(ContextKind::PriorArg);
                if prior == arg {
                    self.of(format!("{arg} chỉ ghi một lần."), format!("{arg} can be given only once."))
                } else {
                    self.of(
                        format!("{arg} và {prior} không dùng cùng nhau được; bỏ một trong hai."),
                        format!("{arg} and {prior} cannot be used together; leave one out."),
                    )
                }
            }
            ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => {
                self.of(format!("{arg} còn thiếu giá trị."), format!("{arg} lacks a value."))
            }
            ErrorKind::TooManyValues => self.of(
                format!("{arg} không nhận giá trị “{value}”."),
                format!("{arg} does not take the value “{value}”."),
            ),
            ErrorKind::NoEquals => self
                .of(format!("{arg} cần dấu = trước giá trị."), format!("{arg} takes an equals sign before its value.")),
            ErrorKind::InvalidUtf8 => self.of(
                "Có chữ không đọc được trong dòng lệnh; gõ lại bằng Unicode.".to_owned(),
                "Something on the command line is not Unicode; type it again.".to_owned(),
            ),
            _ => self.of("Dòng lệnh không hiểu được.".to_owned(), "The command line is not understood.".to_owned()),
        }
    }

    fn commands(&self) -> Vec<String> {
        let shown = self.command.get_subcommands().filter(|command| !command.is_hide_set());
        shown.map(|command| command.get_name().to_owned()).collect()
    }

    /// A word where a command was expected: no command, and no folder either, or it would have been run.
    fn unknown_command(&self, word: &str) -> String {
        let known = self.commands();
        let near = text::nearest(word, known.iter().map(String::as_str), LIKENESS);
        let is_top = !self.command.get_bin_name().unwrap_or("cds").contains(' ');
        let what = match is_top {
            true => self.of(
                format!("Không có lệnh “{word}”, cũng không có thư mục hay tệp nào tên như vậy."),
                format!("There is no command “{word}”, nor a folder or file of that name."),
            ),
            false => self.of(format!("Không có lệnh “{word}”."), format!("There is no command “{word}”.")),
        };
        let name = to_type(self.command);
        let hint = match near {
            Some(near) => self.of(format!("Có phải: {name} {near}?"), format!("Did you mean {name} {near}?")),
            None => {
                let known = known.join(", ");
                self.of(format!("Các lệnh:\n{known}."), format!("Commands:\n{known}."))
            }
        };
        format!("{what}\n{hint}")
    }

    fn unknown_option(&self, arg: &str) -> String {
        let what = self.of(format!("Không có tùy chọn {arg}."), format!("There is no option {arg}."));
        // The library likens by letters alone, and may propose what is nothing like it: ours decides.
        let known: Vec<String> =
            self.command.get_arguments().filter_map(|known| known.get_long().map(|long| format!("--{long}"))).collect();
        match text::nearest(arg, known.iter().map(String::as_str), LIKENESS) {
            Some(near) => {
                format!("{what} {}", self.of(format!("Có phải {near}?"), format!("Did you mean {near}?")))
            }
            None => what,
        }
    }

    /// A value that is none of those that are allowed.
    fn not_allowed(&self, arg: &str, value: &str) -> String {
        let allowed = self.context(ContextKind::ValidValue);
        let list = allowed.join(", ");
        match text::nearest(value, allowed.iter().map(String::as_str), LIKENESS) {
            Some(near) => self.of(
                format!("{arg}: không có “{value}”. Có phải “{near}”?\nĐược dùng: {list}."),
                format!("{arg}: there is no “{value}”. Did you mean “{near}”?\nAllowed: {list}."),
            ),
            None => self.of(
                format!("{arg}: không có “{value}”.\nĐược dùng: {list}."),
                format!("{arg}: there is no “{value}”.\nAllowed: {list}."),
            ),
        }
    }

    /// A value that a parser of ours refuses, which says why in both languages.
    fn not_valid(&self, arg: &str, value: &str) -> String {
        let source = std::error::Error::source(self.error);
        let wrong = source
            .and_then(|source| source.downcast_ref::<Wrong>())
            .map_or(both!("không dùng được", "cannot be used"), |wrong| wrong.0);
        format!("{arg}:\n“{value}” {}.", pick(wrong, self.lang))
    }
}
