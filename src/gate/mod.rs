//! The gate: the run from the suite file to the decision. The only place that knows all the other rooms.
//!
//! `tests/gate.rs` calls [`main`]; everything that can end a run early is an [`End`], with its message and exit code.

mod account;
mod baselines;
mod collect;
mod config;
mod git;
mod judge;
mod nextest;
mod plan;
mod selection;
mod street;
mod trials;
mod waiver;

use std::io::Write;
use std::process::ExitCode;

use libtest_mimic::{Arguments, ColorSetting};

pub use config::{Config, Misuse, StageChoice};
pub use judge::Bench;
pub use plan::{Plan, Planned, Role};

use crate::decision::Decision;
use crate::suite::Suite;

/// Why a run ends before anything is judged.
#[derive(Debug)]
pub struct End {
    /// What follows.
    pub decision: Decision,
    /// What to tell, as it should be shown.
    pub message: String,
}

impl From<Misuse> for End {
    fn from(misuse: Misuse) -> Self {
        Self { decision: Decision::Misused, message: format!("The gate cannot run like this. {misuse}\n") }
    }
}

/// Runs the gate as the command line and the environment say, and reports to the terminal.
///
/// Returns the exit code that [`Decision`] documents.
#[must_use]
pub fn main() -> ExitCode {
    let args = Arguments::from_args();
    let decision = run(&args).unwrap_or_else(|end| {
        tell(&end.message, &args);
        end.decision
    });
    ExitCode::from(decision.exit_code())
}

fn run(args: &Arguments) -> Result<Decision, End> {
    let config = Config::from_env()?;
    let suite = Suite::load(&config.suite)
        .map_err(|refusal| End { decision: Decision::SuiteRefused, message: refusal.render(true) })?;
    let plan = Plan::of(&suite);
    if args.list {
        trials::list(&plan, args);
        return Ok(Decision::NothingConcluded);
    }
    selection::refuse_what_could_pass_wrongly(&config, &plan, args)?;
    street::Street { config: &config, suite: &suite, plan: &plan, args }.walk()
}

/// Writes to stderr, with colours if it shows them. A closed stderr must not change the exit code.
fn tell(text: &str, args: &Arguments) {
    let choice = match args.color {
        Some(ColorSetting::Always) => anstream::ColorChoice::Always,
        Some(ColorSetting::Never) => anstream::ColorChoice::Never,
        Some(ColorSetting::Auto) | None => anstream::AutoStream::choice(&std::io::stderr()),
    };
    let _ = anstream::AutoStream::new(std::io::stderr(), choice).write_all(text.as_bytes());
}
