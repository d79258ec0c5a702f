//! A random universe: sets of schools and the office's own, as rule files; any depth, kind, scale, band and formula that
//! the rule file's format has.

use std::fmt::Write;

use crate::outcomes::Dice;

/// A fraction with a positive denominator.
pub type Share = (i128, i128);

/// A set, in numbers of its own: points are hundredths.
pub struct Set {
    pub id: String,
    pub short: String,
    /// The kind of school; `None` for the office.
    pub kind: Option<String>,
    /// In the order of the file.
    pub nodes: Vec<Node>,
    pub scales: Vec<Scale>,
    /// The scale of the total; `None`: the lowest group.
    pub by_total: Option<usize>,
    pub not_accepted: bool,
    /// 0: none.
    pub step: i64,
}

pub struct Node {
    pub code: String,
    pub title: String,
    pub kind: Kind,
    pub max: i64,
    pub scale: Option<usize>,
    pub bands: Vec<(Share, i64)>,
}

#[derive(Clone, PartialEq)]
pub enum Kind {
    Sum,
    Points,
    YesNo,
    Ratio,
    Count,
    Condition,
    Computed(Computed),
}

#[derive(Clone, PartialEq)]
pub struct Computed {
    pub formula: Formula,
    /// Sets by their place, with groups.
    pub of: Vec<(usize, Vec<String>)>,
    /// Every school that owes; else those whose return counts.
    pub expected: bool,
}

#[derive(Clone, PartialEq)]
pub enum Formula {
    LevelShare(Vec<(u8, Share)>),
    MeanScore,
    ReachLevel(u8),
    Manual,
}

/// Levels 1, 2, ... by the upper ends of all but the last.
pub struct Scale {
    pub name: String,
    /// Where a level ends, and whether the end belongs to it.
    pub ends: Vec<(i64, bool)>,
    /// A closed end of the last level.
    pub top: Option<i64>,
}

pub struct Universe {
    pub sets: Vec<Set>,
    pub office: Set,
}

impl Node {
    pub fn is_below(&self, other: &Node) -> bool {
        self.code.strip_prefix(other.code.as_str()).is_some_and(|rest| rest.starts_with('.'))
    }

    pub fn is_top(&self) -> bool {
        !self.code.contains('.')
    }

    pub fn is_group(&self) -> bool {
        self.is_top() && self.kind != Kind::Condition
    }

    /// Whether people type a score.
    pub fn is_scored(&self) -> bool {
        match &self.kind {
            Kind::Sum | Kind::Condition => false,
            Kind::Computed(computed) => computed.formula == Formula::Manual,
            _ => true,
        }
    }
}

impl Set {
    pub fn groups(&self) -> impl Iterator<Item = &Node> {
        self.nodes.iter().filter(|node| node.is_group())
    }
}

fn one_in(dice: &mut Dice, n: u64) -> bool {
    dice.roll(n) == 0
}

fn between(dice: &mut Dice, low: i64, high: i64) -> i64 {
    low + dice.roll((high - low + 1) as u64) as i64
}

/// It stands for the set of that id inside the program.
const OFFICE: &str = "qd-3806-2024";
const FLOWERS: [&str; 8] =
    ["sen hồng", "cúc vàng", "mai trắng", "lan tím", "đào phai", "ban rừng", "trúc xanh", "quế thơm"];

impl Universe {
    pub fn new(dice: &mut Dice) -> Universe {
        let sets: Vec<Set> = (0..1 + dice.roll(3) as usize).map(|n| school_set(dice, n)).collect();
        let office = office_set(dice, &sets);
        Universe { sets, office }
    }

    /// The files of `quy-tac/`.
    pub fn files(&self) -> Vec<(String, Vec<u8>)> {
        let all = self.sets.iter().chain([&self.office]);
        all.map(|set| (format!("quy-tac/{}.toml", set.id), self.toml(set).into_bytes())).collect()
    }

