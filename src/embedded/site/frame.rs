//! What all pages have around their own content: head, banner with navigation, footer.

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::Lapse;
use super::assets::{LAYOUT, SCRIPT, STYLESHEET};
use crate::api::Answer;
use crate::faults::Fault;

/// The content of a page.
pub struct Sheet {
    /// The HTTP status.
    pub status: u16,
    /// What the page is called.
    pub title: String,
    /// The content itself, with the one heading of the first level.
    pub main: Markup,
}

/// The frame around every page.
pub struct Frame {
    /// The id by which the script knows the button of the menu.
    button: Option<&'static str>,
}

impl Frame {
    /// The frame of a website that makes the lapses of this fault.
    pub fn of(fault: &Fault) -> Self {
        let button = (!fault.lapses(Lapse::ScriptOfAnotherRelease)).then_some("menu-button");
        Self { button }
    }

    /// A whole page.
    pub fn around(&self, sheet: Sheet) -> Answer {
        let Sheet { status, title, main } = sheet;
        let page = html! {
            (DOCTYPE)
            html lang="en" {
                (head(&title))
                body {
                    a.skip href="#content" { "Skip to main content" }
                    (self.banner())
                    main #content { (main) }
                    footer { p { "A stand-in for wellcomecollection.org, made by the embedded catalogue." } }
                }
            }
        };
        let body = page.into_string();
        Answer { status, content_type: "text/html; charset=UTF-8", location: None, body }
    }

    fn banner(&self) -> Markup {
        html! {
            header {
                p { "Wellcome Collection" }
                button id=[self.button] type="button" aria-expanded="false" aria-controls="menu" { "Menu" }
                nav #menu aria-label="Main" {
                    ul { li { a href="/search/works" { "Search the catalogue" } } }
                }
            }
        }
    }
}

/// Browsers would ask for an icon of their own accord; an empty one keeps them from it.
fn head(title: &str) -> Markup {
    html! {
        head {
            meta charset="utf-8";
            meta name="viewport" content="width=device-width, initial-scale=1";
            title { (title) " | Wellcome Collection" }
            link rel="icon" href="data:,";
            style { (PreEscaped(LAYOUT)) }
            link rel="stylesheet" href=(STYLESHEET);
            script src=(SCRIPT) defer {}
        }
    }
}
