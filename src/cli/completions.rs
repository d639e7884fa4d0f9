//! `chancery completions` and `chancery man`: made from the same definitions as `--help`.

use std::path::PathBuf;

use clap::CommandFactory;
use clap_complete::Shell;

use super::exit::Ending;
use super::{Cli, Failure, output};

/// Prints a completion script for a shell
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The shell
    shell: Shell,
}

/// Prints the manual page, or writes one page a command into a folder
#[derive(Debug, clap::Args)]
pub(super) struct ManArgs {
    /// Folder for `chancery.1`, `chancery-translate.1`, ..
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

pub(super) fn run(args: &Args) -> Result<Ending, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "chancery", &mut script);
    output::say_raw(&script)?;
    Ok(Ending::Fine)
}

pub(super) fn man(args: &ManArgs) -> Result<Ending, Failure> {
    if let Some(folder) = &args.out {
        std::fs::create_dir_all(folder)
            .and_then(|()| clap_mangen::generate_to(Cli::command(), folder))
            .map_err(|error| Failure::usage(format!("{}: {error}", folder.display())))?;
    } else {
        let mut page = Vec::new();
        clap_mangen::Man::new(Cli::command()).render(&mut page).map_err(Failure::usage)?;
        output::say_raw(&page)?;
    }
    Ok(Ending::Fine)
}
