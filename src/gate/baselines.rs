//! The snapshot files: read before judging, offered to `cargo insta review` after it. The only place that knows insta.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::panic;
use std::path::{Path, PathBuf};

use insta::internals::Content;

use super::plan::{Planned, Role};
use crate::decision::About;

/// What was recorded in this folder, by the name of its record.
///
/// # Errors
///
/// Names the file that cannot be read.
pub fn read(folder: &Path) -> Result<BTreeMap<String, String>, io::Error> {
    let mut baselines = BTreeMap::new();
    for path in snapshot_files(folder)? {
        let snapshot = insta::Snapshot::from_file(&path)
            .map_err(|error| io::Error::other(format!("{} cannot be read: {error}", path.display())))?;
        let text = snapshot.as_text().map(ToString::to_string).unwrap_or_default();
        baselines.insert(stem(&path), text);
    }
    Ok(baselines)
}

/// Snapshots that no example asks for any more: they would never be compared again.
pub fn orphans<'a>(
    baselines: &BTreeMap<String, String>,
    asked_for: impl IntoIterator<Item = &'a Planned>,
) -> Vec<String> {
    let asked_for: Vec<String> = asked_for
        .into_iter()
        .filter_map(|check| match &check.role {
            Role::Recorded(recorded) => Some(recorded.record()),
            _ => None,
        })
        .collect();
    baselines.keys().filter(|name| !asked_for.contains(name)).cloned().collect()
}

/// Hands a record that is not as recorded to insta, which writes a `.snap.new` for `cargo insta review`, or accepts
/// it, if `INSTA_UPDATE` says so. Answers whether insta accepted it, which at a desk is as good as recorded before.
pub fn offer(folder: &Path, name: &str, about: &About, text: &str) -> bool {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(folder);
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.set_raw_info(&header(about));
    // insta fails by a panic, worded for developers; the gate has said all of it already.
    let hook = panic::take_hook();
    panic::set_hook(Box::new(|_| {}));
    let outcome = panic::catch_unwind(panic::AssertUnwindSafe(|| {
        settings.bind(|| insta::assert_snapshot!(name, text));
    }));
    panic::set_hook(hook);
    outcome.is_ok()
}

/// The header of a snapshot: which work it is and its page, or what is counted, and who asks for it.
fn header(about: &About) -> Content {
    let mut fields = match about.page.as_deref() {
        Some(page) => vec![("work", about.is.as_str()), ("page", page)],
        None => vec![("counted", about.is.as_str())],
    };
    fields.push(("asked for by", &about.criterion));
    Content::Map(fields.into_iter().map(|(name, text)| (Content::from(name), Content::from(text))).collect())
}

fn snapshot_files(folder: &Path) -> Result<Vec<PathBuf>, io::Error> {
    if !folder.exists() {
        return Ok(Vec::new());
    }
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "snap") {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

fn stem(path: &Path) -> String {
    path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default()
}
