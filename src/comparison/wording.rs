//! Plain words for places in records, and for numbers of works, for people who read no code.

use super::changes::{Change, is_back};
use super::difference::Kind;
use super::path::{segments, split};
use super::tally::Subject;
use crate::numbers::{counted, grouped};

/// What is found at a place, for readers of the website; the first that fits, from the left.
const THINGS: &[(&[&str], &str)] = &[
    (&["status"], "the page"),
    (&["location"], "the place that an old address leads to"),
    (&["items[]", "locations[type=DigitalLocation]", "license"], "the licence of the digitised copy"),
    (&["items[]", "locations[type=DigitalLocation]", "accessConditions"], "who may see the digitised copy"),
    (&["items[]", "locations[type=DigitalLocation]", "type"], "the mark that something can be viewed online"),
    (&["items[]", "locations[type=DigitalLocation]", "url"], "the address of the digitised copy"),
    (&["items[]", "locations[type=DigitalLocation]"], "the digitised copy"),
    (&["items[]", "locations[type=PhysicalLocation]", "accessConditions"], "how to see it in the library"),
    (&["items[]", "locations[type=PhysicalLocation]"], "the place in the library"),
    (&["items[]", "id"], "the number that requests are made with"),
    (&["items"], "what can be viewed or requested"),
    (&["availabilities[id=online]"], "the mark “available online”"),
    (&["availabilities"], "where it is available"),
    (&["thumbnail"], "the small picture beside it"),
    (&["partOf"], "the collection that it is part of"),
    (&["parts"], "the parts of the collection"),
    (&["totalParts"], "the number of parts"),
    (&["archive"], "the archive that it belongs to"),
    (&["collection"], "the collection that it belongs to"),
    (&["workType"], "the kind of material"),
    (&["title"], "the title"),
    (&["alternativeTitles"], "the other titles"),
    (&["description"], "the description"),
    (&["physicalDescription"], "the physical description"),
    (&["referenceNumber"], "the reference number"),
    (&["lettering"], "the lettering"),
    (&["contributors"], "the people and bodies who made it"),
    (&["subjects"], "the subjects"),
    (&["genres"], "the kinds of work it is said to be"),
    (&["production"], "where and when it was made"),
    (&["languages"], "the languages"),
    (&["notes"], "the notes"),
    (&["identifiers"], "the numbers that other systems know it by"),
    (&["holdings"], "the holdings of the library"),
    (&["images"], "the pictures"),
    (&["id"], "the number in its address"),
    (&["edition"], "the edition"),
    (&["duration"], "the duration"),
    (&["results[]"], "what a search finds"),
    (&["totalResults"], "how much a search finds"),
    (&["aggregations"], "the counts beside a search"),
    (&["locations"], "the picture itself"),
    (&["source"], "the work that a picture is from"),
];

/// What the works of a type are called, many of them.
const OF_TYPE: &[(&str, &str)] = &[
    ("a", "books"),
    ("b", "manuscripts"),
    ("c", "pieces of music"),
    ("d", "journals"),
    ("e", "maps"),
    ("g", "videos"),
    ("h", "archives"),
    ("i", "sound recordings"),
    ("k", "pictures"),
    ("l", "ephemera"),
    ("q", "digital images"),
    ("r", "three-dimensional objects"),
    ("v", "e-books"),
    ("w", "student dissertations"),
    ("x", "manuscripts"),
];

/// Where this share of those that show a change are of one type, it is called after that.
const NEARLY_ALL: usize = 90;

/// What is found at a place; the place itself, if there are no words for it.
#[must_use]
pub(super) fn thing(path: &str) -> String {
    let place: Vec<&str> = segments(path).collect();
    // A record in a list of results is described like any other.
    let within = match place.split_first() {
        Some((&"results[]", rest)) if !rest.is_empty() => rest,
        _ => &place,
    };
    let found = THINGS.iter().find(|(words, _)| begins_with(within, words));
    found.map_or_else(|| format!("`{path}`"), |(_, thing)| (*thing).to_owned())
}

fn begins_with(place: &[&str], words: &[&str]) -> bool {
    let fits = |(part, word): (&&str, &&str)| part == word || split(part).0 == *word;
    place.len() >= words.len() && place.iter().zip(words).all(fits)
}

/// `about 94,000 archives`, or `1,204 of 5,000 works`.
#[must_use]
pub(super) fn number_of(change: &Change) -> String {
    let noun = noun_of(change);
    match change.estimate {
        Some(estimate) => format!("about {} {noun}", grouped(rounded(estimate.about))),
        None => {
            format!("{} of {} {noun} that were compared", grouped(change.pairs), grouped(change.compared))
        }
    }
}

