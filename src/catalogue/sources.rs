//! Whoever can be asked: one client, or the stage and prod side by side.

use super::{Answer, Client, Origin, Resource, Traffic, Unanswered};

/// Somebody who can be asked for resources.
pub trait Ask {
    /// The answer to a resource, or why there is none.
    fn get(&self, resource: &Resource) -> impl Future<Output = Result<Answer, Unanswered>>;

    /// What was done so far.
    fn traffic(&self) -> Traffic;

    /// How many requests may be under way at once.
    fn concurrency(&self) -> usize;
}

impl Ask for Client {
    async fn get(&self, resource: &Resource) -> Result<Answer, Unanswered> {
        Client::get(self, resource).await
    }

    fn traffic(&self) -> Traffic {
        Client::traffic(self)
    }

    fn concurrency(&self) -> usize {
        self.limits().concurrency
    }
}

/// The API that is judged, and whoever else a run asks.
#[derive(Debug)]
pub struct Sources {
    /// The API that is judged.
    pub stage: Client,
    /// The API that people use now; `None` if the run was not told of one.
    pub prod: Option<Client>,
}

impl Sources {
    fn clients(&self) -> impl Iterator<Item = &Client> {
        std::iter::once(&self.stage).chain(&self.prod)
    }
}

impl Ask for Sources {
    async fn get(&self, resource: &Resource) -> Result<Answer, Unanswered> {
        let nobody = |cause: &str| Err(Unanswered { cause: cause.to_owned(), attempts: 0 });
        match (resource.origin(), &self.prod) {
            (Origin::Stage, _) => self.stage.get(resource).await,
            (Origin::Prod, Some(prod)) => prod.get(resource).await,
            (Origin::Prod, None) => nobody("no prod to compare with is named: set PROD_URL"),
            (Origin::Elsewhere, _) => nobody("other hosts are not asked in this run"),
        }
    }

    fn traffic(&self) -> Traffic {
        self.clients().map(Client::traffic).fold(Traffic::default(), Traffic::and)
    }

    fn concurrency(&self) -> usize {
        self.clients().map(Ask::concurrency).sum()
    }
}
