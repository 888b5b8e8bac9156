//! How parts of records are shown: small JSON documents that works and images are made of.

use serde_json::{Map, Value};

use super::labels;
use super::minter::derived_from_label;
use super::relations::Related;
use super::source::{
    Access, Concept, Contributor, Genre, Holdings, Item, Location, Production, Record, Subject, Text,
};

/// An object of the given entries, in that order.
pub fn object<const N: usize>(entries: [(&str, Value); N]) -> Value {
    let mut object = Map::with_capacity(N);
    for (key, value) in entries {
        object.insert(key.to_owned(), value);
    }
    Value::Object(object)
}

/// A string value.
pub fn text(text: impl Into<String>) -> Value {
    Value::String(text.into())
}

/// A list of strings.
pub fn texts(list: Vec<Text>) -> Value {
    list.into_iter().map(text).collect()
}

/// A coded value: its id, its type and its label.
pub fn coded(id: &str, kind: &str, label: &str) -> Value {
    object([("id", text(id)), ("type", text(kind)), ("label", text(label))])
}

/// An entry that is only there if it has a value.
fn put(object: &mut Map<String, Value>, key: &str, value: Option<Value>) {
    if let Some(value) = value {
        object.insert(key.to_owned(), value);
    }
}

/// Something with a label and a type, and nothing else to say of it.
fn labelled(label: Text, kind: &str) -> Value {
    object([("label", text(label)), ("type", text(kind))])
}

/// A source identifier.
pub fn identifier(scheme: &str, value: impl Into<String>) -> Value {
    object([
        ("value", text(value)),
        ("type", text("Identifier")),
        ("identifierType", coded(scheme, "IdentifierType", labels::identifier_type(scheme))),
    ])
}

fn concept_identifiers(source: Option<&(Text, Text)>, label: &str) -> Value {
    let identifier = match source {
        Some((scheme, _)) if scheme.is_empty() || scheme == "?" => return Value::Array(Vec::new()),
        Some((scheme, value)) => identifier(scheme, &**value),
        None => identifier("label-derived", derived_from_label(label)),
    };
    Value::Array(vec![identifier])
}

/// A concept; images show it without its identifiers.
pub fn concept(concept: &Concept, with_identifiers: bool) -> Value {
    let mut shown = Map::with_capacity(4);
    if !concept.canonical.is_empty() {
        shown.insert("id".to_owned(), text(&concept.canonical));
    }
    shown.insert("label".to_owned(), text(&*concept.label));
    if with_identifiers {
        let identifiers = concept_identifiers(concept.source.as_ref(), &concept.label);
        shown.insert("identifiers".to_owned(), identifiers);
    }
    shown.insert("type".to_owned(), text(concept.kind.as_deref().unwrap_or("Concept")));
    Value::Object(shown)
}

/// A contributor.
pub fn contributor(contributor: &Contributor, with_identifiers: bool) -> Value {
    let roles = contributor.roles.iter().map(|role| labelled(role.clone(), "ContributionRole"));
    object([
        ("agent", concept(&contributor.agent, with_identifiers)),
        ("roles", roles.collect()),
        ("primary", Value::Bool(contributor.primary)),
        ("type", text("Contributor")),
    ])
}

/// A subject heading.
pub fn subject(subject: &Subject, with_identifiers: bool) -> Value {
    let mut shown = Map::with_capacity(5);
    if !subject.canonical.is_empty() {
        shown.insert("id".to_owned(), text(&subject.canonical));
    }
    shown.insert("label".to_owned(), text(&*subject.label));
    if with_identifiers {
        let identifiers = concept_identifiers(subject.source.as_ref(), &subject.label);
        shown.insert("identifiers".to_owned(), identifiers);
    }
    shown.insert("type".to_owned(), text("Subject"));
    let concepts = subject.concepts.iter().map(|part| concept(part, with_identifiers)).collect();
    shown.insert("concepts".to_owned(), concepts);
    Value::Object(shown)
}

/// A genre heading.
pub fn genre(genre: &Genre, with_identifiers: bool) -> Value {
    let first = || genre.concepts.first().map(|concept| concept.label.clone());
    let label = genre.label.clone().or_else(first).unwrap_or_default();
    let concepts = genre.concepts.iter().map(|part| concept(part, with_identifiers)).collect();
    object([("label", text(label)), ("concepts", concepts), ("type", text("Genre"))])
}

/// A language.
pub fn language(id: &str) -> Value {
    coded(id, "Language", labels::language(id))
}

/// A licence.
pub fn license(id: &str) -> Value {
    let (label, url) = labels::license(id);
    object([("id", text(id)), ("type", text("License")), ("label", text(label)), ("url", text(url))])
}

fn access(access: Access) -> Value {
    let mut shown = Map::with_capacity(5);
    let method = access.method.map(|id| coded(&id, "AccessMethod", labels::access_method(&id)));
    put(&mut shown, "method", method);
    let status = access.status.map(|id| coded(&id, "AccessStatus", labels::access_status(&id)));
    put(&mut shown, "status", status);
    put(&mut shown, "terms", access.terms.map(text));
    put(&mut shown, "note", access.note.map(text));
    shown.insert("type".to_owned(), text("AccessCondition"));
    Value::Object(shown)
}

