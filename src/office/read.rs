//! `co-quan.toml` to [`Office`]: all mistakes at once, with their lines.

use jiff::civil::{Date, date};

use super::papers;
use super::{Deadlines, Duty, Office, Person, Running};
use crate::finding::{Finding, Found, Place, code};
use crate::rules::RuleBook;
use crate::settings::{Mistake, Setting, Settings, Source, Table};
use crate::text;

/// The file's name in the office folder.
pub const FILE: &str = "co-quan.toml";

/// The commented file that a new office starts from.
pub const TEMPLATE: &str = include_str!("../../templates/co-quan.toml");

const TOP: &[&str] = &[
    "ten",
    "ma_don_vi",
    "nam_hoc",
    "nam_truoc",
    "co_quan_cap_tren",
    "noi_gui",
    "dia_danh",
    "so_hieu",
    "ngay_bao_cao",
    "phu_luc_cua",
    "nguoi_ky",
    "nguoi_lap",
    "lien_he",
    "noi_nhan",
    "han",
    "phan_cong",
    "chay",
    "to_tu_danh_gia",
    "phien_hop",
    "van_ban",
    "cong_khai",
];
const PERSON: &[&str] = &["chuc_vu", "ho_ten"];
const DEADLINES: &[&str] = &["nop_phieu", "nop_lai", "tham_dinh", "phe_duyet", "gui_so", "don_vi_gui"];
const DUTY: &[&str] = &["ma", "chu_tri", "phoi_hop"];
const RUNNING: &[&str] = &["giu_lai", "thu_nhap", "van_ban"];

/// The most runs that can be kept.
const MOST_KEPT: i64 = 100_000;

impl Office {
    /// Reads `co-quan.toml`; `file` is the name that people see. Findings are about what is odd but usable.
    ///
    /// # Errors
    /// All mistakes that make the file unusable, in the order of its lines.
    pub fn read(bytes: &[u8], file: &str) -> Result<Found<Office>, Vec<Mistake>> {
        let text = text::decode(bytes).map_err(|why| vec![Mistake::no_text(file, why)])?;
        let source = Source::new(file, &text);
        let settings = Settings::of(&source);
        let office = office(&settings.top(TOP));
        if settings.has_errors() {
            return Err(settings.finish());
        }
        let findings = office.oddities(file);
        Ok(Found { value: office, findings })
    }

    /// Duties of criteria that the office's indicator set does not have.
    pub fn check_duties(&self, book: &RuleBook) -> Vec<Finding> {
        let Some(set) = book.of_office() else { return Vec::new() };
        let unknown = self.duties.iter().filter(|duty| set.node(duty.code).is_none());
        let said = |duty: &Duty| {
            Finding::new(code::DUTY_OF_NO_CRITERION).with("value", duty.code).on(duty.code).at(Place::file(FILE))
        };
        unknown.map(said).collect()
    }

    /// The first and the last day within which a deadline of the year makes sense: from the summer before it to the
    /// winter after it.
    fn span(&self) -> Option<(Date, Date)> {
        let (first, second) = self.year.split_once('-')?;
        let (first, second): (i16, i16) = (first.parse().ok()?, second.parse().ok()?);
        Some((date(first, 7, 1), date(second, 12, 31)))
    }

    fn oddities(&self, file: &str) -> Vec<Finding> {
        let mut findings = Vec::new();
        let Deadlines { returns, again, verification, approval, report, units } = self.deadlines;
        if returns.is_none() {
            findings.push(Finding::new(code::NO_DEADLINE).at(Place::file(file)));
        }
        if let (Some(first), Some(again)) = (returns, again)
            && again < first
        {
            let said = Finding::new(code::AGAIN_BEFORE_DEADLINE).at(Place::file(file));
            let shown = |day: Date| day.strftime("%d/%m/%Y");
            findings.push(said.with("value", shown(again)).with("deadline", shown(first)));
        }
        let Some((from, to)) = self.span() else { return findings };
        for (name, day) in DEADLINES.iter().zip([returns, again, verification, approval, report, units]) {
            if let Some(day) = day.filter(|day| !(from..=to).contains(day)) {
                let said = Finding::new(code::DEADLINE_OUTSIDE_YEAR).at(Place::file(file));
                let day = day.strftime("%d/%m/%Y");
                findings.push(said.with("name", name).with("value", day).with("year", &self.year));
            }
        }
        findings
    }
}

fn office(top: &Table<'_>) -> Office {
    let text = |key: &str| top.get(key).and_then(|value| value.text()).unwrap_or_default();
    let person = |key: &str| top.get_table(key, PERSON).map(|table| person(&table)).unwrap_or_default();
    Office {
        name: top.need("ten").and_then(|value| value.filled()).unwrap_or_default(),
        code: text("ma_don_vi"),
        year: top.need("nam_hoc").and_then(|value| year(&value)).unwrap_or_default(),
        superior: text("co_quan_cap_tren"),
        department: text("noi_gui"),
        locality: text("dia_danh"),
        number: text("so_hieu"),
        report_date: day(top, "ngay_bao_cao"),
        annex_to: text("phu_luc_cua"),
        signer: person("nguoi_ky"),
        preparer: person("nguoi_lap"),
        contact: text("lien_he"),
        recipients: texts(top, "noi_nhan"),
        deadlines: top.get_table("han", DEADLINES).map(|table| deadlines(&table)).unwrap_or_default(),
        duties: duties(top),
        running: top.get_table("chay", RUNNING).map(|table| running(&table)).unwrap_or_default(),
        last_year: text("nam_truoc"),
        team: papers::team(top),
        sessions: papers::sessions(top),
        papers: papers::papers(top),
        publish: papers::publish(top),
    }
}

