//! Outcomes for the tests of what is made from them: rule sets from a few lines, schools with answers that look like
//! life, scored and aggregated here by the words of the rules, apart from the stages of the library.

#![allow(dead_code, clippy::unwrap_used, clippy::panic)]

use std::collections::BTreeMap;
use std::sync::Arc;

use cds::aggregate::{Owed, aggregate};
use cds::codes::{Level, SetId};
use cds::finding::{Code, Finding, Place, Severity, code};
use cds::grid::CellRef;
use cds::office::{Deadlines, Duty, Office, Person};
use cds::outcome::{Disposition, ExpectedReturn, Ledger, OfficeResult, Outcome, SCHEMA, SeenFile, Source, Status};
use cds::points::{Points, Share};
use cds::rules::{
    Authority, Band, Basis, Bound, Computed, Denominator, Formula, LevelRange, Node, NodeKind, Of, Origin, Overall,
    OverallRule, RuleBook, RuleSet, Scale, Scope, Step, Unmet, UnmetRule,
};
use cds::school::{School, SchoolCode, SchoolKind};
use cds::score::{Scored, ScoredNode, State};

/// Numbers that look random and never change.
pub struct Dice(u64);

impl Dice {
    /// From a seed.
    pub fn new(seed: u64) -> Dice {
        Dice(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    /// One of `0..below`.
    pub fn roll(&mut self, below: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 16) % below.max(1)
    }
}

/// A basis with a source.
pub fn authority(basis: Basis) -> Authority {
    Authority {
        basis,
        source: "S".to_owned(),
        clause: String::new(),
        checked_by: String::new(),
        checked_on: String::new(),
    }
}

/// A scale from its upper ends: `<50` does not take 50 in, `<=75` takes 75 in; the last level has no end.
pub fn scale(ends: &[&str]) -> Scale {
    let bound = |end: &str| {
        let (included, digits) = match end.strip_prefix("<=") {
            Some(digits) => (true, digits),
            None => (false, end.trim_start_matches('<')),
        };
        Bound { at: Points::parse(digits).unwrap(), included }
    };
    let mut levels: Vec<LevelRange> = Vec::new();
    let names = ["chưa đáp ứng", "đáp ứng cơ bản", "đáp ứng tốt"];
    for n in 0..=ends.len() {
        let lower = levels.last().and_then(|last| last.upper).map(|b| Bound { at: b.at, included: !b.included });
        levels.push(LevelRange {
            level: Level(n as u8 + 1),
            name: names.get(n).map_or(format!("mức {}", n + 1), |name| (*name).to_owned()),
            lower,
            upper: ends.get(n).map(|end| bound(end)),
        });
    }
    Scale { levels, authority: authority(Basis::Sourced) }
}

/// A set from lines of `code | title | kind | max | scale`.
pub fn set(
    id: &str,
    short: &str,
    kinds: &[&str],
    scales: &[(&str, Scale)],
    overall: OverallRule,
    lines: &str,
) -> RuleSet {
    let mut nodes: Vec<Node> = Vec::new();
    for line in lines.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let fields: Vec<&str> = line.split('|').map(str::trim).collect();
        let kind = match fields[2] {
            "group" => NodeKind::Group,
            "criterion" => NodeKind::Criterion,
            "points" => NodeKind::Points,
            "yes-no" => NodeKind::YesNo,
            "ratio" => NodeKind::Ratio,
            "count" => NodeKind::Count,
            "mandatory" => NodeKind::Mandatory,
            "computed" => NodeKind::Computed,
            other => panic!("{other}"),
        };
        let code: cds::codes::ItemCode = fields[0].parse().unwrap();
        let parent = code.parent().and_then(|above| nodes.iter().position(|node| node.code == above));
        if let Some(parent) = parent {
            let index = nodes.len();
            nodes[parent].children.push(index);
        }
        nodes.push(Node {
            code,
            title: fields[1].to_owned(),
            kind,
            max: fields.get(3).filter(|max| !max.is_empty()).map(|max| Points::parse(max).unwrap()),
            scale: fields.get(4).filter(|scale| !scale.is_empty()).map(|scale| (*scale).to_owned()),
            bands: Vec::new(),
            computed: None,
            authority: authority(if kind == NodeKind::Criterion { Basis::Inferred } else { Basis::Sourced }),
            parent,
            children: Vec::new(),
        });
    }
    RuleSet {
        id: SetId(id.to_owned()),
        title: format!("Bộ chỉ số đánh giá mức độ chuyển đổi số: {short}"),
        short: short.to_owned(),
        decision: format!("Quyết định số {id}"),
        kinds: kinds.iter().map(|kind| SchoolKind((*kind).to_owned())).collect(),
        replaces: Vec::new(),
        confirmed: Default::default(),
        overall: Overall { rule: overall, authority: authority(Basis::Inferred) },
        unmet: Unmet { rule: UnmetRule::HoldLevel1, authority: authority(Basis::Provisional) },
        step: Step { value: Points::hundredths(50), authority: authority(Basis::Provisional) },
        scales: scales.iter().map(|(name, scale)| ((*name).to_owned(), scale.clone())).collect(),
        nodes,
        origin: Origin::Embedded(format!("{id}.toml")),
        fingerprint: "3f2a".repeat(8),
    }
}

