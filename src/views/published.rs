//! What a result makes public. Persons, telephones, addresses, evidence, findings and who was late have no place in these
//! types, so that they cannot get there by accident; what was typed freely, as names, came through the mask.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::codes::{ItemCode, Level};
use crate::layouts::form::level_text;
use crate::milestone::Kind;
use crate::office::Publish;
use crate::outcome::{Outcome, Recognised, Scored};
use crate::points::{Points, per_cent};
use crate::rules::{Basis, LevelRange, Node, OverallRule, RuleSet, Tally};
use crate::school::{School, kinds_text};
use crate::text::Masked;

/// A text that anybody may read.
type Text = Masked<'static>;

/// The office's own result is made public as its superior recognised it.
const LEFT_OUT: &str = "Kết quả của cơ quan được công bố sau khi cơ quan cấp trên công nhận.";

/// Why a result is not made public.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// It is a run and no milestone.
    NoMilestone,
    /// It rests on figures that are not official: so many.
    NotOfficial(usize),
}

/// What a result makes public.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Published {
    /// The office's name.
    pub co_quan: Text,
    /// The school year.
    pub nam_hoc: Text,
    /// What the result was frozen for; empty for a run.
    pub moc: String,
    /// Number and date of the decision, as the office gives them; empty where not known.
    pub quyet_dinh: Text,
    /// Why it is a draft; empty for one that is none.
    pub du_thao: String,
    /// The sets, with how they give levels and what their figures rest on.
    pub bo_chi_so: Vec<PublicSet>,
    /// Schools with a result, a row for each set, in the order of the roster.
    pub truong: Vec<PublicSchool>,
    /// The office's own result, as it was recognised; before that it is left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ket_qua_co_quan: Option<PublicOffice>,
    /// What is left out, and why.
    pub de_lai: Vec<&'static str>,
}

/// The office's own result. Where the decision names no figure, the counted one was recognised.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PublicOffice {
    /// The set's title.
    pub ten: Text,
    /// Its decision.
    pub quyet_dinh: Text,
    /// The decision that recognised: number, date, whose.
    pub cong_nhan: Text,
    /// "Mức 2: đáp ứng cơ bản"; empty where it has none.
    pub muc: Text,
    /// The office as a whole first, then groups, or groups and criteria; empty where levels alone are shown.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub diem: Vec<PublicPoints>,
}

/// Points of the office for one criterion.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PublicPoints {
    /// Its code; empty for the whole.
    pub ma: String,
    /// Its title.
    pub ten: Text,
    /// The highest possible.
    pub toi_da: Points,
    /// Recognised points.
    pub diem: Points,
}

/// An indicator set of schools.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PublicSet {
    /// Its short name.
    pub ten_ngan: Text,
    /// Its title.
    pub ten: Text,
    /// Its decision.
    pub quyet_dinh: Text,
    /// How points become a level.
    pub cach_xep_muc: Text,
    /// What its figures rest on.
    pub co_so: String,
    /// How many schools have each level, from the lowest.
    pub theo_muc: Vec<PublicLevel>,
}

/// The schools at one level.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PublicLevel {
    /// "Mức 2: đáp ứng cơ bản"
    pub muc: Text,
    /// How many.
    pub so: usize,
    /// Their share of the schools with a result: `37,5%`; rounded half up to a tenth.
    pub ti_le: String,
}

/// A school's result for one set.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PublicSchool {
    /// `ma_truong`
    pub ma: String,
    /// `ten_truong`
    pub ten: Text,
    /// `cap_hoc`
    pub cap_hoc: Text,
    /// `don_vi_quan_ly`
    pub don_vi: Text,
    /// The set's short name.
    pub bo: Text,
    /// The level.
    #[serde(skip)]
    pub level: Level,
    /// "Mức 2: đáp ứng cơ bản"
    pub muc: Text,
    /// The level that the superior office recognised, where its decision names the school.
    #[serde(skip_serializing_if = "str::is_empty")]
    pub muc_cong_nhan: Text,
    /// Points by code, of groups, or of groups and criteria; empty where levels alone are shown.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub diem: BTreeMap<ItemCode, Points>,
}

