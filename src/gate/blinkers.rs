//! What a run does not look at: links unless it is told to, and pages where there is no website or no browser.

use std::collections::BTreeSet;

use super::config::{Config, Pages, StageChoice};
use super::plan::{Blinkers, Plan, Role};
use crate::browser;
use crate::catalogue::Resource;
use crate::evidence::{self, Evidence};
use crate::suite::Suite;

/// What this run does not look at, each with how to have it looked at.
pub fn of(config: &Config, suite: &Suite) -> Blinkers {
    Blinkers {
        links: (!config.check_links).then(|| "set CHECK_LINKS=1".to_owned()),
        pages: pages(config, suite),
    }
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
