//! Source records as the pipeline receives them.
//!
//! One shape serves every source system; a record leaves out what its system does not say. A record whose number
//! in the source system is not known has the key `?<canonical id>` and shows no identifier of that system.

use std::borrow::Cow;

use serde::Deserialize;

/// Text that is either kept in the program or read from a record.
pub type Text = Cow<'static, str>;

/// A system that delivers source records.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum System {
    /// The library catalogue.
    Sierra,
    /// The archive catalogue (CALM, now Axiell).
    Calm,
    /// Digitised and born-digital files.
    Mets,
    /// The old image library.
    Miro,
    /// Descriptions of manuscripts.
    Tei,
    /// Licensed e-journals and e-books.
    Ebsco,
}

impl System {
    /// The name that the id minter remembers records under.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Sierra => "sierra",
            Self::Calm => "calm",
            Self::Mets => "mets",
            Self::Miro => "miro",
            Self::Tei => "tei",
            Self::Ebsco => "ebsco",
        }
    }
}

/// One source record. The fields `canonical` and those like it are filled in by the id minter.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Record {
    /// Where the record comes from.
    #[serde(skip)]
    pub system: Option<System>,
    /// The canonical id of the work that this record alone would make.
    #[serde(skip)]
    pub canonical: String,
    /// The canonical id of the record that this one is part of.
    #[serde(skip)]
    pub within: Option<String>,
    /// The key in the source system.
    pub id: Text,
    /// Whether the source system took the record away.
    pub state: Option<Text>,
    /// The title.
    pub title: Option<Text>,
    /// Other titles.
    pub alternative: Vec<Text>,
    /// The number by which readers cite it.
    pub reference: Option<Text>,
    /// The code of the format.
    pub format: Option<Text>,
    /// `Collection`, `Section` or `Series`; plain works leave it out.
    #[serde(rename = "type")]
    pub kind: Option<Text>,
    /// Identifiers besides the key: scheme and value.
    pub identifiers: Vec<(Text, Text)>,
    /// What it is about.
    pub description: Option<Text>,
    /// Its extent.
    pub physical: Option<Text>,
    /// What is written on it.
    pub lettering: Option<Text>,
    /// Its edition.
    pub edition: Option<Text>,
    /// How often it used to appear.
    pub frequency: Vec<Text>,
    /// The volumes that appeared.
    pub designation: Vec<Text>,
    /// Who made it, where and when.
    pub production: Vec<Production>,
    /// Codes of languages.
    pub languages: Vec<Text>,
    /// Kinds of notes with their texts.
    pub notes: Vec<(Text, Vec<Text>)>,
    /// Who contributed.
    pub contributors: Vec<Contributor>,
    /// What it is about, as headings.
    pub subjects: Vec<Subject>,
    /// What kind of thing it is, as headings.
    pub genres: Vec<Genre>,
    /// Things that can be used.
    pub items: Vec<Item>,
    /// Runs of a serial.
    pub holdings: Vec<Holdings>,
    /// Titles of series that have no record of their own.
    pub series: Vec<Text>,
    /// The key, in the same system, of the record that this one is part of.
    pub parent: Option<Text>,
    /// Its place among the parts of its parent, where their titles or references do not tell.
    pub order: u32,
    /// Records that this one asks to be merged with.
    pub links: Vec<Link>,
    /// The name of the file that its thumbnail shows.
    pub thumbnail: Option<Text>,
    /// Pictures that can be searched for.
    pub images: Vec<Picture>,
}

/// A request to merge with a record: its system and key.
#[derive(Debug, Clone, Deserialize)]
pub struct Link(
    /// The system of the other record.
    pub System,
    /// Its key there.
    pub Text,
    /// Its canonical id, filled in by the id minter.
    #[serde(skip)]
    pub String,
);

/// An event that brought a thing about.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Production {
    /// The statement as catalogued.
    pub label: Text,
    /// Places named in it.
    pub places: Vec<Text>,
    /// People and bodies named in it.
    pub agents: Vec<Text>,
    /// Dates named in it; left out where the statement is nothing but a date.
    pub dates: Vec<Text>,
    /// What kind of event it was.
    pub function: Option<Text>,
}

/// A thing that headings name, with the scheme and value that identify it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Concept {
    /// How it is called.
    pub label: Text,
    /// Its type; left out where it is the usual one of its place.
    #[serde(rename = "type")]
    pub kind: Option<Text>,
    /// Scheme and value; left out where they derive from the label. `["?", id]` where only the id is known.
    pub source: Option<(Text, Text)>,
    /// The canonical id, filled in by the id minter.
    #[serde(skip)]
    pub canonical: String,
}

/// Someone who contributed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Contributor {
    /// Who.
    pub agent: Concept,
    /// As what.
    pub roles: Vec<Text>,
    /// Whether it is the main entry.
    pub primary: bool,
}

/// A subject heading.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Subject {
    /// The heading as a whole.
    pub label: Text,
    /// Scheme and value, as for a concept.
    pub source: Option<(Text, Text)>,
    /// What it is composed of.
    pub concepts: Vec<Concept>,
    /// The canonical id, filled in by the id minter.
    #[serde(skip)]
    pub canonical: String,
}

/// A genre heading.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Genre {
    /// The heading, where it differs from its first concept.
    pub label: Option<Text>,
    /// What it is composed of.
    pub concepts: Vec<Concept>,
}

/// A thing that can be used, in one or more places.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Item {
    /// The item number; digital items and items of archives have none.
    pub id: Option<Text>,
    /// What tells it from its siblings.
    pub title: Option<Text>,
    /// Where it is.
    pub locations: Vec<Location>,
    /// The canonical id, filled in by the id minter.
    #[serde(skip)]
    pub canonical: String,
}

/// A place in the building or on the web.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Location {
    /// The code of the kind of place.
    #[serde(rename = "type")]
    pub kind: Text,
    /// How the place is called, where it is not as its kind.
    pub label: Option<Text>,
    /// Where it stands.
    pub shelfmark: Option<Text>,
    /// Its address; of an IIIF location only where it does not follow from the key of its record.
    pub url: Option<Text>,
    /// The text of a link to it.
    pub text: Option<Text>,
    /// The code of the licence.
    pub license: Option<Text>,
    /// Whom to credit.
    pub credit: Option<Text>,
    /// Under which conditions it can be used.
    pub access: Vec<Access>,
}

/// A condition of use.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Access {
    /// How it is got at.
    pub method: Option<Text>,
    /// Whether it may be.
    pub status: Option<Text>,
    /// A note for readers.
    pub note: Option<Text>,
    /// The terms in full.
    pub terms: Option<Text>,
}

/// A run of a serial.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Holdings {
    /// What is held.
    pub enumeration: Vec<Text>,
    /// Where.
    pub location: Option<Location>,
}

/// A picture of the image library or a page of a digitised thing.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Picture {
    /// The name of its file on the image server.
    pub file: Text,
    /// Width by height.
    pub aspect: Option<f64>,
    /// The mean of its colours.
    pub colour: Option<Text>,
    /// The canonical id, filled in by the id minter.
    #[serde(skip)]
    pub canonical: String,
    /// Where it is shown, filled in when its record is addressed.
    #[serde(skip)]
    pub locations: Vec<Location>,
}

impl Location {
    /// Whether it is on the web.
    #[must_use]
    pub fn is_digital(&self) -> bool {
        matches!(&*self.kind, "iiif-presentation" | "iiif-image" | "online-resource")
    }
}
