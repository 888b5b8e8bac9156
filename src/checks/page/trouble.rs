//! What is wrong with a page whatever it should show: it is another one, it fails, or parts of it do.

use reqwest::Url;

use super::matching::has_text;
use crate::evidence::Seen;
use crate::verdict::Finding;

/// What the website says to readers where it fails.
const FAILURE: &str = "Something went wrong";

/// How many errors are told of a page.
const TOLD: usize = 5;

/// That this is no page of the work: it was answered with an error, or is another page.
pub(super) fn another_page(path: &str, seen: &Seen) -> Option<Vec<Finding>> {
    let unforeseen = |says: String, expected: &str, found: String| Finding {
        says,
        expected: expected.to_owned(),
        found,
        unforeseen: true,
        ..Finding::default()
    };
    if seen.status != 200 {
        let says = format!("the website answers {} where readers look for this work", seen.status);
        return Some(vec![unforeseen(says, "200, with the page", seen.status.to_string())]);
    }
    if has_text(seen, FAILURE) {
        let says = format!("the website shows readers “{FAILURE}”");
        return Some(vec![unforeseen(says, "the page of the work", format!("“{}”", seen.title))]);
    }
    let is_it = leads_to(path, seen).unwrap_or(false);
    (!is_it).then(|| {
        vec![unforeseen(
            "the page leads to another one".to_owned(),
            &seen.address,
            seen.final_address.clone(),
        )]
    })
}

/// Whether what is shown is still this page of this host. Another host is never sent the cookies, so it shows what prod
/// serves, be it at the same path. That the website goes on to https, or says the same path otherwise, changes nothing.
fn leads_to(path: &str, seen: &Seen) -> Option<bool> {
    let (asked, shown) = (Url::parse(&seen.address).ok()?, Url::parse(&seen.final_address).ok()?);
    let is_of_host = asked.host_str()? == shown.host_str()? && asked.port() == shown.port();
    Some(is_of_host && shown.path().trim_end_matches('/') == path)
}

/// What fails on a page beside what it shows: scripts, and what it asks of the website itself. What other hosts do not
/// give is not the website's.
pub(super) fn errors(seen: &Seen) -> Vec<Finding> {
    let of_page = |says: String| Finding { says, ..Finding::default() };
    let scripts = seen.errors.iter().map(|error| of_page(format!("a script of the page fails: {error}")));
    let own = seen.failed.iter().filter(|failed| failed.own);
    let parts = own.map(|failed| {
        of_page(format!("the page does not get a part of itself, {}: {}", failed.address, failed.why))
    });
    scripts.chain(parts).take(TOLD).collect()
}
