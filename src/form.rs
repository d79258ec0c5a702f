//! The form that respondents fill: one description of it, and the writer of workbooks made from that.

pub mod layout;
pub mod write;
