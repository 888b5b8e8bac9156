//! What a run does not look at: links unless it is told to, and pages where there is no website or no browser.

use std::collections::BTreeSet;

use super::config::{Config, Pages, StageChoice};
use super::plan::{Blinkers, Plan, Role};
use crate::browser;
use crate::catalogue::{Origin, Resource, Unanswered};
use crate::evidence::{self, Evidence};
use crate::suite::Suite;

/// What this run does not look at, each with how to have it looked at.
pub fn of(config: &Config, suite: &Suite) -> Blinkers {
    Blinkers {
        links: (!config.check_links).then(|| "set CHECK_LINKS=1".to_owned()),
        pages: pages(config, suite),
    }
}

/// What turned out not to be looked at, once it was asked for: pages that need not be looked at, and for which the
/// browser of this machine does not start. `None` if nothing did. What processes of nextest share stays as it was planned.
pub fn found_out(config: &Config, suite: &Suite, evidence: &Evidence) -> Option<Blinkers> {
    if config.pages != Pages::IfPossible || config.nextest_run.is_some() {
        return None;
    }
    let pages = evidence.iter().filter(|(resource, _)| resource.origin() == Origin::Site);
    // Nobody was asked.
    let unseen = pages.map(|(_, outcome)| outcome.as_ref().err().filter(|why| why.attempts == 0));
    let why = unseen.collect::<Option<Vec<&Unanswered>>>()?;
    let pages = Some(why.first()?.cause.clone());
    Some(Blinkers { pages, ..of(config, suite) })
}

/// Why pages are not looked at. Where they are required they always are: without a browser they are undecided.
fn pages(config: &Config, suite: &Suite) -> Option<String> {
    let told = |says: &str| Some(says.to_owned());
    match (&config.stage, config.pages) {
        (_, Pages::Off) => told("unset PAGES, which is `off`"),
        (_, Pages::Required) => None,
        (StageChoice::Saved(folder), Pages::IfPossible) => {
            let pages = asked_for(suite);
            let holds_any = |saved: &Evidence| pages.iter().any(|page| saved.has(page));
            let looked_at = evidence::load_some(folder, &pages).is_ok_and(|saved| holds_any(&saved));
            if looked_at { None } else { told("judge a saved run that has looked at them") }
        }
        (StageChoice::Live(_), Pages::IfPossible) if config.site.is_none() => {
            told("name the website in SITE_URL, and in SITE_COOKIES the cookie by which it shows this stage")
        }
        (StageChoice::Embedded | StageChoice::Live(_), Pages::IfPossible) => {
            browser::find().err().map(|why| why.to_string())
        }
    }
}

/// The pages that the suite calls for.
fn asked_for(suite: &Suite) -> BTreeSet<Resource> {
    let checks = Plan::of(suite).checks.into_iter();
    checks
        .filter_map(|check| if let Role::Page(page) = check.role { Some(page.page()) } else { None })
        .collect()
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use rstest::rstest;
    use serde_json::json;

    use super::of;
    use crate::catalogue::{Answer, Body, Device, Resource, WorkId};
    use crate::evidence::{self, Evidence};
    use crate::gate::config::Config;
    use crate::gate::variables::Variables;
    use crate::suite::Suite;

    const SUITE: &str = "\
criteria:
  - id: seen
    title: It is seen
    why: A promise.
    owner: Product
    approved: { by: Product, on: 2026-11-22 }
    review-by: 2099-05-22
    page: { shows: [{ link: View }] }
    examples:
      - { work: a222zvge, is: a file }
";
    const STAGE: (&str, &str) = ("STAGE_URL", "https://stage.example.org/catalogue/v2");

    fn pages(variables: &[(&str, &str)]) -> Option<String> {
        let config = Config::read(&Variables::from(variables)).unwrap();
        of(&config, &Suite::parse(Path::new("suite.yaml"), SUITE).unwrap()).pages
    }

    #[rstest]
    #[case::of_the_page(Resource::page("/works/a222zvge", Device::Desktop), None)]
    #[case::of_the_record(
        Resource::work(&WorkId::parse("a222zvge").unwrap(), &[].into()),
        Some("judge a saved run that has looked at them")
    )]
    fn a_saved_run_shows_the_pages_that_it_has(#[case] saved: Resource, #[case] remedy: Option<&str>) {
        let folder = tempfile::tempdir().unwrap();
        let answer = Answer::new(200, Body::Json(json!({})));
        evidence::save(&Evidence::from_answers([(saved, Ok(answer))]), folder.path()).unwrap();
        let url = format!("file:{}", folder.path().display());
        assert_eq!(pages(&[("STAGE_URL", &url)]).as_deref(), remedy);
        assert_eq!(pages(&[("STAGE_URL", &url), ("PAGES", "required")]), None);
    }

    #[rstest]
    #[case::without_a_website(&[STAGE], Some("name the website in SITE_URL"))]
    #[case::turned_off(&[STAGE, ("PAGES", "off")], Some("unset PAGES"))]
    #[case::with_one(
        &[STAGE, ("SITE_URL", "https://www.example.org"), ("SITE_COOKIES", "toggle=on")], None
    )]
    fn pages_of_a_stage_are_looked_at_where_a_website_is_named(
        #[case] variables: &[(&str, &str)],
        #[case] remedy: Option<&str>,
    ) {
        let told = pages(variables);
        assert_eq!(told.is_some(), remedy.is_some(), "{told:?}");
        assert!(told.unwrap_or_default().starts_with(remedy.unwrap_or_default()));
    }
}
