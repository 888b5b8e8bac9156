//! Whom a run asks: the clients for stage and prod, and the embedded catalogue where it stands in for one of them.

use std::sync::Arc;

use super::config::{Config, Misuse, Pages, ProdChoice, SiteChoice, StageChoice};
use super::end::End;
use crate::browser::{Cookie, Website};
use crate::catalogue::{Answer, Ask, Client, ClientError, Resource, Sources, Target, Traffic, Unanswered};
use crate::embedded::api::BASE_PATH;
use crate::embedded::catalogue::Catalogue;
use crate::embedded::server::{Options, Stage};
use crate::embedded::site::{TOGGLE_COOKIE, TOGGLE_ON};
use crate::embedded::stand_ins::STAND_INS;

/// Whom a run asks, as long as this lives.
pub struct Whom {
    /// Which API to ask for what.
    pub sources: Sources,
    /// The website whose pages are looked at, if they are.
    site: Option<Website>,
    _running: Vec<Stage>,
}

impl Ask for Whom {
    async fn get(&self, resource: &Resource) -> Result<Answer, Unanswered> {
        match (resource.device(), &self.site) {
            (None, _) => self.sources.get(resource).await,
            (Some(device), Some(site)) => site.look(resource.path(), device).await,
            (Some(_), None) => {
                Err(Unanswered { cause: "no website is named: set SITE_URL".to_owned(), attempts: 0 })
            }
        }
    }

    fn traffic(&self) -> Traffic {
        self.site.iter().map(Website::traffic).fold(self.sources.traffic(), Traffic::and)
    }

    fn concurrency(&self) -> usize {
        self.sources.concurrency() + self.site.as_ref().map_or(0, Website::concurrency)
    }
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
    let links = config.check_links.then(|| links(&stage));
    let prod = match &config.prod {
        None => None,
        Some(ProdChoice::Live(target)) => Some(target.clone()),
        Some(ProdChoice::Embedded) => Some(embedded.start()?),
    };
    let client = |target| Client::new(target, config.limits.clone()).map_err(|error| no_client(&error));
    let links = links.map(|target| Client::of_links(target, &config.limits)).transpose();
    let sources = Sources {
        stage: client(stage)?,
        prod: prod.map(client).transpose()?,
        links: links.map_err(|error| no_client(&error))?,
    };
    Ok(Whom { sources, site: site(config, &embedded), _running: embedded.running })
}

/// The website whose pages are looked at. That of the embedded catalogue is its first server, which is the stage.
fn site(config: &Config, embedded: &Embedded) -> Option<Website> {
    match config.site.as_ref().filter(|_| config.pages != Pages::Off)? {
        SiteChoice::Live { url, cookies } => Some(Website::new(url, cookies.clone())),
        SiteChoice::Embedded => {
            let cookie = Cookie { name: TOGGLE_COOKIE.to_owned(), value: TOGGLE_ON.to_owned() };
            embedded.running.first().map(|stage| Website::new(&stage.site_url(), vec![cookie]))
        }
    }
}

/// Who answers for the hosts that records link to. An embedded catalogue, in this process or another one of this
/// machine, holds works that nobody else has: it has stand-ins for those hosts.
fn links(stage: &Target) -> Target {
    match stage.url().strip_suffix(BASE_PATH) {
        Some(host) if stage.is_on_this_machine() => Target::stand_ins(&format!("{host}{STAND_INS}")),
        _ => Target::elsewhere(),
    }
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

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::links;
    use crate::catalogue::{Resource, Target};

    const LINK: &str = "https://iiif.wellcomecollection.org/image/V0029060/info.json";

    #[rstest]
    #[case::of_a_stage("https://api-stage.wellcomecollection.org/catalogue/v2", LINK)]
    #[case::of_an_embedded_catalogue(
        "http://127.0.0.1:8080/catalogue/v2",
        "http://127.0.0.1:8080/stand-ins/https://iiif.wellcomecollection.org/image/V0029060/info.json"
    )]
    fn links_are_asked_for_where_they_lead_unless_the_catalogue_is_made_up(
        #[case] stage: &str,
        #[case] url: &str,
    ) {
        let stage = Target::parse(stage).unwrap();
        assert_eq!(links(&stage).url_of(&Resource::elsewhere(LINK)), url);
    }
}
