//! Real servers on loopback: programs that are started for tests, and end with them.

#![expect(unreachable_pub, reason = "a module of tests has no outside")]

use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// A running server.
pub struct Server {
    keeper: Child,
    /// Where it answers: `http://127.0.0.1:PORT`.
    pub url: String,
}

/// Ends the server when its own standard input does, which it does with the tests whatever becomes of them.
const KEEP: &str = r#""$@" >&2 2>"$LOG" & cat >/dev/null; kill $!; wait"#;

/// How long a server may take until it listens.
const PATIENCE: Duration = Duration::from_mins(1);

/// A port that nobody listens on.
#[must_use]
pub fn free_port() -> u16 {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a port");
    listener.local_addr().expect("its address").port()
}

/// Whether a program can be started; a build server must have it.
#[must_use]
pub fn is_there(program: &str, hint: &str) -> bool {
    let mut help = Command::new(program);
    help.arg("--help").stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let found = help.status().is_ok_and(|status| status.success());
    assert!(found || std::env::var_os("CI").is_none(), "{program} is missing: {hint}");
    if !found {
        println!("skipped: {program} is missing: {hint}");
    }
    found
}

impl Server {
    /// Starts a program, in whose arguments `PORT` stands for the port that it is to listen on, and waits until it does.
    #[must_use]
    pub fn start(program: &str, arguments: &[&str]) -> Self {
        let port = free_port();
        let log = std::env::temp_dir().join(format!("chancery-test-server-{port}.log"));
        let arguments = arguments.iter().map(|argument| argument.replace("PORT", &port.to_string()));
        let mut command = Command::new("sh");
        command.args(["-c", KEEP, "sh", program]).args(arguments);
        command.env("LOG", &log).env("LC_ALL", "C.UTF-8").current_dir(std::env::temp_dir());
        let keeper = command.stdin(Stdio::piped()).stdout(Stdio::null()).spawn().expect("a shell");
        let server = Self { keeper, url: format!("http://127.0.0.1:{port}") };
        let began = Instant::now();
        while TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_err() {
            let said = || std::fs::read_to_string(&log).unwrap_or_default();
            assert!(began.elapsed() < PATIENCE, "{program} does not listen: {}", said());
            std::thread::sleep(Duration::from_millis(50));
        }
        let _ = std::fs::remove_file(&log);
        server
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.keeper.stdin.take());
        let _ = self.keeper.wait();
    }
}
