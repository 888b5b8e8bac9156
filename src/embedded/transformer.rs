//! The transformer: reads the source records of `records/`, and gives digital things their addresses.

use super::source::{Record, System, Text};

/// What a library record is called that was always part of another work, so that nobody has seen its title. It has one
/// all the same: were it a work of its own, it would be shown.
const UNKNOWN_TITLE: &str = "[Title not known here]";

const IIIF: &str = "https://iiif.wellcomecollection.org";

/// Completes a record as it was delivered.
pub fn transform(record: &mut Record) {
    if record.system == Some(System::Sierra) && !record.links.is_empty() {
        record.title.get_or_insert(UNKNOWN_TITLE.into());
    }
    address(record);
}

/// Gives IIIF locations and pictures the addresses that follow from the key of the record.
///
/// A picture whose file is not known (its name starts with `?`) has none: it says less rather than something false.
fn address(record: &mut Record) {
    let presentation = format!("{IIIF}/presentation/v2/{}", record.id);
    for location in record.items.iter_mut().flat_map(|item| &mut item.locations) {
        if location.url.is_none() {
            location.url = match &*location.kind {
                "iiif-presentation" => Some(presentation.clone().into()),
                "iiif-image" => Some(image_address(&record.id)),
                _ => None,
            };
        }
    }
    let Some(shown) = record.items.first().and_then(|item| item.locations.first()) else { return };
    for picture in record.images.iter_mut().filter(|picture| !picture.file.starts_with('?')) {
        let mut image = shown.clone();
        image.kind = "iiif-image".into();
        image.url = Some(image_address(&picture.file));
        picture.locations.push(image);
        if shown.kind == "iiif-presentation" {
            picture.locations.push(shown.clone());
        }
    }
}

fn image_address(file: &str) -> Text {
    format!("{IIIF}/image/{file}/info.json").into()
}

/// The address of the thumbnail of a record.
#[must_use]
pub fn thumbnail_address(system: System, file: &str) -> String {
    match system {
        System::Miro => format!("{IIIF}/image/{file}/full/300,/0/default.jpg"),
        _ => format!("{IIIF}/thumbs/{file}/full/!200,200/0/default.jpg"),
    }
}

/// The real records, system by system.
///
/// # Panics
///
/// If a line of `records/` is not a record; a test reads them all.
#[must_use]
pub fn real() -> Vec<Record> {
    let files = [
        (System::Sierra, include_str!("records/sierra.jsonl")),
        (System::Calm, include_str!("records/calm.jsonl")),
        (System::Mets, include_str!("records/mets.jsonl")),
        (System::Miro, include_str!("records/miro.jsonl")),
        (System::Tei, include_str!("records/tei.jsonl")),
        (System::Ebsco, include_str!("records/ebsco.jsonl")),
    ];
    files.into_iter().flat_map(|(system, lines)| lines.lines().map(move |line| read(system, line))).collect()
}

fn read(system: System, line: &str) -> Record {
    let mut record: Record = serde_json::from_str(line)
        .unwrap_or_else(|error| panic!("{} record: {error}: {line}", system.name()));
    record.system = Some(system);
    transform(&mut record);
    record
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{Item, Location, Picture};

    #[test]
    fn a_page_of_a_digitised_thing_is_shown_as_an_image_and_within_the_whole() {
        let location = Location { kind: "iiif-presentation".into(), ..Location::default() };
        let mut record = Record {
            id: "b28669563".into(),
            items: vec![Item { locations: vec![location], ..Item::default() }],
            images: vec![Picture { file: "b28669563_0003.jp2".into(), ..Picture::default() }],
            ..Record::default()
        };
        address(&mut record);
        let urls: Vec<_> =
            record.images[0].locations.iter().filter_map(|place| place.url.as_deref()).collect();
        assert_eq!(
            urls,
            [
                "https://iiif.wellcomecollection.org/image/b28669563_0003.jp2/info.json",
                "https://iiif.wellcomecollection.org/presentation/v2/b28669563",
            ]
        );
    }

    #[test]
    fn every_real_record_can_be_read() {
        assert!(real().len() > 300);
    }
}
