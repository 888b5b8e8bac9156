//! Plain words for places in records, for people who read no code.

use super::path::{Pattern, segments, split};

/// What is found at a place, in words, and whether they speak of many.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Thing {
    pub words: String,
    pub is_many: bool,
}

/// Whether words speak of one thing or of many.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Number {
    One,
    Many,
}
use Number::{Many, One};

/// Stands, in words, for what tells an entry apart: `{}` of `identifiers[identifierType.id=mets]` is `mets`.
const MARK: &str = "{}";

/// What is found at a place and within it, for readers of the website, by patterns; the first that fits. Words with `{}`
/// fit only an entry that something tells apart.
const THINGS: &[(&str, Number, &str)] = &[
    ("status", One, "the page"),
    ("location", One, "the page that an old address leads to"),
    ("items[].locations[type=DigitalLocation].license", One, "the licence of the digitised copy"),
    (
        "items[].locations[type=DigitalLocation].accessConditions",
        Many,
        "the access conditions of the digitised copy",
    ),
    ("items[].locations[type=DigitalLocation].type", One, "the mark “can be viewed online”"),
    ("items[].locations[type=PhysicalLocation].type", One, "the mark “is on a shelf”"),
    ("items[].locations[type=DigitalLocation].url", One, "the address of the digitised copy"),
    ("items[].locations[type=DigitalLocation]", One, "the digitised copy"),
    (
        "items[].locations[type=PhysicalLocation].accessConditions",
        Many,
        "the access conditions in the library",
    ),
    ("items[].locations[type=PhysicalLocation]", One, "the place in the library"),
    ("items[].locations[].license", One, "the licence of a copy"),
    ("items[].locations[].accessConditions", Many, "the access conditions of a copy"),
    ("items[].id", One, "the number that requests are made with"),
    ("items", Many, "the copies that can be viewed or requested"),
    ("availabilities[id=online]", One, "the mark “available online”"),
    ("availabilities[id=closed-stores]", One, "the mark “in closed stores”"),
    ("availabilities[id=open-shelves]", One, "the mark “on open shelves”"),
    ("availabilities[]", One, "the mark “{}” of availability"),
    ("availabilities", Many, "the marks of availability"),
    ("thumbnail", One, "the thumbnail"),
    ("partOf", One, "the link to the collection above"),
    ("parts[].isAvailableOnline", One, "the mark of which parts can be viewed online"),
    ("parts", Many, "the links to the parts below"),
    ("totalParts", One, "the number of parts"),
    ("archive", One, "the link to the archive"),
    ("collection", One, "the link to the collection"),
    ("workType", One, "the kind of material"),
    ("title", One, "the title"),
    ("alternativeTitles", Many, "the other titles"),
    ("description", One, "the description"),
    ("physicalDescription", One, "the physical description"),
    ("referenceNumber", One, "the reference number"),
    ("lettering", One, "the lettering"),
    ("contributors", Many, "the contributors"),
    ("subjects", Many, "the subjects"),
    ("genres", Many, "the genres"),
    ("production", One, "the place and date of making"),
    ("languages", Many, "the languages"),
    ("notes[]", Many, "the notes of the kind “{}”"),
    ("notes", Many, "the notes"),
    ("identifiers[]", One, "the identifier “{}”"),
    ("identifiers", Many, "the identifiers of other systems"),
    ("holdings", Many, "the holdings of the library"),
    ("images", Many, "the pictures"),
    ("id", One, "the number in the address"),
    ("edition", One, "the edition"),
    ("duration", One, "the duration"),
    ("results[]", One, "some of what is found"),
    ("totalResults", One, "how much is found"),
    ("totalPages", One, "the number of pages"),
    ("nextPage", One, "the link to the next page"),
    ("prevPage", One, "the link to the page before"),
    ("aggregations.workType", Many, "the counts by kind of material"),
    ("aggregations.availabilities", Many, "the counts by availability"),
    ("aggregations.languages", Many, "the counts by language"),
    ("aggregations.genres", Many, "the counts by genre"),
    ("aggregations.subjects", Many, "the counts by subject"),
    ("aggregations.contributors", Many, "the counts by contributor"),
    ("aggregations.locations.license", Many, "the counts by licence"),
    ("aggregations.items.locations.license", Many, "the counts by licence"),
    ("aggregations.license", Many, "the counts by licence"),
    ("aggregations.production", Many, "the counts by date"),
    ("aggregations", Many, "the counts beside a search"),
    ("locations[].license", One, "the licence of the picture"),
    ("locations[].accessConditions", Many, "the access conditions of the picture"),
    ("locations", One, "the picture itself"),
    ("source", One, "the work that a picture is from"),
];

/// What is found at a place; the field that it is named after, if there are no words for it.
pub(super) fn thing(path: &str) -> Thing {
    // A record in a list of results is described like any other.
    let within = path.strip_prefix("results[].").unwrap_or(path);
    let place: Vec<&str> = segments(within).collect();
    let last = place.last().map_or(path, |last| split(last).0);
    let fits = |of: &str| Pattern::parse(of).is_ok_and(|pattern| pattern.matches(within));
    let found = THINGS.iter().filter(|(of, ..)| fits(of)).find_map(|(of, number, words)| {
        let depth = segments(of).count();
        Some((depth, *number, marked(words, place.get(depth - 1)?)?))
    });
    let Some((depth, number, words)) = found else {
        return Thing { words: format!("the field “{last}”"), is_many: false };
    };
    let is_many = number == Many;
    // The label of a thing is what it is called, and not the thing.
    if last == "label" && place.len() > depth {
        let name = if is_many { "the names of" } else { "the name of" };
        return Thing { words: format!("{name} {words}"), is_many };
    }
    Thing { words, is_many }
}

/// The words, with what tells an entry apart in the place of `{}`; `None` if nothing does.
fn marked(words: &str, segment: &str) -> Option<String> {
    if !words.contains(MARK) {
        return Some(words.to_owned());
    }
    let (_, mark) = split(segment).1?.strip_suffix(']')?.split_once('=')?;
    Some(words.replace(MARK, mark))
}
