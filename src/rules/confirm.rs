//! Figures held against the annex one by one: the office's own word makes a figure official, or replaces it.

use super::figures::{figures, limits, start};
use super::load::UNMET_RULES;
use super::{Authority, Basis, Denominator, RuleSet, Scope};
use crate::codes::Level;
use crate::finding::Lang;
use crate::points::{Points, Share};
use crate::text;

/// Why a figure stays as it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// The set has no figure with this key; the nearest one it has.
    UnknownKey {
        /// As asked for.
        key: String,
        /// The most like it.
        nearest: Option<String>,
    },
    /// The value cannot be what this figure is.
    NotAValue {
        /// As given.
        value: String,
    },
    /// The value would leave levels without points, or above the one below it.
    OutOfOrder {
        /// As given.
        value: String,
    },
    /// A figure of this kind is changed in a rule file only.
    NeedsRuleFile {
        /// As in the set.
        stands: String,
    },
}

impl Refusal {
    /// What is wrong and what to do, in words.
    pub fn message(&self, lang: Lang) -> String {
        match (lang, self) {
            (Lang::Vi, Refusal::UnknownKey { key, nearest: Some(nearest) }) => {
                format!("Không có giá trị “{key}”; có phải “{nearest}”?")
            }
            (Lang::En, Refusal::UnknownKey { key, nearest: Some(nearest) }) => {
                format!("No figure “{key}”; did you mean “{nearest}”?")
            }
            (Lang::Vi, Refusal::UnknownKey { key, nearest: None }) => format!("Không có giá trị “{key}”."),
            (Lang::En, Refusal::UnknownKey { key, nearest: None }) => format!("No figure “{key}”."),
            (Lang::Vi, Refusal::NotAValue { value }) => format!("“{value}” không dùng được cho giá trị này."),
            (Lang::En, Refusal::NotAValue { value }) => format!("“{value}” cannot be this figure."),
            (Lang::Vi, Refusal::OutOfOrder { value }) => format!("“{value}” làm các mức hoặc các ngưỡng sai thứ tự."),
            (Lang::En, Refusal::OutOfOrder { value }) => format!("“{value}” puts levels or bands out of order."),
            (Lang::Vi, Refusal::NeedsRuleFile { stands }) => {
                format!("Đang là “{stands}”; muốn đổi phải sửa tệp quy tắc.")
            }
            (Lang::En, Refusal::NeedsRuleFile { stands }) => {
                format!("“{stands}” stands; only a rule file can change it.")
            }
        }
    }
}

/// Makes one figure official, with another value if one is given. The set's [`super::audit`] is to be asked again
/// after all figures are in.
///
/// # Errors
/// When there is no such figure, or it cannot have this value; the set is as it was.
pub fn confirm(set: &mut RuleSet, key: &str, value: Option<&str>, authority: Authority) -> Result<(), Refusal> {
    let key = text::clean(key);
    let all = figures(set);
    let Some(figure) = all.iter().find(|figure| figure.key == key) else {
        let nearest = text::nearest(&key, all.iter().map(|figure| figure.key.as_str()), 0.5).map(str::to_owned);
        return Err(Refusal::UnknownKey { key, nearest });
    };
    let value = value.map(text::clean).filter(|value| !value.is_empty() && *value != figure.value);
    if let Some(value) = value {
        let mut changed = set.clone();
        change(&mut changed, &key, &value, &figure.value)?;
        *set = changed;
    }
    set.confirmed.insert(key, Authority { basis: Basis::Official, ..authority });
    Ok(())
}

fn change(set: &mut RuleSet, key: &str, value: &str, stands: &str) -> Result<(), Refusal> {
    let not_a_value = || Refusal::NotAValue { value: value.to_owned() };
    let points = || Points::parse(value).filter(|points| *points >= Points::ZERO).ok_or_else(not_a_value);
    let needs_file = || Refusal::NeedsRuleFile { stands: stands.to_owned() };
    let (table, rest) = key.split_once(' ').unwrap_or((key, ""));
    match table {
        "overall" => return Err(needs_file()),
        "unmet" => {
            let known = UNMET_RULES.iter().find(|(name, _)| *name == value);
            set.unmet.rule = known.map(|(_, rule)| *rule).ok_or_else(not_a_value)?;
            return Ok(());
        }
        "step" => {
            set.step.value = points().ok().filter(|step| *step > Points::ZERO).ok_or_else(not_a_value)?;
            return Ok(());
        }
        _ => {}
    }
    if let Some(name) = table.strip_prefix("scales.") {
        return move_limit(set, name, key, points()?).ok_or(Refusal::OutOfOrder { value: value.to_owned() });
    }
    let index = table.parse().ok().and_then(|code| set.index_of(code)).ok_or_else(needs_file)?;
    let node = &mut set.nodes[index];
    let kind = node.kind;
    match rest.split_once(' ').unwrap_or((rest, "")) {
        ("max", _) => {
            let max = points()?;
            if node.all_bands().iter().any(|band| band.points > max) {
                return Err(Refusal::OutOfOrder { value: value.to_owned() });
            }
            node.max = Some(max);
        }
        ("bands", from) => {
            let points = points()?;
            let over = node.max.is_some_and(|max| points > max);
            let bands = match node.computed.as_mut() {
                Some(computed) => computed.formula.bands_mut(),
                None => &mut node.bands,
            };
            let band = bands.iter_mut().find(|band| start(kind, band.from) == from).filter(|_| !over);
            band.ok_or_else(not_a_value)?.points = points;
        }
        ("weights", level) => {
            let weight = Share::parse_decimal(value).filter(|weight| *weight <= Share::ONE).ok_or_else(not_a_value)?;
            let level = level.parse().map(Level).map_err(|_| needs_file())?;
            let computed = node.computed.as_mut().and_then(|computed| computed.formula.weight_mut(level));
            *computed.ok_or_else(needs_file)? = weight;
        }
        ("denominator", _) => {
            let known = Denominator::NAMES.iter().find(|(name, _)| *name == value).ok_or_else(not_a_value)?;
            if let Some(computed) = node.computed.as_mut() {
                computed.denominator = known.1;
            }
        }
        ("scope", _) => {
            let known = Scope::NAMES.iter().find(|(name, _)| *name == value).ok_or_else(not_a_value)?;
            if let Some(computed) = node.computed.as_mut() {
                computed.scope = known.1;
            }
        }
        _ => return Err(needs_file()),
    }
    Ok(())
}

/// Moves the limit between two levels, on both its sides; `None` where a level would be left without points.
fn move_limit(set: &mut RuleSet, name: &str, key: &str, at: Points) -> Option<()> {
    let scale = set.scales.get_mut(name)?;
    let below = limits(name, scale).into_iter().find(|limit| limit.key == key)?.below;
    scale.levels[below].upper.as_mut()?.at = at;
    scale.levels[below + 1].lower.as_mut()?.at = at;
    let holds = |range: &super::LevelRange| match (range.lower, range.upper) {
        (Some(low), Some(high)) => low.at < high.at || (low.at == high.at && low.included && high.included),
        (None, Some(high)) => high.at > Points::ZERO || high.included,
        _ => true,
    };
    scale.levels.iter().all(holds).then_some(())
}
