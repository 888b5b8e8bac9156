//! Words and signs that stand in more than one place of the page. A sign never stands without its word.

use maud::{Markup, html};

use crate::report::Outcome;

/// How something ended, as a sign and a word.
pub(super) fn badge(outcome: Outcome) -> Markup {
    html! {
        span class=(format!("badge {}", outcome.word())) {
            span aria-hidden="true" { (sign(outcome)) } " " (outcome.word())
        }
    }
}

fn sign(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Passed => "\u{2713}",
        Outcome::Waived => "\u{2691}",
        Outcome::Overridden => "!",
        Outcome::Undecided => "?",
        Outcome::Failed => "\u{2717}",
    }
}
