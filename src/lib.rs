//! `cds`: schools' self-assessment workbooks in, the office's consolidated report out.

// WORDS
pub mod codes;
pub mod finding;
pub mod grid;
pub mod look;
pub mod points;
pub mod school;
pub mod settings;
pub mod table;
pub mod text;
// INPUTS
pub mod office;
pub mod rules;
// STAGES
pub mod aggregate;
pub mod check;
pub mod form;
pub mod outcome;
pub mod reconcile;
pub mod roll_call;
pub mod score;
