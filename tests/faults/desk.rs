//! A desk to run the real program at: articles, settings with tiny waits, and servers.
//!
//! Law: whatever a run meets, [`law::check`] holds what it left against what the servers were asked and said.

use std::collections::BTreeMap;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use crate::ended::Ended;
use crate::reply::Reply;
use crate::server::Server;
use crate::texts;

/// A folder of its own for a case, gone with it.
pub(crate) struct Desk {
    folder: tempfile::TempDir,
    /// The articles by their numbers; `in/aNN.txt` each.
    pub(crate) articles: Vec<usize>,
    /// The backends in order: `one`, `two`, and so on.
    pub(crate) servers: Vec<Server>,
    keys: BTreeMap<&'static str, toml::Value>,
    translate: String,
    flags: Vec<String>,
    environment: Vec<(&'static str, String)>,
}

/// The key that services are given; nothing that is written or said may hold it.
pub(crate) const KEY: &str = "sk-secret-5f1d7a90c4";
/// The environment variable that holds it.
const KEY_VARIABLE: &str = "CHANCERY_FAULTS_KEY";
/// Names of backends in order.
pub(crate) const NAMES: [&str; 3] = ["one", "two", "three"];
/// What the keys of a service's table say unless a case says otherwise.
const SETTINGS: [(&str, f64); 4] = [("timeout_s", 0.5), ("wait_s", 0.01), ("deadline_s", 5.0), ("pause_s", 0.05)];
/// Those of them that are whole numbers.
const COUNTS: [(&str, i64); 2] = [("concurrency", 1), ("tries", 3)];
/// A run that has not ended by then hangs.
const PATIENCE: Duration = Duration::from_mins(1);

impl Desk {
    /// A desk with one article and this server.
    pub(crate) fn new(server: Server) -> Self {
        let counts = COUNTS.iter().map(|(key, value)| (*key, toml::Value::from(*value)));
        let keys = SETTINGS.iter().map(|(key, value)| (*key, toml::Value::from(*value))).chain(counts).collect();
        let folder = tempfile::tempdir().expect("a folder");
        let desk = Self {
            folder,
            articles: Vec::new(),
            servers: vec![server],
            keys,
            translate: String::new(),
            flags: Vec::new(),
            environment: Vec::new(),
        };
        desk.articles(1)
    }

    /// A desk whose server answers the first request so, and is well from then on.
    pub(crate) fn once(reply: Reply) -> Self {
        Self::new(Server::first([reply]))
    }

    /// A desk whose server always answers so.
    pub(crate) fn always(reply: Reply) -> Self {
        Self::new(Server::always(reply))
    }

    /// A desk whose server says something else than the translation of some texts, whenever it is asked for them.
    pub(crate) fn spoilt(fault: impl Fn(&str, &mut String) + Send + Sync + 'static) -> Self {
        Self::new(Server::plan(move |_, request| Reply::but(request, &fault)))
    }

    /// A desk whose server does that for the first request only.
    pub(crate) fn spoilt_once(fault: impl Fn(&str, &mut String) + Send + Sync + 'static) -> Self {
        Self::new(Server::plan(
            move |number, request| {
                if number == 0 { Reply::but(request, &fault) } else { Reply::well(request) }
            },
        ))
    }

    /// With so many articles.
    pub(crate) fn articles(mut self, count: usize) -> Self {
        self.articles = (10..10 + count).collect();
        for number in &self.articles {
            self.file(&name(*number), texts::article(*number).as_bytes());
        }
        self
    }

    /// With one more backend, which is asked for what the ones before cannot translate.
    pub(crate) fn then(mut self, server: Server) -> Self {
        self.servers.push(server);
        self
    }

    /// With another value of a key in every service's table.
    pub(crate) fn set(mut self, key: &'static str, value: impl Into<toml::Value>) -> Self {
        self.keys.insert(key, value.into());
        self
    }

