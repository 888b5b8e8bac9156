//! Saving a run to a folder, and loading it again: the same evidence, so the same verdicts, without a network.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::Evidence;
use super::answer_file::{self, ANSWERS};
use super::manifest::{Entry, MANIFEST, Manifest};
use crate::catalogue::Resource;

/// A run could not be saved, or what was saved is not to be trusted.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// There is no manifest: nothing was saved here, or the saving was cut short.
    #[error("{} holds no finished run (there is no {MANIFEST}): run the gate against a stage first, or name the folder of a saved run", folder.display())]
    NoRun {
        /// The folder.
        folder: PathBuf,
    },
    /// A file is missing, was changed, or makes no sense.
    #[error("{} is damaged ({what}): what it holds is no evidence, so gather it again", file.display())]
    Damaged {
        /// The file.
        file: PathBuf,
        /// What is wrong with it.
        what: String,
    },
    /// It was saved by another version of the gate.
    #[error("{} has format {found}, but this gate reads format {known}: gather the evidence again", file.display())]
    Format {
        /// The manifest.
        file: PathBuf,
        /// Its format.
        found: u32,
        /// The format that is understood.
        known: u32,
    },
    /// The file system refuses.
    #[error("could not {doing} {}: {source}", file.display())]
    Io {
        /// What was tried.
        doing: &'static str,
        /// With which file.
        file: PathBuf,
        /// What the operating system says.
        source: io::Error,
    },
}

/// Saves a run, in place of any earlier one in this folder.
///
/// # Errors
///
/// If the file system refuses.
pub fn save(evidence: &Evidence, folder: &Path) -> Result<(), StoreError> {
    // Without its manifest, the earlier run is none any more.
    remove(&folder.join(MANIFEST))?;
    let answers = folder.join(ANSWERS);
    fs::create_dir_all(&answers).map_err(|source| StoreError::Io { doing: "make", file: answers, source })?;
    let entries = save_answers(evidence, folder, |_| true)?;
    remove_all_but(&entries, folder)?;
    Manifest::of(evidence, entries).write(folder)
}

/// Loads a saved run.
///
/// # Errors
///
/// If there is none, or any of its files is missing or was changed.
pub fn load(folder: &Path) -> Result<Evidence, StoreError> {
    load_where(folder, &Manifest::read(folder)?, |_| true)
}

/// Loads what a saved run holds of these resources, which is quicker than all of it.
///
/// # Errors
///
/// If there is none, or one of the files is missing or was changed.
pub fn load_some(folder: &Path, wanted: &BTreeSet<Resource>) -> Result<Evidence, StoreError> {
    load_where(folder, &Manifest::read(folder)?, |resource| wanted.contains(resource))
}

pub(super) fn load_where(
    folder: &Path,
    manifest: &Manifest,
    wanted: impl Fn(&Resource) -> bool,
) -> Result<Evidence, StoreError> {
    let mut evidence = manifest.without_answers(folder)?;
    for entry in &manifest.resources {
        let resource = Resource::new(entry.resource.as_str());
        // What the stage serves, or that it is switched off, matters to whatever is wanted.
        if wanted(&resource) || resource == Resource::elastic_config() {
            evidence.insert(resource, answer_file::load(folder, entry)?);
        }
    }
    Ok(evidence)
}

pub(super) fn save_answers(
    evidence: &Evidence,
    folder: &Path,
    which: impl Fn(&Resource) -> bool,
) -> Result<Vec<Entry>, StoreError> {
    evidence
        .iter()
        .filter(|(resource, _)| which(resource))
        .map(|(resource, outcome)| answer_file::save(folder, resource, outcome))
        .collect()
}

/// Removes the answers of earlier runs, and what was left half-written.
fn remove_all_but(entries: &[Entry], folder: &Path) -> Result<(), StoreError> {
    let kept: BTreeSet<PathBuf> =
        entries.iter().filter_map(|entry| Some(folder.join(&entry.answered.as_ref()?.file))).collect();
    let answers = folder.join(ANSWERS);
    let failed = |source| StoreError::Io { doing: "list", file: answers.clone(), source };
    for file in fs::read_dir(&answers).map_err(failed)? {
        let file = file.map_err(failed)?.path();
        if !kept.contains(&file) {
            remove(&file)?;
        }
    }
    Ok(())
}

fn remove(file: &Path) -> Result<(), StoreError> {
    match fs::remove_file(file) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(source) => Err(StoreError::Io { doing: "remove", file: file.to_owned(), source }),
        Ok(()) => Ok(()),
    }
}
