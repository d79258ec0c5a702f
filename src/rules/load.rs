//! One rule file to one [`RuleSet`], or all its mistakes.

use std::collections::BTreeMap;

use super::keys::{self, names, with_basis};
use super::scales::Scales;
use super::{Authority, Basis, NodeKind, Origin, Overall, OverallRule, RuleSet, Scale, Step, Unmet, UnmetRule};
use super::{audit, authority, nodes, scales};
use crate::codes::{ItemCode, SetId};
use crate::finding::{Finding, Lang};
use crate::points::Points;
use crate::school::SchoolKind;
use crate::settings::{Mistake, Setting, Settings, Source, Table};
use crate::text;

/// Characters of `set.short`, which names sheets: Excel allows 31, and "Chi tiết " stands before it.
const SHORT_CHARS: usize = 20;
/// What the name of a sheet cannot hold.
const NOT_IN_SHEET_NAMES: &[char] = &['[', ']', ':', '*', '?', '/', '\\'];

const OVERALL_RULES: &[(&str, bool)] = &[("lowest-group", true), ("by-total", false)];
/// What `unmet.rule` may be.
pub(super) const UNMET_RULES: &[(&str, UnmetRule)] =
    &[("hold-level-1", UnmetRule::HoldLevel1), ("not-accepted", UnmetRule::NotAccepted)];

/// A rule file that can be used.
#[derive(Debug, Clone)]
pub struct Loaded {
    /// The set.
    pub set: RuleSet,
    /// What does not add up, as [`audit`] finds it, with its line.
    pub warnings: Vec<Mistake>,
    /// The lines of its nodes and tables, by code or name (`1.6.1`, `scales.group`, `set`).
    pub lines: BTreeMap<String, u32>,
}

/// Reads one rule file.
///
/// # Errors
/// All that is wrong with it, in the order of its lines.
pub fn load(text: &str, origin: Origin) -> Result<Loaded, Vec<Mistake>> {
    let source = Source::new(origin.name(), text);
    let settings = Settings::of(&source);
    let read = read(&settings, text, origin);
    let has_errors = settings.has_errors();
    let mut mistakes = settings.finish();
    match read {
        Some((set, lines)) if !has_errors => {
            mistakes.extend(audit(&set).iter().map(|finding| warning(&set, &lines, finding)));
            mistakes.sort_by_key(|mistake| mistake.line);
            Ok(Loaded { set, warnings: mistakes, lines })
        }
        _ => Err(mistakes),
    }
}

/// No rule file is larger; a larger one is something else.
const MOST_BYTES: usize = 4 << 20;

/// Reads one rule file of an office, as its bytes are: what Windows Notepad writes is taken. `name`: as people know it.
///
/// # Errors
/// As [`load`], or that the bytes are no text.
pub fn load_bytes(name: &str, bytes: &[u8]) -> Result<Loaded, Vec<Mistake>> {
    if bytes.len() > MOST_BYTES {
        return Err(vec![Mistake::whole(name, "quá lớn, không phải tệp quy tắc", "too large for a rule file")]);
    }
    match text::decode(bytes) {
        Ok(text) => load(&text, Origin::File(name.to_owned())),
        Err(why) => Err(vec![Mistake::no_text(name, why)]),
    }
}

/// What the audit found, at the line of the node or table that it names.
pub(super) fn warning(set: &RuleSet, lines: &BTreeMap<String, u32>, finding: &Finding) -> Mistake {
    let key = match (finding.item, finding.values.get("key")) {
        (Some(item), _) => item.to_string(),
        (None, Some(key)) => key.clone(),
        (None, None) => String::new(),
    };
    let say = |lang| format!("{} {}", finding.message(lang), finding.advice(lang));
    Mistake {
        file: set.origin.name().to_owned(),
        line: lines.get(&key).copied().unwrap_or(0),
        column: 0,
        key: String::new(),
        vi: say(Lang::Vi),
        en: say(Lang::En),
        is_error: false,
    }
}

