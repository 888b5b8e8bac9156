//! What a list of permalinks comes to, told to those who look after it.

use super::fate::Fate;
use super::sweep::Sweep;
use crate::catalogue::Resource;
use crate::numbers::counted;
use crate::suite::{Permalink, PermalinkOf, PermalinksExample};
use crate::verdict::{Finding, Judgement};

/// More than anybody reads in one go; how many there are is told first.
const LISTED: usize = 20;

/// What follows for the whole list.
pub(super) fn judgement(list: &PermalinksExample, fates: &[Fate]) -> Judgement {
    let each = || list.permalinks.iter().zip(fates);
    let wrong: Vec<(&Permalink, &Fate)> = each().filter(|(_, fate)| is_wrong(fate)).collect();
    let unknown: Vec<&str> = fates
        .iter()
        .filter_map(|fate| if let Fate::Unknown(because) = fate { Some(because.as_str()) } else { None })
        .collect();
    let nobody_knows = unknown.first().map(|first| {
        format!(
            "nobody knows what became of {} of {} permalinks; the first: {first}",
            unknown.len(),
            fates.len()
        )
    });
    let judged = fates.len() - unknown.len();
    match (wrong.as_slice(), nobody_knows) {
        ([], Some(because)) => Judgement::undecided(because),
        (wrong, nobody_knows) => {
            let judgement = Judgement::of(judged, findings(list, wrong, fates));
            nobody_knows.into_iter().fold(judgement, Judgement::warning)
        }
    }
}

/// How the list was looked at, and at which cost.
pub(super) fn cost(list: &PermalinksExample, fates: &[Fate], sweeps: &[&Sweep<'_>]) -> String {
    let sum = |of: fn(&Sweep<'_>) -> usize| sweeps.iter().map(|sweep| of(sweep)).sum::<usize>();
    let (lists, singly) = (sum(|sweep| sweep.lists), sum(|sweep| sweep.singly.len()));
    let lead = fates.iter().filter(|fate| matches!(fate, Fate::LeadsTo(_))).count();
    let mut text = format!(
        "{} looked at in {} of up to 100 and {} one by one; {lead} of them {} on to another work",
        counted(list.permalinks.len(), ("permalink", "permalinks")),
        counted(lists, ("list", "lists")),
        singly,
        verb(lead)
    );
    if sweeps.iter().any(|sweep| sweep.lists_show_nothing && sweep.lists > 0) {
        text.push_str(
            "; the lists of this stage do not name works that are there, so that each permalink cost a request of its own",
        );
    }
    text
}

fn is_wrong(fate: &Fate) -> bool {
    match fate {
        Fate::Shown | Fate::LeadsTo(_) | Fate::Unknown(_) => false,
        Fate::Deleted | Fate::Lost | Fate::DeadEnd(_) | Fate::Forgetful(_) | Fate::Strange(_) => true,
    }
}

fn findings(list: &PermalinksExample, wrong: &[(&Permalink, &Fate)], fates: &[Fate]) -> Vec<Finding> {
    if wrong.is_empty() {
        return Vec::new();
    }
    let count = |of: fn(&Fate) -> bool| fates.iter().filter(|fate| of(fate)).count();
    let kinds = [
        (count(|fate| matches!(fate, Fate::Deleted | Fate::Lost)), "dead"),
        (count(|fate| matches!(fate, Fate::DeadEnd(_))), "leading to a dead end"),
        (
            count(|fate| matches!(fate, Fate::Forgetful(_))),
            "losing the query string, so that the website cannot follow",
        ),
        (count(|fate| matches!(fate, Fate::Strange(_))), "answered in a way that nobody can follow"),
    ];
    let kinds: Vec<String> = kinds
        .iter()
        .filter(|(number, _)| *number > 0)
        .map(|(number, kind)| format!("{number} {kind}"))
        .collect();
    let sum = format!(
        "{} of {} {} to no work: {}",
        wrong.len(),
        counted(fates.len(), ("permalink", "permalinks")),
        verb(wrong.len()),
        kinds.join(", ")
    );
    let first = Finding { says: sum, ..Finding::default() };
    let each = wrong.iter().take(LISTED).map(|(permalink, fate)| finding(list, permalink, fate));
    let more = wrong.len().saturating_sub(LISTED);
    let more =
        (more > 0).then(|| Finding { says: format!("and {more} more like these"), ..Finding::default() });
    std::iter::once(first).chain(each).chain(more).collect()
}

/// What became of one permalink, where it stands in the list, and what to do about it.
fn finding(list: &PermalinksExample, permalink: &Permalink, fate: &Fate) -> Finding {
    let place = list.file.as_ref().map(|file| format!(" ({file}:{})", permalink.line)).unwrap_or_default();
    let link = match &permalink.of {
        PermalinkOf::Work(id) => format!("https://wellcomecollection.org/works/{id}"),
        PermalinkOf::Identifier(identifier) => {
            let search = "https://wellcomecollection.org/search/works";
            Resource::query(search, [("query", identifier.as_str())]).to_string()
        }
    };
    let (is, then) = match fate {
        Fate::Shown | Fate::LeadsTo(_) | Fate::Unknown(_) => (String::new(), ""),
        Fate::Deleted => (
            "the record has been deleted (410)".to_owned(),
            "bring it back, or let it redirect to its successor; if it was withdrawn on purpose, move it from this \
             list to `gone`",
        ),
        Fate::Lost => (
            match permalink.of {
                PermalinkOf::Work(_) => "there is no such record (404)".to_owned(),
                PermalinkOf::Identifier(_) => "no work carries this number".to_owned(),
            },
            "find out where the record went, and let this lead there; if it was never right, correct it in this list",
        ),
        Fate::DeadEnd(to) => {
            (format!("it leads to {to}"), "let it redirect to a work that people can see, in one hop")
        }
        Fate::Forgetful(to) => (
            format!(
                "it leads to {to}, but loses the query string, without which the website cannot follow it"
            ),
            "let the redirect keep the query string",
        ),
        Fate::Strange(answer) => (answer.clone(), "the API team should look at this answer"),
    };
    Finding {
        at: format!("{}{place}", permalink.of.as_str()),
        says: format!("{is}; {then}: {link}"),
        unforeseen: matches!(fate, Fate::Strange(_)),
        ..Finding::default()
    }
}

fn verb(number: usize) -> &'static str {
    if number == 1 { "leads" } else { "lead" }
}