/// The office, in the shape of decision 3806, with these rules for 2.1 and 2.2.
pub fn office_set(first: Computed, second: Computed) -> RuleSet {
    let mut set = set(
        "qd-3806-2024",
        "Cơ quan",
        &[SchoolKind::OFFICE],
        &[("total", scale(&["<50", "<=75"]))],
        OverallRule::ByTotal("total".to_owned()),
        "1 | Công tác lãnh đạo, chỉ đạo, điều hành | group | 60
        1.1 | Công tác ban hành các kế hoạch, hướng dẫn triển khai các kế hoạch, nhiệm vụ | criterion | 30
        1.1.1 | Ban hành kế hoạch chuyển đổi số hằng năm | points | 15
        1.1.2 | Hướng dẫn cơ sở giáo dục triển khai, tự đánh giá | points | 15
        1.2 | Ban hành quy chế, chính sách | criterion | 30
        1.2.1 | Quy chế quản lý, sử dụng hệ thống thông tin, dữ liệu | points | 15
        1.2.2 | Tỉ lệ cơ sở giáo dục được kiểm tra, đánh giá | ratio | 15
        2 | Kết quả chuyển đổi số ở cơ sở giáo dục | group | 40
        2.1 | Kết quả chuyển đổi số trong dạy, học của các cơ sở giáo dục phổ thông và cơ sở giáo dục thường xuyên | computed | 25
        2.2 | Kết quả chuyển đổi số của các cơ sở giáo dục mầm non | computed | 15",
    );
    for (code, rule) in [("2.1", first), ("2.2", second)] {
        let index = set.index_of(code.parse().unwrap()).unwrap();
        set.nodes[index].computed = Some(rule);
        set.nodes[index].authority = authority(Basis::Provisional);
    }
    set
}

/// `level-share` with the usual weights.
pub fn level_share(of: &[(&str, &[&str])], denominator: Denominator) -> Computed {
    let half = Share::new(1, 2).unwrap();
    let weights = BTreeMap::from([(Level(1), Share::ZERO), (Level(2), half), (Level(3), Share::ONE)]);
    computed(Formula::LevelShare(weights), of, denominator)
}

/// A rule over groups of sets.
pub fn computed(formula: Formula, of: &[(&str, &[&str])], denominator: Denominator) -> Computed {
    let of = of.iter().map(|(set, groups)| Of {
        set: SetId((*set).to_owned()),
        groups: groups.iter().map(|group| group.parse().unwrap()).collect(),
    });
    Computed { formula, of: of.collect(), denominator, scope: Scope::All }
}

/// `reach-level` with bands of the share.
pub fn reach(level: u8, bands: &[(i128, i64)]) -> Formula {
    let bands = bands
        .iter()
        .map(|&(percent, points)| Band { from: Share::new(percent, 100).unwrap(), points: Points::whole(points) });
    Formula::ReachLevel { level: Level(level), bands: bands.collect() }
}

/// The sets inside the program.
pub fn book() -> RuleBook {
    cds::rules::book(Vec::new()).unwrap().book
}

/// The same with another set of the office.
pub fn book_with(office: RuleSet) -> RuleBook {
    let mut book = book();
    book.sets.retain(|set| !set.is_offices());
    book.sets.push(office);
    book
}

