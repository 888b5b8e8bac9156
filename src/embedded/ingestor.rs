//! The ingestor: turns a merged record into the document that the API shows, with every include.

use serde_json::Value;

use super::display::{self, text, texts};
use super::labels;
use super::memo::object;
use super::relations::{Related, Relations, series};
use super::source::{Location, Record, System, Text};

/// The display document of a work.
#[must_use]
pub fn work(record: Record, relations: Option<&Relations>) -> Value {
    let archive = relations.filter(|_| record.system == Some(System::Calm));
    let category = archive.and(record.reference.as_deref()).and_then(archive_category);
    let format = record.format.as_deref().map(|id| display::coded(id, "Format", labels::format(id)));
    let licence = digital_licence(&record);
    let availabilities = availabilities(&record).into_iter().map(coded_availability).collect();
    let identifiers =
        record.identifiers.into_iter().map(|(scheme, value)| display::identifier(&scheme, value));
    let notes = record.notes.into_iter().map(|(kind, contents)| display::note(&kind, contents));
    let thumbnail = |url| display::thumbnail(url, licence.as_deref());
    let (parts, part_of) = relatives(relations, record.series);
    object(
        "work",
        [
            ("id", Some(text(record.canonical))),
            ("title", Some(text(record.title.unwrap_or_default()))),
            ("alternativeTitles", Some(texts(record.alternative))),
            ("referenceNumber", record.reference.map(text)),
            ("description", record.description.map(text)),
            ("physicalDescription", record.physical.map(text)),
            ("lettering", record.lettering.map(text)),
            ("workType", format),
            (
                "contributors",
                Some(list(record.contributors.iter().map(|one| display::contributor(one, true)))),
            ),
            ("identifiers", Some(list(identifiers))),
            ("subjects", Some(list(record.subjects.iter().map(|one| display::subject(one, true))))),
            ("genres", Some(list(record.genres.iter().map(|one| display::genre(one, true))))),
            ("thumbnail", record.thumbnail.map(thumbnail)),
            ("items", Some(list(record.items.into_iter().map(display::item)))),
            ("holdings", Some(list(record.holdings.into_iter().map(display::holdings)))),
            ("availabilities", Some(availabilities)),
            ("production", Some(list(record.production.into_iter().map(display::production)))),
            ("languages", Some(list(record.languages.iter().map(|id| display::language(id))))),
            ("edition", record.edition.map(text)),
            ("notes", Some(list(notes))),
            ("formerFrequency", Some(texts(record.frequency))),
            ("designation", Some(texts(record.designation))),
            ("images", Some(list(record.images.iter().map(|picture| image(&picture.canonical))))),
            ("parts", Some(parts)),
            ("partOf", Some(part_of)),
            ("type", Some(text(record.kind.unwrap_or(Text::Borrowed("Work"))))),
            ("collection", archive.and_then(collection)),
            ("archive", category),
        ],
    )
}

fn list(values: impl Iterator<Item = Value>) -> Value {
    Value::Array(values.collect())
}

fn coded_availability(id: &'static str) -> Value {
    display::coded(id, "Availability", labels::availability(id))
}

fn image(id: &str) -> Value {
    object("image", [("id", Some(text(id))), ("type", Some(text("Image")))])
}

/// The parts of a work, and what it is part of.
fn relatives(relations: Option<&Relations>, titles: Vec<Text>) -> (Value, Value) {
    let shown = |related: &[Related]| related.iter().map(display::related).collect::<Vec<_>>();
    let parts = relations.map(|relations| shown(&relations.parts)).unwrap_or_default();
    let mut part_of = relations.map(|relations| shown(&relations.part_of)).unwrap_or_default();
    part_of.extend(shown(&series(titles)));
    (Value::Array(parts), Value::Array(part_of))
}

/// The collection that an archive work belongs to; the root says that it is one.
fn collection(relations: &Relations) -> Option<Value> {
    let above = relations.part_of.last();
    let root = above.or(relations.itself.as_ref())?;
    let is_root = above.is_none().then_some(Value::Bool(true));
    Some(object("collection", [("root", Some(display::related(root))), ("isRoot", is_root)]))
}

fn archive_category(reference: &str) -> Option<Value> {
    let (id, label) = labels::archive_category(reference)?;
    let category = display::coded(id, "ArchiveCategory", label);
    Some(object("archive", [("category", Some(category))]))
}

