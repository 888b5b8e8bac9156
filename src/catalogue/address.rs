//! The address of something on another host, such as a record links to.

use std::fmt;

use reqwest::Url;

use super::Resource;

/// A web address that is whole: scheme, host and path; without the part behind `#`, which is never sent.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Address(Url);

impl Address {
    /// Reads an address; `None` if it is none, or not one of the web.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut url = Url::parse(text).ok().filter(|url| matches!(url.scheme(), "http" | "https"))?;
        url.set_fragment(None);
        Some(Self(url))
    }

    /// Where a redirect from here leads, whether it names the whole address or a part of it.
    #[must_use]
    pub fn leading_to(&self, location: &str) -> Option<Self> {
        Self::parse(self.0.join(location).ok()?.as_str())
    }

    /// Whether what is sent there can be read on the way.
    #[must_use]
    pub fn is_open_to_all(&self) -> bool {
        self.0.scheme() == "http"
    }

    /// The host, with the port if it is not the usual one, and with the login if there is one: whatever makes it
    /// another place than the host alone.
    #[must_use]
    pub fn place(&self) -> &str {
        self.0.authority()
    }

    /// What to ask for.
    #[must_use]
    pub fn resource(&self) -> Resource {
        Resource::elsewhere(self.0.as_str())
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.as_str())
    }
}

#[cfg(test)]
mod tests {
    use pretty_assertions::assert_eq;
    use rstest::rstest;

    use super::Address;

    #[rstest]
    #[case::a_host("https://iiif.example.org/a", Some("iiif.example.org"))]
    #[case::capitals("HTTPS://IIIF.example.org/a", Some("iiif.example.org"))]
    #[case::the_usual_port("https://iiif.example.org:443/a", Some("iiif.example.org"))]
    #[case::another_port("https://iiif.example.org:8443/a", Some("iiif.example.org:8443"))]
    #[case::a_login("https://iiif.example.org@evil.example/a", Some("iiif.example.org@evil.example"))]
    #[case::a_host_that_only_begins_so(
        "https://iiif.example.org.evil.example/",
        Some("iiif.example.org.evil.example")
    )]
    #[case::a_path("/works/a222zvge", None)]
    #[case::another_scheme("ftp://iiif.example.org/a", None)]
    #[case::nothing("", None)]
    fn an_address_is_in_a_place(#[case] text: &str, #[case] place: Option<&str>) {
        let address = Address::parse(text);
        assert_eq!(address.as_ref().map(Address::place), place);
    }

    #[rstest]
    #[case::the_whole("https://b.example/x", "https://b.example/x")]
    #[case::a_path("/x", "https://a.example/x")]
    #[case::a_host_alone("//b.example/x", "https://b.example/x")]
    #[case::beside_it("x", "https://a.example/one/x")]
    fn a_redirect_leads_from_where_it_stands(#[case] location: &str, #[case] to: &str) {
        let from = Address::parse("https://a.example/one/two").unwrap();
        assert_eq!(from.leading_to(location).unwrap().to_string(), to);
    }

    #[rstest]
    fn what_is_never_sent_makes_no_other_resource() {
        let resource = |text| Address::parse(text).unwrap().resource();
        assert_eq!(resource("https://a.example/x#page=2"), resource("https://a.example/x"));
    }
}
