//! What an example of each kind shows, in a sentence or two of Markdown.

use super::markdown::{code, prose, text};
use super::shape::demands;
use crate::catalogue::WorkId;
use crate::numbers::{counted, grouped};
use crate::suite::{
    Bounds, By, Change, Claim, Expectation, Expected, HierarchyExample, Holds, IdentityExample,
    InvariantExample, LinkKind, LinksExample, LivenessExample, PageExpectation, PagePart, PermalinksExample,
    PopulationExample, RedirectExample, ReleaseExample, RequestExample, Requests, Search, SearchExample,
    Share, Slowest, WorkExample,
};

/// What is said of it alone; what all examples of its criterion share is said with the criterion.
pub fn work(it: &WorkExample, shared: &[String]) -> String {
    let snapshot = if it.snapshot { ", whose whole record stays as it was recorded" } else { "" };
    let own = it.expect.iter().flat_map(demands).filter(|demand| !shared.contains(demand));
    let own: Vec<String> = own.collect();
    let own = if own.is_empty() { String::new() } else { format!(" In its record: {}.", own.join("; ")) };
    let page = it.page.as_ref().map(page).unwrap_or_default();
    format!("Work {}{snapshot}.{own}{page}", code(it.work.as_str()))
}

fn page(it: &PageExpectation) -> String {
    let parts = |parts: &[PagePart]| {
        let parts: Vec<String> = parts.iter().map(|part| text(&part.to_string())).collect();
        parts.join(", ")
    };
    let hides = if it.hides.is_empty() {
        String::new()
    } else {
        format!(", and must not show the {}", parts(&it.hides))
    };
    let devices: Vec<&str> = it.devices().iter().map(|device| device.as_str()).collect();
    format!(" Its page, on a {}, shows the {}{hides}.", devices.join(" and a "), parts(&it.shows))
}

pub fn redirect(it: &RedirectExample) -> String {
    format!("The old address {} leads to {}.", code(it.from.as_str()), code(it.to.as_str()))
}

pub fn gone(work: &WorkId) -> String {
    format!("{} was deleted, and the API says so (410).", code(work.as_str()))
}

pub fn not_found(it: &RequestExample) -> String {
    format!("{} never existed, and the API says so (404).", code(&it.request))
}

pub fn refused(it: &RequestExample) -> String {
    let says = it.says.as_ref().map(|says| format!(", with a text that says {}", code(says)));
    format!("{} is refused (400){}.", code(&it.request), says.unwrap_or_default())
}

pub fn identity(it: &IdentityExample) -> String {
    let IdentityExample { identifier, identifier_type, finds } = it;
    format!(
        "The number {} ({}) finds {}, and nothing else.",
        code(identifier),
        code(identifier_type),
        code(finds.as_str())
    )
}

pub fn hierarchy(it: &HierarchyExample) -> String {
    let expect = &it.expect;
    let mut told = Vec::new();
    let works = |number: usize| counted(number, ("work", "works"));
    told.extend(expect.at_least.map(|number| format!("it holds at least {}", works(number))));
    told.extend(expect.at_most.map(|number| format!("it holds no more than {}", works(number))));
    told.extend(expect.levels.map(|levels| format!("its lowest works stand on level {levels}")));
    told.extend(expect.ordered.then(|| "its parts stand in the order of their reference numbers".to_owned()));
    told.extend(expect.continued.then(|| "each reference number begins with its parent's".to_owned()));
    told.extend(expect.holds.iter().map(|(work, parent)| {
        format!("{} stands directly under {}", code(work.as_str()), code(parent.as_str()))
    }));
    told.extend(it.snapshot.then(|| "it stays as it was recorded".to_owned()));
    let levels = counted(it.depth, ("level", "levels"));
    let hangs = format!("The tree below {} hangs together, {levels} down", code(it.root.as_str()));
    told.insert(0, hangs);
    format!("{}.", told.join("; "))
}

