//! Who signs, and whom the letter goes to.

use rust_xlsxwriter::XlsxError;

use super::{Letter, lines};
use crate::grid::CellRef;
use crate::text::fold;

/// So many of those whom the report goes to are named.
const MOST_RECIPIENTS: usize = 6;

impl Letter<'_, '_, '_> {
    /// Who signs to the right; to the left of a report whom it goes to, of an annex who made it.
    pub(super) fn signatures(&mut self) -> Result<(), XlsxError> {
        let letter = &self.page.look.letter;
        let office = &self.plan.outcome.office;
        let last = self.last;
        self.row += 1;
        let is_report = office.annex_to.is_empty();
        let or = |text: &str, other: &str| if text.is_empty() { other.to_owned() } else { text.to_uppercase() };
        let signer = or(&office.signer.position, "THỦ TRƯỞNG CƠ QUAN");
        let (left, look) = match is_report {
            true => ("Nơi nhận:".to_owned(), &letter.to),
            false => (or(&office.preparer.position, "NGƯỜI LẬP"), &letter.signer),
        };
        self.room(&[(0, 1, &left), (2, last, &signer)], 18.0)?;
        self.across(0, 1, &left, look)?;
        self.across(2, last, &signer, &letter.signer)?;
        self.row += 1;
        let below = self.row;
        let name = |name: &str| if name.is_empty() { "……………………".to_owned() } else { name.to_owned() };
        let mut room_to_sign = 52.0_f64;
        if is_report {
            let list = self.recipients();
            let pixels = self.widths[0] + self.widths[1];
            let lines: f64 = list.lines().map(|line| lines(line, pixels)).sum();
            room_to_sign = room_to_sign.max(lines * 14.5 - 37.0);
            self.page.block(CellRef::new(below, 0), CellRef::new(below + 2, 1), &list, &letter.to_list)?;
        } else {
            self.across(0, 1, "(Ký, ghi rõ họ tên)", &letter.hint)?;
        }
        self.height(17.0)?;
        self.across(2, last, "(Ký tên, đóng dấu)", &letter.hint)?;
        self.row += 1;
        self.height(room_to_sign)?;
        self.row += 1;
        self.height(20.0)?;
        if !is_report {
            self.across(0, 1, &name(&office.preparer.name), &letter.name)?;
        }
        self.across(2, last, &name(&office.signer.name), &letter.name)?;
        if let Some(seal) = &self.plan.outcome.seal {
            self.row += 1;
            self.room(&[(0, last, seal)], 16.0)?;
            self.across(0, last, seal, &letter.hint)?;
        }
        Ok(())
    }

    /// Whom the report goes to, after Nghị định 30/2020: "Như trên" first, since it names above whom it goes to; each with
    /// `;`, the last with a full stop.
    fn recipients(&self) -> String {
        let known = self.plan.outcome.office.recipients.iter().take(MOST_RECIPIENTS);
        let bare = |text: &String| text.trim_start_matches(['-', ' ']).trim_end_matches([';', '.', ' ']).to_owned();
        let mut list: Vec<String> = known.map(bare).collect();
        if !list.iter().any(|one| fold(one).starts_with("nhu tren")) {
            list.insert(0, "Như trên".to_owned());
        }
        if !list.iter().any(|one| fold(one).starts_with("luu")) {
            list.push("Lưu: VT".to_owned());
        }
        let last = list.len() - 1;
        let ended = list.iter().enumerate().map(|(i, one)| format!("- {one}{}", if i == last { "." } else { ";" }));
        ended.collect::<Vec<_>>().join("\n")
    }
}
