//! The `include` parameter: which values are accepted, and the document without what was not asked for.
//!
//! Includes are a list of keys to strip from a whole display document, so a key that a release does not know
//! reaches clients whatever they include.

use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::{Map, Value};

/// Which release's list of includes, filters, sorts and aggregations is accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Includes {
    /// The API description of 21 August 2026: with `archive` and `collection`.
    August,
    /// The API description of July 2026: with `precededBy` and `succeededBy`.
    July,
}

const BOTH: [&str; 14] = [
    "identifiers",
    "items",
    "holdings",
    "subjects",
    "genres",
    "contributors",
    "production",
    "languages",
    "notes",
    "formerFrequency",
    "designation",
    "images",
    "parts",
    "partOf",
];
const SIBLINGS: [&str; 2] = ["precededBy", "succeededBy"];
const COLLECTIONS: [&str; 2] = ["archive", "collection"];
const OF_IMAGES: [&str; 4] = ["source.contributors", "source.languages", "source.genres", "source.subjects"];
const SIMILAR: &str = "withSimilarFeatures";

impl Includes {
    /// The includes that works accept.
    #[must_use]
    pub fn of_works(self) -> Vec<&'static str> {
        let own = match self {
            Self::August => COLLECTIONS,
            Self::July => SIBLINGS,
        };
        [&BOTH[..], &own].concat()
    }

    /// What to strip from a work for which only `asked` was included.
    #[must_use]
    pub fn strip_from_work(self, asked: &[&str]) -> Strip {
        let mut top = self.of_works();
        if self == Self::August {
            // The index of August has no siblings any more.
            top.extend(SIBLINGS);
        }
        top.retain(|include| !asked.contains(include));
        let everywhere = if asked.contains(&"identifiers") { vec![] } else { vec!["identifiers"] };
        Strip { everywhere, top, source: vec![] }
    }
}

/// The includes that a list of images accepts, or a single image.
#[must_use]
pub fn of_images(single: bool) -> Vec<&'static str> {
    if single { [&[SIMILAR], &OF_IMAGES[..]].concat() } else { OF_IMAGES.to_vec() }
}

/// What to strip from an image for which only `asked` was included; similar images are added elsewhere.
#[must_use]
pub fn strip_from_image(asked: &[&str]) -> Strip {
    let source = OF_IMAGES.into_iter().filter(|include| !asked.contains(include));
    let source = source.filter_map(|include| include.strip_prefix("source.")).collect();
    Strip { everywhere: vec!["identifiers"], top: vec![SIMILAR], source }
}

/// Keys that a document is shown without.
#[derive(Debug, Default)]
pub struct Strip {
    everywhere: Vec<&'static str>,
    top: Vec<&'static str>,
    source: Vec<&'static str>,
}

impl Strip {
    /// The document as clients see it; it is stripped while being written, not copied.
    #[must_use]
    pub fn show<'a>(&'a self, document: &'a Value) -> Shown<'a> {
        Shown { value: document, strip: self, place: Place::Top }
    }
}

/// A document without the keys that were not asked for.
pub struct Shown<'a> {
    value: &'a Value,
    strip: &'a Strip,
    place: Place,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Top,
    Source,
    Deeper,
}

impl Place {
    fn below(self, key: &str) -> Self {
        if self == Self::Top && key == "source" { Self::Source } else { Self::Deeper }
    }
}

impl Shown<'_> {
    fn hides(&self, key: &str) -> bool {
        let here: &[&str] = match self.place {
            Place::Top => &self.strip.top,
            Place::Source => &self.strip.source,
            Place::Deeper => &[],
        };
        here.contains(&key) || self.strip.everywhere.contains(&key)
    }

    fn object<S: Serializer>(&self, object: &Map<String, Value>, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for (key, value) in object.iter().filter(|(key, _)| !self.hides(key)) {
            map.serialize_entry(key, &Shown { value, strip: self.strip, place: self.place.below(key) })?;
        }
        map.end()
    }
}

impl Serialize for Shown<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.value {
            Value::Object(object) => self.object(object, serializer),
            Value::Array(values) => {
                let shown = |value| Shown { value, strip: self.strip, place: Place::Deeper };
                serializer.collect_seq(values.iter().map(shown))
            }
            plain => plain.serialize(serializer),
        }
    }
}

#[cfg(test)]
mod tests {
    use pretty_assertions::assert_eq;
    use serde_json::json;

    use super::*;

    fn shown(strip: &Strip, document: &Value) -> Value {
        serde_json::to_value(strip.show(document)).unwrap()
    }

    #[test]
    fn identifiers_are_stripped_at_every_level() {
        let work = json!({"id": "a", "identifiers": [1], "items": [{"id": "i", "identifiers": [2], "locations": []}]});
        assert_eq!(
            shown(&Includes::August.strip_from_work(&["items"]), &work),
            json!({"id": "a", "items": [{"id": "i", "locations": []}]})
        );
        assert_eq!(shown(&Includes::August.strip_from_work(&["items", "identifiers"]), &work), work);
    }

    #[test]
    fn other_includes_are_stripped_at_the_top_only() {
        let work = json!({"id": "a", "partOf": [{"id": "b", "partOf": []}], "parts": []});
        assert_eq!(
            shown(&Includes::August.strip_from_work(&["partOf"]), &work),
            json!({"id": "a", "partOf": [{"id": "b", "partOf": []}]})
        );
    }

    #[test]
    fn keys_that_july_does_not_know_reach_its_clients() {
        let work = json!({"id": "a", "archive": {}, "collection": {}});
        assert_eq!(shown(&Includes::July.strip_from_work(&[]), &work), work);
        assert_eq!(shown(&Includes::August.strip_from_work(&[]), &work), json!({"id": "a"}));
    }

    #[test]
    fn image_sources_are_stripped() {
        let image = json!({"id": "a", "source": {"id": "b", "genres": [], "subjects": []}});
        assert_eq!(
            shown(&strip_from_image(&["source.genres"]), &image),
            json!({"id": "a", "source": {"id": "b", "genres": []}})
        );
    }
}
