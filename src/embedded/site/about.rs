//! "About this work": what the catalogue says of it, its subjects and its identifiers.

use maud::{Markup, html};
use serde_json::Value;

use super::page;
use super::record::{contributors, described, labels, list, term, text, title};

/// What is said of the work.
pub fn section(work: &Value) -> Markup {
    let said = described(said_once(work).into_iter().chain(notes(work)));
    html! {
        @if !said.0.is_empty() {
            section aria-labelledby="about" {
                h2 #about { "About this work" }
                (said)
            }
        }
    }
}

fn said_once(work: &Value) -> [Markup; 12] {
    let texts = |key| list(work, key).filter_map(Value::as_str);
    let series = list(work, "partOf").filter(|whole| text(whole, "/id").is_none()).map(title);
    [
        term("Also known as", texts("alternativeTitles")),
        term("Description", text(work, "/description")),
        term("Publication or creation", labels(work, "production")),
        term("Physical description", text(work, "/physicalDescription")),
        term("Lettering", text(work, "/lettering")),
        term("Contributors", contributors(work)),
        term("Edition", text(work, "/edition")),
        term("Former frequency", texts("formerFrequency")),
        term("Designation", texts("designation")),
        term("Series", series),
        term("Type or technique", labels(work, "genres")),
        term("Languages", labels(work, "languages")),
    ]
}

fn notes(work: &Value) -> impl Iterator<Item = Markup> {
    list(work, "notes").map(|note| {
        let kind = text(note, "/noteType/label").unwrap_or("Notes");
        term(kind, list(note, "contents").filter_map(Value::as_str))
    })
}

/// What the work is about; each subject leads to a search for it.
pub fn subjects(work: &Value) -> Markup {
    let subjects = labels(work, "subjects");
    html! {
        @if !subjects.is_empty() {
            section aria-labelledby="subjects" {
                h2 #subjects { "Subjects" }
                ul { @for subject in subjects { li { a href=(page::search(subject, "")) { (subject) } } } }
            }
        }
    }
}

/// By what the work is cited. The permanent link is not one here: it would lead away from this stage, to prod.
pub fn identifiers(work: &Value) -> Markup {
    let id = text(work, "/id").unwrap_or_default();
    html! {
        section aria-labelledby="permanent" {
            h2 #permanent { "Permanent link" }
            p { "https://wellcomecollection.org" (page::work(id)) }
        }
        @if list(work, "identifiers").next().is_some() {
            section aria-labelledby="identifiers" {
                h2 #identifiers { "Identifiers" }
                (described(list(work, "identifiers").map(identifier)))
            }
        }
    }
}

fn identifier(identifier: &Value) -> Markup {
    let kind = text(identifier, "/identifierType/label").unwrap_or("Identifier");
    term(kind, text(identifier, "/value"))
}
