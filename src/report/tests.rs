//! What each report tells of a run, and what none of them may leave out.

use std::path::PathBuf;

use pretty_assertions::assert_eq;
use rstest::{fixture, rstest};
use serde_json::{Value, json};

use super::explain::explain;
use super::{Effect, Links, Notice, Overruling, Run, Source, Stage, fixture, terminal, verdict_file};
use crate::catalogue::ServedIndex;
use crate::decision::{About, Decision, Judged, Override, Standing, Waiver};
use crate::verdict::{Finding, Remark, RemarkKind, Verdict};

fn about() -> About {
    About {
        criterion: "digitised".to_owned(),
        title: "It can be viewed".to_owned(),
        why: "The View button vanished.".to_owned(),
        owner: "Product".to_owned(),
        line: Some(7),
        is: "an archive file".to_owned(),
        work: Some("a222zvge".to_owned()),
        page: Some("https://wellcomecollection.org/works/a222zvge".to_owned()),
        request: "/works/a222zvge".to_owned(),
    }
}

fn judged(name: &str, standing: Standing, verdict: Verdict) -> Judged {
    Judged {
        name: name.to_owned(),
        about: about(),
        standing,
        verdict,
        values: 1,
        remarks: Vec::new(),
        compared: None,
        waived: None,
        overridden: None,
    }
}

fn fails(says: &[&str]) -> Verdict {
    let finding = |says: &&str| Finding { says: (*says).to_owned(), ..Finding::default() };
    Verdict::Fail { findings: says.iter().map(finding).collect() }
}

fn undecided() -> Verdict {
    Verdict::Undecided { because: "the stage hung up".to_owned() }
}

/// A run in which a check ended in every way there is.
#[fixture]
fn run() -> Run {
    let waiver = Waiver {
        link: "https://example.org/1".to_owned(),
        until: jiff::civil::date(2026, 12, 1),
        findings: Vec::new(),
    };
    let judged = vec![
        judged("a::passes", Standing::Approved, Verdict::Pass),
        judged("a::fails", Standing::Approved, fails(&["it is wrong"])),
        judged("a::unknown", Standing::Approved, undecided()),
        Judged { waived: Some(waiver), ..judged("b::waived", Standing::Approved, Verdict::Pass) },
        judged("c::fails", Standing::Proposed, fails(&["it is odd"])),
        judged("c::unknown", Standing::Proposed, undecided()),
    ];
    let index = ServedIndex {
        works_index: Some("works-2026".to_owned()),
        images_index: None,
        pipeline_date: None,
        cluster_name: None,
    };
    let stage = Stage {
        compared_with: Some("https://prod.example.org".to_owned()),
        compared_index: None,
        pages_of: None,
        url: "https://stage.example.org".to_owned(),
        source: Source::Live,
        elastic_cluster: Some("reindex".to_owned()),
        index_at_start: Some(index.clone()),
        index_at_end: Some(index),
        expected: crate::catalogue::ExpectedRelease::default(),
    };
    Run {
        decision: Decision::Blocked,
        because: vec!["1 of 5 checks fails".to_owned()],
        called_for: 5,
        turned_off: fixture::passing().turned_off,
        stage,
        notices: vec![Notice { about: "drift", says: "`colour` is unknown".to_owned() }],
        out: PathBuf::from("out"),
        ..fixture::run(judged)
    }
}

/// `verdict.json` of this run.
fn written(run: Run) -> Value {
    let folder = tempfile::tempdir().unwrap();
    let run = Run { out: folder.path().join("out"), ..run };
    verdict_file::write(&run).unwrap();
    serde_json::from_str(&std::fs::read_to_string(run.out.join("verdict.json")).unwrap()).unwrap()
}

fn closing(run: &Run) -> String {
    anstream::adapter::strip_str(&terminal::closing(run)).to_string()
}

#[rstest]
fn the_verdict_file_names_what_blocks_and_nothing_else(run: Run) {
    let content = written(run);
    assert_eq!(content["failed"], json!(["a::fails"]));
    assert_eq!(content["undecided"], json!(["a::unknown"]));
    assert_eq!(content["because"], json!(["1 of 5 checks fails"]));
    assert_eq!(content["notices"], json!([{"about": "drift", "says": "`colour` is unknown"}]));
}

