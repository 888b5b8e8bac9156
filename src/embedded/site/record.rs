//! Reading an answer of the API as the website's scripts do: what is not there, or not what it should be, is not shown.

use maud::{Markup, html};
use serde_json::Value;

/// The text at a JSON pointer, if there is one that says something.
pub fn text<'a>(value: &'a Value, pointer: &str) -> Option<&'a str> {
    value.pointer(pointer)?.as_str().filter(|text| !text.is_empty())
}

/// The entries of a list.
pub fn list<'a>(value: &'a Value, key: &str) -> impl Iterator<Item = &'a Value> + use<'a> {
    value.get(key).and_then(Value::as_array).into_iter().flatten()
}

/// The labels of the entries of a list.
pub fn labels<'a>(value: &'a Value, key: &str) -> Vec<&'a str> {
    list(value, key).filter_map(|entry| text(entry, "/label")).collect()
}

/// The title of a work, or what stands in its place.
pub fn title(work: &Value) -> &str {
    text(work, "/title").unwrap_or("Untitled")
}

/// Names of those who contributed, with what they did.
pub fn contributors(work: &Value) -> Vec<String> {
    let named = list(work, "contributors").filter_map(|contributor| {
        let name = text(contributor, "/agent/label")?;
        let roles = labels(contributor, "roles").join(", ");
        Some(if roles.is_empty() { name.to_owned() } else { format!("{name} ({roles})") })
    });
    named.collect()
}

/// A link to an address of a record, if it is one of the web; the words alone otherwise.
pub fn link(address: Option<&str>, words: &str) -> Markup {
    let address = address.filter(|address| address.starts_with("https://") || address.starts_with("http://"));
    html! {
        @match address {
            Some(address) => a href=(address) { (words) },
            None => (words),
        }
    }
}

/// A description list of terms, of which those that nothing is said of are empty; nothing if all of them are.
pub fn described(terms: impl IntoIterator<Item = Markup>) -> Markup {
    let mut terms = terms.into_iter().filter(|term| !term.0.is_empty()).peekable();
    html! { @if terms.peek().is_some() { dl { @for term in terms { (term) } } } }
}

/// A term of a description list with what is said of it; nothing if nothing is said.
pub fn term<Said: AsRef<str>>(name: &str, said: impl IntoIterator<Item = Said>) -> Markup {
    let mut said = said.into_iter().peekable();
    html! {
        @if said.peek().is_some() {
            dt { (name) }
            @for one in said { dd { (one.as_ref()) } }
        }
    }
}
