//! Findings for formats that do not describe themselves: with every field, where JSON leaves out what is empty.
//! `#[serde(with = "plain")]`

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{Code, Finding, Place, Severity};
use crate::codes::{ItemCode, SetId};
use crate::grid::CellRef;
use crate::school::SchoolCode;

#[derive(Serialize, Deserialize)]
struct Plain {
    code: u16,
    severity: Severity,
    school: Option<SchoolCode>,
    unit: Option<Arc<str>>,
    set: Option<SetId>,
    item: Option<ItemCode>,
    file: Option<Arc<str>>,
    sheet: Option<Arc<str>>,
    cell: Option<CellRef>,
    values: BTreeMap<String, String>,
}

/// Writes findings with every field.
///
/// # Errors
/// The serializer's.
pub fn serialize<S: Serializer>(findings: &[Finding], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(findings.iter().map(|finding| Plain {
        code: finding.code.0,
        severity: finding.severity,
        school: finding.school.clone(),
        unit: finding.unit.clone(),
        set: finding.set.clone(),
        item: finding.item,
        file: finding.place.file.clone(),
        sheet: finding.place.sheet.clone(),
        cell: finding.place.cell,
        values: finding.values.clone(),
    }))
}

/// Reads what [`serialize`] wrote.
///
/// # Errors
/// The deserializer's; and where the catalogue has no such finding.
pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Finding>, D::Error> {
    let plain: Vec<Plain> = Vec::deserialize(deserializer)?;
    plain.into_iter().map(|plain| rebuild(plain).map_err(serde::de::Error::custom)).collect()
}

fn rebuild(plain: Plain) -> Result<Finding, String> {
    // Through the catalogue: a number that it does not have must not become a finding.
    let code: Code = plain.code.to_string().parse()?;
    Ok(Finding {
        code,
        severity: plain.severity,
        school: plain.school,
        unit: plain.unit,
        set: plain.set,
        item: plain.item,
        place: Place { file: plain.file, sheet: plain.sheet, cell: plain.cell },
        values: plain.values,
        // Opinions are held against findings when the outcome is put together, never before.
        opinion: None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::code;

    #[derive(Serialize, Deserialize)]
    struct Wrapped(#[serde(with = "super")] Vec<Finding>);

    #[test]
    fn every_field_goes_both_ways() {
        let place = Place { file: Some("nop/a.xlsx".into()), sheet: Some("Phiếu".into()), cell: None };
        let mut full = Finding::new(code::ABOVE_MAX).at(place).weighing(Severity::Note).with("value", "13");
        full.school = Some(SchoolCode("80100001".to_owned()));
        full.unit = Some("2701".into());
        full.set = Some(SetId("qd".to_owned()));
        full.item = "1.3.1".parse().ok();
        full.place.cell = Some(CellRef::new(17, 3));
        let findings = vec![full, Finding::new(code::DAMAGED)];
        let bytes = postcard::to_stdvec(&Wrapped(findings.clone())).unwrap();
        assert_eq!(postcard::from_bytes::<Wrapped>(&bytes).unwrap().0, findings);
    }

    #[test]
    fn a_number_that_the_catalogue_does_not_have_is_an_error() {
        let mut findings = vec![Finding::new(code::DAMAGED)];
        findings[0].code = Code(999);
        let bytes = postcard::to_stdvec(&Wrapped(findings)).unwrap();
        assert!(postcard::from_bytes::<Wrapped>(&bytes).is_err());
    }
}
