//! `cds`: schools' self-assessment workbooks in, the office's consolidated report out.

pub mod codes;
pub mod finding;
pub mod grid;
pub mod points;
pub mod reader;
pub mod rules;
pub mod school;
pub mod text;
