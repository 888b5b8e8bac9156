//! How old the newest digital item is. An index that has silently stopped updating answers as well as ever.
//!
//! Records do not tell the day, but works can be filtered by it (`items.locations.createdDate`), so the number of works
//! with an item of the last days is what shows it. If there are none, the day on which it stopped is found by halving.

use jiff::civil::{Date, date};
use jiff::tz::TimeZone;
use jiff::{Span, ToSpan};

use super::super::expect_json;
use crate::catalogue::Resource;
use crate::evidence::Evidence;
use crate::verdict::{Finding, Judgement};

const FROM: &str = "items.locations.createdDate.from";
const TO: &str = "items.locations.createdDate.to";

/// Nothing was digitised before; what an index says to be older has no true date.
const FIRST: Date = date(1990, 1, 1);

/// The days that are asked about.
pub(super) struct Newest {
    within: u16,
    /// The first day that is recent enough.
    from: Date,
    /// The last day that can be meant: tomorrow, because a day ends at different times in different places.
    to: Date,
}

/// Where the halving stands.
enum Stopped {
    /// This must be asked next.
    Ask(Resource),
    /// The newest item is of this day.
    On(Date),
    /// It cannot be told.
    Unknown,
}

/// The newest first, for a reader to look at.
pub(super) fn shown() -> Resource {
    let parameters = [("sort", "items.locations.createdDate"), ("sortOrder", "desc"), ("include", "items")];
    Resource::query("/works", parameters)
}

impl Newest {
    /// The days of this run.
    pub fn within(days: u16, evidence: &Evidence) -> Self {
        let today = evidence.started.to_zoned(TimeZone::UTC).date();
        Self { within: days, from: shifted(today, -i64::from(days)), to: shifted(today, 1) }
    }

    fn recent(&self) -> Resource {
        between(Some(self.from), Some(self.to))
    }

    fn older(&self) -> Resource {
        between(None, Some(shifted(self.from, -1)))
    }

    /// A stage that passes over the filter would find everything here, and seem to be up to date.
    fn future(&self) -> Resource {
        between(Some(shifted(self.to, 1)), None)
    }

    pub fn resources(&self, evidence: &Evidence) -> Vec<Resource> {
        let mut wanted = vec![self.recent(), self.older(), self.future()];
        let known = |resource: &Resource| total(resource, evidence).ok();
        let stale = known(&self.recent()) == Some(0) && known(&self.older()).is_some_and(|older| older > 0);
        if let (true, Stopped::Ask(next)) = (stale, self.stopped(evidence)) {
            wanted.push(next);
        }
        wanted
    }

    /// Halves the days before the bound until one is left: items of it or later are there, of the next day are none.
    fn stopped(&self, evidence: &Evidence) -> Stopped {
        let (mut with, mut without) = (FIRST, self.from);
        loop {
            let middle = match (without - with).get_days() {
                1 => return Stopped::On(with),
                days => shifted(with, i64::from(days / 2)),
            };
            let question = between(Some(middle), Some(self.to));
            if !evidence.has(&question) {
                return Stopped::Ask(question);
            }
            match total(&question, evidence) {
                Ok(0) => without = middle,
                Ok(_) => with = middle,
                Err(_) => return Stopped::Unknown,
            }
        }
    }

    pub fn judge(&self, evidence: &Evidence) -> Judgement {
        let totals = [self.recent(), self.older(), self.future()].map(|resource| total(&resource, evidence));
        let [recent, older, future] = match totals {
            [Ok(recent), Ok(older), Ok(future)] => [recent, older, future],
            [Err(judgement), ..] | [_, Err(judgement), _] | [.., Err(judgement)] => return judgement,
        };
        let judgement = match (recent, older) {
            (0, 0) => Judgement::undecided("no work has an item with a date, so the newest cannot be told"),
            _ if recent == older && older == future => Judgement::undecided(format!(
                "the stage finds the same {recent} works whatever the dates, so it does not heed {FROM} and {TO}"
            )),
            (0, older) => self.stale(older, evidence).into(),
            (recent, _) => Judgement::of(usize::try_from(recent).unwrap_or(usize::MAX), Vec::new()),
        };
        if future > 0 && future != recent {
            return judgement.warning(format!("{future} works have an item that is dated in the future"));
        }
        judgement
    }

    fn stale(&self, older: u64, evidence: &Evidence) -> Finding {
        let found = match self.stopped(evidence) {
            Stopped::On(FIRST) => format!("the newest is of {FIRST} or before"),
            Stopped::On(day) => format!("the newest is of {day}"),
            Stopped::Ask(_) | Stopped::Unknown => "the newest is older".to_owned(),
        };
        Finding {
            at: "items.locations.createdDate".to_owned(),
            says: format!(
                "no digital item has come in for more than {} days, though {older} works have older ones: the index \
                 has stopped updating",
                self.within
            ),
            expected: format!("one of {} or later", self.from),
            found,
            ..Finding::default()
        }
    }
}

/// A day before or after another one; the ends of the calendar stay where they are.
fn shifted(day: Date, days: i64) -> Date {
    let span: Span = days.days();
    day.saturating_add(span)
}

/// The works with an item of these days; only their number is of interest.
fn between(from: Option<Date>, to: Option<Date>) -> Resource {
    let (from, to) = (from.map(|day| day.to_string()), to.map(|day| day.to_string()));
    let from = from.as_deref().map(|day| (FROM, day));
    let to = to.as_deref().map(|day| (TO, day));
    Resource::query("/works", from.into_iter().chain(to).chain([("pageSize", "1")]))
}

fn total(resource: &Resource, evidence: &Evidence) -> Result<u64, Judgement> {
    let list = expect_json(resource, evidence)?;
    let total = list.get("totalResults").and_then(serde_json::Value::as_u64);
    total.ok_or_else(|| Judgement::undecided(format!("{resource} does not tell how many works there are")))
}
