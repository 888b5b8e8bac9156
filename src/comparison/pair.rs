//! What is compared: an answer of stage beside that of prod.

use serde_json::Value;

use super::path::Pattern;

/// What both were asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum About<'a> {
    /// The record of a work, by its id: from a list, or asked for alone.
    Work(&'a str),
    /// The record of an image, by its id.
    Image(&'a str),
    /// Anything else, by its path and query: `/works?query=botany`.
    Request(&'a str),
}

/// How it came that this is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Drawn {
    /// Somebody chose it: nothing follows from it for the whole catalogue.
    #[default]
    Chosen,
    /// It was drawn at random from prod.
    FromProd,
    /// It was drawn at random from stage, to see what is new. All that was drawn belongs in the comparison, and not only
    /// what prod has not: the share of what is new is that of all.
    FromStage,
    /// It was drawn from both; it is compared once.
    FromBoth,
}

/// What one of the two has to say.
#[derive(Debug, Clone, Copy, Default)]
pub struct Side<'a> {
    /// The HTTP status; `None` if it is known from a list alone that there is no such record.
    pub status: Option<u16>,
    /// Where it redirects to.
    pub location: Option<&'a str>,
    /// Its JSON. A redirect has none that counts.
    pub body: Option<&'a Value>,
}

impl<'a> Side<'a> {
    /// A record, or any other answer of 200.
    #[must_use]
    pub fn of(body: &'a Value) -> Self {
        Self { status: Some(200), location: None, body: Some(body) }
    }

    /// What is known, from lists, not to be there.
    #[must_use]
    pub fn absent() -> Self {
        Self::default()
    }

    /// Whether it says anything that another answer can be compared with: no failure, and JSON where there should be. The
    /// API turns nobody away; what stands before it does, and says nothing of the catalogue.
    pub(super) fn answers(&self) -> bool {
        match self.status {
            Some(200) => self.body.is_some(),
            Some(status) => status < 500 && !matches!(status, 401 | 403 | 408 | 429),
            None => true,
        }
    }

    /// Whether it has something at those places: in its record, or as an answer as a whole.
    pub(super) fn has(&self, places: &Pattern) -> bool {
        match places.of_the_answer() {
            Some("status") => self.status.is_some_and(|status| status < 400),
            Some("location") => self.location.is_some(),
            _ => self.record().is_some_and(|record| places.is_in(record)),
        }
    }

    /// Its record, and not what it says instead of one.
    pub(super) fn record(&self) -> Option<&'a Value> {
        self.body.filter(|_| self.status == Some(200))
    }
}

/// An answer of stage beside that of prod. One that is missing makes no pair: see `Comparison::unanswered`.
#[derive(Debug, Clone, Copy)]
pub struct Pair<'a> {
    /// What both were asked for.
    pub about: About<'a>,
    /// How it came that this is compared.
    pub drawn: Drawn,
    /// What stage answered.
    pub stage: Side<'a>,
    /// What prod answered.
    pub prod: Side<'a>,
    /// What prod answered when it was asked once more, if it was.
    pub again: Option<Side<'a>>,
    /// How often its page was viewed, if that is known.
    pub views: Option<u64>,
}
