//! Generated source records, so that lists, counts and facets mean something.
//!
//! Every record follows from its number alone. None can be taken for a real one: titles say that they are invented,
//! and source numbers lie in a range that no real record uses.

use super::generate_archives;
use super::source::{
    Access, Concept, Contributor, Genre, Holdings, Item, Link, Location, Picture, Production, Record,
    Subject, System, Text,
};
use super::transformer::transform;
use super::words::{AGENTS, GENRES, LANGUAGES, LICENCES, PLACES, SUBJECTS, TITLES, pick};

/// How many works of the library are generated, some of them deleted or hidden. The catalogue is built when its
/// server starts, and the time that takes grows with this number.
const LIBRARY: u32 = 2000;

/// The generated records, in parts that know nothing of each other.
#[must_use]
pub fn parts() -> [fn() -> Vec<Record>; 3] {
    [|| library(0..LIBRARY / 2), || library(LIBRARY / 2..LIBRARY), generate_archives::records]
}

fn library(numbers: std::ops::Range<u32>) -> Vec<Record> {
    let mut records = Vec::with_capacity(numbers.len() * 2);
    for number in numbers {
        one(number, &mut records);
    }
    records.iter_mut().for_each(transform);
    records
}

/// The records of one work.
fn one(number: u32, records: &mut Vec<Record>) {
    match number % 20 {
        0..=6 => records.push(book(number, "a")),
        7..=9 => digitised_book(number, records),
        10..=11 => digital_only(number, pick(&["a", "l", "g", "i"], number), records),
        12..=14 => picture(number, records),
        15..=16 => records.push(licensed(number)),
        17 => records.push(miro(number, None)),
        18 => records.push(book(number, pick(&["d", "l", "w", "e"], number / 20))),
        _ => odd(number, records),
    }
}

/// What is gone, hidden, restricted or away.
fn odd(number: u32, records: &mut Vec<Record>) {
    match number / 20 % 4 {
        0 => records.push(Record { state: Some("deleted".into()), ..sierra(bib(number)) }),
        1 => records.push(mets(number, None)),
        2 => {
            let mut away = book(number, "a");
            away.items[0].locations[0].access = vec![condition("not-requestable", "temporarily-unavailable")];
            records.push(away);
        }
        _ => digital_only(number, "a", records),
    }
}

/// A number of a kind of record with its check digit, as Sierra makes them.
#[must_use]
pub fn numbered(prefix: char, number: u32) -> Text {
    let digits = (0..7).map(|place| number / 10_u32.pow(place) % 10);
    let sum: u32 = digits.zip(2..).map(|(digit, weight)| digit * weight).sum();
    match sum % 11 {
        10 => format!("{prefix}{number}x").into(),
        check => format!("{prefix}{number}{check}").into(),
    }
}

fn bib(number: u32) -> Text {
    numbered('b', 9_000_000 + number)
}

fn digital_bib(number: u32) -> Text {
    numbered('b', 9_500_000 + number)
}

fn sierra(id: Text) -> Record {
    Record { system: Some(System::Sierra), id, ..Record::default() }
}

/// A record with title, headings, date and language.
fn described(record: Record, number: u32, format: &'static str) -> Record {
    let contributors = if number.is_multiple_of(3) { Vec::new() } else { vec![contributor(number)] };
    Record {
        title: Some(title(number).into()),
        format: Some(format.into()),
        production: vec![production(number)],
        languages: vec![pick(LANGUAGES, number / 5).into()],
        contributors,
        subjects: vec![subject(pick(SUBJECTS, number / 2))],
        genres: if number.is_multiple_of(2) { vec![genre(pick(GENRES, number / 4))] } else { Vec::new() },
        ..record
    }
}

/// A title that can be taken for no other. A few name another work, as reviews and replies do: whoever searches for
/// that work finds them too, and must find it first.
fn title(number: u32) -> String {
    if number.is_multiple_of(250) {
        return format!("An invented reply to The secrets of alchemy, no. {number}");
    }
    let (thing, place) = (pick(TITLES, number / 3), pick(PLACES, number / 7));
    format!("{thing} {place}, no. {number}")
}

fn production(number: u32) -> Production {
    let year = format!("{}", 1500 + number * 37 % 524);
    if number.is_multiple_of(4) {
        let place = pick(PLACES, number);
        return Production {
            label: format!("{place}, {year}").into(),
            places: vec![place.into()],
            dates: vec![year.into()],
            ..Production::default()
        };
    }
    Production { label: year.into(), ..Production::default() }
}

fn contributor(number: u32) -> Contributor {
    let agent = Concept { label: pick(AGENTS, number / 2).into(), ..Concept::default() };
    Contributor { agent, primary: true, ..Contributor::default() }
}

/// A subject of one concept.
#[must_use]
pub fn subject(label: &'static str) -> Subject {
    let concept = Concept { label: label.into(), ..Concept::default() };
    Subject { label: label.into(), concepts: vec![concept], ..Subject::default() }
}

fn genre(label: &'static str) -> Genre {
    Genre { label: None, concepts: vec![Concept { label: label.into(), ..Concept::default() }] }
}

