//! `[scales.*]`: points to levels, without gap or overlap.

use std::collections::BTreeMap;

use super::keys::{self, names, with_basis};
use super::{Bound, LevelRange, Scale, authority};
use crate::codes::{ItemCode, Level};
use crate::points::Points;
use crate::settings::{Setting, Table};

/// How many levels a scale may have.
const LEVELS: std::ops::RangeInclusive<usize> = 2..=9;

/// The scales of a file, by name, with the place of a closed top end, which must reach the maximum of what it measures.
pub(super) type Scales<'s> = BTreeMap<String, (Scale, Option<Setting<'s>>)>;

/// Reads `[scales.*]`. A scale with mistakes is there all the same, so that its users are not called wrong.
pub(super) fn read<'s>(top: &Table<'s>) -> Scales<'s> {
    let Some(tables) = top.need("scales").and_then(|value| value.any_table()) else { return Scales::new() };
    let read_one = |(name, setting): (String, Setting<'s>)| {
        let table = setting.table(&with_basis(&keys::SCALE))?;
        Some((name, one(&table)))
    };
    tables.entries().into_iter().filter_map(read_one).collect()
}

/// A level's range while its neighbours are not known yet.
struct Open<'s> {
    level: i64,
    lower: Option<(Bound, Setting<'s>)>,
    upper: Option<(Bound, Setting<'s>)>,
    table: Table<'s>,
}

fn one<'s>(table: &Table<'s>) -> (Scale, Option<Setting<'s>>) {
    let authority = authority::read(table);
    let list = table.need("levels").and_then(|levels| Some((levels.list()?, levels)));
    let mut open = Vec::new();
    if let Some((items, levels)) = &list {
        open = items.iter().filter_map(range).collect();
        if !LEVELS.contains(&items.len()) {
            levels.wrong(
                format!("có {} mức; phải từ 2 đến 9 mức", items.len()),
                format!("{} levels; 2 to 9 are needed", items.len()),
            );
        }
        if open.len() == items.len() {
            check_order(&open);
        }
    }
    let names = level_names(table, open.len());
    let top_end = open.last().and_then(|last| last.upper.as_ref().map(|(_, setting)| setting.clone()));
    let levels = open.into_iter().enumerate().map(|(i, range)| LevelRange {
        level: Level(range.level as u8),
        name: names.get(i).cloned().unwrap_or_else(|| format!("mức {}", range.level)),
        lower: range.lower.map(|(bound, _)| bound),
        upper: range.upper.map(|(bound, _)| bound),
    });
    (Scale { levels: levels.collect(), authority }, top_end)
}

fn range<'s>(item: &Setting<'s>) -> Option<Open<'s>> {
    let table = item.table(&names(&keys::LEVEL))?;
    let level = table.need("level").and_then(|value| value.whole(1, 9));
    let lower = end(&table, "from", "above");
    let upper = end(&table, "to", "below");
    Some(Open { level: level?, lower: lower?, upper: upper?, table })
}

/// One end of a range, by the key that includes it or the key that does not; `None` after a mistake.
#[allow(clippy::option_option)]
fn end<'s>(table: &Table<'s>, includes: &str, excludes: &str) -> Option<Option<(Bound, Setting<'s>)>> {
    let (value, included) = match (table.get(includes), table.get(excludes)) {
        (None, None) => return Some(None),
        (Some(value), None) => (value, true),
        (None, Some(value)) => (value, false),
        (Some(_), Some(value)) => {
            value.wrong(
                format!("chỉ ghi một trong hai: {includes} hoặc {excludes}"),
                format!("only one of {includes} and {excludes}"),
            );
            return None;
        }
    };
    let at = value.points()?;
    Some(Some((Bound { at, included }, value)))
}

/// Levels 1, 2, 3 …, each beginning where the one below it ends.
fn check_order(open: &[Open<'_>]) {
    for (i, range) in open.iter().enumerate() {
        let expected = i as i64 + 1;
        if range.level != expected {
            range.table.wrong(
                format!("mức phải tăng dần 1, 2, 3...; đây phải là mức {expected}"),
                format!("levels rise 1, 2, 3...; level {expected} is due here"),
            );
        }
        if let (Some((low, _)), Some((high, _))) = (&range.lower, &range.upper) {
            let holds_one = low.included && high.included;
            if low.at > high.at || (low.at == high.at && !holds_one) {
                range.table.wrong("không điểm nào thuộc mức này", "no points belong to this level");
            }
        }
    }
    if let Some((low, setting)) = open.first().and_then(|first| first.lower.as_ref())
        && (low.at > Points::ZERO || !low.included)
    {
        setting.wrong(
            format!("hở: điểm thấp hơn {} không thuộc mức nào", low.at),
            format!("gap: points below {} have no level", low.at.plain()),
        );
    }
    for pair in open.windows(2) {
        check_joint(&pair[0], &pair[1]);
    }
}

fn check_joint(below: &Open<'_>, above: &Open<'_>) {
    let (Some((end, _)), Some((start, place))) = (&below.upper, &above.lower) else {
        if below.upper.is_none() {
            below.table.wrong("thiếu to hoặc below", "to or below is missing");
        }
        if above.lower.is_none() {
            above.table.wrong("thiếu from hoặc above", "from or above is missing");
        }
        return;
    };
    let (a, b) = (below.level, above.level);
    let shown = |low: Points, high: Points| {
        if low == high { low.to_string() } else { format!("{low}-{high}") }
    };
    if end.at < start.at || (end.at == start.at && !end.included && !start.included) {
        let points = shown(end.at, start.at);
        place.wrong(
            format!("hở giữa mức {a} và mức {b}: {points} điểm không thuộc mức nào"),
            format!("gap between levels {a} and {b}: {points} points have no level"),
        );
    } else if end.at > start.at || (end.included && start.included) {
        let points = shown(start.at, end.at);
        place.wrong(
            format!("chồng giữa mức {a} và mức {b}: {points} điểm thuộc cả hai"),
            format!("overlap of levels {a} and {b}: {points} points belong to both"),
        );
    }
}

/// The names of the levels; none where the file gives none (a scale whose names are not known).
fn level_names(table: &Table<'_>, levels: usize) -> Vec<String> {
    let Some(setting) = table.get("names") else { return Vec::new() };
    let Some(list) = setting.list() else { return Vec::new() };
    if list.len() != levels && levels > 0 {
        setting.wrong(
            format!("có {} tên cho {levels} mức", list.len()),
            format!("{} names for {levels} levels", list.len()),
        );
    }
    list.iter().filter_map(Setting::filled).collect()
}

/// A closed top end must reach the most that is measured on the scale.
pub(super) fn check_top(end: &Setting<'_>, max: Points, code: Option<ItemCode>) {
    if let Some(at) = end.points()
        && at < max
    {
        let code = code.map(|code| code.to_string()).unwrap_or_default();
        end.wrong(
            format!("hở: {code} có đến {max} điểm, trên {at} điểm không thuộc mức nào"),
            format!("gap: {code} has up to {} points, above {} there is no level", max.plain(), at.plain()),
        );
    }
}
