//! "Where to find it": the items that are on shelves.

use maud::{Markup, html};
use serde_json::Value;

use super::locations::physical;
use super::record::{described, list, term, text};

/// The physical items of a work.
pub fn section(work: &Value) -> Markup {
    let items: Vec<_> = list(work, "items").filter(|item| physical(item).next().is_some()).collect();
    html! {
        @if !items.is_empty() {
            section aria-labelledby="where" {
                h2 #where { "Where to find it" }
                ul { @for item in items { li { (shown(item)) } } }
            }
        }
    }
}

fn shown(item: &Value) -> Markup {
    html! {
        @if let Some(title) = text(item, "/title") { h3 { (title) } }
        @for location in physical(item) {
            (place(location))
            @if can_be_requested(location) { (request()) }
        }
    }
}

fn place(location: &Value) -> Markup {
    let of = |pointer: &'static str| {
        list(location, "accessConditions").filter_map(move |access| text(access, pointer))
    };
    described([
        term("Location", text(location, "/label")),
        term("Shelfmark", text(location, "/shelfmark")),
        term("Status", of("/status/label")),
        term("Access", of("/method/label")),
        term("Access terms", of("/terms")),
        term("Note", of("/note")),
    ])
}

fn can_be_requested(location: &Value) -> bool {
    list(location, "accessConditions").any(|access| text(access, "/method/id") == Some("online-request"))
}

/// The script says what the button leads to.
fn request() -> Markup {
    html! {
        button type="button" data-request { "Request item" }
        p role="status" {}
    }
}
