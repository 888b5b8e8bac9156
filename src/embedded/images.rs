//! The documents of `/images`: one per picture of a visible work.

use serde_json::Value;

use super::display::{self, text};
use super::memo::object;
use super::source::{Picture, Record};

/// The shape of a picture of which no more is known than its id: every image of the API has one.
const SQUARE: f64 = 1.0;

/// The documents of the pictures of one work, with their ids.
#[must_use]
pub fn of(record: &Record) -> Vec<(String, Value)> {
    if record.images.is_empty() {
        return Vec::new();
    }
    let source = display::image_source(record);
    record
        .images
        .iter()
        .map(|picture| (picture.canonical.clone(), document(picture, source.clone())))
        .collect()
}

fn document(picture: &Picture, source: Value) -> Value {
    let locations: Vec<Value> = picture.locations.iter().cloned().map(display::location).collect();
    object(
        "Image",
        [
            ("id", Some(text(&*picture.canonical))),
            ("thumbnail", locations.first().cloned()),
            ("locations", Some(Value::Array(locations))),
            ("aspectRatio", Some(picture.aspect.unwrap_or(SQUARE).into())),
            ("averageColor", picture.colour.as_deref().map(text)),
            ("source", Some(source)),
            ("type", Some(text("Image"))),
        ],
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Location;

    #[test]
    fn a_picture_of_which_only_the_id_is_known_has_a_shape_all_the_same() {
        let picture = Picture { canonical: "gqu94wsn".to_owned(), ..Picture::default() };
        let (_, shown) = of(&Record { images: vec![picture], ..Record::default() }).remove(0);
        assert_eq!(shown["aspectRatio"], 1.0);
    }

    #[test]
    fn the_first_location_is_the_thumbnail() {
        let places = ["iiif-image", "iiif-presentation"];
        let locations = places.map(|kind| Location { kind: kind.into(), ..Location::default() }).to_vec();
        let picture = Picture { canonical: "gqu94wsn".to_owned(), locations, ..Picture::default() };
        let record = Record { images: vec![picture], ..Record::default() };
        let (id, shown) = of(&record).remove(0);
        assert_eq!(id, "gqu94wsn");
        assert_eq!(shown["thumbnail"], shown["locations"][0]);
        assert_eq!(shown["locations"][1]["locationType"]["id"], "iiif-presentation");
    }
}