    fn toml(&self, set: &Set) -> String {
        let mut out = String::new();
        let kind = set.kind.as_deref().unwrap_or("CO_QUAN");
        let (id, short) = (&set.id, &set.short);
        let basis = "basis = \"provisional\"";
        // A String takes whatever is written to it.
        let _ = writeln!(
            out,
            "[set]\nid = \"{id}\"\ntitle = \"Bộ {short}\"\nshort = \"{short}\"\ndecision = \"QĐ {id}\"\nkinds = [\"{kind}\"]\n"
        );
        match set.by_total {
            Some(scale) => {
                let name = &set.scales[scale].name;
                let _ = writeln!(out, "[overall]\nrule = \"by-total\"\nscale = \"{name}\"\n{basis}\n");
            }
            None => drop(writeln!(out, "[overall]\nrule = \"lowest-group\"\n{basis}\n")),
        }
        let unmet = if set.not_accepted { "not-accepted" } else { "hold-level-1" };
        let _ = writeln!(out, "[unmet]\nrule = \"{unmet}\"\n{basis}\n");
        if set.step > 0 {
            let _ = writeln!(out, "[step]\nvalue = {}\n{basis}\n", plain(set.step));
        }
        for scale in &set.scales {
            let last = scale.ends.len();
            let level = |n: usize| {
                let start = n.checked_sub(1).map(|below| scale.ends[below]);
                let lower = start.map_or(String::new(), |(at, included)| {
                    format!(", {} = {}", if included { "above" } else { "from" }, plain(at))
                });
                let end = scale.ends.get(n).copied().or(scale.top.filter(|_| n == last).map(|top| (top, true)));
                let upper = end.map_or(String::new(), |(at, included)| {
                    format!(", {} = {}", if included { "to" } else { "below" }, plain(at))
                });
                format!("{{ level = {}{lower}{upper} }}", n + 1)
            };
            let levels: Vec<String> = (0..=last).map(level).collect();
            let _ = writeln!(out, "[scales.{}]\nlevels = [{}]\n{basis}\n", scale.name, levels.join(", "));
        }
        for node in &set.nodes {
            let _ = writeln!(out, "[[node]]\ncode = \"{}\"\ntitle = \"{}\"", node.code, node.title);
            let kind = match &node.kind {
                Kind::Sum if node.is_top() => "group",
                Kind::Sum => "criterion",
                Kind::Points => "points",
                Kind::YesNo => "yes-no",
                Kind::Ratio => "ratio",
                Kind::Count => "count",
                Kind::Condition => "mandatory",
                Kind::Computed(_) => "computed",
            };
            let _ = writeln!(out, "kind = \"{kind}\"");
            if node.kind != Kind::Condition {
                let _ = writeln!(out, "max = {}", plain(node.max));
            }
            if let Some(scale) = node.scale {
                let _ = writeln!(out, "scale = \"{}\"", set.scales[scale].name);
            }
            if !node.bands.is_empty() {
                let from = |share: Share| match node.kind {
                    Kind::Count => decimal(share),
                    _ => format!("\"{}%\"", decimal((share.0 * 100, share.1))),
                };
                let bands = node
                    .bands
                    .iter()
                    .map(|(start, points)| format!("{{ from = {}, points = {} }}", from(*start), plain(*points)));
                let _ = writeln!(out, "bands = [{}]", bands.collect::<Vec<_>>().join(", "));
            }
            if let Kind::Computed(computed) = &node.kind {
                self.computed(computed, &mut out);
            }
            let _ = writeln!(out, "{basis}\n");
        }
        out
    }

    fn computed(&self, computed: &Computed, out: &mut String) {
        let of = computed.of.iter().map(|(set, groups)| {
            let groups: Vec<String> = groups.iter().map(|group| format!("\"{group}\"")).collect();
            format!("{{ set = \"{}\", groups = [{}] }}", self.sets[*set].id, groups.join(", "))
        });
        let of = of.collect::<Vec<_>>().join(", ");
        let denominator = if computed.expected { "expected" } else { "returned" };
        let (name, parameters) = match &computed.formula {
            Formula::LevelShare(weights) => {
                let weights = weights.iter().map(|(level, weight)| format!("{level} = {}", decimal(*weight)));
                ("level-share", format!("weights = {{ {} }}\n", weights.collect::<Vec<_>>().join(", ")))
            }
            Formula::MeanScore => ("mean-score", String::new()),
            Formula::ReachLevel(level) => ("reach-level", format!("level = {level}\n")),
            Formula::Manual => {
                let _ = writeln!(out, "formula = \"manual\"");
                return;
            }
        };
        let _ = writeln!(out, "formula = \"{name}\"\nof = [{of}]\n{parameters}denominator = \"{denominator}\"");
    }
}

/// Hundredths as a rule file has them.
pub fn plain(hundredths: i64) -> String {
    format!("{}.{:02}", hundredths / 100, hundredths % 100)
}

