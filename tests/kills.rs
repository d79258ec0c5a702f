//! Programs that are killed, capped or starved while they work, apart from the other tests since they take their time.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on should stop there")]

mod copied;
mod office;

mod faults;
mod half_made;
mod reader_killed;
