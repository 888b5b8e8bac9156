//! The id minter: gives every work, item, image and concept its canonical id.
//!
//! It remembers the ids of real things (`records/ids.jsonl`) and mints one from the source identifier otherwise,
//! always the same for the same identifier.

use super::source::{Concept, Record, Subject, System, Text};

/// What canonical ids are given to; the same identifier may stand for things of several kinds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A record that may become a work.
    Work,
    /// An item with an item number.
    Item,
    /// A picture.
    Image,
}

impl Kind {
    fn name(self) -> &'static str {
        match self {
            Self::Work => "work",
            Self::Item => "item",
            Self::Image => "image",
        }
    }
}

/// The minter with its memory, sorted by fingerprint of the source identifier.
#[derive(Debug, Clone, Default)]
pub struct Minter {
    memory: Vec<(u64, String)>,
    /// What ids are minted from besides the identifier; another one makes other ids.
    salt: u64,
}

impl Minter {
    /// A minter that remembers the lines `["kind","system","value","canonical id"]`.
    ///
    /// # Panics
    ///
    /// If a line is none of these; a test reads them all.
    #[must_use]
    pub fn remembering(lines: &str) -> Self {
        let mut memory: Vec<(u64, String)> = lines
            .lines()
            .map(|line| {
                let (kind, system, value, id): (String, String, String, String) =
                    serde_json::from_str(line).unwrap_or_else(|error| panic!("id {line}: {error}"));
                (fingerprint(&[&kind, &system, &value]), id)
            })
            .collect();
        memory.sort_unstable();
        Self { memory, salt: 0 }
    }

    /// Forgets every id, and mints others from now on.
    pub fn forget(&mut self) {
        self.memory.clear();
        self.salt = fingerprint(&["forgotten"]);
    }

    /// A minter that remembers the real ids.
    #[must_use]
    pub fn real() -> Self {
        Self::remembering(include_str!("records/ids.jsonl"))
    }

    /// The canonical id of a work, an item or an image.
    #[must_use]
    pub fn id(&self, kind: Kind, system: System, value: &str) -> String {
        self.recall_or_mint(fingerprint(&[kind.name(), system.name(), value]))
    }

    fn recall_or_mint(&self, print: u64) -> String {
        match self.memory.binary_search_by_key(&print, |entry| entry.0) {
            Ok(at) => self.memory[at].1.clone(),
            Err(_) => spell(print ^ self.salt),
        }
    }

    fn concept(&self, kind: &str, source: Option<&(Text, Text)>, label: &str) -> String {
        match source {
            Some((scheme, id)) if scheme == "?" => id.clone().into_owned(),
            Some((scheme, _)) if scheme.is_empty() => String::new(),
            Some((scheme, value)) => {
                self.recall_or_mint(fingerprint(&["concept", kind, &format!("{scheme}:{value}")]))
            }
            None => self.recall_or_mint(fingerprint(&[
                "concept",
                kind,
                &format!("label-derived:{}", derived_from_label(label)),
            ])),
        }
    }

    /// Fills in every canonical id of a record.
    pub fn mint(&self, record: &mut Record) {
        let Some(system) = record.system else { return };
        record.canonical = self.id(Kind::Work, system, &record.id);
        record.within = record.parent.as_deref().map(|parent| self.id(Kind::Work, system, parent));
        for link in &mut record.links {
            link.2 = self.id(Kind::Work, link.0, &link.1);
        }
        for item in &mut record.items {
            if let Some(number) = &item.id {
                item.canonical = self.id(Kind::Item, system, number);
            }
        }
        for picture in &mut record.images {
            picture.canonical = self.id(Kind::Image, system, &picture.file);
        }
        self.mint_headings(record);
    }

    fn mint_headings(&self, record: &mut Record) {
        for contributor in &mut record.contributors {
            self.mint_concept(&mut contributor.agent, "Person");
        }
        for subject in &mut record.subjects {
            self.mint_subject(subject);
        }
        for concept in record.genres.iter_mut().flat_map(|genre| &mut genre.concepts) {
            self.mint_concept(concept, "Genre");
        }
    }

    fn mint_concept(&self, concept: &mut Concept, usual: &'static str) {
        let kind = concept.kind.get_or_insert(Text::Borrowed(usual));
        concept.canonical = self.concept(kind, concept.source.as_ref(), &concept.label);
    }

    /// A subject of one concept is that concept; one of several has an id of its own.
    fn mint_subject(&self, subject: &mut Subject) {
        for concept in &mut subject.concepts {
            self.mint_concept(concept, "Concept");
        }
        subject.canonical = match subject.concepts.as_slice() {
            [only] => only.canonical.clone(),
            _ => self.concept("Subject", subject.source.as_ref(), &subject.label),
        };
    }
}

/// The value of an identifier that is derived from a label.
#[must_use]
pub fn derived_from_label(label: &str) -> String {
    label.trim_end_matches('.').to_lowercase()
}

/// FNV-1a: small, stable between runs and machines, and quick without optimisation.
fn fingerprint(parts: &[&str]) -> u64 {
    let mut print: u64 = 0xcbf2_9ce4_8422_2325;
    for part in parts {
        for &byte in part.as_bytes() {
            print = (print ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
        print = (print ^ 0xff).wrapping_mul(0x0100_0000_01b3);
    }
    print ^ (print >> 29)
}

/// Eight characters that cannot be mistaken for each other, the first of them a letter.
fn spell(print: u64) -> String {
    const LETTERS: &[u8; 31] = b"abcdefghjkmnpqrstuvwxyz23456789";
    let mut rest = print;
    let mut id = String::with_capacity(8);
    for place in 0..8 {
        let choices = if place == 0 { 23 } else { 31 };
        let at = usize::try_from(rest % choices).unwrap_or_default();
        id.push(char::from(LETTERS[at]));
        rest /= choices;
    }
    id
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case(System::Sierra, "b15192982", "a2239muq")]
    #[case(System::Mets, "b24915087", "psfu85t7")]
    #[case(System::Sierra, "b24915087", "nbsqzbba")]
    fn ids_of_real_records_are_remembered(#[case] system: System, #[case] value: &str, #[case] id: &str) {
        assert_eq!(Minter::real().id(Kind::Work, system, value), id);
    }

    #[test]
    fn an_unknown_identifier_always_gets_the_same_id() {
        let minter = Minter::default();
        let id = minter.id(Kind::Work, System::Sierra, "b90000003");
        assert_eq!(id, minter.id(Kind::Work, System::Sierra, "b90000003"));
        assert_ne!(id, minter.id(Kind::Work, System::Mets, "b90000003"));
        assert_ne!(id, minter.id(Kind::Item, System::Sierra, "b90000003"));
    }

    #[test]
    fn a_subject_of_one_concept_shares_its_id() {
        let concept = Concept { label: "Surgery".into(), ..Concept::default() };
        let mut subject = Subject { label: "Surgery".into(), concepts: vec![concept], ..Subject::default() };
        Minter::real().mint_subject(&mut subject);
        assert_eq!(subject.canonical, "grhw4z78");
        assert_eq!(subject.concepts[0].canonical, "grhw4z78");
    }
}
