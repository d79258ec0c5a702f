//! `cds finalize RUN --moc gui-so`: lists the open errors, asks for a decision on each, then freezes the result.

use std::io::{IsTerminal, stdin};
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use jiff::civil::Date;

use super::words::{self, both};
use super::{Exit, ask, help, print, time};
use crate::codes::Level;
use crate::finalize::{Case, Choice, Dossier, FinalizeError, Frozen, Newer, OpenError, Order, Zero};
use crate::finding::Lang;
use crate::folder::{FolderError, run_meant};
use crate::intake::office_time;
use crate::milestone::{Decided, Kind};
use crate::outcome::Status;

#[derive(Debug, clap::Args)]
#[command(after_long_help = help::more(REMARK, &EXAMPLES, &ENDS))]
pub struct Args {
    #[arg(value_name = both!("LẦN-CHẠY", "RUN"), help = both!(
        "Thư mục của lần chạy, ví dụ ket-qua/2025-06-01T0200",
        "The folder of the run, as ket-qua/2025-06-01T0200"
    ))]
    run: PathBuf,
    #[arg(long, value_enum, value_name = "phe-duyet|gui-so|cong-nhan", help = both!(
        "Chốt để làm gì: phê duyệt, gửi Sở, hay ghi nhận kết quả Sở công nhận",
        "What for: approval, the report to the Department, or what the Department recognised"
    ))]
    moc: Moc,
    #[arg(long, value_name = both!("SỐ", "NUMBER"), default_value = "", help = both!(
        "Số, ký hiệu của quyết định hay báo cáo, ví dụ 15/BC-PGDĐT",
        "Number of the decision or report, as 15/BC-PGDĐT"
    ))]
    so: String,
    #[arg(long, value_name = both!("NGÀY", "DAY"), value_parser = time::day, help = both!(
        "Ngày của quyết định hay báo cáo: 15/6/2025 hoặc 2025-06-15",
        "Day of the decision or report: 15/6/2025 or 2025-06-15"
    ))]
    ngay: Option<Date>,
    #[arg(long, value_name = both!("HỌ-TÊN", "NAME"), default_value = "", help = both!(
        "Họ tên người ký; không ghi thì lấy trong co-quan.toml",
        "Who signs; without it as in co-quan.toml"
    ))]
    nguoi_ky: String,
    #[arg(long, help = both!(
        "Chấp nhận mọi lỗi còn lại: mục có lỗi tính 0 điểm, phiếu chưa hợp lệ coi như chưa nộp",
        "Accept all open errors: such items count as 0, such returns as missing"
    ))]
    accept_open: bool,
    #[arg(long, help = both!(
        "Chốt đúng lần chạy này dù có lần chạy hay mốc mới hơn",
        "Freeze this run though a newer run or milestone is there"
    ))]
    older: bool,
}

const REMARK: &str = both!(
    "Chốt không sửa lần chạy: kết quả chốt nằm trong thư mục riêng bên cạnh,\nket-qua/<lần chạy>-<mốc>.",
    "The run stays as it is: what is frozen lies beside it in ket-qua/RUN-MOC."
);

const EXAMPLES: [(&str, &str); 2] = [
    (
        r"cds finalize ket-qua\2025-06-01T0200 --moc phe-duyet",
        both!("Trình phê duyệt; hỏi về từng lỗi còn lại.", "For approval; asks about each open error."),
    ),
    (
        r"cds finalize ket-qua\2025-06-01T0200 --moc gui-so --ngay 15/6/2025 --accept-open",
        both!("Gửi Sở, chấp nhận mọi lỗi còn lại.", "For the Department, with all open errors accepted."),
    ),
];

const ENDS: [(Exit, &str); 5] = [
    (Exit::Done, both!("đã chốt", "frozen")),
    (
        Exit::Found,
        both!(
            "chưa chốt: có lỗi chờ trường sửa hoặc chờ điểm thẩm định",
            "not frozen: an error waits for the school or for a verified score"
        ),
    ),
    (
        Exit::Unusable,
        both!(
            "chưa chốt: sai cách dùng, lỗi chưa quyết định, phiếu đã đổi sau lần chạy",
            "not frozen: wrong usage, errors without a decision, returns changed since"
        ),
    ),
    (Exit::Busy, both!("chưa chốt: một lần chạy khác đang làm việc", "not frozen: another run is at work")),
    (Exit::NotWritten, both!("chưa chốt: không ghi được", "not frozen: it could not be written")),
];

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Moc {
    PheDuyet,
    GuiSo,
    CongNhan,
}

