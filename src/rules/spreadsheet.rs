//! What rules are as spreadsheet formulas: the level of points on a scale, the lowest of groups, the points by bands of a
//! share. Forms, reports and the office's own sheets all take them from here, so that none of them reads a scale otherwise
//! than [`Scale::level_of`], or bands otherwise than [`Band::reached`].

use super::{Band, Bound, LevelRange, Scale};
use crate::codes::Level;
use crate::writers::xlsx::{nested, quoted};

/// What holds a level at the lowest, as a test of a formula.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Held {
    /// Nothing.
    Never,
    /// Held unless this is true.
    Unless(String),
    /// Held if this is true.
    If(String),
}

/// The test that every one of these cells says that its condition is met; none where there are no conditions.
pub fn all_met(conditions: &[String], met: &str) -> Option<String> {
    let tests: Vec<String> = conditions.iter().map(|cell| format!("{cell}={}", quoted(met))).collect();
    match &tests[..] {
        [] => None,
        [only] => Some(only.clone()),
        _ => Some(nested("AND", &tests)),
    }
}

impl Held {
    /// Held unless every one of these cells says that its condition is met.
    pub fn unless_met(conditions: &[String], met: &str) -> Held {
        all_met(conditions, met).map_or(Held::Never, Held::Unless)
    }

    fn or(&self, text: String, lowest: &str) -> String {
        match self {
            Held::Never => text,
            Held::Unless(test) => format!("IF({test},{text},{lowest})"),
            Held::If(test) => format!("IF({test},{lowest},{text})"),
        }
    }
}

impl Scale {
    /// One text for each level, chosen by the points in a cell.
    pub fn choose(&self, points: &str, show: impl Fn(&LevelRange) -> String) -> String {
        let Some((highest, lower)) = self.levels.split_last() else { return Level::LOWEST.to_string() };
        lower.iter().rev().fold(show(highest), |rest, range| match range.upper {
            Some(Bound { at, included }) => {
                let sign = if included { "<=" } else { "<" };
                format!("IF({points}{sign}{},{},{rest})", at.plain(), show(range))
            }
            None => show(range),
        })
    }

    /// The level of the points in a cell, as `show` writes it.
    pub fn level_formula(&self, points: &str, held: &Held, show: impl Fn(Level) -> String) -> String {
        held.or(self.choose(points, |range| show(range.level)), &show(Level::LOWEST))
    }
}

/// The lowest of the levels in these cells.
pub fn lowest_formula(levels: &[String], held: &Held) -> String {
    held.or(nested("MIN", levels), &Level::LOWEST.to_string())
}

impl Band {
    /// Points by bands of the share `numerator / denominator`, compared by products so that no division decides.
    pub fn formula(bands: &[Band], numerator: &str, denominator: &str) -> String {
        let mut text = String::new();
        for band in bands.iter().rev() {
            let reached = format!("{numerator}*{}>={}*{denominator}", band.from.den(), band.from.num());
            text.push_str(&format!("IF({reached},{},", band.points.plain()));
        }
        text.push('0');
        text.extend(std::iter::repeat_n(')', bands.len()));
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::points::{Points, Share};
    use crate::rules::{Authority, Basis};

    fn scale(uppers: &[(i64, bool)]) -> Scale {
        let ends = uppers.iter().map(|&(at, included)| Some(Bound { at: Points::whole(at), included }));
        let levels = (1..).zip(ends.chain([None])).map(|(n, upper)| LevelRange {
            level: Level(n),
            name: String::new(),
            lower: None,
            upper,
        });
        let none = String::new;
        let authority = Authority {
            basis: Basis::Provisional,
            source: none(),
            clause: none(),
            checked_by: none(),
            checked_on: none(),
        };
        Scale { levels: levels.collect(), authority }
    }

    #[test]
    fn ends_are_included_or_not_and_what_is_held_is_at_the_lowest() {
        let three = scale(&[(50, false), (75, true)]);
        let number = |level: Level| level.to_string();
        assert_eq!(three.level_formula("F6", &Held::Never, number), "IF(F6<50,1,IF(F6<=75,2,3))");
        let cells = ["E6".to_owned(), "G6".to_owned()];
        let one = Held::unless_met(&cells[..1], "Đạt");
        assert_eq!(scale(&[(50, true)]).level_formula("F6", &one, number), "IF(E6=\"Đạt\",IF(F6<=50,1,2),1)");
        let both = Held::unless_met(&cells, "Đạt");
        assert_eq!(lowest_formula(&cells, &both), "IF(AND(E6=\"Đạt\",G6=\"Đạt\"),MIN(E6,G6),1)");
        assert_eq!(lowest_formula(&cells, &Held::If("A1".to_owned())), "IF(A1,1,MIN(E6,G6))");
        assert_eq!(Held::unless_met(&[], "Đạt"), Held::Never);
    }

    #[test]
    fn bands_are_read_from_the_highest() {
        let band = |num, points| Band { from: Share::new(num, 100).unwrap(), points: Points::whole(points) };
        assert_eq!(Band::formula(&[band(50, 3), band(80, 7)], "E9", "E10"), "IF(E9*5>=4*E10,7,IF(E9*2>=1*E10,3,0))");
    }
}
