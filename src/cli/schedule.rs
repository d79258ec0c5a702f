//! `cds schedule OFFICE --at 02:00`: prints what a scheduler needs; `--install` installs it for this user.

use std::env;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use clap::ValueEnum;
use jiff::civil::Time;

use super::words::{self, both};
use super::{Exit, help, print, this_program, time};
use crate::finding::Lang;
use crate::folder::{Existing, OfficeFolder, put};
use crate::intake::office_time;
use crate::schedule::{self, From, Nightly, Units};
use crate::system;

#[derive(Debug, clap::Args)]
#[command(after_long_help = help::more(REMARK, &EXAMPLES, &ENDS))]
pub struct Args {
    #[arg(value_name = both!("THƯ-MỤC", "FOLDER"), help = both!("Thư mục của cơ quan", "The office folder"))]
    office: PathBuf,
    #[arg(long, value_name = both!("GIỜ", "TIME"), value_parser = time::hour, help = both!(
        "Giờ chạy mỗi đêm, theo đồng hồ của máy, ví dụ 02:00",
        "When to run each night, by the machine's clock, as 02:00"
    ))]
    at: Time,
    #[arg(long = "for", value_enum, value_name = "systemd|cron|windows", help = both!(
        "Cho systemd, cron hay windows; không ghi thì theo máy này",
        "For systemd, cron or windows; without it for this machine"
    ))]
    scheduler: Option<Scheduler>,
    #[arg(long, help = both!(
        "Cài lịch cho người dùng này: systemd, windows. Với cron chỉ in dòng cần thêm, không tự sửa crontab",
        "Install it for this user: systemd, windows. For cron the lines are printed, no crontab is edited"
    ))]
    install: bool,
    #[arg(short, long, value_name = both!("TỆP", "FILE"), conflicts_with = "install", help = both!(
        "Ghi tệp .xml cho Windows ra đây thay vì in ra màn hình",
        "Write the .xml for Windows here instead of printing it"
    ))]
    output: Option<PathBuf>,
}

const REMARK: &str = both!(
    "Máy tắt lúc đến giờ: lịch nào cũng chạy bù khi máy bật lại.",
    "Was the machine off at that time, each schedule catches up after the start."
);

const EXAMPLES: [(&str, &str); 2] = [
    (
        r"cds schedule D:\chuyen-doi-so --at 02:00",
        both!("In lịch cho máy này; chưa cài gì.", "Print it for this machine; nothing is installed."),
    ),
    (
        r"cds schedule D:\chuyen-doi-so --at 02:00 --for windows -o lich.xml",
        both!("Ghi tệp để nhập vào Task Scheduler.", "A file for the Task Scheduler to import."),
    ),
];

const ENDS: [(Exit, &str); 3] = [
    (Exit::Done, both!("đã in, hoặc đã cài lịch", "printed, or installed")),
    (Exit::Unusable, both!("sai cách dùng, hoặc không cài được", "wrong usage, or it cannot be installed")),
    (Exit::NotWritten, both!("không ghi được tệp của lịch", "the file cannot be written")),
];

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Scheduler {
    Systemd,
    Cron,
    Windows,
}

impl Scheduler {
    fn of_this_machine() -> Scheduler {
        match () {
            () if cfg!(windows) => Scheduler::Windows,
            () if Path::new("/run/systemd/system").is_dir() => Scheduler::Systemd,
            () => Scheduler::Cron,
        }
    }
}

pub fn main(args: &Args, lang: Lang) -> Exit {
    let office = match OfficeFolder::open(&args.office) {
        Ok(folder) => folder.root().to_owned(),
        Err(failure) => {
            print::error(failure.message(lang));
            return Exit::Unusable;
        }
    };
    let nightly = Nightly { program: this_program(), office, at: args.at };
    let scheduler = args.scheduler.unwrap_or_else(Scheduler::of_this_machine);
    let from = From(office_time(jiff::Timestamp::now()).date());
    let done = match scheduler {
        Scheduler::Systemd => schedule::units(&nightly).map(|units| systemd(&units, args.install, lang)),
        Scheduler::Cron => schedule::crontab(&nightly).map(|lines| cron(&lines, args.install, lang)),
        Scheduler::Windows => schedule::task(&nightly, from).map(|task| windows(&nightly, &task, args, lang)),
    };
    done.unwrap_or_else(|unwritable| {
        let path = unwritable.0.display();
        print::error(match lang {
            Lang::Vi => format!("Đường dẫn {path} có ký tự mà lịch không ghi được. Đổi tên thư mục rồi làm lại."),
            Lang::En => format!("The path {path} has characters that no schedule can hold. Rename the folder."),
        });
        Exit::Unusable
    })
}

