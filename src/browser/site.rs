//! Whether an address belongs to the site of a page.

use std::net::IpAddr;

use reqwest::Url;

/// Whether `address` is on the page's own host, on a host under it, or on one beside it: of `www.example.org`, also
/// `api.example.org` and `example.org`. What has no host, such as data in the page itself, is its own as well.
///
/// Hosts of strangers may be beside a page that has no domain of its own. They are counted in rather than out: what
/// fails is then told more gravely than it is, never less.
pub(super) fn is_own(page: &str, address: &str) -> bool {
    let Some(other) = host(address) else { return true };
    host(page).is_some_and(|page| {
        let site = site_of(&page);
        other == page || other == site || other.ends_with(&format!(".{site}"))
    })
}

fn host(address: &str) -> Option<String> {
    Url::parse(address).ok()?.host_str().map(str::to_owned)
}

/// The domain above a host, unless that is no longer anybody's; the host itself then.
fn site_of(host: &str) -> &str {
    let is_ip = host.parse::<IpAddr>().is_ok() || host.starts_with('[');
    match host.split_once('.') {
        Some((_, above)) if above.contains('.') && !is_ip => above,
        _ => host,
    }
}

#[cfg(test)]
mod tests {
    use pretty_assertions::assert_eq;
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::same("https://example.org/works", "https://example.org/a.js", true)]
    #[case::other_port("http://127.0.0.1:1/", "http://127.0.0.1:2/a.js", true)]
    #[case::under_it("https://example.org/", "https://api.example.org/a", true)]
    #[case::above_it("https://www.example.org/", "https://example.org/a", true)]
    #[case::beside_it("https://www.example.org/", "https://api.example.org/a", true)]
    #[case::in_the_page("https://example.org/", "data:image/png;base64,AA", true)]
    #[case::stranger("https://www.example.org/", "https://counts.example.com/a", false)]
    #[case::name_that_ends_alike("https://example.org/", "https://counterexample.org/a", false)]
    #[case::same_top("https://example.org/", "https://other.org/a", false)]
    #[case::other_number("http://127.0.0.1/", "http://128.0.0.1/a", false)]
    #[case::name_of_this_machine("http://127.0.0.1/", "http://localhost/a", false)]
    fn what_belongs_to_a_site(#[case] page: &str, #[case] address: &str, #[case] own: bool) {
        assert_eq!(is_own(page, address), own);
    }
}
