//! `examples` with `expect`: a single record has a shape.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{Check, Context, expect_json, missing, shape};
use crate::catalogue::{Include, Resource, WorkId};
use crate::evidence::Evidence;
use crate::suite::Shape;
use crate::verdict::{Finding, Judgement};

/// Judges one record against one shape.
pub struct WorkCheck {
    work: WorkId,
    expect: Shape,
    includes: BTreeSet<Include>,
    line: Option<usize>,
}

impl WorkCheck {
    /// A check of this work; what it must include is worked out from the shape.
    #[must_use]
    pub fn new(work: WorkId, expect: Shape) -> Self {
        let includes = includes_of(&expect);
        Self { work, expect, includes, line: None }
    }

    /// The same, of an example in this line of the suite file.
    #[must_use]
    pub fn in_line(self, line: usize) -> Self {
        Self { line: Some(line), ..self }
    }

    fn example(&self) -> missing::Example<'_> {
        missing::Example { work: &self.work, line: self.line, expect: Some(&self.expect) }
    }
}

impl Check for WorkCheck {
    fn works(&self) -> Vec<(WorkId, BTreeSet<Include>)> {
        vec![(self.work.clone(), self.includes.clone())]
    }

    fn resources(&self, context: &Context<'_>) -> Vec<Resource> {
        let own = context.requests.resource(&self.work);
        std::iter::once(own).chain(missing::resources(&self.work, context)).collect()
    }

    fn judge(&self, context: &Context<'_>) -> Judgement {
        let record = match self.example().record(context) {
            Ok(record) => record,
            Err(judgement) => return judgement,
        };
        if let Some(because) = unknown_include(&self.includes, context.requests.unknown()) {
            return Judgement::undecided(because);
        }
        let mut findings = Vec::new();
        findings.extend(refused_includes(&self.includes, context.requests.refused()));
        findings.extend(shape::findings(&self.expect, Some(record), ""));
        let values = shape::values(&self.expect, Some(record));
        if values == 0 && findings.is_empty() {
            return Judgement::undecided(
                "the lists that `expect` speaks of are empty in this record, so nothing was shown of their elements: \
                 name a work in which they are not",
            );
        }
        Judgement::of(values, findings)
    }
}

/// An answer about another record shows nothing about this one.
pub(super) fn another_record(work: &WorkId, record: &Value) -> Option<Finding> {
    let id = record.get("id").and_then(Value::as_str);
    (id != Some(work.as_str())).then(|| Finding {
        at: "id".to_owned(),
        says: "the answer is about another record".to_owned(),
        expected: work.to_string(),
        found: id.unwrap_or("(nothing)").to_owned(),
        unforeseen: true,
    })
}

/// The record of this work, and of no other; or what follows from there being none.
pub(super) fn record_of<'a>(
    work: &WorkId,
    resource: &Resource,
    evidence: &'a Evidence,
) -> Result<&'a Value, Judgement> {
    let record = expect_json(resource, evidence)?;
    another_record(work, record).map_or(Ok(record), |finding| Err(finding.into()))
}

/// That this release refuses an include which the check cannot do without.
pub(super) fn refused_includes<'a>(
    needed: &'a BTreeSet<Include>,
    refused: &'a BTreeSet<Include>,
) -> impl Iterator<Item = Finding> + 'a {
    needed.intersection(refused).map(|include| Finding {
        at: include.to_string(),
        says: format!("this release refuses `include={include}`, so nobody can be shown `{include}`"),
        expected: format!("include={include} is accepted"),
        found: "400".to_owned(),
        ..Finding::default()
    })
}

/// Why nothing can be said that needs these includes, if one of them may or may not be accepted.
pub(super) fn unknown_include(needed: &BTreeSet<Include>, unknown: &BTreeSet<Include>) -> Option<String> {
    let include = needed.intersection(unknown).next()?;
    Some(format!("it could not be found out whether this release accepts `include={include}`"))
}

/// The includes without which the API would leave out a field that the shape speaks of.
pub(super) fn includes_of(shape: &Shape) -> BTreeSet<Include> {
    let mut includes = BTreeSet::new();
    for_each_field(shape, true, &mut |name, at_top| {
        let include = Include::for_field(name);
        // `identifiers` are left out at every level; the other names mean an include only at the top.
        includes.extend(include.filter(|include| at_top || *include == Include::Identifiers));
    });
    includes
}

fn for_each_field(shape: &Shape, at_top: bool, visit: &mut impl FnMut(&str, bool)) {
    match shape {
        Shape::Object(fields) => {
            for (name, shape) in fields {
                visit(name, at_top);
                for_each_field(shape, false, visit);
            }
        }
        Shape::All(shapes) => shapes.iter().for_each(|shape| for_each_field(shape, at_top, visit)),
        Shape::List(shapes) => shapes.iter().for_each(|shape| for_each_field(shape, false, visit)),
        Shape::Every(shape) | Shape::None(shape) | Shape::Count(shape) => {
            for_each_field(shape, false, visit);
        }
        Shape::Equals(_)
        | Shape::Matches(_)
        | Shape::OneOf(_)
        | Shape::AtLeast(_)
        | Shape::AtMost(_)
        | Shape::Present
        | Shape::Absent => {}
    }
}
