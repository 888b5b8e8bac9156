//! What is counted of each change while pairs come in: how many show it, of which types, and a few to look at.

use std::collections::BTreeMap;
use std::fmt;

use serde::Serialize;

use super::difference::{Difference, Kind};
use super::pair::{About, Drawn, Pair};

/// How many characters of a title are shown.
const LONGEST_TITLE: usize = 100;

/// How many examples of a change are kept.
pub(super) const MOST_EXAMPLES: usize = 3;

/// What a change is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Subject {
    /// Works.
    Works,
    /// Images.
    Images,
    /// Answers to requests: lists, searches, counts.
    Answers,
}

impl Subject {
    pub(super) fn of(about: About<'_>) -> Self {
        match about {
            About::Work(_) => Self::Works,
            About::Image(_) => Self::Images,
            About::Request(_) => Self::Answers,
        }
    }

    /// One of them, and many.
    #[must_use]
    pub fn noun(self) -> (&'static str, &'static str) {
        match self {
            Self::Works => ("work", "works"),
            Self::Images => ("image", "images"),
            Self::Answers => ("search or list", "searches and lists"),
        }
    }
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.noun().1)
    }
}

/// One that shows a change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Example {
    /// The id of the work or image, or the request.
    pub of: String,
    /// What it is called, if it is called anything.
    pub title: String,
    /// What prod says, in short.
    pub from: String,
    /// What stage says, in short.
    pub to: String,
}

/// A title, cut behind a word where it is too long, with a mark that it was.
pub(super) fn title(text: &str) -> String {
    let Some((end, _)) = text.char_indices().nth(LONGEST_TITLE) else { return text.to_owned() };
    let shown = &text[..end];
    let cut_behind_a_word = shown.rsplit_once(' ').map_or(shown, |(words, _)| words);
    format!("{}…", cut_behind_a_word.trim_end())
}

/// What makes a change another one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Key {
    pub subject: Subject,
    pub path: String,
    pub kind: Kind,
    /// From which status to which, if it is one of statuses.
    pub statuses: Option<(String, String)>,
}

impl Key {
    pub fn of(subject: Subject, difference: &Difference) -> Self {
        let Difference { path, kind, from, to, .. } = difference;
        let statuses = (path == "status").then(|| (from.clone(), to.clone()));
        Self { subject, path: path.clone(), kind: *kind, statuses }
    }
}

/// How many, and how many of those were drawn from where.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Numbers {
    pub all: usize,
    pub from_prod: usize,
    pub from_stage: usize,
}

impl Numbers {
    pub fn add(&mut self, drawn: Drawn) {
        self.all += 1;
        match drawn {
            Drawn::Chosen => {}
            Drawn::FromProd => self.from_prod += 1,
            Drawn::FromStage => self.from_stage += 1,
            Drawn::FromBoth => {
                self.from_prod += 1;
                self.from_stage += 1;
            }
        }
    }
}

/// Numbers by work type, by its id.
pub(super) type ByType = BTreeMap<String, Numbers>;

/// What was counted of one change.
#[derive(Debug, Clone, Default)]
pub(super) struct Tally {
    pub numbers: Numbers,
    pub by_type: ByType,
    pub examples: Vec<Example>,
    pub views: Option<u64>,
}

impl Tally {
    pub fn add(&mut self, pair: &Pair<'_>, work_type: &str, title: &str, difference: &Difference) {
        self.numbers.add(pair.drawn);
        self.by_type.entry(work_type.to_owned()).or_default().add(pair.drawn);
        if let Some(views) = pair.views {
            self.views = Some(self.views.unwrap_or_default().saturating_add(views));
        }
        if self.examples.len() < MOST_EXAMPLES {
            let (About::Work(of) | About::Image(of) | About::Request(of)) = pair.about;
            self.examples.push(Example {
                of: of.to_owned(),
                title: title.to_owned(),
                from: difference.from.clone(),
                to: difference.to.clone(),
            });
        }
    }
}
