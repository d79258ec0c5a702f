//! Wall and computing time of this process with its readers, and the most memory that a run holds.

use std::fs;
use std::process::{Command, Stdio};
use std::time::Duration;

use rustix::time::{ClockId, clock_gettime};

/// A point in time, or a stretch of it, in seconds.
#[derive(Debug, Clone, Copy, Default)]
pub struct Cost {
    pub wall: f64,
    pub cpu: f64,
}

impl Cost {
    pub fn now() -> Cost {
        let clock = |id| {
            let time = clock_gettime(id);
            time.tv_sec as f64 + time.tv_nsec as f64 / 1e9
        };
        Cost { wall: clock(ClockId::Monotonic), cpu: clock(ClockId::ProcessCPUTime) + children() }
    }

    pub fn since(self, start: Cost) -> Cost {
        Cost { wall: self.wall - start.wall, cpu: self.cpu - start.cpu }
    }

    pub fn of(work: impl FnOnce()) -> Cost {
        let start = Cost::now();
        work();
        Cost::now().since(start)
    }
}

/// Computing time of all readers that have ended, to hundredths of a second: fields 16 and 17 of Linux's `stat`.
fn children() -> f64 {
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields = stat.rsplit_once(')').map_or("", |(_, fields)| fields).split_whitespace();
    fields.skip(13).take(2).filter_map(|ticks| ticks.parse::<f64>().ok()).sum::<f64>() / 100.0
}

pub fn median(costs: &[Cost]) -> Cost {
    let middle = |of: fn(&Cost) -> f64| {
        let mut all: Vec<f64> = costs.iter().map(of).collect();
        all.sort_by(f64::total_cmp);
        all[all.len() / 2]
    };
    Cost { wall: middle(|cost| cost.wall), cpu: middle(|cost| cost.cpu) }
}

/// The most memory, in megabytes, that a program held, its readers apart; Linux alone tells. The program runs by itself:
/// this process keeps what earlier offices left with it.
pub fn peak_of(command: &mut Command) -> u64 {
    let mut program = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let status = format!("/proc/{}/status", program.id());
    let mut peak = 0;
    loop {
        let text = fs::read_to_string(&status).unwrap_or_default();
        let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let held = line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok()).unwrap_or(0);
        peak = peak.max(held / 1024);
        if let Some(status) = program.try_wait().unwrap() {
            assert!(status.success());
            return peak;
        }
        std::thread::sleep(Duration::from_millis(5));
    }
}
