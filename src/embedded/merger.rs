//! The merger: makes one work of the records of a group, and redirects of the rest.
//!
//! The target is the first of: a TEI description, an archive record, a Sierra record with physical items, any Sierra
//! record, anything else. It takes over identifiers, items, pictures and the thumbnail of the others. A METS file
//! that nothing takes in is kept, but not shown.

use super::source::{Item, Location, Record, System, Text};
use super::transformer::thumbnail_address;

/// What became of a record.
#[derive(Debug, Clone)]
pub enum Outcome {
    /// It is a work, with what it took over from others.
    Visible(Box<Record>),
    /// It went into another work.
    Redirected {
        /// Its own canonical id.
        from: String,
        /// That of the other work.
        to: String,
    },
    /// It is kept but not shown.
    Invisible(String),
    /// Its source system took it away.
    Deleted(String),
}

/// Merges one group.
#[must_use]
pub fn merge(group: Vec<Record>) -> Vec<Outcome> {
    let (gone, mut records): (Vec<_>, Vec<_>) = group.into_iter().partition(|record| record.state.is_some());
    let mut outcomes: Vec<_> = gone.into_iter().map(|record| Outcome::Deleted(record.canonical)).collect();
    if records.is_empty() {
        return outcomes;
    }
    let mut target = records.remove(target_of(&records));
    if records.is_empty() && target.system == Some(System::Mets) {
        outcomes.push(Outcome::Invisible(target.canonical));
        return outcomes;
    }
    own_identifiers(&mut target);
    own_thumbnail(&mut target);
    outcomes.extend(
        records.iter().map(|record| Outcome::Redirected {
            from: record.canonical.clone(),
            to: target.canonical.clone(),
        }),
    );
    take_over(&mut target, records);
    outcomes.push(Outcome::Visible(Box::new(target)));
    outcomes
}

/// The place of the record that the others go into.
fn target_of(records: &[Record]) -> usize {
    let rank = |record: &Record| match record.system {
        Some(System::Tei) => 0,
        Some(System::Calm) => 1,
        Some(System::Sierra) if !record.items.is_empty() => 2,
        // Of two Sierra records without items, the digital copy is the one that asks to be merged.
        Some(System::Sierra) if record.links.is_empty() => 3,
        Some(System::Sierra) => 4,
        Some(System::Miro | System::Ebsco) => 5,
        _ => 6,
    };
    (0..records.len()).min_by_key(|&at| rank(&records[at])).unwrap_or_default()
}

/// Puts the identifiers that follow from the key before the others.
fn own_identifiers(record: &mut Record) {
    if record.id.starts_with('?') {
        return;
    }
    let mut identifiers: Vec<(Text, Text)> = Vec::with_capacity(record.identifiers.len() + 2);
    match record.system {
        Some(System::Sierra) => identifiers.extend(sierra_identifiers(&record.id)),
        Some(System::Mets) => identifiers.push(("mets".into(), record.id.clone())),
        Some(System::Miro) => identifiers.push(("miro-image-number".into(), record.id.clone())),
        Some(System::Ebsco) => identifiers.push(("ebsco-alt-lookup".into(), record.id.clone())),
        // Archive records list theirs, and the key is only one of them.
        _ => {}
    }
    identifiers.append(&mut record.identifiers);
    record.identifiers = identifiers;
}

/// A Sierra number with and without its prefix and check digit.
#[must_use]
pub fn sierra_identifiers(number: &Text) -> [(Text, Text); 2] {
    let bare = number.get(1..8).unwrap_or_default().to_owned();
    [("sierra-system-number".into(), number.clone()), ("sierra-identifier".into(), bare.into())]
}

fn own_thumbnail(record: &mut Record) {
    let Some(system) = record.system else { return };
    let file = match system {
        System::Miro => Some(&record.id).filter(|id| !id.starts_with('?')),
        _ => record.thumbnail.as_ref(),
    };
    record.thumbnail = file.map(|file| thumbnail_address(system, file).into());
}

