//! Runs a program as a filter.

use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWriteExt as _};
use tokio::process::{Child, Command};

use crate::translate::Error;

/// Output beyond this many bytes for each byte of input, and beyond a floor, is a program gone wild.
const MAX_GROWTH: usize = 100;
const MAX_FLOOR: usize = 1 << 20;

/// Feeds `input` to `program` and answers what it writes; it is killed when it is still running after `limit`.
pub(super) async fn filter(program: &str, args: &[String], input: String, limit: Duration) -> Result<String, Error> {
    let failed = |reason: String| Error::ProgramFailed { program: program.to_owned(), reason };
    let child = spawn(program, args)?;
    match tokio::time::timeout(limit, converse(child, input)).await {
        // A program that hangs would hang again over each text alone.
        Err(_) => Err(Error::Program {
            program: program.to_owned(),
            reason: format!(
                "still running after {} s and was stopped; raise `timeout_s` if it needs longer",
                limit.as_secs()
            ),
        }),
        Ok(Err(error)) => Err(failed(error.to_string())),
        Ok(Ok(Talk { status, output, complaint })) => {
            if !status.success() {
                return Err(failed(format!("{status}{}", tail(&complaint))));
            }
            String::from_utf8(output).map_err(|_| failed("its output is not UTF-8".to_owned()))
        }
    }
}

/// What came of a program.
struct Talk {
    status: std::process::ExitStatus,
    output: Vec<u8>,
    complaint: Vec<u8>,
}

const NOT_FOUND: &str = "not found; install it, or correct `program` in the backend's table";

/// Looks for a program where the system does: at its path, or in the folders of `PATH` where its name holds none.
pub(super) fn find(program: &str) -> Result<(), Error> {
    let named = format!("{program}{}", std::env::consts::EXE_SUFFIX);
    let is_there = |folder: &Path| folder.join(program).is_file() || folder.join(&named).is_file();
    let folders = std::env::var_os("PATH").unwrap_or_default();
    let has_path = Path::new(program).components().count() > 1;
    let found = if has_path {
        is_there(Path::new(""))
    } else {
        std::env::split_paths(&folders).any(|folder| is_there(&folder))
    };
    if found {
        return Ok(());
    }
    Err(Error::Program { program: program.to_owned(), reason: NOT_FOUND.to_owned() })
}

fn spawn(program: &str, args: &[String]) -> Result<Child, Error> {
    let mut command = Command::new(program);
    command.args(args).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).kill_on_drop(true);
    command.spawn().map_err(|error| {
        let what_to_do = match error.kind() {
            std::io::ErrorKind::NotFound => NOT_FOUND,
            std::io::ErrorKind::PermissionDenied => "may not be run; check its permissions",
            _ => "cannot be started",
        };
        Error::Program { program: program.to_owned(), reason: format!("{what_to_do} ({error})") }
    })
}

/// Writes and reads at the same time, so that neither side waits for the other with a full pipe.
async fn converse(mut child: Child, input: String) -> std::io::Result<Talk> {
    let most = MAX_FLOOR + input.len() * MAX_GROWTH;
    let (stdin, stdout, stderr) = (child.stdin.take(), child.stdout.take(), child.stderr.take());
    let write = async move {
        let Some(mut stdin) = stdin else { return Ok(()) };
        match stdin.write_all(input.as_bytes()).await {
            // A program that stops reading early shows in its lines or its status.
            Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
            other => other,
        }
    };
    let ((), output, complaint) = tokio::try_join!(write, read(stdout, most), read(stderr, most))?;
    Ok(Talk { status: child.wait().await?, output, complaint })
}

async fn read(pipe: Option<impl AsyncRead + Unpin>, most: usize) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    if let Some(pipe) = pipe {
        pipe.take(most as u64 + 1).read_to_end(&mut bytes).await?;
    }
    if bytes.len() > most {
        return Err(std::io::Error::other(format!("it wrote more than {most} bytes")));
    }
    Ok(bytes)
}

/// The last lines of what a program wrote to standard error, in one, without colours and other control characters.
fn tail(complaint: &[u8]) -> String {
    let text = plain(&String::from_utf8_lossy(complaint));
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let last = &lines[lines.len().saturating_sub(3)..];
    if last.is_empty() {
        String::new()
    } else {
        format!(": {}", last.join(" / ").chars().take(400).collect::<String>())
    }
}

/// The text without the sequences that colour a terminal, and with a space for any other control character.
fn plain(text: &str) -> String {
    let mut stretches = text.split('\u{1b}');
    let mut plain = stretches.next().unwrap_or_default().to_owned();
    for stretch in stretches {
        // A sequence is `[`, parameters and one letter.
        let parameters = |c: char| matches!(c, ' '..='?');
        let after = |sequence: &str| sequence.trim_start_matches(parameters).chars().skip(1).collect::<String>();
        plain += &stretch.strip_prefix('[').map_or_else(|| stretch.to_owned(), after);
    }
    plain.replace(|c: char| c.is_control() && c != '\n', " ")
}
