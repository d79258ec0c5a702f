//! Programs that are killed, capped or starved while they work, apart from the other tests since they take their time.
//! Each rests on signals, limits and permissions of Unix; on Windows there is none of them.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on should stop there")]

mod copied;
mod office;

mod faults;
mod half_made;
mod reader_killed;