fn take_over(target: &mut Record, others: Vec<Record>) {
    let pictures = others.iter().filter(|record| record.system == Some(System::Miro)).count();
    let digitised = others.iter().any(|record| record.system == Some(System::Mets));
    let joinable = target.system == Some(System::Sierra) && target.items.len() == 1;
    // Digital copies come last, so that the items they join are already there.
    let (digital, physical): (Vec<_>, Vec<_>) =
        others.into_iter().partition(|record| matches!(record.system, Some(System::Mets | System::Miro)));
    for other in physical {
        take_from_catalogue(target, other);
    }
    for mut other in digital {
        own_identifiers(&mut other);
        own_thumbnail(&mut other);
        let miro = other.system == Some(System::Miro);
        let archive = target.system == Some(System::Calm);
        if (miro && pictures == 1) || (!miro && archive) {
            target.identifiers.append(&mut other.identifiers);
        }
        target.images.append(&mut other.images);
        target.thumbnail = target.thumbnail.take().or(other.thumbnail);
        let superseded = miro && (pictures > 1 || (digitised && !archive));
        if !superseded {
            take_locations(target, other.items, joinable);
        }
    }
}

/// Takes over from a Sierra or archive record; its items replace those that an archive record claims.
fn take_from_catalogue(target: &mut Record, mut other: Record) {
    own_identifiers(&mut other);
    target.identifiers.append(&mut other.identifiers);
    target.images.append(&mut other.images);
    if target.system == Some(System::Calm) && !other.items.is_empty() {
        target.items.clear();
    }
    target.items.append(&mut other.items);
    target.holdings.append(&mut other.holdings);
}

