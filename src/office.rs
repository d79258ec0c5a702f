//! The office: names, year, deadlines, persons by position, who is in charge of what. Read from `co-quan.toml`, of which
//! `templates/co-quan.toml` explains every key.

mod papers;
mod read;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::codes::ItemCode;

pub use papers::{Member, PAPER_NAMES, Papers, Publish, Session, Team};
pub use read::{FILE, TEMPLATE};

/// `co-quan.toml`. Only `name` and `year` must be there; an empty text leaves a dotted line in what is signed.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Office {
    /// `ten`: the office's name.
    pub name: String,
    /// `ma_don_vi`: its code with the office above, which consolidates; empty if there is none.
    #[serde(skip_serializing_if = "String::is_empty", default)]
    pub code: String,
    /// `nam_hoc`: "2024-2025".
    pub year: String,
    /// `co_quan_cap_tren`: the office above, as it stands over the name ("UBND huyện Cần Giuộc").
    pub superior: String,
    /// `noi_gui`: the Department that receives the report.
    pub department: String,
    /// `dia_danh`: the place in the date line.
    pub locality: String,
    /// `so_hieu`: number and sign of the report ("15/BC-PGDĐT").
    pub number: String,
    /// `ngay_bao_cao`: the date of the report; empty for a dotted one.
    #[cfg_attr(test, schemars(with = "Option<String>"))]
    pub report_date: Option<Date>,
    /// `phu_luc_cua`: the report that the signed page is an annex to; empty for a report of its own.
    pub annex_to: String,
    /// `nguoi_ky`: position and name of the signer.
    pub signer: Person,
    /// `nguoi_lap`: position and name of the one who made the report.
    pub preparer: Person,
    /// `lien_he`: whom schools ask, with telephone or e-mail; for the forms' guidance.
    pub contact: String,
    /// `noi_nhan`: the list at the foot of the signed page.
    pub recipients: Vec<String>,
    /// `[han]`: deadlines.
    pub deadlines: Deadlines,
    /// `[[phan_cong]]`: who is in charge of which of the office's criteria.
    pub duties: Vec<Duty>,
    /// `[chay]`: how runs are kept.
    pub running: Running,
    /// `nam_truoc`: last year's office folder, or a run of it, as written; relative to this office's folder. Empty if
    /// there is none.
    #[serde(skip_serializing_if = "String::is_empty", default)]
    pub last_year: String,
    /// `[to_tu_danh_gia]`: the self-assessment team.
    #[serde(skip_serializing_if = "is_default", default)]
    pub team: Team,
    /// `[[phien_hop]]`: the team's sessions, in the order of the file.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub sessions: Vec<Session>,
    /// `[van_ban]`: what papers need beside the result.
    #[serde(skip_serializing_if = "is_default", default)]
    pub papers: Papers,
    /// `[cong_khai] muc`: what is made public of a school.
    #[serde(skip_serializing_if = "is_default", default)]
    pub publish: Publish,
}

impl Office {
    /// The school year before this one: "2023-2024" before "2024-2025".
    pub fn year_before(&self) -> Option<String> {
        let first: u16 = self.year.split_once('-')?.0.parse().ok()?;
        Some(format!("{}-{first}", first.checked_sub(1)?))
    }

    /// The report's number and sign with room for what is written by hand: "……/BC-PGDĐT".
    pub fn number_with_room(&self) -> String {
        match &*self.number {
            "" => "……/……".to_owned(),
            sign if sign.starts_with('/') => format!("……{sign}"),
            number => number.to_owned(),
        }
    }
}

/// A position, and who holds it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Person {
    /// `chuc_vu`
    pub position: String,
    /// `ho_ten`; may be empty.
    pub name: String,
}

/// Last days, each included. None is built in.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Deadlines {
    /// `nop_phieu`: schools' returns.
    #[cfg_attr(test, schemars(with = "Option<String>"))]
    pub returns: Option<Date>,
    /// `nop_lai`: returns that schools were asked to correct; without it these are not judged by time.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    #[cfg_attr(test, schemars(with = "Option<String>"))]
    pub again: Option<Date>,
    /// `tham_dinh`: the office's checks of the returns.
    #[cfg_attr(test, schemars(with = "Option<String>"))]
    pub verification: Option<Date>,
    /// `phe_duyet`: approval by the head of the office.
    #[cfg_attr(test, schemars(with = "Option<String>"))]
    pub approval: Option<Date>,
    /// `gui_so`: report to the Department.
    #[cfg_attr(test, schemars(with = "Option<String>"))]
    pub report: Option<Date>,
    /// `don_vi_gui`: what units hand over.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    #[cfg_attr(test, schemars(with = "Option<String>"))]
    pub units: Option<Date>,
}

/// A deadline of the year: its key in `co-quan.toml`, what it is for in Vietnamese and English, the last day.
pub type Deadline = (&'static str, [&'static str; 2], Date);

impl Deadlines {
    /// Those that are set, in the order in which they are asked for.
    pub fn all(&self) -> Vec<Deadline> {
        let known = [
            ("nop_phieu", ["nộp phiếu", "returns"], self.returns),
            ("nop_lai", ["gửi lại phiếu đã sửa", "corrected returns"], self.again),
            ("tham_dinh", ["thẩm định", "verification"], self.verification),
            ("phe_duyet", ["phê duyệt", "approval"], self.approval),
            ("don_vi_gui", ["đơn vị gửi kết quả", "units' results"], self.units),
            ("gui_so", ["gửi Sở", "report to the Department"], self.report),
        ];
        known.into_iter().filter_map(|(key, name, day)| Some((key, name, day?))).collect()
    }
}

/// Who is in charge of one criterion.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Duty {
    /// `ma`
    pub code: ItemCode,
    /// `chu_tri`: in charge.
    pub lead: String,
    /// `phoi_hop`: takes part.
    pub support: String,
}

/// How runs are kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Running {
    /// `giu_lai`: how many runs are kept; older ones are removed after a run that succeeded.
    pub keep: u32,
    /// `thu_nhap`: whether drafts of e-mails are written beside the forms that go back to schools.
    #[serde(skip_serializing_if = "is_default", default)]
    pub drafts: bool,
    /// `van_ban`: the papers that each run writes, by name.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub papers: Vec<String>,
}

/// What the office leaves as it is need not stand in a result.
fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

impl Default for Running {
    fn default() -> Running {
        Running { keep: 30, papers: Vec::new(), drafts: false }
    }
}
