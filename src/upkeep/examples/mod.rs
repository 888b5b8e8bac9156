//! The page of every criterion and example, for people who read no YAML: `docs/examples.md`, made from the suite file.
//!
//! What an example shows is worded in `words`. Nothing is asked and nothing stands in it that changes by itself.

mod markdown;
mod shape;
#[cfg(test)]
mod tests;
mod words;

use std::collections::BTreeMap;
use std::path::Path;

use markdown::{anchor, code, link, text};

use crate::decision::About;
use crate::gate::Plan;
use crate::numbers::{counted, day};
use crate::suite::{Approval, Criterion, Example, Kind, Suite};

/// Where the page is kept.
pub const EXAMPLES_PAGE: &str = "docs/examples.md";

/// The API that people use now.
const API: &str = "https://api.wellcomecollection.org/catalogue/v2";

/// The page for this suite file.
///
/// # Errors
///
/// If the file has mistakes: all of them.
pub fn examples(path: &Path, file: &str) -> Result<String, String> {
    let suite = Suite::parse(path, file).map_err(|refusal| refusal.to_string())?;
    let plan = Plan::of(&suite);
    let planned = plan.checks.iter();
    let places = planned.map(|check| (check.name.as_str(), &check.about)).collect();
    Ok(page(&suite, &sections(file), &Places(places)))
}

/// A heading of the suite file, and the line on which it stands.
struct Section<'a> {
    title: &'a str,
    line: usize,
}

/// The headings of the file: comments between two lines of dashes.
fn sections(file: &str) -> Vec<Section<'_>> {
    let lines: Vec<&str> = file.lines().map(|line| line.trim().trim_start_matches('#').trim()).collect();
    let is_rule = |line: &str| line.len() > 10 && line.chars().all(|sign| sign == '-');
    let framed = lines.windows(3).enumerate().filter(|(_, lines)| is_rule(lines[0]) && is_rule(lines[2]));
    framed
        .filter(|(_, lines)| !lines[1].is_empty())
        .map(|(nr, lines)| Section { title: lines[1], line: nr + 2 })
        .collect()
}

/// What leads to the checks of the suite, by their names.
struct Places<'a>(BTreeMap<&'a str, &'a About>);

impl Places<'_> {
    /// Links to what an example shows.
    fn of(&self, criterion: &Criterion, example: &str) -> String {
        let name = format!("{}::{example}", criterion.id);
        let part = format!("{name}::");
        let of_part = || self.0.range(part.as_str()..).next().filter(|(it, _)| it.starts_with(&part));
        let Some(about) = self.0.get(name.as_str()).copied().or_else(|| of_part().map(|(_, about)| *about))
        else {
            return String::new();
        };
        let page = about.page.as_ref().map(|page| link("page", page));
        let api = (!about.request.is_empty()).then(|| link("API", &format!("{API}{}", about.request)));
        let links: Vec<String> = [page, api].into_iter().flatten().collect();
        if links.is_empty() { String::new() } else { format!(" ({})", links.join(", ")) }
    }
}

