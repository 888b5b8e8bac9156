//! How parts of records are shown: small JSON documents that works and images are made of.

use serde_json::Value;

use super::labels;
use super::memo::{known, object};
use super::minter::derived_from_label;
use super::relations::Related;
use super::source::{
    Access, Concept, Contributor, Genre, Holdings, Item, Location, Production, Record, Subject, Text,
};

/// A string value.
pub fn text(text: impl Into<String>) -> Value {
    Value::String(text.into())
}

/// A list of strings.
pub fn texts(list: Vec<Text>) -> Value {
    list.into_iter().map(text).collect()
}

/// The value of `type`.
fn kind(kind: &str) -> (&'static str, Option<Value>) {
    ("type", Some(text(kind)))
}

/// A coded value: its id, its type and its label.
pub fn coded(id: &str, type_name: &'static str, label: &str) -> Value {
    known(type_name, id, || {
        object("coded", [("id", Some(text(id))), kind(type_name), ("label", Some(text(label)))])
    })
}

/// Something with a label and a type, and nothing else to say of it.
fn labelled(label: Text, type_name: &str) -> Value {
    object("labelled", [("label", Some(text(label))), kind(type_name)])
}

/// A source identifier.
pub fn identifier(scheme: &str, value: impl Into<String>) -> Value {
    let scheme = coded(scheme, "IdentifierType", labels::identifier_type(scheme));
    let value = Some(text(value));
    object("Identifier", [("value", value), kind("Identifier"), ("identifierType", Some(scheme))])
}

fn concept_identifiers(source: Option<&(Text, Text)>, label: &str) -> Value {
    let identifier = match source {
        Some((scheme, _)) if scheme.is_empty() || scheme == "?" => return Value::Array(Vec::new()),
        Some((scheme, value)) => identifier(scheme, &**value),
        None => identifier("label-derived", derived_from_label(label)),
    };
    Value::Array(vec![identifier])
}

fn id(canonical: &str) -> (&'static str, Option<Value>) {
    ("id", (!canonical.is_empty()).then(|| text(canonical)))
}

/// A concept; images show it without its identifiers.
pub fn concept(concept: &Concept, with_identifiers: bool) -> Value {
    let identifiers = || concept_identifiers(concept.source.as_ref(), &concept.label);
    object(
        "concept",
        [
            id(&concept.canonical),
            ("label", Some(text(&*concept.label))),
            ("identifiers", with_identifiers.then(identifiers)),
            kind(concept.kind.as_deref().unwrap_or("Concept")),
        ],
    )
}

/// A contributor.
pub fn contributor(contributor: &Contributor, with_identifiers: bool) -> Value {
    let roles = contributor.roles.iter().map(|role| labelled(role.clone(), "ContributionRole"));
    object(
        "Contributor",
        [
            ("agent", Some(concept(&contributor.agent, with_identifiers))),
            ("roles", Some(roles.collect())),
            ("primary", Some(Value::Bool(contributor.primary))),
            kind("Contributor"),
        ],
    )
}

/// A subject heading.
pub fn subject(subject: &Subject, with_identifiers: bool) -> Value {
    let identifiers = || concept_identifiers(subject.source.as_ref(), &subject.label);
    let concepts = subject.concepts.iter().map(|part| concept(part, with_identifiers)).collect();
    object(
        "Subject",
        [
            id(&subject.canonical),
            ("label", Some(text(&*subject.label))),
            ("identifiers", with_identifiers.then(identifiers)),
            kind("Subject"),
            ("concepts", Some(concepts)),
        ],
    )
}

/// A genre heading.
pub fn genre(genre: &Genre, with_identifiers: bool) -> Value {
    let first = || genre.concepts.first().map(|concept| concept.label.clone());
    let label = genre.label.clone().or_else(first).unwrap_or_default();
    let concepts = genre.concepts.iter().map(|part| concept(part, with_identifiers)).collect();
    object("Genre", [("label", Some(text(label))), ("concepts", Some(concepts)), kind("Genre")])
}

/// A language.
pub fn language(id: &str) -> Value {
    coded(id, "Language", labels::language(id))
}

/// A licence.
pub fn license(id: &str) -> Value {
    known("License", id, || {
        let (label, url) = labels::license(id);
        let (label, url) = (Some(text(label)), Some(text(url)));
        object("License", [("id", Some(text(id))), kind("License"), ("label", label), ("url", url)])
    })
}

