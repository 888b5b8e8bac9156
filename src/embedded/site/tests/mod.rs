//! What the website's pages say and do not say.

mod others;
mod work;

use serde_json::{Value, json};

use super::{Page, Site};
use crate::api::{Answer, fixture};
use crate::faults::{self, Fault};

fn site(fault: &'static Fault) -> Site {
    Site::new(fault, fixture::service)
}

fn answer(status: u16, body: impl Into<String>) -> Answer {
    Answer { status, content_type: "application/json", location: None, body: body.into() }
}

/// What the healthy website has at an address, where the API says this.
fn shown(address: &str, answered: Option<Answer>) -> Answer {
    site(&faults::NONE).show(&Page::at(address), answered)
}

/// The same, where the API shows a record.
fn shown_of(address: &str, record: &Value) -> String {
    shown(address, Some(answer(200, record.to_string()))).body
}

/// The page of a work.
fn page(work: &Value) -> String {
    shown_of("/works/a1111111", work)
}

/// What stands below a heading of a page, up to the end of its section; nothing if there is no such heading.
fn section<'a>(page: &'a str, heading: &str) -> Option<&'a str> {
    let (_, rest) = page.split_once(&format!(">{heading}</h2>"))?;
    let ends = ["</section>", "</nav>"].into_iter().filter_map(|end| rest.find(end));
    Some(&rest[..ends.min().expect("a section has an end")])
}

/// A term of a description list and what is said of it.
fn term(name: &str, said: &str) -> String {
    format!("<dt>{name}</dt><dd>{said}</dd>")
}

/// A location of a kind, with one access condition.
fn location(kind: &str, place: &str, status: &str, method: &str) -> Value {
    json!({
        "type": kind,
        "locationType": {"id": place},
        "label": "Closed stores",
        "url": "https://iiif.example/b1",
        "accessConditions": [{
            "status": {"id": status, "label": status},
            "method": {"id": method, "label": method},
        }],
    })
}

fn with(locations: &[Value], availabilities: &[&str]) -> Value {
    let availabilities: Vec<_> = availabilities.iter().map(|id| json!({"id": id})).collect();
    json!({
        "id": "a1111111",
        "title": "Surgery",
        "items": [{"locations": locations}],
        "availabilities": availabilities,
    })
}

/// A work that is digitised, and can be looked at by everybody.
fn digitised() -> Value {
    with(&[location("DigitalLocation", "iiif-presentation", "open", "view-online")], &["online"])
}