/// Sets unlike ours: five deep, top items without a group, nine levels, nothing mandatory, by total; two levels and
/// conditions that hold the total; a name that no sheet can bear.
pub fn odd_book() -> RuleBook {
    let nine = scale(&["<=5", "<10", "<=12.5", "<20", "<=25", "<30", "<35", "<=40"]);
    let deep = set(
        "deep",
        "A/B: 'sâu' [2026]?",
        &["TH"],
        &[("nine", nine)],
        OverallRule::ByTotal("nine".to_owned()),
        "1 | Nhóm | group | 40
        1.1 | Tiêu chí | criterion | 25 | nine
        1.1.1 | Mục | criterion | 15
        1.1.1.1 | Tiểu mục | criterion | 15
        1.1.1.1.1 | Nội dung một | points | 7.5
        1.1.1.1.2 | Nội dung hai | count | 7.5
        1.1.2 | Nội dung ba | yes-no | 10
        1.2 | Nội dung bốn | ratio | 15
        2 | Nội dung đứng riêng | points | 10 | nine
        3 | Nhóm có trần cao hơn | group | 12
        3.1 | Chỉ có một nội dung | points | 2",
    );
    let held = set(
        "held",
        "Lịch sử",
        &["GDTX"],
        &[("two", scale(&["<60"]))],
        OverallRule::ByTotal("two".to_owned()),
        "1 | Điều kiện chung | mandatory
        2 | Nhóm | group | 100 | two
        2.1 | Điều kiện riêng | mandatory
        2.2 | Nội dung | points | 100",
    );
    let mut barred = set(
        "barred",
        "HISTORY",
        &["MN"],
        &[("group", scale(&["<50", "<=75"]))],
        OverallRule::LowestGroup,
        "1 | Một | group | 10 | group
        1.1 | Điều kiện | mandatory
        1.2 | Nội dung | points | 10
        2 | Hai | group | 90 | group
        2.1 | Nội dung | points | 90
        3 | Ba | group | 20 | group
        3.1 | Nội dung | points | 20",
    );
    barred.unmet.rule = UnmetRule::NotAccepted;
    let office = office_set(
        computed(reach(2, &[]), &[("deep", &["1", "2", "3"]), ("barred", &["1", "3"])], Denominator::Returned),
        computed(Formula::MeanScore, &[("held", &["2"]), ("deep", &["1", "3"])], Denominator::Expected),
    );
    RuleBook { sets: vec![barred, deep, held, office] }
}

/// So many schools of all kinds with all dispositions, their office, and what was found.
pub fn outcome(book: RuleBook, schools: usize, seed: u64) -> Outcome {
    let mut dice = Dice::new(seed);
    let roster = roster(&book, schools);
    let mut expected = Vec::new();
    let mut files = Vec::new();
    let mut findings = Vec::new();
    for (index, school) in roster.iter().enumerate() {
        for set in book.of_schools().filter(|set| set.kinds.iter().any(|kind| school.kinds.contains(kind))) {
            let one = expected_return(&mut dice, index, school, set, &mut findings);
            files.extend(seen(&one, school));
            expected.push(one);
        }
    }
    files.push(file("nop/Thumbs.db", None, Disposition::Junk));
    files.push(file("nop/thư mục/ảnh (1) #2.jpg", None, Disposition::Other));
    files.push(file("nop/gửi.zip", None, Disposition::Opened));
    let not_official = 12;
    findings.push(Finding::new(code::NOT_OFFICIAL).with("value", not_official));
    findings.sort_by(|a, b| (a.severity, &a.school, &a.place).cmp(&(b.severity, &b.school, &b.place)));
    for expected in &mut expected {
        let mine = |finding: &&Finding| finding.school.as_ref() == Some(&roster[expected.school].code);
        let count = |severity| findings.iter().filter(mine).filter(|f| f.severity == severity).count() as u32;
        (expected.errors, expected.warnings) = (count(Severity::Error), count(Severity::Warning));
    }
    let offices = book.of_office().map(|set| office_result(&mut dice, &book, set, &expected));
    let mut outcome = Outcome {
        schema: SCHEMA,
        program: "cds 0.1.0".to_owned(),
        fingerprints: cds::fingerprint::Kind::Sha256,
        run: "2025-06-02T0200".to_owned(),
        at: jiff::civil::date(2025, 6, 2).at(2, 0, 0, 0),
        office: office(),
        book,
        schools: roster,
        expected,
        offices,
        verifications: Vec::new(),
        files,
        recognised: None,
        findings,
        ledger: Ledger::default(),
        last_year: None,
        units: Vec::new(),
        milestones: Vec::new(),
        dossier: None,
        seal: None,
    };
    let (book, offices) = (&outcome.book, outcome.offices.as_ref());
    outcome.ledger = Ledger::of(book, &outcome.schools, &outcome.expected, offices, &outcome.files);
    assert_eq!(outcome.ledger.faults(), Vec::<String>::new());
    outcome
}