fn access(access: Access) -> Value {
    let method = access.method.map(|id| coded(&id, "AccessMethod", labels::access_method(&id)));
    let status = access.status.map(|id| coded(&id, "AccessStatus", labels::access_status(&id)));
    object(
        "AccessCondition",
        [
            ("method", method),
            ("status", status),
            ("terms", access.terms.map(text)),
            ("note", access.note.map(text)),
            kind("AccessCondition"),
        ],
    )
}

/// A physical or digital location.
pub fn location(location: Location) -> Value {
    let digital = location.is_digital();
    let place = labels::location_type(&location.kind);
    let label = || location.label.map_or_else(|| text(place), text);
    object(
        "location",
        [
            ("locationType", Some(coded(&location.kind, "LocationType", place))),
            ("label", (!digital).then(label)),
            ("license", location.license.as_deref().map(license)),
            ("shelfmark", location.shelfmark.map(text)),
            ("accessConditions", Some(location.access.into_iter().map(access).collect())),
            ("url", location.url.map(text)),
            ("linkText", location.text.map(text)),
            ("credit", location.credit.map(text)),
            kind(if digital { "DigitalLocation" } else { "PhysicalLocation" }),
        ],
    )
}

/// The thumbnail, under the licence of what it shows.
pub fn thumbnail(url: Text, licence: Option<&str>) -> Value {
    let place = coded("thumbnail-image", "LocationType", labels::location_type("thumbnail-image"));
    object(
        "thumbnail",
        [
            ("locationType", Some(place)),
            ("license", licence.map(license)),
            ("accessConditions", Some(Value::Array(Vec::new()))),
            ("url", Some(text(url))),
            kind("DigitalLocation"),
        ],
    )
}

/// An item.
pub fn item(item: Item) -> Value {
    let numbers = item.id.as_ref().map(super::merger::sierra_identifiers).into_iter().flatten();
    let identifiers = numbers.map(|(scheme, value)| identifier(&scheme, value)).collect();
    object(
        "Item",
        [
            id(&item.canonical),
            ("identifiers", Some(identifiers)),
            ("title", item.title.map(text)),
            ("locations", Some(item.locations.into_iter().map(location).collect())),
            kind("Item"),
        ],
    )
}

/// A run of a serial.
pub fn holdings(holdings: Holdings) -> Value {
    let enumeration = Some(texts(holdings.enumeration));
    let location = holdings.location.map(location);
    object("Holdings", [("enumeration", enumeration), ("location", location), kind("Holdings")])
}

/// A production event.
pub fn production(event: Production) -> Value {
    let all = |list: Vec<Text>, kind| Some(list.into_iter().map(|label| labelled(label, kind)).collect());
    let only_a_date = event.places.is_empty() && event.agents.is_empty() && event.dates.is_empty();
    let dates = if only_a_date { vec![event.label.clone()] } else { event.dates };
    object(
        "ProductionEvent",
        [
            ("label", Some(text(event.label))),
            ("places", all(event.places, "Place")),
            ("agents", all(event.agents, "Agent")),
            ("dates", all(dates, "Period")),
            ("function", event.function.map(|label| labelled(label, "Concept"))),
            kind("ProductionEvent"),
        ],
    )
}

/// A note.
pub fn note(note_kind: &str, contents: Vec<Text>) -> Value {
    let note_type = coded(note_kind, "NoteType", labels::note_type(note_kind));
    object("Note", [("contents", Some(texts(contents))), ("noteType", Some(note_type)), kind("Note")])
}

/// A relative in a hierarchy, or a series without a record.
pub fn related(related: &Related) -> Value {
    object(
        "related",
        [
            ("id", related.id.as_ref().map(text)),
            ("title", Some(text(&*related.title))),
            ("referenceNumber", related.reference.as_deref().map(text)),
            ("totalParts", Some(related.total_parts.into())),
            ("isAvailableOnline", related.id.is_some().then_some(Value::Bool(related.online))),
            kind(&related.kind),
        ],
    )
}

/// A work as its images show it.
pub fn image_source(record: &Record) -> Value {
    object(
        "source",
        [
            ("id", Some(text(&*record.canonical))),
            ("title", Some(text(record.title.as_deref().unwrap_or_default()))),
            ("contributors", Some(record.contributors.iter().map(|one| contributor(one, false)).collect())),
            ("languages", Some(record.languages.iter().map(|id| language(id)).collect())),
            ("genres", Some(record.genres.iter().map(|one| genre(one, false)).collect())),
            ("subjects", Some(record.subjects.iter().map(|one| subject(one, false)).collect())),
            kind("Work"),
        ],
    )
}
