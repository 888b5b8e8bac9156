//! Answers of the embedded catalogue, without a socket, and the rules that the tests judge by.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, LazyLock};

use serde_json::Value;

use crate::comparison::{
    About, Comparison, Drawn, Kind, Pair, Pattern, Rules, Settings, Severity, SeverityRule, Side, Whole,
};
use embedded_catalogue::api::{Answer, Asked, Includes, Service};
use embedded_catalogue::catalogue::{Catalogue, Work};
use embedded_catalogue::faults::{self, Fault};

/// Under which host the two are asked.
pub const STAGE: &str = "https://stage.test";
pub const PROD: &str = "https://prod.test";

/// Of so many works one is compared; enough for every fault to show.
const ONE_IN: usize = 5;

static HEALTHY: LazyLock<Arc<Catalogue>> = LazyLock::new(|| Arc::new(Catalogue::build()));

/// The settings of every test that asks the embedded catalogue.
pub fn settings() -> Settings {
    Settings { stage: STAGE.to_owned(), prod: PROD.to_owned(), ..Settings::default() }
}

/// The fault of that name; none, if it is `none`.
pub fn fault(name: &str) -> &'static Fault {
    if name == "none" { &faults::NONE } else { faults::named(name).expect("a fault of that name") }
}

/// The pattern that is written so.
pub fn pattern(text: &str) -> Pattern {
    Pattern::parse(text).expect("a pattern")
}

/// Rules of severity as Product may write them.
pub fn rules() -> Rules {
    let rule = |path: &str, kind, severity| SeverityRule {
        path: pattern(path),
        kind,
        severity,
        why: "Readers came for that.".to_owned(),
    };
    let lost = Some(Kind::Lost);
    Rules {
        severities: vec![
            rule("status", lost, Severity::CannotFind),
            rule("status", Some(Kind::Changed), Severity::CannotCite),
            rule("id", None, Severity::CannotCite),
            rule("items[].locations[].accessConditions", None, Severity::Wrong),
            rule("items[].locations[].license", None, Severity::Wrong),
            rule("items[].locations[type=DigitalLocation]", lost, Severity::CannotSee),
            rule("items[].locations[type=PhysicalLocation]", lost, Severity::CannotRequest),
            rule("partOf", lost, Severity::CannotFind),
            rule("parts", lost, Severity::CannotFind),
            rule("availabilities", lost, Severity::CannotFind),
        ],
        ..Rules::default()
    }
}

/// What one of the two answered.
pub struct Told {
    pub status: u16,
    pub location: Option<String>,
    pub body: Option<Value>,
}

impl Told {
    fn by(answer: Answer) -> Self {
        let body = serde_json::from_str(&answer.body).ok();
        Self { status: answer.status, location: answer.location, body }
    }

    pub fn side(&self) -> Side<'_> {
        Side { status: Some(self.status), location: self.location.as_deref(), body: self.body.as_ref() }
    }
}

/// The API over a catalogue with this fault.
pub fn service(name: &str) -> Service {
    let fault = fault(name);
    let catalogue = if name == "none" { HEALTHY.clone() } else { Arc::new(Catalogue::with(fault)) };
    Service::new(catalogue, Includes::August, None).with(fault)
}

/// What it answers.
pub fn ask(service: &Service, origin: &str, path: &str, query: &str) -> Told {
    Told::by(service.answer(&Asked::new(&format!("/catalogue/v2{path}"), query, origin)))
}

fn visible(catalogue: &Catalogue) -> impl Iterator<Item = &String> {
    catalogue.works.iter().filter(|(_, work)| matches!(work, Work::Visible(_))).map(|(id, _)| id)
}

fn whole(catalogue: &Catalogue) -> Whole {
    let mut of_type: BTreeMap<String, usize> = BTreeMap::new();
    for work in catalogue.works.values() {
        if let Work::Visible(document) = work {
            let format = document["workType"]["id"].as_str().unwrap_or_default();
            *of_type.entry(format.to_owned()).or_default() += 1;
        }
    }
    Whole { total: visible(catalogue).count(), of_type }
}

/// A healthy prod beside a stage with this fault: a sample of the works of both, and of the images.
pub fn compared(name: &str) -> Comparison {
    compared_with(name, settings())
}

/// The same, with some settings.
pub fn compared_with(name: &str, settings: Settings) -> Comparison {
    let spoiled = Arc::new(Catalogue::with(fault(name)));
    let whole_prod = Some(whole(&HEALTHY));
    let whole_stage = Some(whole(&spoiled));
    let mut comparison = Comparison::new(Settings { whole_prod, whole_stage, ..settings });
    let prod = service("none");
    let stage = Service::new(spoiled.clone(), Includes::August, None).with(fault(name));
    let include = format!("include={}", Includes::August.of_works().join(","));
    let mut add = |about: About<'_>, drawn: Drawn, path: &str, query: &str| {
        let (ours, theirs) = (ask(&stage, STAGE, path, query), ask(&prod, PROD, path, query));
        let (stage, prod) = (ours.side(), theirs.side());
        comparison.add(&Pair { about, drawn, stage, prod, again: None, views: None });
    };
    let of_prod: BTreeSet<&String> = visible(&HEALTHY).step_by(ONE_IN).collect();
    let of_stage: BTreeSet<&String> = visible(&spoiled).step_by(ONE_IN).collect();
    for id in of_prod.union(&of_stage) {
        let drawn = match (of_prod.contains(id), of_stage.contains(id)) {
            (true, true) => Drawn::FromBoth,
            (true, false) => Drawn::FromProd,
            _ => Drawn::FromStage,
        };
        add(About::Work(id), drawn, &format!("/works/{id}"), &include);
    }
    for id in HEALTHY.images.keys().step_by(ONE_IN) {
        add(About::Image(id), Drawn::FromProd, &format!("/images/{id}"), "");
    }
    comparison
}