impl From<Moc> for Kind {
    fn from(moc: Moc) -> Kind {
        match moc {
            Moc::PheDuyet => Kind::Approval,
            Moc::GuiSo => Kind::Report,
            Moc::CongNhan => Kind::Recognition,
        }
    }
}

pub fn main(args: &Args, lang: Lang) -> Exit {
    let run = run_meant(&args.run);
    let case = match Case::open(&run, args.moc.into()) {
        Ok(case) => case,
        Err(failure) => return refused(&failure, lang),
    };
    let open = case.open_errors();
    heading(&case, &run, args, lang);
    if !case.changed.is_empty() {
        let names = case.changed.join(", ");
        print::line(match lang {
            Lang::Vi => {
                format!("Đã khác lúc chạy: {names}. Kết quả chốt được làm lại từ ket-qua.json, không lấy các tệp này.")
            }
            Lang::En => format!("Not as the run wrote it: {names}. What is frozen is made anew from ket-qua.json."),
        });
    }
    if !is_meant(&case, args, lang) {
        return Exit::Unusable;
    }
    list(&case, &open, lang);
    let decided = match decide(&open, args, lang) {
        Ok(decided) => decided,
        Err(exit) => return exit,
    };
    let order = Order {
        kind: args.moc.into(),
        number: args.so.trim().to_owned(),
        date: args.ngay,
        signer: args.nguoi_ky.trim().to_owned(),
        at: office_time(jiff::Timestamp::now()),
    };
    match case.freeze(&order, decided, args.accept_open) {
        Ok(frozen) => {
            told(&frozen, lang);
            super::documents::of_milestone(&frozen.milestone, lang);
            Exit::Done
        }
        Err(failure) => refused(&failure, lang),
    }
}

/// Whether this run is meant though something is newer: said, and asked where somebody can answer.
fn is_meant(case: &Case, args: &Args, lang: Lang) -> bool {
    for newer in &case.newer {
        print::line(match (newer, lang) {
            (Newer::Run(run), Lang::Vi) => format!("Lưu ý: lần chạy mới nhất là {run}, không phải lần chạy này."),
            (Newer::Run(run), Lang::En) => format!("Note: the newest run is {run}, not this one."),
            (Newer::Frozen(kind, run), Lang::Vi) => {
                format!("Lưu ý: mốc {} đã chốt từ lần chạy mới hơn, {run}.", kind.label(lang))
            }
            (Newer::Frozen(kind, run), Lang::En) => {
                format!("Note: a newer run, {run}, was frozen for {} already.", kind.label(lang))
            }
        });
    }
    if case.newer.is_empty() || args.older {
        return true;
    }
    let answer = ask::is_possible().then(|| {
        ask::line(match lang {
            Lang::Vi => "Vẫn chốt lần chạy cũ này? Gõ c (có) rồi nhấn Enter; phím khác là thôi: ",
            Lang::En => "Freeze this older run all the same? Type y, then Enter; anything else leaves: ",
        })
    });
    let answer = answer.flatten().unwrap_or_default().to_lowercase();
    let is_sure = ["c", "có", "y", "yes"].contains(&answer.as_str());
    if !is_sure {
        print::error(match lang {
            Lang::Vi => "Chưa chốt. Chốt lần chạy mới nhất, hoặc thêm --older nếu đúng là lần chạy cũ này.",
            Lang::En => "Not frozen. Freeze the newest run, or add --older if this older one is meant.",
        });
    }
    is_sure
}

fn refused(failure: &FinalizeError, lang: Lang) -> Exit {
    print::error(failure.message(lang));
    match failure {
        FinalizeError::Folder(FolderError::Busy { .. }) => Exit::Busy,
        FinalizeError::Folder(FolderError::CannotWrite { .. }) | FinalizeError::NotWritten { .. } => Exit::NotWritten,
        _ => Exit::Unusable,
    }
}

