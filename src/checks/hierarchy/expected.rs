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
    if expect.continued && walk.places[0].record.is_ok() {
        findings.extend(nothing_to_continue(&walk.places[0]));
    }
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

/// What is wrong with the tree as a whole; to be asked only of one that is known to its end. The first finding draws it.
pub fn of_the_whole(expect: &TreeExpectation, walk: &Walk<'_>) -> Vec<Finding> {
    let mut findings: Vec<Finding> =
        of_the_number(expect, walk).into_iter().chain(of_the_levels(expect, walk)).collect();
    findings.extend(expect.holds.iter().filter_map(|(work, parent)| not_held(walk, work, parent)));
    if let Some(first) = findings.first_mut() {
        first.found.push_str(&format!("\n{}", draw::beginning(walk)));
    }
    findings
}

/// Too few works, or too many.
fn of_the_number(expect: &TreeExpectation, walk: &Walk<'_>) -> Option<Finding> {
    let works = walk.places.len() - 1;
    let (says, expected) = match (expect.at_least, expect.at_most) {
        (Some(least), _) if works < least => (
            format!(
                "at least {} missing from the tree: found {works}, at least {least} expected",
                works_are(least - works)
            ),
            format!("at least {least}"),
        ),
        (_, Some(most)) if works > most => {
            (format!("{} too many in the tree", works_are(works - most)), format!("at most {most}"))
        }
        _ => return None,
    };
    let expected = format!("{expected} below the top");
    Some(Finding { says, expected, found: format!("{works} below the top"), ..Finding::default() })
}

/// `1 work is`, `2 works are`.
fn works_are(number: usize) -> String {
    if number == 1 { "1 work is".to_owned() } else { format!("{number} works are") }
}

/// The lowest work stands on another level.
fn of_the_levels(expect: &TreeExpectation, walk: &Walk<'_>) -> Option<Finding> {
    let levels = walk.levels();
    let wanted = expect.levels.filter(|wanted| *wanted != levels)?;
    let says = match wanted.checked_sub(levels) {
        Some(1) => format!("the lowest of {wanted} levels is missing"),
        Some(missing) => format!("the lowest {missing} of {wanted} levels are missing"),
        None => format!("the tree goes down further than level {wanted}"),
    };
    Some(Finding {
        says,
        expected: format!("down to level {wanted}"),
        found: format!("down to level {levels}"),
        ..Finding::default()
    })
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

/// A part whose reference number does not begin with that of its parent. Where the parent has none, that is told of the
/// parent, once.
fn not_continued(parent: &Place<'_>, part: &Place<'_>) -> Option<Finding> {
    let (above, below) = (parent.reference(), part.reference());
    if above.is_empty() || reference::continues(below, above) {
        return None;
    }
    Some(Finding {
        at: "referenceNumber".to_owned(),
        says: format!(
            "the reference number of {} does not continue that of {}, which it is a part of",
            told_name(part),
            told_name(parent)
        ),
        expected: format!("{above}/…"),
        found: if below.is_empty() { "(no number)".to_owned() } else { below.to_owned() },
        ..Finding::default()
    })
}

/// A top without a reference number, which none of its parts could continue.
fn nothing_to_continue(top: &Place<'_>) -> Option<Finding> {
    top.reference().is_empty().then(|| Finding {
        at: "referenceNumber".to_owned(),
        says: format!("{} has no reference number that its parts could continue", told_name(top)),
        expected: "a reference number".to_owned(),
        found: "(nothing)".to_owned(),
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
    let says = above.map_or_else(
        || missing(walk, work, parent),
        |above| format!("{work} stands under another work, {}", told_name(above)),
    );
    Some(Finding {
        at: "parts".to_owned(),
        says,
        expected: format!("{work} directly under {parent}"),
        found: above.map_or("(nothing)".to_owned(), |above| format!("{work} directly under {}", above.id)),
        ..Finding::default()
    })
}

/// That a work is nowhere in the tree, and where it should be.
fn missing(walk: &Walk<'_>, work: &WorkId, parent: &WorkId) -> String {
    let under = walk.places.iter().find(|place| place.id == *parent);
    format!(
        "{work} is missing from the tree (https://wellcomecollection.org/works/{work}); it should stand directly under \
         {} (`part-of`)",
        under.map_or_else(|| parent.to_string(), told_name)
    )
}

fn told_name(place: &Place<'_>) -> String {
    place.shown().map_or_else(|| place.id.to_string(), named)
}
