//! `cds`: schools' self-assessment workbooks in, the office's consolidated report out.
//!
//! One river: a stage knows the words and the stages above it in this list, never a later one.
//!
//! ```text
//!              each file, in parallel                                  each school, in parallel
//!  intake ──► reader ──► form ──► check ──┃ roll_call ┃──► score ──► reconcile ──┃ aggregate ┃──► outcome ──► report,
//!  find the   bytes to   grids    answers    one return    points,   declared      office          the         tables,
//!  files      grids      to       counted,   per school;   levels    against       criteria        whole       feedback
//!                        returns  void,      late,                   computed                      result
//!                                 missing    missing
//! ```
//! Answers are checked before the roll is called, because which of several returns counts depends on whether it is valid.

// WORDS: know no stage.
pub mod digits;
pub mod codes;
pub mod points;
pub mod text;
pub mod school;
pub mod grid;
pub mod table;
pub mod finding;
pub mod settings;
pub mod look;
// INPUTS: what the office keeps.
pub mod rules;
pub mod office;
pub mod folder;
pub mod milestone;
pub mod roster;
pub mod receipts;
// STAGES: in the order of the river.
pub mod intake;
pub mod reader;
pub mod form;
pub mod check;
pub mod verified;
pub mod roll_call;
pub mod score;
pub mod reconcile;
pub mod aggregate;
pub mod outcome;
// OUTPUTS: know the outcome, never each other.
pub mod compare;
pub mod feedback;
pub mod impact;
pub mod operations;
pub mod report;
pub mod tables;
pub mod templates;
pub mod why;
// The stages in order; knows everybody, known by the command line alone.
pub mod run;
// AROUND THE RUNS: what a year needs beside them.
pub mod init;
pub mod doctor;
pub mod schedule;
pub mod finalize;
pub mod verify;
pub mod cli;
