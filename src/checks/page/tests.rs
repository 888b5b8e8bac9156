//! What a page must show, and what follows if it does not.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use pretty_assertions::assert_eq;
use rstest::{fixture, rstest};
use serde_json::json;

use super::PageCheck;
use crate::catalogue::{Answer, Body, Device, Resource, Unanswered, WorkId};
use crate::checks::contract::Contract;
use crate::checks::{Check, Context, WorkRequests};
use crate::evidence::{Evidence, Failed, Node, Seen};
use crate::suite::{PageErrors, PageExpectation, PagePart, PageRole};
use crate::verdict::{Compared, Judgement, Verdict};

static CONTRACT: LazyLock<Contract> = LazyLock::new(Contract::new);

const PATH: &str = "/works/a222zvge";

fn node(role: &str, name: &str) -> Node {
    Node { role: role.to_owned(), name: name.to_owned(), ..Node::default() }
}

/// The page of a digitised work, as it should be.
#[fixture]
fn seen() -> Seen {
    let link = Node { children: vec![node("StaticText", "View")], ..node("link", "View") };
    let region = Node { children: vec![node("heading", "Available online"), link], ..Node::default() };
    Seen {
        address: format!("https://site.test{PATH}"),
        final_address: format!("https://site.test{PATH}"),
        status: 200,
        title: "Records of a society".to_owned(),
        lang: None,
        settled: true,
        tree: vec![node("heading", "Records  of a\nsociety"), region, node("link", "Search")],
        text: "Records of a society\nAvailable online\nView".to_owned(),
        text_goes_on: false,
        errors: Vec::new(),
        failed: Vec::new(),
        screenshot: "UklGRg==".to_owned(),
    }
}

fn part(role: PageRole, name: &str) -> PagePart {
    PagePart { role, name: name.to_owned() }
}

#[fixture]
fn expect() -> PageExpectation {
    PageExpectation {
        shows: vec![part(PageRole::Heading, "Available online"), part(PageRole::LinkOrButton, "View")],
        hides: vec![part(PageRole::Button, "Sign in")],
        on: BTreeSet::new(),
        errors: None,
    }
}

fn judge(expect: PageExpectation, looked: Result<Answer, Unanswered>) -> Judgement {
    judge_beside("Records of <i>a society</i>", expect, looked)
}

/// Judges a page beside the record of its work, which has this title.
fn judge_beside(title: &str, expect: PageExpectation, looked: Result<Answer, Unanswered>) -> Judgement {
    let work = WorkId::parse("a222zvge").unwrap();
    let check = PageCheck::new(&work, Device::Desktop, expect);
    let requests = WorkRequests::of([&check as &dyn Check]);
    let record = Answer::new(200, Body::Json(json!({ "id": "a222zvge", "title": title })));
    let record = (requests.resource(&work), Ok(record));
    let evidence = Evidence::from_answers([(Resource::page(PATH, Device::Desktop), looked), record]);
    let context = Context {
        evidence: &evidence,
        requests: &requests,
        baselines: &BTreeMap::new(),
        contract: &CONTRACT,
    };
    check.judge(&context)
}

fn judge_seen(expect: PageExpectation, seen: &Seen) -> Judgement {
    judge(expect, Ok(Answer::new(200, Body::Json(seen.to_json()))))
}

/// What is wrong, a sentence each.
fn says(judgement: &Judgement) -> Vec<&str> {
    match &judgement.verdict {
        Verdict::Fail { findings } => findings.iter().map(|it| it.says.as_str()).collect(),
        Verdict::Pass => Vec::new(),
        Verdict::Undecided { because } => vec![because.as_str()],
    }
}

#[rstest]
fn a_page_that_shows_what_it_must_passes(expect: PageExpectation, seen: Seen) {
    let judgement = judge_seen(expect, &seen);
    assert_eq!((judgement.verdict, judgement.values, judgement.compared), (Verdict::Pass, 3, None));
}

#[rstest]
#[case::a_heading(PageRole::Heading, "Records of a society", true)]
#[case::a_part_of_a_name(PageRole::Heading, "Records", false)]
#[case::another_role(PageRole::Button, "View", false)]
#[case::a_link(PageRole::Link, "View", true)]
#[case::either(PageRole::LinkOrButton, "View", true)]
#[case::other_letters(PageRole::Link, "view", false)]
#[case::text_anywhere(PageRole::Text, "of a society Available", true)]
#[case::no_text(PageRole::Text, "Unavailable", false)]
fn a_part_is_known_by_its_role_and_its_whole_name(
    expect: PageExpectation,
    seen: Seen,
    #[case] role: PageRole,
    #[case] name: &str,
    #[case] is_shown: bool,
) {
    let shows = PageExpectation { shows: vec![part(role, name)], hides: Vec::new(), ..expect.clone() };
    assert_eq!(judge_seen(shows, &seen).verdict.is_pass(), is_shown);
    let hides = PageExpectation { hides: vec![part(role, name)], ..expect };
    assert_eq!(judge_seen(hides, &seen).verdict.is_pass(), !is_shown);
}

