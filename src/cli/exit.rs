//! The exit codes: the only place that gives one.

use std::process::ExitCode;

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ending {
    /// All is well.
    Fine,
    /// Findings at or above `[check] fail_on`, problems as bad as `--fail-on`, or a broken model.
    Findings,
    /// Usage or configuration: nothing was begun.
    Usage,
    /// Some segments or articles failed, or something of a review was not taken; the rest is done.
    Failures,
    /// No backend could do the work, or one was stopped (authentication, quota, budget, nobody there) and no other took
    /// over; or models could not be fetched or stored. The same command goes on once that is mended.
    Stopped,
    /// Ctrl-C; the same command goes on.
    Interrupted,
    /// SIGTERM; the same command goes on.
    Terminated,
}

impl Ending {
    /// The exit code.
    pub(super) fn code(self) -> u8 {
        match self {
            Self::Fine => 0,
            Self::Findings => 1,
            Self::Usage => 2,
            Self::Failures => 3,
            Self::Stopped => 4,
            Self::Interrupted => 130,
            Self::Terminated => 143,
        }
    }
}

impl From<Ending> for ExitCode {
    fn from(ending: Ending) -> Self {
        ending.code().into()
    }
}

/// The table of exit codes as `--help` shows it.
pub(super) const HELP: &str = "\
Exit codes:
  0    fine
  1    findings at or above [check] fail_on; for models verify, a broken model; for xliff check, problems as
       bad as --fail-on
  2    usage or configuration; nothing was begun
  3    some segments or articles failed, or something of a review was not taken; the rest is done
  4    stopped: authentication, quota, budget, or no backend that could do the work; for backends test one cannot be
       used; or models could not be fetched or stored. What was done and paid for is kept: run the same command
       again once that is mended
  130  Ctrl-C; run the same command again to go on
  143  SIGTERM; run the same command again to go on";
