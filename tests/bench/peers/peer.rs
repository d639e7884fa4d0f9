//! What a peer of the engine bench does around its engine, so that all are measured alike.
//!
//! Law of every peer: `peer MODEL_FOLDER THREADS INPUT OUTPUT` translates each line of INPUT into a line of OUTPUT and
//! prints one JSON object: seconds of loading, wall and CPU seconds of translating (loading left out), peak memory in MB.

use std::cmp::Reverse;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;
use std::{fs, thread};

/// Sentences in a batch: what the crate is fastest with, and what the pipeline sends.
const BATCH: usize = 16;

/// Loads an engine and translates with it, batch by batch, as the four `arguments` of a peer say.
///
/// # Errors
/// When an argument is wrong, a file cannot be read or written, or the engine does not load.
pub(crate) fn run<E: Sync>(
    arguments: &[String],
    load: impl FnOnce(&Path) -> Result<E, String>,
    translate: impl Fn(&E, &[&str]) -> Vec<String> + Sync,
) -> Result<(), String> {
    let [folder, threads, input, output] = arguments else {
        return Err("a peer takes MODEL_FOLDER THREADS INPUT OUTPUT".to_owned());
    };
    let threads: usize = threads.parse().map_err(|error| format!("{threads}: {error}"))?;
    let text = fs::read_to_string(input).map_err(|error| format!("{input}: {error}"))?;
    let lines: Vec<&str> = text.lines().collect();
    let begin = Instant::now();
    let engine = load(Path::new(folder))?;
    let load = begin.elapsed().as_secs_f64();
    let (begin, cpu) = (Instant::now(), cpu_seconds());
    let answers = in_batches(&lines, threads, |batch| translate(&engine, batch));
    let (wall, cpu) = (begin.elapsed().as_secs_f64(), cpu_seconds() - cpu);
    let answers: String = answers.iter().flat_map(|answer| [answer.as_str(), "\n"]).collect();
    fs::write(output, answers).map_err(|error| format!("{output}: {error}"))?;
    println!("{{\"load\": {load}, \"wall\": {wall}, \"cpu\": {cpu}, \"peak\": {}}}", peak());
    Ok(())
}

/// Translations of `lines` in order. The threads take batches of lines of like length from one queue, the longest first.
fn in_batches(lines: &[&str], threads: usize, translate: impl Fn(&[&str]) -> Vec<String> + Sync) -> Vec<String> {
    let mut order: Vec<usize> = (0..lines.len()).collect();
    order.sort_by_key(|&at| Reverse(lines[at].chars().count()));
    let batches: Vec<&[usize]> = order.chunks(BATCH).collect();
    let (next, answers) = (AtomicUsize::new(0), Mutex::new(vec![String::new(); lines.len()]));
    thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                while let Some(batch) = batches.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let drafts = translate(&batch.iter().map(|&at| lines[at]).collect::<Vec<_>>());
                    assert_eq!(drafts.len(), batch.len(), "not an answer for each line");
                    let mut answers = answers.lock().expect("no thread panics");
                    batch.iter().zip(drafts).for_each(|(&at, draft)| answers[at] = draft);
                }
            });
        }
    });
    answers.into_inner().expect("no thread panics")
}

/// User and system time of this process in seconds, from /proc (Linux counts in hundredths).
fn cpu_seconds() -> f64 {
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
    let ticks = |at: usize| fields.get(at).and_then(|field| field.parse::<f64>().ok()).unwrap_or(f64::NAN);
    (ticks(11) + ticks(12)) / 100.0
}

/// Peak resident memory of this process in MB.
fn peak() -> f64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM:"));
    let kilobytes = line.and_then(|line| line.split_whitespace().nth(1)).and_then(|number| number.parse::<f64>().ok());
    kilobytes.unwrap_or(f64::NAN) / 1024.0
}
