//! A running `chancery serve`.

use std::io::{BufRead, BufReader, Read};
use std::process::{Child, Command, ExitStatus, Stdio};

use serde_json::Value;

use crate::desk::Desk;
use crate::http::{self, Answer};

/// The process, ended with the test whatever becomes of it.
pub(crate) struct Serving {
    child: Child,
    remarks: BufReader<std::process::ChildStderr>,
    pub(crate) address: String,
}

impl Serving {
    /// Starts it at `desk` on a port that is free.
    #[track_caller]
    pub(crate) fn start(desk: &Desk, arguments: &[&str]) -> Self {
        Self::start_at(desk, "127.0.0.1:0", arguments)
    }

    /// Starts it at `desk` on an address, and waits until it says that it listens.
    #[track_caller]
    pub(crate) fn start_at(desk: &Desk, bind: &str, arguments: &[&str]) -> Self {
        Self::spawn(desk.command(&[&["serve", "--bind", bind][..], arguments].concat()))
    }

    #[track_caller]
    pub(crate) fn spawn(mut command: Command) -> Self {
        let mut child = command.stdin(Stdio::null()).stderr(Stdio::piped()).spawn().expect("the program starts");
        let mut remarks = BufReader::new(child.stderr.take().expect("its remarks"));
        let mut first = String::new();
        remarks.read_line(&mut first).expect("a remark");
        let address = first.trim().strip_prefix("listening on http://").unwrap_or_else(|| panic!("{first}")).to_owned();
        Self { child, remarks, address }
    }

    #[track_caller]
    pub(crate) fn get(&self, path: &str) -> Answer {
        http::send(&self.address, "GET", path, None).expect("an answer")
    }

    #[track_caller]
    pub(crate) fn post(&self, path: &str, json: &Value) -> Answer {
        self.send(path, "application/json", &json.to_string())
    }

    #[track_caller]
    pub(crate) fn send(&self, path: &str, kind: &str, body: &str) -> Answer {
        http::send(&self.address, "POST", path, Some((kind, body.as_bytes()))).expect("an answer")
    }

    /// A number that it measures.
    #[track_caller]
    pub(crate) fn measured(&self, name: &str) -> f64 {
        let text = self.get("/metrics").body;
        let line = text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' '));
        line.map_or(0.0, |number| number.parse().expect("a number"))
    }

    /// Sends it a signal: `TERM`, `INT`.
    pub(crate) fn signal(&self, name: &str) {
        let sent = Command::new("kill").args([&format!("-{name}"), &self.child.id().to_string()]).status();
        assert!(sent.expect("kill").success());
    }

    /// Ends it at once, as a lost machine does.
    pub(crate) fn kill(mut self) {
        self.child.kill().expect("it is killed");
        let _ = self.child.wait();
    }

    /// How it ends by itself, and what it said since it listened.
    pub(crate) fn ends(mut self) -> (ExitStatus, String) {
        let mut said = String::new();
        self.remarks.read_to_string(&mut said).expect("its remarks");
        (self.child.wait().expect("its end"), said)
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
