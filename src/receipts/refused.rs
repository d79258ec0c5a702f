//! What the receipts say of schools' opinions: the office has the last word and may ask anew.

use super::granted::{school_of, shown};
use super::{Receipt, Receipts};
use crate::codes::{ItemCode, SetId};
use crate::finding::{Code, Finding, Place, code};
use crate::rules::RuleBook;
use crate::school::School;
use crate::text;

/// An opinion that the office does not accept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The school, by its place in the roster.
    pub school: usize,
    /// The set, where the row names one.
    pub set: Option<SetId>,
    /// The finding.
    pub code: Code,
    /// The item, where the row names one; else every item counts.
    pub item: Option<ItemCode>,
    /// Where it stands.
    pub place: Place,
}

impl Refusal {
    /// Whether it answers this school about its return of this set.
    pub fn is_to(&self, school: usize, set: &SetId) -> bool {
        self.school == school && self.set.as_ref().is_none_or(|own| own == set)
    }

    /// Whether it is about this finding, of the school and set that it answers.
    pub fn is_about(&self, finding: &Finding) -> bool {
        self.code == finding.code && self.item.is_none_or(|item| Some(item) == finding.item)
    }
}

impl Receipts {
    /// The opinions that are not accepted; rows that cannot be used are told.
    pub fn refused(&self, schools: &[School], book: &RuleBook) -> (Vec<Refusal>, Vec<Finding>) {
        let (mut refusals, mut findings) = (Vec::new(), Vec::new());
        for receipt in self.all().iter().filter(|receipt| receipt.is_about_an_opinion()) {
            match refusal(receipt, schools, book) {
                Ok(refusal) => refusals.extend(refusal),
                Err(why) => findings.push(why.at(receipt.place.clone())),
            }
        }
        (refusals, findings)
    }
}

/// Nothing where the school is unknown: that is told with what was granted.
fn refusal(receipt: &Receipt, schools: &[School], book: &RuleBook) -> Result<Option<Refusal>, Box<Finding>> {
    let row = receipt.place.cell.map_or(0, |cell| cell.row + 1);
    let about = |code: Code| Finding::new(code).with("row", row).with("value", &receipt.about);
    if receipt.school.is_empty() {
        return Err(about(code::REFUSAL_WITHOUT_SCHOOL).into());
    }
    let Some(school) = school_of(schools, &receipt.school) else { return Ok(None) };
    let about = |code: Code| about(code).with("school", shown(&schools[school]));
    if !receipt.refuses {
        return Err(about(code::REFUSAL_UNMARKED).into());
    }
    let known = receipt.about.parse().map_err(|_| Box::new(about(code::REFUSAL_OF_NO_CODE)))?;
    let item = match &*receipt.item {
        "" => None,
        item => Some(item.parse().map_err(|_| Box::new(about(code::REFUSAL_OF_NO_OPINION).with("item", item)))?),
    };
    let named = text::fold(&receipt.set);
    let set = book.of_schools().find(|set| named == text::fold(&set.id.0) || named == text::fold(&set.short));
    if set.is_none() && !named.is_empty() {
        let sets: Vec<&str> = book.of_schools().map(|set| set.short.as_str()).collect();
        let said = Finding::new(code::RECEIPT_SET_UNKNOWN).with("value", &receipt.set);
        return Err(said.with("school", shown(&schools[school])).with("known", sets.join("; ")).into());
    }
    let set = set.map(|set| set.id.clone());
    Ok(Some(Refusal { school, set, code: known, item, place: receipt.place.clone() }))
}
