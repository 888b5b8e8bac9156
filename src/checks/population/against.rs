//! A count against another of the same: on prod, or as it was when it was last reviewed.

use super::counting::Side;
use super::counts::Counts;
use super::{Counting, compare, disagreements, listed, record};
use crate::catalogue::{Endpoint, Resource, ServedIndex};
use crate::checks::{Check, Context, Recorded};
use crate::evidence::Evidence;
use crate::suite::Change;
use crate::verdict::{Compared, Judgement, Verdict};

/// Judges how a count differs from the same count on prod.
pub struct ProdCheck {
    counting: Counting,
    change: Change,
}

impl ProdCheck {
    /// The check of this count, which may differ by so much.
    #[must_use]
    pub fn new(counting: Counting, change: Change) -> Self {
        Self { counting, change }
    }
}

impl Check for ProdCheck {
    fn resources(&self, _context: &Context<'_>) -> Vec<Resource> {
        let mut resources = self.counting.resources();
        resources.extend([self.counting.asked.on_prod(), Resource::elastic_config().on_prod()]);
        resources
    }

    fn judge(&self, context: &Context<'_>) -> Judgement {
        let now = match self.counting.comparable(context.evidence) {
            Ok(counts) => counts,
            Err(judgement) => return judgement,
        };
        let then = match self.counting.counts(Side::Prod, context.evidence) {
            Ok(counts) => counts,
            Err(judgement) => return nothing_to_compare_with(judgement),
        };
        let earlier = compare::Earlier { counts: &then, there: "on prod" };
        judged(&self.counting, &now, &earlier, &self.change)
            .remarking(indexes(self.counting.endpoint(), context.evidence))
    }
}

/// What prod answers wrongly is no fault of the stage.
fn nothing_to_compare_with(of_prod: Judgement) -> Judgement {
    match of_prod.verdict {
        Verdict::Fail { findings } => {
            let why: Vec<String> = findings.into_iter().map(|finding| finding.says).collect();
            Judgement::undecided(format!("prod has no count to compare with: {}", why.join("; ")))
        }
        Verdict::Pass | Verdict::Undecided { .. } => of_prod,
    }
}

/// What the two serve of such a list.
fn indexes(of: Endpoint, evidence: &Evidence) -> String {
    let stage = evidence.index_at_start.as_ref();
    let prod = evidence.get(&Resource::elastic_config().on_prod()).ok().and_then(ServedIndex::from_answer);
    let named = |index: Option<&ServedIndex>| {
        let name = index.and_then(|index| match of {
            Endpoint::Images => index.images_index.clone(),
            Endpoint::Works | Endpoint::Concepts => index.works_index.clone(),
        });
        name.unwrap_or_else(|| "an index that it does not name".to_owned())
    };
    format!("compared with prod, which serves {}; the stage serves {}", named(prod.as_ref()), named(stage))
}

/// Judges how a count differs from the one that was recorded and reviewed.
pub struct BaselineCheck {
    counting: Counting,
    change: Change,
    record: String,
}

impl BaselineCheck {
    /// The check of this count, which may differ by so much; its record is named for the example.
    #[must_use]
    pub fn new(counting: Counting, change: Change, example: &str) -> Self {
        Self { counting, change, record: format!("population-{example}") }
    }

    /// The numbers, if they are fit to be recorded or compared with a record.
    fn counts(&self, context: &Context<'_>) -> Result<Counts, Judgement> {
        let counts = self.counting.comparable(context.evidence)?;
        match disagreements(&self.counting, &counts).into_iter().next() {
            None => Ok(counts),
            Some(finding) => Err(finding.into()),
        }
    }
}

impl Recorded for BaselineCheck {
    fn record(&self) -> String {
        self.record.clone()
    }

    fn text(&self, context: &Context<'_>) -> Result<String, Judgement> {
        Ok(record::write(&self.counting.title(), &self.counts(context)?))
    }
}

impl Check for BaselineCheck {
    fn resources(&self, _context: &Context<'_>) -> Vec<Resource> {
        self.counting.resources()
    }

    fn judge(&self, context: &Context<'_>) -> Judgement {
        let now = match self.counts(context) {
            Ok(counts) => counts,
            Err(judgement) => return judgement,
        };
        let title = self.counting.title();
        let Some(text) = context.baselines.get(&self.record) else {
            return Judgement::undecided(format!(
                "there is no baseline of {title} for this catalogue yet, so nothing can be compared. To record it: run \
                 the gate on your own machine, look at the numbers with `cargo insta review`, and commit them"
            ));
        };
        let then = match record::read(&title, text) {
            Ok(counts) => counts,
            Err(why) => {
                return Judgement::undecided(format!(
                    "the baseline {}.snap cannot be compared with: {why}. Record it anew",
                    self.record
                ));
            }
        };
        let earlier = compare::Earlier { counts: &then, there: "in the baseline" };
        judged(&self.counting, &now, &earlier, &self.change)
    }
}

fn judged(counting: &Counting, now: &Counts, earlier: &compare::Earlier, change: &Change) -> Judgement {
    let findings = compare::findings(now, earlier, change, counting.endpoint());
    let compared = Compared::Counts {
        what: counting.title(),
        there: earlier.there.to_owned(),
        rows: compare::rows(now, earlier.counts),
    };
    Judgement::of(now.len().max(earlier.counts.len()), listed(findings)).comparing(compared)
}
