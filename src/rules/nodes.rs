//! `[[node]]`: groups, criteria, items and conditions, put into a tree.

use std::collections::{BTreeMap, BTreeSet};

use super::formula::read as formula;
use super::keys::{self, names, with_basis};
use super::scales::Scales;
use super::{Band, Node, NodeKind, authority};
use crate::codes::ItemCode;
use crate::points::Points;
use crate::settings::{Setting, Settings, Table};

/// The scale that groups have without naming it; with lowest-group every top node.
const DEFAULT_SCALE: &str = "group";

/// What the nodes need to know of the rest of the file.
pub(super) struct Around<'a, 's> {
    pub settings: &'s Settings<'s>,
    pub scales: &'a Scales<'s>,
    /// Whether each top node needs a level.
    pub by_groups: bool,
    /// Whether computed items can be filled: only the office's are.
    pub computes: bool,
}

/// A node with its place in the file.
struct Raw<'s> {
    node: Node,
    table: Table<'s>,
    code: Setting<'s>,
}

/// Reads all nodes, in the order of the form: as in the file, but each below its parent.
pub(super) fn read<'s>(top: &Table<'s>, around: &Around<'_, 's>) -> (Vec<Node>, BTreeMap<ItemCode, u32>) {
    let Some(list) = top.need("node").and_then(|value| value.list()) else { return Default::default() };
    let total = list.len();
    let raws: Vec<Raw<'s>> = list.iter().filter_map(|item| one(item, around)).collect();
    let mut seen: BTreeMap<ItemCode, u32> = BTreeMap::new();
    let mut kept: Vec<Raw<'s>> = Vec::new();
    for raw in raws {
        if let Some(line) = seen.get(&raw.node.code) {
            let code = raw.node.code;
            raw.code
                .wrong(format!("mã {code} đã có ở dòng {line}"), format!("code {code} stands on line {line} already"));
            continue;
        }
        seen.insert(raw.node.code, raw.code.line());
        kept.push(raw);
    }
    // A node whose code cannot be read is perhaps the parent that others miss: the first cause only.
    let whole = total == seen.len() && !around.settings.is_broken();
    check_parents(&kept, whole);
    if whole {
        check_children(&kept);
    }
    (tree(kept), seen)
}

fn one<'s>(item: &Setting<'s>, around: &Around<'_, 's>) -> Option<Raw<'s>> {
    let any = item.any_table()?;
    let setting = any.need("code");
    let code = setting.as_ref().and_then(formula::code);
    let keys = [with_basis(&keys::NODE), names(&keys::COMPUTED)].concat();
    let table = match &code {
        Some(code) => any.called(&code.to_string()),
        None => any,
    };
    let table = table.only(&keys);
    let title = table.need("title").and_then(|value| value.filled());
    let kind = table.need("kind").and_then(|value| value.one_of(&NodeKind::NAMES));
    let authority = authority::read(&table);
    let given = table.get("max");
    let max = match (kind, &given) {
        (Some(NodeKind::Mandatory), Some(value)) => {
            value.wrong("điều kiện bắt buộc không có điểm tối đa", "a mandatory condition has no maximum");
            None
        }
        (Some(NodeKind::Mandatory), None) => None,
        (_, Some(value)) => value.points(),
        (_, None) => {
            table.missing("max");
            None
        }
    };
    let scale = scale(&table, kind, code, max, around);
    let bands = bands(&table, kind, max);
    let computed = match kind {
        Some(NodeKind::Computed) => {
            if !around.computes {
                table.wrong(
                    "mục computed chỉ dùng trong bộ của cơ quan (kinds = [\"CO_QUAN\"])",
                    "computed items belong to the office's set only (kinds = [\"CO_QUAN\"])",
                );
            }
            formula::read(&table, max)
        }
        Some(_) => {
            for value in names(&keys::COMPUTED).iter().filter_map(|key| table.get(key)) {
                value.wrong("chỉ dùng khi kind = \"computed\"", "only with kind = \"computed\"");
            }
            None
        }
        None => None,
    };
    let node = Node {
        code: code?,
        title: title.unwrap_or_default(),
        // Not a leaf, so that what stands below a node of unknown kind is not called wrong.
        kind: kind.unwrap_or(NodeKind::Criterion),
        max,
        scale,
        bands,
        computed,
        authority,
        parent: None,
        children: Vec::new(),
    };
    Some(Raw { node, table, code: setting? })
}