fn level(level: Option<Level>, lang: Lang) -> String {
    match (level, lang) {
        (Some(level), Lang::Vi) => format!("mức {level}"),
        (Some(level), Lang::En) => format!("level {level}"),
        (None, Lang::Vi) => "chưa tính".to_owned(),
        (None, Lang::En) => "not counted".to_owned(),
    }
}

/// The level that would be: of what could not be read, nobody knows.
fn mended(without: Option<Level>, lang: Lang) -> String {
    match (without, lang) {
        (None, Lang::Vi) => "chưa biết".to_owned(),
        (None, Lang::En) => "not known".to_owned(),
        (known, _) => level(known, lang),
    }
}

/// What is about to be frozen, and for what.
fn heading(case: &Case, run: &Path, args: &Args, lang: Lang) {
    let expected = &case.outcome.expected;
    let accepted = expected.iter().filter(|expected| expected.status == Status::Accepted).count();
    let (run, owed) = (run.file_name().unwrap_or_default().to_string_lossy(), expected.len());
    let label = Kind::from(args.moc).label(lang);
    print::line(match lang {
        Lang::Vi => format!("Chốt lần chạy {run} để {label}: {accepted}/{owed} phiếu được tính."),
        Lang::En => format!("Freezing the run {run} for {label}: {accepted}/{owed} returns count."),
    });
}

/// Every open error, and the levels with and without it.
fn list(case: &Case, open: &[OpenError], lang: Lang) {
    if case.outcome.is_draft() {
        print::line(match lang {
            Lang::Vi => "Lưu ý: kết quả còn là DỰ THẢO, có giá trị chưa đối chiếu phụ lục hoặc chưa khớp nhau.",
            Lang::En => "Note: the result is a DRAFT, some figures are not checked against the annex or do not add up.",
        });
    }
    if open.is_empty() {
        return;
    }
    let office = case.office_levels();
    let (with, without) = (level(office.with, lang), mended(office.without, lang));
    print::line(match lang {
        Lang::Vi => format!("Còn {} lỗi. Cơ quan: {with}; nếu mọi lỗi được sửa: {without}.", open.len()),
        Lang::En => format!("{} open errors. The office: {with}; with all mended: {without}.", open.len()),
    });
    for (number, error) in (1..).zip(open) {
        show(number, error, lang);
    }
}

fn show(number: usize, error: &OpenError, lang: Lang) {
    let finding = &error.finding;
    let who = finding.school.as_ref().map_or_else(String::new, |code| format!("{code} {}: ", error.name));
    print::line(format_args!("{number}. {} {who}{}", finding.code, finding.message(lang)));
    let place = finding.place.to_string();
    let (with, without) = (level(error.with, lang), mended(error.without, lang));
    print::line(match lang {
        Lang::Vi => format!("    {place}; còn lỗi: {with}, hết lỗi: {without}"),
        Lang::En => format!("    {place}; with it: {with}, without it: {without}"),
    });
}

