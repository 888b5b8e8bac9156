//! Why a check does not pass, for somebody who reads no code and has to act on it.

use similar::{ChangeTag, TextDiff};

use super::Links;
use super::pages::files_of;
use super::paint::{BOLD, FAINT, GREEN, RED, YELLOW, headline, labelled, paint, visible, wrapped};
use super::part::is_of_a_page;
use crate::decision::{About, Judged, Override};
use crate::verdict::{Compared, Finding, Verdict};

/// The whole story of a check that does not pass; `None` if it passes.
#[must_use]
pub fn explain(judged: &Judged, links: &Links) -> Option<String> {
    story(judged, links, false)
}

/// The story of a check that does not pass, below that of another one of the same criterion; `None` if it passes.
#[must_use]
pub fn explain_another(judged: &Judged, links: &Links) -> Option<String> {
    story(judged, links, true)
}

fn story(judged: &Judged, links: &Links, is_another: bool) -> Option<String> {
    let body = match &judged.verdict {
        Verdict::Pass => return None,
        Verdict::Fail { findings } => findings.iter().map(finding).collect::<Vec<_>>().join("\n"),
        Verdict::Undecided { because } => {
            format!("{}\n{}", paint(YELLOW, "This could not be decided:"), labelled("", because))
        }
    };
    let remarks: String = judged
        .remarks
        .iter()
        .filter(|remark| remark.is_of_its_check())
        .map(|remark| labelled("noted", &remark.says))
        .collect();
    let overridden = judged.overridden.as_ref().map(overridden).unwrap_or_default();
    let heading = heading(judged, links, is_another);
    Some(format!("{overridden}{heading}\n{body}\n{remarks}{}", rerun(&judged.name, links)))
}

/// Where a page can be seen as the gate saw it.
fn seen(judged: &Judged) -> String {
    let (Some(Compared::Page { address, device, .. }), Some(files)) =
        (judged.compared.as_deref(), files_of(judged))
    else {
        return String::new();
    };
    let files = format!("{} (a picture), {} (what assistive technology sees)", files.picture, files.outline);
    labelled("looked at", &format!("{address}, on a {device}"))
        + &labelled("seen", &format!("beside report.html: {files}"))
}

/// That it fails and does not block, and whose decision that is.
fn overridden(it: &Override) -> String {
    let Override { by, why, until, .. } = it;
    labelled("override", &format!("by {by} until {until}, so this does not block: {}", why.trim()))
}

fn heading(judged: &Judged, links: &Links, is_another: bool) -> String {
    let about = &judged.about;
    let About { criterion, title, why, owner, line, is, page, .. } = about;
    let place = line.map_or_else(
        || format!("{criterion} (the gate's own), owned by {owner}"),
        |line| format!("{criterion} ({}:{line}), owned by {owner}", links.suite),
    );
    let mut text = format!("{}\n", paint(BOLD, wrapped(title).trim_end()));
    text.push_str(&labelled("criterion", &place));
    text.push_str(&labelled("why", if is_another { "as above" } else { why }));
    text.push_str(&labelled("example", is));
    if let Some(page) = page {
        text.push_str(&labelled("page", &format!("{page} (as people see it now, on prod)")));
    }
    if let Some(answer) = links.answer(about) {
        text.push_str(&labelled("API", &(answer + links.api_note)));
    }
    text.push_str(&seen(judged));
    // A page is no answer of the API.
    if let Some(curl) = links.curl(about).filter(|_| !is_of_a_page(&judged.name)) {
        // On one line, however long, so that it can be copied.
        text.push_str(&format!("{}{}\n", paint(FAINT, "  shown by  "), visible(&curl)));
    }
    text
}

fn finding(finding: &Finding) -> String {
    let Finding { at, says, expected, found, .. } = finding;
    let mut text = headline(at, says);
    if expected.is_empty() && found.is_empty() {
        return text;
    }
    text.push_str(&format!("    {} {}\n", paint(RED, "- expected"), paint(GREEN, "+ found")));
    for change in TextDiff::from_lines(expected.as_str(), found.as_str()).iter_all_changes() {
        let line = visible(change.value().trim_end_matches(['\r', '\n']));
        text.push_str(&match change.tag() {
            ChangeTag::Equal => format!("      {line}\n"),
            ChangeTag::Delete => format!("{}\n", paint(RED, &format!("    - {line}"))),
            ChangeTag::Insert => format!("{}\n", paint(GREEN, &format!("    + {line}"))),
        });
    }
    text
}

fn rerun(name: &str, links: &Links) -> String {
    format!("{}{}\n", paint(FAINT, "  run it alone: "), visible(&links.alone(name)))
}
