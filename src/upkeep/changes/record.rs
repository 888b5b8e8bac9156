//! What became of a work, by the fields of its record, in words of readers.

use std::collections::BTreeMap;

use super::lines::{listed, written_otherwise};
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

/// A field at the top of a record: what stands beside its name as it is written, and the lines below it.
#[derive(Default, PartialEq, Eq)]
struct Field<'a> {
    value: &'a str,
    below: Vec<&'a str>,
}

impl<'a> Field<'a> {
    /// Its value for readers: without the quotes in which it is written.
    fn shown(&self) -> String {
        let unquoted = self.value.strip_prefix('"').and_then(|value| value.strip_suffix('"'));
        words(unquoted.unwrap_or(self.value), 160)
    }

    /// All its lines, beginning with what stands beside its name.
    fn lines(&self) -> impl Iterator<Item = &'a str> {
        Some(self.value).filter(|value| !value.is_empty()).into_iter().chain(self.below.iter().copied())
    }

    /// Whether it is a mere value on one line.
    fn is_value(&self) -> bool {
        self.below.is_empty() && self.value != "[]"
    }

    /// Whether it has parts of its own, and is no list.
    fn is_one_thing(&self) -> bool {
        !self.below.is_empty() && self.elements() == 0
    }

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

/// What became of a record that is not as it was, as the end of a sentence that begins with its name.
pub(super) fn told(was_written: &str, is_written: &str) -> String {
    let (was, is) = (fields(was_written), fields(is_written));
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
        written_otherwise(was_written, is_written)
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
                fields.entry(current).or_default().value = value.trim();
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
            format!("lost its {field}, which was \"{}\"", was.shown())
        }
        (None, Some(is)) if is.below.is_empty() => {
            format!("has gained {} {field}: \"{}\"", article(&field), is.shown())
        }
        (Some(was), None) if was.is_one_thing() => format!("lost its {field}"),
        (None, Some(is)) if is.is_one_thing() => format!("has gained {} {field}", article(&field)),
        (Some(was), Some(is)) if was.below.is_empty() && is.below.is_empty() => {
            if was.shown() == is.shown() {
                let (was, is) = (words(was.value, 160), words(is.value, 160));
                format!(
                    "has its {field} in another form, such as a text instead of a number: {is}, which was {was}"
                )
            } else {
                format!("has another {field}: \"{}\", which was \"{}\"", is.shown(), was.shown())
            }
        }
        (Some(was), Some(is)) if was.is_value() != is.is_value() => {
            format!("has its {field} in another form")
        }
        (was, is) => {
            let nothing = Field::default();
            list(name, was.unwrap_or(&nothing), is.unwrap_or(&nothing))
        }
    }
}

/// The fields that say where a work can be had. Elsewhere, as in a thumbnail, a location is none of the work.
const WITH_LOCATIONS: [&str; 2] = ["items", "holdings"];

/// The types of locations, and what readers know them by.
const LOCATIONS: [(&str, (&str, &str)); 2] = [
    ("DigitalLocation", ("location online", "locations online")),
    ("PhysicalLocation", ("location on the shelves", "locations on the shelves")),
];

/// What became of a list: how many of what were lost or gained, else that it differs.
fn list(name: &str, was: &Field<'_>, is: &Field<'_>) -> String {
    if WITH_LOCATIONS.contains(&name) {
        let numbers = LOCATIONS.map(|(kind, noun)| (was.locations(kind), is.locations(kind), noun));
        let says = numbers.into_iter().filter(|(was, is, _)| was != is);
        let says: Vec<String> = says.map(|(was, is, noun)| lost_or_gained(was, is, noun)).collect();
        if !says.is_empty() {
            return says.join(" and ");
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
    let what = if number == 1 { format!("{} {}", article(noun.0), noun.0) } else { counted(number, noun) };
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

fn article(noun: &str) -> &'static str {
    if noun.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" }
}

/// The lines of a field that were lost and gained, below the sentence. Of two mere values the sentence tells all.
fn below(name: &str, (was, is): (&Field<'_>, &Field<'_>)) -> String {
    if was.below.is_empty() && is.below.is_empty() {
        return String::new();
    }
    let named =
        |field: &Field<'_>| field.lines().map(|line| format!("{name}: {}", line.trim())).collect::<Vec<_>>();
    listed(&named(was), &named(is), SHOWN)
}
