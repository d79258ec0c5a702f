//! Views: plain data that people are shown, each figure and sentence computed once from the outcome. Outputs lay them
//! out; no view knows a page, a cell or another output.

pub mod changes;
pub mod corrections;
pub mod deadline;
pub mod dossier;
pub mod duties;
pub mod faults;
pub mod figures;
pub mod morning;
pub mod opinions;
pub mod published;
pub mod recognised;
pub mod since;
pub mod strengths;
pub mod tasks;
pub mod units;
pub mod words;

pub use corrections::Correction;
