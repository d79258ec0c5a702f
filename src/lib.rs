//! `cds`: schools' self-assessment workbooks in, the office's consolidated report out.
//!
//! One river: a module knows the words and the modules above it in this list, never a later one.
//!
//! ```text
//!              each file, in parallel                                  each school, in parallel
//!  intake ──► reader ──► form ──► check ──┃ roll_call ┃──► score ──► reconcile ──┃ aggregate ┃──► outcome
//!  find the   bytes to   grids    answers    one return    points,   declared      office          the whole
//!  files      grids      to       counted,   per school;   levels    against       criteria        result
//!                        returns  void,      late,                   computed                      │
//!                                 missing    missing                                               │
//!                                      views: each figure and sentence that people are shown ◄─────┘
//!  units: sealed results of offices below, which join the outcome
//!                                        │
//!  outputs: report, operations, feedback, templates, tables, compare, why: a view laid out by a writer
//!                                        │
//!  writers: xlsx, csv, docx: pages, cells, escaping; no word of the domain
//! ```
//! Answers are checked before the roll is called, because which of several returns counts depends on whether it is valid.
//! An output names the outcome, views and writers, never a stage and never another output; `tests/architecture.rs` keeps
//! all of this.

// WORDS: know no stage.
mod digits;
pub mod codes;
pub mod points;
pub mod text;
pub mod fingerprint;
pub mod school;
pub mod grid;
mod table;
pub mod finding;
mod system;
pub mod settings;
pub mod reuse;
// WRITERS: know words alone.
pub mod writers;
// INPUTS: what the office keeps, and what stands where in the workbooks that it fills.
pub mod rules;
pub mod office;
pub mod folder;
pub mod milestone;
pub mod roster;
pub mod receipts;
pub mod layouts;
// STAGES: in the order of the river.
pub mod intake;
pub mod reader;
pub mod form;
pub mod check;
mod verified;
mod roll_call;
pub mod score;
mod reconcile;
mod recognised;
pub mod aggregate;
pub mod outcome;
mod proofs;
pub mod units;
// VIEWS: know the outcome and no page.
pub mod views;
// FORM WRITER: a set's form, blank or with a school's values and marks.
pub mod form_writer;
// OUTPUTS: lay out what the outcome and the views hold.
pub mod compare;
mod documents;
mod dossier;
pub mod feedback;
mod morning;
pub mod operations;
pub mod publication;
pub mod report;
pub mod tables;
pub mod templates;
pub mod why;
// The stages and outputs in order, and what a changed rule file would do; known by the command line alone.
pub mod run;
// AROUND THE RUNS: what a year needs beside them.
mod init;
mod doctor;
mod support;
pub mod schedule;
pub mod finalize;
pub mod samples;
mod verify;
pub mod cli;
#[cfg(test)]
mod schema;
