//! Every name that a template can use: what it means and what it stands for in this result. One list serves the filler
//! and `cds documents --list`.

mod lists;

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::layouts::form::level_text;
use crate::office::{Member, Session};
use crate::outcome::{Outcome, Status};
use crate::text::{self, Masked};
use crate::views::figures::{self, Headline};
use crate::views::published;
use crate::views::strengths::{Strength, strengths};
use crate::writers::docx::{Value, Values};

/// What is filled in by hand.
const DOTS: &str = "................";

/// A name, or a list with its fields.
#[derive(Debug)]
pub struct Name {
    /// `ten_co_quan`; of a list `truong`.
    pub name: &'static str,
    /// What it stands for.
    pub meaning: Meaning,
    /// Its value now.
    pub value: Value,
    /// Of a list: its fields.
    pub fields: &'static [&'static str],
}

/// In Vietnamese and in English.
type Meaning = [&'static str; 2];

/// The names as the filler takes them.
pub fn values(names: &[Name]) -> Values {
    let mut values = Values::default();
    for name in names {
        match &name.value {
            Value::Rows(rows) => values.set_list(name.name, name.fields, rows.clone()),
            other => values.set(name.name, other.clone()),
        }
    }
    values
}

/// Every name, with what it stands for in this result.
pub fn names(outcome: &Outcome) -> Vec<Name> {
    let mut names = Collecting { names: Vec::new() };
    office(outcome, &mut names);
    deadlines(outcome, &mut names);
    returns(outcome, &mut names);
    own_result(outcome, &mut names);
    team(outcome, &mut names);
    lists::lists(outcome, &mut names);
    names.names
}

struct Collecting {
    names: Vec<Name>,
}

type Row = BTreeMap<&'static str, Value>;

impl Collecting {
    fn add(&mut self, name: &'static str, meaning: Meaning, value: Value) {
        self.names.push(Name { name, meaning, value, fields: &[] });
    }

    fn text(&mut self, name: &'static str, meaning: Meaning, text: impl Into<String>) {
        self.add(name, meaning, Value::Text(text.into()));
    }

    /// A text that is filled in by hand where it is not known.
    fn known(&mut self, name: &'static str, meaning: Meaning, text: &str) {
        self.text(name, meaning, if text.trim().is_empty() { DOTS } else { text });
    }

    fn lines(&mut self, name: &'static str, meaning: Meaning, lines: Vec<String>) {
        self.add(name, meaning, Value::Lines(lines));
    }

    fn list(&mut self, name: &'static str, meaning: Meaning, fields: &'static [&'static str], rows: Vec<Row>) {
        self.names.push(Name { name, meaning, value: Value::Rows(rows), fields });
    }
}

/// A row of these fields.
fn row<const N: usize>(fields: &'static [&'static str], values: [String; N]) -> Row {
    fields.iter().copied().zip(values.map(Value::Text)).collect()
}

/// What schools and the roster say goes through the mask; what the office typed for its papers, as whom to call, does not.
fn for_outsiders(text: &str) -> String {
    Masked::of(text).to_string()
}

fn shown(day: Date) -> String {
    day.strftime("%d/%m/%Y").to_string()
}

fn office(outcome: &Outcome, names: &mut Collecting) {
    let office = &outcome.office;
    let headline = Headline::of(outcome);
    names.text("ten_co_quan", ["tên cơ quan", "the office's name"], &office.name);
    names.text(
        "ten_co_quan_hoa",
        ["tên cơ quan, chữ hoa", "the office's name in capitals"],
        office.name.to_uppercase(),
    );
    names.text("co_quan_cap_tren", ["cơ quan cấp trên trực tiếp", "the superior office"], &office.superior);
    names.text(
        "co_quan_cap_tren_hoa",
        ["cơ quan cấp trên trực tiếp, chữ hoa", "the superior office in capitals"],
        office.superior.to_uppercase(),
    );
    names.known("noi_gui", ["nơi nhận báo cáo", "whom the report is sent to"], &office.department);
    names.known("dia_danh", ["địa danh", "the place"], &office.locality);
    names.text("nam_hoc", ["năm học", "the school year"], &office.year);
    let sign = sign(outcome);
    names.text(
        "ky_hieu",
        ["ký hiệu của cơ quan sau số văn bản", "the office's sign after a paper's number"],
        if sign.is_empty() { "........" } else { &sign },
    );
    names.text(
        "quyen_han_ky",
        ["quyền hạn ký: TM., KT., ...", "the authority to sign: TM., KT., ..."],
        &office.papers.authority,
    );
    names.known("chuc_vu_nguoi_ky", ["chức vụ người ký", "the signer's position"], &office.signer.position);
    names.known(
        "chuc_vu_nguoi_ky_hoa",
        ["chức vụ người ký, chữ hoa", "the signer's position in capitals"],
        &office.signer.position.to_uppercase(),
    );
    names.text("ten_nguoi_ky", ["họ tên người ký", "the signer's name"], &office.signer.name);
    names.known("chuc_vu_nguoi_lap", ["chức vụ người lập", "the preparer's position"], &office.preparer.position);
    names.text("ten_nguoi_lap", ["họ tên người lập", "the preparer's name"], &office.preparer.name);
    names.known("lien_he", ["liên hệ khi cần", "whom to call"], &office.contact);
    names.lines("noi_nhan", ["nơi nhận, mỗi nơi một dòng", "recipients, a line each"], recipients(&office.recipients));
    let grounds = grounds(outcome);
    names.lines(
        "can_cu",
        [
            "căn cứ ban hành, mỗi căn cứ một dòng; dòng cuối kết thúc bằng dấu chấm",
            "the acts cited, a line each; the last ends with a full stop",
        ],
        listed(&grounds),
    );
    let more = grounds.iter().map(|line| format!("{};", line.trim().trim_end_matches([';', '.', ','])));
    names.lines(
        "can_cu_quyet_dinh",
        ["như can_cu, mọi dòng kết thúc bằng dấu chấm phẩy", "as can_cu, each line ending with a semicolon"],
        more.collect(),
    );
    names.add(
        "du_thao",
        ["điều kiện: kết quả là dự thảo", "condition: the result is a draft"],
        Value::Flag(headline.draft),
    );
    let why = if headline.draft { "có giá trị chưa đối chiếu phụ lục" } else { "" };
    names.text("ly_do_du_thao", ["vì sao là dự thảo", "why it is a draft"], why);
    let at = outcome.at.strftime("%H giờ %M ngày %d/%m/%Y").to_string();
    names.text("luc_tong_hop", ["lúc tổng hợp kết quả", "when the result was made"], at);
    names.text("lan_chay", ["tên lần chạy", "the run's name"], &outcome.run);
    names.known(
        "quyet_dinh_to",
        ["quyết định thành lập Tổ tự đánh giá", "the decision on the team"],
        &office.team.decision,
    );
    names.known("bien_ban", ["biên bản của Tổ", "the team's minutes"], &office.papers.minutes);
    names.known("phe_duyet", ["quyết định phê duyệt", "the decision of approval"], &office.papers.approval);
    let recognition = ["quyết định công nhận của cấp trên", "the superior office's decision of recognition"];
    names.text("cong_nhan", recognition, published::recognition(outcome));
}

/// The office's sign: given, or what stands after the kind in the report's number.
fn sign(outcome: &Outcome) -> String {
    let office = &outcome.office;
    if !office.papers.sign.is_empty() {
        return office.papers.sign.clone();
    }
    office.number.rsplit_once("BC-").map_or_else(String::new, |(_, sign)| sign.trim().to_owned())
}

/// Lines of a list: ";" after each, "." after the last, unless they end so already.
fn listed(lines: &[String]) -> Vec<String> {
    let last = lines.len().saturating_sub(1);
    let end = |(i, line): (usize, &String)| {
        let line = line.trim().trim_end_matches([';', '.', ',']);
        format!("{line}{}", if i == last { "." } else { ";" })
    };
    lines.iter().enumerate().map(end).collect()
}

fn recipients(given: &[String]) -> Vec<String> {
    let above = |line: &&String| text::fold(line) != "nhu tren";
    let given: Vec<String> = given.iter().filter(above).cloned().collect();
    if given.is_empty() { listed(&["Lưu: VT".to_owned()]) } else { listed(&given) }
}

/// The acts that papers cite where the office names none: those in force, and the decisions of the sets.
const GROUNDS: &str = include_str!("../../templates/van-ban/can-cu.txt");

fn grounds(outcome: &Outcome) -> Vec<String> {
    let mut lines: Vec<String> = match &outcome.office.papers.grounds {
        Some(given) => given.clone(),
        None => {
            let acts = GROUNDS.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).map(str::to_owned);
            let sets = outcome.book.sets.iter().filter(|set| !set.decision.is_empty());
            acts.chain(sets.map(|set| format!("{} ({})", set.decision, set.title))).collect()
        }
    };
    for line in &mut lines {
        if !text::fold(line).starts_with("can cu") {
            *line = format!("Căn cứ {line}");
        }
    }
    lines
}