impl Published {
    /// What this result makes public; `reached` is what it was frozen for. A draft must be asked for.
    ///
    /// # Errors
    /// [`Refusal`]: when it is a draft that was not asked for.
    pub fn of(outcome: &Outcome, reached: Option<Kind>, draft: bool) -> Result<Published, Refusal> {
        let unofficial = unofficial(outcome);
        if !draft && reached.is_none() {
            return Err(Refusal::NoMilestone);
        }
        if !draft && unofficial > 0 {
            return Err(Refusal::NotOfficial(unofficial));
        }
        let mut why = Vec::new();
        if reached.is_none() {
            why.push("kết quả chưa chốt".to_owned());
        }
        if unofficial > 0 {
            why.push(format!("{unofficial} giá trị chưa đối chiếu phụ lục"));
        }
        let show = outcome.office.publish;
        let recognised = outcome.recognised.as_ref().filter(|_| reached == Some(Kind::Recognition));
        let truong = schools(outcome, show, recognised.is_some());
        let office = recognised.and_then(|recognised| office(outcome, show, recognised));
        let sets = outcome.book.of_schools().map(|set| public_set(set, &truong)).collect();
        Ok(Published {
            co_quan: Masked::kept(&outcome.office.name),
            nam_hoc: Masked::kept(&outcome.office.year),
            moc: reached.map_or("", |kind| kind.word()).to_owned(),
            quyet_dinh: Masked::kept(&decision(outcome, reached)),
            du_thao: why.join("; "),
            bo_chi_so: sets,
            truong,
            de_lai: if office.is_none() { vec![LEFT_OUT] } else { Vec::new() },
            ket_qua_co_quan: office,
        })
    }

    /// The title of the page and of the tables.
    pub fn title(&self) -> String {
        format!("Mức độ chuyển đổi số của các cơ sở giáo dục năm học {}{}", self.nam_hoc, self.mark())
    }

    /// After the title of a draft.
    pub fn mark(&self) -> &'static str {
        if self.du_thao.is_empty() { "" } else { " (DỰ THẢO)" }
    }

    /// What the result stands on: the decision, or that it is a draft.
    pub fn ground(&self) -> String {
        if !self.du_thao.is_empty() {
            format!("{}. DỰ THẢO: {}.", self.co_quan, self.du_thao)
        } else if self.quyet_dinh.is_empty() {
            format!("{}.", self.co_quan)
        } else {
            format!("{}. Theo {}.", self.co_quan, self.quyet_dinh)
        }
    }

    /// The managing units, in order of first appearance.
    pub fn units(&self) -> Vec<&str> {
        distinct(self.truong.iter().map(|school| &*school.don_vi))
    }

    /// The levels as they are shown, from the lowest.
    pub fn levels(&self) -> Vec<&str> {
        distinct(self.bo_chi_so.iter().flat_map(|set| set.theo_muc.iter().map(|level| &*level.muc)))
    }
}

fn distinct<'a>(all: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let mut seen = Vec::new();
    for one in all.filter(|one| !one.is_empty()) {
        if !seen.contains(&one) {
            seen.push(one);
        }
    }
    seen
}

fn unofficial(outcome: &Outcome) -> usize {
    Tally::of(&outcome.book.sets).not_official()
}

fn decision(outcome: &Outcome, reached: Option<Kind>) -> String {
    let recognition = match reached {
        Some(Kind::Recognition) => recognition(outcome),
        _ => String::new(),
    };
    match reached {
        Some(_) if recognition.is_empty() => outcome.office.papers.approval.clone(),
        _ => recognition,
    }
}

/// The decision that recognises: as the office words it, else as it was recorded with what was recognised.
pub fn recognition(outcome: &Outcome) -> String {
    match &outcome.recognised {
        Some(recognised) if outcome.office.papers.recognition.is_empty() => recognised.decision.line(),
        _ => outcome.office.papers.recognition.clone(),
    }
}

/// Points and level of the office as a whole, as recognised; those that the decision does not name are the counted ones.
/// `None` where points are named nowhere.
pub fn recognised_whole(outcome: &Outcome) -> Option<(Points, Option<Level>)> {
    let (recognised, own) = (outcome.recognised.as_ref()?, outcome.offices.as_ref()?);
    let whole = recognised.item(None);
    let counted = own.source.as_ref().map(|_| own.scored.total);
    let points = whole.and_then(|item| item.points).or(counted)?;
    Some((points, whole.and_then(|item| item.level).or(own.scored.level)))
}

/// The level that was recognised of a school: "Mức 2: đáp ứng cơ bản"; empty where the decision does not name it.
pub fn recognised_level(outcome: &Outcome, school: &School, set: &RuleSet) -> String {
    let of = outcome.recognised.as_ref().and_then(|recognised| recognised.school(&school.code, &set.id));
    of.zip(set.overall_scale()).map(|(of, scale)| level_text(scale, of.level)).unwrap_or_default()
}

/// The office's own result as it was recognised.
fn office(outcome: &Outcome, show: Publish, recognised: &Recognised) -> Option<PublicOffice> {
    let result = outcome.offices.as_ref()?;
    let set = outcome.book.get(&result.set)?;
    let of = |code| recognised.item(Some(code)).and_then(|item| item.points);
    let (total, level) = recognised_whole(outcome)?;
    let muc = set.overall_scale().zip(level).map(|(scale, level)| level_text(scale, level)).unwrap_or_default();
    let whole = PublicPoints { ma: String::new(), ten: Masked::kept("Cả cơ quan"), toi_da: set.most(), diem: total };
    let nodes = set.nodes.iter().zip(&result.scored.nodes).filter(|(node, _)| is_shown(node, show));
    let nodes = nodes.filter_map(|(node, scored)| {
        Some(PublicPoints {
            ma: node.code.to_string(),
            ten: Masked::kept(&node.title),
            toi_da: node.max?,
            diem: of(node.code).unwrap_or(scored.counted),
        })
    });
    let diem = if show == Publish::Levels { Vec::new() } else { std::iter::once(whole).chain(nodes).collect() };
    Some(PublicOffice {
        ten: Masked::kept(&set.title),
        quyet_dinh: Masked::kept(&set.decision),
        cong_nhan: Masked::kept(&recognised.decision.line()),
        muc: Masked::kept(&muc),
        diem,
    })
}

