//! What would raise a formula's points: one school that rises, and by how much.

use std::collections::BTreeMap;

use super::Formula;
use crate::codes::Level;
use crate::points::Share;
use crate::rules::Band;

/// One way to more points: schools that could rise, and what one of them adds to the numerator.
#[derive(Debug, Clone, PartialEq)]
pub struct Rise {
    /// In Vietnamese: "Trường ở mức 1 lên mức 2".
    pub how: String,
    /// Schools that stand below; `None` where every school could bring more.
    pub schools: Option<u32>,
    /// What each adds; `None` where the points go by bands.
    pub weight: Option<Share>,
    /// The band of the share that is reached next, where the points go by bands.
    pub to_next_band: Option<Band>,
}

impl Formula {
    /// The ways to more points, from schools at these levels and the share that they make.
    pub fn rises(&self, by_level: &BTreeMap<Level, u32>, share: Share) -> Vec<Rise> {
        match self {
            Formula::Manual => Vec::new(),
            Formula::MeanScore => vec![Rise {
                how: "Mỗi trường đạt trọn điểm thay vì không điểm nào".to_owned(),
                schools: None,
                weight: Some(Share::ONE),
                to_next_band: None,
            }],
            Formula::LevelShare(weights) => {
                let pairs = weights.iter().zip(weights.iter().skip(1));
                let rising = pairs.filter_map(|((from, low), (to, high))| {
                    let gain = high.minus(*low);
                    (gain > Share::ZERO).then(|| Rise {
                        how: format!("Trường ở mức {from} lên mức {to}"),
                        schools: Some(by_level.get(from).copied().unwrap_or(0)),
                        weight: Some(gain),
                        to_next_band: None,
                    })
                });
                rising.collect()
            }
            Formula::ReachLevel { level, bands } => {
                let next = bands.iter().find(|band| share < band.from).copied();
                vec![Rise {
                    how: match &next {
                        Some(band) => {
                            format!("Trường dưới mức {level} lên mức {level}, đến ngưỡng {}", band.from.percent())
                        }
                        None => format!("Trường dưới mức {level} lên mức {level}"),
                    },
                    schools: Some(by_level.iter().filter(|(at, _)| *at < level).map(|(_, n)| n).sum()),
                    weight: bands.is_empty().then_some(Share::ONE),
                    to_next_band: next,
                }]
            }
        }
    }
}