fn deadlines(outcome: &Outcome, names: &mut Collecting) {
    let deadlines = &outcome.office.deadlines;
    let day = |day: Option<Date>| day.map_or_else(|| DOTS.to_owned(), shown);
    names.text("han_nop_phieu", ["hạn các trường nộp phiếu", "the deadline for returns"], day(deadlines.returns));
    names.text("han_tham_dinh", ["hạn thẩm định", "the deadline of verification"], day(deadlines.verification));
    names.text("han_phe_duyet", ["hạn phê duyệt", "the deadline of approval"], day(deadlines.approval));
    names.text("han_gui_so", ["hạn gửi báo cáo", "the deadline of the report"], day(deadlines.report));
    names.text(
        "han_don_doc",
        ["hạn nộp ghi trong công văn đôn đốc", "the deadline that the reminder names"],
        day(outcome.office.papers.reminder),
    );
}

fn returns(outcome: &Outcome, names: &mut Collecting) {
    let counts = figures::all(outcome);
    let came = counts.accepted + counts.not_valid;
    let schools = outcome.schools.iter().filter(|school| school.is_open()).count();
    names.text("so_truong", ["số trường phải nộp", "schools that owe a return"], schools.to_string());
    names.text("so_phieu_phai_nop", ["số phiếu phải nộp", "returns owed"], counts.owed.to_string());
    names.text("so_phieu_da_nop", ["số phiếu đã nộp", "returns received"], came.to_string());
    names.text("so_phieu_duoc_tinh", ["số phiếu được tính", "returns that count"], counts.accepted.to_string());
    names.text("so_phieu_phai_sua", ["số phiếu phải sửa", "returns to be corrected"], counts.not_valid.to_string());
    names.text("so_phieu_chua_nop", ["số phiếu chưa nộp", "returns missing"], counts.missing.to_string());
    let missing: Vec<&str> = outcome
        .expected
        .iter()
        .filter(|expected| expected.status == Status::Missing)
        .map(|expected| outcome.school_of(expected).name.as_str())
        .collect();
    names.text(
        "truong_chua_nop",
        ["tên các trường chưa nộp", "names of the schools without a return"],
        for_outsiders(&missing.join("; ")),
    );
}

