//! The clock: kills workers whose answer is overdue.

use std::process::Child;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// A worker process that more than one thread may end.
pub(super) type SharedChild = Arc<Mutex<Child>>;

/// One place for each worker.
pub(super) struct Watch {
    slots: Vec<Mutex<Slot>>,
    ended: AtomicBool,
}

#[derive(Default)]
struct Slot {
    awaited: Option<(Instant, SharedChild)>,
    overdue: bool,
}

/// How often the clock is looked at.
const TICK: Duration = Duration::from_millis(50);

impl Watch {
    pub fn new(slots: usize) -> Watch {
        Watch { slots: (0..slots).map(|_| Mutex::default()).collect(), ended: AtomicBool::new(false) }
    }

    /// An answer of this worker is awaited from now on, no longer than `wall`.
    pub fn await_answer(&self, slot: usize, wall: Duration, child: &SharedChild) {
        let mut slot = self.slots[slot].lock().unwrap_or_else(PoisonError::into_inner);
        slot.overdue = false;
        slot.awaited = Instant::now().checked_add(wall).map(|until| (until, child.clone()));
    }

    /// Nothing is awaited any more; whether the worker was killed for being late.
    pub fn answered(&self, slot: usize) -> bool {
        let mut slot = self.slots[slot].lock().unwrap_or_else(PoisonError::into_inner);
        slot.awaited = None;
        std::mem::take(&mut slot.overdue)
    }

    /// Lets [`Watch::run`] return.
    pub fn end(&self) {
        self.ended.store(true, Ordering::Release);
    }

    /// Watches until the end. Whoever is asked to stop waits for no answer.
    pub fn run(&self, stop: Option<&AtomicBool>) {
        while !self.ended.load(Ordering::Acquire) {
            thread::park_timeout(TICK);
            let stopping = stop.is_some_and(|stop| stop.load(Ordering::Relaxed));
            for slot in &self.slots {
                let mut slot = slot.lock().unwrap_or_else(PoisonError::into_inner);
                if let Some((until, child)) = &slot.awaited
                    && (stopping || Instant::now() >= *until)
                {
                    // Where it has ended by itself there is nothing to kill.
                    let _ = child.lock().unwrap_or_else(PoisonError::into_inner).kill();
                    slot.awaited = None;
                    slot.overdue = true;
                }
            }
        }
    }
}
