//! The records of the embedded catalogue.

use std::collections::BTreeMap;

use serde_json::Value;

/// Everything that the embedded stage serves.
pub struct Catalogue {
    /// Works by id.
    pub works: BTreeMap<String, Work>,
    /// Images by id.
    pub images: BTreeMap<String, Value>,
    /// Concepts by id.
    pub concepts: BTreeMap<String, Value>,
    /// What `_elasticConfig` tells about the index.
    pub index: Index,
}

/// A work, as the index keeps it.
pub enum Work {
    /// The whole display document, with every include.
    Visible(Value),
    /// It lives on under another id.
    Redirected {
        /// The id it lives on under.
        to: String,
    },
    /// It is not to be shown.
    Invisible,
    /// It was deleted.
    Deleted,
}

/// Which index is served.
pub struct Index {
    /// Name of the index of works.
    pub works_index: String,
    /// Name of the index of images.
    pub images_index: String,
    /// Date of the pipeline that filled it.
    pub pipeline_date: String,
    /// Name of the cluster.
    pub cluster_name: String,
}

impl Catalogue {
    /// An empty catalogue.
    #[must_use]
    pub fn build() -> Self {
        Self {
            works: BTreeMap::new(),
            images: BTreeMap::new(),
            concepts: BTreeMap::new(),
            index: Index {
                works_index: "works-indexed-2026-08-20".into(),
                images_index: "images-indexed-2026-08-20".into(),
                pipeline_date: "2026-08-20".into(),
                cluster_name: "pipeline-2026-08-20".into(),
            },
        }
    }
}
