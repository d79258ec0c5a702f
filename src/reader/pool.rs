//! The workers and the files shared out among them: a worker that dies is replaced, and only its file is blamed.

mod process;
mod watch;

use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;

use super::limits::Limits;
use super::protocol::{Gathering, Task};
use super::{Read, Reading};
use process::{Died, Process};
use watch::Watch;

/// A file to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    /// Given back with the reading.
    pub id: usize,
    /// Where it is.
    pub path: PathBuf,
}

/// Why not all files could be read: nothing to do with the files.
#[derive(Debug, thiserror::Error)]
pub enum PoolError {
    /// The system starts no more processes, or the program is not there.
    #[error("cannot start the reader {program}")]
    CannotStart {
        /// The program that was to be the reader.
        program: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// The program does not answer as this version's reader does.
    #[error("{program} is not the reader of this version")]
    NotAReader {
        /// The program that was to be the reader.
        program: PathBuf,
    },
    /// Somebody asked to stop.
    #[error("stopped")]
    Stopped,
}

/// How files are read.
#[derive(Debug)]
pub struct Pool<'a> {
    /// The program that is started as worker, with [`super::WORKER_ARG`].
    pub program: &'a Path,
    /// What one file may cost.
    pub limits: Limits,
    /// How many workers; at least one.
    pub threads: usize,
    /// When it turns true, reading ends.
    pub stop: Option<&'a AtomicBool>,
}

/// Files of one request.
const BATCH: usize = 8;
/// Bytes of the paths of one request: a pipe takes a request whole even while nobody reads it.
const BATCH_BYTES: usize = 12 << 10;

/// A file on its way.
struct Running<'d, T> {
    job: usize,
    gathering: Gathering<'d, T>,
    /// The member (0 for a plain file) at which a worker died: the next death there blames it.
    struck: Option<usize>,
}

impl Pool<'_> {
    /// Reads all files; `on_done` is called once for each, on some thread, as soon as it is read.
    ///
    /// Which worker reads what, and beside which other files, does not change a reading.
    pub fn read_all(&self, jobs: &[Job], on_done: impl Fn(usize, Reading) + Sync) -> Result<(), PoolError> {
        self.read_each(jobs, &|reading| reading, |id, read| on_done(id, read.whole()))
    }

    /// Reads one file.
    pub fn read_one(&self, path: &Path) -> Result<Option<Reading>, PoolError> {
        let slot = Mutex::new(None);
        self.read_all(&[Job { id: 0, path: path.to_owned() }], |_, reading| {
            *slot.lock().unwrap_or_else(PoisonError::into_inner) = Some(reading);
        })?;
        Ok(slot.into_inner().unwrap_or_else(PoisonError::into_inner))
    }

    /// Reads all files, and makes something of each reading before the next is taken in: of a file, and of each member
    /// of an archive. The readings themselves are gone by the time `on_done` is called.
    pub fn read_each<T: Send>(
        &self,
        jobs: &[Job],
        digest: &(dyn Fn(Reading) -> T + Sync),
        on_done: impl Fn(usize, Read<T>) + Sync,
    ) -> Result<(), PoolError> {
        let queue =
            (0..jobs.len()).map(|job| Running { job, gathering: Gathering::new(digest), struck: None }).collect();
        let threads = self.threads.clamp(1, jobs.len().max(1));
        let batch = jobs.len().div_ceil(threads * 4).clamp(1, BATCH);
        let (queue, watch) = (Mutex::new(queue), Watch::new(threads));
        let shared = Shared { pool: self, jobs, batch, queue, large: Mutex::new(()), watch };
        let failures: Vec<PoolError> = thread::scope(|scope| {
            let watching = scope.spawn(|| shared.watch.run(self.stop));
            let slots: Vec<_> = (0..threads)
                .map(|slot| {
                    let (shared, on_done) = (&shared, &on_done);
                    scope.spawn(move || shared.serve(slot, on_done))
                })
                .collect();
            let ended: Vec<_> = slots.into_iter().map(|slot| slot.join()).collect();
            shared.watch.end();
            watching.thread().unpark();
            let mut failures = Vec::new();
            for end in ended {
                match end {
                    Ok(Ok(())) => {}
                    Ok(Err(failure)) => failures.push(failure),
                    Err(panic) => std::panic::resume_unwind(panic),
                }
            }
            failures
        });
        let left = !shared.queue.lock().unwrap_or_else(PoisonError::into_inner).is_empty();
        match failures.into_iter().next() {
            // Where one worker could not be started and others did its work, nothing is lost.
            Some(failure) if left || matches!(failure, PoolError::Stopped) => Err(failure),
            _ => Ok(()),
        }
    }
}

