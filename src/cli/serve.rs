//! `chancery serve`: a server in LibreTranslate's interface.

use std::net::SocketAddr;
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::time::Duration;

use tokio::net::TcpListener;

use crate::config::{Config, Flags};
use crate::serve::{Ended, Options, Server};

use super::exit::Ending;
use super::{Failure, output, signals};

/// Serves translations under the glossary over HTTP, in LibreTranslate's interface
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Address and port to listen on; port 0 takes any that is free
    #[arg(long, default_value = "127.0.0.1:5000", value_name = "ADDRESS:PORT")]
    bind: SocketAddr,
    /// Environment variable that holds the key which requests must bear as `api_key`; without it none is asked for
    #[arg(long, value_name = "NAME")]
    api_key_env: Option<String>,
    /// Glossary file or folder, instead of those of the settings; may be given several times
    #[arg(long, value_name = "PATH")]
    glossary: Vec<PathBuf>,
    /// Requests that are translated at once; sixteen times as many may wait, and more are refused
    #[arg(long, default_value = "4", value_name = "N")]
    concurrency: NonZeroUsize,
    /// Characters of a text at the most
    #[arg(long, default_value = "20000", value_name = "N")]
    char_limit: NonZeroUsize,
    /// Texts of a request at the most
    #[arg(long, default_value = "100", value_name = "N")]
    batch_limit: NonZeroUsize,
    /// Seconds that requests under way are given after Ctrl-C or SIGTERM; the second one ends them at once
    #[arg(long, default_value = "30", value_name = "SECONDS")]
    grace: u32,
}

pub(super) fn run(args: Args, config: Config) -> Result<Ending, Failure> {
    let options = Options {
        key: args.api_key_env.as_deref().map(key).transpose()?,
        concurrency: args.concurrency,
        char_limit: args.char_limit.get(),
        batch_limit: args.batch_limit.get(),
    };
    let keyed = options.key.is_some();
    let plan = config.plan(Flags { glossary: args.glossary, ..Flags::default() }).map_err(Failure::usage)?;
    // What is paid is written down in a folder of outputs, and a server has none.
    if !plan.config.translate.budget.is_zero() || plan.config.translate.max_chars > 0 {
        let message = "[translate] budget and max_chars are kept by `chancery translate` alone: take them out of the settings of a server";
        return Err(Failure::usage(message));
    }
    let server = Server::open(&plan, options).map_err(Failure::usage)?;
    let runtime = tokio::runtime::Runtime::new().map_err(Failure::usage)?;
    runtime.block_on(async {
        let listener = TcpListener::bind(args.bind).await;
        let listener = listener.map_err(|error| Failure::usage(format!("--bind {}: {error}", args.bind)))?;
        greet(&listener, keyed)?;
        let ended = server.run(listener, stop(), Duration::from_secs(args.grace.into())).await;
        ending(ended, args.grace)
    })
}

/// The key in the environment variable `name`.
fn key(name: &str) -> Result<String, Failure> {
    match std::env::var(name).map(|key| key.trim().to_owned()) {
        Ok(key) if !key.is_empty() => Ok(key),
        // It may be the key itself: it is not repeated.
        _ => Err(Failure::usage("--api-key-env names an environment variable that is not set: put the key in it")),
    }
}

/// Says where it listens, and who may ask.
fn greet(listener: &TcpListener, keyed: bool) -> Result<(), Failure> {
    let address = listener.local_addr().map_err(Failure::usage)?;
    output::remark(&format!("listening on http://{address}"));
    if !address.ip().is_loopback() && !keyed {
        output::complain(
            "anyone who reaches this address may translate here: give --api-key-env NAME to ask for a key",
        );
    }
    Ok(())
}

/// Ends when a signal comes; a second one ends the program.
async fn stop() {
    let _ = signals::signal().await;
    output::remark("stopping: what is under way is finished");
    tokio::spawn(async {
        let ending = signals::signal().await;
        output::complain("stopped at once");
        std::process::exit(ending.code().into());
    });
}

/// A server that was asked to stop and answered everything has done its work.
fn ending(ended: std::io::Result<Ended>, grace: u32) -> Result<Ending, Failure> {
    match ended {
        Ok(Ended::Whole) => Ok(Ending::Fine),
        Ok(Ended::Cut) => {
            output::complain(&format!("requests were still under way after {grace} seconds and got no answer"));
            Ok(Ending::Failures)
        }
        Err(error) => Err(Failure { message: format!("the server: {error}"), ending: Ending::Failures }),
    }
}