#[rstest]
#[case::may(Decision::MayBeReleased, true)]
#[case::nothing_concluded(Decision::NothingConcluded, false)]
#[case::blocked(Decision::Blocked, false)]
#[case::undecided(Decision::Undecided, false)]
fn the_verdict_file_says_yes_to_one_decision_only(
    mut run: Run,
    #[case] decision: Decision,
    #[case] may: bool,
) {
    run.decision = decision;
    assert_eq!(written(run)["mayBeReleased"], Value::from(may));
}

#[rstest]
#[case::a_part(&["contract::work"], true)]
#[case::the_whole(&[], false)]
fn the_verdict_file_tells_a_part_from_the_whole(
    mut run: Run,
    #[case] missing: &[&str],
    #[case] partial: bool,
) {
    run.missing = missing.iter().map(|name| (*name).to_owned()).collect();
    let content = written(run);
    assert_eq!((&content["partial"], &content["checks"]["missing"]), (&json!(partial), &json!(missing)));
}

#[rstest]
#[case::a_stage(Source::Live, true)]
#[case::a_saved_run(Source::Saved, false)]
fn the_verdict_file_tells_whether_anybody_was_asked(
    mut run: Run,
    #[case] source: Source,
    #[case] asked: bool,
) {
    run.stage.source = source;
    assert_eq!(written(run)["asked"], Value::from(asked));
}

#[rstest]
#[case::how_checks_ended(
    "1 passed, 1 failed, 1 undecided, 1 waived as known issues, 2 only proposed, 0 of which pass"
)]
#[case::what_was_judged("https://stage.example.org, cluster reindex; it serves works-2026")]
#[case::what_it_was_compared_with("compared with https://prod.example.org")]
#[case::what_was_asked("9 requests, 2 of them repeated")]
#[case::a_notice("drift `colour` is unknown")]
#[case::a_proposed_check_that_fails("c::fails: it is odd (does not block)")]
#[case::a_proposed_check_that_nobody_knows("c::unknown: the stage hung up (does not block)")]
#[case::where_it_is_written("verdict.json, report.html, report.json, junit.xml, changes.md, evidence in out")]
#[case::which_release_it_is("release 2026-11-25-1; requested by A. Developer; Newer transformer, new index")]
#[case::which_criteria_fail("fails digitised (Product): 1 of 6 checks")]
#[case::what_to_do("do not deploy. Each failure names")]
fn the_last_block_tells(run: Run, #[case] expected: &str) {
    let text = closing(&run);
    let lines_joined = text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(lines_joined.contains(expected), "{text}");
}

#[rstest]
fn a_release_of_which_nothing_was_said_is_not_told(run: Run) {
    let text = closing(&Run { release: super::Release::default(), ..run });
    assert!(!text.contains("  release"), "{text}");
}

#[rstest]
fn of_many_failing_criteria_the_first_are_named_and_the_rest_counted(mut run: Run) {
    let criterion = run.criteria.remove(0);
    let nth = |nr: usize| format!("c{nr}");
    run.criteria = (0..10).map(|nr| super::Criterion { id: nth(nr), ..criterion.clone() }).collect();
    run.judged = (0..10)
        .map(|nr| {
            let mut check = judged("x", Standing::Approved, fails(&["wrong"]));
            check.about.criterion = nth(nr);
            check
        })
        .collect();
    let text = closing(&run);
    assert_eq!(text.matches("  fails ").count(), 9, "{text}");
    assert!(text.contains("and 2 criteria more"), "{text}");
}

#[rstest]
#[case::passing("passing", fixture::passing())]
#[case::failing("failing", fixture::failing())]
#[case::undecided("undecided", fixture::undecided())]
#[case::mixed("mixed", fixture::mixed())]
fn the_terminal_reads_like_this(#[case] name: &str, #[case] run: Run) {
    let mut text = String::new();
    for group in super::failures(&run.judged) {
        for (nr, check) in group.into_iter().enumerate() {
            let tell = if nr == 0 { explain } else { super::explain::explain_another };
            text.push_str(&format!("---- {} ----\n{}\n", check.name, tell(check, &run.links).unwrap()));
        }
    }
    text.push_str(&terminal::closing(&run));
    let text = anstream::adapter::strip_str(&text).to_string();
    insta::with_settings!({ snapshot_path => "snapshots", prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!(format!("terminal-{name}"), text);
    });
}

