//! The end of a run in a few lines: verdict first, then counts, then where to look; and the same for programs.

use serde_json::{Map, Value, json};

use crate::cli::Exit;
use crate::finding::Lang;
use crate::run::Done;
use crate::views::figures::{DeadlineAhead, Headline};

/// For people: at most seven lines.
pub fn text(done: &Done, lang: Lang) -> Vec<String> {
    let headline = Headline::of(&done.outcome);
    let mut lines = vec![headline.line(lang)];
    lines.extend(headline.days_left(lang));
    lines.extend(headline.next_deadlines(lang));
    lines.extend(headline.office_line(lang));
    lines.push(headline.findings_line(lang));
    let (rules, report) = (done.rules.join(", "), done.path.join("tong-hop.xlsx"));
    lines.extend(match lang {
        Lang::Vi => [format!("Quy tắc: {rules}."), format!("Mở báo cáo: {}", report.display())],
        Lang::En => [format!("Rules: {rules}."), format!("Open the report: {}", report.display())],
    });
    lines
}

/// For programs: one object.
pub fn json(done: &Done, exit: Exit) -> Value {
    let Headline { counts, findings: [errors, warnings, notes], explained, draft, office, deadlines } =
        Headline::of(&done.outcome);
    let deadline = |DeadlineAhead { key, day, days, .. }: DeadlineAhead| {
        (key.to_owned(), json!({ "ngay": day, "con_ngay": days }))
    };
    let deadlines: Map<String, Value> = deadlines.into_iter().map(deadline).collect();
    json!({
        "schema": done.outcome.schema,
        "ma_ket_thuc": exit.number(),
        "lan_chay": done.outcome.run,
        "thu_muc": done.path.display().to_string(),
        "du_thao": draft,
        "phieu": {
            "phai_nop": counts.owed,
            "da_nhan": counts.accepted,
            "chua_hop_le": counts.not_valid,
            "chua_nop": counts.missing,
            "nop_muon": counts.late,
        },
        "ghi_nhan": { "phai_sua": errors, "can_xem_lai": warnings, "de_biet": notes, "da_giai_trinh": explained },
        "han": deadlines,
        "co_quan": office.map(|office| json!({ "diem": office.points, "muc_do": office.level })),
        "quy_tac": done.rules,
    })
}