/// The office of the tests.
pub fn office() -> Office {
    let person = |position: &str, name: &str| Person { position: position.to_owned(), name: name.to_owned() };
    let duty = |code: &str, lead: &str, support: &str| Duty {
        code: code.parse().unwrap(),
        lead: lead.to_owned(),
        support: support.to_owned(),
    };
    Office {
        name: "Phòng Giáo dục và Đào tạo huyện Cần Giuộc".to_owned(),
        year: "2024-2025".to_owned(),
        superior: "UBND huyện Cần Giuộc".to_owned(),
        department: "Sở Giáo dục và Đào tạo tỉnh Long An".to_owned(),
        locality: "Cần Giuộc".to_owned(),
        number: "15/BC-PGDĐT".to_owned(),
        report_date: Some(jiff::civil::date(2025, 6, 9)),
        signer: person("Trưởng phòng", "Nguyễn Văn An"),
        preparer: person("Chuyên viên phụ trách CNTT", "Trần Thị Bình"),
        recipients: vec!["Như trên".to_owned(), "UBND huyện (báo cáo)".to_owned(), "Lưu: VT, CNTT".to_owned()],
        deadlines: Deadlines { returns: Some(jiff::civil::date(2025, 5, 31)), ..Deadlines::default() },
        duties: vec![
            duty("1.1", "Trưởng phòng", "các Phó Trưởng phòng, các chuyên viên; chuyên viên phụ trách CNTT (*)"),
            duty("1.2", "Trưởng phòng", "chuyên viên phụ trách CNTT, chuyên viên tổ chức"),
            duty("2.1", "hai Phó Trưởng phòng", "Hiệu trưởng các trường phổ thông"),
            duty("2.2", "Phó Trưởng phòng", "chuyên viên mầm non; Hiệu trưởng các trường mầm non"),
        ],
        ..Office::default()
    }
}

fn roster(book: &RuleBook, schools: usize) -> Vec<School> {
    let names = ["Ánh Dương", "Hoa Sen", "Tân Kim", "Phước Lý", "Long Hậu", "Mỹ Lộc", "Trường Bình", "Đông Thạnh"];
    let units = ["Xã Long Hậu", "Xã Phước Lý", "Thị trấn Cần Giuộc", "xã Long Hậu", ""];
    let kinds: Vec<&SchoolKind> = book.of_schools().flat_map(|set| &set.kinds).collect();
    let count = if kinds.is_empty() { 0 } else { schools };
    (0..count)
        .map(|i| {
            let mut own = vec![kinds[i % kinds.len()].clone()];
            // One school in ten is of two kinds, which may be two sets.
            if i % 10 == 9 {
                own.push(kinds[(i + 3) % kinds.len()].clone());
            }
            School {
                code: SchoolCode(format!("{:08}", 8_010_001 + i)),
                name: format!(
                    "{} {}{}",
                    own[0],
                    names[i % names.len()],
                    if i < 8 { String::new() } else { format!(" {i}") }
                ),
                kinds: own,
                unit: units[(i / 2) % units.len()].to_owned(),
                email: format!("c{i}@truong.example"),
                phone: "0272 000 000".to_owned(),
                contact: "Cô Lan".to_owned(),
                former_codes: Vec::new(),
                state: String::new(),
                row: i as u32 + 2,
            }
        })
        .collect()
}

