//! Sentences about changes, for people who read no code: how many works, and what became of what.

use super::changes::{Change, Companion};
use super::difference::Kind;
use super::noise::NoisyPath;
use super::tally::Subject;
use super::things;
use crate::estimate::Estimate;
use crate::numbers::{capital, counted, grouped};

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

/// Where so many of a hundred that show a change are of one type, it is said that nearly all are.
const NEARLY_ALL: usize = 90;

/// What is found at a place, in words.
#[must_use]
pub(super) fn thing(path: &str) -> String {
    things::thing(path).words
}

/// `about 94,000 archives`, `at least 58 works, nearly all archives`, or `12 of 600 sampled works`.
#[must_use]
pub(super) fn number_of(change: &Change) -> String {
    let Some(estimate) = change.estimate else { return part_of(change) };
    let (about, number) = (how_sure(estimate), about_how_many(estimate));
    let works = Subject::Works.noun();
    match main_type(change) {
        Some((noun, true)) => format!("{about}{}", counted(number, noun)),
        Some(((_, many), false)) => format!("{about}{}, nearly all {many}", counted(number, works)),
        None => format!("{about}{}", counted(number, works)),
    }
}

/// `12 of 600 sampled works`, or, if none of them was drawn, `12 of 611 works that were compared`.
fn part_of(change: &Change) -> String {
    let (one, many) = change.subject.noun();
    let (part, all) = part_and_all(change);
    let (one, many) = if change.of_drawn == 0 {
        (format!("{one} that was compared"), format!("{many} that were compared"))
    } else {
        (format!("sampled {one}"), format!("sampled {many}"))
    };
    format!("{} of {}", grouped(part), counted(all, (&one, &many)))
}

/// How many show a change, of how many that could.
fn part_and_all(change: &Change) -> (usize, usize) {
    if change.of_drawn == 0 { (change.pairs, change.compared) } else { (change.of_drawn, change.drawn) }
}

/// Whether a number is counted, is what was seen at least, or is estimated.
fn how_sure(estimate: Estimate) -> &'static str {
    match estimate {
        _ if estimate.is_exact() => "",
        Estimate { about, low, .. } if about == low => "at least ",
        _ => "about ",
    }
}

/// The number that is said: to three figures that mean something, since nobody counted 94,137; never less than what is
/// sure.
fn about_how_many(estimate: Estimate) -> usize {
    let rounded = rounded(estimate.about);
    if estimate.about == estimate.low || rounded < estimate.low { estimate.about } else { rounded }
}

fn rounded(number: usize) -> usize {
    let mut unit = 1;
    while number / unit >= 1_000 {
        unit *= 10;
    }
    (number + unit / 2) / unit * unit
}

/// What one of a type is called, and many, if all that show a change are of that type, or nearly all.
fn main_type(change: &Change) -> Option<((&'static str, &'static str), bool)> {
    let main = change.types.first().filter(|it| it.pairs * 100 >= change.pairs * NEARLY_ALL)?;
    let (_, noun) = OF_TYPE.iter().find(|(id, _)| *id == main.id && change.subject == Subject::Works)?;
    Some((*noun, main.pairs == change.pairs))
}

/// A change in a clause of plain words: `about 94,000 archives lose the digitised copy`.
#[must_use]
pub(super) fn plainly(change: &Change) -> String {
    let number = change.estimate.map_or_else(|| part_and_all(change).0, about_how_many);
    clause(change, &number_of(change), number)
}

/// What becomes of so many, who are named so.
fn clause(change: &Change, who: &str, number: usize) -> String {
    let things::Thing { words: thing, is_many } = things::thing(&change.path);
    // `58 works, nearly all archives, lose it`.
    let who_then = if who.contains(", nearly all ") { format!("{who},") } else { who.to_owned() };
    if change.path == "status" {
        return format!("{who_then} {}", of_status(change, number));
    }
    let verb = |one: &'static str, many: &'static str| if is_many { many } else { one };
    if change.subject == Subject::Answers {
        let what = match change.kind {
            Kind::Lost => verb("is missing", "are missing"),
            Kind::Gained | Kind::Returned => verb("is new", "are new"),
            Kind::Changed => verb("is different", "are different"),
            Kind::Moved => verb("comes in another order", "come in another order"),
        };
        return format!("in {who}, {thing} {what}");
    }
    match change.kind {
        Kind::Lost => format!("{who_then} {} {thing}", if number == 1 { "loses" } else { "lose" }),
        Kind::Gained | Kind::Returned => {
            format!("{who_then} {} {thing}", if number == 1 { "gains" } else { "gain" })
        }
        Kind::Changed => format!("for {who}, {thing} {}", verb("is different", "are different")),
        Kind::Moved => {
            format!("for {who}, {thing} {}", verb("comes in another order", "come in another order"))
        }
    }
}