fn own_result(outcome: &Outcome, names: &mut Collecting) {
    let own = outcome.offices.as_ref().and_then(|own| Some((own, outcome.book.get(&own.set)?)));
    let filled = own.filter(|(own, _)| own.source.is_some());
    let most = own.map(|(_, set)| set.most().to_string()).unwrap_or_default();
    let total = filled.map_or_else(|| "........".to_owned(), |(own, _)| own.scored.total.to_string());
    let level = filled.and_then(|(own, set)| Some(level_text(set.overall_scale()?, own.scored.level?)));
    names.text("tong_diem", ["tổng điểm của cơ quan", "the office's points in all"], total);
    names.text("diem_toi_da", ["điểm tối đa", "the most points possible"], most);
    names.text(
        "muc_do",
        ["mức độ của cơ quan", "the office's level"],
        level.unwrap_or_else(|| "chưa xếp mức".to_owned()),
    );
    let set = own.map(|(_, set)| format!("{} ({})", set.title, set.decision)).unwrap_or_default();
    names.known("bo_chi_so_co_quan", ["bộ chỉ số của cơ quan", "the office's indicator set"], &set);
    let recognised = own.and_then(|(_, set)| Some((set, published::recognised_whole(outcome)?)));
    let points = recognised.map(|(_, (points, _))| points.to_string()).unwrap_or_default();
    names.known("diem_cong_nhan", ["điểm của cơ quan được công nhận", "the office's recognised points"], &points);
    let level = recognised.and_then(|(set, (_, level))| Some(level_text(set.overall_scale()?, level?)));
    let level = level.unwrap_or_default();
    names.known("muc_cong_nhan", ["mức độ của cơ quan được công nhận", "the office's recognised level"], &level);
    let line = |one: &Strength| format!("{}: {}/{} điểm;", one.criterion, one.counted, one.most);
    let (strong, weak) = strengths(outcome);
    let lines = |all: &[Strength]| if all.is_empty() { vec![DOTS.to_owned()] } else { all.iter().map(line).collect() };
    names.lines(
        "diem_manh",
        ["các tiêu chí đạt cao nhất, mỗi tiêu chí một dòng", "the criteria that stand highest, a line each"],
        lines(&strong),
    );
    names.lines(
        "diem_yeu",
        ["các tiêu chí đạt thấp nhất, mỗi tiêu chí một dòng", "the criteria that stand lowest, a line each"],
        lines(&weak),
    );
}