struct Shared<'a, T> {
    pool: &'a Pool<'a>,
    jobs: &'a [Job],
    batch: usize,
    queue: Mutex<VecDeque<Running<'a, T>>>,
    /// Whoever takes in a large answer holds this until something small was made of it.
    large: Mutex<()>,
    watch: Watch,
}

impl<'a, T> Shared<'a, T> {
    /// One thread with its worker, until there is nothing left to read.
    fn serve(&self, slot: usize, on_done: &(impl Fn(usize, Read<T>) + Sync)) -> Result<(), PoolError> {
        let mut worker: Option<Process<'_>> = None;
        let mut sent: VecDeque<Running<'a, T>> = VecDeque::new();
        let mut alone: Option<Running<'a, T>> = None;
        loop {
            if self.is_stopping() {
                return Err(PoolError::Stopped);
            }
            let mut next: Vec<Running<'a, T>> = Vec::new();
            if sent.is_empty() && alone.is_some() {
                next.extend(alone.take());
            } else if alone.is_none() && sent.len() <= self.batch && sent.iter().all(|running| running.struck.is_none())
            {
                next = self.next_batch();
            }
            if !next.is_empty() {
                let tasks = next.iter().map(|running| self.task(running)).collect();
                sent.extend(next);
                let ready = match worker.take() {
                    Some(worker) => Ok(worker),
                    None => Process::start(self.pool.program, &self.pool.limits, &self.watch, slot),
                };
                match ready {
                    // A worker that died meanwhile is found out when its answer is awaited.
                    Ok(mut ready) => {
                        ready.send(tasks);
                        worker = Some(ready);
                    }
                    Err(failure) => {
                        self.give_back(sent);
                        // A worker that was killed before it was ready is none that cannot be started.
                        return Err(if self.is_stopping() { PoolError::Stopped } else { failure });
                    }
                }
            }
            let (Some(process), Some(running)) = (&mut worker, sent.front_mut()) else {
                return Ok(());
            };
            let mut large = None;
            let answer = process.answer(|| large = Some(self.large.lock().unwrap_or_else(PoisonError::into_inner)));
            let died = match answer {
                Ok(answer) => (!running.gathering.add(answer)).then_some(Died::Nonsense),
                Err(died) => Some(died),
            };
            if let Some(died) = died {
                worker = None;
                let suspect = sent.pop_front();
                self.give_back(std::mem::take(&mut sent));
                alone = suspect.and_then(|suspect| judge(suspect, died, |done| self.done(done, on_done)));
            } else if running.gathering.is_complete()
                && let Some(done) = sent.pop_front()
            {
                self.done(done, on_done);
            }
        }
    }

    fn is_stopping(&self) -> bool {
        self.pool.stop.is_some_and(|stop| stop.load(Ordering::Relaxed))
    }

    fn done(&self, done: Running<'a, T>, on_done: &(impl Fn(usize, Read<T>) + Sync)) {
        let job = &self.jobs[done.job];
        // A file that was never told about still has the size that the folder shows.
        let size = || std::fs::metadata(&job.path).map_or(0, |seen| if seen.is_file() { seen.len() } else { 0 });
        on_done(job.id, done.gathering.finish(size));
    }

    fn task(&self, running: &Running<'a, T>) -> Task {
        Task { path: self.jobs[running.job].path.clone().into_os_string(), from: running.gathering.next_member() }
    }

    fn next_batch(&self) -> Vec<Running<'a, T>> {
        let mut queue = self.queue.lock().unwrap_or_else(PoisonError::into_inner);
        let mut bytes = 0;
        let mut batch = Vec::new();
        while batch.len() < self.batch
            && let Some(running) = queue.front()
        {
            bytes += self.jobs[running.job].path.as_os_str().len();
            if bytes > BATCH_BYTES && !batch.is_empty() {
                break;
            }
            batch.extend(queue.pop_front());
        }
        batch
    }

    fn give_back(&self, unread: VecDeque<Running<'a, T>>) {
        let mut queue = self.queue.lock().unwrap_or_else(PoisonError::into_inner);
        for running in unread.into_iter().rev() {
            queue.push_front(running);
        }
    }
}

/// What becomes of the file at which a worker died: once more, alone; then blamed. `None` if it is done.
fn judge<'d, T>(mut suspect: Running<'d, T>, died: Died, done: impl FnOnce(Running<'d, T>)) -> Option<Running<'d, T>> {
    let at = suspect.gathering.next_member();
    if suspect.struck != Some(at) {
        suspect.struck = Some(at);
        return Some(suspect);
    }
    suspect.struck = None;
    suspect.gathering.blame(died.finding());
    if suspect.gathering.is_complete() {
        done(suspect);
        return None;
    }
    // The members after the blamed one are read as if nothing had happened.
    Some(suspect)
}
