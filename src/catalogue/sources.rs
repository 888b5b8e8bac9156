//! Whoever can be asked: one client, or the stage, prod and the hosts of links side by side.

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

/// The API that is judged, and whoever else a run asks. The key of the stage is sent to the stage alone.
#[derive(Debug)]
pub struct Sources {
    /// The API that is judged.
    pub stage: Client,
    /// The API that people use now; `None` if the run was not told of one.
    pub prod: Option<Client>,
    /// The hosts that records link to; `None` if they are not to be asked.
    pub links: Option<Client>,
}

impl Sources {
    fn clients(&self) -> impl Iterator<Item = &Client> {
        std::iter::once(&self.stage).chain(&self.prod).chain(&self.links)
    }
}

impl Ask for Sources {
    async fn get(&self, resource: &Resource) -> Result<Answer, Unanswered> {
        let nobody = |cause: &str| Err(Unanswered { cause: cause.to_owned(), attempts: 0 });
        match (resource.origin(), &self.prod, &self.links) {
            (Origin::Stage, ..) => self.stage.get(resource).await,
            (Origin::Prod, Some(prod), _) => prod.get(resource).await,
            (Origin::Prod, None, _) => nobody("no prod to compare with is named: set PROD_URL"),
            (Origin::Elsewhere, _, Some(links)) => links.get(resource).await,
            (Origin::Elsewhere, _, None) => {
                nobody("other hosts are not asked in this run: set CHECK_LINKS=1")
            }
            (Origin::Site, ..) => nobody("a page is looked at with a browser, and not asked of an API"),
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

    use super::{Ask, Sources};
    use crate::catalogue::test_server::{Reply, TestServer};
    use crate::catalogue::{ApiKey, Body, Client, Limits, Resource, Target};

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
        "other hosts are not asked in this run: set CHECK_LINKS=1"
    )]
    fn each_resource_is_asked_of_whom_it_says(#[case] resource: Resource, #[case] answered: &str) {
        let (stage, prod) = (server("stage"), server("prod"));
        let sources = Sources { stage: client(&stage), prod: Some(client(&prod)), links: None };
        assert_eq!(answered_by(&sources, &resource), answered);
    }

    #[rstest]
    fn the_stage_never_answers_for_prod() {
        let stage = server("stage");
        let sources = Sources { stage: client(&stage), prod: None, links: None };
        let cause = answered_by(&sources, &Resource::new("/works").on_prod());
        assert!(cause.contains("set PROD_URL"), "{cause}");
        assert_eq!((stage.requests().len(), sources.traffic().requests), (0, 0));
    }

    const KEY: &str = "s3cr3t-k3y-0f-stage";

    fn stage(server: &TestServer) -> Target {
        server.target().with_key(ApiKey::new(KEY).unwrap()).with_cluster("reindex")
    }

    /// What a link to this server is answered with, beside a stage that has a key.
    fn follow(server: &TestServer, target: Target) -> Body {
        let limits = Limits::DEFAULT;
        let links = Some(Client::of_links(target, &limits).unwrap());
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let sources = Sources { stage: Client::new(stage(server), limits).unwrap(), prod: None, links };
        let resource = Resource::elsewhere(format!("{}/info.json", server.url()));
        runtime.block_on(sources.get(&resource)).unwrap().body
    }

    #[rstest]
    #[case::a_target_of_links(Target::elsewhere())]
    #[case::a_target_that_has_a_key(Target::elsewhere().with_key(ApiKey::new(KEY).unwrap()))]
    fn the_key_of_the_stage_is_never_sent_to_the_host_of_a_link(#[case] target: Target) {
        let server = TestServer::start(|_, _| Reply::json("{}"));
        follow(&server, target);
        let seen = server.requests();
        assert_eq!(seen.len(), 1);
        assert!(!seen[0].headers.contains_key("x-api-key"), "{seen:?}");
        assert!(seen[0].headers.values().all(|value| !value.contains(KEY)), "{seen:?}");
    }

    #[rstest]
    #[case::small(10, 10)]
    #[case::megabytes(3_000_000, 200)]
    fn only_the_beginning_of_what_is_linked_to_is_kept(#[case] length: usize, #[case] kept: usize) {
        let server = TestServer::start(move |_, _| Reply::of(200, "application/json", vec![b'x'; length]));
        let Body::Text { content_type, text } = follow(&server, Target::elsewhere()) else { panic!("JSON") };
        assert_eq!((content_type.as_str(), text.len()), ("application/json", kept));
    }
}