/// A decision on each: asked on a terminal, else all at once or none.
fn decide(open: &[OpenError], args: &Args, lang: Lang) -> Result<Vec<Decided>, Exit> {
    let zero = |open: &[OpenError]| open.iter().map(|error| error.decided(Choice::Zero)).collect::<Vec<_>>();
    if args.accept_open || open.is_empty() {
        return Ok(zero(open));
    }
    if !stdin().is_terminal() {
        print::error(match lang {
            Lang::Vi => {
                "Chưa chốt: cần quyết định cho từng lỗi. Chạy trong cửa sổ lệnh để được hỏi, hoặc thêm --accept-open để tính 0 điểm cho mọi lỗi."
            }
            Lang::En => {
                "Not frozen: each error needs a decision. Run on a terminal to be asked, or add --accept-open: all count as 0."
            }
        });
        return Err(Exit::Unusable);
    }
    print::line(match lang {
        Lang::Vi => {
            "\nVới từng lỗi, gõ một chữ trong ngoặc vuông rồi nhấn Enter. Có lỗi chờ sửa (s, t) thì lần này chưa chốt."
        }
        Lang::En => {
            "\nFor each error type one of the letters in brackets, then Enter. With one that waits (s, t) nothing is frozen yet."
        }
    });
    let waiting = match decide_each(open, |number, error| {
        show(number, error, lang);
        ask(error, lang)
    }) {
        Decision::All(decided) => return Ok(decided),
        Decision::Left => {
            print::error(match lang {
                Lang::Vi => "Đã thôi, chưa chốt gì.",
                Lang::En => "Left; nothing was frozen.",
            });
            return Err(Exit::Unusable);
        }
        Decision::Waiting(waiting) => waiting,
    };
    print::line(match lang {
        Lang::Vi => "Chưa chốt. Làm các việc sau, chạy tổng hợp lại rồi chốt lần chạy mới:",
        Lang::En => "Not frozen. Do this, run again, and freeze the new run:",
    });
    for (choice, error) in waiting {
        let what = match (choice, lang) {
            (Choice::Verify, Lang::Vi) => "ghi điểm thẩm định vào tham-dinh/",
            (Choice::Verify, Lang::En) => "record a verified score in tham-dinh/",
            (_, Lang::Vi) => "trường sửa và gửi lại",
            (_, Lang::En) => "the school corrects it and sends it again",
        };
        let finding = &error.finding;
        print::line(format_args!("- {what}: {} {} {}", finding.place, finding.code, finding.advice(lang)));
    }
    Err(Exit::Found)
}

#[derive(Debug, Clone, Copy)]
enum Answer {
    One(Choice),
    RestZero,
}

/// What came of the questions.
#[derive(Debug, PartialEq)]
enum Decision<'a> {
    /// Every error counts as 0.
    All(Vec<Decided>),
    /// These are mended first.
    Waiting(Vec<(Choice, &'a OpenError)>),
    /// No answer.
    Left,
}

/// Asks about one error after the other.
fn decide_each(open: &[OpenError], mut ask: impl FnMut(usize, &OpenError) -> Option<Answer>) -> Decision<'_> {
    let mut decided = Vec::new();
    let mut waiting = Vec::new();
    let mut rest = false;
    for (number, error) in (1..).zip(open) {
        let answer = if rest { Some(Answer::RestZero) } else { ask(number, error) };
        match answer {
            Some(Answer::One(choice @ (Choice::Correct | Choice::Verify))) => waiting.push((choice, error)),
            Some(Answer::One(Choice::Zero)) => decided.push(error.decided(Choice::Zero)),
            Some(Answer::RestZero) => {
                rest = true;
                decided.push(error.decided(Choice::Zero));
            }
            None => return Decision::Left,
        }
    }
    if waiting.is_empty() { Decision::All(decided) } else { Decision::Waiting(waiting) }
}

/// Asks until the answer is understood; `None` at the end of the input, or to leave.
fn ask(error: &OpenError, lang: Lang) -> Option<Answer> {
    let question = question(error, lang);
    loop {
        print::ask(&question);
        let mut line = String::new();
        if stdin().read_line(&mut line).ok()? == 0 {
            return None;
        }
        match line.trim().to_lowercase().as_str() {
            "0" => return Some(Answer::One(Choice::Zero)),
            "s" => return Some(Answer::One(Choice::Correct)),
            "t" if error.verifiable() => return Some(Answer::One(Choice::Verify)),
            "a" => return Some(Answer::RestZero),
            "q" => return None,
            _ => print::line(match lang {
                Lang::Vi => "    Chưa hiểu; gõ một chữ trong ngoặc vuông.",
                Lang::En => "    Not understood; type one of the letters in brackets.",
            }),
        }
    }
}

