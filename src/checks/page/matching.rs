//! Parts of a page: whether it shows one, and what comes nearest to it if it does not.

use crate::evidence::{Node, Seen};
use crate::suite::{PagePart, PageRole};
use crate::verdict::Finding;

/// How many parts are named that come near to one that is missing, and how much alike their names must be, from 0 to 1.
const NEAREST: usize = 8;
const ALIKE: f64 = 0.5;

/// That a page does not show a part, with what comes nearest.
pub(super) fn missing(part: &PagePart, seen: &Seen) -> Option<Finding> {
    let candidates = of_the_role(part.role, seen);
    let (usable, useless): (Vec<&Node>, Vec<&Node>) =
        candidates.iter().copied().filter(|node| is_called(node, part)).partition(|node| !node.disabled);
    if !usable.is_empty() || says(part, seen) {
        return None;
    }
    let says = if useless.is_empty() {
        format!("the page does not show the {part}")
    } else {
        format!("the {part} is on the page, and cannot be used: it is disabled")
    };
    Some(Finding {
        says,
        expected: part.to_string(),
        found: nearest(part, seen, &candidates),
        ..Finding::default()
    })
}

/// That a page shows a part that it must not show.
pub(super) fn unwanted(part: &PagePart, seen: &Seen) -> Option<Finding> {
    let is_there = of_the_role(part.role, seen).into_iter().any(|node| is_called(node, part));
    (is_there || says(part, seen)).then(|| Finding {
        says: format!("the page shows the {part}"),
        expected: format!("no {part}"),
        found: part.to_string(),
        ..Finding::default()
    })
}

/// The parts of a page that have this role, in the order of the page.
fn of_the_role(role: PageRole, seen: &Seen) -> Vec<&Node> {
    let roles: &[&str] = match role {
        PageRole::Heading => &["heading"],
        PageRole::Link => &["link"],
        PageRole::Button => &["button"],
        PageRole::LinkOrButton => &["link", "button"],
        PageRole::Image => &["image", "img"],
        PageRole::Navigation => &["navigation"],
        PageRole::Text => return Vec::new(),
    };
    let mut found = Vec::new();
    seen.tree.iter().for_each(|node| collect(node, roles, &mut found));
    found
}

fn collect<'a>(node: &'a Node, roles: &[&str], found: &mut Vec<&'a Node>) {
    if roles.contains(&node.role.as_str()) {
        found.push(node);
    }
    node.children.iter().for_each(|child| collect(child, roles, found));
}

fn is_called(node: &Node, part: &PagePart) -> bool {
    spaced(&node.name) == part.name
}

/// Whether a part is text that the page says.
fn says(part: &PagePart, seen: &Seen) -> bool {
    part.role == PageRole::Text && has_text(seen, &part.name)
}

/// Whether the page says this anywhere, however it is broken into lines.
pub(super) fn has_text(seen: &Seen, text: &str) -> bool {
    spaced(&seen.text).contains(text)
}

pub(super) fn spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What stands on the page instead: names that are much like it; else all there are, but of links, which are many.
fn nearest(part: &PagePart, seen: &Seen, candidates: &[&Node]) -> String {
    if part.role == PageRole::Text {
        return nearest_text(seen, &part.name).to_owned();
    }
    let mut names: Vec<String> = candidates.iter().map(|node| spaced(&node.name)).collect();
    names.retain(|name| !name.is_empty());
    let like =
        |name: &String| strsim::normalized_levenshtein(&name.to_lowercase(), &part.name.to_lowercase());
    let (mut alike, others): (Vec<String>, Vec<String>) =
        names.into_iter().partition(|name| like(name) >= ALIKE || name.contains(&part.name));
    alike.sort_by(|one, other| like(other).total_cmp(&like(one)));
    match part.role {
        _ if !alike.is_empty() => listed(&alike),
        role if others.is_empty() => format!("no {} with a name", role.as_str().replace('-', " ")),
        PageRole::Link | PageRole::LinkOrButton => {
            format!("none of that name among the {} there are", others.len())
        }
        _ => listed(&others),
    }
}

/// The words alone tell little of where on a page they should have been.
fn nearest_text(seen: &Seen, text: &str) -> &'static str {
    let is_otherwise_written = spaced(&seen.text).to_lowercase().contains(&text.to_lowercase());
    if is_otherwise_written {
        "these words with other capital letters"
    } else {
        "these words nowhere on the page"
    }
}

/// The first of these names, and how many more there are.
fn listed(names: &[String]) -> String {
    let first: Vec<String> = names.iter().take(NEAREST).map(|name| format!("“{name}”")).collect();
    let more = names.len().saturating_sub(NEAREST);
    first.join(", ") + &if more > 0 { format!(", and {more} more") } else { String::new() }
}
