//! What one school sends.

use super::answers::{self, chance};
use super::sheet::{Col, Sheet};
use super::words::{Wild, words};
use super::{FORMS_MADE, SamplesError};
use crate::form_writer::{Answers, Filling, write};
use crate::grid::Value;
use crate::layouts::form::UNMET;
use crate::layouts::names::file_stem;
use crate::office::Office;
use crate::rules::{Node, NodeKind, RuleBook, RuleSet};
use crate::school::School;

/// Titles as schools write them over a table of their own.
pub const OWN_COLUMNS: [&[(Col, &str)]; 3] = [
    &[
        (Col::Code, "STT"),
        (Col::Title, "Tiêu chí"),
        (Col::Max, "Điểm tối đa"),
        (Col::Score, "Trường tự chấm"),
        (Col::Level, "Mức độ"),
        (Col::Evidence, "Ghi chú, minh chứng"),
    ],
    &[
        (Col::Code, "TT"),
        (Col::Title, "Nội dung tiêu chí"),
        (Col::Max, "Điểm chuẩn"),
        (Col::Score, "Điểm tự chấm"),
        (Col::Evidence, "Hồ sơ minh chứng"),
    ],
    &[
        (Col::Code, "Mã"),
        (Col::Title, "Tiêu chí/Nội dung"),
        (Col::Max, "Điểm tối đa"),
        (Col::LastYear, "Năm học trước"),
        (Col::Score, "Điểm tự đánh giá"),
        (Col::Evidence, "Link minh chứng"),
    ],
];

/// Points as people write them where a number should stand.
const ODD: [&str; 4] = ["tốt", "5-6", "80%", "x"];

pub(super) struct Maker<'a> {
    pub book: &'a RuleBook,
    pub office: &'a Office,
    pub seed: u64,
}

