//! A return that cannot be used: what came, why it is not used, and where a slip of the pen can be mended in the return as
//! it was sent, so that nobody has to type all of it again.

use super::Correction;
use crate::finding::{Finding, Place, Severity, code};
use crate::outcome::Status;
use crate::score::{ScoredNode, State};

/// The year that is gathered, of a return of another year.
fn expected_year(cause: &Finding) -> &str {
    cause.values.get("expected").map_or("", String::as_str)
}

impl Correction<'_> {
    /// Whether nothing of what came can be shown: its form goes back with the school's own block alone.
    pub fn is_blank(&self) -> bool {
        let says = |node: &ScoredNode| {
            let texts = [&node.written, &node.amount, &node.evidence, &node.note];
            node.state != State::Sum
                && (node.claimed.is_some() || node.met.is_some() || texts.iter().any(|text| !text.is_empty()))
        };
        let answers = self.expected.pending.as_ref().map_or(&[][..], |pending| &pending.nodes);
        self.expected.scored.is_none() && !answers.iter().any(says)
    }

    /// Why a return that came is not used: the errors about it as a whole.
    pub fn causes(&self) -> Vec<&Finding> {
        let file = self.expected.source.as_ref().map(|source| &source.file);
        let is_cause = |finding: &&&Finding| {
            finding.severity == Severity::Error && finding.item.is_none() && finding.place.file.as_ref() == file
        };
        match self.expected.status {
            Status::NotValid => self.findings.iter().filter(is_cause).copied().collect(),
            Status::Accepted | Status::Missing => Vec::new(),
        }
    }

    /// What to mend in the return as it was sent, if that alone is wrong with it.
    pub fn slip(&self) -> Option<String> {
        let causes = self.causes();
        // A form of another kind has to be filled anew, whatever else is wrong with it.
        if causes.iter().any(|cause| cause.code == code::WRONG_SET) {
            return None;
        }
        let slips: Vec<String> = causes.iter().filter_map(|cause| self.slip_of(cause)).collect();
        if slips.is_empty() || slips.len() < causes.len() {
            return None;
        }
        // Where the year is wrong, only the school knows whether the scores are.
        let year = causes.iter().find(|cause| cause.code == code::WRONG_YEAR).map(|cause| expected_year(cause));
        let of_year = year.map(|year| format!(", điểm trong phiếu là của năm học {year}")).unwrap_or_default();
        Some(format!(
            "Nếu trường chỉ ghi nhầm{of_year}: {} trong phiếu của trường rồi gửi lại phiếu đó; không phải điền lại.",
            slips.join("; ")
        ))
    }

    fn slip_of(&self, cause: &Finding) -> Option<String> {
        let own = &self.school.code;
        let at = |what: &str| match (&cause.place.sheet, cause.place.cell) {
            (Some(sheet), Some(cell)) => format!("sửa ô {cell} ({what}, trang “{sheet}”)"),
            _ => format!("ghi {what} ở đầu phiếu"),
        };
        Some(match cause.code {
            code::CODE_OF_OTHER_SCHOOL | code::NAME_LIKE_OTHER_SCHOOL | code::UNKNOWN_SCHOOL_CODE => {
                format!("{} thành {own}", at("mã trường"))
            }
            code::TWO_CODES => format!("chỉ để một mã trường là {own}"),
            code::UNKNOWN_SCHOOL_NAME | code::SEVERAL_SCHOOLS_OF_NAME | code::NO_IDENTITY => {
                format!("ghi mã trường {own} ở đầu phiếu")
            }
            code::WRONG_YEAR => format!("{} thành {}", at("năm học"), expected_year(cause)),
            _ => return None,
        })
    }

    /// The file that came, by its bare name, and when.
    pub fn came(&self) -> Option<String> {
        let source = self.expected.source.as_ref()?;
        let name = source.file.rsplit('/').next().unwrap_or_default();
        let sheet = Some(&source.sheet).filter(|sheet| !sheet.is_empty());
        let sheet = sheet.map_or(String::new(), |sheet| format!(", trang “{sheet}”"));
        Some(format!("tệp “{name}”{sheet}"))
    }

    /// What the school is told of returns that may be its own, with what to do.
    pub fn told(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter().copied().filter(|finding| is_told(finding))
    }
}

/// Whether it is about a return that may be the school's own: nothing in a form could mend it.
pub(super) fn is_told(finding: &Finding) -> bool {
    [code::CODE_ON_OTHERS_RETURN, code::MAY_BE_OF_SEVERAL].contains(&finding.code)
}

/// A finding as a school is told of it in a message: what, in which file, what to do.
pub fn sentence(finding: &Finding) -> String {
    use crate::finding::Lang::Vi;
    let Place { file, .. } = &finding.place;
    let name = file.as_deref().and_then(|file| file.rsplit('/').next());
    let named = name.map_or(String::new(), |name| format!(" (tệp “{name}”)"));
    let message = finding.message(Vi);
    let message = message.trim_end_matches('.');
    format!("{message}{named}. {}", finding.advice(Vi))
}
