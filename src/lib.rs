//! `cds`: schools' self-assessment workbooks in, the office's consolidated report out.

// WORDS
pub mod codes;
pub mod finding;
pub mod grid;
pub mod points;
pub mod school;
pub mod text;
// INPUTS
pub mod office;
pub mod rules;
// STAGES
pub mod outcome;
pub mod score;
// OUTPUTS
pub mod report;
pub mod tables;