/// A fraction of thousandths.
fn decimal(share: Share) -> String {
    let thousandths = share.0 * 1000 / share.1;
    format!("{}.{:03}", thousandths / 1000, thousandths % 1000)
}

fn scale(dice: &mut Dice, name: &str, max: i64) -> Scale {
    let levels = between(dice, 2, 9) as usize;
    let mut ends: Vec<(i64, bool)> = Vec::new();
    let mut at = 0;
    while ends.len() + 1 < levels {
        let last = ends.last().copied();
        // A level of one point alone: from 5, to 5.
        if last.is_some_and(|(_, included)| !included) && one_in(dice, 8) {
            ends.push((at, true));
            continue;
        }
        at += between(dice, 1, (2 * max / levels as i64).max(2));
        ends.push((at, one_in(dice, 2)));
    }
    let top = one_in(dice, 5).then(|| max.max(at) + between(dice, 1, 500));
    Scale { name: name.to_owned(), ends, top }
}

fn points(dice: &mut Dice) -> i64 {
    match dice.roll(12) {
        0 => between(dice, 1, 99),
        1 => between(dice, 100, 3000),
        2 => 100,
        3 => 0,
        _ => between(dice, 1, 40) * 50,
    }
}

/// Something below a code, at most five deep.
fn branch(dice: &mut Dice, code: &str, id: &str, nodes: &mut Vec<Node>) -> i64 {
    let depth = code.split('.').count();
    let office = id == OFFICE;
    let title = format!("Mục {} {id} {code}", FLOWERS[dice.roll(8) as usize].replace(' ', " và "));
    let node = |kind: Kind, max: i64| Node {
        code: code.to_owned(),
        title: title.clone(),
        kind,
        max,
        scale: None,
        bands: Vec::new(),
    };
    let inner = match depth {
        1 => !one_in(dice, 6),
        5 => false,
        _ => one_in(dice, 3),
    };
    if !inner {
        let kind = match dice.roll(if office { 12 } else { 9 }) {
            0 | 1 if depth > 1 || one_in(dice, 2) => Kind::Condition,
            0..=3 => Kind::Points,
            4 => Kind::YesNo,
            5 | 6 => Kind::Ratio,
            7 | 8 => Kind::Count,
            // What it computes is filled in when all sets are known.
            _ => Kind::Computed(Computed { formula: Formula::Manual, of: Vec::new(), expected: true }),
        };
        let max = if kind == Kind::Condition { 0 } else { points(dice) };
        nodes.push(Node { bands: bands(dice, &kind, max), ..node(kind, max) });
        return max;
    }
    let at = nodes.len();
    nodes.push(node(Kind::Sum, 0));
    let mut sum = 0;
    let mut last = 0;
    for _ in 0..between(dice, 1, 4) {
        last += between(dice, 1, 2);
        sum += branch(dice, &format!("{code}.{last}"), id, nodes);
    }
    // A maximum that does not add up is a warning.
    nodes[at].max = if one_in(dice, 8) { sum + points(dice) } else { sum };
    nodes[at].max
}

fn bands(dice: &mut Dice, kind: &Kind, max: i64) -> Vec<(Share, i64)> {
    let whole = match kind {
        Kind::Ratio => 1000,
        Kind::Count => 60_000,
        _ => return Vec::new(),
    };
    if one_in(dice, 2) {
        return Vec::new();
    }
    let mut bands: Vec<(Share, i64)> = Vec::new();
    let mut from = between(dice, 0, whole / 2);
    let mut points = 0;
    while from <= whole && bands.len() < 5 {
        // Points that fall are a warning.
        points = if one_in(dice, 10) { between(dice, 0, max) } else { between(dice, points.min(max), max) };
        let start = if *kind == Kind::Count && !one_in(dice, 4) { from / 1000 * 1000 } else { from };
        if bands.last().is_none_or(|(last, _)| last.0 < start.into()) {
            bands.push(((start.into(), 1000), points));
        }
        from += between(dice, 1, whole / 2);
    }
    bands
}