fn page(suite: &Suite, sections: &[Section<'_>], places: &Places<'_>) -> String {
    let mut contents = String::new();
    let mut body = String::new();
    let mut last = None;
    for criterion in &suite.criteria {
        let section =
            sections.iter().rfind(|section| section.line < criterion.line).map(|section| section.title);
        if section != last {
            let title = section.unwrap_or("Other criteria");
            contents.push_str(&format!("- {}\n", link(&text(title), &format!("#{}", anchor(title)))));
            body.push_str(&format!("\n## {}\n", text(title)));
            last = section;
        }
        let title = &criterion.title;
        contents.push_str(&format!("  - {}\n", link(&text(title), &format!("#{}", anchor(title)))));
        body.push_str(&self::criterion(criterion, places));
    }
    let number = counted(suite.criteria.len(), ("criterion", "criteria"));
    format!(
        "# Every criterion, and the works to look at\n\n\
         <!-- Made from works-examples.yaml by `cargo run --bin suite -- examples --write`. Edit that file, not this one. -->\n\n\
         What must hold in the catalogue before a release goes live: {number}, each with why it exists, who answers for \
         it, and examples to look at. The links lead to the website and to the API as people use them now. \
         An approved criterion blocks a release; a proposed one is reported, and blocks nothing.\n\n\
         {contents}{body}"
    )
}

fn criterion(criterion: &Criterion, places: &Places<'_>) -> String {
    let approved = match &criterion.approval {
        Approval::Approved { by, on, .. } => format!("Approved by {} on {}", text(by), day(*on)),
        Approval::Proposed => "**Only proposed**, so it blocks nothing".to_owned(),
    };
    let review = format!("To be looked at again by {}", day(criterion.review_by));
    let mut told = format!(
        "\n### {}\n\n{}\n\n- Answers for it: {}\n- {approved}\n- {review}\n",
        text(&criterion.title),
        text(&criterion.why),
        text(&criterion.owner),
    );
    if let Some(issue) = &criterion.known_issue {
        let issue_link = link("a known issue", &issue.link);
        told.push_str(&format!("- Fails now, as {issue_link} says; let pass until {}\n", day(issue.until)));
    }
    told.push_str(&format!("- Called {} in the file\n\n", code(&criterion.id)));
    let shared = shared(criterion);
    if !shared.is_empty() {
        told.push_str(&format!("In the record of each:\n\n- {}\n\nThe examples:\n\n", shared.join("\n- ")));
    }
    told.extend(list(criterion, &shared, places));
    told
}

/// What every example of a criterion on records must look like, where there are several.
fn shared(criterion: &Criterion) -> Vec<String> {
    let Kind::Work(examples) = &criterion.kind else { return Vec::new() };
    let mut all = examples.iter().map(|example| example.of.expect.iter().flat_map(shape::demands).collect());
    let (Some::<Vec<String>>(mut shared), true) = (all.next(), examples.len() > 1) else { return Vec::new() };
    for demands in all {
        shared.retain(|demand| demands.contains(demand));
    }
    shared
}

/// An entry for each example: what it is, what it shows, where to look.
fn list(criterion: &Criterion, shared: &[String], places: &Places<'_>) -> Vec<String> {
    fn each<T>(
        examples: &[Example<T>],
        criterion: &Criterion,
        places: &Places<'_>,
        says: impl Fn(&T) -> String,
    ) -> Vec<String> {
        let entry = |example: &Example<T>| {
            let is = text(&example.is);
            format!("- **{is}.** {}{}\n", says(&example.of), places.of(criterion, &example.name))
        };
        examples.iter().map(entry).collect()
    }
    match &criterion.kind {
        Kind::Work(all) => each(all, criterion, places, |it| words::work(it, shared)),
        Kind::Redirect(all) => each(all, criterion, places, words::redirect),
        Kind::Gone(all) => each(all, criterion, places, |it| words::gone(&it.work)),
        Kind::NotFound(all) => each(all, criterion, places, words::not_found),
        Kind::Refused(all) => each(all, criterion, places, words::refused),
        Kind::Identity(all) => each(all, criterion, places, words::identity),
        Kind::Hierarchy(all) => each(all, criterion, places, words::hierarchy),
        Kind::Invariant(all) => each(all, criterion, places, words::invariant),
        Kind::Population(all) => each(all, criterion, places, words::population),
        Kind::Search(all) => each(all, criterion, places, words::search),
        Kind::Permalinks(all) => each(all, criterion, places, words::permalinks),
        Kind::Links(all) => each(all, criterion, places, words::links),
        Kind::Release(all) => each(all, criterion, places, words::release),
        Kind::Liveness(all) => each(all, criterion, places, words::liveness),
    }
}
