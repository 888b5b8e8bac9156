//! The section as it is written. These comments are help texts of the schema: they are written for Product.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::suite::at::At;
use crate::suite::words::{
    ChangeName, ComparedPath, Day, DrawnNumber, Owner, Percent, Request, SeverityName, Text,
};

/// What is compared with prod, how grave which change is, which changes are meant, and which block.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(deny_unknown_fields, rename = "Compare")]
pub(in crate::suite) struct WrittenCompare {
    /// The role that answers for these rules, such as `Product`.
    pub owner: At<Owner>,
    /// Works and images that are drawn at random, from prod and from stage, and compared one by one.
    pub sample: At<WrittenSample>,
    /// Requests whose whole answers are compared: lists, searches, filters, sorts, counts, records, errors. Those of
    /// the examples in this file are compared by themselves.
    #[serde(default)]
    #[schemars(length(min = 1))]
    pub routes: At<Vec<At<WrittenRoute>>>,
    /// How grave a change is for readers; the first rule that fits counts. Without one, what is lost or says something
    /// else is `wrong`, and the rest `cosmetic`.
    #[serde(default)]
    #[schemars(length(min = 1))]
    pub severities: At<Vec<At<WrittenSeverity>>>,
    /// Changes that this release is meant to bring. They are reported as expected, and it blocks if they do not happen.
    #[serde(default)]
    #[schemars(length(min = 1))]
    pub expected: At<Vec<At<WrittenExpected>>>,
    /// Changes of which only so much may happen unexpected: more of it blocks.
    #[serde(default)]
    #[schemars(length(min = 1))]
    pub bounds: At<Vec<At<WrittenBound>>>,
    /// Numbers that need not be exactly the same, such as how much a search finds.
    #[serde(default)]
    #[schemars(length(min = 1))]
    pub tolerances: At<Vec<At<WrittenTolerance>>>,
}

/// How much is drawn.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(deny_unknown_fields, rename = "CompareSample")]
pub(in crate::suite) struct WrittenSample {
    /// How many works: half are drawn from prod, to see what is lost, and half from stage, to see what is new.
    pub works: At<DrawnNumber>,
    /// How many images, in the same way; none if this is left out.
    #[serde(default)]
    pub images: At<DrawnNumber>,
    /// Any number: the same one draws the same works again.
    pub seed: At<u64>,
}

/// A request whose whole answer is compared.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(deny_unknown_fields, rename = "CompareRoute")]
pub(in crate::suite) struct WrittenRoute {
    /// The part of the address below `/catalogue/v2`, such as `/works?query=botany`.
    pub request: At<Request>,
    /// What it is an example of.
    pub is: At<Text>,
}

/// How grave a change is for readers.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(deny_unknown_fields, rename = "CompareSeverity")]
pub(in crate::suite) struct WrittenSeverity {
    /// Where, with all that lies within: `items[].locations[type=DigitalLocation]`; `status` for a record as a whole.
    pub path: At<ComparedPath>,
    /// What becomes of it; whatever does, if this is left out.
    #[serde(default)]
    pub kind: At<ChangeName>,
    /// How grave that is.
    pub severity: At<SeverityName>,
    /// Why, in a sentence for those who read reports.
    pub why: At<Text>,
}

/// A change that this release is meant to bring.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(deny_unknown_fields, rename = "CompareExpected")]
pub(in crate::suite) struct WrittenExpected {
    /// Where, with all that lies within. It begins with the name of a field, so that no rule is meant for everything.
    pub path: At<ComparedPath>,
    /// What becomes of it.
    pub kind: At<ChangeName>,
    /// Why it is meant.
    pub why: At<Text>,
    /// The last day on which it is expected, such as `2026-12-31`.
    pub until: At<Day>,
    /// The most of those that have it on prod to which it is meant to happen, such as `5%`: more of it blocks.
    pub at_most: At<Percent>,
}

/// How much of something may happen unexpected.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(deny_unknown_fields, rename = "CompareBound")]
pub(in crate::suite) struct WrittenBound {
    /// Where, with all that lies within.
    pub path: At<ComparedPath>,
    /// What becomes of it.
    pub kind: At<ChangeName>,
    /// The most of those that have it on prod to which it may happen, such as `0.5%`; `0%` if to none.
    pub at_most: At<Percent>,
    /// Why more of it must not go to prod.
    pub why: At<Text>,
}

/// A number that need not be exactly the same.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(deny_unknown_fields, rename = "CompareTolerance")]
pub(in crate::suite) struct WrittenTolerance {
    /// Where.
    pub path: At<ComparedPath>,
    /// By which share of the number on prod it may be another, such as `2%`.
    pub by: At<Percent>,
    /// Or by how much, whatever the share.
    #[serde(default)]
    pub or_by: At<u64>,
}
