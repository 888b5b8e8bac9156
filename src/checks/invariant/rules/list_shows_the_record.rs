//! A list shows a work exactly as the work's own address does: the same release answers both, from one index.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::catalogue::{Include, Resource};
use crate::checks::invariant::{Case, Rule, Ruling, Sample, Sampled};
use crate::checks::walk::differences;
use crate::checks::yaml::to_yaml;
use crate::checks::{Context, describe_status};
use crate::verdict::Finding;

/// How many works are asked for once more by themselves.
const ASKED: usize = 30;

/// The rule.
pub(super) struct ListShowsTheRecord;

impl Rule for ListShowsTheRecord {
    fn includes(&self) -> BTreeSet<Include> {
        BTreeSet::new()
    }

    fn looks_at<'a>(&self, sample: &Sample<'a>) -> Sample<'a> {
        sample.some(ASKED)
    }

    fn resources(&self, sample: &Sample<'_>, context: &Context<'_>) -> Vec<Resource> {
        sample.works.iter().filter_map(|work| Some(context.requests.whole(&work.work_id()?))).collect()
    }

    fn cases<'a>(&self, sample: &Sample<'a>, context: &Context<'a>) -> Vec<Case<'a>> {
        sample.works.iter().map(|work| Case::of_work(*work, judge(work, context))).collect()
    }
}

fn judge(work: &Sampled<'_>, context: &Context<'_>) -> Ruling {
    let Some(id) = work.work_id() else {
        return Ruling::breaks(
            "id",
            "this is no id that a work can have",
            "eight letters and digits",
            work.id,
        );
    };
    let answer = match context.evidence.get(&context.requests.whole(&id)) {
        Ok(answer) => answer,
        Err(because) => return Ruling::Unknown(because),
    };
    match answer.json().filter(|_| answer.status == 200) {
        Some(record) => Ruling::of(findings(work.record, record)),
        None => Ruling::breaks(
            "",
            format!("a list shows this work, but its own address answers {}", describe_status(answer)),
            "200 with the record",
            answer.status.to_string(),
        ),
    }
}

fn findings(in_list: &Value, alone: &Value) -> Vec<Finding> {
    let yaml = |value: Option<&Value>| value.map_or("(nothing)".to_owned(), to_yaml);
    let found = differences(alone, in_list);
    found
        .into_iter()
        .map(|difference| Finding {
            says: "a list shows this otherwise than the work's own address does".to_owned(),
            expected: yaml(difference.one),
            found: yaml(difference.other),
            at: difference.at,
            ..Finding::default()
        })
        .collect()
}
