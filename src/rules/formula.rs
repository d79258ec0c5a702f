//! How a computed item gets its points: formula, parameters, bands.

use std::collections::BTreeMap;

use super::{Band, Computed, Denominator, Formula, NodeKind, Of};
use crate::codes::{ItemCode, Level, SetId};
use crate::points::{Points, Share};
use crate::settings::{Setting, Table};

/// The keys that only a computed item has.
pub(super) const KEYS: &[&str] = &["formula", "of", "weights", "level", "denominator"];

const FORMULAS: &[(&str, Name)] = &[
    ("level-share", Name::LevelShare),
    ("mean-score", Name::MeanScore),
    ("reach-level", Name::ReachLevel),
    ("manual", Name::Manual),
];

#[derive(Clone, Copy, PartialEq)]
enum Name {
    LevelShare,
    MeanScore,
    ReachLevel,
    Manual,
}

/// What `denominator` may be.
pub(super) const DENOMINATORS: &[(&str, Denominator)] =
    &[("expected", Denominator::Expected), ("returned", Denominator::Returned)];

impl Formula {
    /// Its name in a rule file.
    pub fn name(&self) -> &'static str {
        match self {
            Formula::LevelShare(_) => "level-share",
            Formula::MeanScore => "mean-score",
            Formula::ReachLevel { .. } => "reach-level",
            Formula::Manual => "manual",
        }
    }

    /// The levels that it names.
    pub fn levels(&self) -> Vec<Level> {
        match self {
            Formula::LevelShare(weights) => weights.keys().copied().collect(),
            Formula::ReachLevel { level, .. } => vec![*level],
            Formula::MeanScore | Formula::Manual => Vec::new(),
        }
    }

    /// Whether the level of a school decides what it brings.
    pub fn uses_levels(&self) -> bool {
        match self {
            Formula::LevelShare(_) | Formula::ReachLevel { .. } => true,
            Formula::MeanScore | Formula::Manual => false,
        }
    }
}

impl Denominator {
    /// Its name in a rule file.
    pub fn name(self) -> &'static str {
        match self {
            Denominator::Expected => "expected",
            Denominator::Returned => "returned",
        }
    }
}

/// Reads the formula of a computed item; `None` after a mistake.
pub(super) fn read(node: &Table<'_>, max: Option<Points>) -> Option<Computed> {
    let name = node.need("formula").and_then(|value| value.one_of(FORMULAS))?;
    let taken: &[&str] = match name {
        Name::LevelShare => &["weights"],
        Name::ReachLevel => &["level", "bands"],
        Name::MeanScore | Name::Manual => &[],
    };
    for key in ["weights", "level", "bands"] {
        if let Some(value) = node.get(key).filter(|_| !taken.contains(&key)) {
            value.wrong("công thức này không dùng khóa này", "the formula does not take this");
        }
    }
    let of = match node.get("of") {
        Some(list) => of(&list),
        None if name == Name::Manual => Some(Vec::new()),
        None => {
            node.missing("of");
            None
        }
    };
    let denominator = match node.get("denominator") {
        Some(value) => value.one_of(DENOMINATORS),
        None if matches!(name, Name::Manual) => Some(Denominator::Expected),
        None => {
            node.missing("denominator");
            None
        }
    };
    let formula = match name {
        Name::LevelShare => node.need("weights").and_then(|value| weights(&value)).map(Formula::LevelShare),
        Name::MeanScore => Some(Formula::MeanScore),
        Name::ReachLevel => {
            let level = node.need("level").and_then(|value| value.whole(1, 9));
            let bands = node.get("bands").map_or(Some(Vec::new()), |list| bands(&list, NodeKind::Ratio, max));
            level.zip(bands).map(|(level, bands)| Formula::ReachLevel { level: Level(level as u8), bands })
        }
        Name::Manual => Some(Formula::Manual),
    };
    Some(Computed { formula: formula?, of: of?, denominator: denominator? })
}