fn person(table: &Table<'_>) -> Person {
    let text = |key: &str| table.get(key).and_then(|value| value.text()).unwrap_or_default();
    Person { position: text("chuc_vu"), name: text("ho_ten") }
}

fn deadlines(table: &Table<'_>) -> Deadlines {
    Deadlines {
        returns: day(table, "nop_phieu"),
        again: day(table, "nop_lai"),
        verification: day(table, "tham_dinh"),
        approval: day(table, "phe_duyet"),
        report: day(table, "gui_so"),
        units: day(table, "don_vi_gui"),
    }
}

fn running(table: &Table<'_>) -> Running {
    let keep = table.get("giu_lai").and_then(|value| value.whole(1, MOST_KEPT));
    let keep = keep.and_then(|keep| u32::try_from(keep).ok());
    let drafts = table.get("thu_nhap").and_then(|value| value.flag());
    let usual = Running::default();
    Running {
        keep: keep.unwrap_or(usual.keep),
        drafts: drafts.unwrap_or(usual.drafts),
        papers: papers::paper_names(table, "van_ban"),
    }
}

fn duties(top: &Table<'_>) -> Vec<Duty> {
    let mut duties: Vec<Duty> = Vec::new();
    for table in top.tables("phan_cong", DUTY) {
        let text = |key: &str| table.get(key).and_then(|value| value.text()).unwrap_or_default();
        let (lead, support) = (text("chu_tri"), text("phoi_hop"));
        let Some(value) = table.need("ma") else { continue };
        let Some(code) = value.text() else { continue };
        match code.parse() {
            Ok(code) if duties.iter().any(|duty| duty.code == code) => {
                value.wrong(format!("mã {code} đã có ở trên"), format!("{code} stands above already"));
            }
            Ok(code) => duties.push(Duty { code, lead, support }),
            Err(_) => value.wrong(
                format!("“{code}” không phải mã tiêu chí, ví dụ \"1.1\""),
                format!("“{code}” is not the code of a criterion, as in \"1.1\""),
            ),
        }
    }
    duties
}

/// A day; an empty text is none, as everywhere in the file.
pub(super) fn day(table: &Table<'_>, key: &str) -> Option<Date> {
    let value = table.get(key)?;
    if value.is_text() && value.text().is_some_and(|text| text.is_empty()) {
        return None;
    }
    value.date()
}

pub(super) fn texts(table: &Table<'_>, key: &str) -> Vec<String> {
    let list = table.get(key).and_then(|value| value.list()).unwrap_or_default();
    list.iter().filter_map(Setting::text).filter(|text| !text.is_empty()).collect()
}

/// Two years that follow each other, as `2024-2025`.
fn year(value: &Setting<'_>) -> Option<String> {
    let text = value.text()?;
    let years = text.split_once(['-', '–']).and_then(|(first, second)| {
        let four = |part: &str| part.trim().parse::<u16>().ok().filter(|year| (2000..2100).contains(year));
        Some((four(first)?, four(second)?)).filter(|(first, second)| first + 1 == *second)
    });
    if years.is_none() {
        value.wrong(
            format!("“{text}” không phải năm học; cần hai năm liền nhau, ví dụ \"2024-2025\""),
            format!("“{text}” is not a school year; two years that follow each other are needed, as in \"2024-2025\""),
        );
    }
    years.map(|(first, second)| format!("{first}-{second}"))
}

#[cfg(test)]
mod tests {
    use super::super::papers::{MEMBER, PAPERS, PUBLIC, SESSION, TEAM};
    use super::*;
    use crate::finding::Lang;

    fn codes(found: &Found<Office>) -> Vec<crate::finding::Code> {
        found.findings.iter().map(|finding| finding.code).collect()
    }

    #[test]
    fn a_name_and_a_year_are_enough() {
        let found = Office::read("ten = \"Phòng GDĐT\"\nnam_hoc = \"2024 – 2025\"".as_bytes(), FILE).unwrap();
        let want = Office { name: "Phòng GDĐT".into(), year: "2024-2025".into(), ..Office::default() };
        assert_eq!(found.value, want);
        assert_eq!(found.value.running.keep, 30);
        assert_eq!(codes(&found), [code::NO_DEADLINE]);
    }

    #[test]
    fn the_template_loads_as_it_is() {
        let found = Office::read(TEMPLATE.as_bytes(), FILE).unwrap();
        assert!(found.findings.iter().all(|finding| finding.code != code::DEADLINE_OUTSIDE_YEAR), "{found:?}");
    }

