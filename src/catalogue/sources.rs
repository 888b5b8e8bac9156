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

#[cfg(test)]
mod tests {
    use rstest::rstest;
    use serde_json::json;

    use super::super::test_server::{Reply, TestServer};
    use super::super::{Body, Client, Limits};
    use super::{Ask, Resource, Sources};

    fn server(name: &'static str) -> TestServer {
        TestServer::start(move |_, _| Reply::json(json!(name)))
    }

    fn client(server: &TestServer) -> Client {
        Client::new(server.target(), Limits::DEFAULT).expect("a client")
    }

    /// Who answers, or why nobody does.
    fn answered_by(sources: &Sources, resource: &Resource) -> String {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        let answer = runtime.block_on(sources.get(resource));
        match answer.map(|answer| answer.body) {
            Ok(Body::Json(name)) => name.as_str().expect("a name").to_owned(),
            Ok(Body::Text { text, .. }) => text,
            Err(unanswered) => unanswered.cause,
        }
    }

    #[rstest]
    #[case::what_is_judged(Resource::new("/works"), "stage")]
    #[case::what_it_is_compared_with(Resource::new("/works").on_prod(), "prod")]
    #[case::another_host(
        Resource::elsewhere("https://iiif.example/"),
        "other hosts are not asked in this run"
    )]
    fn each_resource_is_asked_of_whom_it_says(#[case] resource: Resource, #[case] answered: &str) {
        let (stage, prod) = (server("stage"), server("prod"));
        let sources = Sources { stage: client(&stage), prod: Some(client(&prod)) };
        assert_eq!(answered_by(&sources, &resource), answered);
    }

    #[rstest]
    fn the_stage_never_answers_for_prod() {
        let stage = server("stage");
        let sources = Sources { stage: client(&stage), prod: None };
        let cause = answered_by(&sources, &Resource::new("/works").on_prod());
        assert!(cause.contains("set PROD_URL"), "{cause}");
        assert_eq!((stage.requests().len(), sources.traffic().requests), (0, 0));
    }
}
