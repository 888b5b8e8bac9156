//! What Product does with the suite file besides writing it: approve criteria, see what waits for an approval, what no
//! example stands for, what of the examples nobody would notice, and all of it in plain words.
#![expect(clippy::print_stdout, reason = "telling what was done is what this program prints for")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use release_gate::gate::Plan;
use release_gate::sensitivity::{self, Lower, Shares};
use release_gate::suite::{Suite, approval};
use release_gate::upkeep;

/// Approve criteria of works-examples.yaml, see what waits for an approval, what no example stands for, and all of it
/// in plain words.
#[derive(Parser)]
struct Arguments {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// Approve criteria as they are worded now: writes who, today's day and the wording into the file
    ///
    /// Each criterion is named, so that nothing is approved by accident; the command that approves all that wait is
    /// what `unapproved` prints.
    Approve {
        /// The criteria, by their ids
        #[arg(required = true, value_name = "CRITERION")]
        criteria: Vec<String>,

        /// The role that approves them, such as Product
        #[arg(long, value_name = "ROLE")]
        by: String,

        #[command(flatten)]
        suite: SuiteFile,
    },
    /// Tell in words what is recorded in `snapshots/` now and was not at a revision, for whoever approves it
    Changes {
        /// The revision to compare with
        #[arg(long, value_name = "REVISION", default_value = "HEAD")]
        since: String,

        /// The verdict.json of the run that took them, which is told first
        #[arg(long, value_name = "FILE")]
        verdict: Option<PathBuf>,
    },
    /// List what the live catalogue holds and no example of an approved criterion stands for, with works to paste
    ///
    /// It is asked of the stage that `STAGE_URL` names, or else of the embedded catalogue.
    Coverage {
        #[command(flatten)]
        suite: SuiteFile,
    },
    /// Spoil the answers that the examples rest on in every single way, and tell how much of it the gate notices
    ///
    /// It is asked of the embedded catalogue. What people read of it stands in docs/sensitivity.md.
    Sensitivity {
        /// Write docs/sensitivity.md anew, unless a share would fall
        #[arg(long)]
        write: bool,

        /// Let shares fall, for this reason, which is written into the page
        #[arg(long, value_name = "REASON", requires = "write")]
        lower: Option<String>,

        #[command(flatten)]
        suite: SuiteFile,
    },
    /// Tell every criterion and example in plain words, with links, as the page that is kept in docs/examples.md
    Examples {
        /// Write that page, instead of printing it
        #[arg(long)]
        write: bool,

        #[command(flatten)]
        suite: SuiteFile,
    },
    /// List the criteria that wait for an approval, and why, with the command for each role
    Unapproved {
        #[command(flatten)]
        suite: SuiteFile,
    },
    /// Tell what the gate needs of people: reviews, waivers, examples that are gone, and what has no example
    ///
    /// It is asked of the stage that `STAGE_URL` names, or else of the embedded catalogue.
    Upkeep {
        #[command(flatten)]
        suite: SuiteFile,
    },
}

#[derive(clap::Args)]
struct SuiteFile {
    /// Another suite file than the project's
    #[arg(long = "suite", value_name = "FILE", env = "GATE_SUITE", default_value = "works-examples.yaml")]
    path: PathBuf,
}

fn main() -> ExitCode {
    let done = match Arguments::parse().what {
        What::Approve { criteria, by, suite } => approve(&suite.path, &criteria, &by),
        What::Changes { since, verdict } => upkeep::changes(Path::new("."), &since, verdict.as_deref()),
        What::Upkeep { suite } => read(&suite.path).and_then(|file| upkeep::weekly(&suite.path, &file)),
        What::Coverage { suite } => read(&suite.path).and_then(|file| upkeep::coverage(&suite.path, &file)),
        What::Sensitivity { write, lower, suite } => sensitivity(&suite.path, write, lower.as_deref()),
        What::Examples { write, suite } => examples(&suite.path, write),
        What::Unapproved { suite } => unapproved(&suite.path),
    };
    match done {
        Ok(says) => {
            println!("{says}");
            ExitCode::SUCCESS
        }
        Err(says) => {
            anstream::eprintln!("{says}");
            ExitCode::FAILURE
        }
    }
}

fn approve(path: &Path, ids: &[String], by: &str) -> Result<String, String> {
    let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
    let approved = approval::approve(path, &read(path)?, &ids, by, today())
        .map_err(|error| format!("{error}\n\nNothing was approved."))?;
    fs::write(path, &approved.file)
        .map_err(|error| format!("{} cannot be written: {error}", path.display()))?;
    let next = format!("Look at it with `git diff {}`, and commit it.", path.display());
    Ok(format!("{}\n\n{next}", approved.criteria.join("\n\n")))
}

/// The page stands beside the suite file, in its `docs`.
fn examples(path: &Path, write: bool) -> Result<String, String> {
    let page = upkeep::examples(path, &read(path)?)?;
    if !write {
        return Ok(page.trim_end().to_owned());
    }
    let place = path.parent().unwrap_or(Path::new("")).join(upkeep::EXAMPLES_PAGE);
    fs::write(&place, page).map_err(|error| format!("{} cannot be written: {error}", place.display()))?;
    Ok(format!("Written to {}.", place.display()))
}

fn unapproved(path: &Path) -> Result<String, String> {
    let waiting = approval::uncovered(path, &read(path)?).map_err(|refusal| refusal.to_string())?;
    if waiting.is_empty() {
        return Ok("Every criterion says what was approved.".to_owned());
    }
    let list: Vec<String> = waiting.iter().map(|it| format!("- {}", it.says)).collect();
    let mut says = list.join("\n");
    let commands = approval::commands(path, &waiting);
    if !commands.is_empty() {
        says.push_str(&format!("\n\nTo approve them as they are worded now:\n\n{}", commands.join("\n")));
    }
    Ok(says)
}

/// The survey of this suite file, on the embedded catalogue.
fn sensitivity(path: &Path, write: bool, lower: Option<&str>) -> Result<String, String> {
    let project = path.parent().unwrap_or(Path::new(""));
    let suite = Suite::parse(path, &read(path)?).map_err(|refusal| refusal.to_string())?;
    let plan = Plan::of_the_api(&suite);
    let gathered = sensitivity::gather(&suite, &plan, &project.join("snapshots/embedded"))?;
    let survey = sensitivity::survey(&suite, &plan, &gathered.bench, &gathered.evidence)?;
    let mut says = Shares::of(&survey).table();
    for survivor in &survey.survivors {
        says.push_str(&format!("\nNo criterion notices this, and it is critical: {survivor}"));
    }
    if write {
        let page = project.join("docs/sensitivity.md");
        let before = if page.exists() { Some(read(&page)?) } else { None };
        let lower = lower.map(|why| Lower { on: today(), why });
        let renewed = sensitivity::renewed(&suite, &survey, before.as_deref(), lower.as_ref())?;
        fs::write(&page, renewed)
            .map_err(|error| format!("{} cannot be written: {error}", page.display()))?;
        says.push_str(&format!("\nWritten: {}", page.display()));
    }
    Ok(says)
}

fn today() -> Date {
    Timestamp::now().to_zoned(TimeZone::UTC).date()
}

fn read(path: &Path) -> Result<String, String> {
    fs::read_to_string(path).map_err(|error| format!("{} cannot be read: {error}", path.display()))
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::Arguments;

    #[test]
    fn command_line_is_well_formed() {
        Arguments::command().debug_assert();
    }
}
