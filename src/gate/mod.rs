//! The gate: the run from the suite file to the decision. The only place that knows all the other rooms.
//!
//! `tests/gate.rs` calls [`main`]; everything that ends a run before its time is an `End`, with its message and exit code.

mod account;
mod baselines;
mod blinkers;
mod collect;
mod compare;
mod config;
mod criteria;
mod end;
mod expect;
mod forgiving;
pub(crate) mod git;
mod judge;
mod nextest;
mod overrule;
mod plan;
mod selection;
mod street;
mod trials;
mod variables;
mod wait;
mod waiver;
mod whom;

use std::io::Write;
use std::process::ExitCode;

use anstream::ColorChoice;
use anstream::stream::RawStream;
use clap::Parser;
use libtest_mimic::{Arguments, ColorSetting};

pub use baselines::read as recorded;
pub use config::{Config, Misuse, ProdChoice, StageChoice};
pub(crate) use end::End;
pub use judge::Bench;
pub use plan::{Blinkers, Plan, Planned, Role};
pub(crate) use variables::Variables;
pub(crate) use whom::whom;

use crate::decision::Decision;
use crate::report;
use crate::report::github::{Job, harmless};
use crate::suite::Suite;

/// Runs the gate as the command line and the environment say, and reports to the terminal.
///
/// Returns the exit code that [`Decision`] documents.
#[must_use]
pub fn main() -> ExitCode {
    if let Some((_, columns)) = console::Term::stderr().size_checked() {
        report::terminal::fit(columns.into());
    }
    let decision = match begin() {
        Ok(Begun::Asked { variables, args }) => {
            let job = job(&variables);
            run(&variables, &args, &job).unwrap_or_else(|end| {
                tell(&end.message, args.color);
                if !variables.is_one_process_of_nextest() {
                    job.tell_end(end.decision, &end.message, &end.marks);
                }
                end.decision
            })
        }
        Ok(Begun::Explained(decision)) => decision,
        Err(end) => {
            tell(&end.message, None);
            end.decision
        }
    };
    ExitCode::from(decision.exit_code())
}

/// How a run begins.
enum Begun {
    /// With something to do.
    Asked { variables: Variables, args: Box<Arguments> },
    /// With arguments that were explained, because help was asked for or because they are wrong.
    Explained(Decision),
}

/// The job on GitHub that this run tells, if it runs in one.
fn job(variables: &Variables) -> Job {
    Job::of(|name| variables.get(name))
}

/// Reads the environment and the arguments; before these, so that it outlives nothing that goes wrong from here on,
/// removes the verdict and the reports of an earlier run.
fn begin() -> Result<Begun, End> {
    let variables = Variables::of_this_process()?;
    report::remove_all(&config::out(&variables)).map_err(|error| {
        End::undecided(format!("the reports of an earlier run cannot be removed ({error})."))
    })?;
    match Arguments::try_parse() {
        Ok(args) => Ok(Begun::Asked { variables, args: Box::new(args) }),
        Err(error) => {
            // A closed terminal must not change the exit code.
            let _ = error.print();
            let misused = error.use_stderr();
            Ok(Begun::Explained(if misused { Decision::Misused } else { Decision::NothingConcluded }))
        }
    }
}

fn run(variables: &Variables, args: &Arguments, job: &Job) -> Result<Decision, End> {
    let config = Config::read(variables)?;
    let suite = Suite::load(&config.suite)?;
    let plan = plan(&config, &suite, &blinkers::of(&config, &suite));
    if args.list {
        trials::list(&plan, args);
        return Ok(Decision::NothingConcluded);
    }
    selection::refuse_what_could_pass_wrongly(&config, &plan, args)?;
    expect::refuse(&config, &suite, &plan, args)?;
    street::Street { config: &config, suite: &suite, plan: &plan, args, job }.walk()
}

/// What a run calls for that does not look at this.
fn plan(config: &Config, suite: &Suite, blinkers: &Blinkers) -> Plan {
    let plan = Plan::with(blinkers, suite);
    if compare::is_possible(config) { plan.comparing(suite, config.page_views.clone()) } else { plan }
}

/// Writes to stderr, with colours if it shows them, and no line that commands the job that it runs in. A closed stderr must not change the exit code.
fn tell(text: &str, colour: Option<ColorSetting>) {
    let choice = colours(colour, &std::io::stderr());
    let _ = anstream::AutoStream::new(std::io::stderr(), choice).write_all(harmless(text).as_bytes());
}

/// Whether a stream is to show colours: as the command line says, or else as the stream can.
fn colours(colour: Option<ColorSetting>, stream: &impl RawStream) -> ColorChoice {
    match colour {
        Some(ColorSetting::Always) => ColorChoice::Always,
        Some(ColorSetting::Never) => ColorChoice::Never,
        Some(ColorSetting::Auto) | None => anstream::AutoStream::choice(stream),
    }
}
