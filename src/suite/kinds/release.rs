//! `release`: the stage serves what this release is meant to ship, steadily, and its index is kept up to date.

use std::time::Duration;

use schemars::JsonSchema;
use serde::Deserialize;

use super::Named;
use crate::suite::at::At;
use crate::suite::tree::NodeId;
use crate::suite::validate::Checker;
use crate::suite::words::{HowLong, Text};

/// Something that must hold of the release as a whole. Exactly one of the first four keys.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(
    deny_unknown_fields,
    extend("oneOf" = [
        { "required": ["serves"] },
        { "required": ["steady-over"] },
        { "required": ["from-cache-at-most"] },
        { "required": ["newest-item-within"] },
    ])
)]
pub(in crate::suite) struct Release {
    /// What the stage must say that it serves. `expected-index` and `expected-pipeline-date`: what `EXPECT_INDEX` and
    /// `EXPECT_PIPELINE_DATE` name in the run. `one-pipeline`: the dates in the names of its indexes and its pipeline
    /// date are the same, so that the API reads the index that it was built for.
    #[serde(default)]
    pub serves: At<Serves>,
    /// How many times the stage is asked what it serves, each time with the same answer, such as `20`.
    #[serde(default)]
    pub steady_over: At<i64>,
    /// How old an answer may be that comes out of a cache, such as `60 seconds`.
    #[serde(default)]
    pub from_cache_at_most: At<HowLong>,
    /// How many days ago the newest digital item may have come in, such as `14 days`.
    #[serde(default)]
    pub newest_item_within: At<HowLong>,
    /// What it is an example of, in a few words.
    pub is: At<Text>,
}

/// What a stage must say that it serves.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub(in crate::suite) struct Serves(
    #[schemars(extend("enum" = ["expected-index", "expected-pipeline-date", "one-pipeline"]))] pub String,
);

/// What must hold of a release as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReleaseExample {
    /// The stage serves what the run was told to expect.
    Serves(Expectation),
    /// The indexes and the pipeline date that it names belong together.
    OnePipeline,
    /// It says the same each time.
    Steady {
        /// How often it is asked; at least twice.
        requests: usize,
    },
    /// What a cache has kept is not older than this.
    FromCache {
        /// The greatest age.
        at_most: Duration,
    },
    /// Something has come in of late.
    NewestItem {
        /// So many days ago at most.
        within_days: u16,
    },
}

/// What a run can be told to expect.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expectation {
    /// The index of works.
    Index,
    /// The date that names the pipeline.
    PipelineDate,
}

impl Expectation {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Index, Self::PipelineDate];

    /// As the suite file names it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Index => "expected-index",
            Self::PipelineDate => "expected-pipeline-date",
        }
    }

    /// The environment variable that tells it.
    #[must_use]
    pub fn variable(self) -> &'static str {
        match self {
            Self::Index => "EXPECT_INDEX",
            Self::PipelineDate => "EXPECT_PIPELINE_DATE",
        }
    }

    /// What it may look like.
    #[must_use]
    pub fn sample(self) -> &'static str {
        match self {
            Self::Index => "works-indexed-2026-11-01",
            Self::PipelineDate => "2026-11-01",
        }
    }
}

impl Named for Release {
    fn name(&self) -> Option<String> {
        if let Some(serves) = &self.serves.value {
            return Some(serves.0.clone());
        }
        let keys = [
            ("steady", self.steady_over.is_given()),
            ("from-cache", self.from_cache_at_most.is_given()),
            ("newest-item", self.newest_item_within.is_given()),
        ];
        keys.into_iter().find_map(|(name, given)| given.then(|| name.to_owned()))
    }

    fn is(&self) -> &At<Text> {
        &self.is
    }
}

pub(super) fn read(checker: &mut Checker<'_>, node: NodeId, example: &Release) -> Option<ReleaseExample> {
    let keys = [
        ("serves", example.serves.is_given()),
        ("steady-over", example.steady_over.is_given()),
        ("from-cache-at-most", example.from_cache_at_most.is_given()),
        ("newest-item-within", example.newest_item_within.is_given()),
    ];
    let given: Vec<&str> = keys.iter().filter_map(|(key, given)| given.then_some(*key)).collect();
    checker.exactly_one(node, &given, &keys.map(|(key, _)| key), "what must hold of the release");
    match *given.first()? {
        "serves" => serves(&example.serves.value.as_ref()?.0),
        "steady-over" => steady(checker, node, &example.steady_over),
        "from-cache-at-most" => from_cache(checker, node, &example.from_cache_at_most),
        _ => newest_item(checker, node, &example.newest_item_within),
    }
}

fn serves(text: &str) -> Option<ReleaseExample> {
    let expectation = Expectation::ALL.into_iter().find(|it| it.as_str() == text);
    expectation
        .map(ReleaseExample::Serves)
        .or((text == "one-pipeline").then_some(ReleaseExample::OnePipeline))
}

/// More would be no better, and a burden to the stage.
const MOST_REQUESTS: i64 = 200;

fn steady(checker: &mut Checker<'_>, node: NodeId, at: &At<i64>) -> Option<ReleaseExample> {
    let requests = at.value?;
    let help = match requests {
        ..=1 => "a single answer always agrees with itself",
        2..=MOST_REQUESTS => {
            return Some(ReleaseExample::Steady { requests: usize::try_from(requests).ok()? });
        }
        _ => {
            "a stage must not be burdened for nothing: 20 requests meet one old task among four in 99 of 100 runs"
        }
    };
    checker.refuse_value(
        at,
        node,
        format!("`steady-over` cannot be {requests}"),
        "write a number from 2 to 200",
        help,
    )
}

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

fn from_cache(checker: &mut Checker<'_>, node: NodeId, at: &At<HowLong>) -> Option<ReleaseExample> {
    let written = at.value.as_ref()?;
    let at_most = written.duration()?;
    if at_most <= DAY {
        return Some(ReleaseExample::FromCache { at_most });
    }
    let says = format!("`from-cache-at-most` cannot be {}", written.0);
    let help = "an answer of yesterday is older than a release that was deployed today, so it must not pass";
    checker.refuse_value(at, node, says, "write a day at most, such as `60 seconds`", help)
}

fn newest_item(checker: &mut Checker<'_>, node: NodeId, at: &At<HowLong>) -> Option<ReleaseExample> {
    let written = at.value.as_ref()?;
    let within = written.duration()?;
    let days = u16::try_from(within.as_secs() / DAY.as_secs()).unwrap_or(u16::MAX);
    let help = match within {
        within if within < DAY || DAY * u32::from(days) != within => {
            "the catalogue knows the day of an item, no hour"
        }
        within if within > DAY * 366 => "an index that stopped a year ago would pass",
        _ => return Some(ReleaseExample::NewestItem { within_days: days }),
    };
    let says = format!("`newest-item-within` cannot be {}", written.0);
    checker.refuse_value(at, node, says, "write from `1 day` to `366 days`", help)
}
