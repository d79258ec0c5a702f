//! What the papers of the year need beside the result: the team, its sessions, numbers of decisions, acts that are cited,
//! and what is made public. All of it is optional.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::settings::Table;

use super::read::{day, texts};

pub(super) const TEAM: &[&str] = &["quyet_dinh", "thanh_vien"];
pub(super) const MEMBER: &[&str] = &["ho_ten", "chuc_vu", "vai_tro", "tieu_chi"];
pub(super) const SESSION: &[&str] =
    &["ngay", "bat_dau", "dia_diem", "chu_tri", "thu_ky", "co_mat", "vang_mat", "noi_dung"];
pub(super) const PAPERS: &[&str] =
    &["ky_hieu", "quyen_han_ky", "can_cu", "bien_ban", "phe_duyet", "cong_nhan", "han_don_doc"];
pub(super) const PUBLIC: &[&str] = &["muc"];

/// `[to_tu_danh_gia]`: the self-assessment team.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Team {
    /// `quyet_dinh`: the decision that set it up ("Quyết định số 12/QĐ-PGDĐT ngày 03/3/2025").
    pub decision: String,
    /// `thanh_vien`
    pub members: Vec<Member>,
}

/// One of the team.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Member {
    /// `ho_ten`
    pub name: String,
    /// `chuc_vu`
    pub position: String,
    /// `vai_tro`: in the team ("Tổ trưởng").
    pub role: String,
    /// `tieu_chi`: the criteria in charge of ("1.1, 1.2").
    pub criteria: String,
}

/// `[[phien_hop]]`: a session of the team, as its minutes tell it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Session {
    /// `ngay`
    #[cfg_attr(test, schemars(with = "Option<String>"))]
    pub date: Option<Date>,
    /// `bat_dau`: the hour ("8 giờ 00").
    pub start: String,
    /// `dia_diem`
    pub place: String,
    /// `chu_tri`
    pub chair: String,
    /// `thu_ky`
    pub secretary: String,
    /// `co_mat`: number or names.
    pub present: String,
    /// `vang_mat`: number or names, with the reason.
    pub absent: String,
    /// `noi_dung`
    pub agenda: String,
}

/// `[van_ban]`: what stands in papers beside the result.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Papers {
    /// `ky_hieu`: the office's sign after the kind ("PGDĐT" in "05/QĐ-PGDĐT").
    pub sign: String,
    /// `quyen_han_ky`: "TM. ỦY BAN NHÂN DÂN"; empty for a head who signs in the office's own right.
    pub authority: String,
    /// `can_cu`: the acts cited; `None` for those of the program.
    pub grounds: Option<Vec<String>>,
    /// `bien_ban`: number and date of the minutes.
    pub minutes: String,
    /// `phe_duyet`: number and date of the approval.
    pub approval: String,
    /// `cong_nhan`: number and date of the superior office's recognition.
    pub recognition: String,
    /// `han_don_doc`: the day until which the schools reminded must return.
    #[cfg_attr(test, schemars(with = "Option<String>"))]
    pub reminder: Option<Date>,
}

/// `[cong_khai] muc`: what is made public of a school.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub enum Publish {
    /// `muc-do`: levels alone.
    #[default]
    #[serde(rename = "muc-do")]
    Levels,
    /// `diem`: the points of groups too.
    #[serde(rename = "diem")]
    Points,
    /// `tat-ca`: the points of criteria too, never those of items.
    #[serde(rename = "tat-ca")]
    Criteria,
}

/// The papers of the year by name, in its order.
pub const PAPER_NAMES: [&str; 7] = [
    "ke-hoach-trien-khai",
    "quyet-dinh-thanh-lap-to",
    "cong-van-don-doc",
    "bien-ban-tu-danh-gia",
    "quyet-dinh-phe-duyet",
    "bao-cao-ket-qua",
    "thong-bao-cong-bo",
];

/// Papers by name; a name that is none is a mistake with the nearest one.
pub(super) fn paper_names(table: &Table<'_>, key: &str) -> Vec<String> {
    let list = table.get(key).and_then(|value| value.list()).unwrap_or_default();
    let names = PAPER_NAMES.map(|name| (name, name));
    list.iter().filter_map(|value| value.one_of(&names)).map(str::to_owned).collect()
}

impl Publish {
    const WORDS: &[(&str, Publish)] =
        &[("muc-do", Publish::Levels), ("diem", Publish::Points), ("tat-ca", Publish::Criteria)];
}

fn text(table: &Table<'_>, key: &str) -> String {
    table.get(key).and_then(|value| value.text()).unwrap_or_default()
}

pub(super) fn team(top: &Table<'_>) -> Team {
    let Some(table) = top.get_table("to_tu_danh_gia", TEAM) else { return Team::default() };
    let member = |table: Table<'_>| Member {
        name: text(&table, "ho_ten"),
        position: text(&table, "chuc_vu"),
        role: text(&table, "vai_tro"),
        criteria: text(&table, "tieu_chi"),
    };
    let members = table.tables("thanh_vien", MEMBER).into_iter().map(member).collect();
    Team { decision: text(&table, "quyet_dinh"), members }
}

pub(super) fn sessions(top: &Table<'_>) -> Vec<Session> {
    let session = |table: Table<'_>| Session {
        date: day(&table, "ngay"),
        start: text(&table, "bat_dau"),
        place: text(&table, "dia_diem"),
        chair: text(&table, "chu_tri"),
        secretary: text(&table, "thu_ky"),
        present: text(&table, "co_mat"),
        absent: text(&table, "vang_mat"),
        agenda: text(&table, "noi_dung"),
    };
    top.tables("phien_hop", SESSION).into_iter().map(session).collect()
}

pub(super) fn papers(top: &Table<'_>) -> Papers {
    let Some(table) = top.get_table("van_ban", PAPERS) else { return Papers::default() };
    Papers {
        sign: text(&table, "ky_hieu"),
        authority: text(&table, "quyen_han_ky"),
        grounds: table.get("can_cu").is_some().then(|| texts(&table, "can_cu")),
        minutes: text(&table, "bien_ban"),
        approval: text(&table, "phe_duyet"),
        recognition: text(&table, "cong_nhan"),
        reminder: day(&table, "han_don_doc"),
    }
}

pub(super) fn publish(top: &Table<'_>) -> Publish {
    let table = top.get_table("cong_khai", PUBLIC);
    table.and_then(|table| table.get("muc")?.one_of(Publish::WORDS)).unwrap_or_default()
}
