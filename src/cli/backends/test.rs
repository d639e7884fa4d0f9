//! `chancery backends test`: is it there, does it know us, does it translate what is wanted.

use futures_util::future::join_all;
use serde::Serialize;

use crate::config::Config;
use crate::model::{Lang, Pair};
use crate::translate::{Backend, Configured, Probe};

use super::table::Table;
use super::{Ending, Failure, TestArgs, all_names, open, output, rows};

/// What came of asking a backend.
#[derive(Serialize)]
struct Tested {
    name: String,
    address: Option<String>,
    usable: bool,
    /// What it says of itself.
    says: Option<String>,
    /// How many pairs it lists, where it does.
    pairs: Option<usize>,
    /// Why it cannot be used, and what to do.
    problem: Option<String>,
}

pub(super) fn run(args: &TestArgs, config: &Config) -> Result<Ending, Failure> {
    let names = names(args, config)?;
    let runtime = tokio::runtime::Runtime::new().map_err(Failure::usage)?;
    let tests = open(config, &names).into_iter().map(|backend| Tested::of(config, backend, &args.to));
    let tested = runtime.block_on(join_all(tests));
    let mut table = Table::new(["name", "", "address", "pairs", "says"]);
    for row in &tested {
        if args.json {
            output::say_json(row)?;
        }
        table.add(row.cells());
    }
    if !args.json {
        output::say(&table.to_string())?;
    }
    for row in &tested {
        if let Some(problem) = &row.problem {
            output::complain(&format!("{}: {problem}", row.name));
        }
    }
    Ok(if tested.iter().all(|row| row.usable) { Ending::Fine } else { Ending::Stopped })
}

/// The backends to test.
fn names(args: &TestArgs, config: &Config) -> Result<Vec<String>, Failure> {
    let known = all_names(config);
    match args.names.iter().find(|name| !known.contains(name)) {
        Some(name) => {
            let known = known.join(", ");
            Err(Failure::usage(format!("the settings name no backend `{name}`: they name {known}")))
        }
        None if args.names.is_empty() => Ok(config.translate.backends.clone()),
        None => Ok(args.names.clone()),
    }
}

impl Tested {
    async fn of(config: &Config, backend: Configured, to: &[Lang]) -> Self {
        let Configured { name, reach, backend, .. } = backend;
        let (probe, problem) = match backend {
            Err(error) => (None, Some(config.located(error).to_string())),
            Ok(backend) => match backend.probe().await {
                Err(error) => (None, Some(error.to_string())),
                Ok(probe) => {
                    let problem = lacks(&*backend, &probe, to);
                    (Some(probe), problem)
                }
            },
        };
        let says = probe.as_ref().map(|probe| probe.says.clone()).filter(|says| !says.is_empty());
        let pairs = probe.and_then(|probe| probe.pairs).map(|pairs| pairs.len());
        Self { name, address: reach.address, usable: problem.is_none(), says, pairs, problem }
    }

    fn cells(&self) -> [String; 5] {
        let or_none = |cell: Option<String>| cell.unwrap_or_else(|| "-".to_owned());
        [
            self.name.clone(),
            if self.usable { "ok" } else { "CANNOT BE USED" }.to_owned(),
            or_none(self.address.clone()),
            or_none(self.pairs.map(|pairs| pairs.to_string())),
            or_none(self.says.clone()),
        ]
    }
}

/// What a backend that answers lacks: pairs at all, or one into a language of `to`.
fn lacks(backend: &dyn Backend, probe: &Probe, to: &[Lang]) -> Option<String> {
    if probe.pairs.as_ref().is_some_and(Vec::is_empty) {
        return Some(format!("it translates nothing: {}", backend.capability().more_pairs));
    }
    to.iter().find_map(|&target| {
        let into = |pair: &Pair| pair.target.reads_as(target);
        let serves = match &probe.pairs {
            Some(pairs) => pairs.iter().any(into),
            None => rows::all_languages().any(|source| backend.route(Pair { source, target }).is_some()),
        };
        let help = || format!("it does not translate into {target}: {}", backend.capability().more_pairs);
        backend.unsettled(target).or_else(|| (!serves).then(help))
    })
}
