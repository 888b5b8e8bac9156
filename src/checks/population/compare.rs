//! Whether numbers have changed more than they may, value by value: a swap that leaves the total as it was is seen.

use super::counts::{Bucket, Counts, REST};
use crate::catalogue::Endpoint;
use crate::numbers::grouped;
use crate::suite::{Change, Share};
use crate::verdict::{Count, Finding};

/// What numbers are compared with.
pub(super) struct Earlier<'a> {
    /// The other numbers.
    pub counts: &'a Counts,
    /// Where they are from, as in "12 works on prod".
    pub there: &'static str,
}

/// What has changed more than it may.
pub(super) fn findings(now: &Counts, earlier: &Earlier, change: &Change, of: Endpoint) -> Vec<Finding> {
    let compare = Comparison { there: earlier.there, change, of };
    let then = earlier.counts;
    let mut findings: Vec<Finding> = compare.number("", then.all, now.all).into_iter().collect();
    for bucket in &then.buckets {
        findings.extend(match now.bucket(&bucket.key) {
            Some(now) => compare.bucket(bucket, now),
            None => compare.missing(bucket, now.cut),
        });
    }
    let new = now.buckets.iter().filter(|bucket| then.bucket(&bucket.key).is_none());
    findings.extend(new.filter_map(|bucket| compare.appeared(bucket, then.cut)));
    findings
}

/// The numbers of both sides beside each other: all of them first, then each value that either side shows.
pub(super) fn rows(now: &Counts, then: &Counts) -> Vec<Count> {
    let count = |bucket: Option<&Bucket>| bucket.map(|bucket| bucket.count);
    let row = |bucket: &Bucket| Count {
        name: bucket.name(),
        then: count(then.bucket(&bucket.key)),
        now: count(now.bucket(&bucket.key)),
    };
    let all = Count { name: "all".to_owned(), then: Some(then.all), now: Some(now.all) };
    let new = now.buckets.iter().filter(|bucket| then.bucket(&bucket.key).is_none());
    std::iter::once(all).chain(then.buckets.iter().chain(new).map(row)).collect()
}

/// How much may be gained or lost of a number.
pub(super) fn allowed(share: Share, of: u64, change: &Change) -> u64 {
    share.of(of).max(change.or_by).min(change.never_over.unwrap_or(u64::MAX))
}

struct Comparison<'a> {
    there: &'static str,
    change: &'a Change,
    of: Endpoint,
}

impl Comparison<'_> {
    fn least(&self, then: u64) -> u64 {
        then.saturating_sub(allowed(self.change.loss, then, self.change))
    }

    fn most(&self, then: u64) -> u64 {
        then.saturating_add(allowed(self.change.gain, then, self.change))
    }

    fn bucket(&self, then: &Bucket, now: &Bucket) -> Option<Finding> {
        // That fewer are without any value is no loss.
        if then.key == REST && now.count < then.count {
            return None;
        }
        self.number(&format!("{}: ", then.name()), then.count, now.count)
    }

    fn number(&self, whose: &str, then: u64, now: u64) -> Option<Finding> {
        let (least, most) = (self.least(then), self.most(then));
        let (differ, how, may) = if now < least {
            (then - now, "fewer", format!("{} may be lost", grouped(then - least)))
        } else if now > most {
            (now - then, "more", format!("{} may be gained", grouped(most - then)))
        } else {
            return None;
        };
        let Self { there, .. } = self;
        let says = format!(
            "{whose}{} {} {how} than {there} ({}), where no more than {may}",
            grouped(differ),
            self.of.noun(differ),
            part(differ, then)
        );
        let expected = format!("{} to {} ({} {there})", grouped(least), grouped(most), grouped(then));
        Some(Finding { says, expected, found: grouped(now), ..Finding::default() })
    }

    /// A value that is not shown now: it is gone, or others have grown past it.
    fn missing(&self, then: &Bucket, cut: Option<u64>) -> Option<Finding> {
        let says = match cut {
            _ if then.key == REST => return None,
            None if then.count <= self.change.come_and_go => return None,
            None => format!("{} has vanished: nothing has this value any more", then.name()),
            Some(most) if most >= self.least(then.count) => return None,
            Some(most) => format!(
                "{} is no longer among the values that the API shows, so {} {} at most have it",
                then.name(),
                grouped(most),
                self.of.noun(most)
            ),
        };
        Some(self.only_there(then, says))
    }

    fn only_there(&self, then: &Bucket, says: String) -> Finding {
        Finding {
            says,
            expected: format!(
                "{} ({} {})",
                grouped(self.least(then.count).max(1)),
                grouped(then.count),
                self.there
            ),
            found: "(not shown)".to_owned(),
            ..Finding::default()
        }
    }

    /// A value that was not shown then: it is new, or has grown past others.
    fn appeared(&self, now: &Bucket, cut: Option<u64>) -> Option<Finding> {
        // That some are without any value is no new value.
        if now.key == REST {
            return self.number(&format!("{}: ", now.name()), 0, now.count);
        }
        let (says, expected) = match cut {
            None if now.count <= self.change.come_and_go => return None,
            None => (
                format!("{} has appeared: nothing has this value {}", now.name(), self.there),
                "(nothing)".to_owned(),
            ),
            Some(most) if now.count <= self.most(most) => return None,
            Some(most) => (
                format!("{} has grown: it is not among the values shown {}", now.name(), self.there),
                format!("{} at most", grouped(self.most(most))),
            ),
        };
        let found = grouped(now.count);
        Some(Finding { says, expected, found, ..Finding::default() })
    }
}

/// `1.1 %`, `100 %`; `less than 0.1 %` where that would read as nothing.
fn part(of: u64, whole: u64) -> String {
    let tenths = u128::from(of) * 1000 / u128::from(whole.max(1));
    match (whole, tenths) {
        (0, _) => "there are none".to_owned(),
        (_, 0) => "less than 0.1 %".to_owned(),
        (_, tenths) if tenths % 10 == 0 => format!("{} %", tenths / 10),
        (_, tenths) => format!("{}.{} %", tenths / 10, tenths % 10),
    }
}
