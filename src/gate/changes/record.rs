//! What became of a work, by the fields of its record, in words of readers.

use std::collections::BTreeMap;

use super::lines::listed;
use crate::numbers::counted;
use crate::report::github::words;

/// So many lines of a field are shown.
const SHOWN: usize = 6;

/// What readers know a field of a list by: one of it, and several.
const NOUNS: [(&str, (&str, &str)); 12] = [
    ("items", ("copy", "copies")),
    ("availabilities", ("way to get it", "ways to get it")),
    ("identifiers", ("identifier", "identifiers")),
    ("contributors", ("contributor", "contributors")),
    ("subjects", ("subject", "subjects")),
    ("genres", ("genre", "genres")),
    ("languages", ("language", "languages")),
    ("notes", ("note", "notes")),
    ("parts", ("part", "parts")),
    ("partOf", ("work that it is part of", "works that it is part of")),
    ("images", ("image", "images")),
    ("production", ("publication", "publications")),
];

/// A field at the top of a record: what stands beside its name, and the lines below it.
#[derive(Default, PartialEq, Eq)]
struct Field<'a> {
    value: &'a str,
    below: Vec<&'a str>,
}

impl Field<'_> {
    /// How many elements it has, if it is a list.
    fn elements(&self) -> usize {
        self.below.iter().filter(|line| line.starts_with("  - ")).count()
    }

    /// How many locations of this type are in it.
    fn locations(&self, kind: &str) -> usize {
        self.below
            .iter()
            .filter(|line| line.trim_start().trim_start_matches("- ") == format!("type: {kind}"))
            .count()
    }
}

/// What became of a record, as the end of a sentence that begins with its name.
pub(super) fn told(was: &str, is: &str) -> String {
    let (was, is) = (fields(was), fields(is));
    let mut names: Vec<&str> = was.keys().chain(is.keys()).copied().collect();
    names.sort_unstable();
    names.dedup();
    let changed: Vec<&str> = names.into_iter().filter(|name| was.get(name) != is.get(name)).collect();
    let nothing = Field::default();
    let of = |name: &str| (was.get(name).unwrap_or(&nothing), is.get(name).unwrap_or(&nothing));
    let mut says: Vec<String> = changed.iter().map(|name| field(name, was.get(name), is.get(name))).collect();
    // What a reader would notice first is told first.
    says.sort_by_key(|says| !says.starts_with("lost"));
    let details: String = changed.iter().map(|name| below(name, of(name))).collect();
    if says.is_empty() {
        "is written otherwise, and says the same".to_owned()
    } else {
        format!("{}{details}", says.join("; "))
    }
}

/// The fields at the top of a record, each with what is below it.
fn fields(body: &str) -> BTreeMap<&str, Field<'_>> {
    let mut fields: BTreeMap<&str, Field<'_>> = BTreeMap::new();
    let mut current = "";
    for line in body.lines().filter(|line| !line.trim().is_empty()) {
        match line.split_once(':') {
            Some((name, value)) if !line.starts_with([' ', '-', '"']) => {
                current = name;
                fields.entry(current).or_default().value = value.trim().trim_matches('"');
            }
            _ => fields.entry(current).or_default().below.push(line),
        }
    }
    fields
}

/// What became of a field.
fn field(name: &str, was: Option<&Field<'_>>, is: Option<&Field<'_>>) -> String {
    let field = words(name, 60);
    match (was, is) {
        (Some(was), None) if was.below.is_empty() => {
            format!("lost its {field}, which was \"{}\"", words(was.value, 160))
        }
        (None, Some(is)) if is.below.is_empty() => {
            format!("has gained a {field}: \"{}\"", words(is.value, 160))
        }
        (Some(was), Some(is)) if was.below.is_empty() && is.below.is_empty() => {
            format!(
                "has another {field}: \"{}\", which was \"{}\"",
                words(is.value, 160),
                words(was.value, 160)
            )
        }
        (was, is) => {
            let nothing = Field::default();
            list(name, was.unwrap_or(&nothing), is.unwrap_or(&nothing))
        }
    }
}

/// What became of a list: how many of what were lost or gained, else that it differs.
fn list(name: &str, was: &Field<'_>, is: &Field<'_>) -> String {
    for (kind, noun) in [
        ("DigitalLocation", ("location online", "locations online")),
        ("PhysicalLocation", ("location on the shelves", "locations on the shelves")),
    ] {
        let (was, is) = (was.locations(kind), is.locations(kind));
        if was != is {
            return lost_or_gained(was, is, noun);
        }
    }
    let noun = NOUNS.iter().find(|(field, _)| *field == name).map(|(_, noun)| *noun);
    match (was.elements(), is.elements()) {
        (was, is) if was == is => {
            format!("differs in its {}", noun.map_or_else(|| words(name, 60), |(_, many)| many.to_owned()))
        }
        (was, is) => match noun {
            Some(noun) => lost_or_gained(was, is, noun),
            None => format!(
                "{} of its {} (of {was})",
                if is < was { format!("lost {}", was - is) } else { format!("has gained {}", is - was) },
                words(name, 60)
            ),
        },
    }
}

/// `lost a location online (of 2)`, `has gained 3 notes (there was none)`.
fn lost_or_gained(was: usize, is: usize, noun: (&str, &str)) -> String {
    let number = was.abs_diff(is);
    let article = if noun.0.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
    let what = if number == 1 { format!("{article} {}", noun.0) } else { counted(number, noun) };
    match (was, is) {
        (was, 0) if was == number => format!(
            "lost {}",
            if number == 1 {
                format!("its only {}", noun.0)
            } else {
                format!("all its {}", counted(number, noun))
            }
        ),
        (was, is) if is < was => format!("lost {what} (of {was})"),
        (0, _) => format!("has gained {what} (there was none)"),
        (was, _) => format!("has gained {what} (there were {was})"),
    }
}

/// The lines of a field that were lost and gained, below the sentence.
fn below(name: &str, (was, is): (&Field<'_>, &Field<'_>)) -> String {
    if was.below == is.below {
        return String::new();
    }
    let named =
        |lines: &[&str]| lines.iter().map(|line| format!("{name}: {}", line.trim())).collect::<Vec<_>>();
    listed(&named(&was.below), &named(&is.below), SHOWN)
}
