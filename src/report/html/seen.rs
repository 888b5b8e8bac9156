//! A page of the website as it was seen, beside what it was to show.

use maud::{Markup, html};

use super::text::{Limits, link};
use crate::report::pages::Files;

/// A page that does not show what it should.
pub(super) struct Page<'a> {
    pub address: &'a str,
    pub device: &'a str,
    /// What it was to show, and what not, a line each.
    pub expected: &'a [String],
    /// What it shows, as assistive technology sees it.
    pub found: &'a str,
    /// WebP in Base64.
    pub picture: &'a str,
}

impl Page<'_> {
    /// What was expected on the one side, the page on the other.
    pub fn shown(&self, files: Option<&Files>, limits: &Limits) -> Markup {
        html! {
            div.seen {
                div {
                    h5 { "What the page was to show" }
                    ul { @for line in self.expected { li { (limits.text(line)) } } }
                    h5 { "What assistive technology sees" }
                    pre.outline tabindex="0" { (limits.text(self.found)) }
                }
                figure {
                    @if limits.pictures && is_base64(self.picture) {
                        img src=(format!("data:image/webp;base64,{}", self.picture)) alt=(self.in_words());
                    }
                    figcaption {
                        "The page as the gate saw it, on a " (self.device) ": " (link(self.address, limits.text(self.address)))
                        @if let Some(Files { picture, outline }) = files {
                            ". In files: " a href=(picture) { "the picture" } ", "
                            a href=(outline) { "all that assistive technology sees" } "."
                        }
                    }
                }
            }
        }
    }

    fn in_words(&self) -> String {
        format!("The page {} as it was seen on a {}", self.address, self.device)
    }
}

/// Whether it can stand in an attribute as it is.
fn is_base64(text: &str) -> bool {
    !text.is_empty()
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'='))
}
