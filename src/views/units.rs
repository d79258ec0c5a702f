//! The outcome by units: what each handed over, how many of its schools count and at which levels, and the same by what
//! the units are under.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::deadline::written;
use super::figures::Counts;
use crate::finding::{Finding, Lang, Severity};
use crate::outcome::{ExpectedReturn, Outcome, Unit, UnitStanding};
use crate::points::Points;
use crate::rules::RuleSet;

/// The figures of some schools: of a unit, of several, of all.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct UnitFigures {
    /// Schools.
    pub schools: usize,
    /// Their returns of all sets.
    pub counts: Counts,
    /// By the sets that schools owe, in the order of the rules: their returns, and the mean of the points that count.
    pub by_set: Vec<(Counts, Option<f64>)>,
    /// Findings that are errors.
    pub errors: usize,
    /// Findings that are warnings.
    pub warnings: usize,
}

/// A row of the outcome by units.
#[derive(Debug, Clone, PartialEq)]
pub struct Row<'a> {
    /// `None`: the schools of the office's own.
    pub unit: Option<&'a Unit>,
    /// What its schools owe, in the order of the roster.
    pub returns: Vec<&'a ExpectedReturn>,
    /// The figures.
    pub figures: UnitFigures,
}

/// Each unit in the order of their roster, and behind them the schools of the office's own, if there are any.
pub fn rows(outcome: &Outcome) -> Vec<Row<'_>> {
    let of_units = outcome.units_of_schools();
    let mut expected: HashMap<&str, Vec<&ExpectedReturn>> = HashMap::new();
    let mut own = Vec::new();
    for one in &outcome.expected {
        match of_units.get(&one.school) {
            Some(unit) => expected.entry(&*unit.code).or_default().push(one),
            None => own.push(one),
        }
    }
    let mut findings: HashMap<&str, (usize, usize)> = HashMap::new();
    let mut of_own = (0, 0);
    for finding in &outcome.findings {
        let counts = match &finding.unit {
            Some(unit) => findings.entry(&**unit).or_default(),
            None => &mut of_own,
        };
        match finding.severity {
            Severity::Error => counts.0 += 1,
            Severity::Warning => counts.1 += 1,
            Severity::Note => {}
        }
    }
    let mut rows: Vec<Row> = outcome
        .units
        .iter()
        .map(|unit| {
            let returns = expected.remove(&*unit.code).unwrap_or_default();
            let mut figures = figures(outcome, &returns);
            figures.schools = unit.schools.len();
            (figures.errors, figures.warnings) = findings.get(&*unit.code).copied().unwrap_or_default();
            Row { unit: Some(unit), returns, figures }
        })
        .collect();
    if !own.is_empty() {
        let mut figures = figures(outcome, &own);
        (figures.errors, figures.warnings) = of_own;
        rows.push(Row { unit: None, returns: own, figures });
    }
    rows
}

/// The figures of everything below each name in `cap_tren`, in the order of the roster; empty where the roster names none.
pub fn above(outcome: &Outcome) -> Vec<(&str, UnitFigures)> {
    let of_units = outcome.units_of_schools();
    let mut order: Vec<&str> = Vec::new();
    let mut expected: BTreeMap<&str, Vec<&ExpectedReturn>> = BTreeMap::new();
    for unit in outcome.units.iter().filter(|unit| !unit.above.is_empty()) {
        if !order.contains(&unit.above.as_str()) {
            order.push(&unit.above);
        }
    }
    for one in &outcome.expected {
        if let Some(unit) = of_units.get(&one.school).filter(|unit| !unit.above.is_empty()) {
            expected.entry(&unit.above).or_default().push(one);
        }
    }
    let of = |name: &str| figures(outcome, expected.get(name).map_or(&[][..], Vec::as_slice));
    order.into_iter().map(|name| (name, of(name))).collect()
}

/// The figures of all.
pub fn whole(outcome: &Outcome) -> UnitFigures {
    figures(outcome, &outcome.expected.iter().collect::<Vec<_>>())
}

fn figures(outcome: &Outcome, expected: &[&ExpectedReturn]) -> UnitFigures {
    let schools: HashSet<usize> = expected.iter().map(|one| one.school).collect();
    let of_set = |set: &RuleSet| {
        let own: Vec<&ExpectedReturn> = expected.iter().copied().filter(|one| one.set == set.id).collect();
        let totals: Vec<Points> = own.iter().filter_map(|one| Some(one.scored.as_ref()?.total)).collect();
        let sum: Points = totals.iter().copied().sum();
        let mean = (!totals.is_empty()).then(|| sum.to_f64() / totals.len() as f64);
        (Counts::of(own), mean)
    };
    UnitFigures {
        schools: schools.len(),
        counts: Counts::of(expected.iter().copied()),
        by_set: outcome.book.of_schools().map(of_set).collect(),
        errors: 0,
        warnings: 0,
    }
}

/// What each unit must correct or look at, by weight: of what it handed over, and of its schools.
pub fn to_correct(outcome: &Outcome) -> Vec<(&Unit, Vec<&Finding>)> {
    let mut of_units: HashMap<&str, Vec<&Finding>> = HashMap::new();
    for finding in outcome.findings.iter().filter(|finding| finding.severity != Severity::Note) {
        if let Some(unit) = &finding.unit {
            of_units.entry(unit).or_default().push(finding);
        }
    }
    outcome.units.iter().map(|unit| (unit, of_units.remove(&*unit.code).unwrap_or_default())).collect()
}

/// Units to chase: those that handed over nothing, or nothing that counts, with the message to each.
pub fn to_chase(outcome: &Outcome) -> Vec<(&Unit, String)> {
    let mut faults: HashMap<&str, Vec<&Finding>> = HashMap::new();
    for finding in outcome.findings.iter().filter(|finding| finding.severity == Severity::Error) {
        if let Some(unit) = &finding.unit {
            faults.entry(unit).or_default().push(finding);
        }
    }
    let open = outcome.units.iter().filter(|unit| unit.standing != UnitStanding::Counted);
    open.map(|unit| (unit, message(outcome, unit, faults.get(&*unit.code).map_or(&[][..], Vec::as_slice)))).collect()
}

/// So many faults are told in a message.
const TOLD: usize = 3;

fn message(outcome: &Outcome, unit: &Unit, faults: &[&Finding]) -> String {
    let (name, year) = (&outcome.office.name, &outcome.office.year);
    let mut parts = vec![format!("Kính gửi {}.", unit.name)];
    match unit.standing {
        UnitStanding::Missing => parts.push(format!(
            "Đến ngày {}, {name} chưa nhận được kết quả tự đánh giá mức độ chuyển đổi số năm học {year} (thư mục gui-so) của \
             quý cơ quan.",
            written(outcome.at.date())
        )),
        UnitStanding::NotValid | UnitStanding::Counted => {
            parts.push(format!("Kết quả năm học {year} đã gửi chưa được tính."));
            parts.extend(faults.iter().take(TOLD).map(|fault| fault.message(Lang::Vi)));
            parts.push("Xem tệp gửi kèm trong gui-lai-don-vi.".to_owned());
        }
    }
    parts.push(match outcome.office.deadlines.units {
        Some(day) if day >= outcome.at.date() => {
            format!("Kính đề nghị chốt và gửi chậm nhất ngày {}.", written(day))
        }
        Some(day) => format!("Hạn gửi ({}) đã qua; kính đề nghị gửi trong thời gian sớm nhất.", written(day)),
        None => "Kính đề nghị gửi trong thời gian sớm nhất.".to_owned(),
    });
    parts.push("Trân trọng cảm ơn!".to_owned());
    parts.join(" ")
}