fn of(setting: &Setting<'_>) -> Option<Vec<Of>> {
    let list = setting.list()?;
    if list.is_empty() {
        setting.wrong("đang để trống", "empty");
        return None;
    }
    let read_one = |item: &Setting<'_>| {
        let table = item.table(&["set", "groups"])?;
        let set = table.need("set").and_then(|value| value.filled()).map(SetId);
        let groups = table.need("groups").and_then(|setting| {
            let list = setting.list()?;
            if list.is_empty() {
                setting.wrong("đang để trống", "empty");
                return None;
            }
            list.iter().map(code).collect::<Option<Vec<_>>>()
        });
        Some(Of { set: set?, groups: groups? })
    };
    // All of them, not only up to the first with a mistake.
    let read: Vec<Option<Of>> = list.iter().map(read_one).collect();
    for (at, (item, of)) in list.iter().zip(&read).enumerate() {
        let Some(of) = of else { continue };
        if read[..at].iter().flatten().any(|before| before.set == of.set) {
            let id = &of.set;
            item.wrong(
                format!("bộ “{id}” đã có trong of; ghi các nhóm của một bộ vào một groups"),
                format!("“{id}” stands in of already; name all groups of a set in one groups"),
            );
        }
    }
    read.into_iter().collect()
}

/// A code in quotes: a number would lose its last zero (`1.10`).
pub(super) fn code(setting: &Setting<'_>) -> Option<ItemCode> {
    let written = setting.written()?;
    if !setting.is_text() {
        setting.wrong(
            format!("mã phải đặt trong dấu nháy: \"{written}\""),
            format!("a code stands in quotes: \"{written}\""),
        );
        return None;
    }
    let parsed: Option<ItemCode> = written.parse().ok();
    if parsed.is_none() {
        let digits = written.split('.').all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()));
        if digits && written.split('.').count() > crate::codes::MAX_DEPTH {
            setting.wrong(format!("mã {written} sâu hơn năm cấp"), format!("code {written} is deeper than five"));
        } else {
            setting.wrong(
                format!("mã “{written}” không đúng dạng; chỉ gồm số và dấu chấm, như 1.3.1"),
                format!("code “{written}” is malformed; digits and dots only, as in 1.3.1"),
            );
        }
    }
    parsed
}

fn weights(setting: &Setting<'_>) -> Option<BTreeMap<Level, Share>> {
    let mut weights = BTreeMap::new();
    for (key, value) in setting.any_table()?.entries() {
        let level = key.parse().ok().filter(|level| (1..=9).contains(level));
        if level.is_none() {
            value.wrong(format!("không có mức “{key}”"), format!("no level “{key}”"));
        }
        let weight = value.share();
        if weight.is_some_and(|weight| weight > Share::ONE) {
            value.wrong("hệ số phải từ 0 đến 1", "a weight is from 0 to 1");
        }
        if let (Some(level), Some(weight)) = (level, weight) {
            weights.insert(Level(level), weight);
        }
    }
    if weights.is_empty() {
        setting.wrong("chưa có hệ số nào", "no weight");
        return None;
    }
    Some(weights)
}

/// `bands` of a share or of a count, by rising `from`; `None` after a mistake.
pub(super) fn bands(setting: &Setting<'_>, kind: NodeKind, max: Option<Points>) -> Option<Vec<Band>> {
    let mut bands: Vec<Band> = Vec::new();
    for item in setting.list()? {
        let Some(table) = item.table(&["from", "points"]) else { continue };
        let start = table.need("from");
        let from = match kind {
            NodeKind::Count => start.as_ref().and_then(Setting::share),
            _ => start.as_ref().and_then(Setting::percent),
        };
        let value = table.need("points");
        let points = value.as_ref().and_then(Setting::points);
        if let (Some(points), Some(max), Some(value)) = (points, max, &value)
            && points > max
        {
            value.wrong(
                format!("{points} vượt điểm tối đa {max}"),
                format!("{} exceeds the maximum {}", points.plain(), max.plain()),
            );
        }
        if let (Some(from), Some(last), Some(start)) = (from, bands.last(), &start)
            && from <= last.from
        {
            start.wrong("các ngưỡng phải tăng dần", "bands must rise");
        }
        if let (Some(from), Some(points)) = (from, points) {
            bands.push(Band { from, points });
        }
    }
    if bands.is_empty() {
        setting
            .wrong("chưa có ngưỡng nào; nếu chưa biết thì bỏ khóa này", "no band; leave the key out if none is known");
        return None;
    }
    Some(bands)
}
