//! A work says that it is available online if, and only if, it has a digital copy that people may see.
//!
//! The website shows the "View" button by this, so that a wrong one hides a digitised book or leads to a locked door.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::catalogue::Include;
use crate::checks::Context;
use crate::checks::invariant::case::{elements, text_at};
use crate::checks::invariant::{Case, Rule, Ruling, Sample};

/// The rule.
pub(super) struct AvailableOnline;

impl Rule for AvailableOnline {
    fn includes(&self) -> BTreeSet<Include> {
        BTreeSet::from([Include::Items, Include::Holdings])
    }

    fn cases<'a>(&self, sample: &Sample<'a>, _context: &Context<'a>) -> Vec<Case<'a>> {
        sample.each(judge)
    }
}

/// Whether people may see what is at a digital location.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Access<'v> {
    Shown,
    Hidden,
    /// By a status of which nobody has said what it means.
    Unclear(&'v str),
}

fn judge(record: &Value) -> Option<Ruling> {
    let online = elements(record, "availabilities").iter().any(|way| text_at(way, "/id") == "online");
    let copies: Vec<(&str, Access<'_>)> =
        digital_locations(record).map(|it| (text_at(it, "/url"), access(it))).collect();
    if !online && copies.is_empty() {
        return None;
    }
    let shown = copies.iter().find(|(_, access)| *access == Access::Shown);
    let unclear = copies
        .iter()
        .find_map(|(_, access)| if let Access::Unclear(status) = access { Some(*status) } else { None });
    Some(match (online, shown, unclear) {
        (true, Some(_), _) | (false, None, None) => Ruling::Holds,
        (false, Some((url, _)), _) => Ruling::breaks(
            "availabilities",
            format!(
                "people may see the digital copy {url}, but the work does not say that it is available online"
            ),
            "availabilities with `online`",
            "availabilities without it",
        ),
        (_, None, Some(status)) => {
            Ruling::Unknown(format!("nobody has said whether people may see what is `{status}`"))
        }
        (true, None, None) => Ruling::breaks(
            "availabilities",
            "the work says that it is available online, but has no digital copy that people may see",
            "a DigitalLocation that is open, open-with-advisory or for licence holders",
            match copies.len() {
                0 => "no DigitalLocation at all".to_owned(),
                hidden => format!("{hidden} DigitalLocation(s), none of which people may see"),
            },
        ),
    })
}

/// The digital locations of a work's items and of its holdings.
fn digital_locations(record: &Value) -> impl Iterator<Item = &Value> {
    let of_items = elements(record, "items").iter().flat_map(|item| elements(item, "locations"));
    let of_holdings = elements(record, "holdings").iter().filter_map(|holdings| holdings.get("location"));
    of_items.chain(of_holdings).filter(|location| text_at(location, "/type") == "DigitalLocation")
}

/// One condition that lets people in is enough, and so is no condition at all.
fn access(location: &Value) -> Access<'_> {
    let statuses =
        elements(location, "accessConditions").iter().map(|condition| text_at(condition, "/status/id"));
    let statuses: Vec<&str> = statuses.filter(|status| !status.is_empty()).collect();
    if statuses.is_empty()
        || statuses.iter().any(|it| ["open", "open-with-advisory", "licensed-resources"].contains(it))
    {
        return Access::Shown;
    }
    let hiding = ["restricted", "closed", "unavailable", "temporarily-unavailable", "permission-required"];
    statuses
        .iter()
        .find(|status| !hiding.contains(*status))
        .map_or(Access::Hidden, |status| Access::Unclear(status))
}
