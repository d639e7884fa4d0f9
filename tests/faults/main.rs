//! Faults of services, wires, disks and people, each with what the program does about it: its exit code, its outputs,
//! its requests and its words. `README.md` beside this file is the table of cases.
//!
//! Law, checked after every run of every case by [`law`]: no failure is silent.

mod again;
mod answers;
mod clock;
mod desk;
mod disk;
mod ended;
mod kept;
mod law;
mod money;
mod reply;
mod secrets;
mod secure;
mod server;
mod several;
mod status;
mod texts;
mod tls;
mod wire;
