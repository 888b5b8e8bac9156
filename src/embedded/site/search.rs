//! The list of works that a search has found.

use maud::{Markup, html};
use serde_json::Value;

use super::frame::Sheet;
use super::locations::is_online;
use super::page;
use super::record::{contributors, labels, list, text, title};

/// One page of the results of a search.
pub fn sheet(query: &str, page: &str, results: &Value) -> Sheet {
    let main = html! {
        h1 { "Search the catalogue" }
        (form(query))
        p role="status" { (total(query, results)) }
        @if list(results, "results").next().is_some() {
            section aria-labelledby="results" {
                h2 #results { "Results" }
                ol { @for work in list(results, "results") { li { (shown(work)) } } }
            }
        }
        (turning(query, page, results))
    };
    Sheet { status: 200, title: "Search the catalogue".to_owned(), main }
}

fn form(query: &str) -> Markup {
    html! {
        form role="search" action="/search/works" {
            label for="query" { "Search for works" }
            input #query type="search" name="query" value=(query);
            button type="submit" { "Search" }
        }
    }
}

fn total(query: &str, results: &Value) -> String {
    let total = results.get("totalResults").and_then(Value::as_u64).unwrap_or_default();
    let works = match total {
        0 => "No works".to_owned(),
        1 => "1 work".to_owned(),
        more => format!("{more} works"),
    };
    if query.is_empty() { works } else { format!("{works} for “{query}”") }
}

fn shown(work: &Value) -> Markup {
    let id = text(work, "/id").unwrap_or_default();
    let said = text(work, "/workType/label").map(str::to_owned).into_iter();
    let said =
        said.chain(contributors(work)).chain(labels(work, "production").into_iter().map(str::to_owned));
    let online = is_online(work).then(|| "Available online".to_owned());
    html! {
        h3 { a href=(page::work(id)) { (title(work)) } }
        @for words in said.chain(online) { p { (words) } }
    }
}

/// To the pages before and after this one, where the API says that there are some.
fn turning(query: &str, page: &str, results: &Value) -> Markup {
    let page: u64 = page.parse().unwrap_or(1);
    let to = |page: u64| page::search(query, &page.to_string());
    let [before, after] = ["/prevPage", "/nextPage"].map(|link| text(results, link).is_some());
    html! {
        @if before || after {
            nav aria-label="Pages of results" {
                ul {
                    @if before { li { a href=(to(page.saturating_sub(1))) { "Previous page" } } }
                    @if after { li { a href=(to(page.saturating_add(1))) { "Next page" } } }
                }
            }
        }
    }
}
