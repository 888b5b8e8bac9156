//! What an example expects of its tree, besides that it hangs together.

use std::cmp::Ordering;

use super::draw;
use super::walk::{Place, Walk};
use crate::catalogue::WorkId;
use crate::checks::reference;
use crate::checks::relatives::named;
use crate::suite::TreeExpectation;
use crate::verdict::Finding;

/// What is wrong with the order of parts, and with their reference numbers.
pub fn of_the_order(expect: &TreeExpectation, walk: &Walk<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for place in &walk.places {
        let parts: Vec<&Place<'_>> = place.parts.iter().map(|part| &walk.places[*part]).collect();
        if expect.ordered {
            findings.extend(out_of_order(place, &parts));
        }
        if expect.continued {
            findings.extend(parts.iter().filter_map(|part| not_continued(place, part)));
        }
    }
    findings
}

/// What is wrong with the tree as a whole; to be asked only of one that is known to its end.
pub fn of_the_whole(expect: &TreeExpectation, walk: &Walk<'_>) -> Vec<Finding> {
    let works = walk.places.len() - 1;
    let levels = walk.levels();
    let mut findings = Vec::new();
    let finding = |says: String, expected: String| Finding {
        says,
        expected,
        found: draw::beginning(walk),
        ..Finding::default()
    };
    if let Some(least) = expect.at_least.filter(|least| works < *least) {
        let missing = least - works;
        findings.push(finding(
            format!("the tree has {works} works below its top: at least {missing} missing"),
            format!("at least {least} works below the top"),
        ));
    }
    if let Some(most) = expect.at_most.filter(|most| works > *most) {
        findings.push(finding(
            format!("the tree has {works} works below its top: {} too many", works - most),
            format!("at most {most} works below the top"),
        ));
    }
    if let Some(wanted) = expect.levels.filter(|wanted| *wanted != levels) {
        let says = match levels.cmp(&wanted) {
            Ordering::Less => format!("the lowest {} of {wanted} levels are missing", wanted - levels),
            _ => format!("the tree has {levels} levels below its top, and should have {wanted}"),
        };
        findings.push(finding(says, format!("{wanted} levels below the top")));
    }
    findings.extend(expect.holds.iter().filter_map(|(work, parent)| not_held(walk, work, parent)));
    findings
}

/// Why an expectation was not put to the test, if one was not: it must not seem to hold.
pub fn untested(expect: &TreeExpectation, walk: &Walk<'_>) -> Option<String> {
    let siblings = walk.places.iter().any(|place| place.parts.len() > 1);
    (expect.ordered && !siblings).then(|| {
        "no work of this tree has two parts, so there is no order to look at: remove `order`, or walk another tree"
            .to_owned()
    })
}

/// The first two parts that stand the wrong way round, or cannot be put in order.
fn out_of_order(parent: &Place<'_>, parts: &[&Place<'_>]) -> Option<Finding> {
    let finding = |says: String, expected: String, found: String| Finding {
        at: "parts".to_owned(),
        says,
        expected,
        found,
        ..Finding::default()
    };
    if parts.len() < 2 {
        return None;
    }
    if let Some(nameless) = parts.iter().find(|part| part.reference().is_empty()) {
        let says = format!(
            "{} has no reference number, so its place among the parts of {} cannot be judged",
            told_name(nameless),
            told_name(parent)
        );
        return Some(finding(says, "a reference number".to_owned(), "(nothing)".to_owned()));
    }
    let numbers: Vec<&str> = parts.iter().map(|part| part.reference()).collect();
    let wrong: Vec<&[&str]> =
        numbers.windows(2).filter(|pair| reference::order(pair[0], pair[1]) == Ordering::Greater).collect();
    let first = wrong.first()?;
    let says = format!(
        "the parts of {} do not stand in the order of their reference numbers, in {} of {} places; the first:",
        told_name(parent),
        wrong.len(),
        numbers.len() - 1
    );
    Some(finding(says, format!("{}\n{}", first[1], first[0]), first.join("\n")))
}

/// A part whose reference number does not begin with that of its parent.
fn not_continued(parent: &Place<'_>, part: &Place<'_>) -> Option<Finding> {
    let (above, below) = (parent.reference(), part.reference());
    (!reference::continues(below, above)).then(|| Finding {
        at: "referenceNumber".to_owned(),
        says: format!(
            "the reference number of {} does not continue that of {}, which it is a part of",
            told_name(part),
            told_name(parent)
        ),
        expected: format!("{}/…", if above.is_empty() { "(a number for the parent)" } else { above }),
        found: if below.is_empty() { "(no number)".to_owned() } else { below.to_owned() },
        ..Finding::default()
    })
}

/// A work that is not where it must be.
fn not_held(walk: &Walk<'_>, work: &WorkId, parent: &WorkId) -> Option<Finding> {
    let place = walk.places.iter().find(|place| place.id == *work);
    let above = place.and_then(|place| place.parent).map(|parent| &walk.places[parent]);
    if above.is_some_and(|above| above.id == *parent) {
        return None;
    }
    let says = match above {
        Some(above) => format!("{work} stands under another work, {}", told_name(above)),
        None => format!("{work} is missing from the tree (https://wellcomecollection.org/works/{work})"),
    };
    Some(Finding {
        at: "parts".to_owned(),
        says,
        expected: format!("{work} directly under {parent}"),
        found: draw::beginning(walk),
        ..Finding::default()
    })
}

fn told_name(place: &Place<'_>) -> String {
    place.shown().map_or_else(|| place.id.to_string(), named)
}
