//! What this release changes, as a table of the step's summary.

use super::escape::{code, words};
use crate::comparison::Subject;
use crate::numbers::{capital, grouped};
use crate::report::{Comparison, Run, Told};

/// So many changes stand in the table.
const ROWS: usize = 20;

/// The section; nothing if nothing was compared.
pub(super) fn of(run: &Run) -> String {
    let Some(comparison) = &run.comparison else { return String::new() };
    let mut text = String::from("### What this release changes\n\n");
    if let Some(because) = &comparison.undecided {
        text.push_str(&format!("**Not all is known:** {}.\n\n", words(because, 1000)));
    }
    if let Some(says) = &comparison.warning {
        text.push_str(&format!("{}.\n\n", words(says, 600)));
    }
    text.push_str(&table(run, &comparison.unforeseen()));
    if !comparison.intended().is_empty() {
        text.push_str(&format!("#### As intended\n\n{}", table(run, &comparison.intended())));
    }
    if let Some(says) = comparison.shown_again() {
        text.push_str(&format!("{says}.\n\n"));
    }
    text.push_str(&format!("{}.\n\n{}{}", comparison.counted(), noise(comparison), works(comparison)));
    text
}

/// Some changes in their order; nothing if there are none.
fn table(run: &Run, changes: &[&Told]) -> String {
    if changes.is_empty() {
        return String::new();
    }
    let mut text = String::from("| change | for readers | | to look at |\n|---|---|---|---|\n");
    text.extend(changes.iter().take(ROWS).map(|it| row(run, it)));
    if let more @ 1.. = changes.len().saturating_sub(ROWS) {
        text.push_str(&format!("\n… and {more} more in report.html\n"));
    }
    text.push('\n');
    text
}

fn row(run: &Run, it: &Told) -> String {
    let says = words(&it.says, 600);
    let places = words(&it.places.replace('`', ""), 300);
    let examples = it.change.examples.iter().map(|example| {
        let links = run.links.of_example(it.change.subject, example);
        let name = words(&example.of, 60);
        match (it.change.subject, links.page) {
            (Subject::Works | Subject::Images, Some(page)) => format!("[{name}]({page})"),
            _ => name,
        }
    });
    let examples: Vec<String> = examples.collect();
    let because = it.because.as_ref().map(|because| format!(": {}", words(because, 200))).unwrap_or_default();
    let standing = it.standing.words();
    format!(
        "| {says}.<br><sub>{places}</sub> | {} | {standing}{because} | {} |\n",
        it.severity(),
        examples.join(", ")
    )
}

fn noise(comparison: &Comparison) -> String {
    if comparison.noise.is_empty() {
        return String::new();
    }
    let told = comparison
        .noise
        .iter()
        .take(ROWS)
        .map(|it| format!("- {} ({})\n", words(&capital(&it.sentence()), 300), code(&it.path, 200)));
    format!(
        "<details><summary>Where prod differs from itself</summary>\n\n{}\n</details>\n\n",
        told.collect::<String>()
    )
}

fn works(comparison: &Comparison) -> String {
    if comparison.works.is_empty() {
        return String::new();
    }
    let number = |number: Option<u64>| {
        number.and_then(|number| usize::try_from(number).ok()).map_or_else(|| "not told".to_owned(), grouped)
    };
    let rows = comparison
        .works
        .iter()
        .take(ROWS)
        .map(|it| format!("| {} | {} | {} |\n", words(&it.state, 60), number(it.prod), number(it.stage)));
    format!("| works | on prod | on stage |\n|---|---:|---:|\n{}\n", rows.collect::<String>())
}
