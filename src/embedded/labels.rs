//! The controlled vocabularies: what each code is called, and where a licence is explained.
//!
//! A code that is not listed is shown as its own label, which says less but nothing wrong.

/// The label of a format (`workType`).
#[must_use]
pub fn format(id: &str) -> &str {
    match id {
        "a" => "Books",
        "b" => "Manuscripts",
        "c" => "Music",
        "d" => "Journals",
        "e" => "Maps",
        "g" => "Videos",
        "h" => "Archives and manuscripts",
        "hdig" => "Born-digital archives",
        "i" => "Audio",
        "j" => "E-journals",
        "k" => "Pictures",
        "l" => "Ephemera",
        "m" => "CD-Roms",
        "n" => "Film",
        "p" => "Mixed materials",
        "q" => "Digital Images",
        "r" => "3-D Objects",
        "v" => "E-books",
        "w" => "Student dissertations",
        other => other,
    }
}

/// The label of a language.
#[must_use]
pub fn language(id: &str) -> &str {
    match id {
        "ara" => "Arabic",
        "chi" => "Chinese",
        "dut" => "Dutch",
        "eng" => "English",
        "fre" => "French",
        "ger" => "German",
        "heb" => "Hebrew",
        "ita" => "Italian",
        "lat" => "Latin",
        "may" => "Malay",
        "por" => "Portuguese",
        "san" => "Sanskrit",
        "spa" => "Spanish",
        "tam" => "Tamil",
        other => other,
    }
}

/// The label of an identifier scheme.
#[must_use]
pub fn identifier_type(id: &str) -> &str {
    match id {
        "calm-altref-no" => "Calm AltRefNo",
        "calm-record-id" => "Calm RecordIdentifier",
        "calm-ref-no" => "Calm RefNo",
        "ebsco-alt-lookup" => "EBSCO lookup identifier",
        "iconographic-number" => "Iconographic number",
        "isbn" => "International Standard Book Number",
        "issn" => "International Standard Serial Number",
        "label-derived" => "Identifier derived from the label of the referent",
        "lc-names" => "Library of Congress Name authority records",
        "lc-subjects" => "Library of Congress Subject Headings (LCSH)",
        "mets" => "METS",
        "miro-image-number" => "Miro image number",
        "nlm-mesh" => "Medical Subject Headings (MeSH) identifier",
        "sierra-identifier" => "Sierra identifier",
        "sierra-system-number" => "Sierra system number",
        "tei-manuscript-id" => "Tei manuscript id",
        "wellcome-accession-number" => "Accession number",
        "wellcome-digcode" => "Wellcome digcode",
        other => other,
    }
}

/// The label of a location type.
#[must_use]
pub fn location_type(id: &str) -> &str {
    match id {
        "closed-stores" => "Closed stores",
        "iiif-image" => "IIIF Image API",
        "iiif-presentation" => "IIIF Presentation API",
        "online-resource" => "Online resource",
        "open-shelves" => "Open shelves",
        "thumbnail-image" => "Thumbnail image",
        other => other,
    }
}

/// The label of a way to get at an item.
#[must_use]
pub fn access_method(id: &str) -> &str {
    match id {
        "not-requestable" => "Not requestable",
        "online-request" => "Online request",
        "open-shelves" => "Open shelves",
        "view-online" => "View online",
        other => other,
    }
}

/// The label of an access status.
#[must_use]
pub fn access_status(id: &str) -> &str {
    match id {
        "closed" => "Closed",
        "licensed-resources" => "Licensed resources",
        "open" => "Open",
        "open-with-advisory" => "Open with advisory",
        "restricted" => "Restricted",
        "temporarily-unavailable" => "Temporarily unavailable",
        other => other,
    }
}

/// The label of an availability; closed stores and open shelves are called as their locations are.
#[must_use]
pub fn availability(id: &str) -> &str {
    match id {
        "online" => "Online",
        other => location_type(other),
    }
}

/// The label of a licence and the page that explains it.
#[must_use]
pub fn license(id: &str) -> (&str, &'static str) {
    match id {
        "cc-by" => {
            ("Attribution 4.0 International (CC BY 4.0)", "http://creativecommons.org/licenses/by/4.0/")
        }
        "cc-by-nc" => (
            "Attribution-NonCommercial 4.0 International (CC BY-NC 4.0)",
            "https://creativecommons.org/licenses/by-nc/4.0/",
        ),
        "inc" => ("In copyright", "http://rightsstatements.org/vocab/InC/1.0/"),
        "pdm" => ("Public Domain Mark", "https://creativecommons.org/share-your-work/public-domain/pdm/"),
        other => (other, ""),
    }
}

/// The label of a kind of note.
#[must_use]
pub fn note_type(id: &str) -> &str {
    match id {
        "accruals-note" => "Accruals note",
        "acquisition-note" => "Acquisition note",
        "arrangement-note" => "Arrangement",
        "bibliographic-info" => "Bibliographic information",
        "biographical-note" => "Biographical note",
        "contents" => "Contents",
        "credits" => "Creator/production credits",
        "dissertation-note" => "Dissertation note",
        "finding-aids" => "Finding aids",
        "general-note" => "Notes",
        "location-of-duplicates" => "Location of duplicates",
        "location-of-original" => "Location of original",
        "reference" => "Reference",
        "references-note" => "References note",
        "related-material" => "Related material",
        "reproduction-note" => "Reproduction note",
        "terms-of-use" => "Terms of use",
        other => other,
    }
}

/// The category of an archive, from the first part of its reference; only those whose label is known.
#[must_use]
pub fn archive_category(reference: &str) -> Option<(&'static str, &'static str)> {
    match reference.split('/').next() {
        Some("GC") => Some(("GC", "General collections")),
        Some("PP") => Some(("PP", "Personal papers")),
        _ => None,
    }
}