/// A condition of use.
#[must_use]
pub fn condition(method: &'static str, status: &'static str) -> Access {
    Access { method: Some(method.into()), status: Some(status.into()), ..Access::default() }
}

/// An item with a number on a shelf that can be asked for.
#[must_use]
pub fn shelved(number: u32, shelf: &'static str) -> Item {
    let method = if shelf == "open-shelves" { "open-shelves" } else { "online-request" };
    let location =
        Location { kind: shelf.into(), access: vec![condition(method, "open")], ..Location::default() };
    Item { id: Some(numbered('i', number)), locations: vec![location], ..Item::default() }
}

fn book(number: u32, format: &'static str) -> Record {
    let shelf = if number % 5 == 1 { "open-shelves" } else { "closed-stores" };
    let mut items = vec![shelved(9_000_000 + number, shelf)];
    if number % 9 == 4 {
        items.push(shelved(9_500_000 + number, "closed-stores"));
    }
    Record { items, ..described(sierra(bib(number)), number, format) }
}

/// A book, the record of its digital copy, and the copy.
fn digitised_book(number: u32, records: &mut Vec<Record>) {
    records.push(book(number, "a"));
    records.push(Record { links: vec![link(System::Sierra, bib(number))], ..sierra(digital_bib(number)) });
    records.push(mets(number, Some(digital_bib(number))));
}

fn digital_only(number: u32, format: &'static str, records: &mut Vec<Record>) {
    records.push(described(sierra(digital_bib(number)), number, format));
    records.push(mets(number, Some(digital_bib(number))));
}

fn link(system: System, id: Text) -> Link {
    Link(system, id, String::new())
}

/// A digital copy; one in seven behind an advisory, one in eleven restricted.
fn mets(number: u32, of: Option<Text>) -> Record {
    let status = match number {
        number if number % 20 == 19 || number % 11 == 3 => "restricted",
        number if number % 7 == 2 => "open-with-advisory",
        _ => "open",
    };
    let id = digital_bib(number);
    let location = Location {
        kind: "iiif-presentation".into(),
        license: Some(pick(LICENCES, number / 2).into()),
        access: vec![condition("view-online", status)],
        ..Location::default()
    };
    Record {
        system: Some(System::Mets),
        thumbnail: (status == "open").then(|| format!("{id}_0001.jp2").into()),
        items: vec![Item { locations: vec![location], ..Item::default() }],
        links: of.into_iter().map(|bib| link(System::Sierra, bib)).collect(),
        id,
        ..Record::default()
    }
}

/// A picture and its image in the image library.
fn picture(number: u32, records: &mut Vec<Record>) {
    records.push(Record {
        items: vec![shelved(9_000_000 + number, "closed-stores")],
        identifiers: vec![("iconographic-number".into(), format!("9{number:06}i").into())],
        reference: Some(format!("9{number:06}i").into()),
        ..described(sierra(bib(number)), number, "k")
    });
    records.push(miro(number, Some(bib(number))));
}

/// An image of the image library, of a work or alone.
fn miro(number: u32, of: Option<Text>) -> Record {
    let id: Text = format!("G{number:07}").into();
    let location = Location {
        kind: "iiif-image".into(),
        license: Some(pick(LICENCES, number / 3).into()),
        credit: Some("Nobody in particular".into()),
        access: vec![condition("view-online", "open")],
        ..Location::default()
    };
    let image = Picture {
        file: id.clone(),
        aspect: Some(f64::from(50 + number % 150) / 100.0),
        colour: Some(format!("#{:06x}", number.wrapping_mul(2_654_435_761) >> 8).into()),
        ..Picture::default()
    };
    let bare = Record { system: Some(System::Miro), id, ..Record::default() };
    let record = if of.is_some() { bare } else { described(bare, number, "q") };
    Record {
        items: vec![Item { locations: vec![location], ..Item::default() }],
        images: vec![image],
        links: of.into_iter().map(|bib| link(System::Sierra, bib)).collect(),
        ..record
    }
}

/// A licensed journal or book on the web.
fn licensed(number: u32) -> Record {
    let location = Location {
        kind: "online-resource".into(),
        url: Some(format!("https://resolver.example.org/{number}").into()),
        text: Some("View resource".into()),
        access: vec![condition("view-online", "licensed-resources")],
        ..Location::default()
    };
    let enumeration = vec![format!("Full text available: {}-", 1900 + number % 120).into()];
    let record =
        Record { system: Some(System::Ebsco), id: format!("ebs9{number:07}e").into(), ..Record::default() };
    Record {
        holdings: vec![Holdings { enumeration, location: Some(location) }],
        ..described(record, number, if number.is_multiple_of(2) { "j" } else { "v" })
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case('b', 1_519_298, "b15192982")]
    #[case('b', 1_527_178, "b1527178x")]
    #[case('i', 1_745_480, "i17454803")]
    fn numbers_end_in_the_check_digit_of_sierra(
        #[case] prefix: char,
        #[case] number: u32,
        #[case] expected: &str,
    ) {
        assert_eq!(numbered(prefix, number), expected);
    }

    #[test]
    fn the_same_number_makes_the_same_records() {
        assert_eq!(format!("{:?}", library(0..40)), format!("{:?}", library(0..40)));
    }
}
