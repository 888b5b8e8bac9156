//! Whether stage and prod are one and the same: then that they are equal shows nothing.

use super::fold::Comparison;
use crate::catalogue::ServedIndex;

/// What is known of one of the two.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Identity {
    /// The address under which it was asked.
    pub address: String,
    /// The index that it says it serves, if it says so.
    pub index: Option<ServedIndex>,
    /// Which build of the API answers, if that is known.
    pub build: Option<String>,
}

/// In what they are the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Same {
    /// Both have the same address.
    Address,
    /// Both serve the same index by the same build, and nothing differs.
    Release,
    /// Both serve the same index, nothing differs, and which builds they are is not known: they may be the same.
    Perhaps,
}

/// Whether stage and prod turn out to be one and the same.
///
/// Two addresses that answer alike are no proof of it: a build that changes nothing for readers does that, and a
/// release of it is harmless. So it takes the same build as well.
#[must_use]
pub fn sameness(stage: &Identity, prod: &Identity, comparison: &Comparison) -> Option<Same> {
    if plain(&stage.address) == plain(&prod.address) {
        return Some(Same::Address);
    }
    let counts = comparison.counts();
    // What prod does not say twice alike is no difference.
    let differs = counts.changed > 0;
    let same_index = stage.index.is_some() && stage.index == prod.index;
    if differs || !same_index {
        return None;
    }
    match (&stage.build, &prod.build) {
        (Some(stage), Some(prod)) if stage == prod => Some(Same::Release),
        (Some(_), Some(_)) => None,
        _ => Some(Same::Perhaps),
    }
}

impl Same {
    /// What follows, in a sentence.
    #[must_use]
    pub fn says(self) -> &'static str {
        match self {
            Self::Address => {
                "stage and prod have the same address, so nothing was compared with anything else: give PROD_URL the \
                 address of prod"
            }
            Self::Release => {
                "stage and prod serve the same index by the same build, so that they are equal shows nothing: what is \
                 to be released is not on stage"
            }
            Self::Perhaps => {
                "stage and prod serve the same index and do not differ in anything; unless the release is of code \
                 alone, what is to be released is not on stage"
            }
        }
    }
}

/// An address as it is compared: host names know no capitals, and the last stroke means nothing.
fn plain(address: &str) -> String {
    let address = address.trim().trim_end_matches('/').to_ascii_lowercase();
    let rest = address.split_once("://").map_or(address.as_str(), |(_, rest)| rest);
    let (host, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    let host = host.trim_end_matches(":443").trim_end_matches(":80").trim_end_matches('.');
    format!("{host}{path}")
}