fn expected_return(
    dice: &mut Dice,
    index: usize,
    school: &School,
    set: &RuleSet,
    findings: &mut Vec<Finding>,
) -> ExpectedReturn {
    let status = match index % 12 {
        5 => Status::NotValid,
        7 => Status::Missing,
        _ => Status::Accepted,
    };
    let file: Arc<str> = match index % 4 {
        0 => format!("nop/{} {}.xlsx", school.code, school.name),
        1 => format!("nop/Phiếu 100% {}.xlsx", school.code),
        2 => format!("nop/xã #2/{} 'bản cuối'.ods", school.code),
        _ => format!("nop/gửi.zip/{}.xlsx", school.code),
    }
    .into();
    let sheet: Arc<str> = if index % 4 == 2 { "Phiếu 'mới' #1".into() } else { "Phiếu tự đánh giá".into() };
    let source = (status != Status::Missing).then(|| Source {
        file: file.clone(),
        sheet: sheet.clone(),
        received: (index % 5 != 4).then(|| jiff::civil::date(2025, 5, 20 + (index % 14) as i8 % 11).at(9, 30, 0, 0)),
        typed: index.is_multiple_of(2),
    });
    let place = Place::file(file.clone());
    let mut raise = |code: Code, item: Option<usize>, values: &[(&str, String)]| {
        let mut finding = Finding::new(code).of(&school.code).at(place.clone());
        finding.set = Some(set.id.clone());
        if let Some(i) = item {
            let node = &set.nodes[i];
            finding = finding
                .on(node.code)
                .at(place.at(&sheet, cell(i)))
                .with("title", format!("{} {}", node.code, node.title));
        }
        findings.push(values.iter().fold(finding, |finding, (name, value)| finding.with(name, value)));
    };
    let scored = (status == Status::Accepted).then(|| {
        let nodes = answers(dice, index, set, &mut raise);
        sum_up(set, nodes)
    });
    let first = source.as_ref().and_then(|source| source.received);
    match status {
        Status::NotValid => raise(code::NOTHING_FILLED, None, &[]),
        Status::Missing | Status::Accepted => {}
    }
    ExpectedReturn {
        school: index,
        set: set.id.clone(),
        status,
        source,
        scored,
        pending: None,
        filled_by: cds::outcome::FilledBy::default(),
        returns: u32::from(status != Status::Missing),
        timing: cds::outcome::Timing { first, ..Default::default() },
        late: (status != Status::Missing).then_some(index % 6 == 4),
        signed_copies: if index % 7 == 3 { vec![format!("nop/{}.pdf", school.code).into()] } else { Vec::new() },
        errors: 0,
        warnings: 0,
    }
}

fn cell(node: usize) -> CellRef {
    CellRef::new(11 + node as u32, 3)
}

/// Says something about a node.
type Raise<'r> = &'r mut dyn FnMut(Code, Option<usize>, &[(&str, String)]);

fn answers(dice: &mut Dice, index: usize, set: &RuleSet, raise: Raise<'_>) -> Vec<ScoredNode> {
    let skill = dice.roll(55) + 35;
    let mut nodes = Vec::new();
    for (i, node) in set.nodes.iter().enumerate() {
        let mut score = blank(node);
        score.cell = node.is_leaf().then(|| cell(i));
        if node.kind == NodeKind::Mandatory {
            score.met = match dice.roll(40) {
                0 => None,
                1 => Some(false),
                _ => Some(true),
            };
            score.state = if score.met.is_some() { State::Counted } else { State::Missing };
            match score.met {
                None => raise(code::MANDATORY_UNANSWERED, Some(i), &[]),
                Some(false) => raise(code::MANDATORY_NOT_MET, Some(i), &[]),
                Some(true) => {}
            }
        } else if node.is_leaf() {
            let max = node.max.unwrap();
            let halves = max.as_hundredths() / 50;
            let share = (skill + dice.roll(40)) as i64;
            let got = Points::hundredths((halves * share / 100).min(halves) * 50);
            match dice.roll(30) {
                0 => {
                    score.state = State::Missing;
                    raise(code::SCORE_MISSING, Some(i), &[]);
                }
                1 => {
                    score.state = State::Void;
                    score.claimed = Some(max + Points::whole(1));
                    let value = (max + Points::whole(1)).to_string();
                    raise(code::ABOVE_MAX, Some(i), &[("value", value), ("max", max.to_string())]);
                }
                _ => {
                    score.state = State::Counted;
                    score.claimed = Some(if index == 0 { max } else { got });
                    score.counted = score.claimed.unwrap();
                }
            }
            if index % 5 == 1 && dice.roll(6) == 0 {
                score.verified = Some(Points::hundredths(got.as_hundredths() / 2));
                score.counted = score.verified.unwrap();
            }
            if dice.roll(3) > 0 {
                score.evidence = format!("https://drive.example.vn/{}/{}", index, node.code).into();
            } else if score.claimed.is_some_and(|claimed| claimed > Points::ZERO) {
                raise(code::EVIDENCE_MISSING, Some(i), &[]);
            }
        }
        nodes.push(score);
    }
    nodes
}

fn blank(node: &Node) -> ScoredNode {
    ScoredNode {
        written: "".into(),
        sheet: None,
        code: node.code,
        state: State::Sum,
        claimed: None,
        verified: None,
        counted: Points::ZERO,
        met: None,
        verified_met: None,
        level: None,
        held: false,
        cell: None,
        amount: "".into(),
        evidence: "".into(),
        note: "".into(),
    }
}

