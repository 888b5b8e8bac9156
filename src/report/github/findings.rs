//! The story of a check that does not pass, folded, so that a reader opens the one that matters.

use super::difference::{compared, expected_and_found};
use super::escape::{code, html, link, words};
use crate::decision::{Judged, Standing};
use crate::numbers::counted;
use crate::report::pages::{Files, files_of};
use crate::report::part::part_of_example;
use crate::report::{Outcome, Run};
use crate::verdict::{Compared, Finding, Verdict};

/// So many findings of a check are told.
const SHOWN: usize = 10;

/// The whole of it.
pub(super) fn of(run: &Run, check: &Judged) -> String {
    let about = &check.about;
    let proposed = if check.standing == Standing::Proposed { ", only proposed" } else { "" };
    let mut text = format!(
        "<details><summary><b>{}</b> — {}{} ({}{proposed})</summary>\n\n",
        html(&about.title, 200),
        html(&about.is, 200),
        part_of_example(&check.name),
        Outcome::of(check).word()
    );
    text.push_str(&format!("{}\n\n", words(&about.why, 600)));
    if let Some(it) = &check.overridden {
        let (by, why) = (words(&it.by, 100), words(&it.why, 600));
        text.push_str(&format!(
            "**Overridden** by {by} until {}, so this does not block: {why}\n\n",
            it.until
        ));
    }
    text.push_str(&format!("{}\n\n", places(run, check).join(" · ")));
    text.push_str(&body(check));
    for remark in check.remarks.iter().filter(|remark| remark.is_of_its_check()).take(SHOWN) {
        text.push_str(&format!("\nNoted: {}\n", words(&remark.says, 600)));
    }
    text.push_str(&format!("\nRun it alone: {}\n\n</details>\n\n", code(&run.links.alone(&check.name), 600)));
    text
}

/// Where a reader can go.
fn places(run: &Run, check: &Judged) -> Vec<String> {
    let about = &check.about;
    let line = about.line.map(|line| format!("{}:{line}", run.suite.file));
    let mut places = vec![code(&line.unwrap_or_else(|| about.criterion.clone()), 200)];
    places.push(format!("owned by {}", words(&about.owner, 100)));
    let links = [
        ("page, on prod", about.page.clone()),
        ("API", run.links.answer(about)),
        ("the same on prod", run.links.answer_of_prod(about)),
    ];
    places.extend(links.into_iter().filter_map(|(name, url)| Some(link(name, &url?))));
    places
}

/// Where a page is that was looked at.
fn address_of(compared: &Compared) -> Option<&str> {
    if let Compared::Page { address, .. } = compared { Some(address) } else { None }
}

fn body(check: &Judged) -> String {
    let findings = match &check.verdict {
        Verdict::Pass => return String::new(),
        Verdict::Undecided { because } => {
            return format!("**This could not be decided:** {}\n", words(because, 2000));
        }
        Verdict::Fail { findings } => findings,
    };
    let mut text: String =
        findings.iter().take(SHOWN).map(|it| finding(it, check.compared.is_none())).collect();
    if findings.len() > SHOWN {
        text.push_str(&format!(
            "\n… and {} in report.html\n",
            counted(findings.len() - SHOWN, ("more finding", "more findings"))
        ));
    }
    if let Some(both) = &check.compared {
        text.push_str(&format!("\n{}", compared(both)));
        let files = files_of(check).zip(address_of(both)).map(|(Files { picture, outline }, address)| {
            format!(
                "\nLooked at {}. In the artifact of this run: a picture of it (`{picture}`), and all that assistive \
                 technology sees (`{outline}`).\n",
                words(address, 300)
            )
        });
        text.push_str(&files.unwrap_or_default());
    }
    text
}

/// A finding; its two sides are left to the comparison of the whole, if there is one.
fn finding(finding: &Finding, with_sides: bool) -> String {
    let Finding { at, says, expected, found, .. } = finding;
    let place = if at.is_empty() { String::new() } else { format!("{}: ", code(at, 200)) };
    let sides = if with_sides { expected_and_found(expected, found) } else { String::new() };
    format!("\n{place}{}\n\n{sides}", words(says, 2000))
}
