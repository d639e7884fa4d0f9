//! `chancery serve` as a process: what it answers, what it refuses, how it ends, and a run that translates through it.
#![expect(clippy::print_stdout, reason = "a program that is not installed is skipped aloud")]

mod apertium;
#[path = "../end_to_end/desk.rs"]
mod desk;
mod ending;
mod http;
mod process;
#[path = "../shared/server.rs"]
mod server;
mod two_processes;
mod wire;
