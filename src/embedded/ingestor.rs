//! The ingestor: turns a merged record into the document that the API shows, with every include.

use serde_json::{Map, Value};

use super::display::{self, object, text, texts};
use super::labels;
use super::relations::{Relations, series};
use super::source::{Location, Record, System, Text};

/// The display document of a work.
#[must_use]
pub fn work(mut record: Record, relations: Option<&Relations>) -> Value {
    let archive = record.system == Some(System::Calm);
    let availabilities = availabilities(&record);
    let licence = digital_licence(&record);
    let mut shown = Map::with_capacity(30);
    describe(&mut shown, &mut record);
    let put = |shown: &mut Map<String, Value>, key: &str, value| shown.insert(key.to_owned(), value);
    let identifiers = record.identifiers.drain(..);
    let identifiers = identifiers.map(|(scheme, value)| display::identifier(&scheme, value)).collect();
    put(&mut shown, "identifiers", identifiers);
    head(&mut shown, &record);
    if let Some(url) = record.thumbnail.take() {
        put(&mut shown, "thumbnail", display::thumbnail(url, licence.as_deref()));
    }
    put(&mut shown, "items", record.items.into_iter().map(display::item).collect());
    put(&mut shown, "holdings", record.holdings.into_iter().map(display::holdings).collect());
    let availabilities = availabilities.into_iter();
    let coded = |id| display::coded(id, "Availability", labels::availability(id));
    put(&mut shown, "availabilities", availabilities.map(coded).collect());
    put(&mut shown, "production", record.production.into_iter().map(display::production).collect());
    put(&mut shown, "languages", record.languages.iter().map(|id| display::language(id)).collect());
    let notes = record.notes.into_iter().map(|(kind, contents)| display::note(&kind, contents));
    put(&mut shown, "notes", notes.collect());
    put(&mut shown, "formerFrequency", texts(record.frequency));
    put(&mut shown, "designation", texts(record.designation));
    let images = record.images.iter().map(|picture| image(&picture.canonical)).collect();
    put(&mut shown, "images", images);
    relate(&mut shown, relations, record.series);
    put(&mut shown, "type", text(record.kind.unwrap_or(Text::Borrowed("Work"))));
    if archive {
        place_in_archive(&mut shown, relations, record.reference.as_deref());
    }
    Value::Object(shown)
}

/// Identity, titles and the strings that describe the thing.
fn describe(shown: &mut Map<String, Value>, record: &mut Record) {
    shown.insert("id".to_owned(), text(&*record.canonical));
    shown.insert("title".to_owned(), text(record.title.take().unwrap_or_default()));
    shown.insert("alternativeTitles".to_owned(), texts(std::mem::take(&mut record.alternative)));
    let optional = [
        ("referenceNumber", record.reference.clone()),
        ("description", record.description.take()),
        ("physicalDescription", record.physical.take()),
        ("lettering", record.lettering.take()),
        ("edition", record.edition.take()),
    ];
    for (key, value) in optional {
        if let Some(value) = value {
            shown.insert(key.to_owned(), text(value));
        }
    }
    if let Some(format) = &record.format {
        let format = display::coded(format, "Format", labels::format(format));
        shown.insert("workType".to_owned(), format);
    }
}

/// The headings.
fn head(shown: &mut Map<String, Value>, record: &Record) {
    let contributors = record.contributors.iter().map(|one| display::contributor(one, true)).collect();
    shown.insert("contributors".to_owned(), contributors);
    let subjects = record.subjects.iter().map(|one| display::subject(one, true)).collect();
    shown.insert("subjects".to_owned(), subjects);
    let genres = record.genres.iter().map(|one| display::genre(one, true)).collect();
    shown.insert("genres".to_owned(), genres);
}

fn image(id: &str) -> Value {
    object([("id", text(id)), ("type", text("Image"))])
}

fn relate(shown: &mut Map<String, Value>, relations: Option<&Relations>, titles: Vec<Text>) {
    let parts = relations.map(|relations| relations.parts.as_slice()).unwrap_or_default();
    shown.insert("parts".to_owned(), parts.iter().map(display::related).collect());
    let ancestors = relations.map(|relations| relations.part_of.as_slice()).unwrap_or_default();
    let series = series(titles);
    let part_of = ancestors.iter().chain(&series).map(display::related).collect();
    shown.insert("partOf".to_owned(), part_of);
}

/// The collection that an archive work belongs to, and the category of the archive where it is known.
fn place_in_archive(
    shown: &mut Map<String, Value>,
    relations: Option<&Relations>,
    reference: Option<&str>,
) {
    let Some(relations) = relations else { return };
    let above = relations.part_of.last();
    if let Some(root) = above.or(relations.itself.as_ref()) {
        let mut collection = Map::with_capacity(2);
        collection.insert("root".to_owned(), display::related(root));
        if above.is_none() {
            collection.insert("isRoot".to_owned(), Value::Bool(true));
        }
        shown.insert("collection".to_owned(), Value::Object(collection));
    }
    if let Some((id, label)) = reference.and_then(labels::archive_category) {
        let category = display::coded(id, "ArchiveCategory", label);
        shown.insert("archive".to_owned(), object([("category", category)]));
    }
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
            let mut statuses = location.access.iter().filter_map(|access| access.status.as_deref()).peekable();
            (statuses.peek().is_none() || statuses.any(may_be_seen)).then_some("online")
        }
        _ => Some("closed-stores"),
    }
}

fn digital_licence(record: &Record) -> Option<Text> {
    let locations = record.items.iter().flat_map(|item| &item.locations);
    let of_items = locations.filter(|location| location.is_digital()).find_map(|location| location.license.clone());
    let of_pictures = || record.images.first()?.locations.first()?.license.clone();
    of_items.or_else(of_pictures)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;
    use crate::embedded::source::{Access, Holdings, Item};

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
        let run = Holdings { location: Some(at("online-resource", Some("licensed-resources"))), ..Holdings::default() };
        assert!(is_online(&Record { holdings: vec![run], ..Record::default() }));
    }

    #[test]
    fn a_document_of_a_bare_record_has_every_list_and_no_optional_string() {
        let shown = work(Record::default(), None);
        for list in [
            "alternativeTitles", "contributors", "identifiers", "subjects", "genres", "items", "holdings",
            "availabilities", "production", "languages", "notes", "formerFrequency", "designation", "images",
            "parts", "partOf",
        ] {
            assert_eq!(shown[list], Value::Array(Vec::new()), "{list}");
        }
        assert_eq!(shown.get("description"), None);
        assert_eq!(shown.get("workType"), None);
        assert_eq!(shown.get("collection"), None);
    }
}