fn read<'s>(settings: &'s Settings<'s>, text: &str, origin: Origin) -> Option<(RuleSet, BTreeMap<String, u32>)> {
    let top = settings.top(&names(&keys::TOP));
    let head = top.need_table("set", &names(&keys::SET));
    let id = head.as_ref().and_then(id);
    let text_of = |key| head.as_ref().and_then(|head| head.need(key)?.filled()).unwrap_or_default();
    let (title, decision) = (text_of("title"), text_of("decision"));
    let short = head.as_ref().and_then(short);
    let kinds = head.as_ref().map(kinds).unwrap_or_default();
    let replaces = head.as_ref().and_then(|head| replaces(head, id.as_ref())).unwrap_or_default();
    let is_offices = kinds.iter().any(SchoolKind::is_office);

    let scales = scales::read(&top);
    let overall = overall(&top, &scales);
    let unmet = unmet(&top);
    let step = step(&top);
    let by_groups = matches!(&overall, Some(Overall { rule: OverallRule::LowestGroup, .. }));
    let around = nodes::Around { settings, scales: &scales, by_groups, computes: is_offices || kinds.is_empty() };
    let (nodes, node_lines) = nodes::read(&top, &around);
    if let Some(Overall { rule: OverallRule::ByTotal(name), .. }) = &overall
        && let Some((_, Some(end))) = scales.get(name)
    {
        let total = nodes.iter().filter(|node| node.parent.is_none()).filter_map(|node| node.max).sum();
        scales::check_top(end, total, None);
    }
    if top.get("unmet").is_none() && nodes.iter().any(|node| node.kind == NodeKind::Mandatory) {
        top.missing_table("unmet");
    }
    let lines = lines(&top, node_lines);
    let set = RuleSet {
        id: id?,
        title,
        short: short?,
        decision,
        kinds,
        replaces,
        overall: overall?,
        unmet: unmet.unwrap_or(Unmet { rule: UnmetRule::HoldLevel1, authority: unstated() }),
        step: step.unwrap_or(Step { value: Points::ZERO, authority: unstated() }),
        scales: scales.into_iter().map(|(name, (scale, _))| (name, scale)).collect::<BTreeMap<String, Scale>>(),
        nodes,
        fingerprint: blake3::hash(text.replace("\r\n", "\n").as_bytes()).to_hex().to_string(),
        origin,
        confirmed: BTreeMap::new(),
    };
    Some((set, lines))
}

/// Of what the file does not state, and what therefore is no figure.
fn unstated() -> Authority {
    let none = String::new;
    Authority { basis: Basis::Provisional, source: none(), clause: none(), checked_by: none(), checked_on: none() }
}

fn lines(top: &Table<'_>, nodes: BTreeMap<ItemCode, u32>) -> BTreeMap<String, u32> {
    let mut lines: BTreeMap<String, u32> = nodes.into_iter().map(|(code, line)| (code.to_string(), line)).collect();
    for name in ["set", "overall", "unmet", "step"] {
        lines.extend(top.get(name).map(|value| (name.to_owned(), value.line())));
    }
    let scales = top.get("scales").and_then(|value| value.any_table());
    for (name, value) in scales.iter().flat_map(Table::entries) {
        lines.insert(format!("scales.{name}"), value.line());
    }
    lines
}

fn id(head: &Table<'_>) -> Option<SetId> {
    let setting = head.need("id")?;
    let id = setting.filled()?;
    if !id.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b)) || id.starts_with('.') {
        setting.wrong(
            "chỉ gồm chữ không dấu, số, dấu - _ và dấu chấm, ví dụ qd-4725-2022",
            "letters without accents, digits, - _ and dots only, as in qd-4725-2022",
        );
        return None;
    }
    Some(SetId(id))
}

