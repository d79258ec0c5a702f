//! Words for people that stand in several places: of a mandatory condition, of a deadline.

/// A mandatory condition that is met.
pub const MET: &str = "Đạt";
/// A mandatory condition that is not met.
pub const NOT_MET: &str = "Chưa đạt";
/// A mandatory condition without an answer.
pub const UNANSWERED: &str = "Chưa trả lời";

/// The answer to a mandatory condition.
pub fn met(met: Option<bool>) -> &'static str {
    match met {
        Some(true) => MET,
        Some(false) => NOT_MET,
        None => UNANSWERED,
    }
}

/// Whether a return came in time; empty without a deadline or a return.
pub fn late(late: Option<bool>) -> &'static str {
    match late {
        Some(true) => "Nộp trễ",
        Some(false) => "Đúng hạn",
        None => "",
    }
}

/// Names in a row, the first few of them.
pub fn listed<S: AsRef<str>>(names: &[S], most: usize) -> String {
    let first: Vec<&str> = names.iter().take(most).map(AsRef::as_ref).collect();
    match names.len().saturating_sub(most) {
        0 => first.join(", "),
        more => format!("{} và {more} nữa", first.join(", ")),
    }
}