pub fn invariant(it: &InvariantExample) -> String {
    let among =
        it.among.as_ref().map(|among| format!(", among those in which {}", demands(among).join(" and ")));
    let claim = match &it.claim {
        Holds::Rule(rule) => format!("Rule {}: {}", code(rule.name()), prose(rule.says())),
        Holds::Shape(shape) => format!("In each work, {}.", demands(shape).join("; ")),
    };
    let share = match it.share {
        Share::WHOLE => "without exception".to_owned(),
        share => format!("for at least {share} of them"),
    };
    let drawn = counted(it.sample.size, ("work", "works"));
    format!(
        "{claim} It holds {share}, for {drawn} drawn by chance (seed {}){}.",
        it.sample.seed,
        among.unwrap_or_default()
    )
}

pub fn search(it: &SearchExample) -> String {
    let asked = asked(&it.search);
    match &it.expected {
        Expected::Refused(says) => format!("{asked} is refused (400), with a text that says {}.", code(says)),
        Expected::Results(claims, look) => {
            let told: Vec<String> = claims.iter().map(claim).collect();
            let looked_at =
                claims.iter().any(looks_down).then(|| format!(" (of the first {})", grouped(look.results)));
            format!("{asked}: {}{}.", told.join("; "), looked_at.unwrap_or_default())
        }
    }
}

/// Whether it depends on how many results are looked at.
fn looks_down(claim: &Claim) -> bool {
    match claim {
        Claim::First(_) | Claim::FirstInOrder(_) | Claim::Only(_) | Claim::Results(_) | Claim::Facet(_) => {
            false
        }
        Claim::Finds(_) | Claim::Ranks { .. } | Claim::Never(_) | Claim::Every(_) | Claim::Sorted { .. } => {
            true
        }
    }
}

/// `The search for "darwin" in works where workType is a`.
fn asked(search: &Search) -> String {
    let within = text(&search.within.to_string());
    let words = search
        .query
        .as_ref()
        .map(|query| format!("for \u{201c}{}\u{201d} ", text(query)))
        .unwrap_or_default();
    let sort = search.sort.as_ref().map(|sort| {
        let order = search.sort_order.as_ref().map(|order| format!(" ({})", text(order)));
        format!(", sorted by {}{}", code(sort), order.unwrap_or_default())
    });
    format!("The search {words}in {within}{}", sort.unwrap_or_default())
}

fn claim(claim: &Claim) -> String {
    match claim {
        Claim::First(works) | Claim::FirstInOrder(works) if works.len() == 1 => {
            format!("first of all {}", ids(works))
        }
        Claim::First(works) => format!("first of all, in any order, {}", ids(works)),
        Claim::FirstInOrder(works) => format!("first of all, in this order, {}", ids(works)),
        Claim::Only(works) => format!("nothing but {}", ids(works)),
        Claim::Finds(works) => format!("{} found", are(works)),
        Claim::Ranks { these, before } => format!("{} before {}", ids(these), ids(before)),
        Claim::Never(works) => format!("{} not found", are(works)),
        Claim::Results(bound) => {
            let bounds: Vec<String> = demands(bound)
                .iter()
                .map(|says| says.replacen("it is", "the number of results is", 1))
                .collect();
            bounds.join(" and ")
        }
        Claim::Every(shape) => format!("in every result, {}", demands(shape).join(" and ")),
        Claim::Sorted { descending: true } => "the newest first".to_owned(),
        Claim::Sorted { descending: false } => "the oldest first".to_owned(),
        Claim::Facet(facet) => format!("the counts of {} are those of this search", code(facet.name)),
    }
}

fn are(works: &[WorkId]) -> String {
    format!("{} {}", ids(works), if works.len() == 1 { "is" } else { "are" })
}

fn ids(works: &[WorkId]) -> String {
    works.iter().map(|work| code(work.as_str())).collect::<Vec<_>>().join(", ")
}

pub fn permalinks(it: &PermalinksExample) -> String {
    let place =
        it.file.as_ref().map_or_else(|| "in the file".to_owned(), |file| format!("in {}", code(file)));
    let addresses = counted(it.permalinks.len(), ("address", "addresses"));
    format!("Every one of the {addresses} {place} leads to a work.")
}

pub fn links(it: &LinksExample) -> String {
    let kind = |kind: &LinkKind| match kind {
        LinkKind::Thumbnail => "its thumbnail",
        LinkKind::Manifests => "what the viewer shows (manifests)",
        LinkKind::Images => "what the picture viewer asks for (images)",
    };
    let kinds = it.follow.as_ref().map_or_else(
        || "everything that it links to".to_owned(),
        |kinds| kinds.iter().map(kind).collect::<Vec<_>>().join(", "),
    );
    let hosts: Vec<String> = it.hosts.iter().map(|host| code(host)).collect();
    format!("The record {} has {kinds}, and each answers, on {}.", code(it.work.as_str()), hosts.join(", "))
}

