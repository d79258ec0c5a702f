//! The views on literal outcomes: what is counted, summed, compared and worded, without a workbook.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

use cds::codes::Level;
use cds::finding::Lang;
use cds::outcome::{Outcome, Status};
use cds::points::Points;
use cds::views::changes::Comparison;
use cds::views::figures::{self, Counts, Headline};
use cds::views::since::Since;
use cds::views::tasks::tasks;

use crate::outcomes::{book, outcome};

/// Schools of whose returns the first is missing, the second is late and not valid; the others count, at level 1 and 2 in
/// turn, with ten points more each.
fn with_scores() -> Outcome {
    let mut made = outcome(book(), 40, 3);
    made.expected.retain(|expected| expected.scored.is_some());
    made.expected.truncate(8);
    for (at, expected) in made.expected.iter_mut().enumerate() {
        (expected.status, expected.late) = match at {
            0 => (Status::Missing, None),
            1 => (Status::NotValid, Some(true)),
            _ => (Status::Accepted, Some(false)),
        };
        if at < 2 {
            expected.scored = None;
        }
        if let Some(scored) = &mut expected.scored {
            scored.level = Some(Level(1 + (at % 2) as u8));
            scored.total = Points::whole(10 * at as i64);
        }
    }
    made
}

#[test]
fn returns_are_counted_by_status_level_set_kind_and_unit() {
    let outcome = with_scores();
    let all = figures::all(&outcome);
    let owed = outcome.expected.len() as u32;
    assert_eq!((all.owed, all.missing, all.not_valid, all.accepted, all.late), (owed, 1, 1, owed - 2, 1));
    assert_eq!(all.at(Level(1)) + all.at(Level(2)), all.accepted);
    assert_eq!(all.open(), 2);
    assert!((all.share() - f64::from(owed - 2) / f64::from(owed)).abs() < 1e-12);
    let sum = |parts: Vec<Counts>| {
        parts.iter().map(|counts| (counts.owed, counts.accepted)).fold((0, 0), |a, b| (a.0 + b.0, a.1 + b.1))
    };
    for parts in [
        figures::by_set(&outcome).into_iter().map(|(_, counts)| counts).collect(),
        figures::by_kind(&outcome).into_iter().map(|(_, counts)| counts).collect(),
        figures::by_unit(&outcome).into_iter().map(|(_, counts)| counts).collect(),
    ] {
        assert_eq!(sum(parts), (all.owed, all.accepted));
    }
    assert_eq!(Counts::default().share(), 0.0);
}

#[test]
fn units_are_one_whatever_their_capitals_and_none_has_a_name() {
    let mut outcome = with_scores();
    outcome.schools.iter_mut().for_each(|school| school.unit.clear());
    for (school, unit) in outcome.schools.iter_mut().zip(["UBND xã B", "ubnd xã b", "", "UBND xã A", " ", "UBND XÃ B"])
    {
        school.unit = unit.to_owned();
    }
    let units: Vec<String> = figures::by_unit(&outcome).into_iter().map(|(name, _)| name).collect();
    assert_eq!(units, [figures::NO_UNIT, "UBND xã A", "UBND xã B"]);
}

#[test]
fn the_headline_says_what_is_open_and_how_long_there_is() {
    let mut outcome = with_scores();
    let owed = outcome.expected.len();
    outcome.office.deadlines.returns = Some(outcome.at.date().tomorrow().unwrap());
    outcome.office.deadlines.report = Some(outcome.at.date());
    let headline = Headline::of(&outcome);
    let line = headline.line(Lang::Vi);
    assert_eq!(line, format!("{}/{owed} phiếu được tính; 1 chưa hợp lệ, 1 chưa nộp, 1 nộp trễ.", owed - 2));
    let left = headline.days_left(Lang::Vi).unwrap();
    assert_eq!(left, "Còn 1 ngày đến hạn nộp 03/06/2025; 2 phiếu chưa nộp hoặc phải sửa.");
    assert!(headline.next_deadlines(Lang::En).unwrap().contains("report to the Department 02/06/2025 (today)"));
    assert!(headline.draft && headline.findings_line(Lang::Vi).contains("DỰ THẢO"));
    let office = headline.office.as_ref().unwrap();
    assert_eq!(office.points, outcome.offices.as_ref().unwrap().scored.total);
    assert!(headline.office_line(Lang::Vi).unwrap().contains(&office.points.to_string()));
    // Nothing is open any more, and the deadline has passed: there is nothing to say of it.
    outcome.expected.retain(|expected| expected.status == Status::Accepted);
    outcome.office.deadlines.returns = Some(outcome.at.date().yesterday().unwrap());
    assert_eq!(Headline::of(&outcome).days_left(Lang::Vi), None);
}

