//! What the embedded catalogue holds once the pipeline has run; its server only reads it.

use std::collections::BTreeMap;
use std::thread;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde_json::Value;

use super::document::Document;
use super::faults::{self, Fault};
use super::merger::{self, Outcome};
use super::minter::Minter;
use super::relations::{self, Relations};
use super::source::Record;
use super::{concepts, generate, images, ingestor, matcher, transformer};

/// Everything that the embedded catalogue serves.
#[derive(Debug, Clone, Default)]
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
    Visible(Document),
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
    /// The day on which the pipeline brought the last change.
    pub updated: Date,
}

impl Default for Index {
    fn default() -> Self {
        Self::of_pipeline("2026-08-20", jiff::civil::date(2026, 8, 20))
    }
}

impl Index {
    fn of_pipeline(date: &str, updated: Date) -> Self {
        Self {
            works_index: format!("works-indexed-{date}"),
            images_index: format!("images-indexed-{date}"),
            pipeline_date: date.to_owned(),
            cluster_name: "embedded".to_owned(),
            updated,
        }
    }

    /// What the release before reads: the index of an earlier pipeline, which is kept up to date all the same.
    #[must_use]
    pub fn before(&self) -> Self {
        Self::of_pipeline("2026-07-02", self.updated)
    }
}

impl Catalogue {
    /// Runs the pipeline over the source records, real and generated; parts that cannot meet run side by side.
    ///
    /// It runs now, so what it brings is of today: a catalogue that has stopped is one whose `index.updated` was put
    /// back.
    #[must_use]
    pub fn build() -> Self {
        Self::with(&faults::NONE)
    }

    /// The same, where something goes wrong.
    #[must_use]
    pub fn with(fault: &'static Fault) -> Self {
        let mut minter = Minter::real();
        fault.in_minter(&mut minter);
        let minter = &minter;
        let mut catalogue = thread::scope(|scope| {
            let parts = generate::parts().map(|part| scope.spawn(move || Self::of(part(), minter, fault)));
            let mut catalogue = Self::of(transformer::real(), minter, fault);
            for part in parts {
                catalogue.absorb(part.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
            }
            catalogue
        });
        catalogue.index.updated = Timestamp::now().to_zoned(TimeZone::UTC).date();
        fault.in_index(&mut catalogue);
        catalogue
    }

    /// Runs the pipeline over some source records.
    fn of(mut records: Vec<Record>, minter: &Minter, fault: &'static Fault) -> Self {
        for record in &mut records {
            fault.at_source(record);
            minter.mint(record);
        }
        fault.before_matching(&mut records);
        let mut outcomes: Vec<Outcome> =
            matcher::groups(records).into_iter().flat_map(merger::merge).collect();
        fault.in_merger(&mut outcomes);
        let mut relations = relations::embed(&outcomes, ingestor::is_online);
        fault.in_relations(&mut relations);
        let mut catalogue = Self::default();
        for outcome in outcomes {
            catalogue.take_in(outcome, &mut relations, fault);
        }
        catalogue
    }

    fn take_in(
        &mut self,
        outcome: Outcome,
        relations: &mut BTreeMap<String, Relations>,
        fault: &'static Fault,
    ) {
        match outcome {
            Outcome::Visible(record) => {
                for (id, mut image) in images::of(&record) {
                    fault.in_ingestor(&mut image);
                    self.images.insert(id, image);
                }
                concepts::add(&mut self.concepts, &record);
                let id = record.canonical.clone();
                let related = relations.remove(&id);
                let document = Document::made_by(move || {
                    let mut document = ingestor::work(*record, related.as_ref());
                    fault.in_ingestor(&mut document);
                    document
                });
                self.works.insert(id, Work::Visible(document));
            }
            Outcome::Redirected { from, to } => drop(self.works.insert(from, Work::Redirected { to })),
            Outcome::Invisible(id) => drop(self.works.insert(id, Work::Invisible)),
            Outcome::Deleted(id) => drop(self.works.insert(id, Work::Deleted)),
        }
    }

    fn absorb(&mut self, mut other: Self) {
        self.works.append(&mut other.works);
        self.images.append(&mut other.images);
        self.concepts.append(&mut other.concepts);
    }
}
