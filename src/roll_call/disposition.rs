//! What becomes of a file.

use serde::{Deserialize, Serialize};

/// `ket_qua`: what became of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
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

impl Disposition {
    /// All of them, in the ledger's order.
    pub const ALL: [Disposition; 11] = [
        Disposition::Counted,
        Disposition::Superseded,
        Disposition::Duplicate,
        Disposition::SetAside,
        Disposition::NotValid,
        Disposition::Unreadable,
        Disposition::SignedCopy,
        Disposition::Other,
        Disposition::Junk,
        Disposition::BeingWritten,
        Disposition::Opened,
    ];

    /// The word of `nop.csv`.
    pub fn key(self) -> &'static str {
        match self {
            Disposition::Counted => "tinh",
            Disposition::Superseded => "thay_the",
            Disposition::Duplicate => "trung",
            Disposition::SetAside => "khong_dung",
            Disposition::NotValid => "chua_hop_le",
            Disposition::Unreadable => "khong_doc_duoc",
            Disposition::SignedCopy => "ban_ky",
            Disposition::Other => "khac",
            Disposition::Junk => "bo_qua",
            Disposition::BeingWritten => "dang_ghi",
            Disposition::Opened => "da_mo",
        }
    }
}