/// To two figures that mean something: nobody counted 94,137.
fn rounded(number: usize) -> usize {
    let mut unit = 1;
    while number / unit >= 1_000 {
        unit *= 10;
    }
    number.div_euclid(unit) * unit + if number % unit * 2 >= unit && unit > 1 { unit } else { 0 }
}

/// What those that show a change are called.
fn noun_of(change: &Change) -> String {
    let (_, many) = change.subject.noun();
    let main = change.types.first().filter(|it| it.pairs * 100 >= change.pairs * NEARLY_ALL);
    match main {
        Some(main) if change.subject == Subject::Works && !main.id.is_empty() => {
            let known = OF_TYPE.iter().find(|(id, _)| *id == main.id);
            known.map_or_else(|| format!("{many} ({})", main.label), |(_, noun)| (*noun).to_owned())
        }
        _ => many.to_owned(),
    }
}

/// A change in a clause of plain words: `about 94,000 archives lose the digitised copy`.
#[must_use]
pub(super) fn plainly(change: &Change) -> String {
    let (of, thing) = (number_of(change), thing(&change.path));
    match (change.path.as_str(), change.kind) {
        ("status", Kind::Lost) => format!("{of} are no longer there"),
        ("status", _) if is_back(change.statuses.as_ref()) => {
            format!("{of} are shown again, though they had been taken down")
        }
        ("status", Kind::Gained) => format!("{of} are new"),
        ("status", _) => format!("{of} answer in another way than before"),
        (_, Kind::Lost) => format!("{of} lose {thing}"),
        (_, Kind::Gained) => format!("{of} gain {thing}"),
        (_, Kind::Changed) => format!("of {of}, {thing} is another"),
        (_, Kind::Moved) => format!("of {of}, {thing} comes in another order"),
    }
}

impl Change {
    /// The change in a sentence for people who know the records: how many lose what where, of which types, and about
    /// how many of the whole catalogue.
    #[must_use]
    pub fn sentence(&self) -> String {
        let (part, all, drawn) = match self.of_drawn {
            0 => (self.pairs, self.compared, ""),
            of_drawn => (of_drawn, self.drawn, "sampled "),
        };
        let (one, many) = self.subject.noun();
        let noun = (format!("{drawn}{one}"), format!("{drawn}{many}"));
        let mut says = format!("{} of {}", grouped(part), counted(all, (&noun.0, &noun.1)));
        let verb = match self.kind {
            Kind::Lost => ["loses", "lose"],
            Kind::Gained => ["gains", "gain"],
            Kind::Changed => ["says something else in", "say something else in"],
            Kind::Moved => ["has another order of", "have another order of"],
        };
        let verb = verb[usize::from(part != 1)];
        match &self.statuses {
            Some((from, to)) => says.push_str(&format!(": prod says {from}, stage {to}")),
            None => says.push_str(&format!(" {verb} `{}`", self.path)),
        }
        says.push_str(&self.shares());
        if let Some(estimate) = self.estimate {
            says.push_str(&format!(
                "; about {} works in the whole catalogue (95 % interval {} to {})",
                grouped(estimate.about),
                grouped(estimate.low),
                grouped(estimate.high)
            ));
        }
        if let Some(views) = self.views {
            says.push_str(&format!("; those compared had {} page views", grouped(views)));
        }
        says
    }

    /// Of which types they are.
    fn shares(&self) -> String {
        let [first, rest @ ..] = self.types.as_slice() else { return String::new() };
        if first.id.is_empty() && rest.is_empty() {
            return String::new();
        }
        if rest.is_empty() {
            return format!("; all {}", first.label);
        }
        if first.pairs * 100 >= self.pairs * NEARLY_ALL {
            return format!("; nearly all {}", first.label);
        }
        let shown = self.types.iter().take(3);
        let shown: Vec<String> = shown
            .map(|it| {
                let label = if it.label.is_empty() { "without a type" } else { &it.label };
                format!("{} % {label}", it.pairs * 100 / self.pairs.max(1))
            })
            .collect();
        format!("; {}{}", shown.join(", "), if self.types.len() > 3 { ", and others" } else { "" })
    }

    /// What the same works show besides, in a sentence; `None` if nothing.
    #[must_use]
    pub fn together_with(&self) -> Option<String> {
        let with = self.with.iter().map(|it| {
            let fewer =
                if it.pairs == self.pairs { String::new() } else { format!(" ({})", grouped(it.pairs)) };
            format!("`{}` {}{fewer}", it.path, it.kind)
        });
        let with: Vec<String> = with.collect();
        (!with.is_empty()).then(|| format!("together with: {}", with.join(", ")))
    }
}