/// The ways in which a work can be got at, in the order of its items.
#[must_use]
pub fn availabilities(record: &Record) -> Vec<&'static str> {
    let mut found = Vec::with_capacity(2);
    let mut add = |availability: Option<&'static str>| {
        if let Some(availability) = availability.filter(|availability| !found.contains(availability)) {
            found.push(availability);
        }
    };
    for item in &record.items {
        for location in &item.locations {
            // An item without a number belongs to someone else: it is described here and kept elsewhere.
            let ours = location.is_digital() || item.id.is_some();
            add(availability(location).filter(|_| ours));
        }
    }
    record.holdings.iter().filter_map(|run| run.location.as_ref()).for_each(|place| add(availability(place)));
    found
}

/// Whether anything of a work can be seen online.
#[must_use]
pub fn is_online(record: &Record) -> bool {
    availabilities(record).contains(&"online")
}

fn availability(location: &Location) -> Option<&'static str> {
    let may_be_seen = |status: &str| matches!(status, "open" | "open-with-advisory" | "licensed-resources");
    match &*location.kind {
        "open-shelves" => Some("open-shelves"),
        _ if location.is_digital() => {
            let mut statuses =
                location.access.iter().filter_map(|access| access.status.as_deref()).peekable();
            (statuses.peek().is_none() || statuses.any(may_be_seen)).then_some("online")
        }
        _ => Some("closed-stores"),
    }
}

fn digital_licence(record: &Record) -> Option<Text> {
    let locations = record.items.iter().flat_map(|item| &item.locations);
    let of_items =
        locations.filter(|location| location.is_digital()).find_map(|location| location.license.clone());
    let of_pictures = || record.images.first()?.locations.first()?.license.clone();
    of_items.or_else(of_pictures)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;
    use crate::source::{Access, Holdings, Item};

    fn at(kind: &'static str, status: Option<&'static str>) -> Location {
        let access = Access { status: status.map(Into::into), ..Access::default() };
        Location { kind: kind.into(), access: vec![access], ..Location::default() }
    }

    fn with_item(number: Option<&'static str>, locations: Vec<Location>) -> Record {
        let item = Item { id: number.map(Into::into), locations, ..Item::default() };
        Record { items: vec![item], ..Record::default() }
    }

    #[rstest]
    #[case::open("open", &["online"])]
    #[case::behind_an_advisory("open-with-advisory", &["online"])]
    #[case::licensed("licensed-resources", &["online"])]
    #[case::restricted("restricted", &[])]
    #[case::closed("closed", &[])]
    fn a_digital_copy_is_online_where_its_status_lets_it_be_seen(
        #[case] status: &'static str,
        #[case] expected: &[&str],
    ) {
        assert_eq!(availabilities(&with_item(None, vec![at("iiif-presentation", Some(status))])), expected);
    }

    #[rstest]
    #[case::closed_stores("closed-stores")]
    #[case::open_shelves("open-shelves")]
    fn an_item_with_a_number_is_available_in_the_building(#[case] kind: &'static str) {
        assert_eq!(availabilities(&with_item(Some("i10377372"), vec![at(kind, None)])), [kind]);
    }

    #[test]
    fn an_item_without_a_number_is_kept_elsewhere() {
        assert_eq!(availabilities(&with_item(None, vec![at("closed-stores", Some("open"))])), [""; 0]);
    }

    #[test]
    fn an_item_with_a_digital_copy_is_available_in_both_ways() {
        let locations = vec![at("closed-stores", None), at("iiif-presentation", Some("open"))];
        assert_eq!(availabilities(&with_item(Some("i10377372"), locations)), ["closed-stores", "online"]);
    }

    #[test]
    fn holdings_on_the_web_make_a_serial_available_online() {
        let run = Holdings {
            location: Some(at("online-resource", Some("licensed-resources"))),
            ..Holdings::default()
        };
        assert!(is_online(&Record { holdings: vec![run], ..Record::default() }));
    }

    #[test]
    fn a_document_of_a_bare_record_has_every_list_and_no_optional_string() {
        let shown = work(Record::default(), None);
        for list in [
            "alternativeTitles",
            "contributors",
            "identifiers",
            "subjects",
            "genres",
            "items",
            "holdings",
            "availabilities",
            "production",
            "languages",
            "notes",
            "formerFrequency",
            "designation",
            "images",
            "parts",
            "partOf",
        ] {
            assert_eq!(shown[list], Value::Array(Vec::new()), "{list}");
        }
        assert_eq!(shown.get("description"), None);
        assert_eq!(shown.get("workType"), None);
        assert_eq!(shown.get("collection"), None);
    }
}
