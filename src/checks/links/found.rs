//! The links of a record: where they stand, and where they lead.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::suite::LinkKind;
use crate::verdict::Finding;

/// A link of a record.
pub(super) struct Link {
    pub kind: LinkKind,
    /// Where in the record it stands.
    pub at: String,
    /// Where it leads; empty if it leads nowhere.
    pub address: String,
}

impl Link {
    /// The finding that something is wrong with it.
    pub(super) fn finding(&self, says: &str, expected: String) -> Finding {
        self.finding_of(says, expected, self.address.clone())
    }

    pub(super) fn finding_of(&self, says: &str, expected: String, found: String) -> Finding {
        Finding {
            at: self.at.clone(),
            says: format!("the {} cannot be shown: {says}", name(self.kind)),
            expected,
            found,
            ..Finding::default()
        }
    }
}

/// What people call such a link.
pub(super) fn name(kind: LinkKind) -> &'static str {
    match kind {
        LinkKind::Thumbnail => "thumbnail",
        LinkKind::Manifests => "IIIF manifest",
        LinkKind::Images => "IIIF image (info.json)",
    }
}

/// The links of these kinds in a record, in its order.
pub(super) fn links(record: &Value, kinds: &BTreeSet<LinkKind>) -> Vec<Link> {
    let thumbnail = record.get("thumbnail").filter(|thumbnail| thumbnail.is_object());
    let thumbnail = thumbnail.map(|location| link(LinkKind::Thumbnail, "thumbnail", location));
    let items = list(record, "items").enumerate().flat_map(|(item_nr, item)| {
        list(item, "locations").enumerate().filter_map(move |(nr, location)| {
            Some(link(kind_of(location)?, &format!("items[{item_nr}].locations[{nr}]"), location))
        })
    });
    thumbnail.into_iter().chain(items).filter(|link| kinds.contains(&link.kind)).collect()
}

fn link(kind: LinkKind, at: &str, location: &Value) -> Link {
    let address = location.get("url").and_then(Value::as_str).unwrap_or_default();
    Link { kind, at: format!("{at}.url"), address: address.to_owned() }
}

fn kind_of(location: &Value) -> Option<LinkKind> {
    match location.pointer("/locationType/id")?.as_str()? {
        "iiif-presentation" => Some(LinkKind::Manifests),
        "iiif-image" => Some(LinkKind::Images),
        _ => None,
    }
}

fn list<'a>(value: &'a Value, field: &str) -> impl Iterator<Item = &'a Value> + use<'a> {
    value.get(field).and_then(Value::as_array).into_iter().flatten()
}
