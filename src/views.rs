//! Views: plain data that people are shown, each figure and sentence computed once from the outcome. Outputs lay them
//! out; no view knows a page, a cell or another output.

pub mod best;
pub mod changes;
pub mod corrections;
pub mod criteria;
pub mod chase;
pub mod deadline;
pub mod dossier;
pub mod doubts;
pub mod duties;
pub mod evidence;
pub mod faults;
pub mod figures;
pub mod morning;
pub mod next_level;
pub mod opinions;
pub mod published;
pub mod recognised;
pub mod returns;
pub mod since;
pub mod strengths;
pub mod sums;
pub mod tasks;
pub mod units;
pub mod words;
pub mod worth;

pub use corrections::Correction;
