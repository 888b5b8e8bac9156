//! The runs of a serial that are held, on shelves or online.

use maud::{Markup, html};
use serde_json::Value;

use super::record::{list, text};

/// The holdings of a work.
pub fn section(work: &Value) -> Markup {
    html! {
        @if list(work, "holdings").next().is_some() {
            section aria-labelledby="holdings" {
                h2 #holdings { "Holdings" }
                ul { @for run in list(work, "holdings") { li { (shown(run)) } } }
            }
        }
    }
}

fn shown(run: &Value) -> Markup {
    let what = list(run, "enumeration").filter_map(Value::as_str);
    let place = ["/location/label", "/location/shelfmark"].into_iter().filter_map(|at| text(run, at));
    html! { @for words in what.chain(place) { p { (words) } } }
}