#[rstest]
fn hostile_text_commands_no_terminal() {
    let run = fixture::hostile();
    let stories = run.judged.iter().filter_map(|check| explain(check, &run.links)).collect::<String>();
    let text = anstream::adapter::strip_str(&(stories + &terminal::closing(&run))).to_string();
    let obeyed: Vec<char> = text.chars().filter(|c| c.is_control() && *c != '\n').collect();
    assert_eq!(obeyed, Vec::<char>::new());
    assert!(!text.contains('\u{202e}'));
    assert!(terminal::closing(&run).len() < 30_000, "a long description fills no screen");
    let commands = text.lines().filter(|line| line.trim_start().starts_with("::") || line.contains(" ##["));
    assert_eq!(commands.collect::<Vec<_>>(), Vec::<&str>::new(), "a line that GitHub would obey");
}

/// The last block of a run of this proposed check, and of one more that ends alike, on one line.
fn of_proposed(run: Run, names: &[&str], verdict: &Verdict) -> String {
    let judged = names.iter().map(|name| judged(name, Standing::Proposed, verdict.clone())).collect();
    let text = closing(&Run { judged, ..run });
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[rstest]
fn a_proposed_check_that_fails_tells_what_was_expected_and_found(run: Run) {
    let finding = Finding {
        at: "results".to_owned(),
        says: "the search finds 1 result".to_owned(),
        expected: "at least 5".to_owned(),
        found: "1".to_owned(),
        ..Finding::default()
    };
    let text = of_proposed(run, &["c::x"], &Verdict::Fail { findings: vec![finding.clone(), finding] });
    let line =
        "c::x: results: the search finds 1 result; expected at least 5, found 1; and 1 more (does not block)";
    assert!(text.contains(line), "{text}");
}

#[rstest]
fn what_keeps_several_proposed_checks_from_being_judged_is_told_once(run: Run) {
    let text = of_proposed(run, &["c::x", "d::y"], &undecided());
    assert!(text.contains("c::x, d::y: the stage hung up (do not block)"), "{text}");
}

/// A check that passes and remarks this.
fn remarking(name: &str, says: &str, kind: RemarkKind) -> Judged {
    let mut check = judged(name, Standing::Approved, Verdict::Pass);
    check.about.criterion = name.split("::").next().unwrap().to_owned();
    check.remarks = vec![Remark { kind, says: says.to_owned() }];
    check
}

/// The lines about remarks at the end of a run of these checks.
fn remarks(run: Run, judged: Vec<Judged>) -> Vec<String> {
    let text = closing(&Run { judged, ..run });
    let lines = text.lines().map(|line| line.trim().to_owned());
    lines.filter(|line| ["noted", "look at", "sampled"].iter().any(|it| line.starts_with(it))).collect()
}

#[rstest]
#[case::one_check(&["a::x"], "look at   a::x: asked again")]
#[case::all_of_a_criterion(&["a::x", "a::y"], "look at   a: asked again")]
#[case::some_of_several(&["a::x", "b::y"], "look at   2 checks: asked again")]
fn what_needs_a_hand_is_told_once(run: Run, #[case] checks: &[&str], #[case] expected: &str) {
    let checks = checks.iter().map(|name| remarking(name, "asked again", RemarkKind::Hand)).collect();
    assert_eq!(remarks(run, checks), [expected]);
}

#[rstest]
fn accounts_are_only_counted_and_are_all_in_the_verdict_file(run: Run) {
    let says: Vec<String> = (0..40).map(|nr| format!("{nr} works")).collect();
    let checks: Vec<Judged> =
        says.iter().map(|says| remarking(&format!("a::{says}"), says, RemarkKind::Account)).collect();
    assert_eq!(
        remarks(run.clone(), checks.clone()),
        ["noted     40 remarks on what was sampled, counted and walked, in verdict.json"]
    );
    let written = written(Run { judged: checks, ..run });
    assert_eq!(written["remarks"].as_object().unwrap().len(), 40);
    assert_eq!(written["remarks"]["a::7 works"], json!(["7 works"]));
}

#[rstest]
fn of_many_remarks_that_need_a_hand_five_are_shown_and_the_rest_are_counted(run: Run) {
    let name = |nr: usize| format!("a::{nr}");
    let checks = (0..9).map(|nr| remarking(&name(nr), &nr.to_string(), RemarkKind::Hand)).collect();
    let shown = remarks(run, checks);
    assert_eq!(shown.len(), 6);
    assert_eq!(shown[5], "look at   and 4 more, in verdict.json");
}

#[rstest]
fn seeds_are_told_each_once_also_of_a_check_that_fails(run: Run) {
    let seed = |name, says| remarking(name, says, RemarkKind::Draw);
    let fails = Judged { verdict: fails(&["wrong"]), ..seed("a::z", "9 requests with seed 1") };
    let works = "600 works with seed 2026";
    assert_eq!(
        remarks(run, vec![seed("a::x", works), seed("a::y", works), fails]),
        ["sampled   600 works with seed 2026, 9 requests with seed 1"]
    );
}

#[rstest]
fn a_check_that_fails_tells_its_remarks_in_its_story_and_not_at_the_end(run: Run) {
    let check = remarking("a::x", "asked again", RemarkKind::Hand);
    let check = Judged { verdict: fails(&["wrong"]), ..check };
    assert!(explain(&check, &links()).unwrap().contains("asked again"));
    assert_eq!(remarks(run, vec![check]), Vec::<String>::new());
}

#[rstest]
#[case::embedded("embedded", "compared  with the embedded catalogue")]
#[case::prod("https://prod.example.org", "compared  with https://prod.example.org")]
fn what_it_was_compared_with_is_named(mut run: Run, #[case] prod: &str, #[case] expected: &str) {
    run.stage.compared_with = Some(prod.to_owned());
    assert!(closing(&run).contains(expected), "{}", closing(&run));
}

#[rstest]
#[case::may(
    Decision::MayBeReleased,
    "May be released: 1 of 5 checks pass on this stage, 1 waived as known issues.",
    "deploy to prod"
)]
#[case::nothing(
    Decision::NothingConcluded,
    "Nothing concluded for a release: 1 of 5",
    "for the reason at the top"
)]
#[case::blocked(Decision::Blocked, "Blocked: 1 of 5 checks fails.", "do not deploy. Each failure")]
#[case::undecided(Decision::Undecided, "Undecided, so not released: 1 of 5", "do not deploy. Run the whole")]
fn the_last_block_says_what_was_decided_and_what_follows(
    mut run: Run,
    #[case] decision: Decision,
    #[case] says: &str,
    #[case] next: &str,
) {
    run.decision = decision;
    let text = closing(&run);
    assert!(text.contains(says) && text.contains(next), "{text}");
}

