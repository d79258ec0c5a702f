//! The formula of a computed item from a rule file: its name, parameters, bands.

use std::collections::BTreeMap;

use super::{Computed, Denominator, Formula, Of, Scope};
use crate::codes::{ItemCode, Level, SetId};
use crate::points::{Points, Share};
use crate::rules::keys::{self, names};
use crate::rules::{Band, NodeKind};
use crate::settings::{Setting, Table};

/// Reads the formula of a computed item; `None` after a mistake.
pub(in crate::rules) fn read(node: &Table<'_>, max: Option<Points>) -> Option<Computed> {
    let names = Formula::EXAMPLES.map(|(name, _)| (name, name));
    let name = node.need("formula").and_then(|value| value.one_of(&names))?;
    let parameters = Parameters { node, max };
    let (taken, formula) = match name {
        "level-share" => (&["weights"][..], parameters.level_share()),
        "mean-score" => (&[][..], Some(Formula::MeanScore)),
        "reach-level" => (&["level", "bands"][..], parameters.reach_level()),
        _ => (&[][..], Some(Formula::Manual)),
    };
    for key in ["weights", "level", "bands"] {
        if let Some(value) = node.get(key).filter(|_| !taken.contains(&key)) {
            value.wrong("công thức này không dùng khóa này", "the formula does not take this");
        }
    }
    // What is typed in is computed from nobody.
    let needs_schools = formula.as_ref().is_none_or(Formula::is_computed);
    let of = match node.get("of") {
        Some(list) => of(&list),
        None if !needs_schools => Some(Vec::new()),
        None => {
            node.missing("of");
            None
        }
    };
    let denominator = match node.get("denominator") {
        Some(value) => value.one_of(&Denominator::NAMES),
        None if !needs_schools => Some(Denominator::Expected),
        None => {
            node.missing("denominator");
            None
        }
    };
    let scope = node.get("scope").map_or(Some(Scope::All), |value| value.one_of(&Scope::NAMES));
    Some(Computed { formula: formula?, of: of?, denominator: denominator?, scope: scope? })
}

struct Parameters<'a, 's> {
    node: &'a Table<'s>,
    max: Option<Points>,
}

impl Parameters<'_, '_> {
    fn level_share(&self) -> Option<Formula> {
        self.node.need("weights").and_then(|value| weights(&value)).map(Formula::LevelShare)
    }

    fn reach_level(&self) -> Option<Formula> {
        let level = self.node.need("level").and_then(|value| value.whole(1, 9));
        let bands = self.node.get("bands").map_or(Some(Vec::new()), |list| bands(&list, NodeKind::Ratio, self.max));
        level.zip(bands).map(|(level, bands)| Formula::ReachLevel { level: Level(level as u8), bands })
    }
}

fn of(setting: &Setting<'_>) -> Option<Vec<Of>> {
    let list = setting.list()?;
    if list.is_empty() {
        setting.wrong("đang để trống", "empty");
        return None;
    }
    let read_one = |item: &Setting<'_>| {
        let table = item.table(&names(&keys::OF))?;
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
pub(in crate::rules) fn code(setting: &Setting<'_>) -> Option<ItemCode> {
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
pub(in crate::rules) fn bands(setting: &Setting<'_>, kind: NodeKind, max: Option<Points>) -> Option<Vec<Band>> {
    let mut bands: Vec<Band> = Vec::new();
    for item in setting.list()? {
        let Some(table) = item.table(&names(&keys::BAND)) else { continue };
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
