//! What is asked: the root of an API, which cluster behind it, and with which key.

use reqwest::Url;

use super::{ApiKey, Resource};

/// A stage (or prod, or an embedded catalogue) as it is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    base: String,
    cluster: Option<String>,
    key: Option<ApiKey>,
}

/// The URL cannot be the root of an API. The URL itself is shown only where it can hold no secret.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TargetError {
    /// It is no URL at all.
    #[error(
        "`{url}` is not a URL ({why}): write it whole, such as https://api-stage.wellcomecollection.org/catalogue/v2"
    )]
    NotAUrl {
        /// What was given.
        url: String,
        /// What the parser says.
        why: String,
    },
    /// It is neither `http` nor `https`.
    #[error("`{0}:` is not a way to ask an API: the URL must start with https:// or http://")]
    Scheme(String),
    /// It holds a user or a password.
    #[error(
        "the URL holds a user name or a password, which would be kept in the evidence: leave them out (a key goes into STAGE_API_KEY)"
    )]
    Login,
    /// It holds a query or a fragment.
    #[error(
        "the URL holds a `?` or a `#`: give the root of the API alone (a cluster goes into ELASTIC_CLUSTER)"
    )]
    NotARoot,
}

impl Target {
    /// Reads the URL of the API's root; a slash at its end does not matter.
    ///
    /// # Errors
    ///
    /// If it is not an `http` or `https` URL, or holds more than scheme, host, port and path.
    pub fn parse(url: &str) -> Result<Self, TargetError> {
        let url = url.trim();
        let parsed =
            Url::parse(url).map_err(|why| TargetError::NotAUrl { url: shown(url), why: why.to_string() })?;
        if !matches!(parsed.scheme(), "http" | "https") {
            return Err(TargetError::Scheme(parsed.scheme().to_owned()));
        }
        if !parsed.username().is_empty() || parsed.password().is_some() {
            return Err(TargetError::Login);
        }
        if parsed.query().is_some() || parsed.fragment().is_some() {
            return Err(TargetError::NotARoot);
        }
        let base = parsed.as_str().trim_end_matches('/').to_owned();
        Ok(Self { base, cluster: None, key: None })
    }

    /// The hosts that records link to, each asked at its own address. No cluster is named to them, and no key sent.
    #[must_use]
    pub fn elsewhere() -> Self {
        Self { base: String::new(), cluster: None, key: None }
    }

    /// Stand-ins for the hosts that records link to: whatever is at an address elsewhere is asked for below this one.
    #[must_use]
    pub fn stand_ins(address: &str) -> Self {
        Self { base: format!("{}/", address.trim_end_matches('/')), cluster: None, key: None }
    }

    /// Whether it is asked on this machine, so that nobody can listen.
    #[must_use]
    pub fn is_on_this_machine(&self) -> bool {
        let hosts = ["http://127.0.0.1", "http://localhost", "http://[::1]"];
        let rest = hosts.iter().find_map(|host| self.base.strip_prefix(host));
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with([':', '/']))
    }

    /// The same, but every request names this cluster in `elasticCluster`.
    #[must_use]
    pub fn with_cluster(mut self, label: impl Into<String>) -> Self {
        self.cluster = Some(label.into());
        self
    }

    /// The same, but every request carries this key.
    #[must_use]
    pub fn with_key(mut self, key: ApiKey) -> Self {
        self.key = Some(key);
        self
    }

    /// The same, but no request carries a key.
    #[must_use]
    pub(super) fn without_key(self) -> Self {
        Self { key: None, ..self }
    }

    /// The root of the API, without a slash at its end; never holds a key.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.base
    }

    /// The label of the cluster that is asked for.
    #[must_use]
    pub fn cluster(&self) -> Option<&str> {
        self.cluster.as_deref()
    }

    /// Whether every request carries a key.
    #[must_use]
    pub fn has_key(&self) -> bool {
        self.key.is_some()
    }

    pub(super) fn key(&self) -> Option<&ApiKey> {
        self.key.as_ref()
    }

    /// The whole URL of a resource, with the cluster's label.
    #[must_use]
    pub fn url_of(&self, resource: &Resource) -> String {
        let mut url = format!("{}{}", self.base, resource.path());
        if let Some(label) = &self.cluster {
            url.push(if resource.path().contains('?') { '&' } else { '?' });
            url.push_str("elasticCluster=");
            url.push_str(&encoded(label));
        }
        url
    }
}

