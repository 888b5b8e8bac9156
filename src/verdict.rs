//! What a check concluded. Verdicts and findings are plain data; nothing here knows how they came about.

use serde::{Deserialize, Serialize};

/// What was concluded about one check. Only `Pass` lets a release through.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "verdict", rename_all = "kebab-case")]
pub enum Verdict {
    /// It was shown to hold.
    Pass,
    /// It was shown not to hold; there is at least one finding.
    Fail {
        /// What is wrong, each with its place.
        findings: Vec<Finding>,
    },
    /// The answer could not be had, so nothing was shown either way.
    Undecided {
        /// Why nothing could be concluded, in a sentence.
        because: String,
    },
}

impl Verdict {
    /// `Pass` if there are no findings, `Fail` with them otherwise.
    #[must_use]
    pub fn from_findings(findings: Vec<Finding>) -> Self {
        if findings.is_empty() { Self::Pass } else { Self::Fail { findings } }
    }

    /// Whether the check was shown to hold.
    #[must_use]
    pub fn is_pass(&self) -> bool {
        matches!(self, Self::Pass)
    }
}

/// One thing that is wrong, worded for somebody who reads no code.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// Where in the answer, as people write it: `items[0].locations`; empty for the answer as a whole.
    pub at: String,
    /// What is wrong, in one sentence.
    pub says: String,
    /// What was expected, as YAML; empty where `says` is all there is to say.
    pub expected: String,
    /// The nearest thing that was found, as YAML.
    pub found: String,
    /// Whether the answer was not even one about this record, so that no waiver can have meant it.
    #[serde(default)]
    pub unforeseen: bool,
}