    /// With a line in the table `[translate]`.
    pub(crate) fn translate(mut self, line: &str) -> Self {
        self.translate += line;
        self.translate.push('\n');
        self
    }

    /// With flags of `chancery translate`.
    pub(crate) fn flags(mut self, flags: &[&str]) -> Self {
        self.flags = flags.iter().map(|flag| (*flag).to_owned()).collect();
        self
    }

    /// With a variable of the environment.
    pub(crate) fn environment(mut self, name: &'static str, value: &str) -> Self {
        self.environment.push((name, value.to_owned()));
        self
    }

    /// Writes a file.
    #[track_caller]
    pub(crate) fn file(&self, name: &str, bytes: &[u8]) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        fs::write(path, bytes).expect("written");
    }

    /// Where a file is.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Every file under a folder by its name from there.
    pub(crate) fn files(&self, folder: &str) -> BTreeMap<String, Vec<u8>> {
        let mut files = BTreeMap::new();
        gather(&self.path(folder), "", &mut files);
        files
    }

    /// Runs the program to its end.
    #[track_caller]
    pub(crate) fn run(&self) -> Ended<'_> {
        self.watch(self.start(), |_| ())
    }

    /// Starts the program.
    pub(crate) fn start(&self) -> Running {
        self.spawn(&mut self.command("out"))
    }

    /// The program as a command, which writes to `out`.
    pub(crate) fn command(&self, out: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_chancery"));
        command.args(["translate", "in", "--from", "en", "--to", "pt-BR", "--out", out]).args(&self.flags);
        self.dress(&mut command);
        command
    }

    /// Gives a command the folder, the settings and the environment of the desk.
    pub(crate) fn dress(&self, command: &mut Command) {
        self.file("pipeline.toml", self.settings().as_bytes());
        for name in ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"] {
            command.env_remove(name).env_remove(name.to_lowercase());
        }
        let home = self.path("home");
        command.current_dir(self.folder.path()).env("HOME", &home).env("XDG_CACHE_HOME", home.join("cache"));
        command.env(KEY_VARIABLE, KEY).envs(self.environment.iter().map(|(name, value)| (name, value)));
    }

    /// Starts a command. What it says is copied to files, so that it never waits for a reader and no limit on its own files
    /// keeps it from saying anything.
    pub(crate) fn spawn(&self, command: &mut Command) -> Running {
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("the program starts");
        let copies = [
            copy(child.stdout.take().expect("a pipe"), &self.path("stdout")),
            copy(child.stderr.take().expect("a pipe"), &self.path("stderr")),
        ];
        Running { child, copies }
    }

    /// Waits for the end of the program, asking `at` again and again what to do with it.
    #[track_caller]
    pub(crate) fn watch(&self, running: Running, mut at: impl FnMut(&Child)) -> Ended<'_> {
        let Running { mut child, copies } = running;
        let (begin, mut peak) = (Instant::now(), 0);
        let status = loop {
            peak = peak.max(memory_kb(child.id()));
            if let Some(status) = child.try_wait().expect("a child") {
                break status;
            }
            if begin.elapsed() > PATIENCE {
                let _ = child.kill();
                panic!("the program hangs:\n{}", self.said("stderr"));
            }
            at(&child);
            std::thread::sleep(Duration::from_millis(2));
        };
        for copy in copies {
            copy.join().expect("what it says is copied");
        }
        Ended::new(self, status, peak)
    }

    /// Runs the program to its end with another folder for its outputs, where all goes well.
    #[track_caller]
    pub(crate) fn run_to(&self, out: &str) {
        let output = self.command(out).output().expect("it ends");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }

    /// Runs the program by way of another, which is given the whole command.
    #[track_caller]
    pub(crate) fn run_by(&self, other: &[&str]) -> Ended<'_> {
        let program = self.command("out");
        let mut command = Command::new(other[0]);
        command.args(&other[1..]).arg(program.get_program()).args(program.get_args());
        self.dress(&mut command);
        self.watch(self.spawn(&mut command), |_| ())
    }

    /// The program once more, while another run is under way.
    pub(crate) fn beside(&self) -> Command {
        self.command("out")
    }

    /// Starts the program and kills it as soon as `ready` says so, if it has not ended before.
    #[track_caller]
    pub(crate) fn kill_when(&self, ready: impl Fn() -> bool) {
        let at = |child: &Child| {
            if ready() {
                signal(child, "KILL");
            }
        };
        let _ = self.watch(self.start(), at);
    }

    /// Waits until `ready` says so.
    #[track_caller]
    pub(crate) fn until(&self, ready: impl Fn() -> bool) {
        let begin = Instant::now();
        while !ready() {
            assert!(begin.elapsed() < PATIENCE, "it does not come about:\n{}", self.said("stderr"));
            std::thread::sleep(Duration::from_millis(2));
        }
    }

    /// The outputs in a folder by their names: all but what depends on how often it was run, which is what services answered
    /// and were paid.
    pub(crate) fn outputs(&self, folder: &str) -> BTreeMap<String, Vec<u8>> {
        let mut files = self.files(folder);
        files.retain(|name, _| !name.starts_with("chancery.sqlite"));
        if let Some(report) = files.get_mut("report.json") {
            let mut json: serde_json::Value = serde_json::from_slice(report).expect("JSON");
            json.as_object_mut().expect("an object").remove("services");
            *report = json.to_string().into_bytes();
        }
        files
    }

    /// The XLIFF of an article.
    pub(crate) fn output(&self, number: usize) -> String {
        fs::read_to_string(self.path(&format!("out/a{number}.en-pt-BR.xlf"))).expect("it was written")
    }

    /// What the program said: `stdout` or `stderr`.
    pub(crate) fn said(&self, name: &str) -> String {
        String::from_utf8_lossy(&fs::read(self.path(name)).unwrap_or_default()).into_owned()
    }

    fn settings(&self) -> String {
        let names = &NAMES[..self.servers.len()];
        let mut text = format!("[glossary]\npaths = []\n[translate]\nbackends = {names:?}\n{}", self.translate);
        for (name, server) in names.iter().zip(&self.servers) {
            let mut keys = self.keys.clone();
            keys.entry("url").or_insert_with(|| server.url().into());
            text.extend([format!("[backend.{name}]\nkind = \"libretranslate\"\nkey_env = {KEY_VARIABLE:?}\n")]);
            text.extend(keys.iter().map(|(key, value)| format!("{key} = {value}\n")));
        }
        text
    }
}

/// A program that runs, and those who copy what it says.
pub(crate) struct Running {
    child: Child,
    copies: [JoinHandle<()>; 2],
}

fn copy(mut from: impl Read + Send + 'static, path: &Path) -> JoinHandle<()> {
    let mut file = fs::File::create(path).expect("a file");
    std::thread::spawn(move || drop(std::io::copy(&mut from, &mut file)))
}

/// The file of an article.
pub(crate) fn name(number: usize) -> String {
    format!("in/a{number}.txt")
}

fn gather(folder: &Path, name: &str, files: &mut BTreeMap<String, Vec<u8>>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = format!("{name}{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            gather(&entry.path(), &format!("{name}/"), files);
        } else {
            files.insert(name, fs::read(entry.path()).unwrap_or_default());
        }
    }
}

/// The most memory that a process has had so far, in kilobytes; 0 where the system does not tell.
fn memory_kb(process: u32) -> u64 {
    let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok()).unwrap_or(0)
}

/// Sends a signal to the program.
pub(crate) fn signal(child: &Child, name: &str) {
    let sent = Command::new("kill").args([&format!("-{name}"), &child.id().to_string()]).status();
    assert!(sent.expect("kill").success());
}
