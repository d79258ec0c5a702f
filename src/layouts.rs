//! What stands where in a workbook that is written and read back: one description for both ways.

pub mod form;
pub mod names;
pub mod opinions;
pub mod recognised;
pub mod verified;
