//! The end of a run in a few lines: verdict first, then counts, then where to look; and the same for programs.

use jiff::civil::Date;
use serde_json::{Value, json};

use crate::cli::{Exit, print};
use crate::finding::{Lang, Severity};
use crate::milestone::Kind;
use crate::office::Deadline;
use crate::outcome::{Outcome, Status};
use crate::run::Done;

/// How many expected returns have which status.
struct Counts {
    all: usize,
    counted: usize,
    not_valid: usize,
    missing: usize,
    late: usize,
}

impl Counts {
    fn of(outcome: &Outcome) -> Counts {
        let count = |status: Status| outcome.expected.iter().filter(|expected| expected.status == status).count();
        Counts {
            all: outcome.expected.len(),
            counted: count(Status::Accepted),
            not_valid: count(Status::NotValid),
            missing: count(Status::Missing),
            late: outcome.expected.iter().filter(|expected| expected.late == Some(true)).count(),
        }
    }
}

/// For people: at most seven lines.
pub fn text(done: &Done, lang: Lang) -> Vec<String> {
    let outcome = &done.outcome;
    let Counts { all, counted, not_valid, missing, late } = Counts::of(outcome);
    let mut lines = vec![match lang {
        Lang::Vi => {
            format!("{counted}/{all} phiếu được tính; {not_valid} chưa hợp lệ, {missing} chưa nộp, {late} nộp trễ.")
        }
        Lang::En => {
            format!("{counted} of {all} returns count; {not_valid} not valid, {missing} missing, {late} late.")
        }
    }];
    lines.extend(days_left(outcome, missing + not_valid, lang));
    lines.extend(next_deadlines(outcome, lang));
    lines.extend(offices(outcome, lang));
    let counts = print::counts(&outcome.findings, lang);
    let draft = match (outcome.is_draft(), lang) {
        (false, _) => "",
        (true, Lang::Vi) => " Kết quả là DỰ THẢO: có giá trị chưa đối chiếu phụ lục.",
        (true, Lang::En) => " The result is a DRAFT: some figures are not checked against the annex.",
    };
    let rules = done.rules.join(", ");
    lines.push(match lang {
        Lang::Vi => format!("Ghi nhận: {counts}.{draft}"),
        Lang::En => format!("Findings: {counts}.{draft}"),
    });
    lines.push(match lang {
        Lang::Vi => format!("Quy tắc: {rules}."),
        Lang::En => format!("Rules: {rules}."),
    });
    let report = done.path.join("tong-hop.xlsx");
    lines.push(match lang {
        Lang::Vi => format!("Mở báo cáo: {}", report.display()),
        Lang::En => format!("Open the report: {}", report.display()),
    });
    lines
}

/// "Còn 6 ngày đến hạn nộp 31/05/2025; 12 phiếu chưa nộp hoặc phải sửa."
fn days_left(outcome: &Outcome, open: usize, lang: Lang) -> Option<String> {
    let deadline = outcome.office.deadlines.returns?;
    let days = days_between(outcome.at.date(), deadline)?;
    let day = deadline.strftime("%d/%m/%Y");
    Some(match (lang, days) {
        (_, ..0) if open == 0 => return None,
        (Lang::Vi, ..0) => format!("Hạn nộp {day} đã qua {} ngày; {open} phiếu chưa nộp hoặc phải sửa.", -days),
        (Lang::En, ..0) => format!("The deadline {day} passed {} days ago; {open} missing or to be corrected.", -days),
        (Lang::Vi, 0) => format!("Hôm nay là hạn nộp ({day}); {open} phiếu chưa nộp hoặc phải sửa."),
        (Lang::Vi, _) => format!("Còn {days} ngày đến hạn nộp {day}; {open} phiếu chưa nộp hoặc phải sửa."),
        (Lang::En, 0) => format!("Returns are due today ({day}); {open} missing or to be corrected."),
        (Lang::En, _) => format!("{days} days to the deadline {day}; {open} missing or to be corrected."),
    })
}

/// The office's own deadlines that are still to come, and for which nothing was frozen yet.
fn next_deadlines(outcome: &Outcome, lang: Lang) -> Option<String> {
    let reached = |kind: Kind| outcome.milestones.iter().any(|milestone| milestone.kind >= kind);
    let is_done = |key: &str| match key {
        "phe_duyet" => reached(Kind::Approval),
        "gui_so" => reached(Kind::Report),
        key => key == "nop_phieu",
    };
    let mut next: Vec<Deadline> = outcome.office.deadlines.all();
    next.retain(|(key, _, day)| !is_done(key) && *day >= outcome.at.date());
    next.sort_by_key(|(.., day)| *day);
    let shown = next.iter().filter_map(|(_, [vi, en], day)| {
        let date = day.strftime("%d/%m/%Y");
        Some(match (lang, days_between(outcome.at.date(), *day)?) {
            (Lang::Vi, 0) => format!("{vi} {date} (hôm nay)"),
            (Lang::En, 0) => format!("{en} {date} (today)"),
            (Lang::Vi, days) => format!("{vi} {date} (còn {days} ngày)"),
            (Lang::En, days) => format!("{en} {date} (in {days} days)"),
        })
    });
    let shown: Vec<String> = shown.collect();
    let title = if lang == Lang::Vi { "Hạn sắp tới" } else { "Next deadlines" };
    (!shown.is_empty()).then(|| format!("{title}: {}.", shown.join(", ")))
}

fn days_between(from: Date, to: Date) -> Option<i32> {
    Some(from.until(to).ok()?.get_days())
}

fn offices(outcome: &Outcome, lang: Lang) -> Option<String> {
    let offices = outcome.offices.as_ref()?;
    let set = outcome.book.get(&offices.set)?;
    let level = offices.scored.level.map(|level| {
        let name = set.overall_scale().map_or("", |scale| scale.name_of(level));
        match lang {
            Lang::Vi => format!("; mức {level} ({name})"),
            Lang::En => format!("; level {level} ({name})"),
        }
    });
    let (points, level) = (offices.scored.total, level.unwrap_or_default());
    Some(match lang {
        Lang::Vi => format!("Điểm của cơ quan: {points}{level}."),
        Lang::En => format!("The office's own points: {points}{level}."),
    })
}

/// For programs: one object.
pub fn json(done: &Done, exit: Exit) -> Value {
    let outcome = &done.outcome;
    let Counts { all, counted, not_valid, missing, late } = Counts::of(outcome);
    let weight = |severity: Severity| outcome.findings.iter().filter(|f| f.severity == severity).count();
    let offices = outcome.offices.as_ref();
    let deadline = |(key, _, day): Deadline| {
        (key.to_owned(), json!({ "ngay": day, "con_ngay": days_between(outcome.at.date(), day) }))
    };
    let han: serde_json::Map<String, Value> = outcome.office.deadlines.all().into_iter().map(deadline).collect();
    json!({
        "ma_ket_thuc": exit.number(),
        "lan_chay": outcome.run,
        "thu_muc": done.path.display().to_string(),
        "du_thao": outcome.is_draft(),
        "phieu": { "phai_nop": all, "da_nhan": counted, "chua_hop_le": not_valid, "chua_nop": missing, "nop_muon": late },
        "ghi_nhan": {
            "phai_sua": weight(Severity::Error),
            "can_xem_lai": weight(Severity::Warning),
            "de_biet": weight(Severity::Note),
        },
        "han": han,
        "co_quan": offices.map(|offices| json!({ "diem": offices.scored.total, "muc_do": offices.scored.level })),
        "quy_tac": done.rules,
    })
}
