//! What is recorded in `snapshots/` now and was not at a revision, in words for whoever approves it.
//!
//! Here git is asked; `record` words what became of a work, `lines` what became of a tree or of counts, `run` of which run
//! all this is.

mod lines;
mod record;
mod run;

use std::fs;
use std::path::Path;

use crate::gate::git;
use crate::numbers::counted;
use crate::report::github::{body, words};

/// A snapshot on both sides; nothing where it is not there.
struct Changed {
    /// Its file, below the project.
    file: String,
    was: Option<String>,
    is: Option<String>,
}

/// The page of what has changed in the snapshots of this project since a revision. Given the `verdict.json` of the run
/// that took them, it begins with what was judged and how it ended.
///
/// # Errors
///
/// If git does not tell, or a file cannot be read.
pub fn changes(project: &Path, since: &str, verdict: Option<&Path>) -> Result<String, String> {
    let of_run = verdict.map(|file| {
        let text = fs::read_to_string(file).map_err(|error| error.to_string());
        text.and_then(|text| run::told(&text))
            .map_err(|error| format!("{} cannot be read: {error}", file.display()))
    });
    let of_run = of_run.transpose()?.unwrap_or_default();
    let untold =
        || format!("git does not tell what has changed since {since}: is this a checkout that holds it?");
    let revision =
        git::git(project, &["rev-parse", "--verify", "--end-of-options", &format!("{since}^{{commit}}")])
            .ok_or_else(untold)?;
    let changed = git::git(
        project,
        &["diff", "--no-renames", "--relative", "--name-only", "-z", &revision, "--", "snapshots"],
    );
    let new = git::git(project, &["ls-files", "--others", "--exclude-standard", "-z", "--", "snapshots"]);
    let (changed, new) = changed.zip(new).ok_or_else(untold)?;
    let mut files: Vec<&str> =
        changed.split('\0').chain(new.split('\0')).filter(|file| is_snapshot(file)).collect();
    files.sort_unstable();
    files.dedup();
    let read = |file: &str| -> Result<Changed, String> {
        let path = project.join(file);
        let is = path.exists().then(|| fs::read_to_string(&path)).transpose();
        let is = is.map_err(|error| format!("{} cannot be read: {error}", path.display()))?;
        let was = git::git(project, &["show", &format!("{revision}:./{file}")]);
        Ok(Changed { file: file.to_owned(), was, is })
    };
    let all = files.into_iter().map(read).collect::<Result<Vec<_>, _>>()?;
    Ok(of_run + &page(&all, since))
}

fn is_snapshot(file: &str) -> bool {
    Path::new(file).extension().is_some_and(|extension| extension == "snap")
}

/// What a snapshot is of.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Record,
    Tree,
    Counts,
}

impl Kind {
    const ALL: [Self; 3] = [Self::Record, Self::Tree, Self::Counts];

    fn of(file: &str) -> Self {
        let name = file.rsplit('/').next().unwrap_or_default();
        if name.starts_with("hierarchy-") {
            Self::Tree
        } else if name.starts_with("population-") {
            Self::Counts
        } else {
            Self::Record
        }
    }

    /// `3 works`, `1 tree`.
    fn counted(self, number: usize) -> String {
        counted(
            number,
            match self {
                Self::Record => ("work", "works"),
                Self::Tree => ("hierarchy", "hierarchies"),
                Self::Counts => ("count", "counts"),
            },
        )
    }
}

/// The whole page.
fn page(all: &[Changed], since: &str) -> String {
    if all.is_empty() {
        return format!("Nothing that is recorded has changed since {}.\n", words(since, 60));
    }
    let mut text = format!(
        "# {}\n\nThis is how the catalogue differs from what was recorded and approved. **Merging it says that every \
         change below is meant**: from then on the gate compares with it. Where a change is not meant, do not merge; \
         the release is to be mended.\n",
        headline(all)
    );
    for kind in Kind::ALL {
        let of_kind: Vec<&Changed> = all.iter().filter(|it| Kind::of(&it.file) == kind).collect();
        if !of_kind.is_empty() {
            text.push_str(&format!("\n## {}\n\n", kind.counted(of_kind.len())));
            text.extend(of_kind.into_iter().map(|it| entry(it, kind)));
        }
    }
    body(text, "`cargo run --bin suite -- changes` tells, and the changed files show")
}

/// `3 works have changed, 1 count is recorded for the first time`.
fn headline(all: &[Changed]) -> String {
    type Fits = fn(&Changed) -> bool;
    let ways: [(Fits, &str, &str); 3] = [
        (|it| it.was.is_some() && it.is.is_some(), "has changed", "have changed"),
        (|it| it.was.is_none(), "is recorded for the first time", "are recorded for the first time"),
        (|it| it.is.is_none(), "is recorded no longer", "are recorded no longer"),
    ];
    let mut parts = Vec::new();
    for (fits, one, many) in ways {
        for kind in Kind::ALL {
            let number = all.iter().filter(|it| Kind::of(&it.file) == kind && fits(it)).count();
            if number > 0 {
                parts.push(format!("{} {}", kind.counted(number), if number == 1 { one } else { many }));
            }
        }
    }
    parts.join(", ")
}

/// What became of one snapshot.
fn entry(changed: &Changed, kind: Kind) -> String {
    let [was, is] = [&changed.was, &changed.is].map(|side| side.as_deref().map(Snapshot::of));
    let Some(shown) = is.as_ref().or(was.as_ref()) else { return String::new() };
    let name = shown.named(&changed.file);
    let says = match (&was, &is) {
        (None, _) => "is recorded for the first time".to_owned(),
        (_, None) => "is recorded no longer, so nothing will be compared with it".to_owned(),
        (Some(was), Some(is)) if was.body == is.body => "only says otherwise who asks for it".to_owned(),
        (Some(was), Some(is)) => match kind {
            Kind::Record => record::told(was.body, is.body),
            Kind::Tree => lines::of_tree(was.body, is.body),
            Kind::Counts => lines::of_counts(was.body, is.body),
        },
    };
    format!("- {name} {says}\n")
}

/// A snapshot file: what its header says, and what was recorded.
struct Snapshot<'a> {
    head: &'a str,
    body: &'a str,
}

impl<'a> Snapshot<'a> {
    fn of(text: &'a str) -> Self {
        let text = text.strip_prefix("---\n").unwrap_or(text);
        let (head, body) = text.split_once("\n---\n").unwrap_or(("", text));
        Self { head, body: body.trim_end() }
    }

    fn says(&self, name: &str) -> Option<&str> {
        let line =
            self.head.lines().find_map(|line| line.trim_start().strip_prefix(name)?.strip_prefix(": "));
        line.map(|text| text.trim().trim_matches('"'))
    }

    /// The name of a snapshot for its readers, with its page.
    fn named(&self, file: &str) -> String {
        let name = file.rsplit('/').next().unwrap_or(file).trim_end_matches(".snap");
        let is =
            self.says("work").or_else(|| self.says("counted")).map(|is| format!(" ({})", words(is, 160)));
        let name = match self.says("page") {
            Some(page) => crate::report::github::link(&words(name, 80), page),
            None => words(name, 80),
        };
        format!("**{name}**{}", is.unwrap_or_default())
    }
}

#[cfg(test)]
mod tests;
