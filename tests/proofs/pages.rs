//! Pages of the website, looked at in a real browser: what a reader would miss blocks, and is shown to whoever must act.
//!
//! Where there is no Chromium these tests say so and show nothing, unless `GATE_REQUIRES_CHROMIUM=1`, as in CI.

use std::collections::BTreeSet;
use std::fs;

use pretty_assertions::assert_eq;
use release_gate::embedded::faults;
use release_gate::embedded::server::{Options, Stage};
use release_gate::embedded::site::{TOGGLE_COOKIE, TOGGLE_ON};
use release_gate::gate::{Plan, Planned, Role};
use release_gate::suite::Suite;
use rstest::rstest;
use serde_json::{Value, json};

use crate::support::{Ended, Gate, SMALL, chromium_or_skip, project, scripted, stage};
use release_gate::embedded::server::Scripted;

const PAGES: &str = "  - id: readers-can-view-it
    title: Readers can view it
    why: Readers saw that the button was gone.
    owner: Product
    approved: { by: Product, on: 2026-11-22 }
    review-by: 2099-05-22
    page: { shows: [{ heading: Available online }, { link: View }], on: [desktop, phone] }
    examples:
      - { work: a222zvge, is: an archive file with a digitised copy }
";

fn suite() -> String {
    format!("{SMALL}{PAGES}")
}

/// The gate on the pages that this stage's website shows to those who ask for what stage serves.
fn looking_at(gate: Gate, stage: &Stage) -> Gate {
    let cookie = format!("{TOGGLE_COOKIE}={TOGGLE_ON}");
    gate.stage(stage).env("SITE_URL", stage.site_url()).env("SITE_COOKIES", cookie).env("PAGES", "required")
}

fn under(fault: &str) -> Stage {
    let fault =
        if fault == "none" { &faults::NONE } else { faults::named(fault).expect("a fault of that name") };
    Stage::with(fault, Options::new()).expect("a stage")
}

/// The names of the checks that fail.
fn failed(ended: &Ended) -> Vec<String> {
    let verdict = ended.verdict().unwrap_or_else(|| panic!("no verdict: {}", ended.text()));
    let names = verdict["failed"].as_array().expect("a list").iter();
    names.map(|name| name.as_str().expect("a name").to_owned()).collect()
}

#[rstest]
fn a_button_that_is_gone_blocks_and_every_report_shows_the_page() {
    let Some(_) = chromium_or_skip() else { return };
    let ended = looking_at(Gate::with_suite(&suite()), &under("unmerged")).args(["::page"]).run();
    let on = |device: &str| format!("readers-can-view-it::a222zvge::page{device}");
    assert_eq!((ended.code, failed(&ended)), (1, vec![on(""), on("-on-phone")]), "{}", ended.text());
    assert!(ended.says("the page does not show the link “View”"), "{}", ended.text());
    let picture = "pages/readers-can-view-it-a222zvge-page.webp";
    assert!(ended.says(picture), "{}", ended.text());
    let bytes = fs::read(ended.out().join(picture)).expect("the picture");
    assert!(bytes.starts_with(b"RIFF") && bytes.len() > 2_000, "{} bytes", bytes.len());
    let outline =
        fs::read_to_string(ended.out().join(picture.replace(".webp", ".txt"))).expect("the outline");
    assert!(outline.contains("heading “") && !outline.contains("“View”"), "{outline}");
    let told = |name: &str| fs::read_to_string(ended.out().join(name)).expect("a report");
    assert!(told("report.html").contains("data:image/webp;base64,"));
    assert!(told("junit.xml").contains(picture));
    let report: Value = serde_json::from_str(&told("report.json")).expect("JSON");
    assert!(report.to_string().contains(picture));
}

#[rstest]
fn pages_that_show_what_they_must_pass_and_leave_nothing_behind() {
    let Some(_) = chromium_or_skip() else { return };
    let stage = stage();
    let ended = looking_at(Gate::with_suite(&suite()), &stage).run();
    assert_eq!((ended.code, ended.decision().as_str()), (0, "may-be-released"), "{}", ended.text());
    assert!(!ended.out().join("pages").exists());
    // Each page once for all its checks, and with the cookie, so that it asks the stage.
    let asked =
        |path: &str| stage.requests().iter().filter(|asked| asked.split('?').next() == Some(path)).count();
    assert_eq!(asked("/works/a222zvge"), 2, "{:?}", stage.requests());
}

#[rstest]
fn a_saved_run_shows_the_same_page_again_without_a_browser() {
    let Some(_) = chromium_or_skip() else { return };
    let first = looking_at(Gate::with_suite(&suite()), &under("unmerged")).run();
    let saved = format!("file:{}", first.out().join("evidence").display());
    let again =
        Gate::with_suite(&suite()).env("STAGE_URL", saved).env("PAGES", "if-possible").env("PATH", "").run();
    let pages = |ended: &Ended| {
        failed(ended).into_iter().filter(|name| name.contains("::page")).collect::<Vec<String>>()
    };
    assert_eq!((pages(&again).len(), pages(&again)), (2, pages(&first)), "{}", again.text());
}

#[rstest]
#[case::a_script_of_the_page("site-script-error", "a script of the page fails")]
#[case::a_part_of_the_page("site-asset-missing", "the page does not get a part of itself")]
#[case::the_page_itself("site-crashes", "the website shows readers “Something went wrong”")]
fn what_is_wrong_with_the_website_itself_blocks(#[case] fault: &str, #[case] says: &str) {
    let Some(_) = chromium_or_skip() else { return };
    let ended = looking_at(Gate::with_suite(&suite()), &under(fault)).args(["a222zvge::page"]).run();
    assert_eq!((ended.code, ended.says(says)), (1, true), "{}", ended.text());
}