pub fn release(it: &ReleaseExample) -> String {
    match it {
        ReleaseExample::Serves(Expectation::Index) => {
            "The stage serves the index that the deploy was made for (`EXPECT_INDEX`).".to_owned()
        }
        ReleaseExample::Serves(Expectation::PipelineDate) => {
            "The stage serves what the expected pipeline has made (`EXPECT_PIPELINE_DATE`).".to_owned()
        }
        ReleaseExample::OnePipeline => {
            "The indexes and the pipeline that the stage names belong together.".to_owned()
        }
        ReleaseExample::Steady { requests } => {
            format!("Asked {} times, the stage always says that it serves the same.", grouped(*requests))
        }
        ReleaseExample::FromCache { at_most } => {
            format!("No answer out of a cache is older than {} seconds.", at_most.as_secs())
        }
        ReleaseExample::NewestItem { within_days } => {
            format!("The newest digital item came in within the last {within_days} days.")
        }
    }
}

pub fn liveness(it: &LivenessExample) -> String {
    let requests = match it.requests {
        Requests::DeepPages => "for pages of all works, down to the deepest",
        Requests::EveryInclude => "for pages of works with every field",
        Requests::EveryAggregation => "for searches with every facet",
        Requests::RandomWorks => "for single works with every field",
        Requests::Searches => "for searches for some words",
    };
    let slowest = it.slowest.as_ref().map(|Slowest { quantile, times_the_probe, or }| {
        format!(
            "; {quantile} % of them take no longer than {times_the_probe} times a small request, or {} seconds",
            or.as_secs_f64()
        )
    });
    format!(
        "Of {} requests {requests}, every one is answered{}.",
        grouped(it.times),
        slowest.unwrap_or_default()
    )
}

pub fn population(it: &PopulationExample) -> String {
    let by = match it.by {
        Some(By::Facet(facet)) => format!(", counted by {}", code(facet.name)),
        Some(By::State) => ", counted by what became of them".to_owned(),
        None => String::new(),
    };
    let mut told = bounds(&it.bounds);
    told.extend(it.against_prod.as_ref().map(|change| format!("against prod, {}", self::change(change))));
    told.extend(
        it.against_baseline
            .as_ref()
            .map(|change| format!("against the recorded baseline, {}", self::change(change))),
    );
    format!("The number of {}{by}: {}.", text(&it.of.to_string()), told.join("; "))
}

fn bounds(bounds: &Bounds) -> Vec<String> {
    let Bounds {
        at_least,
        at_least_on_stage,
        at_most,
        share_at_least,
        share_at_most,
        at_least_in,
        without_any,
    } = bounds;
    let mut told = Vec::new();
    told.extend(at_least.map(|least| format!("at least {}", grouped(least))));
    told.extend(at_least_on_stage.map(|least| format!("at least {} on a stage", grouped(least))));
    told.extend(at_most.map(|most| format!("at most {}", grouped(most))));
    told.extend(share_at_least.map(|share| format!("at least {share} of all")));
    told.extend(share_at_most.map(|share| format!("at most {share} of all")));
    told.extend(
        at_least_in.iter().map(|(value, least)| format!("at least {} of {}", grouped(*least), code(value))),
    );
    told.extend((*without_any > Share::NONE).then(|| format!("up to {without_any} may have no value")));
    told
}

/// By how much a number may change.
fn change(change: &Change) -> String {
    let Change { loss, gain, or_by, never_over, come_and_go } = change;
    let mut told = format!("no more than {loss} lost and {gain} gained");
    if *or_by > 0 {
        told.push_str(&format!(", where {} more or fewer make no difference", grouped(*or_by)));
    }
    if let Some(most) = never_over {
        told.push_str(&format!(", and never more than {}", grouped(*most)));
    }
    if *come_and_go > 0 {
        told.push_str(&format!(", and values of up to {} may come and go", grouped(*come_and_go)));
    }
    told
}