#[test]
fn what_changed_is_told_once_for_all_that_ask() {
    let (before, mut after) = (with_scores(), with_scores());
    let nothing = Comparison::of(&before, &before);
    assert_eq!((nothing.changed().count(), nothing.office(), nothing.gone_returns().count()), (0, None, 0));
    after.expected[0].status = Status::NotValid;
    let scored = after.expected[2].scored.as_mut().unwrap();
    let leaf = scored.nodes.iter_mut().find(|node| node.state != cds::score::State::Sum && node.met.is_none()).unwrap();
    leaf.counted += Points::whole(1);
    let code = leaf.code;
    scored.total += Points::whole(1);
    scored.level = Some(Level(3));
    let gone = after.expected.last().unwrap().school;
    after.schools[gone].code = cds::school::SchoolCode("0".to_owned());
    let comparison = Comparison::of(&before, &after);
    let pair = comparison.returns[2];
    assert_eq!((pair.difference(), pair.items().len(), pair.items()[0].code), (Points::whole(1), 1, code));
    assert_eq!(comparison.gone_schools().count(), 1);
    assert_eq!(comparison.new_schools().count(), 1);
    assert!(comparison.gone_returns().count() >= 1);
    // One came, and the school with another code is new with a return that counts.
    let since = Since::of(&comparison);
    assert!(since.summary().contains("2 phiếu mới nộp; 1 phiếu nay được tính"), "{}", since.summary());
    assert!(since.summary().ends_with("1 phiếu đổi mức."), "{}", since.summary());
    assert_eq!(since.of_school(after.school_of(&after.expected[0])), "mới nộp");
}

#[test]
fn the_most_urgent_is_first() {
    let outcome = with_scores();
    let tasks = tasks(&outcome);
    assert_eq!(tasks[0].school.code, outcome.school_of(&outcome.expected[0]).code);
    assert!(tasks[0].labels().starts_with("Chưa nộp"));
}

#[test]
fn the_office_stands_where_it_does_for_what_it_lacks() {
    use cds::views::figures::{schools, schools_with, standing};
    let mut outcome = with_scores();
    let (office, set) = (outcome.offices.clone().unwrap(), outcome.book.of_office().unwrap().clone());
    let lacks = |at: usize| set.nodes[at].max.map(|max| max - office.scored.nodes[at].counted);
    let criteria = (0..set.nodes.len()).filter(|at| set.nodes[*at].code.depth() == 2);
    let most = criteria.max_by_key(|at| (lacks(*at), std::cmp::Reverse(set.nodes[*at].code))).unwrap();
    let said = standing(&outcome).unwrap();
    let named = format!(
        "còn thiếu nhiều nhất ở {} {} ({} điểm)",
        set.nodes[most].code,
        set.nodes[most].title,
        lacks(most).unwrap()
    );
    assert!(said.contains(&named), "{said}: {named}");
    // Without the form nothing is said of points.
    outcome.offices.as_mut().unwrap().source = None;
    assert_eq!(standing(&outcome).unwrap(), "Chưa có phiếu của cơ quan: chưa xếp mức.");
    // A school with two returns is one school.
    let twice = outcome.expected[0].clone();
    let before = schools(&outcome);
    outcome.expected.push(twice);
    assert_eq!((schools(&outcome), outcome.expected.len() > before), (before, true));
    let missing: usize = [Status::Accepted, Status::NotValid, Status::Missing]
        .map(|status| schools_with(&outcome, status).len())
        .iter()
        .sum();
    assert!(missing >= before);
}

#[test]
fn a_level_begins_at_a_share_of_the_points_that_its_scale_is_of() {
    let book = cds::rules::book(Vec::new()).unwrap().book;
    let set = book.of_schools().find(|set| set.id.0 == "qd-4725-2022").unwrap();
    let group = set.groups().next().unwrap().0;
    let below = set.nodes[group].children[0];
    let share = |at, level| set.share_at(at, Level(level));
    assert_eq!((share(group, 1), share(group, 2).is_some()), (None, true));
    assert_eq!(share(below, 3), share(group, 3), "a criterion without a scale is held to its group's");
    let (scale, max) = (set.scale_of(group).unwrap(), set.nodes[group].max.unwrap());
    assert_eq!(share(group, 3), Some(scale.levels[2].lower.unwrap().at.to_f64() / max.to_f64()));
}

