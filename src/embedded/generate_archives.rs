//! Generated archives: collections with sections, series and files, some of them digitised.

use super::generate::{condition, numbered, shelved, subject};
use super::source::{Item, Link, Location, Production, Record, System, Text};
use super::transformer::transform;
use super::words::{ARCHIVE_CATEGORIES, FILES, PEOPLE, SECTIONS, SUBJECTS, pick};

const COLLECTIONS: u32 = 12;
const SECTIONS_EACH: u32 = 2;
const FILES_EACH: u32 = 6;

/// The records of all archives.
#[must_use]
pub fn records() -> Vec<Record> {
    let mut records = Vec::new();
    for number in 0..COLLECTIONS {
        collection(number, &mut records);
    }
    records.iter_mut().for_each(transform);
    records
}

fn collection(number: u32, records: &mut Vec<Record>) {
    let category = pick(ARCHIVE_CATEGORIES, number);
    let root = format!("{category}/GEN{number}");
    let title = format!("Invented papers of {}", pick(PEOPLE, number));
    let subjects = vec![subject(pick(SUBJECTS, number))];
    records.push(Record { kind: Some("Collection".into()), subjects, ..calm(&root, None, title) });
    for place in 0..SECTIONS_EACH {
        let section = format!("{root}/{}", pick(&["A", "B"], place));
        let kind = Some(pick(&["Section", "Series"], place).into());
        let title = pick(SECTIONS, number + place).to_owned();
        records.push(Record { kind, ..calm(&section, Some(root.clone()), title) });
        for file in 0..FILES_EACH {
            let unique = (number * SECTIONS_EACH + place) * FILES_EACH + file;
            add_file(&section, file, unique, records);
        }
    }
}

fn calm(reference: &str, parent: Option<String>, title: String) -> Record {
    let reference: Text = reference.to_owned().into();
    Record {
        system: Some(System::Calm),
        id: reference.clone(),
        identifiers: vec![("calm-altref-no".into(), reference.clone())],
        reference: Some(reference),
        parent: parent.map(Into::into),
        title: Some(title.into()),
        format: Some("h".into()),
        ..Record::default()
    }
}

/// A file: its archive record, the Sierra record of its box, and for one in three a digital copy.
fn add_file(section: &str, place: u32, unique: u32, records: &mut Vec<Record>) {
    let reference = format!("{section}/{}", place + 1);
    let title = format!("{}, file {unique}", pick(FILES, unique));
    let date = Production { label: format!("{}", 1850 + unique % 150).into(), ..Production::default() };
    let bib = numbered('b', 9_800_000 + unique);
    records.push(Record { production: vec![date], ..calm(&reference, Some(section.to_owned()), title) });
    records.push(Record {
        system: Some(System::Sierra),
        id: bib.clone(),
        items: vec![shelved(9_800_000 + unique, "closed-stores")],
        links: vec![Link(System::Calm, reference.into(), String::new())],
        ..Record::default()
    });
    if unique.is_multiple_of(3) {
        records.push(copy(bib, unique));
    }
}

fn copy(bib: Text, unique: u32) -> Record {
    let status = pick(&["open", "open-with-advisory", "closed"], unique / 3);
    let location = Location {
        kind: "iiif-presentation".into(),
        license: Some(pick(&["inc", "cc-by-nc"], unique / 3).into()),
        access: vec![condition("view-online", status)],
        ..Location::default()
    };
    Record {
        system: Some(System::Mets),
        items: vec![Item { locations: vec![location], ..Item::default() }],
        links: vec![Link(System::Sierra, bib.clone(), String::new())],
        id: bib,
        ..Record::default()
    }
}
