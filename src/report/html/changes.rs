//! What this release changes: the changes on top, then what was compared, what is only noise, and how many works both have.

use maud::{Markup, html};

use super::text::{Limits, link};
use crate::comparison::Example;
use crate::numbers::{capital, grouped};
use crate::report::{ChangeStanding, Comparison, Run, Told};

/// The section; nothing if nothing was compared.
pub(super) fn section(run: &Run, limits: &Limits) -> Markup {
    html! {
        @if let Some(comparison) = &run.comparison {
            section #changes {
                h2 { "What this release changes" }
                @if let Some(headline) = &comparison.headline { p { strong { (limits.prose(headline)) } } }
                @if let Some(because) = &comparison.undecided {
                    p { strong { "Not all is known: " } (limits.prose(because)) "." }
                }
                @if let Some(says) = &comparison.warning { p { (limits.prose(says)) "." } }
                @if comparison.changes.is_empty() && comparison.undecided.is_none() {
                    p { "Nothing that readers would notice." }
                }
                (list(run, &comparison.unforeseen(), limits))
                @if !comparison.intended().is_empty() {
                    h3 { "As intended" }
                    (list(run, &comparison.intended(), limits))
                }
                @if let Some(says) = comparison.shown_again() { p.faint { (says) "." } }
                p.faint { (comparison.counted()) "." }
                (noise(comparison, limits))
                (works(comparison, limits))
            }
        }
    }
}

/// Some changes in their order; nothing if there are none.
fn list(run: &Run, changes: &[&Told], limits: &Limits) -> Markup {
    html! {
        @if !changes.is_empty() {
            ol { @for it in changes.iter().take(limits.rows) { li { (change(run, it, limits)) } } }
        }
    }
}

fn change(run: &Run, it: &Told, limits: &Limits) -> Markup {
    html! {
        p {
            @if it.standing == ChangeStanding::Blocks { strong { "Blocks. " } }
            (limits.text(&it.says)) ". "
            span.faint { (capital(it.severity())) "." }
        }
        @if !it.change.why.is_empty() { p { (limits.text(&it.change.why)) } }
        @if let Some(because) = &it.because { p { "It is meant: " (limits.text(because)) } }
        @if let Some(with) = &it.together_with { p.faint { (limits.text(&capital(with))) "." } }
        @if !it.change.examples.is_empty() {
            ul { @for of in &it.change.examples { li { (example(run, it, of, limits)) } } }
        }
        p.faint { "In the records: " (limits.prose(&it.places)) "." }
    }
}

/// An example, with what prod and stage say, and where both can be looked at.
fn example(run: &Run, it: &Told, of: &Example, limits: &Limits) -> Markup {
    let links = run.links.of_example(it.change.subject, of);
    let name = if of.title.is_empty() { &of.of } else { &of.title };
    let places = [("page", links.page), ("stage", links.stage), ("prod", links.prod)];
    let said = |text: &str| if text.is_empty() { "nothing".to_owned() } else { text.to_owned() };
    html! {
        (limits.text(name)) ": on prod " (limits.text(&said(&of.from))) ", on stage " (limits.text(&said(&of.to)))
        @for (label, address) in &places {
            @if let Some(address) = address { " · " (link(address, format!("{label} of {}", short(&of.of)))) }
        }
    }
}

fn short(text: &str) -> String {
    text.chars().filter(|sign| !sign.is_control()).take(60).collect()
}

fn noise(comparison: &Comparison, limits: &Limits) -> Markup {
    html! {
        @if !comparison.noise.is_empty() {
            h3 { "Where prod differs from itself" }
            ul {
                @for it in comparison.noise.iter().take(limits.rows) {
                    li {
                        (limits.text(&capital(&it.sentence()))) ". "
                        span.faint { "In the records: " code { (limits.text(&it.path)) } "." }
                    }
                }
            }
        }
    }
}

fn works(comparison: &Comparison, limits: &Limits) -> Markup {
    let number = |number: Option<u64>| {
        number.and_then(|number| usize::try_from(number).ok()).map_or_else(|| "not told".to_owned(), grouped)
    };
    html! {
        @if !comparison.works.is_empty() {
            h3 { "How many works there are" }
            table {
                thead { tr { th scope="col" { "State" } th scope="col" { "Prod" } th scope="col" { "Stage" } } }
                tbody {
                    @for it in comparison.works.iter().take(limits.rows) {
                        tr { th scope="row" { (limits.text(&it.state)) } td { (number(it.prod)) } td { (number(it.stage)) } }
                    }
                }
            }
        }
        dl.facts {
            @for (name, serves) in [("Prod serves", &comparison.prod_serves), ("Stage serves", &comparison.stage_serves)] {
                @if let Some(serves) = serves { div { dt { (name) } dd { (limits.text(serves)) } } }
            }
        }
    }
}