/// A physical or digital location.
pub fn location(location: Location) -> Value {
    let mut shown = Map::with_capacity(8);
    let digital = location.is_digital();
    let kind = labels::location_type(&location.kind);
    shown.insert("locationType".to_owned(), coded(&location.kind, "LocationType", kind));
    if !digital {
        let label = location.label.map_or_else(|| text(kind), text);
        shown.insert("label".to_owned(), label);
    }
    put(&mut shown, "license", location.license.as_deref().map(license));
    put(&mut shown, "shelfmark", location.shelfmark.map(text));
    let conditions = location.access.into_iter().map(access).collect();
    shown.insert("accessConditions".to_owned(), conditions);
    put(&mut shown, "url", location.url.map(text));
    put(&mut shown, "linkText", location.text.map(text));
    put(&mut shown, "credit", location.credit.map(text));
    let kind = if digital { "DigitalLocation" } else { "PhysicalLocation" };
    shown.insert("type".to_owned(), text(kind));
    Value::Object(shown)
}

/// The thumbnail, under the licence of what it shows.
pub fn thumbnail(url: Text, licence: Option<&str>) -> Value {
    let mut shown = Map::with_capacity(5);
    let kind = coded("thumbnail-image", "LocationType", labels::location_type("thumbnail-image"));
    shown.insert("locationType".to_owned(), kind);
    put(&mut shown, "license", licence.map(license));
    shown.insert("accessConditions".to_owned(), Value::Array(Vec::new()));
    shown.insert("url".to_owned(), text(url));
    shown.insert("type".to_owned(), text("DigitalLocation"));
    Value::Object(shown)
}

/// An item.
pub fn item(item: Item) -> Value {
    let mut shown = Map::with_capacity(5);
    if !item.canonical.is_empty() {
        shown.insert("id".to_owned(), text(item.canonical));
    }
    let numbers = item.id.as_ref().map(super::merger::sierra_identifiers);
    let identifiers =
        numbers.into_iter().flatten().map(|(scheme, value)| identifier(&scheme, value)).collect();
    shown.insert("identifiers".to_owned(), identifiers);
    put(&mut shown, "title", item.title.map(text));
    shown.insert("locations".to_owned(), item.locations.into_iter().map(location).collect());
    shown.insert("type".to_owned(), text("Item"));
    Value::Object(shown)
}

/// A run of a serial.
pub fn holdings(holdings: Holdings) -> Value {
    let mut shown = Map::with_capacity(3);
    shown.insert("enumeration".to_owned(), texts(holdings.enumeration));
    put(&mut shown, "location", holdings.location.map(location));
    shown.insert("type".to_owned(), text("Holdings"));
    Value::Object(shown)
}

/// A production event.
pub fn production(event: Production) -> Value {
    let all = |list: Vec<Text>, kind| list.into_iter().map(|label| labelled(label, kind)).collect();
    let only_a_date = event.places.is_empty() && event.agents.is_empty() && event.dates.is_empty();
    let dates = if only_a_date { vec![event.label.clone()] } else { event.dates };
    let mut shown = Map::with_capacity(6);
    shown.insert("label".to_owned(), text(event.label));
    shown.insert("places".to_owned(), all(event.places, "Place"));
    shown.insert("agents".to_owned(), all(event.agents, "Agent"));
    shown.insert("dates".to_owned(), all(dates, "Period"));
    put(&mut shown, "function", event.function.map(|label| labelled(label, "Concept")));
    shown.insert("type".to_owned(), text("ProductionEvent"));
    Value::Object(shown)
}

/// A note.
pub fn note(kind: &str, contents: Vec<Text>) -> Value {
    let note_type = coded(kind, "NoteType", labels::note_type(kind));
    object([("contents", texts(contents)), ("noteType", note_type), ("type", text("Note"))])
}

/// A relative in a hierarchy, or a series without a record.
pub fn related(related: &Related) -> Value {
    let mut shown = Map::with_capacity(6);
    put(&mut shown, "id", related.id.as_ref().map(text));
    shown.insert("title".to_owned(), text(&*related.title));
    put(&mut shown, "referenceNumber", related.reference.as_deref().map(text));
    shown.insert("totalParts".to_owned(), related.total_parts.into());
    if related.id.is_some() {
        shown.insert("isAvailableOnline".to_owned(), Value::Bool(related.online));
    }
    shown.insert("type".to_owned(), text(&*related.kind));
    Value::Object(shown)
}

/// A work as its images show it.
pub fn image_source(record: &Record) -> Value {
    object([
        ("id", text(&*record.canonical)),
        ("title", text(record.title.as_deref().unwrap_or_default())),
        ("contributors", record.contributors.iter().map(|one| contributor(one, false)).collect()),
        ("languages", record.languages.iter().map(|id| language(id)).collect()),
        ("genres", record.genres.iter().map(|one| genre(one, false)).collect()),
        ("subjects", record.subjects.iter().map(|one| subject(one, false)).collect()),
        ("type", text("Work")),
    ])
}
