//! One worker process as its thread sees it: started, asked, listened to, and looked at when it is dead.

use std::io::{BufReader, Read};
use std::path::Path;
use std::process::{Child, ChildStderr, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use super::PoolError;
use super::watch::{SharedChild, Watch};
use crate::finding::{Finding, code};
use crate::reader::limits::Limits;
use crate::reader::protocol::{self, Answer, Request, Task, VERSION};
use crate::reader::{WORKER_ARG, caps};

/// Why a worker is no more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Died {
    /// The memory cap.
    Memory,
    /// The cap on computing time.
    Cpu,
    /// No answer for too long.
    Waiting,
    /// Anything else.
    Crash,
    /// It answered what no worker of ours does.
    Nonsense,
}

impl Died {
    /// What is said about the file that it was on.
    pub fn finding(self) -> Finding {
        Finding::new(match self {
            Died::Memory => code::STOPPED_MEMORY,
            Died::Cpu => code::STOPPED_CPU,
            Died::Waiting => code::STOPPED_WAITING,
            Died::Crash | Died::Nonsense => code::STOPPED_CRASH,
        })
    }
}

/// A running worker; killed when dropped.
pub(super) struct Process<'a> {
    child: SharedChild,
    requests: Option<ChildStdin>,
    answers: BufReader<ChildStdout>,
    last_words: Option<JoinHandle<Vec<u8>>>,
    watch: &'a Watch,
    slot: usize,
    wall: Duration,
}

/// Bytes of an answer from which on it is taken in alone: several at once would be all of the memory of a run.
const LARGE: usize = 1 << 20;

/// How often starting is tried: a busy system may refuse a process now and grant it a moment later.
const TRIES: u32 = 4;

impl<'a> Process<'a> {
    /// Starts a worker and waits until it has set its limits.
    pub fn start(program: &Path, limits: &Limits, watch: &'a Watch, slot: usize) -> Result<Process<'a>, PoolError> {
        let mut tried = 0;
        let mut child = loop {
            match spawn(program) {
                Ok(child) => break child,
                Err(source) if tried + 1 >= TRIES => {
                    return Err(PoolError::CannotStart { program: program.to_owned(), source });
                }
                Err(_) => tried += 1,
            }
            thread::sleep(Duration::from_millis(100) * tried);
        };
        let not_a_reader = || PoolError::NotAReader { program: program.to_owned() };
        let (Some(requests), Some(answers), Some(errors)) =
            (child.stdin.take(), child.stdout.take(), child.stderr.take())
        else {
            return Err(not_a_reader());
        };
        let mut process = Process {
            child: Arc::new(Mutex::new(child)),
            requests: Some(requests),
            answers: BufReader::with_capacity(1 << 16, answers),
            last_words: Some(thread::spawn(move || last_words(errors))),
            watch,
            slot,
            wall: limits.wall.max(Duration::from_secs(30)),
        };
        process.write(&Request::Begin(limits.clone()));
        match process.answer(|| ()) {
            Ok(Answer::Ready(VERSION)) => {}
            _ => return Err(not_a_reader()),
        }
        process.wall = limits.wall;
        Ok(process)
    }

    /// Asks for files to be read.
    pub fn send(&mut self, tasks: Vec<Task>) {
        self.write(&Request::Batch(tasks));
    }

    fn write(&mut self, request: &Request) {
        // A dead worker takes no request; that shows when its answer is awaited.
        if let Some(requests) = &mut self.requests
            && protocol::write(requests, request).is_err()
        {
            self.requests = None;
        }
    }

    /// Waits for the next answer. Before a large one is taken in, `before_large` may wait as long as it likes.
    pub fn answer(&mut self, before_large: impl FnOnce()) -> Result<Answer, Died> {
        let len = self.awaited(protocol::read_length)?;
        if len > LARGE {
            before_large();
        }
        self.awaited(|answers| protocol::read_body(answers, len))
    }

    /// Waits for a part of an answer.
    fn awaited<T>(
        &mut self,
        read: impl FnOnce(&mut BufReader<ChildStdout>) -> std::io::Result<Option<T>>,
    ) -> Result<T, Died> {
        self.watch.await_answer(self.slot, self.wall, &self.child);
        let part = read(&mut self.answers);
        let overdue = self.watch.answered(self.slot);
        match part {
            Ok(Some(part)) if !overdue => Ok(part),
            Ok(_) if overdue => Err(Died::Waiting),
            Ok(_) => Err(self.examine()),
            Err(_) => Err(if overdue { Died::Waiting } else { Died::Nonsense }),
        }
    }

    /// What a dead worker died of.
    fn examine(&mut self) -> Died {
        self.requests = None;
        let status = {
            let mut child = self.child.lock().unwrap_or_else(PoisonError::into_inner);
            let _ = child.kill();
            child.wait()
        };
        let words = self.last_words.take().and_then(|words| words.join().ok()).unwrap_or_default();
        match status {
            Ok(status) if caps::ended_by_cpu(&status) => Died::Cpu,
            // The words of the standard library when the system gives no more memory.
            _ if String::from_utf8_lossy(&words).contains("memory allocation of") => Died::Memory,
            _ => Died::Crash,
        }
    }
}

impl Drop for Process<'_> {
    fn drop(&mut self) {
        self.requests = None;
        let mut child = self.child.lock().unwrap_or_else(PoisonError::into_inner);
        let _ = child.kill();
        let _ = child.wait();
    }
}

fn spawn(program: &Path) -> std::io::Result<Child> {
    let mut command = Command::new(program);
    command.arg(WORKER_ARG).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    // Walking the stack of an abort costs a tenth of a second.
    command.env("RUST_BACKTRACE", "0");
    #[cfg(windows)]
    {
        use std::os::windows::process::CommandExt;
        // Not merely no window: a hidden console is a process of its own, which under Wine inherits the pipes of a worker
        // and, where this is killed before they meet, holds them open for good.
        const DETACHED_PROCESS: u32 = 0x8;
        command.creation_flags(DETACHED_PROCESS);
    }
    command.spawn()
}

/// Drains what a worker complains of, and keeps its end.
fn last_words(mut errors: ChildStderr) -> Vec<u8> {
    const KEPT: usize = 4096;
    let mut kept = Vec::new();
    let mut buffer = [0; 1024];
    while let Ok(n @ 1..) = errors.read(&mut buffer) {
        kept.extend_from_slice(&buffer[..n]);
        if kept.len() > 2 * KEPT {
            kept.drain(..kept.len() - KEPT);
        }
    }
    kept
}
