//! `liveness`: many requests of one sort, varied by a seed, are all answered, and quickly.

use std::time::Duration;

use schemars::JsonSchema;
use serde::Deserialize;

use super::Named;
use crate::suite::at::At;
use crate::suite::tree::NodeId;
use crate::suite::validate::Checker;
use crate::suite::words::{HowLong, Text};

/// Requests of one sort, all of which must be answered with 200.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(deny_unknown_fields)]
pub(in crate::suite) struct Liveness {
    /// What is asked for. `deep-pages`: pages of all works, from the first to the last that can be reached, in several
    /// orders. `every-include`: pages of works with every field that can be included. `every-aggregation`: searches
    /// with every facet. `random-works`: single works from all over the catalogue, with every field. `searches`:
    /// searches for some words.
    pub requests: At<Sort>,
    /// How many requests are made, such as `20`.
    pub times: At<i64>,
    /// Any number. The same number asks the same again, another number asks for others.
    pub seed: At<i64>,
    /// How long the slowest of them may take.
    #[serde(default)]
    pub slowest: At<WrittenSlowest>,
    /// What it is an example of, in a few words.
    pub is: At<Text>,
}

/// What is asked for.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub(in crate::suite) struct Sort(
    #[schemars(extend(
        "enum" = ["deep-pages", "every-include", "every-aggregation", "random-works", "searches"]
    ))]
    pub String,
);

/// How long the slowest may take, measured by a probe: the same small request, asked a few times.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(deny_unknown_fields, rename = "Slowest")]
pub(in crate::suite) struct WrittenSlowest {
    /// The share of the requests that must be quick enough, such as `95%`.
    pub quantile: At<Quantile>,
    /// How many times as long as the probe they may take, such as `8 times the probe`.
    pub at_most: At<TimesTheProbe>,
    /// What is quick enough whatever the probe takes, such as `2 seconds`.
    pub or: At<HowLong>,
}

/// A share, such as `95%`.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub(in crate::suite) struct Quantile(
    #[schemars(
        regex(pattern = "^[5-9][0-9]%$"),
        extend("patternErrorMessage" = "write a share from `50%` to `99%`, such as `95%`")
    )]
    pub String,
);

/// How many times as long as the probe.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub(in crate::suite) struct TimesTheProbe(
    #[schemars(
        regex(pattern = "^([2-9]|[1-9][0-9]|100) times the probe$"),
        extend("patternErrorMessage" = "write it as `8 times the probe`, with a number from 2 to 100")
    )]
    pub String,
);

/// Requests of one sort, which must all be answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LivenessExample {
    /// What is asked for.
    pub requests: Requests,
    /// How often; at least once.
    pub times: usize,
    /// What varies them.
    pub seed: u64,
    /// How long they may take, if that is judged.
    pub slowest: Option<Slowest>,
}

/// What is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Requests {
    /// Pages of all works, down to the deepest.
    DeepPages,
    /// Pages of works with every include.
    EveryInclude,
    /// Searches with every aggregation.
    EveryAggregation,
    /// Single works with every include.
    RandomWorks,
    /// Searches for words.
    Searches,
}

/// A bound on a quantile of the latency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slowest {
    /// The share that must keep the bound, in percent: from 50 to 99.
    pub quantile: usize,
    /// How many times the probe's median.
    pub times_the_probe: u32,
    /// What is quick enough whatever the probe takes.
    pub or: Duration,
}

impl Requests {
    /// All sorts.
    pub const ALL: [Self; 5] =
        [Self::DeepPages, Self::EveryInclude, Self::EveryAggregation, Self::RandomWorks, Self::Searches];

    /// As the suite file names it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::DeepPages => "deep-pages",
            Self::EveryInclude => "every-include",
            Self::EveryAggregation => "every-aggregation",
            Self::RandomWorks => "random-works",
            Self::Searches => "searches",
        }
    }
}

impl Named for Liveness {
    fn name(&self) -> Option<String> {
        Some(self.requests.value.as_ref()?.0.clone())
    }

    fn is(&self) -> &At<Text> {
        &self.is
    }
}

/// More is a load test, which a stage that others use must be spared.
const MOST_TIMES: i64 = 500;

/// A request is given up after so long, so that no answer can take longer.
const GIVEN_UP: Duration = Duration::from_secs(30);

pub(super) fn read(checker: &mut Checker<'_>, node: NodeId, example: &Liveness) -> Option<LivenessExample> {
    let requests = example.requests.value.as_ref();
    let requests = requests.and_then(|sort| Requests::ALL.into_iter().find(|it| it.as_str() == sort.0));
    let times = times(checker, node, &example.times);
    let seed = seed(checker, node, &example.seed);
    let slowest = example.slowest.value.as_ref().and_then(|written| {
        let at = example.slowest.node.unwrap_or(node);
        slowest(checker, at, written, times)
    });
    let slowest = if example.slowest.is_given() { Some(slowest?) } else { None };
    Some(LivenessExample { requests: requests?, times: times?, seed: seed?, slowest })
}

fn times(checker: &mut Checker<'_>, node: NodeId, at: &At<i64>) -> Option<usize> {
    let times = at.value?;
    let help = match times {
        ..=0 => "where nothing is asked, nothing can fail",
        1..=MOST_TIMES => return usize::try_from(times).ok(),
        _ => "that would be a load test, which a stage that others use must be spared",
    };
    checker.refuse_value(at, node, format!("`times` cannot be {times}"), "write a number from 1 to 500", help)
}

fn seed(checker: &mut Checker<'_>, node: NodeId, at: &At<i64>) -> Option<u64> {
    let seed = at.value?;
    u64::try_from(seed).ok().or_else(|| {
        let help = "any number will do: it only says which of all possible requests are made";
        checker.refuse_value(at, node, format!("`seed` cannot be {seed}"), "write a number from 0", help)
    })
}

fn slowest(
    checker: &mut Checker<'_>,
    node: NodeId,
    written: &WrittenSlowest,
    times: Option<usize>,
) -> Option<Slowest> {
    let quantile = written.quantile.value.as_ref()?.0.trim_end_matches('%').parse().ok()?;
    let quantile: usize = Some(quantile).filter(|quantile| (50..100).contains(quantile))?;
    let times_the_probe = written.at_most.value.as_ref()?.0.split(' ').next()?.parse().ok()?;
    let written_or = written.or.value.as_ref()?;
    let or = written_or.duration()?;
    if or.is_zero() {
        let help = "every answer takes some time, and a very quick probe would make any of them too slow";
        return checker.refuse_value(
            &written.or,
            node,
            "`or` cannot be 0".to_owned(),
            "write a time, such as `2 seconds`",
            help,
        );
    }
    if or >= GIVEN_UP {
        let says = format!("`or` cannot be {}", written_or.0);
        let help = "a request is given up after 30 seconds, so that this bound could never be broken";
        return checker.refuse_value(&written.or, node, says, "write less than `30 seconds`", help);
    }
    let enough = 100_usize.div_ceil(100 - quantile);
    if let Some(times) = times.filter(|times| *times < enough) {
        let says = format!("{quantile}% cannot be told from so few requests: `times` is {times}");
        let label = format!("write `times: {enough}` or more, or a smaller share");
        let help =
            "with so few, the bound would be on the single slowest request, which is often slow by chance";
        return checker.refuse_value(&written.quantile, node, says, &label, help);
    }
    Some(Slowest { quantile, times_the_probe, or })
}
