//! What a parent and its part must say of one another: the one place that knows, for the walk down a tree and for the
//! invariants.

use serde_json::Value;

use super::work;
use crate::catalogue::{Resource, WorkId};
use crate::evidence::Evidence;
use crate::verdict::{Finding, Judgement, Verdict};

/// A work as one of its relatives shows it.
#[derive(Debug, Clone, Copy)]
pub struct Relative<'a> {
    stub: &'a Value,
}

impl<'a> Relative<'a> {
    /// The id as it is written; a series that has no record of its own has none.
    pub fn id(self) -> Option<&'a str> {
        text(self.stub, "id")
    }

    /// The id, if it is one that can be asked for.
    pub fn work(self) -> Option<WorkId> {
        self.id().and_then(WorkId::parse)
    }

    /// How many parts it is said to have.
    pub fn total_parts(self) -> Option<u64> {
        self.stub.get("totalParts").and_then(Value::as_u64)
    }

    /// What is said of it.
    pub fn stub(self) -> &'a Value {
        self.stub
    }
}

/// The parts of a work, in their order.
pub fn parts(record: &Value) -> impl Iterator<Item = Relative<'_>> {
    relatives(record, "parts")
}

/// What a work is part of, nearest first, up to the top; without the series that have no record.
pub fn ancestors(record: &Value) -> impl Iterator<Item = Relative<'_>> {
    relatives(record, "partOf").filter(|relative| relative.id().is_some())
}

/// The relatives in a field of a record.
pub fn relatives<'a>(record: &'a Value, field: &str) -> impl Iterator<Item = Relative<'a>> {
    let list = record.get(field).and_then(Value::as_array);
    list.into_iter().flatten().map(|stub| Relative { stub })
}

/// The record of a work that another one names; or what follows from its not being there.
pub fn record_of<'a>(
    relative: Relative<'_>,
    naming: &Value,
    resource: &Resource,
    evidence: &'a Evidence,
) -> Result<&'a Value, Judgement> {
    let id = relative.work().ok_or_else(|| Judgement::from(no_id(naming)))?;
    work::record_of(&id, resource, evidence).map_err(|judgement| {
        let Verdict::Fail { findings } = judgement.verdict else { return judgement };
        // That it is gone is just what those rules look for that ask for it, and so may be waived like anything else.
        let gone = evidence.get(resource).is_ok_and(|answer| matches!(answer.status, 302 | 404 | 410));
        let told = findings.into_iter().map(|finding| Finding {
            says: format!("{}, which {} names: {}", named(relative.stub), named(naming), finding.says),
            unforeseen: finding.unforeseen && !gone,
            ..finding
        });
        Judgement::of(0, told.collect())
    })
}

/// What is wrong between a work and one of its parts, both asked for themselves.
pub fn between(parent: &Value, part: &Value) -> Vec<Finding> {
    let mut findings = Vec::new();
    match ancestors(part).next() {
        Some(nearest) if nearest.id() == text(parent, "id") => {
            findings.extend(other_ancestors(parent, part));
            findings.extend(miscounted(parent, part, nearest));
        }
        _ => findings.push(not_named(parent, part)),
    }
    let shown = parts(parent).find(|relative| relative.id() == text(part, "id"));
    match shown {
        Some(shown) => findings.extend(miscounted(part, parent, shown)),
        None => findings.push(not_listed(parent, part)),
    }
    findings
}

/// That a work is said to be part of itself.
pub fn own_ancestor(record: &Value) -> Option<Finding> {
    let id = text(record, "id");
    ancestors(record).any(|ancestor| ancestor.id() == id).then(|| Finding {
        at: "partOf".to_owned(),
        says: format!("{} is said to be part of itself, so that no way up ends", named(record)),
        expected: "ancestors, and not the work itself".to_owned(),
        found: path(record),
        ..Finding::default()
    })
}

/// That a work names a relative by no id that could be asked for.
pub fn no_id(naming: &Value) -> Finding {
    Finding {
        says: format!("{} names a relative whose id is none", named(naming)),
        expected: "an id of eight characters".to_owned(),
        ..Finding::default()
    }
}