/// A tree with at least one score, its scales, and how levels follow.
fn set(dice: &mut Dice, id: &str, short: &str, kind: Option<String>) -> Set {
    let office = kind.is_none();
    let mut nodes = Vec::new();
    loop {
        nodes.clear();
        let mut code = 0;
        for _ in 0..between(dice, 1, 4) {
            code += between(dice, 1, 2);
            branch(dice, &code.to_string(), id, &mut nodes);
        }
        let scored = nodes.iter().any(|node| node.is_scored() && !matches!(node.kind, Kind::Computed(_)));
        if scored && (2..60).contains(&nodes.len()) {
            break;
        }
    }
    let total: i64 = nodes.iter().filter(|node| node.is_group()).map(|node| node.max).sum();
    let highest = nodes.iter().map(|node| node.max).max().unwrap_or(0);
    let mut scales = vec![scale(dice, "tong", total)];
    for n in 1..=between(dice, 1, 3) {
        scales.push(scale(dice, &format!("s{n}"), highest));
    }
    let by_total = one_in(dice, 2).then_some(0);
    for node in nodes.iter_mut().filter(|node| node.kind != Kind::Condition) {
        let needs = node.is_top() && by_total.is_none();
        let may = node.is_top() || node.kind == Kind::Sum;
        if needs || (may && one_in(dice, 2)) {
            node.scale = Some(1 + dice.roll(scales.len() as u64 - 1) as usize);
        }
    }
    Set {
        id: id.to_owned(),
        short: short.to_owned(),
        kind,
        nodes,
        scales,
        by_total,
        not_accepted: !office && one_in(dice, 3),
        step: [0, 25, 50, 50, 100][dice.roll(5) as usize],
    }
}

fn school_set(dice: &mut Dice, n: usize) -> Set {
    let letter = ["A", "B", "C"][n];
    set(dice, &format!("bo-{}", n + 1), &format!("Bộ thử {}", n + 1), Some(format!("K{letter}")))
}

fn office_set(dice: &mut Dice, sets: &[Set]) -> Set {
    let mut office = set(dice, OFFICE, "Cơ quan thử", None);
    for node in &mut office.nodes {
        if matches!(node.kind, Kind::Computed(_)) {
            let (computed, bands) = computed(dice, sets, node.max);
            node.kind = Kind::Computed(computed);
            node.bands = bands;
        }
    }
    office
}

/// The levels that schools can have over groups, and whether all those have a scale.
fn levels(set: &Set, groups: &[String]) -> Option<u8> {
    let of = |scale: usize| set.scales[scale].ends.len() as u8 + 1;
    if set.groups().all(|group| groups.contains(&group.code)) && set.by_total.is_some() {
        return set.by_total.map(of);
    }
    let named = set.groups().filter(|group| groups.contains(&group.code));
    let all: Option<Vec<u8>> = named.map(|group| group.scale.map(of)).collect();
    all?.into_iter().min()
}

fn computed(dice: &mut Dice, sets: &[Set], max: i64) -> (Computed, Vec<(Share, i64)>) {
    let mut of: Vec<(usize, Vec<String>)> = Vec::new();
    for (n, set) in sets.iter().enumerate() {
        let all: Vec<String> = set.groups().map(|group| group.code.clone()).collect();
        let some: Vec<String> = all.iter().filter(|_| one_in(dice, 2)).cloned().collect();
        if !some.is_empty() && one_in(dice, 2) {
            of.push((n, some));
        } else if !all.is_empty() && one_in(dice, 2) {
            of.push((n, all));
        }
    }
    let expected = one_in(dice, 2);
    let known: Option<Vec<u8>> = of.iter().map(|(n, groups)| levels(&sets[*n], groups)).collect();
    let highest = known.and_then(|levels| levels.into_iter().max());
    let (formula, bands) = match (dice.roll(if of.is_empty() { 1 } else { 9 }), highest) {
        (0, _) => (Formula::Manual, Vec::new()),
        (1..=3, Some(highest)) => {
            let mut weights = Vec::new();
            for level in 1..=highest {
                if !one_in(dice, 6) {
                    weights.push((level, (between(dice, 0, 1000).into(), 1000)));
                }
            }
            if weights.is_empty() {
                weights.push((1, (1, 2)));
            }
            (Formula::LevelShare(weights), Vec::new())
        }
        (4..=6, Some(highest)) => {
            let level = between(dice, 1, highest.into()) as u8;
            (Formula::ReachLevel(level), bands(dice, &Kind::Ratio, max))
        }
        _ => (Formula::MeanScore, Vec::new()),
    };
    if formula == Formula::Manual {
        of.clear();
    }
    (Computed { formula, of, expected }, bands)
}
