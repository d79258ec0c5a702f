//! Every test but the kills, in one binary, since each one more would link the whole library again.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on should stop there")]

// Builders of offices, returns, results and packages that the tests share.
mod copied;
mod office;
mod offices;
mod outcomes;
mod packages;
mod reader_files;
mod returns;
#[cfg(unix)]
mod terminal;

mod alone;
mod annex;
mod architecture;
mod cache;
mod changes;
mod damaged;
mod differential;
mod disturbed;
mod doubt;
mod doctor;
mod earlier;
mod exit_codes;
mod feedback;
mod finalize;
mod folder;
mod forms;
mod formulas;
mod fuzz;
mod hostile;
mod init;
mod inputs;
mod journey;
mod json;
mod last_year;
mod messy;
mod milestones;
mod on_time;
mod operations;
mod planted;
mod privacy;
mod properties;
mod reader;
mod reader_archive;
mod reader_hostile;
mod reader_looks;
mod reader_ods;
mod reader_pool;
mod readme;
mod recalculation;
mod report;
mod rules;
mod rules_cases;
mod run;
mod samples;
mod schedule;
mod start;
mod tables;
mod unattended;
mod usage;
mod verified;
mod verify;
mod why;
mod views;
mod wild;
