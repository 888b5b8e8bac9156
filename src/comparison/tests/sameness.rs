//! A stage and a prod that are one and the same are noticed.

use rstest::rstest;
use serde_json::json;

use super::fixture::settings;
use crate::catalogue::ServedIndex;
use crate::comparison::{About, Comparison, Drawn, Identity, Pair, Same, Side, sameness};

fn compared(differs: bool) -> Comparison {
    let (prod, stage) = (json!({ "title": "A" }), json!({ "title": if differs { "B" } else { "A" } }));
    let mut comparison = Comparison::new(settings());
    let (about, drawn) = (About::Work("a2239muq"), Drawn::Chosen);
    let (stage, prod) = (Side::of(&stage), Side::of(&prod));
    comparison.add(&Pair { about, drawn, stage, prod, again: None, views: None });
    comparison
}

fn who(address: &str, index: &str, build: Option<&str>) -> Identity {
    let index = ServedIndex {
        works_index: Some(index.to_owned()),
        images_index: None,
        pipeline_date: None,
        cluster_name: None,
    };
    Identity { address: address.to_owned(), index: Some(index), build: build.map(str::to_owned) }
}

#[rstest]
#[case::one_address(
    who("https://api.test/v2", "a", None),
    who("https://API.test:443/v2/", "b", None),
    true,
    Some(Same::Address)
)]
#[case::one_release(
    who("https://s.test", "a", Some("1")),
    who("https://p.test", "a", Some("1")),
    false,
    Some(Same::Release)
)]
#[case::something_differs(
    who("https://s.test", "a", Some("1")),
    who("https://p.test", "a", Some("1")),
    true,
    None
)]
#[case::another_build(
    who("https://s.test", "a", Some("2")),
    who("https://p.test", "a", Some("1")),
    false,
    None
)]
#[case::another_index(
    who("https://s.test", "b", Some("1")),
    who("https://p.test", "a", Some("1")),
    false,
    None
)]
#[case::unknown_builds(
    who("https://s.test", "a", None),
    who("https://p.test", "a", None),
    false,
    Some(Same::Perhaps)
)]
#[case::nobody_says(Identity::default(), Identity { address: "https://p.test".to_owned(), ..Identity::default() }, false, None)]
fn stage_and_prod_are_the_same_by_address_or_by_index_and_build(
    #[case] stage: Identity,
    #[case] prod: Identity,
    #[case] differs: bool,
    #[case] same: Option<Same>,
) {
    assert_eq!(sameness(&stage, &prod, &compared(differs)), same);
}

#[test]
fn what_prod_itself_says_in_two_ways_is_no_difference() {
    let (prod, stage) = (json!({ "took": 1 }), json!({ "took": 2 }));
    let mut comparison = Comparison::new(settings());
    let (about, drawn) = (About::Work("a2239muq"), Drawn::Chosen);
    let (stage, prod) = (Side::of(&stage), Side::of(&prod));
    comparison.add(&Pair { about, drawn, stage, prod, again: Some(stage), views: None });
    assert_eq!(comparison.counts().ignored, 1);
    let (stage, prod) = (who("https://s.test", "a", Some("1")), who("https://p.test", "a", Some("1")));
    assert_eq!(sameness(&stage, &prod, &comparison), Some(Same::Release));
}

#[rstest]
#[case::address(Same::Address, "PROD_URL")]
#[case::release(Same::Release, "shows nothing")]
#[case::perhaps(Same::Perhaps, "unless")]
fn each_way_of_being_the_same_says_what_follows(#[case] same: Same, #[case] says: &str) {
    assert!(same.says().contains(says), "{}", same.says());
}
