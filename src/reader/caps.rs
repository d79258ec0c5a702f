//! The caps that a worker puts on itself, one implementation for each kind of system.
//!
//! Linux: address space and CPU time through `setrlimit`. Other Unix systems: CPU time so, memory through the
//! allocator, since some (macOS) do not enforce the address space. Windows: memory through the allocator; time is
//! watched by the parent alone, by the clock.

use super::limits::Limits;

#[cfg(not(target_os = "linux"))]
#[global_allocator]
static HEAP: cap::Cap<std::alloc::System> = cap::Cap::new(std::alloc::System, usize::MAX);

/// Caps memory, and forbids core dumps. Where the system refuses, the caps of the parent remain.
pub(super) fn confine(limits: &Limits) {
    #[cfg(target_os = "linux")]
    {
        use rustix::process::{Resource, Rlimit, setrlimit};
        let cap = |bytes| Rlimit { current: Some(bytes), maximum: Some(bytes) };
        let _ = setrlimit(Resource::As, cap(limits.address_space));
        let _ = setrlimit(Resource::Core, cap(0));
    }
    #[cfg(not(target_os = "linux"))]
    let _ = HEAP.set_limit(usize::try_from(limits.address_space).unwrap_or(usize::MAX));
}

/// Gives the next file its computing time: the signal at its end stops the worker.
pub(super) fn renew_cpu(limits: &Limits) {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, getrlimit, setrlimit};
        let used = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime).tv_sec.unsigned_abs();
        // The system counts whole seconds; what has begun is rounded up.
        let given = limits.cpu.as_secs_f64().ceil() as u64;
        let mut cap = getrlimit(Resource::Cpu);
        cap.current = Some(used.saturating_add(given).saturating_add(1));
        let _ = setrlimit(Resource::Cpu, cap);
    }
    #[cfg(not(unix))]
    let _ = limits;
}

/// Whether a process ended because its computing time was used up.
pub(super) fn ended_by_cpu(status: &std::process::ExitStatus) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::process::ExitStatusExt;
        status.signal() == Some(rustix::process::Signal::XCPU.as_raw())
    }
    #[cfg(not(unix))]
    {
        let _ = status;
        false
    }
}