#[rstest]
#[case::on_the_embedded_catalogue(Source::Embedded)]
#[case::on_a_saved_run(Source::Saved)]
fn where_no_stage_was_asked_the_next_step_is_to_ask_one(mut run: Run, #[case] source: Source) {
    run.decision = Decision::NothingConcluded;
    run.stage.source = source;
    assert!(closing(&run).contains("to judge a release"), "{}", closing(&run));
}

/// Where readers go from a run on a stage with a cluster.
fn links() -> Links {
    Links {
        api_note: "",
        prod: None,
        has_key: false,
        api: "https://stage.example.org".to_owned(),
        cluster: Some("reindex".to_owned()),
        suite: "suite.yaml".to_owned(),
        rerun: "STAGE_URL=https://stage.example.org ".to_owned(),
    }
}

/// The story of a check that ended so, on a stage with a cluster.
fn story(verdict: Verdict, request: &str) -> String {
    let mut judged = judged("digitised::a222zvge", Standing::Approved, verdict);
    request.clone_into(&mut judged.about.request);
    anstream::adapter::strip_str(&explain(&judged, &links()).unwrap()).to_string()
}

#[rstest]
#[case::its_criterion("digitised (suite.yaml:7), owned by Product")]
#[case::why_it_matters("The View button vanished.")]
#[case::its_page("https://wellcomecollection.org/works/a222zvge")]
#[case::the_answer_of_the_cluster_that_was_asked("stage.example.org/works/a222zvge?elasticCluster=reindex")]
#[case::the_first_finding("it is wrong")]
#[case::the_second_finding("and so is this")]
#[case::how_to_run_it_again(
    "STAGE_URL=https://stage.example.org cargo test --test gate -- --exact 'digitised::a222zvge'"
)]
fn a_failure_is_told_with(#[case] expected: &str) {
    let text = story(fails(&["it is wrong", "and so is this"]), "/works/a222zvge");
    assert!(text.contains(expected), "{text}");
}

