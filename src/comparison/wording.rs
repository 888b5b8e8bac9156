//! Plain words for places in records, and for numbers of works, for people who read no code.

use super::changes::Change;
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

/// What a work of a type is called, and many of them.
const OF_TYPE: &[(&str, (&str, &str))] = &[
    ("a", ("book", "books")),
    ("b", ("manuscript", "manuscripts")),
    ("c", ("piece of music", "pieces of music")),
    ("d", ("journal", "journals")),
    ("e", ("map", "maps")),
    ("g", ("video", "videos")),
    ("h", ("archive", "archives")),
    ("i", ("sound recording", "sound recordings")),
    ("k", ("picture", "pictures")),
    ("l", ("piece of ephemera", "pieces of ephemera")),
    ("q", ("digital image", "digital images")),
    ("r", ("three-dimensional object", "three-dimensional objects")),
    ("v", ("e-book", "e-books")),
    ("w", ("student dissertation", "student dissertations")),
    ("x", ("manuscript", "manuscripts")),
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

/// `about 94,000 archives`, or `1,204 of 5,000 works that were compared`.
#[must_use]
pub(super) fn number_of(change: &Change) -> String {
    let (one, many) = noun_of(change);
    if let Some(estimate) = change.estimate {
        return format!("about {}", counted(rounded(estimate.about), (&one, &many)));
    }
    let (one, many) = (format!("{one} that was compared"), format!("{many} that were compared"));
    format!("{} of {}", grouped(change.pairs), counted(change.compared, (&one, &many)))
}

/// Whether it is one, of which one speaks in the singular.
fn is_one(change: &Change) -> bool {
    change.estimate.map_or(change.pairs, |estimate| rounded(estimate.about)) == 1
}

/// To two figures that mean something: nobody counted 94,137.
fn rounded(number: usize) -> usize {
    let mut unit = 1;
    while number / unit >= 1_000 {
        unit *= 10;
    }
    number.div_euclid(unit) * unit + if number % unit * 2 >= unit && unit > 1 { unit } else { 0 }
}

/// What one that shows a change is called, and many.
fn noun_of(change: &Change) -> (String, String) {
    let (one, many) = change.subject.noun();
    let main = change.types.first().filter(|it| it.pairs * 100 >= change.pairs * NEARLY_ALL);
    match main {
        Some(main) if change.subject == Subject::Works && !main.id.is_empty() => {
            match OF_TYPE.iter().find(|(id, _)| *id == main.id) {
                Some((_, (one, many))) => ((*one).to_owned(), (*many).to_owned()),
                None => (format!("{one} ({})", main.label), format!("{many} ({})", main.label)),
            }
        }
        _ => (one.to_owned(), many.to_owned()),
    }
}

/// A change in a clause of plain words: `about 94,000 archives lose the digitised copy`.
#[must_use]
pub(super) fn plainly(change: &Change) -> String {
    let (of, thing) = (number_of(change), thing(&change.path));
    let verb = |one: &'static str, many: &'static str| if is_one(change) { one } else { many };
    match (change.path.as_str(), change.kind) {
        ("status", Kind::Lost) => format!("{of} {} no longer there", verb("is", "are")),
        ("status", Kind::Returned) => {
            let (is, had) = (verb("is", "are"), verb("it had", "they had"));
            format!("{of} {is} shown again, though {had} been taken down")
        }
        ("status", Kind::Gained) => format!("{of} {} new", verb("is", "are")),
        ("status", _) => format!("{of} {} in another way than before", verb("answers", "answer")),
        (_, Kind::Lost) => format!("{of} {} {thing}", verb("loses", "lose")),
        (_, Kind::Gained | Kind::Returned) => format!("{of} {} {thing}", verb("gains", "gain")),
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
            Kind::Returned => ["is shown again in", "are shown again in"],
        };
        let verb = verb[usize::from(part != 1)];
        match &self.statuses {
            Some((from, to)) => says.push_str(&format!(": prod says {from}, stage {to}")),
            None => says.push_str(&format!(" {verb} `{}`", self.path)),
        }
        says.push_str(&self.shares());
        if let Some(estimate) = self.estimate {
            says.push_str(&format!(
                "; about {} in the whole catalogue (95 % interval {} to {})",
                counted(estimate.about, ("work", "works")),
                grouped(estimate.low),
                grouped(estimate.high)
            ));
        }
        if let Some(views) = self.views {
            says.push_str(&format!("; those compared had {}", counted(views, ("page view", "page views"))));
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