/// The answers that make sense for this error, and what each means.
fn question(error: &OpenError, lang: Lang) -> String {
    let zero = match (error.zero, lang) {
        (Zero::Item | Zero::OwnItem, Lang::Vi) => "tính 0 điểm",
        (Zero::Item | Zero::OwnItem, Lang::En) => "counts as 0",
        (Zero::Missing, Lang::Vi) => "coi như chưa nộp",
        (Zero::Missing, Lang::En) => "counts as missing",
        (Zero::LeftOut, Lang::Vi) => "không tính tệp này",
        (Zero::LeftOut, Lang::En) => "the file is left out",
        (Zero::AsIs, Lang::Vi) => "giữ như đang tính",
        (Zero::AsIs, Lang::En) => "stays as it counts now",
    };
    let verify = match lang {
        _ if !error.verifiable() => "",
        Lang::Vi => "  [t] chờ ghi điểm thẩm định",
        Lang::En => "  [t] verified score first",
    };
    match lang {
        Lang::Vi => format!("    [0] {zero}  [s] chờ sửa, gửi lại{verify}  [a] chấp nhận mọi lỗi còn lại  [q] thôi: "),
        Lang::En => format!("    [0] {zero}  [s] corrected first{verify}  [a] accept all the rest  [q] leave: "),
    }
}

fn told(frozen: &Frozen, lang: Lang) {
    let (seal, path) = (&frozen.milestone.seal, frozen.milestone.path.display());
    let (code, folder, returns) = (&seal.code, seal.kind.folder(), frozen.returns);
    let (label, cds) = (seal.kind.label(lang), words::program());
    print::line(match lang {
        Lang::Vi => format!(
            "Đã chốt để {label}: {path}\nMã chốt: {code} (in ở cuối trang Báo cáo).\n\
             Thư mục {folder}: tong-hop.xlsx để ký và gửi, {returns} tệp phiếu được tính trong phieu, minh-chung.csv.\n\
             Phiếu nộp sau không làm đổi kết quả này. Kiểm tra lại bất cứ lúc nào: {cds} verify \"{path}\""
        ),
        Lang::En => format!(
            "Frozen for {label}: {path}\nSeal: {code} (at the foot of the sheet Báo cáo).\n\
             The folder {folder}: tong-hop.xlsx to sign and hand over, {returns} files of counted returns in phieu, minh-chung.csv.\n\
             Later returns change nothing in it. Check it at any time: {cds} verify \"{path}\""
        ),
    });
    if let Dossier { copied: 1.., left } | Dossier { left: left @ 1.., .. } = frozen.dossier {
        let copied = frozen.dossier.copied;
        print::line(match lang {
            Lang::Vi => format!(
                "Hồ sơ minh chứng: đã chép {copied} tệp vào {folder}/minh-chung, {left} tệp quá giới hạn chưa chép."
            ),
            Lang::En => {
                format!("Evidence: {copied} files copied to {folder}/minh-chung, {left} beyond the bound left out.")
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::{Finding, code};

    fn open(n: usize) -> Vec<OpenError> {
        let finding = Finding::new(code::NOT_A_WORKBOOK);
        vec![OpenError { finding, name: String::new(), with: None, without: None, zero: Zero::Missing }; n]
    }

    #[test]
    fn one_error_that_waits_holds_the_freezing() {
        let open = open(3);
        let answers = [Answer::One(Choice::Zero), Answer::One(Choice::Verify), Answer::RestZero];
        let decision = decide_each(&open, |number, _| answers.get(number - 1).copied());
        assert_eq!(decision, Decision::Waiting(vec![(Choice::Verify, &open[1])]));
    }

    #[test]
    fn the_rest_is_not_asked_about() {
        let open = open(3);
        let mut asked = 0;
        let decision = decide_each(&open, |_, _| {
            asked += 1;
            Some(Answer::RestZero)
        });
        assert!(matches!(decision, Decision::All(all) if all.len() == 3 && all[0].decision == "coi_nhu_chua_nop"));
        assert_eq!(asked, 1);
        assert_eq!(decide_each(&open, |_, _| None), Decision::Left);
    }

    #[test]
    fn a_verified_score_is_offered_only_where_it_could_serve() {
        let mut error = open(1).remove(0);
        assert!(question(&error, Lang::Vi).contains("[0] coi như chưa nộp  [s] chờ sửa, gửi lại  [a]"));
        error.zero = Zero::Item;
        assert!(question(&error, Lang::Vi).contains("[0] tính 0 điểm  [s] chờ sửa, gửi lại  [t] chờ ghi điểm"));
    }
}