fn team(outcome: &Outcome, names: &mut Collecting) {
    const MEMBER: &[&str] = &["stt", "ho_ten", "chuc_vu", "vai_tro", "tieu_chi"];
    const SESSION: &[&str] = &["stt", "ngay", "noi_dung", "co_mat", "vang_mat"];
    let office = &outcome.office;
    let last = office.sessions.last().cloned().unwrap_or_default();
    let role = |role: &str| office.team.members.iter().find(|member| text::fold(&member.role) == role);
    let or = |given: &str, role: Option<&Member>| match (given.is_empty(), role) {
        (true, Some(member)) => member.name.clone(),
        _ => given.to_owned(),
    };
    let start = [last.start.clone(), last.date.map_or_else(String::new, |day| format!("ngày {}", shown(day)))];
    names.known(
        "bat_dau",
        ["giờ, ngày bắt đầu phiên họp cuối", "hour and day at which the last session began"],
        start.join(" ").trim(),
    );
    names.known("dia_diem", ["nơi họp", "where it was held"], &last.place);
    names.known("co_mat", ["số người có mặt", "how many were present"], &last.present);
    names.known("vang_mat", ["số người vắng mặt", "how many were absent"], &last.absent);
    names.known("chu_tri", ["người chủ trì", "who chaired it"], &or(&last.chair, role("to truong")));
    names.known("thu_ky", ["thư ký", "its secretary"], &or(&last.secretary, role("thu ky")));
    let agenda = if last.agenda.is_empty() { DOTS.to_owned() } else { last.agenda.clone() };
    names.lines("noi_dung_phien_hop", ["nội dung phiên họp cuối", "what the last session was about"], vec![agenda]);
    let mut members = office.team.members.clone();
    if members.is_empty() {
        members = vec![Member::default(); 5];
    }
    let members = members.iter().zip(1..).map(|(member, n)| {
        let Member { name, position, role, criteria } = member.clone();
        row(MEMBER, [n.to_string(), name, position, role, criteria])
    });
    names.list("thanh_vien", ["thành viên Tổ tự đánh giá", "members of the team"], MEMBER, members.collect());
    let session = |(session, n): (&Session, usize)| {
        let date = session.date.map_or_else(String::new, shown);
        let Session { agenda, present, absent, .. } = session.clone();
        row(SESSION, [n.to_string(), date, agenda, present, absent])
    };
    names.list(
        "phien_hop",
        ["các phiên họp của Tổ", "sessions of the team"],
        SESSION,
        office.sessions.iter().zip(1..).map(session).collect(),
    );
}