fn scale(
    table: &Table<'_>,
    kind: Option<NodeKind>,
    code: Option<ItemCode>,
    max: Option<Points>,
    around: &Around<'_, '_>,
) -> Option<String> {
    let is_top = code.is_some_and(|code| code.depth() == 1);
    let Some(setting) = table.get("scale") else {
        if !is_top || kind.is_none_or(|kind| kind == NodeKind::Mandatory) {
            return None;
        }
        if around.scales.contains_key(DEFAULT_SCALE) && (around.by_groups || kind == Some(NodeKind::Group)) {
            return Some(DEFAULT_SCALE.to_owned());
        }
        if around.by_groups {
            table.wrong(
                "thiếu scale: mức chung lấy theo mức thấp nhất của các nhóm nên mỗi nhóm cần một thang mức",
                "scale is missing: with lowest-group each group needs a scale",
            );
        }
        return None;
    };
    if kind == Some(NodeKind::Mandatory) {
        setting.wrong("điều kiện bắt buộc không có thang mức", "a mandatory condition has no scale");
        return None;
    }
    let name = setting.filled()?;
    let Some((_, top_end)) = around.scales.get(&name) else {
        let names: Vec<&str> = around.scales.keys().map(String::as_str).collect();
        setting.not_one_of(&name, &names);
        return None;
    };
    if let (Some(end), Some((code, max))) = (top_end, code.zip(max)) {
        super::scales::check_top(end, max, Some(code));
    }
    Some(name)
}

fn bands(table: &Table<'_>, kind: Option<NodeKind>, max: Option<Points>) -> Vec<Band> {
    let Some(setting) = table.get("bands") else { return Vec::new() };
    match kind {
        Some(kind @ (NodeKind::Ratio | NodeKind::Count)) => formula::bands(&setting, kind, max).unwrap_or_default(),
        // Those of a computed item belong to its formula.
        Some(NodeKind::Computed) | None => Vec::new(),
        Some(_) => {
            setting.wrong("chỉ dùng khi kind là ratio, count hoặc computed", "only with kind ratio, count or computed");
            Vec::new()
        }
    }
}

fn check_parents(raws: &[Raw<'_>], whole: bool) {
    let places: BTreeMap<ItemCode, (usize, &Raw<'_>)> =
        raws.iter().enumerate().map(|(at, raw)| (raw.node.code, (at, raw))).collect();
    for (at, raw) in raws.iter().enumerate() {
        let code = raw.node.code;
        let Some(parent) = code.parent() else { continue };
        let above = places.get(&parent).map(|(place, above)| (*place, above.node.kind, above.code.line()));
        match above {
            Some((place, NodeKind::Group | NodeKind::Criterion, line)) if place > at => raw.code.wrong(
                format!("{code} đứng trước mục cha {parent} (dòng {line}); ghi mục cha trước"),
                format!("{code} stands before its parent {parent} (line {line}); put the parent first"),
            ),
            Some((_, NodeKind::Group | NodeKind::Criterion, _)) => {}
            Some((_, kind, _)) => {
                let kind = kind.name();
                raw.code.wrong(
                    format!("{code} nằm dưới {parent}, mà {parent} là {kind}; mục cha phải là group hoặc criterion"),
                    format!("{code} stands below {parent}, which is {kind}; a parent is group or criterion"),
                );
            }
            None if whole => raw
                .code
                .wrong(format!("{code}: thiếu mục cha {parent}"), format!("{code}: its parent {parent} is missing")),
            None => {}
        }
    }
}

fn check_children(raws: &[Raw<'_>]) {
    let parents: BTreeSet<ItemCode> = raws.iter().filter_map(|raw| raw.node.code.parent()).collect();
    for raw in raws.iter().filter(|raw| !raw.node.is_leaf() && !parents.contains(&raw.node.code)) {
        let kind = raw.node.kind.name();
        raw.table.wrong(
            format!("{kind} không có mục con; nếu tự chấm điểm thì kind là points, yes-no, ratio hoặc count"),
            format!("{kind} with nothing below; if it bears points its kind is points, yes-no, ratio or count"),
        );
    }
}

/// Parents before their children, siblings as in the file.
fn tree(raws: Vec<Raw<'_>>) -> Vec<Node> {
    let mut below: BTreeMap<Option<ItemCode>, Vec<Node>> = BTreeMap::new();
    for raw in raws {
        below.entry(raw.node.code.parent()).or_default().push(raw.node);
    }
    let mut nodes = Vec::new();
    hang(None, None, &mut below, &mut nodes);
    nodes
}

/// Puts what stands below a code, at most five deep, behind `nodes`.
fn hang(
    code: Option<ItemCode>,
    parent: Option<usize>,
    below: &mut BTreeMap<Option<ItemCode>, Vec<Node>>,
    nodes: &mut Vec<Node>,
) {
    for mut node in below.remove(&code).unwrap_or_default() {
        let index = nodes.len();
        let code = node.code;
        node.parent = parent;
        if let Some(parent) = parent {
            nodes[parent].children.push(index);
        }
        nodes.push(node);
        hang(Some(code), Some(index), below, nodes);
    }
}
