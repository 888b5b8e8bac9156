//! Where a work is, online and on shelves, and whether it may be seen there.

use serde_json::Value;

use super::record::{list, text};

/// The digital locations of a work's items and holdings.
pub fn digital(work: &Value) -> impl Iterator<Item = &Value> {
    let of_items = list(work, "items").flat_map(|item| list(item, "locations"));
    let of_holdings = list(work, "holdings").filter_map(|run| run.get("location"));
    of_items.chain(of_holdings).filter(|location| is(location, "DigitalLocation"))
}

/// The physical locations of an item.
pub fn physical(item: &Value) -> impl Iterator<Item = &Value> {
    list(item, "locations").filter(|location| is(location, "PhysicalLocation"))
}

fn is(location: &Value, kind: &str) -> bool {
    text(location, "/type") == Some(kind)
}

/// Whether a work is said to be available online.
pub fn is_online(work: &Value) -> bool {
    list(work, "availabilities").any(|availability| text(availability, "/id") == Some("online"))
}

/// Whether everybody may see what is at a location.
pub fn may_be_seen(location: &Value) -> bool {
    let open = |status| matches!(status, "open" | "open-with-advisory" | "licensed-resources");
    let mut statuses =
        list(location, "accessConditions").filter_map(|access| text(access, "/status/id")).peekable();
    statuses.peek().is_none() || statuses.any(open)
}

/// Whether the viewer can show what is at a location.
pub fn is_for_the_viewer(location: &Value) -> bool {
    matches!(text(location, "/locationType/id"), Some("iiif-presentation" | "iiif-image"))
}

/// What the viewer shows of a work, if anything: its manifest, or else its picture.
pub fn viewed(work: &Value) -> Option<&Value> {
    let offered = || digital(work).filter(|location| is_online(work) && may_be_seen(location));
    let of_type = |wanted| offered().find(move |location| text(location, "/locationType/id") == Some(wanted));
    of_type("iiif-presentation").or_else(|| of_type("iiif-image"))
}
