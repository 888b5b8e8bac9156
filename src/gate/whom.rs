//! Whom a run asks: the clients for stage and prod, and the embedded catalogue where it stands in for one of them.

use std::sync::Arc;

use super::config::{Config, Misuse, ProdChoice, StageChoice};
use super::end::End;
use crate::catalogue::{Client, ClientError, Sources, Target};
use crate::embedded::catalogue::Catalogue;
use crate::embedded::server::{Options, Stage};

/// Whom a run asks, as long as this lives.
pub struct Whom {
    /// Whom to ask for what.
    pub sources: Sources,
    _running: Vec<Stage>,
}

/// Makes the clients, and starts the embedded catalogue if it is asked for anything.
///
/// # Errors
///
/// If a client cannot be made, or the embedded catalogue not be started.
pub fn whom(config: &Config) -> Result<Whom, End> {
    let mut embedded = Embedded::default();
    let stage = match &config.stage {
        StageChoice::Live(target) => target.clone(),
        StageChoice::Embedded | StageChoice::Saved(_) => embedded.start()?,
    };
    let prod = match &config.prod {
        None => None,
        Some(ProdChoice::Live(target)) => Some(target.clone()),
        Some(ProdChoice::Embedded) => Some(embedded.start()?),
    };
    let client = |target| Client::new(target, config.limits.clone()).map_err(|error| no_client(&error));
    let sources = Sources { stage: client(stage)?, prod: prod.map(client).transpose()? };
    Ok(Whom { sources, _running: embedded.running })
}

/// The embedded catalogue, built once however many stages serve it.
#[derive(Default)]
struct Embedded {
    catalogue: Option<Arc<Catalogue>>,
    running: Vec<Stage>,
}

impl Embedded {
    /// Serves it on an address of its own.
    fn start(&mut self) -> Result<Target, End> {
        let catalogue = Arc::clone(self.catalogue.get_or_insert_with(|| {
            let catalogue = Arc::new(Catalogue::build());
            // The process ends with the run: to take thousands of documents apart would only make people wait.
            std::mem::forget(Arc::clone(&catalogue));
            catalogue
        }));
        let stage = Stage::start(catalogue, Options::new()).map_err(|error| {
            End::undecided(format!("the embedded catalogue cannot be started ({error})."))
        })?;
        let target = Target::parse(&stage.url())
            .map_err(|error| End::undecided(format!("the embedded catalogue cannot be asked ({error}).")))?;
        self.running.push(stage);
        Ok(target)
    }
}

/// The end of a run whose client cannot be made.
pub(super) fn no_client(error: &ClientError) -> End {
    Misuse(format!("{error}.")).into()
}