/// Sums from the deepest nodes up, then levels.
pub fn sum_up(set: &RuleSet, mut nodes: Vec<ScoredNode>) -> Scored {
    let holds = set.unmet.rule == UnmetRule::HoldLevel1;
    for (i, node) in set.nodes.iter().enumerate().rev() {
        if !node.is_leaf() {
            let below: Vec<&ScoredNode> = node.children.iter().map(|&child| &nodes[child]).collect();
            let claimed = below.iter().filter_map(|score| score.claimed).sum();
            let counted: Points = below.iter().map(|score| score.counted).sum();
            let verified = below.iter().any(|score| score.verified.is_some()).then_some(counted);
            nodes[i].claimed = Some(claimed);
            (nodes[i].counted, nodes[i].verified) = (counted, verified);
        }
        if let Some(scale) = node.scale.as_ref().and_then(|name| set.scales.get(name)) {
            nodes[i].held = holds && unmet_below(set, &nodes, &node.children);
            nodes[i].level = Some(if nodes[i].held { scale.lowest() } else { scale.level_of(nodes[i].counted) });
        }
    }
    let total = set.tops().map(|(i, _)| nodes[i].counted).sum();
    let level = match &set.overall.rule {
        OverallRule::ByTotal(name) => {
            let tops: Vec<usize> = set.tops().map(|(i, _)| i).collect();
            let held = holds && unmet_below(set, &nodes, &tops);
            set.scales.get(name).map(|scale| if held { scale.lowest() } else { scale.level_of(total) })
        }
        OverallRule::LowestGroup => set.tops().filter_map(|(i, _)| nodes[i].level).min(),
    };
    Scored { nodes, total, level, foreign: 0 }
}

fn unmet_below(set: &RuleSet, nodes: &[ScoredNode], below: &[usize]) -> bool {
    below.iter().any(|&i| {
        let node = &set.nodes[i];
        (node.kind == NodeKind::Mandatory && nodes[i].met != Some(true)) || unmet_below(set, nodes, &node.children)
    })
}

fn office_result(dice: &mut Dice, book: &RuleBook, set: &RuleSet, expected: &[ExpectedReturn]) -> OfficeResult {
    let mut nodes = answers(dice, 3, set, &mut |_, _, _| {});
    let owed: Vec<Owed<'_>> = expected
        .iter()
        .map(|expected| Owed { set: &expected.set, own: true, scored: expected.scored.as_ref() })
        .collect();
    let results = aggregate(book, set, &owed);
    for result in &results {
        let i = set.index_of(result.code).unwrap();
        nodes[i] = blank(&set.nodes[i]);
        nodes[i].state = State::Counted;
        nodes[i].claimed = Some(result.points);
        nodes[i].counted = result.points;
    }
    let source =
        Source {
            file: "phieu-co-quan.xlsx".into(), sheet: "Phiếu tự đánh giá".into(), received: None, typed: false
        };
    OfficeResult {
        set: set.id.clone(),
        source: Some(source),
        scored: sum_up(set, nodes),
        computed: results,
        computed_self: Vec::new(),
    }
}

fn seen(expected: &ExpectedReturn, school: &School) -> Vec<SeenFile> {
    let Some(source) = &expected.source else { return Vec::new() };
    let disposition = if expected.status == Status::Accepted { Disposition::Counted } else { Disposition::NotValid };
    let mut files = vec![SeenFile { sheet: source.sheet.clone(), ..file(&source.file, Some(school), disposition) }];
    if expected.school % 6 == 2 {
        files.push(file(&format!("nop/{} cũ.xlsx", school.code), Some(school), Disposition::Superseded));
    }
    files.extend(expected.signed_copies.iter().map(|copy| file(copy, Some(school), Disposition::SignedCopy)));
    files
}

fn file(name: &str, school: Option<&School>, disposition: Disposition) -> SeenFile {
    SeenFile {
        file: name.into(),
        size: 17_204,
        modified: Some(jiff::civil::date(2025, 5, 30).at(15, 4, 5, 0)),
        fingerprint: "9c1e".repeat(16),
        format: "xlsx".to_owned(),
        software: "Microsoft Excel 16".to_owned(),
        school: school.map(|school| school.code.clone()),
        disposition,
        sheet: "".into(),
        received: None,
        came_after: None,
    }
}
