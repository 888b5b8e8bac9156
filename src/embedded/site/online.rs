//! "Available online", or why a digitised work is not.

use maud::{Markup, html};
use serde_json::Value;

use super::locations::{digital, is_for_the_viewer, is_online, may_be_seen, viewed};
use super::page;
use super::record::{described, link, list, term, text};

/// What of a work can be seen online, and what of it cannot.
pub fn section(work: &Value) -> Markup {
    let (open, shut): (Vec<_>, Vec<_>) = digital(work).partition(|location| may_be_seen(location));
    html! {
        @if is_online(work) && !open.is_empty() { (available(work, &open)) }
        @if !shut.is_empty() { (not_available(&shut)) }
    }
}

fn available(work: &Value, locations: &[&Value]) -> Markup {
    let id = text(work, "/id").unwrap_or_default();
    let elsewhere = locations.iter().filter(|location| !is_for_the_viewer(location));
    html! {
        section aria-labelledby="online" {
            h2 #online { "Available online" }
            @if viewed(work).is_some() { p { a.action href=(page::viewer(id)) { "View" } } }
            @for location in elsewhere {
                p { (link(text(location, "/url"), text(location, "/linkText").unwrap_or("View resource"))) }
            }
            @for location in locations { (terms(location)) }
        }
    }
}

fn not_available(locations: &[&Value]) -> Markup {
    html! {
        section aria-labelledby="not-online" {
            h2 #not-online { "Not available online" }
            @for location in locations { (terms(location)) }
        }
    }
}

/// On what terms something can be seen and used.
pub fn terms(location: &Value) -> Markup {
    let conditions = || list(location, "accessConditions");
    let of = |pointer: &'static str| conditions().filter_map(move |access| text(access, pointer));
    described([
        term("Access status", of("/status/label")),
        term("Access terms", of("/terms")),
        term("Access note", of("/note")),
        licence(location),
        term("Credit", text(location, "/credit")),
    ])
}

fn licence(location: &Value) -> Markup {
    html! {
        @if let Some(licence) = text(location, "/license/label") {
            dt { "Licence" }
            dd { (link(text(location, "/license/url"), licence)) }
        }
    }
}