#[rstest]
fn the_cluster_follows_a_query_that_is_there() {
    let text = story(fails(&["it is wrong"]), "/works?query=x");
    assert!(text.contains("/works?query=x&elasticCluster=reindex"), "{text}");
}

#[rstest]
fn headlines_are_wrapped_between_words_and_links_below_them_are_left_whole() {
    let link = format!("    https://stage.example.org/works?query={}", "x".repeat(120));
    let says = format!("{}end\n{link}", "several words ".repeat(12));
    let text = story(fails(&[&says]), "/works/a222zvge");
    assert!(text.contains(&format!("\n{link}\n")), "{text}");
    let prose = text.lines().filter(|line| line.contains("words"));
    assert!(prose.clone().count() == 2 && prose.clone().all(|line| line.chars().count() <= 100), "{text}");
}

#[rstest]
fn why_nobody_knows_is_told() {
    let text = story(undecided(), "");
    assert!(text.contains("This could not be decided:") && text.contains("the stage hung up"), "{text}");
}

fn overruling(effect: Effect) -> Overruling {
    let it = Override {
        criterion: "digitised".to_owned(),
        by: "J. Doe".to_owned(),
        on: jiff::civil::date(2026, 11, 25),
        why: "It must go out.".to_owned(),
        until: jiff::civil::date(2026, 12, 1),
    };
    Overruling { it, effect }
}

#[rstest]
#[case::one(Effect::Covers(1), "1 check fails and does not block")]
#[case::several(Effect::Covers(2), "2 checks fail and do not block")]
#[case::none(Effect::Covers(0), "nothing that was judged fails by it")]
#[case::no_need(Effect::Superfluous, "superfluous: all its checks pass. Remove it from `overrides`")]
#[case::too_late(Effect::Over, "over, so it covers nothing. Remove it from `overrides`")]
#[case::too_early(Effect::NotBegun, "it begins on 2026-11-25, so it covers nothing yet")]
fn an_override_is_told_before_the_decision(mut run: Run, #[case] effect: Effect, #[case] says: &str) {
    run.overrulings = vec![overruling(effect)];
    let text = closing(&run).split_whitespace().collect::<Vec<_>>().join(" ");
    let who = "`digitised` by J. Doe, from 2026-11-25 until 2026-12-01, because: It must go out.";
    assert!(text.starts_with(&format!("Release gate override {who} ({says}) Blocked")), "{text}");
}

#[rstest]
#[case::one(
    1,
    "May be released, in spite of 1 check that fails and is overridden: 1 of 5 checks pass on this stage"
)]
#[case::several(
    2,
    "May be released, in spite of 2 checks that fail and are overridden: 1 of 5 checks pass on this stage"
)]
fn a_release_in_spite_of_a_failure_says_so_first(
    mut run: Run,
    #[case] overridden: usize,
    #[case] sentence: &str,
) {
    (run.decision, run.tally.overridden) = (Decision::MayBeReleased, overridden);
    let text = closing(&run).split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(text.contains(sentence), "{text}");
    assert!(text.contains(&format!("{overridden} failed and overridden")), "{text}");
}

#[rstest]
fn the_verdict_file_begins_with_overrides_and_lists_what_they_cover(mut run: Run) {
    run.overrulings = vec![overruling(Effect::Covers(1))];
    run.judged[1].overridden = Some(run.overrulings[0].it.clone());
    let content = written(run);
    assert_eq!(content.as_object().and_then(|fields| fields.keys().next()), Some(&"overrides".to_owned()));
    assert_eq!(content["overrides"][0]["effect"], json!({"covers": 1}));
    assert_eq!((&content["failed"], &content["overridden"]), (&json!([]), &json!(["a::fails"])));
}

#[rstest]
fn the_story_of_an_overridden_check_begins_with_who_took_it_upon_them() {
    let judged = Judged {
        overridden: Some(overruling(Effect::Covers(1)).it),
        ..judged("digitised::a222zvge", Standing::Approved, fails(&["it is wrong"]))
    };
    let text = anstream::adapter::strip_str(&explain(&judged, &links()).unwrap()).to_string();
    assert!(text.starts_with("  override  by J. Doe until 2026-12-01, so this does not block"), "{text}");
    assert!(text.contains("it is wrong"), "{text}");
}
