//! A run that several processes share: the first that needs an answer fetches it, the others find it.
//!
//! nextest runs each test in a process of its own. Each opens the same recording, and holds it alone until it
//! lets go of it: loads what is there, fetches what is missing, adds that, and drops the recording.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::path::{Path, PathBuf};

use super::Evidence;
use super::answer_file::{ANSWERS, file_of};
use super::manifest::Manifest;
use super::store::{StoreError, load_where, save_answers};
use crate::catalogue::Resource;

/// The recording of one run, held by this process alone as long as it lives.
#[derive(Debug)]
pub struct Recording {
    folder: PathBuf,
    manifest: Option<Manifest>,
    _lock: File,
}

impl Recording {
    /// Where the recording of a run is kept.
    #[must_use]
    pub fn folder(recordings: &Path, run: &str) -> PathBuf {
        recordings.join(folder_of(run))
    }

    /// Opens the recording of a run, such as nextest's run id, and waits until nobody else holds it.
    ///
    /// A process that dies lets go of it; what it had added stays whole.
    ///
    /// # Errors
    ///
    /// If the file system refuses, or the manifest that is there is damaged.
    pub fn open(recordings: &Path, run: &str) -> Result<Self, StoreError> {
        let folder = Self::folder(recordings, run);
        let answers = folder.join(ANSWERS);
        fs::create_dir_all(&answers).map_err(|source| StoreError::Io {
            doing: "make",
            file: answers,
            source,
        })?;
        let lock = hold(&folder.join("lock"))?;
        let manifest = match Manifest::read(&folder) {
            Ok(manifest) => Some(manifest),
            Err(StoreError::NoRun { .. }) => None,
            Err(error) => return Err(error),
        };
        Ok(Self { folder, manifest, _lock: lock })
    }

    /// What is recorded of these resources; `None` if the run has not begun.
    ///
    /// # Errors
    ///
    /// If a file is missing or was changed.
    pub fn load(&self, wanted: &BTreeSet<Resource>) -> Result<Option<Evidence>, StoreError> {
        let load = |manifest| load_where(&self.folder, manifest, |resource| wanted.contains(resource));
        self.manifest.as_ref().map(load).transpose()
    }

    /// Records what the evidence holds and the recording does not, and when and at which index it ended.
    ///
    /// # Errors
    ///
    /// If the file system refuses.
    pub fn add(&mut self, evidence: &Evidence) -> Result<(), StoreError> {
        let mut entries = self.manifest.take().map(|manifest| manifest.resources).unwrap_or_default();
        let known: BTreeSet<Resource> =
            entries.iter().map(|entry| Resource::new(entry.resource.as_str())).collect();
        entries.extend(save_answers(evidence, &self.folder, |resource| !known.contains(resource))?);
        let manifest = Manifest::of(evidence, entries);
        manifest.write(&self.folder)?;
        self.manifest = Some(manifest);
        Ok(())
    }
}

/// Waits for the lock of a folder; the operating system gives it back when the file is closed.
fn hold(file: &Path) -> Result<File, StoreError> {
    let failed = |source| StoreError::Io { doing: "lock", file: file.to_owned(), source };
    let lock = File::create(file).map_err(failed)?;
    lock.lock().map_err(failed)?;
    Ok(lock)
}

/// A name for the folder, whatever the run is called.
fn folder_of(run: &str) -> String {
    let file = file_of(&Resource::new(run));
    let name = file.trim_start_matches(ANSWERS).trim_start_matches('/');
    name.trim_end_matches(".json").to_owned()
}