fn systemd(units: &Units, install: bool, lang: Lang) -> Exit {
    if install {
        return install_systemd(units, lang);
    }
    let enable = format!("systemctl --user daemon-reload && systemctl --user enable --now {}", units.timer_name);
    print::line(match lang {
        Lang::Vi => format!(
            "# Ghi hai tệp sau vào ~/.config/systemd/user/, rồi chạy:\n#   {enable}\n\
             # Để lịch chạy cả khi chưa đăng nhập: loginctl enable-linger\n# Hoặc thêm --install để cài luôn.\n"
        ),
        Lang::En => format!(
            "# Put these two files into ~/.config/systemd/user/, then:\n#   {enable}\n\
             # To run without a login too: loginctl enable-linger\n# Or add --install.\n"
        ),
    });
    print::line(format_args!("# {}\n{}", units.service_name, units.service));
    print::line(format_args!("# {}\n{}", units.timer_name, units.timer.trim_end()));
    Exit::Done
}

/// Where the units of a user are.
fn user_units() -> Option<PathBuf> {
    let set = |name: &str| env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    let config = set("XDG_CONFIG_HOME").or_else(|| Some(set("HOME")?.join(".config")));
    config.map(|config| config.join("systemd/user"))
}

fn install_systemd(units: &Units, lang: Lang) -> Exit {
    let Some(folder) = user_units() else {
        print::error(match lang {
            Lang::Vi => "Không biết thư mục riêng của người dùng (HOME). Chạy không có --install rồi tự ghi hai tệp.",
            Lang::En => {
                "The user's own folder (HOME) is not known. Run without --install and place the files yourself."
            }
        });
        return Exit::Unusable;
    };
    let write = |name: &str, text: &str| put(&folder.join(name), text.as_bytes(), Existing::Replace);
    let written = fs::create_dir_all(&folder)
        .and_then(|()| write(&units.service_name, &units.service))
        .and_then(|()| write(&units.timer_name, &units.timer));
    if let Err(source) = written {
        let source = system::words(&source, lang);
        print::error(match lang {
            Lang::Vi => format!("Không ghi được vào {}: {source}. Kiểm tra chỗ trống và quyền ghi.", folder.display()),
            Lang::En => format!("Cannot write to {}: {source}. Check free space and permissions.", folder.display()),
        });
        return Exit::NotWritten;
    }
    let started = systemctl(&["daemon-reload"]).and_then(|()| systemctl(&["enable", "--now", &units.timer_name]));
    let (folder, timer) = (folder.display(), &units.timer_name);
    match started {
        Ok(()) => {
            print::line(match lang {
                Lang::Vi => format!(
                    "Đã cài lịch {timer} vào {folder}.\nXem lịch: systemctl --user list-timers. \
                     Bỏ lịch: systemctl --user disable --now {timer}\n\
                     Để lịch chạy cả khi chưa đăng nhập: loginctl enable-linger"
                ),
                Lang::En => format!(
                    "{timer} is installed in {folder}.\nSee it: systemctl --user list-timers. \
                     Remove it: systemctl --user disable --now {timer}\n\
                     To run without a login too: loginctl enable-linger"
                ),
            });
            Exit::Done
        }
        Err(why) => {
            print::error(match lang {
                Lang::Vi => format!(
                    "Đã ghi hai tệp vào {folder}, nhưng chưa bật được lịch: {why}.\nĐăng nhập vào máy rồi chạy: \
                     systemctl --user daemon-reload && systemctl --user enable --now {timer}\n\
                     Máy không có systemd: dùng --for cron."
                ),
                Lang::En => format!(
                    "Both files are in {folder}, but the timer is not on: {why}.\nLog in and run: \
                     systemctl --user daemon-reload && systemctl --user enable --now {timer}\n\
                     Without systemd: use --for cron."
                ),
            });
            Exit::Unusable
        }
    }
}