/// Whoever writes a criterion calls a part wrongly first, and needs to know how it is called.
#[rstest]
#[case::alike(PageRole::Heading, "Available on-line", "“Available online”")]
#[case::all_headings(PageRole::Heading, "Zzz", "“Records of a society”, “Available online”")]
#[case::all_pictures(PageRole::Image, "An etching", "“Thumbnail of a tower”")]
#[case::many_links(PageRole::Link, "Zzz", "none of that name among the 2 there are")]
#[case::none_at_all(PageRole::Navigation, "Main", "no navigation with a name")]
#[case::capital_letters(PageRole::Text, "available Online", "these words with other capital letters")]
#[case::no_such_words(PageRole::Text, "Free to use", "these words nowhere on the page")]
fn what_is_not_shown_is_told_with_what_is(
    expect: PageExpectation,
    mut seen: Seen,
    #[case] role: PageRole,
    #[case] name: &str,
    #[case] found: &str,
) {
    seen.tree.push(node("image", "Thumbnail of a tower"));
    let judgement = judge_seen(PageExpectation { shows: vec![part(role, name)], ..expect }, &seen);
    let Verdict::Fail { findings } = &judgement.verdict else { panic!("{judgement:?}") };
    assert_eq!(findings[0].found, found);
}

#[rstest]
fn of_many_headings_some_are_named_and_the_others_counted(expect: PageExpectation, mut seen: Seen) {
    seen.tree = (1..=11).map(|number| node("heading", &format!("Part {number} of a long account"))).collect();
    let judgement = judge_seen(expect, &seen);
    let Verdict::Fail { findings } = &judgement.verdict else { panic!("{judgement:?}") };
    assert!(findings[0].found.ends_with("“Part 8 of a long account”, and 3 more"), "{}", findings[0].found);
}

#[rstest]
fn a_button_that_is_gone_fails_and_what_comes_nearest_is_named(expect: PageExpectation, mut seen: Seen) {
    seen.tree[1].children[1].name = "Review".to_owned();
    seen.tree[1].children[1].children.clear();
    let judgement = judge_seen(expect, &seen);
    assert_eq!(says(&judgement), ["the page does not show the link or button “View”"]);
    let Verdict::Fail { findings } = &judgement.verdict else { panic!("{judgement:?}") };
    assert_eq!(findings[0].found, "“Review”");
    let Some(Compared::Page { found, expected, picture, .. }) = judgement.compared.as_deref() else {
        panic!("{judgement:?}")
    };
    assert!(found.contains("heading “Available online”") && !found.contains("“View”"), "{found}");
    assert_eq!((expected.len(), picture.as_str()), (3, "UklGRg=="));
}

#[rstest]
fn a_button_that_cannot_be_used_is_none(expect: PageExpectation, mut seen: Seen) {
    seen.tree[1].children[1].disabled = true;
    let judgement = judge_seen(expect, &seen);
    assert_eq!(
        says(&judgement),
        ["the link or button “View” is on the page, and cannot be used: it is disabled"]
    );
}

#[rstest]
#[case::an_error(|seen: &mut Seen| seen.status = 503, "the website answers 503")]
#[case::an_error_in_disguise(|seen: &mut Seen| seen.text.push_str(" Something went wrong"), "Something went wrong")]
#[case::another_work(
    |seen: &mut Seen| seen.final_address = "https://site.test/works/a2239muq?x=1".to_owned(),
    "leads to another one"
)]
#[case::the_same_of_another_host(
    |seen: &mut Seen| seen.final_address = format!("https://www.site.test{PATH}"),
    "leads to another one"
)]
#[case::the_same_of_another_port(
    |seen: &mut Seen| seen.final_address = format!("https://site.test:8443{PATH}"),
    "leads to another one"
)]
#[case::no_address(|seen: &mut Seen| seen.final_address = "blank".to_owned(), "leads to another one")]
fn another_page_never_passes_whatever_it_shows(
    expect: PageExpectation,
    mut seen: Seen,
    #[case] spoil: fn(&mut Seen),
    #[case] expected: &str,
) {
    spoil(&mut seen);
    let judgement = judge_seen(PageExpectation { errors: Some(PageErrors::Warn), ..expect }, &seen);
    let told = says(&judgement);
    assert!(told.len() == 1 && told[0].contains(expected), "{told:?}");
    // No known issue of the page can have meant that.
    assert!(matches!(&judgement.verdict, Verdict::Fail { findings } if findings[0].unforeseen));
}

#[rstest]
#[case::with_a_query("https://Site.test", "https://site.test", "?source=gate#top")]
#[case::encrypted("http://site.test", "https://site.test", "")]
#[case::with_a_slash("https://site.test:443", "https://site.test", "/")]
fn the_page_may_say_its_own_address_otherwise(
    expect: PageExpectation,
    mut seen: Seen,
    #[case] asked: &str,
    #[case] shown: &str,
    #[case] behind: &str,
) {
    seen.address = format!("{asked}{PATH}");
    seen.final_address = format!("{shown}{PATH}{behind}");
    assert_eq!(judge_seen(expect, &seen).verdict, Verdict::Pass);
}