#[test]
fn a_sum_over_a_set_is_that_of_the_returns_that_count() {
    use cds::views::sums::Sums;
    let outcome = outcome(book(), 40, 3);
    let set = outcome.book.of_schools().find(|set| outcome.expected_of(&set.id).count() > 3).unwrap();
    let sums = Sums::of(&outcome, set);
    let counted: Vec<_> = outcome.expected_of(&set.id).filter_map(|expected| expected.counted()).collect();
    let by_hand = |node: usize| counted.iter().map(|scored| scored.nodes[node].counted).sum::<Points>();
    assert_eq!(sums.returns as usize, counted.len());
    assert_eq!(sums.all(), counted.iter().map(|scored| scored.total).sum::<Points>());
    let groups: Vec<usize> = set.groups().map(|(at, _)| at).collect();
    for &group in &groups {
        assert_eq!(sums.points(group), by_hand(group));
        assert!((sums.mean(group) * counted.len() as f64 - by_hand(group).to_f64()).abs() < 1e-9);
        let at = |level: u8| sums.at_level(&[group], Level(level));
        let by_hand =
            |level: u8| counted.iter().filter(|scored| scored.nodes[group].level == Some(Level(level))).count();
        assert_eq!([1, 2, 3].map(at), [1, 2, 3].map(|level| by_hand(level) as u32));
    }
    // The lowest of two levels is at or below each of them.
    let both = sums.at_level(&groups[..2], Level(1));
    assert!(both >= sums.at_level(&groups[..1], Level(1)).max(sums.at_level(&groups[1..2], Level(1))));
    let (mut best, mut worst) = (groups[0], groups[0]);
    for &group in &groups {
        best = if sums.share(group) > sums.share(best) { group } else { best };
        worst = if sums.share(group) < sums.share(worst) { group } else { worst };
    }
    assert_eq!(sums.extreme(best, &groups), Some("cao nhất"));
    assert_eq!(sums.extreme(worst, &groups), Some("thấp nhất"));
    assert_eq!(sums.extreme(best, &groups[..1]), None, "one alone is neither");
    let nobody = Sums::of(&with_nothing(), set).extreme(best, &groups);
    assert_eq!(nobody, None);
}

/// An outcome of which no return counts.
fn with_nothing() -> Outcome {
    let mut made = outcome(book(), 40, 3);
    made.expected.iter_mut().for_each(|expected| (expected.status, expected.scored) = (Status::Missing, None));
    made
}

#[test]
fn what_sets_bring_to_a_criterion_of_the_office_adds_up_to_its_numbers() {
    use cds::views::criteria::of_sets;
    for outcome in [outcome(book(), 40, 3), outcome(crate::outcomes::odd_book(), 40, 5)] {
        let office = outcome.offices.as_ref().unwrap();
        let set = outcome.book.of_office().unwrap();
        assert!(!office.computed.is_empty());
        for numbers in &office.computed {
            let rule = set.node(numbers.code).unwrap().computed.as_ref().unwrap();
            let sets = of_sets(&outcome, rule, false);
            assert_eq!(sets.iter().map(|of| of.expected).sum::<u32>(), numbers.expected);
            assert_eq!(sets.iter().map(|of| of.returned).sum::<u32>(), numbers.returned);
            if rule.formula == cds::rules::Formula::MeanScore {
                let shares: f64 = sets.iter().map(|of| of.shares).sum();
                assert!((shares - numbers.numerator.to_f64()).abs() < 1e-9, "{shares} {:?}", numbers.numerator);
            }
        }
    }
}

#[test]
fn a_way_up_brings_what_the_formula_would_give() {
    use cds::points::Share;
    use cds::views::criteria::ways_up;
    let outcome = outcome(book(), 40, 3);
    let ways = ways_up(&outcome);
    assert!(ways.iter().any(|way| way.all.is_some_and(|all| all > 0.0)));
    for way in &ways {
        let formula = &way.node.computed.as_ref().unwrap().formula;
        let (numbers, max) = (way.numbers, way.node.max.unwrap());
        let after = |schools: u32| {
            let more = (0..schools).fold(numbers.numerator, |sum, _| sum.plus(way.rise.weight.unwrap_or(Share::ZERO)));
            formula.points(more, numbers.denominator, max)
        };
        if let (Some(all), Some(schools)) = (way.all, way.rise.schools) {
            // Rounded twice, the present points and those after.
            assert!((after(schools) - numbers.points).to_f64() - all < 0.011);
        }
        if let (None, Some(needed)) = (&way.rise.to_next_band, way.needed) {
            assert!(way.each.unwrap() * needed > 1.0 - 1e-6, "{needed} schools bring a point");
            assert!(way.each.unwrap() * (needed - 1.0) < 1.0 - 1e-9, "one less does not");
        }
    }
}

#[test]
fn a_return_is_worth_a_look_for_facts_the_heaviest_first() {
    use cds::views::worth::sorted;
    let mut outcome = with_scores();
    let last = outcome.expected.len() - 1;
    for expected in &mut outcome.expected {
        expected.warnings = 0;
        for node in expected.scored.iter_mut().flat_map(|scored| &mut scored.nodes) {
            node.met = node.met.map(|_| true);
            node.evidence = "có".into();
        }
    }
    outcome.expected[last].warnings = 7;
    let node =
        outcome.expected[last].scored.as_mut().unwrap().nodes.iter_mut().find(|node| node.met.is_some()).unwrap();
    node.met = Some(false);
    let all = outcome.expected.iter().filter_map(|one| Some((one, outcome.book.get(&one.set)?, one.counted()?)));
    let worth = sorted(all);
    assert_eq!(worth[0].expected.school, outcome.expected[last].school);
    assert_eq!(worth[0].reasons[..1], ["1 điều kiện bắt buộc chưa đạt".to_owned()]);
    assert!(worth[0].reasons.contains(&"7 điều cần xem lại".to_owned()), "{:?}", worth[0].reasons);
}
