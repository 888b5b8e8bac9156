//! Stand-ins for the hosts that records link to: below `/stand-ins/`, the address of a thumbnail, a IIIF manifest or the
//! information of an image is answered with the least that is one, if some work that is shown links to it.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::catalogue::{Catalogue, Work};

/// Where the stand-ins are found on the host of the stage; a whole address follows.
pub const STAND_INS: &str = "/stand-ins/";

/// The smallest picture there is, in letters and signs that any text may hold.
const PICTURE: &str = "GIF89a\u{1}\0\u{1}\0\0\0\0,\0\0\0\0\u{1}\0\u{1}\0\0\u{2}\u{2}D\u{1}\0;";

/// Everything that works link to, by its address.
pub struct StandIns(BTreeMap<String, Kind>);

/// What stands at an address.
#[derive(Debug, Clone, Copy)]
enum Kind {
    Picture,
    Manifest,
    ImageInformation,
}

impl StandIns {
    /// Reads every work that is shown.
    #[must_use]
    pub fn of(catalogue: &Catalogue) -> Self {
        let mut found = BTreeMap::new();
        for work in catalogue.works.values() {
            if let Work::Visible(document) = work {
                found.extend(locations(document).filter_map(link));
            }
        }
        Self(found)
    }

    /// The media type and the body of what stands at an address; nothing if no work links to it.
    #[must_use]
    pub fn at(&self, address: &str) -> Option<(&'static str, String)> {
        let (content_type, body) = match self.0.get(address)? {
            Kind::Picture => ("image/gif", PICTURE.to_owned()),
            Kind::Manifest => (
                "application/ld+json;profile=\"http://iiif.io/api/presentation/2/context.json\"",
                manifest(address).to_string(),
            ),
            Kind::ImageInformation => ("application/json", image_information(address).to_string()),
        };
        Some((content_type, body))
    }
}

/// The thumbnail of a work and the locations of its items.
fn locations(work: &Value) -> impl Iterator<Item = &Value> {
    let of_items = list(work, "items").flat_map(|item| list(item, "locations"));
    work.get("thumbnail").into_iter().chain(of_items)
}

fn list<'a>(value: &'a Value, field: &str) -> impl Iterator<Item = &'a Value> + use<'a> {
    value.get(field).and_then(Value::as_array).into_iter().flatten()
}

fn link(location: &Value) -> Option<(String, Kind)> {
    let kind = match location.pointer("/locationType/id")?.as_str()? {
        "thumbnail-image" => Kind::Picture,
        "iiif-presentation" => Kind::Manifest,
        "iiif-image" => Kind::ImageInformation,
        _ => return None,
    };
    Some((location.get("url")?.as_str()?.to_owned(), kind))
}

fn manifest(address: &str) -> Value {
    json!({
        "@context": "http://iiif.io/api/presentation/2/context.json",
        "@id": address,
        "@type": "sc:Manifest",
        "label": "A stand-in of the embedded catalogue",
        "sequences": []
    })
}

fn image_information(address: &str) -> Value {
    json!({
        "@context": "http://iiif.io/api/image/2/context.json",
        "@id": address.trim_end_matches("/info.json"),
        "protocol": "http://iiif.io/api/image",
        "width": 1,
        "height": 1,
        "profile": ["http://iiif.io/api/image/2/level1.json"]
    })
}

#[cfg(test)]
mod tests {
    use pretty_assertions::assert_eq;
    use rstest::rstest;

    use super::*;

    fn stand_ins() -> StandIns {
        let location = |kind: &str, url: &str| json!({"locationType": {"id": kind}, "url": url});
        let work = json!({
            "thumbnail": location("thumbnail-image", "https://a.example/t.jpg"),
            "items": [{"locations": [
                location("iiif-presentation", "https://a.example/m"),
                location("iiif-image", "https://a.example/i/info.json"),
                location("online-resource", "https://b.example/")
            ]}]
        });
        let works =
            BTreeMap::from([("a".to_owned(), Work::Visible(work.into())), ("b".to_owned(), Work::Deleted)]);
        StandIns::of(&Catalogue { works, ..Catalogue::default() })
    }

    #[rstest]
    #[case::a_thumbnail("https://a.example/t.jpg", Some("image/gif"))]
    #[case::a_manifest(
        "https://a.example/m",
        Some("application/ld+json;profile=\"http://iiif.io/api/presentation/2/context.json\"")
    )]
    #[case::image_information("https://a.example/i/info.json", Some("application/json"))]
    #[case::a_bought_in_resource("https://b.example/", None)]
    #[case::what_no_work_links_to("https://a.example/other", None)]
    fn only_what_a_work_links_to_has_a_stand_in(#[case] address: &str, #[case] content_type: Option<&str>) {
        assert_eq!(stand_ins().at(address).map(|(content_type, _)| content_type), content_type);
    }

    #[rstest]
    fn a_manifest_and_image_information_name_themselves() {
        let id = |address| {
            let (_, body) = stand_ins().at(address).unwrap();
            serde_json::from_str::<Value>(&body).unwrap()["@id"].clone()
        };
        assert_eq!(id("https://a.example/m"), "https://a.example/m");
        assert_eq!(id("https://a.example/i/info.json"), "https://a.example/i");
    }
}