/// The digital copy of a single item joins it; any other is an item of its own.
fn take_locations(target: &mut Record, items: Vec<Item>, joinable: bool) {
    if let ([only], true) = (target.items.as_mut_slice(), joinable) {
        let locations: Vec<Location> = items.into_iter().flat_map(|item| item.locations).collect();
        only.locations.extend(locations);
    } else {
        target.items.extend(items);
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;
    use crate::source::{Link, Picture};

    fn record(system: System, id: &'static str) -> Record {
        Record { system: Some(system), canonical: format!("work-{id}"), id: id.into(), ..Record::default() }
    }

    fn with_items(mut record: Record, kinds: &[&'static str]) -> Record {
        record.items = kinds
            .iter()
            .map(|kind| Item {
                locations: vec![Location { kind: (*kind).into(), ..Location::default() }],
                ..Item::default()
            })
            .collect();
        record
    }

    fn sierra(items: usize) -> Record {
        with_items(record(System::Sierra, "b10319402"), &["closed-stores", "closed-stores"][..items])
    }

    fn mets() -> Record {
        with_items(record(System::Mets, "b29291434"), &["iiif-presentation"])
    }

    fn miro(id: &'static str) -> Record {
        let mut miro = with_items(record(System::Miro, id), &["iiif-image"]);
        miro.images = vec![Picture { file: id.into(), ..Picture::default() }];
        miro
    }

    fn ebib() -> Record {
        let mut ebib = record(System::Sierra, "b29291434");
        ebib.canonical = "work-ebib".to_owned();
        ebib.links = vec![Link(System::Sierra, "b10319402".into(), String::new())];
        ebib
    }

    fn calm() -> Record {
        with_items(record(System::Calm, "GC/1"), &["closed-stores"])
    }

    fn visible(outcomes: &[Outcome]) -> &Record {
        let works: Vec<_> = outcomes
            .iter()
            .filter_map(|outcome| if let Outcome::Visible(record) = outcome { Some(record) } else { None })
            .collect();
        assert_eq!(works.len(), 1, "one work comes of a group");
        works[0]
    }

    fn kinds(record: &Record) -> Vec<Vec<&str>> {
        record
            .items
            .iter()
            .map(|item| item.locations.iter().map(|location| &*location.kind).collect())
            .collect()
    }

    fn schemes(record: &Record) -> Vec<&str> {
        record.identifiers.iter().map(|identifier| &*identifier.0).collect()
    }

    #[rstest]
    #[case::a_physical_book_takes_in_its_digital_copy(vec![mets(), ebib(), sierra(1)], "work-b10319402")]
    #[case::the_digital_bib_is_the_target_where_there_is_no_other(vec![mets(), ebib()], "work-ebib")]
    #[case::an_archive_record_takes_in_a_sierra_record(vec![sierra(1), calm()], "work-GC/1")]
    #[case::a_tei_description_takes_in_everything(vec![calm(), sierra(1), record(System::Tei, "MS")], "work-MS")]
    #[case::a_picture_record_takes_in_its_miro_image(vec![miro("V1"), sierra(1)], "work-b10319402")]
    fn the_others_redirect_to_the_target(#[case] group: Vec<Record>, #[case] target: &str) {
        let count = group.len();
        let outcomes = merge(group);
        assert_eq!(visible(&outcomes).canonical, target);
        let redirects = outcomes
            .iter()
            .filter(|outcome| matches!(outcome, Outcome::Redirected { to, .. } if to == target));
        assert_eq!(redirects.count(), count - 1);
    }

    #[test]
    fn a_digital_copy_joins_a_single_item() {
        let outcomes = merge(vec![mets(), ebib(), sierra(1)]);
        assert_eq!(kinds(visible(&outcomes)), [vec!["closed-stores", "iiif-presentation"]]);
    }

    #[test]
    fn a_digital_copy_of_several_items_is_an_item_of_its_own() {
        let outcomes = merge(vec![mets(), ebib(), sierra(2)]);
        let expected = [vec!["closed-stores"], vec!["closed-stores"], vec!["iiif-presentation"]];
        assert_eq!(kinds(visible(&outcomes)), expected);
    }

    #[test]
    fn sierra_items_replace_those_an_archive_record_claims() {
        let outcomes = merge(vec![calm(), sierra(2), mets()]);
        let expected = [vec!["closed-stores"], vec!["closed-stores"], vec!["iiif-presentation"]];
        assert_eq!(kinds(visible(&outcomes)), expected);
    }

    #[test]
    fn an_archive_record_shows_the_mets_identifier_and_a_sierra_record_does_not() {
        assert!(schemes(visible(&merge(vec![calm(), mets()]))).contains(&"mets"));
        assert!(!schemes(visible(&merge(vec![sierra(1), mets()]))).contains(&"mets"));
    }

    #[test]
    fn a_single_miro_image_gives_number_location_thumbnail_and_picture() {
        let outcomes = merge(vec![sierra(1), miro("V1")]);
        let work = visible(&outcomes);
        assert!(schemes(work).contains(&"miro-image-number"));
        assert_eq!(kinds(work), [vec!["closed-stores", "iiif-image"]]);
        assert_eq!(work.thumbnail.as_deref().map(|url| url.contains("/V1/")), Some(true));
        assert_eq!(work.images.len(), 1);
    }

    #[test]
    fn of_several_miro_images_only_the_pictures_and_a_thumbnail_move_over() {
        let outcomes = merge(vec![sierra(1), miro("V1"), miro("V2")]);
        let work = visible(&outcomes);
        assert!(!schemes(work).contains(&"miro-image-number"));
        assert_eq!(kinds(work), [vec!["closed-stores"]]);
        assert_eq!(work.images.len(), 2);
    }

    #[test]
    fn a_mets_file_supersedes_the_location_of_a_miro_image() {
        let outcomes = merge(vec![sierra(1), miro("V1"), mets()]);
        assert_eq!(kinds(visible(&outcomes)), [vec!["closed-stores", "iiif-presentation"]]);
    }

    #[test]
    fn a_mets_file_alone_is_invisible() {
        assert!(matches!(merge(vec![mets()]).as_slice(), [Outcome::Invisible(id)] if id == "work-b29291434"));
    }

    #[rstest]
    #[case::deleted("deleted")]
    #[case::suppressed("suppressed")]
    fn a_record_that_its_system_took_away_is_deleted(#[case] state: &'static str) {
        let gone = Record { state: Some(state.into()), ..sierra(1) };
        assert!(matches!(merge(vec![gone]).as_slice(), [Outcome::Deleted(_)]));
    }
}
