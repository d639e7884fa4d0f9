//! What benchmarks measure time with.

#![expect(unreachable_pub, reason = "a module of benchmarks has no outside")]

use std::fs;
use std::process::Child;
use std::time::{Duration, Instant};

/// User and system time of this process in seconds, from /proc (Linux counts in hundredths).
pub fn cpu_seconds() -> f64 {
    cpu_of("self").unwrap_or(f64::NAN)
}

fn cpu_of(process: &str) -> Option<f64> {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    let fields: Vec<&str> = stat.rsplit(')').next()?.split_whitespace().collect();
    let ticks = |at: usize| fields.get(at).and_then(|field| field.parse::<f64>().ok());
    Some((ticks(11)? + ticks(12)?) / 100.0)
}

/// The value in the middle of those of `runs`.
pub fn median<T>(runs: &[T], value: impl Fn(&T) -> f64) -> f64 {
    let mut values: Vec<f64> = runs.iter().map(value).collect();
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// What a program spent.
#[derive(Debug, Clone, Copy)]
pub struct Spent {
    /// User and system time in seconds.
    pub cpu: f64,
    /// Seconds from start to end.
    pub wall: f64,
    /// The most memory that it held, in MB.
    pub peak: f64,
}

/// Waits for `child` to end and looks at it meanwhile, every five milliseconds.
pub fn watch(mut child: Child) -> Spent {
    let (begin, id) = (Instant::now(), child.id());
    let mut spent = Spent { cpu: f64::NAN, wall: 0.0, peak: f64::NAN };
    while child.try_wait().expect("a child").is_none() {
        let status = fs::read_to_string(format!("/proc/{id}/status")).unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let kilobytes =
            line.and_then(|line| line.split_whitespace().next()).and_then(|number| number.parse::<f64>().ok());
        spent.peak = kilobytes.map_or(spent.peak, |kilobytes| kilobytes / 1024.0);
        // An ended child that is waited for counts no more.
        spent.cpu = cpu_of(&id.to_string()).filter(|cpu| *cpu > 0.0).unwrap_or(spent.cpu);
        std::thread::sleep(Duration::from_millis(5));
    }
    spent.wall = begin.elapsed().as_secs_f64();
    spent
}