/// A text that is no URL may still be a login; then only its end is shown.
fn shown(text: &str) -> String {
    text.rsplit_once('@').map_or_else(|| text.to_owned(), |(_, host)| format!("…@{host}"))
}

fn encoded(label: &str) -> String {
    let mut url = Url::parse("http://localhost/").expect("a URL");
    url.query_pairs_mut().append_key_only(label);
    url.query().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::plain("https://api-stage.wellcomecollection.org/catalogue/v2")]
    #[case::slash_at_its_end("https://api-stage.wellcomecollection.org/catalogue/v2/")]
    #[case::blanks_around(" https://api-stage.wellcomecollection.org/catalogue/v2\n")]
    fn a_root_is_read(#[case] url: &str) {
        let target = Target::parse(url).expect("a target");
        assert_eq!(target.url(), "https://api-stage.wellcomecollection.org/catalogue/v2");
    }

    #[rstest]
    #[case::no_url("api-stage", "is not a URL")]
    #[case::other_scheme("ftp://example.org/v2", "must start with https://")]
    #[case::login("https://user:s3cr3t@example.org/v2", "user name or a password")]
    #[case::login_in_no_url("user:s3cr3t@[example", "not a")]
    #[case::query("https://example.org/v2?elasticCluster=x", "holds a `?`")]
    #[case::fragment("https://example.org/v2#x", "holds a `?` or a `#`")]
    fn what_is_no_root_is_refused_without_showing_a_password(#[case] url: &str, #[case] says: &str) {
        let refusal = Target::parse(url).expect_err("not a root").to_string();
        assert!(refusal.contains(says), "{refusal}");
        assert!(!refusal.contains("s3cr3t"), "{refusal}");
    }

    #[rstest]
    #[case::the_hosts_themselves(Target::elsewhere(), "https://iiif.example.org/a/info.json")]
    #[case::stand_ins(
        Target::stand_ins("http://127.0.0.1:1/stand-ins"),
        "http://127.0.0.1:1/stand-ins/https://iiif.example.org/a/info.json"
    )]
    fn what_is_elsewhere_is_asked_for_by_its_whole_address(#[case] target: Target, #[case] url: &str) {
        assert_eq!(target.url_of(&Resource::elsewhere("https://iiif.example.org/a/info.json")), url);
    }

    #[rstest]
    #[case::by_number("http://127.0.0.1:8080/catalogue/v2", true)]
    #[case::by_name("http://localhost/v2", true)]
    #[case::elsewhere("https://api-stage.example.org/v2", false)]
    #[case::a_name_that_only_begins_so("http://localhost.example.org/v2", false)]
    #[case::a_number_that_only_begins_so("http://127.0.0.100/v2", false)]
    fn this_machine_is_told_from_others(#[case] url: &str, #[case] here: bool) {
        assert_eq!(Target::parse(url).expect("a target").is_on_this_machine(), here);
    }

    #[rstest]
    #[case::no_cluster(None, "/works", "http://h/v2/works")]
    #[case::first_parameter(Some("axiell"), "/works", "http://h/v2/works?elasticCluster=axiell")]
    #[case::further_parameter(Some("axiell"), "/works?a=b", "http://h/v2/works?a=b&elasticCluster=axiell")]
    #[case::encoded(Some("a b&c"), "/works", "http://h/v2/works?elasticCluster=a+b%26c")]
    fn a_resource_has_a_url(#[case] cluster: Option<&str>, #[case] resource: &str, #[case] url: &str) {
        let target = Target::parse("http://h/v2/").expect("a target");
        let target = match cluster {
            Some(label) => target.with_cluster(label),
            None => target,
        };
        assert_eq!(target.url_of(&Resource::new(resource)), url);
    }
}
