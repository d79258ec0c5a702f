//! A formula in words: what it is, what stands above and below its line, how the points follow.

use super::{Counts, Denominator, Formula, Scope};
use crate::finding::Lang;

const fn say<'a>(lang: Lang, vi: &'a str, en: &'a str) -> &'a str {
    match lang {
        Lang::Vi => vi,
        Lang::En => en,
    }
}

impl Formula {
    /// The whole formula with its parameters.
    pub fn words(&self, lang: Lang) -> String {
        match self {
            Formula::LevelShare(weights) => {
                let level = say(lang, "mức", "level");
                let weights: Vec<String> =
                    weights.iter().map(|(at, weight)| format!("{level} {at} = {weight}")).collect();
                let words = say(
                    lang,
                    "điểm tối đa x tổng trọng số mức của các trường / số trường; trọng số",
                    "maximum x sum of the schools' level weights / schools; weights",
                );
                format!("{words}: {}", weights.join(", "))
            }
            Formula::MeanScore => say(
                lang,
                "điểm tối đa x trung bình tỉ lệ điểm của các trường",
                "maximum x mean of the schools' shares of their points",
            )
            .to_owned(),
            Formula::ReachLevel { level, bands } => {
                let words = match lang {
                    Lang::Vi => format!("theo tỉ lệ trường đạt mức {level} trở lên"),
                    Lang::En => format!("by the share of schools at level {level} or above"),
                };
                let from = say(lang, "từ", "from");
                let bands = bands.iter().map(|band| format!("; {from} {}: {}", band.from.percent(), band.points));
                format!("{words}{}", bands.collect::<String>())
            }
            Formula::Manual => {
                say(lang, "cơ quan tự nhập, kèm minh chứng", "typed in by the office, with evidence").to_owned()
            }
        }
    }

    /// What stands above the line.
    pub fn numerator_words(&self, lang: Lang) -> &'static str {
        let (vi, en) = match self.counts() {
            Counts::Levels => ("cộng trọng số × số trường", "sum of weight × schools"),
            Counts::Shares => ("cộng tỉ lệ điểm", "sum of the shares of points"),
            Counts::Reaching(_) => ("số trường đạt mức", "schools that reach the level"),
            Counts::Nothing => ("không có, cơ quan tự nhập", "none, typed in by the office"),
        };
        say(lang, vi, en)
    }

    /// How the points follow from the share.
    pub fn points_words(&self, lang: Lang) -> &'static str {
        match self.bands().is_empty() {
            true => say(lang, "điểm tối đa × tỉ lệ, làm tròn 2 chữ số", "maximum × share, rounded to 2 places"),
            false => say(lang, "theo bậc của tỉ lệ", "by bands of the share"),
        }
    }
}

impl Denominator {
    /// What stands below the line.
    pub const fn words(self, lang: Lang) -> &'static str {
        match self {
            Denominator::Expected => say(lang, "số trường phải nộp", "schools that owe a return"),
            Denominator::Returned => say(lang, "số phiếu được tính", "returns that count"),
        }
    }
}

impl Scope {
    /// Whose schools are counted.
    pub const fn words(self, lang: Lang) -> &'static str {
        match self {
            Scope::All => say(lang, "cả trường của các đơn vị", "schools of units too"),
            Scope::Own => say(lang, "chỉ trường của cơ quan", "the office's own schools alone"),
        }
    }
}
