//! "Collection contents": where a work stands in its archive, and what it consists of.

use maud::{Markup, html};
use serde_json::Value;

use super::page;
use super::record::{list, text, title};

/// The tree from the top of the archive down to the parts of the work.
pub fn section(work: &Value) -> Markup {
    let mut above = ancestors(work);
    above.reverse();
    html! {
        @if !above.is_empty() || list(work, "parts").next().is_some() {
            nav aria-labelledby="contents" {
                h2 #contents { "Collection contents" }
                (level(&above, work))
            }
        }
    }
}

/// What the work is part of, nearest first; a series has no record, and is told elsewhere.
fn ancestors(work: &Value) -> Vec<&Value> {
    list(work, "partOf").filter(|ancestor| text(ancestor, "/id").is_some()).collect()
}

fn level(above: &[&Value], work: &Value) -> Markup {
    let Some((top, below)) = above.split_first() else { return itself(work) };
    html! { ol { li { (entry(top)) (level(below, work)) } } }
}

fn itself(work: &Value) -> Markup {
    html! {
        ol {
            li {
                span aria-current="page" { (named(work)) }
                @if list(work, "parts").next().is_some() {
                    ol { @for part in list(work, "parts") { li { (entry(part)) } } }
                }
            }
        }
    }
}

fn entry(relative: &Value) -> Markup {
    html! {
        @match text(relative, "/id") {
            Some(id) => a href=(page::work(id)) { (named(relative)) },
            None => (named(relative)),
        }
    }
}

fn named(work: &Value) -> Markup {
    html! { (title(work)) @if let Some(number) = text(work, "/referenceNumber") { " (" (number) ")" } }
}
