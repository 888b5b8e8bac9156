//! What the gate needs of people from week to week, as one page: reviews, waivers, examples, and what has no example.
//!
//! `due` reads the calendar, `stale` what became of the examples; here both are put together.

mod due;
mod stale;

use std::path::Path;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::coverage::{self, Compared};
use crate::numbers::counted;
use crate::report::github::{body, words};
use crate::suite::Suite;

/// The line of a page on which nothing stands; `scripts/update-issue` closes the issue then.
const NOTHING: &str = "Nothing needs a hand.";

/// A part of the page: what it is about, what to do, and the cases.
struct Section {
    title: &'static str,
    advice: &'static str,
    cases: Vec<String>,
}

/// The page for this suite file, of the stage that the environment names or else of the embedded catalogue.
///
/// # Errors
///
/// Why there is none: the file has mistakes, the environment is not usable, or the stage does not answer.
pub fn weekly(path: &Path, file: &str) -> Result<String, String> {
    let suite = Suite::parse(path, file).map_err(|refusal| refusal.to_string())?;
    let looked = coverage::look(&suite).map_err(|end| end.message)?;
    let today = Timestamp::now().to_zoned(TimeZone::UTC).date();
    let mut sections = due::sections(&suite, today);
    sections.push(stale::section(&looked.evidence, &looked.examples, &suite));
    sections.push(uncovered(&looked.compared()));
    Ok(page(&looked.name, &sections))
}

/// What works of the catalogue have, and no example.
fn uncovered(compared: &[Compared]) -> Section {
    let case = |facet: &Compared| {
        let values = facet.values.iter().filter(|value| value.examples == 0);
        let values: Vec<String> = values
            .map(|value| format!("{} ({})", words(&value.label, 80), counted(value.works, ("work", "works"))))
            .collect();
        (!values.is_empty()).then(|| format!("**{}**: {}", facet.name, values.join(", ")))
    };
    Section {
        title: "What no example stands for",
        advice: "`cargo run --bin suite -- coverage` lists works to paste into `works-examples.yaml`.",
        cases: compared.iter().filter_map(case).collect(),
    }
}

fn page(stage: &str, sections: &[Section]) -> String {
    let with_cases: Vec<&Section> = sections.iter().filter(|section| !section.cases.is_empty()).collect();
    let place = format!(
        "Looked at {}, and at `works-examples.yaml`. This text is brought up to date every week.",
        words(stage, 200)
    );
    if with_cases.is_empty() {
        return format!("{NOTHING}\n\n{place}\n");
    }
    let section = |it: &&Section| {
        format!("\n## {} ({})\n\n{}\n\n- {}\n", it.title, it.cases.len(), it.advice, it.cases.join("\n- "))
    };
    let text = format!("{place}\n{}", with_cases.iter().map(section).collect::<String>());
    body(text, "`cargo run --bin suite -- upkeep` tells")
}

#[cfg(test)]
mod tests;
