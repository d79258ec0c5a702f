//! What becomes of a file.

use serde::{Deserialize, Serialize};

/// `ket_qua`: what became of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fate {
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

impl Fate {
    /// All of them, in the ledger's order.
    pub const ALL: [Fate; 11] = [
        Fate::Counted,
        Fate::Superseded,
        Fate::Duplicate,
        Fate::SetAside,
        Fate::NotValid,
        Fate::Unreadable,
        Fate::SignedCopy,
        Fate::Other,
        Fate::Junk,
        Fate::BeingWritten,
        Fate::Opened,
    ];

    /// The word of `nop.csv`.
    pub fn key(self) -> &'static str {
        match self {
            Fate::Counted => "tinh",
            Fate::Superseded => "thay_the",
            Fate::Duplicate => "trung",
            Fate::SetAside => "khong_dung",
            Fate::NotValid => "chua_hop_le",
            Fate::Unreadable => "khong_doc_duoc",
            Fate::SignedCopy => "ban_ky",
            Fate::Other => "khac",
            Fate::Junk => "bo_qua",
            Fate::BeingWritten => "dang_ghi",
            Fate::Opened => "da_mo",
        }
    }
}