#[rstest]
#[case::what_it_must_not_say(PageRole::Text, true, false)]
#[case::what_it_must_not_say_and_was_read_whole(PageRole::Text, false, true)]
#[case::what_it_must_not_show(PageRole::Button, true, true)]
fn text_that_was_not_read_to_its_end_is_not_known_to_lack_anything(
    expect: PageExpectation,
    mut seen: Seen,
    #[case] role: PageRole,
    #[case] goes_on: bool,
    #[case] passes: bool,
) {
    seen.text_goes_on = goes_on;
    let expect = PageExpectation { hides: vec![part(role, "Sign in")], ..expect };
    let verdict = judge_seen(expect, &seen).verdict;
    assert_eq!(verdict.is_pass(), passes, "{verdict:?}");
    assert!(passes || matches!(verdict, Verdict::Undecided { .. }), "{verdict:?}");
}

fn failed(own: bool) -> Failed {
    Failed { address: "https://site.test/a.js".to_owned(), why: "answered 404".to_owned(), own }
}

#[rstest]
#[case::a_script(|seen: &mut Seen| seen.errors.push("x is not defined".to_owned()), true)]
#[case::a_part_of_the_site(|seen: &mut Seen| seen.failed.push(failed(true)), true)]
#[case::something_of_others(|seen: &mut Seen| seen.failed.push(failed(false)), false)]
fn what_fails_on_a_page_blocks_or_warns_as_the_criterion_says(
    expect: PageExpectation,
    mut seen: Seen,
    #[case] spoil: fn(&mut Seen),
    #[case] counts: bool,
) {
    spoil(&mut seen);
    assert_eq!(judge_seen(expect.clone(), &seen).verdict.is_pass(), !counts);
    let warned = judge_seen(PageExpectation { errors: Some(PageErrors::Warn), ..expect }, &seen);
    assert_eq!((warned.verdict, warned.remarks.len()), (Verdict::Pass, usize::from(counts)));
}

#[rstest]
fn what_fails_on_a_page_is_told_beside_what_is_missing_and_not_without_end(
    expect: PageExpectation,
    mut seen: Seen,
) {
    seen.tree.clear();
    seen.errors = vec!["x is not defined".to_owned(); 50];
    let judgement = judge_seen(expect, &seen);
    let scripts = says(&judgement).into_iter().filter(|says| says.starts_with("a script of the page fails"));
    assert_eq!((says(&judgement).len(), scripts.count()), (7, 5));
}

#[rstest]
fn a_page_that_was_not_seen_is_undecided(expect: PageExpectation) {
    let cause = "no Chromium was found on this machine".to_owned();
    let judgement = judge(expect, Err(Unanswered { cause, attempts: 0 }));
    assert!(matches!(&judgement.verdict, Verdict::Undecided { because } if because.contains("no Chromium")));
}

#[rstest]
fn evidence_that_is_no_page_is_undecided(expect: PageExpectation) {
    let judgement = judge(expect, Ok(Answer::new(200, Body::Json(json!({ "id": "a222zvge" })))));
    assert!(matches!(judgement.verdict, Verdict::Undecided { .. }), "{judgement:?}");
}

#[rstest]
fn a_page_that_never_rests_is_judged_and_says_so(expect: PageExpectation, mut seen: Seen) {
    seen.settled = false;
    let judgement = judge_seen(expect, &seen);
    assert_eq!((judgement.verdict, judgement.remarks.len()), (Verdict::Pass, 1));
}

#[rstest]
#[case::for_a_part(|_: &mut Seen| (), false)]
#[case::and_shows_what_it_must_not(|seen: &mut Seen| seen.tree.push(node("button", "Sign in")), true)]
#[case::and_fails_besides(|seen: &mut Seen| seen.errors.push("x is not defined".to_owned()), true)]
fn a_page_that_never_rests_may_show_more_than_it_does(
    expect: PageExpectation,
    mut seen: Seen,
    #[case] spoil: fn(&mut Seen),
    #[case] fails: bool,
) {
    seen.settled = false;
    seen.tree[1].children.pop();
    spoil(&mut seen);
    let judgement = judge_seen(expect, &seen);
    assert_eq!(matches!(judgement.verdict, Verdict::Fail { .. }), fails, "{judgement:?}");
    assert!(!judgement.verdict.is_pass() && judgement.compared.is_some(), "{judgement:?}");
}

#[rstest]
#[case::of_its_record("Records of a society", 0)]
#[case::of_another_work("Annals of a society", 1)]
fn a_page_that_says_another_title_is_noted(
    expect: PageExpectation,
    seen: Seen,
    #[case] title: &str,
    #[case] remarks: usize,
) {
    let looked = Ok(Answer::new(200, Body::Json(seen.to_json())));
    let judgement = judge_beside(title, expect, looked);
    assert_eq!((judgement.verdict, judgement.remarks.len()), (Verdict::Pass, remarks));
}