fn systemctl(arguments: &[&str]) -> Result<(), String> {
    tell(Command::new("systemctl").arg("--user").args(arguments))
}

/// Runs a program of the system; what it complains of is the error.
fn tell(command: &mut Command) -> Result<(), String> {
    let name = command.get_program().to_string_lossy().into_owned();
    match command.stdin(Stdio::null()).output() {
        Ok(output) if output.status.success() => Ok(()),
        Ok(output) => {
            let said = String::from_utf8_lossy(&output.stderr);
            let said = said.trim().lines().next().unwrap_or_default().to_owned();
            Err(if said.is_empty() { format!("{name}: {}", output.status) } else { said })
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => Err(format!("{name}?")),
        Err(error) => Err(format!("{name}: {error}")),
    }
}

/// A crontab is the user's own file: it is never edited for them.
fn cron(lines: &str, install: bool, lang: Lang) -> Exit {
    if install {
        print::error(match lang {
            Lang::Vi => "Chương trình không tự sửa crontab. Chạy crontab -e, dán hai dòng sau vào cuối rồi lưu lại:",
            Lang::En => "A crontab is not edited for you. Run crontab -e, paste these two lines at its end, and save:",
        });
        print::line(lines.trim_end());
        return Exit::Unusable;
    }
    print::line(match lang {
        Lang::Vi => "# Chạy crontab -e rồi dán hai dòng dưới: dòng đầu chạy mỗi đêm, dòng sau chạy bù khi máy bật lại.",
        Lang::En => "# Run crontab -e and paste: the first line runs every night, the second catches up after a start.",
    });
    print::line(lines.trim_end());
    Exit::Done
}

fn windows(nightly: &Nightly, task: &str, args: &Args, lang: Lang) -> Exit {
    let not_written = |path: &Path, source: io::Error| {
        let source = system::words(&source, lang);
        print::error(match lang {
            Lang::Vi => format!("Không ghi được {}: {source}. Kiểm tra chỗ trống và quyền ghi.", path.display()),
            Lang::En => format!("Cannot write {}: {source}. Check free space and permissions.", path.display()),
        });
        Exit::NotWritten
    };
    let name = nightly.name();
    if let Some(path) = &args.output {
        return match put(path, &schedule::utf16(task), Existing::Replace) {
            Ok(()) => {
                let create = format!("schtasks /Create /TN {name} /XML \"{}\"", path.display());
                print::line(match lang {
                    Lang::Vi => format!("Đã ghi {}. Trên máy Windows, chạy: {create}", path.display()),
                    Lang::En => format!("{} is written. On Windows run: {create}", path.display()),
                });
                Exit::Done
            }
            Err(source) => not_written(path, source),
        };
    }
    if !args.install {
        print::line(task.trim_end());
        return Exit::Done;
    }
    // In the office's folder: no file of it anywhere else.
    let path = nightly.office.join(format!(".{name}.xml"));
    if let Err(source) = put(&path, &schedule::utf16(task), Existing::Replace) {
        return not_written(&path, source);
    }
    let created = tell(Command::new("schtasks").args(["/Create", "/F", "/TN", &name, "/XML"]).arg(&path));
    let _: io::Result<()> = fs::remove_file(&path);
    match created {
        Ok(()) => {
            print::line(match lang {
                Lang::Vi => {
                    format!("Đã cài lịch {name}. Xem trong Task Scheduler. Bỏ lịch: schtasks /Delete /TN {name}")
                }
                Lang::En => {
                    format!("Task {name} is installed. See Task Scheduler. Remove: schtasks /Delete /TN {name}")
                }
            });
            Exit::Done
        }
        Err(why) => {
            let cds = words::program();
            print::error(match lang {
                Lang::Vi => format!(
                    "Chưa cài được lịch: {why}. Thử: {cds} schedule với -o lich.xml, rồi nhập tệp đó trong Task Scheduler."
                ),
                Lang::En => format!(
                    "The task is not installed: {why}. Try {cds} schedule with -o task.xml and import it in Task Scheduler."
                ),
            });
            Exit::Unusable
        }
    }
}
