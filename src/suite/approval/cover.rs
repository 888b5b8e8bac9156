//! Approvals that do not cover what their criterion says: given for another wording, or for nobody knows which.

use std::collections::BTreeMap;
use std::env;
use std::path::Path;

use jiff::civil::Date;

use super::{Worded, criteria};
use crate::suite::load::{self, Read};
use crate::suite::mistake::{Mistake, listed};
use crate::suite::refusal::Refusal;

/// The suite file of a project, which the command takes unless it is told of another.
const USUAL: &str = "works-examples.yaml";

/// A criterion that waits for somebody's approval.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Uncovered {
    /// Its id.
    pub id: String,
    /// Who approved it last, and when; nobody if it is proposed.
    pub approved: Option<(String, Date)>,
    /// Why it waits, in a sentence that begins in lower case.
    pub says: String,
}

/// The criteria that wait for an approval, in the file's order: those that are proposed too.
///
/// # Errors
///
/// If there is any other mistake in the file.
pub fn uncovered(path: &Path, text: &str) -> Result<Vec<Uncovered>, Refusal> {
    let read = load::read(path, text)?;
    let all = criteria(&read);
    let waiting = all.iter().filter_map(|it| {
        let says = match it.approved {
            None => format!("`{}` is proposed, and blocks nothing", it.criterion.id),
            Some((by, on)) => Fault::of(it, &all)?.says(&it.criterion.id, by, on),
        };
        Some(Uncovered {
            id: it.criterion.id.clone(),
            approved: it.approved.map(|(by, on)| (by.to_owned(), on)),
            says,
        })
    });
    Ok(waiting.collect())
}

/// The command by which each role approves anew what it had approved. What is only proposed is approved by name alone,
/// so that nothing begins to block releases by the way.
#[must_use]
pub fn commands(path: &Path, waiting: &[Uncovered]) -> Vec<String> {
    let mut by_role: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for it in waiting {
        if let Some((role, _)) = &it.approved {
            by_role.entry(role).or_default().push(&it.id);
        }
    }
    by_role.into_iter().map(|(role, ids)| command(path, ids, role)).collect()
}

/// What is wrong with the approvals of a file that has no other mistake.
pub(in crate::suite) fn mistakes(read: &Read) -> Vec<Mistake> {
    let all = criteria(read);
    all.iter().filter_map(|it| mistake(read, it, &all)).collect()
}

fn mistake(read: &Read, it: &Worded<'_>, all: &[Worded<'_>]) -> Option<Mistake> {
    let (by, on) = it.approved?;
    let fault = Fault::of(it, all)?;
    let id = &it.criterion.id;
    let approval = read.tree.entry(it.node, "approved")?.value;
    let place = read.tree.entry(approval, "wording").map_or(approval, |entry| entry.value);
    let at = read.tree.headline(place);
    let lists = match &it.lists[..] {
        [] => String::new(),
        files => format!(", with what {} lists", listed(files.iter().map(String::as_str), "and")),
    };
    Some(Mistake::new(at, fault.says(id, by, on)).label(fault.label()).help(format!(
        "an approval covers the wording that it was given for{lists}. If the criterion is to say what it says now, \
         {by} approves it anew:\n{}",
        command(&read.suite.path, [id.as_str()], by)
    )))
}

/// The command by which a role approves these criteria.
fn command<'a>(path: &Path, ids: impl IntoIterator<Item = &'a str>, by: &str) -> String {
    let role = if by.contains(|c: char| !c.is_alphanumeric()) { format!("\"{by}\"") } else { by.to_owned() };
    let ids: Vec<&str> = ids.into_iter().collect();
    let is_usual = path == Path::new(USUAL) || env::current_dir().is_ok_and(|here| here.join(USUAL) == path);
    let suite = if is_usual { String::new() } else { format!(" --suite {}", path.display()) };
    format!("cargo run --bin suite -- approve {} --by {role}{suite}", ids.join(" "))
}

/// Why an approval does not cover what its criterion says.
#[derive(Debug, Clone, Copy)]
enum Fault<'a> {
    /// It does not tell which wording it was given for.
    Untold,
    /// It was given for another wording of this criterion.
    Changed,
    /// It was given for what another criterion says.
    OfAnother(&'a str),
}

impl<'a> Fault<'a> {
    fn of(it: &Worded<'_>, all: &'a [Worded<'_>]) -> Option<Self> {
        let Some(covered) = it.covered else { return Some(Self::Untold) };
        if covered == it.says {
            return None;
        }
        let other = all.iter().find(|other| other.says == covered);
        Some(other.map_or(Self::Changed, |other| Self::OfAnother(&other.criterion.id)))
    }

    fn says(self, id: &str, by: &str, on: Date) -> String {
        match self {
            Self::Untold => {
                format!("the approval of `{id}` by {by} on {on} does not say which wording it was given for")
            }
            Self::Changed => format!("`{id}` is not worded as {by} approved it on {on}"),
            Self::OfAnother(other) => {
                format!("the approval of `{id}` by {by} on {on} was given for what `{other}` says")
            }
        }
    }

    fn label(self) -> &'static str {
        match self {
            Self::Untold => "its `wording` is missing",
            Self::Changed => "approved was another wording",
            Self::OfAnother(_) => "this belongs to another criterion",
        }
    }
}
