//! The words that generated works are made of. Headings are real ones where facets should mean something.

/// One of the words; the same number gives the same word.
#[must_use]
pub fn pick(words: &'static [&'static str], number: u32) -> &'static str {
    let at = usize::try_from(number).unwrap_or_default() % words.len();
    words[at]
}

/// Beginnings of titles.
pub const TITLES: &[&str] = &[
    "An invented account of the hospital at",
    "An invented atlas of the coast near",
    "An invented catalogue of the herbs of",
    "An invented récit de voyage from Orléans to",
    "An invented guide to the baths of",
    "An invented history of the surgeons of",
    "An invented Führer durch die Bäder von",
    "An invented map of the parish of",
    "An invented pamphlet against the water of",
    "An invented portrait of the apothecary of",
    "An invented remedy book from",
    "An invented report on the health of",
    "An invented view of the asylum at",
];

/// Places that no atlas shows.
pub const PLACES: &[&str] = &[
    "Ambleford-under-Mist",
    "Brackwater Regis",
    "Candlewick Parva",
    "Dunmarrow",
    "Eelbourne",
    "Foxhollow Magna",
    "Gristleton",
    "Hobbleswick",
    "Inkerby",
    "Jarrowmere",
    "Kettlethorpe-in-the-Fog",
];

/// People who never wrote anything.
pub const AGENTS: &[&str] = &[
    "Ambrose, Invented",
    "Bellweather, Invented",
    "Crumb, Invented",
    "Dapple, Invented",
    "Eddershaw, Invented",
    "Fennimore, Invented",
    "Gosling, Invented",
    "Hartsinger, Invented",
    "Ivelaw, Invented",
    "Jessop, Invented",
    "Kindlewood, Invented",
    "Larksong, Invented",
    "Mossberry, Invented",
    "Nightingowl, Invented",
    "Ottershaw, Invented",
    "Pepperell, Invented",
    "Quillfeather, Invented",
];

/// People who left no papers.
pub const PEOPLE: &[&str] = &[
    "Ada Nobody",
    "Basil Noone",
    "Clara Nemo",
    "Dora Nihil",
    "Edgar Niemand",
    "Flora Nadie",
    "George Personne",
];

/// Subject headings.
pub const SUBJECTS: &[&str] = &[
    "Anatomy",
    "Botany",
    "Chemistry",
    "Dentistry",
    "Epidemics",
    "Fever",
    "Gout",
    "Hospitals",
    "Hygiene",
    "Midwifery",
    "Neurology",
    "Nursing",
    "Nutrition",
    "Pharmacy",
    "Physiology",
    "Public health",
    "Sanitation",
    "Surgery",
    "Vaccination",
];

/// Genre headings.
pub const GENRES: &[&str] = &[
    "Academic dissertations",
    "Advertisements",
    "Drawings",
    "Electronic books",
    "Engravings",
    "Etchings",
    "Ephemera",
    "Leaflets",
    "Pamphlets",
    "Photographs",
    "Posters",
];

/// Codes of languages, the commonest more than once.
pub const LANGUAGES: &[&str] =
    &["eng", "eng", "eng", "eng", "fre", "ger", "lat", "eng", "ita", "spa", "ara", "dut", "san"];

/// Codes of licences.
pub const LICENCES: &[&str] = &["pdm", "pdm", "cc-by", "cc-by-nc", "inc"];

/// First parts of archive references.
pub const ARCHIVE_CATEGORIES: &[&str] = &["PP", "GC", "PP"];

/// Titles of sections of archives.
pub const SECTIONS: &[&str] = &["Correspondence", "Notebooks", "Photographs", "Lectures", "Personal papers"];

/// Titles of files of archives.
pub const FILES: &[&str] =
    &["Invented letters", "Invented notebook", "Invented diary", "Invented drafts", "Invented photographs"];