/// What becomes of records as a whole, or of answers.
fn of_status(change: &Change, number: usize) -> &'static str {
    let verb = |one: &'static str, many: &'static str| if number == 1 { one } else { many };
    let statuses = change.statuses.as_ref().map(|(prod, stage)| (prod.as_str(), stage.as_str()));
    let is_answer = change.subject == Subject::Answers;
    match (change.kind, statuses) {
        (_, Some((_, stage))) if stage.starts_with('5') => {
            verb("fails when it is asked for", "fail when they are asked for")
        }
        (Kind::Lost, _) if is_answer => verb("is no longer answered", "are no longer answered"),
        (Kind::Gained, _) if is_answer => {
            verb("is answered, and was not before", "are answered, and were not before")
        }
        (Kind::Lost, Some((prod, _))) if prod.starts_with('3') => {
            verb("no longer leads to the work that it led to", "no longer lead to the works that they led to")
        }
        (Kind::Lost, _) => verb("is no longer there", "are no longer there"),
        (Kind::Returned, _) => verb(
            "is shown again, though it had been taken down",
            "are shown again, though they had been taken down",
        ),
        (Kind::Gained, _) => verb("is new", "are new"),
        (_, Some((prod, "200"))) if prod.starts_with('3') => verb(
            "no longer leads to another work, but is one of its own",
            "no longer lead to other works, but are works of their own",
        ),
        (_, Some(("200", stage))) if stage.starts_with('3') => {
            verb("now leads to another work", "now lead to other works")
        }
        (_, Some(("410", _))) => verb(
            "is no longer said to have been taken down, but never to have been",
            "are no longer said to have been taken down, but never to have been",
        ),
        _ => verb("answers in another way than before", "answer in another way than before"),
    }
}

impl Change {
    /// The change in a sentence with all its numbers: how many lose what, of which types, and about how many of the
    /// whole catalogue.
    #[must_use]
    pub fn sentence(&self) -> String {
        let mut says = match self.estimate {
            Some(estimate) if estimate.is_exact() => {
                let noun = self.subject.noun();
                clause(self, &counted(estimate.about, noun), estimate.about)
            }
            _ => clause(self, &part_of(self), part_and_all(self).0),
        };
        says.push_str(&self.shares());
        match self.estimate {
            Some(estimate) if estimate.is_exact() => {
                says.push_str("; that is counted in the whole catalogue, and not estimated");
            }
            Some(estimate) => says.push_str(&format!(
                "; {}{} in the whole catalogue (95 % interval {} to {})",
                how_sure(estimate),
                counted(estimate.about, Subject::Works.noun()),
                grouped(estimate.low),
                grouped(estimate.high)
            )),
            None => {}
        }
        if let Some(views) = self.views {
            says.push_str(&format!("; those compared had {}", counted(views, ("page view", "page views"))));
        }
        capital(&says)
    }

    /// Of which types they are.
    fn shares(&self) -> String {
        let [first, rest @ ..] = self.types.as_slice() else { return String::new() };
        // Answers have no type, and of records that have none there is nothing to say.
        if first.id.is_empty() && first.pairs * 100 >= self.pairs * NEARLY_ALL {
            return String::new();
        }
        if rest.is_empty() {
            return format!("; all {}", first.label);
        }
        if first.pairs * 100 >= self.pairs * NEARLY_ALL {
            return format!("; nearly all {}", first.label);
        }
        let shown = self.types.iter().filter(|it| it.pairs * 100 >= self.pairs).take(3);
        let shown: Vec<String> = shown
            .map(|it| {
                let label = if it.label.is_empty() { "without a type" } else { &it.label };
                format!("{} % {label}", it.pairs * 100 / self.pairs.max(1))
            })
            .collect();
        format!("; {}{}", shown.join(", "), if self.types.len() > shown.len() { ", and others" } else { "" })
    }

    /// What the same works show besides, in a sentence; `None` if nothing.
    #[must_use]
    pub fn together_with(&self) -> Option<String> {
        let mut known = vec![(thing(&self.path), self.kind)];
        let mut told: Vec<String> = Vec::new();
        for with in &self.with {
            let is = (thing(&with.path), with.kind);
            if known.contains(&is) {
                continue;
            }
            let fewer =
                if with.pairs == self.pairs { String::new() } else { format!(" ({})", grouped(with.pairs)) };
            told.push(format!("{} {}{fewer}", is.0, became(with.kind)));
            known.push(is);
        }
        (!told.is_empty()).then(|| format!("together with: {}", told.join("; ")))
    }

    /// Where in the records it is seen, for people who know them.
    #[must_use]
    pub fn places(&self) -> String {
        let own = match &self.statuses {
            Some((prod, stage)) => format!("`{}` {prod} on prod, {stage} on stage", self.path),
            None => place(&self.path, self.kind),
        };
        let with = self.with.iter().map(|Companion { path, kind, .. }| place(path, *kind));
        std::iter::once(own).chain(with).collect::<Vec<_>>().join(", ")
    }
}

fn place(path: &str, kind: Kind) -> String {
    format!("`{path}` {kind}")
}

/// What became of a thing, behind its name.
pub(super) fn became(kind: Kind) -> &'static str {
    match kind {
        Kind::Lost => "lost",
        Kind::Gained => "gained",
        Kind::Returned => "shown again",
        Kind::Changed => "different",
        Kind::Moved => "in another order",
    }
}

impl NoisyPath {
    /// That prod wavers there itself, in a sentence, and what follows.
    #[must_use]
    pub fn sentence(&self) -> String {
        let told =
            if self.is_noise { "so that it is not told as a change" } else { "and is told all the same" };
        format!(
            "{} {} in {} of {} that prod gave twice, {told}",
            thing(&self.path),
            match self.kind {
                Kind::Changed => "changes",
                Kind::Lost | Kind::Gained | Kind::Returned => "comes and goes",
                Kind::Moved => "comes in another order",
            },
            grouped(self.differed),
            counted(self.asked_twice, ("answer", "answers"))
        )
    }
}
