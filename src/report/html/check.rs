//! A check in the page: what it is an example of, where to look at it, and its story if it does not pass.

use maud::{Markup, html};

use super::bars::chart;
use super::seen::Page;
use super::sides::by_side;
use super::text::{Limits, left_out, link};
use super::words::badge;
use crate::decision::{About, Judged, Override, Standing};
use crate::numbers::day;
use crate::report::pages::files_of;
use crate::report::part::{is_of_a_page, part_of_example};
use crate::report::{Links, Outcome, TurnedOff};
use crate::verdict::{Compared, Finding, Verdict};

/// One line of a list, for a check that needs no story; numbers that were compared can be unfolded.
pub(super) fn line(check: &Judged, links: &Links, limits: &Limits) -> Markup {
    html! {
        li {
            (badge(Outcome::of(check)))
            " " (limits.text(&check.about.is)) (part_of_example(&check.name))
            (places(&check.about, links))
            @if let Some(Compared::Counts { what, there, rows }) = check.compared.as_deref() {
                details { summary { "The numbers" } (chart(what, there, rows, limits)) }
            }
        }
    }
}

/// One line of a list, for a check that this run does not make.
pub(super) fn turned_off(check: &TurnedOff, links: &Links, limits: &Limits) -> Markup {
    html! {
        li {
            span.badge { "turned off" } " " (limits.text(&check.about.is)) (places(&check.about, links))
            p.faint { (limits.text(&check.because.says())) }
        }
    }
}

/// The whole story of a check that does not pass.
pub(super) fn story(check: &Judged, links: &Links, limits: &Limits) -> Markup {
    html! {
        article.check {
            h4 { (badge(Outcome::of(check))) " " (limits.text(&check.about.is)) (part_of_example(&check.name)) }
            (places(&check.about, links))
            @if check.standing == Standing::Proposed { p { "Its criterion is only proposed, so this does not block." } }
            @if let Some(it) = &check.overridden { (overridden(it, limits)) }
            @if let Some(waiver) = &check.waived {
                p {
                    "This is a known issue, let pass until " (day(waiver.until)) ": "
                    (link(&waiver.link, limits.text(&waiver.link)))
                }
                (findings(&waiver.findings, true, limits))
            }
            @match &check.verdict {
                Verdict::Pass => {},
                Verdict::Undecided { because } => p { strong { "This could not be decided: " } (limits.prose(because)) },
                Verdict::Fail { findings: all } => (findings(all, !shows_text(check), limits)),
            }
            @if let Some(compared) = check.compared.as_deref() { (both_sides(check, compared, limits)) }
            @for remark in check.remarks.iter().filter(|remark| remark.is_of_its_check()) {
                p.faint { "Noted: " (limits.prose(&remark.says)) }
            }
            (for_developers(check, links, limits))
        }
    }
}

/// Where to look at what was judged.
fn places(about: &About, links: &Links) -> Markup {
    let of_the_website = about.page.as_ref().map(|page| (page.clone(), "page on the website (prod)"));
    let of_stage = links.answer(about).map(|url| (url, "API: stage"));
    let of_prod = links.answer_of_prod(about).map(|url| (url, "API: prod"));
    let places: Vec<(String, &str)> = [of_the_website, of_stage, of_prod].into_iter().flatten().collect();
    html! {
        @if !places.is_empty() {
            span.places {
                @if let Some(work) = &about.work { code { (work) } }
                @for (url, label) in &places { (link(url, label)) }
            }
        }
    }
}

fn overridden(it: &Override, limits: &Limits) -> Markup {
    html! {
        p {
            "It fails and does not block: overridden by " (limits.text(&it.by)) " until "
            (day(it.until)) ", because: " (limits.text(it.why.trim()))
        }
    }
}

/// Whether both sides of a whole text are shown below its findings, so that these need not show theirs.
fn shows_text(check: &Judged) -> bool {
    matches!(check.compared.as_deref(), Some(Compared::Text { .. }))
}

fn findings(all: &[Finding], with_sides: bool, limits: &Limits) -> Markup {
    html! {
        @for finding in all.iter().take(limits.findings) { (self::finding(finding, with_sides, limits)) }
        @if all.len() > limits.findings {
            p { (left_out(all.len() - limits.findings, ("finding", "findings"))) }
        }
    }
}

fn finding(finding: &Finding, with_sides: bool, limits: &Limits) -> Markup {
    let Finding { at, says, expected, found, .. } = finding;
    html! {
        div.finding {
            p {
                @if !at.is_empty() && !says.contains(at.as_str()) { code { (limits.text(at)) } ": " }
                (limits.prose(says))
            }
            @if with_sides && !(expected.is_empty() && found.is_empty()) {
                (by_side(("Expected", "Found"), expected, found, limits))
            }
        }
    }
}

fn both_sides(check: &Judged, compared: &Compared, limits: &Limits) -> Markup {
    html! {
        @match compared {
            Compared::Text { recorded, found } => (by_side(("Recorded", "Found on the stage"), recorded, found, limits)),
            Compared::Counts { what, there, rows } => (chart(what, there, rows, limits)),
            Compared::Page { address, device, expected, found, picture } => {
                @let page = Page { address, device, expected, found, picture };
                (page.shown(files_of(check).as_ref(), limits))
            },
        }
    }
}

/// What only somebody with a terminal needs.
fn for_developers(check: &Judged, links: &Links, limits: &Limits) -> Markup {
    html! {
        details.developers {
            summary { "For developers" }
            p { code { (limits.text(&check.name)) } }
            @if let Some(line) = check.about.line { p { "Stands in " (links.suite) ", line " (line) "." } }
            p { "Run it alone:" }
            pre tabindex="0" { (limits.text(&links.alone(&check.name))) }
            @if let Some(curl) = links.curl(&check.about).filter(|_| !is_of_a_page(&check.name)) {
                p { "See the answer:" }
                pre tabindex="0" { (limits.text(&curl)) }
            }
        }
    }
}
