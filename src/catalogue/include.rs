//! The `include` parameter of `/works`: fields that the API leaves out unless they are asked for.

use std::fmt;

/// A value of the `include` parameter, in the order of the API's published description.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Include {
    /// Identifiers at every level of the record, not only its own.
    Identifiers,
    /// `items`.
    Items,
    /// `holdings`.
    Holdings,
    /// `subjects`.
    Subjects,
    /// `genres`.
    Genres,
    /// `contributors`.
    Contributors,
    /// `production`.
    Production,
    /// `languages`.
    Languages,
    /// `notes`.
    Notes,
    /// `formerFrequency`.
    FormerFrequency,
    /// `designation`.
    Designation,
    /// `images`.
    Images,
    /// `parts`.
    Parts,
    /// `partOf`.
    PartOf,
    /// `precededBy`: accepted until July 2026.
    PrecededBy,
    /// `succeededBy`: accepted until July 2026.
    SucceededBy,
    /// `archive`: accepted since August 2026.
    Archive,
    /// `collection`: accepted since August 2026.
    Collection,
}

impl Include {
    /// Every include that some release of 2026 accepts.
    pub const ALL: [Self; 18] = [
        Self::Identifiers,
        Self::Items,
        Self::Holdings,
        Self::Subjects,
        Self::Genres,
        Self::Contributors,
        Self::Production,
        Self::Languages,
        Self::Notes,
        Self::FormerFrequency,
        Self::Designation,
        Self::Images,
        Self::Parts,
        Self::PartOf,
        Self::PrecededBy,
        Self::SucceededBy,
        Self::Archive,
        Self::Collection,
    ];

    /// The includes that come or go between the API descriptions of July and August 2026. What they bring is no
    /// part of a snapshot.
    pub const MOVING: [Self; 4] = [Self::PrecededBy, Self::SucceededBy, Self::Archive, Self::Collection];

    /// The value as the API spells it; also the name of the field that it brings.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Identifiers => "identifiers",
            Self::Items => "items",
            Self::Holdings => "holdings",
            Self::Subjects => "subjects",
            Self::Genres => "genres",
            Self::Contributors => "contributors",
            Self::Production => "production",
            Self::Languages => "languages",
            Self::Notes => "notes",
            Self::FormerFrequency => "formerFrequency",
            Self::Designation => "designation",
            Self::Images => "images",
            Self::Parts => "parts",
            Self::PartOf => "partOf",
            Self::PrecededBy => "precededBy",
            Self::SucceededBy => "succeededBy",
            Self::Archive => "archive",
            Self::Collection => "collection",
        }
    }

    /// The include that brings the field `name`, if it needs one.
    #[must_use]
    pub fn for_field(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|include| include.as_str() == name)
    }
}

impl fmt::Display for Include {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