fn short(head: &Table<'_>) -> Option<String> {
    let setting = head.need("short")?;
    let short = setting.filled()?;
    let count = short.chars().count();
    if count > SHORT_CHARS {
        setting.wrong(
            format!("dài {count} ký tự; tối đa {SHORT_CHARS} vì dùng làm tên trang tính"),
            format!("{count} characters; at most {SHORT_CHARS}, since it names sheets"),
        );
    }
    if let Some(c) = short.chars().find(|c| NOT_IN_SHEET_NAMES.contains(c)) {
        setting.wrong(
            format!("có ký tự {c}; tên trang tính không dùng được [ ] : * ? / \\"),
            format!("holds {c}; the name of a sheet cannot hold [ ] : * ? / \\"),
        );
    }
    if short.starts_with('\'') || short.ends_with('\'') {
        setting.wrong(
            "tên trang tính không bắt đầu hay kết thúc bằng dấu '",
            "the name of a sheet neither begins nor ends with '",
        );
    }
    Some(short)
}

fn kinds(head: &Table<'_>) -> Vec<SchoolKind> {
    let Some(setting) = head.need("kinds") else { return Vec::new() };
    let Some(list) = setting.list() else { return Vec::new() };
    if list.is_empty() {
        setting.wrong("chưa có cấp học nào", "no kind of school");
    }
    let mut kinds: Vec<SchoolKind> = Vec::new();
    for item in list {
        let Some(kind) = item.filled().map(SchoolKind) else { continue };
        if kinds.contains(&kind) {
            item.wrong(format!("{kind} đã có trong danh sách"), format!("{kind} is in the list already"));
        } else {
            kinds.push(kind);
        }
    }
    if kinds.len() > 1 && kinds.iter().any(SchoolKind::is_office) {
        setting.wrong("CO_QUAN phải đứng một mình", "CO_QUAN must stand alone");
    }
    kinds
}

fn replaces(head: &Table<'_>, own: Option<&SetId>) -> Option<Vec<SetId>> {
    let list = head.get("replaces")?.list()?;
    let read = |item: &Setting<'_>| {
        let id = item.filled().map(SetId)?;
        if Some(&id) == own {
            item.wrong("bộ này thay chính nó", "the set replaces itself");
        }
        Some(id)
    };
    Some(list.iter().filter_map(read).collect())
}

fn overall(top: &Table<'_>, scales: &Scales<'_>) -> Option<Overall> {
    let table = top.need_table("overall", &with_basis(&keys::OVERALL))?;
    let authority = authority::read(&table);
    let lowest = table.need("rule")?.one_of(OVERALL_RULES)?;
    if lowest {
        if let Some(scale) = table.get("scale") {
            scale.wrong("chỉ dùng khi rule = \"by-total\"", "only with rule = \"by-total\"");
        }
        return Some(Overall { rule: OverallRule::LowestGroup, authority });
    }
    let setting = table.need("scale")?;
    let name = setting.filled()?;
    if !scales.contains_key(&name) {
        let names: Vec<&str> = scales.keys().map(String::as_str).collect();
        setting.not_one_of(&name, &names);
        return None;
    }
    Some(Overall { rule: OverallRule::ByTotal(name), authority })
}

fn unmet(top: &Table<'_>) -> Option<Unmet> {
    let table = top.get_table("unmet", &with_basis(&keys::UNMET))?;
    let authority = authority::read(&table);
    let rule = table.need("rule")?.one_of(UNMET_RULES)?;
    Some(Unmet { rule, authority })
}

fn step(top: &Table<'_>) -> Option<Step> {
    let table = top.get_table("step", &with_basis(&keys::STEP))?;
    let authority = authority::read(&table);
    let setting = table.need("value")?;
    let value = setting.points()?;
    if value == Points::ZERO {
        setting.wrong("bước điểm phải lớn hơn 0", "the step must be above 0");
    }
    Some(Step { value, authority })
}