    #[test]
    fn the_template_explains_every_key_and_loads_with_all_of_them() {
        // Settings that are commented out start right after the `#`; explanations after a space.
        let setting = |line: &str| match line.strip_prefix('#') {
            Some(rest) if rest.starts_with(|c: char| c.is_alphabetic() || "[\"]".contains(c)) => rest.to_owned(),
            _ => line.to_owned(),
        };
        let lines: Vec<String> = TEMPLATE.lines().map(setting).collect();
        let found = Office::read(lines.join("\n").as_bytes(), FILE).unwrap();
        assert_eq!(codes(&found), []);
        let office = &found.value;
        assert!(office.report_date.is_some() && !office.recipients.is_empty() && !office.duties.is_empty());
        for key in [TOP, PERSON, DEADLINES, DUTY, RUNNING, TEAM, MEMBER, SESSION, PAPERS, PUBLIC].concat() {
            let told = |line: &String| {
                line.starts_with(key) || line.contains(&format!("[{key}]")) || line.contains(&format!(" {key} ="))
            };
            assert!(lines.iter().any(told), "{key}");
        }
    }

    #[test]
    fn everything_that_can_be_said_is_read() {
        let text = r#"
ten = "Phòng GDĐT"
nam_hoc = "2024-2025"
nam_truoc = "../2023-2024"
co_quan_cap_tren = "UBND huyện"
noi_gui = "Sở GDĐT"
dia_danh = "Cần Giuộc"
so_hieu = "15/BC"
ngay_bao_cao = 2025-06-15
phu_luc_cua = ""
nguoi_ky = { chuc_vu = "Trưởng phòng", ho_ten = "A" }
lien_he = "0912"
noi_nhan = ["Như trên", "Lưu: VT"]
[nguoi_lap]
chuc_vu = "Chuyên viên"
[han]
nop_phieu = "31/5/2025"
tham_dinh = 2025-06-19
phe_duyet = ""
gui_so = "2024-01-01"
[[phan_cong]]
ma = "1.1"
chu_tri = "Trưởng phòng"
[chay]
giu_lai = 7
"#;
        let found = Office::read(text.as_bytes(), FILE).unwrap();
        let office = &found.value;
        assert_eq!(office.signer, Person { position: "Trưởng phòng".into(), name: "A".into() });
        assert_eq!((&*office.last_year, office.year_before().as_deref()), ("../2023-2024", Some("2023-2024")));
        assert_eq!(office.preparer.position, "Chuyên viên");
        assert_eq!(office.deadlines.returns, Some(date(2025, 5, 31)));
        assert_eq!(office.deadlines.verification, Some(date(2025, 6, 19)));
        assert_eq!(office.deadlines.approval, None);
        assert_eq!(office.report_date, Some(date(2025, 6, 15)));
        assert_eq!(office.recipients, ["Như trên", "Lưu: VT"]);
        assert_eq!((office.running.keep, office.duties.len()), (7, 1));
        assert_eq!(codes(&found), [code::DEADLINE_OUTSIDE_YEAR]);
        assert!(found.findings[0].message(Lang::Vi).contains("01/01/2024"));
    }

    #[test]
    fn duties_of_criteria_that_the_office_does_not_have_are_told() {
        let text = "ten = \"A\"\nnam_hoc = \"2024-2025\"\n[[phan_cong]]\nma = \"1.1\"\n[[phan_cong]]\nma = \"9.9\"\n";
        let office = Office::read(text.as_bytes(), FILE).unwrap().value;
        let book = crate::rules::book(Vec::new()).unwrap().book;
        assert!(office.check_duties(&RuleBook::default()).is_empty());
        let said = office.check_duties(&book);
        assert_eq!(
            said.iter().map(|f| (f.code, f.values["value"].as_str())).collect::<Vec<_>>(),
            [(code::DUTY_OF_NO_CRITERION, "9.9")]
        );
    }

    #[test]
    fn all_mistakes_are_told_at_once() {
        let text = "tenn = \"A\"\nnam_hoc = \"2024-2026\"\ndia_danh = 5\nngay_bao_cao = \"31/6/2025\"\n\
                    [han]\nnop_phieuu = 2025-05-31\n[[phan_cong]]\nchu_tri = \"A\"\n[[phan_cong]]\nma = \"I\"\n\
                    [[phan_cong]]\nma = \"1.1\"\n[[phan_cong]]\nma = \"1.1\"\n[chay]\ngiu_lai = 0\n";
        let mistakes = Office::read(text.as_bytes(), FILE).unwrap_err();
        let lines: Vec<u32> = mistakes.iter().map(|mistake| mistake.line).collect();
        assert_eq!(lines, [1, 1, 2, 3, 4, 6, 7, 10, 14, 16], "{mistakes:#?}");
        assert!(mistakes.iter().any(|mistake| mistake.vi.contains("có phải “ten”?")));
        assert!(Office::read(b"PK\x03\x04\0", FILE).is_err());
        assert!(Office::read(b"", FILE).is_err());
    }
}