fn schools(outcome: &Outcome, show: Publish, reached: bool) -> Vec<PublicSchool> {
    let mut schools = Vec::new();
    for expected in &outcome.expected {
        let Some(set) = outcome.book.get(&expected.set) else { continue };
        let Some(scored) = &expected.scored else { continue };
        let (Some(level), Some(scale)) = (scored.level, set.overall_scale()) else { continue };
        let school = outcome.school_of(expected);
        let named = if reached { recognised_level(outcome, school, set) } else { String::new() };
        schools.push(PublicSchool {
            ma: school.code.0.clone(),
            ten: Masked::kept(&school.name),
            cap_hoc: Masked::kept(&kinds_text(&school.kinds)),
            don_vi: Masked::kept(&school.unit),
            bo: Masked::kept(&set.short),
            level,
            muc: Masked::kept(&level_text(scale, level)),
            muc_cong_nhan: Masked::kept(&named),
            diem: points(set, scored, show),
        });
    }
    schools
}

/// The points shown of a school: nothing below a criterion.
fn points(set: &RuleSet, scored: &Scored, show: Publish) -> BTreeMap<ItemCode, Points> {
    let all = set.nodes.iter().zip(&scored.nodes).filter(|(node, _)| is_shown(node, show));
    all.map(|(node, score)| (node.code, score.counted)).collect()
}

/// Whether points of it are shown.
fn is_shown(node: &Node, show: Publish) -> bool {
    let deepest = match show {
        Publish::Levels => 0,
        Publish::Points => 1,
        Publish::Criteria => 2,
    };
    node.max.is_some() && node.code.depth() <= deepest
}

fn public_set(set: &RuleSet, schools: &[PublicSchool]) -> PublicSet {
    let of: Vec<&PublicSchool> = schools.iter().filter(|school| *school.bo == *set.short).collect();
    let levels = set.overall_scale().map(|scale| {
        let level = |range: &LevelRange| {
            let so = of.iter().filter(|school| school.level == range.level).count();
            PublicLevel {
                muc: Masked::kept(&level_text(scale, range.level)),
                so,
                ti_le: per_cent(so as u64, of.len() as u64).unwrap_or_else(|| "–".to_owned()),
            }
        };
        scale.levels.iter().map(level).collect()
    });
    PublicSet {
        ten_ngan: Masked::kept(&set.short),
        ten: Masked::kept(&set.title),
        quyet_dinh: Masked::kept(&set.decision),
        cach_xep_muc: Masked::kept(&method(set)),
        co_so: basis(set),
        theo_muc: levels.unwrap_or_default(),
    }
}

/// "Mức 1: dưới 50 điểm; Mức 2: từ 50 đến 75 điểm; Mức 3: trên 75 điểm. Mức của trường là mức thấp nhất của các nhóm."
fn method(set: &RuleSet) -> String {
    let Some(scale) = set.overall_scale() else { return String::new() };
    let levels: Vec<String> =
        scale.levels.iter().map(|range| format!("{}: {}", level_text(scale, range.level), points_of(range))).collect();
    let rule = match set.overall.rule {
        OverallRule::LowestGroup if set.groups().count() > 1 => "Mức của trường là mức thấp nhất trong các nhóm.",
        OverallRule::LowestGroup | OverallRule::ByTotal(_) => "Xếp theo tổng điểm.",
    };
    format!("{}. {rule}", levels.join("; "))
}

/// The points of a level in words.
fn points_of(range: &LevelRange) -> String {
    let lower = range.lower.map(|bound| format!("{} {}", if bound.included { "từ" } else { "trên" }, bound.at));
    let upper = range.upper.map(|bound| format!("{} {}", if bound.included { "đến" } else { "dưới" }, bound.at));
    let both: Vec<String> = lower.into_iter().chain(upper).collect();
    if both.is_empty() { "mọi số điểm".to_owned() } else { format!("{} điểm", both.join(" ")) }
}

/// What the set's figures rest on.
fn basis(set: &RuleSet) -> String {
    let tally = Tally::of([set]);
    let (official, others) = (tally.count(Basis::Official), tally.not_official());
    if others == 0 {
        format!("Cả {official} giá trị của quy tắc đã đối chiếu với phụ lục của quyết định.")
    } else {
        format!("{official}/{} giá trị của quy tắc đã đối chiếu với phụ lục của quyết định.", official + others)
    }
}