impl Maker<'_> {
    /// How a school's return comes.
    pub fn wild(&self, school: &School) -> Wild {
        words().wild(self.chance(school, "nộp", 100))
    }

    fn key(&self, school: &School) -> String {
        super::key(self.seed, &school.code.0)
    }

    fn chance(&self, school: &School, salt: &str, below: i64) -> i64 {
        chance(&self.key(school), salt, below)
    }

    /// The files that a school sends, by name; of two the draft first.
    pub fn files(&self, school: &School, wild: Wild) -> Result<Vec<(String, Vec<u8>)>, SamplesError> {
        let set = school.kinds.first().and_then(|kind| self.book.for_kind(kind));
        let Some(set) = set.filter(|_| wild != Wild::Missing) else { return Ok(Vec::new()) };
        let percent = 40 + self.chance(school, "mức", 30) + self.chance(school, "khá", 30);
        let mut answers = answers::of(set, &self.key(school), percent);
        self.change(school, set, wild, &mut answers);
        let stem = match self.chance(school, "tên tệp", 4) {
            0 => format!("{} {}", school.code, school.name.replace('&', " và ")),
            _ => file_stem(&school.code, &school.name),
        };
        let name = format!("{stem}.xlsx");
        let form = |answers: &Answers| {
            let filling = Filling {
                school: Some(school),
                office: Some(self.office),
                answers: Some(answers),
                created: FORMS_MADE,
            };
            write(set, &filling)
        };
        Ok(match wild {
            Wild::OwnTable => vec![(name, self.own_table(school, set, &answers)?)],
            Wild::WebPage => vec![(format!("{stem}.xls"), page(school).into_bytes())],
            Wild::CutOff => {
                let mut bytes = form(&answers)?;
                bytes.truncate(bytes.len() * 3 / 5);
                vec![(name, bytes)]
            }
            Wild::SentTwice => {
                let whole = form(&answers)?;
                self.leave_out(school, set, &mut answers);
                vec![(format!("{stem} nháp.xlsx"), form(&answers)?), (name, whole)]
            }
            _ => vec![(name, form(&answers)?)],
        })
    }

    /// What the school did otherwise than it should.
    fn change(&self, school: &School, set: &RuleSet, wild: Wild, answers: &mut Answers) {
        match wild {
            Wild::AboveMaximum => self.each(school, set, answers, 1, |node, answer| {
                let max = node.max.map_or(0.0, |max| max.to_f64());
                answer.score = Some(Value::Number(max + 1.0));
            }),
            Wild::OddScores => self.each(school, set, answers, 3, |node, answer| {
                let odd = ODD[self.chance(school, &format!("{} lạ", node.code), ODD.len() as i64) as usize];
                answer.score = Some(Value::Text(odd.to_owned()));
            }),
            Wild::LeftOut => self.leave_out(school, set, answers),
            Wild::NoEvidence => self.each(school, set, answers, 4, |_, answer| answer.evidence.clear()),
            Wild::Unmet => {
                let first = set.nodes.iter().find(|node| node.kind == NodeKind::Mandatory);
                if let Some(answer) = first.and_then(|node| answers.items.get_mut(&node.code)) {
                    answer.score = Some(Value::Text(UNMET.to_owned()));
                }
            }
            _ => {}
        }
    }

    fn leave_out(&self, school: &School, set: &RuleSet, answers: &mut Answers) {
        self.each(school, set, answers, 2, |_, answer| *answer = crate::form_writer::Answer::default());
    }

    /// Some of the items with points, at least one.
    fn each(
        &self,
        school: &School,
        set: &RuleSet,
        answers: &mut Answers,
        how_many: i64,
        change: impl Fn(&Node, &mut crate::form_writer::Answer),
    ) {
        let scored = |node: &&Node| {
            let has_points = matches!(node.kind, NodeKind::Points | NodeKind::YesNo);
            node.is_leaf() && has_points && answers.items.contains_key(&node.code)
        };
        let nodes: Vec<&Node> = set.nodes.iter().filter(scored).collect();
        for time in 0..how_many {
            let at = self.chance(school, &format!("mục {time}"), nodes.len().max(1) as i64) as usize;
            let answer = nodes.get(at).and_then(|node| Some((*node, answers.items.get_mut(&node.code)?)));
            if let Some((node, answer)) = answer {
                change(node, answer);
            }
        }
    }

    fn own_table(&self, school: &School, set: &RuleSet, answers: &Answers) -> Result<Vec<u8>, SamplesError> {
        let sheet = Sheet {
            set,
            school,
            answers,
            name: "Sheet1",
            year: &self.office.year,
            columns: OWN_COLUMNS[self.chance(school, "cột", OWN_COLUMNS.len() as i64) as usize],
            over: None,
            at: (6 + self.chance(school, "dòng", 3) as u32, self.chance(school, "lề", 2) as u16),
            code: true,
            without: &[],
            instead: &[],
            totals: &[],
            commas: self.chance(school, "phẩy", 2) == 0,
        };
        Ok(sheet.bytes()?)
    }

    /// When a file came: a row of `so-nhan.csv`.
    pub fn receipt(&self, school: &School, name: &str, is_draft: bool, may_be_late: bool) -> String {
        let day = 12 + self.chance(school, "ngày nhận", 18);
        let way = ["thư điện tử", "Zalo", "USB"][self.chance(school, "kênh", 3) as usize];
        let is_late = may_be_late && self.chance(school, "trễ", 100) < words().late();
        match (is_draft, is_late) {
            (true, _) => format!("{name},10/5/2025,{way}"),
            (false, true) => format!("{name},3/6/2025,{way}"),
            (false, false) => format!("{name},{day}/5/2025,{way}"),
        }
    }
}

/// What a web system calls an export to Excel.
fn page(school: &School) -> String {
    format!(
        "<html><head><meta charset=\"utf-8\"></head><body><table border=\"1\"><tr><td>{} ({})</td></tr>\
         <tr><th>STT</th><th>Tiêu chí</th></tr></table></body></html>\n",
        school.name.replace('&', "&amp;"),
        school.code
    )
}