#[rstest]
fn a_page_that_never_comes_is_undecided_and_another_is_judged_all_the_same() {
    let Some(_) = chromium_or_skip() else { return };
    let stage =
        scripted(std::sync::Arc::new(|path, _| (path == "/works/a222zvge").then_some(Scripted::Hangup)));
    let other = "      - { work: a2239muq, is: a dissertation }\n";
    let gate = Gate::with_suite(&format!("{}{other}", suite()));
    let ended = looking_at(gate, &stage).args(["::page"]).run();
    assert_eq!(ended.code, 2, "{}", ended.text());
    let verdict = ended.verdict().expect("a verdict");
    assert_eq!(verdict["checks"]["tally"]["passed"], json!(2), "{}", ended.text());
    assert!(ended.says("could not be opened"), "{}", ended.text());
}

#[rstest]
fn without_a_browser_pages_are_not_looked_at_and_that_is_said_with_what_to_install() {
    let ended = Gate::with_suite(&suite()).env("PAGES", "if-possible").env("PATH", "").run();
    assert_eq!(ended.code, 0, "{}", ended.text());
    assert!(ended.says("Pages were not looked at: 2 checks are turned off"), "{}", ended.text());
    assert!(ended.says("apt-get install chromium"), "{}", ended.text());
    let off = &ended.verdict().expect("a verdict")["checks"]["turnedOff"];
    assert_eq!(off.as_array().map(Vec::len), Some(2), "{off}");
}

#[rstest]
fn a_browser_that_does_not_start_keeps_nobody_from_the_rest_unless_pages_are_demanded() {
    let broken = project().join("src/browser/tests/programs/unusable");
    let gate = || Gate::with_suite(&suite()).env("CHROMIUM", &broken);
    let ended = gate().env("PAGES", "if-possible").run();
    assert_eq!(ended.code, 0, "{}", ended.text());
    assert!(ended.says("Pages were not looked at: 2 checks are turned off"), "{}", ended.text());
    assert!(ended.says("did not start"), "{}", ended.text());
    let demanded = gate().env("PAGES", "required").run();
    assert_eq!((demanded.code, demanded.decision().as_str()), (2, "undecided"), "{}", demanded.text());
}

#[rstest]
fn without_a_browser_pages_that_are_demanded_release_nothing() {
    let ended = looking_at(Gate::with_suite(&suite()), &stage()).env("PATH", "").run();
    assert_eq!((ended.code, ended.decision().as_str()), (2, "undecided"), "{}", ended.text());
    assert!(ended.says("apt-get install chromium"), "{}", ended.text());
}

#[rstest]
fn a_stage_without_a_website_says_how_to_have_its_pages_looked_at() {
    let ended = Gate::with_suite(&suite()).stage(&stage()).env("PAGES", "if-possible").run();
    assert_eq!((ended.code, ended.decision().as_str()), (0, "may-be-released"), "{}", ended.text());
    assert!(ended.says("name the website in SITE_URL"), "{}", ended.text());
}

#[rstest]
fn pages_alone_without_a_website_are_refused_with_what_turns_them_on() {
    let ended = Gate::with_suite(&suite()).stage(&stage()).env("PAGES", "if-possible").args(["::page"]).run();
    assert_eq!(ended.code, 4, "{}", ended.text());
    assert!(ended.stderr.contains("`::page` selects no approved check"), "{}", ended.text());
    assert!(
        ended.stderr.contains("2 checks are turned off (name the website in SITE_URL"),
        "{}",
        ended.text()
    );
}

#[rstest]
fn no_report_tells_a_cookie() {
    let Some(_) = chromium_or_skip() else { return };
    let secret = "s3cr3t-c00kie-0f-site";
    let ended = looking_at(Gate::with_suite(&suite()), &under("unmerged"))
        .env("SITE_COOKIES", format!("{TOGGLE_COOKIE}={TOGGLE_ON}; session={secret}"))
        .run();
    assert_eq!(ended.code, 1, "{}", ended.text());
    assert!(!ended.everything().contains(secret));
}

/// The criteria of this repository that look at pages.
const ON_PAGES: [&str; 3] = [
    "readers-are-not-offered-what-they-may-not-see",
    "readers-can-open-what-is-digitised",
    "readers-find-out-where-things-are",
];

#[rstest]
fn every_criterion_on_pages_has_a_case_below() {
    let suite = Suite::load(&project().join("works-examples.yaml")).expect("the suite");
    let looks = |check: &Planned| matches!(check.role, Role::Page(_)).then(|| check.about.criterion.clone());
    let on_pages: BTreeSet<String> = Plan::of(&suite).checks.iter().filter_map(looks).collect();
    assert_eq!(on_pages, ON_PAGES.map(str::to_owned).into());
}

/// What is said of pages alone, in the suite of this repository: each of these criteria fails under a fault that is one
/// of the catalogue, and none of them on a healthy one.
#[rstest]
#[case::nothing_wrong("none", &[])]
#[case::the_button("unmerged", &["readers-can-open-what-is-digitised"])]
#[case::what_may_not_be_seen("restricted-becomes-open", &["readers-are-not-offered-what-they-may-not-see"])]
#[case::the_shelf("missing-types", &ON_PAGES)]
fn every_criterion_on_pages_can_fail(#[case] fault: &str, #[case] expected: &[&str]) {
    let Some(_) = chromium_or_skip() else { return };
    let ended = looking_at(Gate::new(), &under(fault)).args(["::page"]).run();
    let failed = failed(&ended);
    let mut criteria: Vec<&str> = failed.iter().filter_map(|name| name.split("::").next()).collect();
    criteria.dedup();
    criteria.sort_unstable();
    assert_eq!(criteria, expected, "{}", ended.text());
}
