//! Writers: they know pages, fonts, cells and escaping, and no word of the domain.

pub(crate) mod archive;
pub mod csv;
pub mod docx;
pub mod html;
pub mod xlsx;
