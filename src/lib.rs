//! `cds`: schools' self-assessment workbooks in, the office's consolidated report out.

// WORDS
pub mod codes;
pub mod finding;
pub mod grid;
pub mod points;
pub mod school;
pub mod settings;
pub mod table;
pub mod text;
// INPUTS
pub mod folder;
pub mod office;
pub mod rules;
// STAGES
pub mod intake;
pub mod outcome;
pub mod receipts;
pub mod roster;
pub mod score;