/// What is wrong with the siblings that a part says come before it and after it. `None` if it says nothing of them:
/// most releases do not.
pub fn siblings(parent: &Value, part: &Value) -> Option<Vec<Finding>> {
    let ids = |record, field| relatives(record, field).filter_map(Relative::id).collect::<Vec<_>>();
    let told = ["precededBy", "succeededBy"].map(|field| part.get(field).map(|_| (field, ids(part, field))));
    if told.iter().all(Option::is_none) {
        return None;
    }
    let all = ids(parent, "parts");
    let place = all.iter().position(|id| Some(*id) == text(part, "id"))?;
    let wrong = told.into_iter().flatten().filter_map(|(field, told)| {
        let expected = if field == "precededBy" { &all[..place] } else { &all[place + 1..] };
        (told != expected).then(|| Finding {
            at: field.to_owned(),
            says: format!("{} tells of other siblings than {} lists there", named(part), named(parent)),
            expected: listed(expected.iter().map(|id| (*id).to_owned())),
            found: listed(told.iter().map(|id| (*id).to_owned())),
            ..Finding::default()
        })
    });
    Some(wrong.collect())
}

/// The part names another work than this parent as the nearest that it belongs to.
fn not_named(parent: &Value, part: &Value) -> Finding {
    Finding {
        at: "partOf".to_owned(),
        says: format!(
            "{} does not name the work that lists it, {}: readers find no way up",
            named(part),
            named(parent)
        ),
        expected: line(parent),
        found: path(part),
        ..Finding::default()
    }
}

/// The parent that the part names does not list it.
fn not_listed(parent: &Value, part: &Value) -> Finding {
    Finding {
        at: "parts".to_owned(),
        says: format!(
            "{} is not among the parts of the work that it names, {}: readers find no way down",
            named(part),
            named(parent)
        ),
        expected: line(part),
        found: listed(parts(parent).map(|part| line(part.stub()))),
        ..Finding::default()
    }
}

/// Above the parent that they share, the part names other works than its parent does.
fn other_ancestors(parent: &Value, part: &Value) -> Option<Finding> {
    let above = ancestors(parent).filter_map(Relative::id);
    let skipping_parent = ancestors(part).skip(1).filter_map(Relative::id);
    (!above.eq(skipping_parent)).then(|| Finding {
        at: "partOf".to_owned(),
        says: format!("{} names other works above its parent than {} does", named(part), named(parent)),
        expected: [line(parent), path(parent)].join("\n"),
        found: path(part),
        ..Finding::default()
    })
}

/// A relative tells another number of parts than the work has.
fn miscounted(work: &Value, teller: &Value, told: Relative<'_>) -> Option<Finding> {
    let count = parts(work).count();
    let said = told.total_parts();
    (said != u64::try_from(count).ok()).then(|| Finding {
        at: "totalParts".to_owned(),
        says: format!("{} has another number of parts than {} says", named(work), named(teller)),
        expected: count.to_string(),
        found: said.map_or_else(|| "(no number)".to_owned(), |said| said.to_string()),
        ..Finding::default()
    })
}

/// A work as a finding names it, with its page: `PP/CRI/A "Personal Material" (https://…)`.
pub fn named(record: &Value) -> String {
    let id = text(record, "id").unwrap_or("(no id)");
    let reference =
        text(record, "referenceNumber").map(|reference| format!("{reference} ")).unwrap_or_default();
    let title = shortened(text(record, "title").unwrap_or("(no title)"), 50);
    format!("{reference}\"{title}\" (https://wellcomecollection.org/works/{id})")
}

/// A work in a line: `gnfmdk33 PP/CRI/A Personal Material`.
fn line(stub: &Value) -> String {
    let fields = ["id", "referenceNumber", "title"].map(|field| text(stub, field));
    let words: Vec<&str> = fields.into_iter().flatten().collect();
    shortened(&words.join(" "), 80)
}

/// What a work says that it is part of, nearest first.
fn path(record: &Value) -> String {
    listed(ancestors(record).map(|ancestor| line(ancestor.stub())))
}

/// How many lines a list has in a finding.
const LINES: usize = 8;

fn listed(lines: impl Iterator<Item = String>) -> String {
    let mut lines: Vec<String> = lines.collect();
    let more = lines.len().saturating_sub(LINES);
    lines.truncate(LINES);
    lines.extend((more > 0).then(|| format!("… and {more} more")));
    if lines.is_empty() { "(nothing)".to_owned() } else { lines.join("\n") }
}

/// The text, cut off where it is longer than this.
pub fn shortened(text: &str, longest: usize) -> String {
    if text.chars().count() <= longest {
        return text.to_owned();
    }
    let kept: String = text.chars().take(longest.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end())
}

/// A field of a record that is text.
pub fn text<'a>(record: &'a Value, field: &str) -> Option<&'a str> {
    record.get(field).and_then(Value::as_str)
}
