//! What becomes of a file.

use serde::{Deserialize, Serialize};

use crate::text::Lang;

/// `ket_qua`: what became of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Disposition {
    /// `tinh`
    Counted,
    /// `thay_the`: a newer return of the school counts.
    Superseded,
    /// `trung`: the same content as another file.
    Duplicate,
    /// `khong_dung`: set aside in the receipts.
    SetAside,
    /// `chua_hop_le`
    NotValid,
    /// `khong_doc_duoc`
    Unreadable,
    /// `ban_ky`
    SignedCopy,
    /// `khac`: evidence and other files.
    Other,
    /// `bo_qua`: junk, lock files.
    Junk,
    /// `dang_ghi`: still being written.
    BeingWritten,
    /// `da_mo`: a .zip or a workbook whose members follow; outside the sum.
    Opened,
}

/// In the ledger's order: the word of `nop.csv`, what people read.
const WORDS: [(Disposition, &str, [&str; 2]); 11] = [
    (Disposition::Counted, "tinh", ["Được tính", "Counted"]),
    (Disposition::Superseded, "thay_the", ["Có bản mới hơn", "Superseded"]),
    (Disposition::Duplicate, "trung", ["Trùng nội dung", "Duplicate"]),
    (Disposition::SetAside, "khong_dung", ["Không dùng (theo sổ nhận)", "Set aside (by the receipts)"]),
    (Disposition::NotValid, "chua_hop_le", ["Chưa hợp lệ", "Not valid"]),
    (Disposition::Unreadable, "khong_doc_duoc", ["Không đọc được", "Unreadable"]),
    (Disposition::SignedCopy, "ban_ky", ["Bản ký", "Signed copy"]),
    (Disposition::Other, "khac", ["Tệp khác", "Other file"]),
    (Disposition::Junk, "bo_qua", ["Bỏ qua (tệp tạm)", "Passed over (temporary)"]),
    (Disposition::BeingWritten, "dang_ghi", ["Đang ghi dở", "Being written"]),
    (Disposition::Opened, "da_mo", ["Đã mở ra", "Opened"]),
];

impl Disposition {
    /// All of them, in the ledger's order.
    pub fn all() -> impl Iterator<Item = Disposition> {
        WORDS.into_iter().map(|(disposition, ..)| disposition)
    }

    fn words(self) -> (&'static str, [&'static str; 2]) {
        WORDS.iter().find(|(known, ..)| *known == self).map_or(("", ["", ""]), |(_, key, label)| (key, *label))
    }

    /// The word of `nop.csv`.
    pub fn key(self) -> &'static str {
        self.words().0
    }

    /// What people read.
    pub fn label(self, lang: Lang) -> &'static str {
        self.words().1[lang as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_disposition_has_its_words() {
        assert!(Disposition::all().enumerate().all(|(at, one)| one as usize == at));
        assert_eq!((Disposition::Opened as usize, Disposition::all().count()), (10, 11));
    }
}
