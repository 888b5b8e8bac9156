//! Addresses that an answer has from where it was asked: those of its other pages, and where a redirect leads.
//!
//! They carry the host of the environment, and that alone may differ. A stage that leads its readers to prod is another
//! matter, and told.

use std::borrow::Cow;

/// Fields of an answer that hold such an address.
pub(super) const FIELDS: [&str; 2] = ["nextPage", "prevPage"];

/// An address as it reads without the host that was asked, and without the parameters that were added to each request.
pub(super) fn without<'a>(address: &'a str, origin: &str, parameters: &[String]) -> Cow<'a, str> {
    let own = address.strip_prefix(origin.trim_end_matches('/'));
    let rest = match own {
        Some(rest) if !origin.is_empty() && (rest.is_empty() || rest.starts_with(['/', '?'])) => rest,
        _ => address,
    };
    match rest.split_once('?') {
        Some((path, query)) if !parameters.is_empty() => {
            let added = |pair: &&str| {
                let name = pair.split('=').next().unwrap_or_default();
                !parameters.iter().any(|parameter| parameter == name)
            };
            let kept: Vec<&str> = query.split('&').filter(added).collect();
            Cow::Owned(if kept.is_empty() { path.to_owned() } else { format!("{path}?{}", kept.join("&")) })
        }
        _ => Cow::Borrowed(rest),
    }
}
