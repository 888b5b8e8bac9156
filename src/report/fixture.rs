//! Runs for the tests of every report: one that passes, fails, is undecided, is a bit of everything, and one whose
//! texts are out to break the report. Their times, paths and addresses never change.

use std::path::PathBuf;

use jiff::Timestamp;
use jiff::civil::date;

use super::{
    Approved, ChangeStanding, Comparison, Count, Criterion, Effect, KnownIssue, Links, NotLookedAt, Notice,
    Overruling, Release, Run, Source, Stage, SuiteFile, Told, TurnedOff, Unseen,
};
use crate::catalogue::{ExpectedRelease, ServedIndex};
use crate::comparison::{Change, Counts, Example, Kind, NoisyPath, OfType, Severity, Subject};
use crate::decision::{About, Circumstances, Decision, Judged, Override, Standing, Tally, Waiver, decide};
use crate::verdict::{self, Compared, Finding, Remark, RemarkKind, STALE, Verdict};

/// Every kind of run, by name, for what must hold of each of them.
pub fn all() -> [(&'static str, Run); 6] {
    [
        ("passing", passing()),
        ("failing", failing()),
        ("undecided", undecided()),
        ("mixed", mixed()),
        ("of-pages", of_pages()),
        ("hostile", hostile()),
    ]
}

/// Everything holds: it may be released. Links were not looked at.
pub fn passing() -> Run {
    Run { turned_off: vec![turned_off("linked::thumbnail", "linked")], ..run(sound()) }
}

/// A record has lost its digitised copy, another is not there; a snapshot and a baseline differ.
pub fn failing() -> Run {
    let mut checks = sound();
    checks[0] = fails(checks[0].clone(), vec![lost_copy()]);
    checks[1] = fails(checks[1].clone(), vec![not_there()]);
    checks[2] = differs(checks[2].clone());
    checks[3] = has_shrunk(checks[3].clone());
    run(checks)
}

/// The stage did not answer for one check; the example of another is stale; one has no baseline.
pub fn undecided() -> Run {
    let mut checks = sound();
    let because = "the stage did not answer /works/a222zvge: it hung up, 3 times";
    checks[0] = unknown(checks[0].clone(), because);
    checks[1] = unknown(checks[1].clone(), &format!("{STALE}the work is gone on prod too"));
    checks[3] =
        unknown(checks[3].clone(), "there is no baseline of works by workType for this catalogue yet");
    Run { requests: 12, retries: 6, ..run(checks) }
}

/// A check has ended in every way there is.
pub fn mixed() -> Run {
    let mut checks = sound();
    checks[0] = fails(checks[0].clone(), vec![lost_copy(), not_there()]);
    checks[1] = unknown(checks[1].clone(), "the stage did not answer /works/a2239muq: it hung up, 3 times");
    checks[3] = Judged { overridden: Some(override_()), ..has_shrunk(checks[3].clone()) };
    let waived = check("known::a227dajt", "known", Standing::Approved);
    let finding = Finding { says: "`notes` is missing".to_owned(), ..Finding::default() };
    checks.push(Judged {
        waived: Some(Waiver { link: ISSUE.to_owned(), until: date(2026, 12, 1), findings: vec![finding] }),
        ..waived
    });
    checks[4] =
        fails(checks[4].clone(), vec![Finding { says: "a label is a code".to_owned(), ..lost_copy() }]);
    checks.push(unknown(
        check("labels::images", "labels", Standing::Proposed),
        "there is no prod to compare with: set PROD_URL",
    ));
    let notice = |about, says: &str| Notice { about, says: says.to_owned() };
    let run = run(checks);
    let called_for = run.called_for + 1;
    let circumstances = Circumstances { inconclusive: None, for_release: true, called_for, missing: 1 };
    Run {
        because: decide(run.tally, circumstances).1,
        comparison: Some(comparison()),
        called_for,
        overrulings: vec![Overruling { it: override_(), effect: Effect::Covers(1) }],
        turned_off: vec![turned_off("linked::thumbnail", "linked")],
        missing: vec!["contract::work-list".to_owned()],
        notices: vec![
            notice("drift", "`colour` of a work is in no description of the API"),
            notice("review", "`kept` was to be looked at again by 2026-10-01 (Collections)"),
        ],
        ..run
    }
}

/// A page has lost its View link, another could not be looked at; others are turned off, as are links.
pub fn of_pages() -> Run {
    let mut checks = sound();
    let page = |name: &str| check(name, "digitised", Standing::Approved);
    let missing = Finding {
        says: "the page does not show the link “View”".to_owned(),
        expected: "link “View”".to_owned(),
        found: "“Search”, “Visit us”".to_owned(),
        ..Finding::default()
    };
    checks.push(Judged {
        compared: Some(Box::new(seen())),
        ..fails(page("digitised::a222zvge::page"), vec![missing])
    });
    let because = "the page /works/a222zvge on a phone has no answer: the page did not load within 30 s";
    checks.push(unknown(page("digitised::a222zvge::page-on-phone"), because));
    let off = NotLookedAt { what: Unseen::Pages, remedy: "set SITE_URL".to_owned() };
    let pages = TurnedOff { because: off, ..turned_off("digitised::a2239muq::page", "digitised") };
    let mut run = run(checks);
    run.stage.pages_of = Some("https://www-stage.wellcomecollection.org, with the cookie toggle".to_owned());
    Run { turned_off: vec![turned_off("linked::thumbnail", "linked"), pages], ..run }
}

/// A page that shows less than it should, with the smallest picture there is.
fn seen() -> Compared {
    let lines = ["main", "  heading “Records of a society” (1)", "  heading “Available online” (2)"];
    Compared::Page {
        address: "https://www-stage.wellcomecollection.org/works/a222zvge".to_owned(),
        device: "desktop".to_owned(),
        expected: vec![
            "heading “Available online”".to_owned(),
            "link “View”".to_owned(),
            "no text “Sign in”".to_owned(),
        ],
        found: lines.join("\n"),
        picture: PICTURE.to_owned(),
    }
}

/// One white pixel, as WebP.
const PICTURE: &str = "UklGRiQAAABXRUJQVlA4IBgAAAAwAQCdASoBAAEADMDOJaQAA3AA/uuuAAA=";

/// What a record, a person or a stage could write to break a report: markup, commands, terminal codes, characters
/// that XML forbids, text from right to left, and far too much of it.
pub const HOSTILE: &str = "<script>alert('x')</script> </code></pre> \"&amp;\" ]]> -->\n::error::gone\r\n::set-output name=verdict::pass\n\
     ```\n| a | b |\n# heading [x](javascript:alert(1)) {{x}} $(id) `id` %0A\n🩺 \u{202e}שלום\u{202c} \u{1b}[31mred\u{0}\u{8}\u{b}\u{fffe}\u{ffff}";

/// A failing run all of whose texts are hostile, and one 100 kB long.
pub fn hostile() -> Run {
    let mut run = mixed();
    let long = "x".repeat(100_000);
    let text = || HOSTILE.to_owned();
    for criterion in run.criteria.iter_mut().filter(|criterion| criterion.line.is_some()) {
        (criterion.title, criterion.why, criterion.owner) = (text(), text(), text());
    }
    for check in &mut run.judged {
        check.name = format!("{}::{HOSTILE}", check.about.criterion);
        let About { title, why, owner, is, request, .. } = &mut check.about;
        (*title, *why, *owner, *is) = (text(), text(), text(), text());
        *request = format!("/works?query={HOSTILE}");
        check.remarks.push(Remark { kind: RemarkKind::Hand, says: text() });
        match &mut check.verdict {
            Verdict::Pass => {}
            Verdict::Undecided { because } => *because = text(),
            Verdict::Fail { findings } => {
                let finding = |found: String| Finding {
                    at: text(),
                    says: text(),
                    expected: text(),
                    found,
                    ..Finding::default()
                };
                *findings = vec![finding(text()), finding(long.clone())];
                check.compared = Some(Box::new(Compared::Text { recorded: text(), found: long.clone() }));
            }
        }
    }
    if let Some(comparison) = &mut run.comparison {
        comparison.headline = Some(text());
        comparison.undecided = Some(text());
        for it in comparison.changes.iter_mut().chain(&mut comparison.repeats) {
            (it.says, it.together_with, it.because) = (text(), Some(text()), Some(text()));
            (it.change.path, it.change.why, it.places) = (text(), text(), text());
            for example in &mut it.change.examples {
                (example.of, example.title, example.from, example.to) = (text(), text(), text(), text());
            }
        }
        comparison.noise[0].path = text();
        comparison.works[0].state = text();
    }
    run.because.push(text());
    run.missing.push(text());
    run.notices.push(Notice { about: "drift", says: text() });
    run.release = Release { id: Some(text()), requested_by: Some(text()), description: Some(long) };
    run
}

/// A change that blocks, one that is meant and one that nobody minds; prod wavers in one place.
fn comparison() -> Comparison {
    let told = |kind, path: &str, severity, standing, says: &str| Told {
        change: Change {
            subject: Subject::Works,
            path: path.to_owned(),
            kind,
            statuses: None,
            pairs: 12,
            compared: 600,
            of_drawn: 12,
            drawn: 600,
            types: vec![OfType { id: "h".to_owned(), label: "Archives".to_owned(), pairs: 12, compared: 80 }],
            estimate: None,
            examples: vec![Example {
                of: "a222zvge".to_owned(),
                title: "Crick, Francis".to_owned(),
                from: "1 entry".to_owned(),
                to: String::new(),
            }],
            views: Some(1204),
            severity,
            why: "Readers came for that.".to_owned(),
            with: Vec::new(),
        },
        says: says.to_owned(),
        together_with: None,
        places: format!("`{path}` {kind}"),
        standing,
        because: (standing == ChangeStanding::Expected).then(|| "It was asked for.".to_owned()),
    };
    let copy = "items[].locations[type=DigitalLocation]";
    let (lost, gained) = (Kind::Lost, Kind::Gained);
    let changes = vec![
        told(
            lost,
            copy,
            Severity::CannotSee,
            ChangeStanding::Blocks,
            "12 of 600 sampled works lose the digitised copy",
        ),
        told(
            gained,
            "edition",
            Severity::Cosmetic,
            ChangeStanding::Reported,
            "12 of 600 sampled works gain the edition",
        ),
        told(
            gained,
            "notes[]",
            Severity::Cosmetic,
            ChangeStanding::Expected,
            "12 of 600 sampled works gain the notes",
        ),
    ];
    let again = told(
        gained,
        "results[].edition",
        Severity::Cosmetic,
        ChangeStanding::Reported,
        "In 2 of 137 searches and lists that were compared, the edition is new",
    );
    Comparison {
        headline: Some("Readers could no longer see the digitised copy of about 94,000 archives.".to_owned()),
        undecided: Some("1 answer could not be compared".to_owned()),
        warning: None,
        counts: Counts { matched: 570, ignored: 17, changed: 12, unanswered: 1 },
        changes,
        repeats: vec![again],
        noise: vec![NoisyPath {
            path: "totalResults".to_owned(),
            kind: Kind::Changed,
            differed: 3,
            asked_twice: 23,
            on_stage: 2,
            is_noise: true,
        }],
        works: vec![Count { state: "Visible".to_owned(), prod: Some(1_204_000), stage: None }],
        stage_serves: Some("works-indexed-2026-11-01".to_owned()),
        prod_serves: None,
        notes: "Something is gone.\n".to_owned(),
    }
}

/// A run of these checks on a stage, whose decision follows from them.
pub fn run(judged: Vec<Judged>) -> Run {
    let tally = Tally::of(&judged);
    let called_for = tally.approved();
    let (decision, because) =
        decide(tally, Circumstances { inconclusive: None, for_release: true, called_for, missing: 0 });
    Run {
        decision,
        because: if decision == Decision::MayBeReleased { Vec::new() } else { because },
        tally,
        called_for,
        missing: Vec::new(),
        overrulings: Vec::new(),
        turned_off: Vec::new(),
        criteria: criteria(),
        judged,
        comparison: None,
        release: Release {
            id: Some("2026-11-25-1".to_owned()),
            requested_by: Some("A. Developer".to_owned()),
            description: Some("Newer transformer, new index".to_owned()),
        },
        stage: Stage {
            url: STAGE.to_owned(),
            source: Source::Live,
            elastic_cluster: Some("reindex".to_owned()),
            compared_with: Some(PROD.to_owned()),
            pages_of: None,
            compared_index: Some(index("works-indexed-2026-08-20")),
            index_at_start: Some(index("works-indexed-2026-11-01")),
            index_at_end: Some(index("works-indexed-2026-11-01")),
            expected: ExpectedRelease {
                index: Some("works-indexed-2026-11-01".to_owned()),
                pipeline_date: None,
            },
        },
        suite: SuiteFile {
            file: "works-examples.yaml".to_owned(),
            sha256: "0123456789abcdef".repeat(4),
            git_revision: Some("89abcdef".repeat(5)),
        },
        requests: 9,
        retries: 2,
        started: BEGINNING,
        ended: BEGINNING + jiff::SignedDuration::from_millis(2500),
        notices: Vec::new(),
        links: links(),
        out: PathBuf::from("target/gate"),
    }
}

/// A check that passes, of one of the criteria here.
pub fn check(name: &str, criterion: &str, standing: Standing) -> Judged {
    let of = criteria().into_iter().find(|it| it.id == criterion).expect("a criterion of this fixture");
    let work = name.split("::").nth(1).filter(|_| matches!(criterion, "digitised" | "known"));
    Judged {
        name: name.to_owned(),
        about: About {
            criterion: of.id,
            title: of.title,
            why: of.why,
            owner: of.owner,
            line: of.line.map(|line| line + 8),
            is: "an archive file with a digitised copy".to_owned(),
            work: work.map(str::to_owned),
            page: work.map(|id| format!("https://wellcomecollection.org/works/{id}")),
            request: work.map_or_else(String::new, |id| format!("/works/{id}")),
        },
        standing,
        verdict: Verdict::Pass,
        values: 3,
        remarks: Vec::new(),
        compared: None,
        waived: None,
        overridden: None,
    }
}

/// The same check, failing by these findings.
pub fn fails(check: Judged, findings: Vec<Finding>) -> Judged {
    Judged { verdict: Verdict::Fail { findings }, ..check }
}

/// The same check, undecided for this reason.
pub fn unknown(check: Judged, because: &str) -> Judged {
    Judged { verdict: Verdict::Undecided { because: because.to_owned() }, ..check }
}

const BEGINNING: Timestamp = Timestamp::constant(1_795_600_000, 0);
const STAGE: &str = "https://api-stage.wellcomecollection.org/catalogue/v2";
const PROD: &str = "https://api.wellcomecollection.org/catalogue/v2";
const ISSUE: &str = "https://github.com/wellcomecollection/platform/issues/1";

/// Checks of every criterion, all of which pass.
fn sound() -> Vec<Judged> {
    let numbers = check("kept::works-by-worktype::baseline", "kept", Standing::Approved);
    vec![
        check("digitised::a222zvge", "digitised", Standing::Approved),
        check("digitised::a2239muq", "digitised", Standing::Approved),
        check("digitised::a222zvge::snapshot", "digitised", Standing::Approved),
        Judged {
            compared: Some(Box::new(counts(&[("all", 2374, 2380), ("Books (a)", 900, 906)]))),
            ..numbers
        },
        check("labels::works", "labels", Standing::Proposed),
        check("contract::work", "contract", Standing::Approved),
    ]
}

fn criteria() -> Vec<Criterion> {
    let criterion = |id: &str, title: &str, owner: &str, line| Criterion {
        id: id.to_owned(),
        title: title.to_owned(),
        why: "On 5 January 2021 the View button vanished from digitised archives.".to_owned(),
        owner: owner.to_owned(),
        standing: Standing::Approved,
        approved: Some(Approved { by: "Product".to_owned(), on: date(2026, 11, 22) }),
        review_by: Some(date(2027, 5, 22)),
        overdue: false,
        line: Some(line),
        known_issue: None,
    };
    let proposed = |it| Criterion { standing: Standing::Proposed, approved: None, ..it };
    vec![
        criterion("digitised", "A digitised work can be viewed", "Product", 7),
        Criterion {
            review_by: Some(date(2026, 10, 1)),
            overdue: true,
            ..criterion("kept", "No kind of work is lost", "Collections", 30)
        },
        Criterion {
            known_issue: Some(KnownIssue { link: ISSUE.to_owned(), until: date(2026, 12, 1) }),
            ..criterion("known", "Notes are shown", "Product", 50)
        },
        proposed(criterion("labels", "Labels are words", "Product", 70)),
        criterion("linked", "What a record links to is there", "Product", 90),
        Criterion {
            approved: None,
            review_by: None,
            line: None,
            why: "A field that is missing breaks everybody who uses the API.".to_owned(),
            ..criterion("contract", "Every answer has the documented form", "API team", 0)
        },
    ]
}

fn lost_copy() -> Finding {
    Finding {
        at: "items".to_owned(),
        says: "nothing in `items` is as expected; the nearest is shown".to_owned(),
        expected: "- locations:\n    - type: DigitalLocation".to_owned(),
        found: "- locations:\n    - type: PhysicalLocation".to_owned(),
        ..Finding::default()
    }
}

fn not_there() -> Finding {
    Finding {
        says: "the API answers 404 (there is no such record)".to_owned(),
        expected: "200 with a record".to_owned(),
        found: "404 Work not found".to_owned(),
        unforeseen: true,
        ..Finding::default()
    }
}

fn differs(check: Judged) -> Judged {
    let recorded = "title: An Outline\nitems:\n  - DigitalLocation\nlanguages:\n  - English\n";
    let found = recorded.replace("Digital", "Physical");
    let finding = Finding {
        says: "the record is not as it was when its snapshot was approved".to_owned(),
        expected: "items:\n  - DigitalLocation".to_owned(),
        found: "items:\n  - PhysicalLocation".to_owned(),
        ..Finding::default()
    };
    let compared = Compared::Text { recorded: recorded.to_owned(), found };
    Judged { compared: Some(Box::new(compared)), ..fails(check, vec![finding]) }
}

fn has_shrunk(check: Judged) -> Judged {
    let finding = Finding {
        says: "Books (a): 450 works fewer than in the baseline (50 %), where no more than 9 may be lost"
            .to_owned(),
        expected: "891 to 945 (900 in the baseline)".to_owned(),
        found: "450".to_owned(),
        ..Finding::default()
    };
    let compared = counts(&[("all", 2374, 1924), ("Books (a)", 900, 450)]);
    Judged { compared: Some(Box::new(compared)), ..fails(check, vec![finding]) }
}

fn counts(rows: &[(&str, u64, u64)]) -> Compared {
    let row = |(name, then, now): &(&str, u64, u64)| verdict::Count {
        name: (*name).to_owned(),
        then: Some(*then),
        now: Some(*now),
    };
    let gone = verdict::Count { name: "Slides (s)".to_owned(), then: Some(1), now: None };
    Compared::Counts {
        what: "works by workType".to_owned(),
        there: "in the baseline".to_owned(),
        rows: rows.iter().map(row).chain([gone]).collect(),
    }
}

fn override_() -> Override {
    Override {
        criterion: "kept".to_owned(),
        by: "J. Doe".to_owned(),
        on: date(2026, 11, 25),
        why: "The books were withdrawn.".to_owned(),
        until: date(2026, 12, 1),
    }
}

fn turned_off(name: &str, criterion: &str) -> TurnedOff {
    let Judged { name, about, .. } = check(name, criterion, Standing::Approved);
    let because = NotLookedAt { what: Unseen::Links, remedy: "set CHECK_LINKS=1".to_owned() };
    TurnedOff { name, about, because }
}

fn links() -> Links {
    Links {
        api: STAGE.to_owned(),
        api_note: "",
        prod: Some(PROD.to_owned()),
        cluster: Some("reindex".to_owned()),
        has_key: true,
        suite: "works-examples.yaml".to_owned(),
        rerun: format!("STAGE_URL={STAGE} ELASTIC_CLUSTER=reindex STAGE_API_KEY=… "),
    }
}

fn index(works: &str) -> ServedIndex {
    ServedIndex {
        works_index: Some(works.to_owned()),
        images_index: None,
        pipeline_date: None,
        cluster_name: None,
    }
}

#[rstest::rstest]
fn every_check_of_these_runs_is_of_a_criterion_that_reports_know() {
    for (name, run) in all() {
        let known = |check: &Judged| run.criteria.iter().any(|it| it.id == check.about.criterion);
        assert!(run.judged.iter().all(known), "{name}");
        let told: usize = run.criteria.iter().map(|it| run.checks_of(it).count()).sum();
        assert_eq!(told, run.judged.len(), "{name}");
    }
}

#[rstest::rstest]
#[case::passing(passing(), Decision::MayBeReleased)]
#[case::failing(failing(), Decision::Blocked)]
#[case::undecided(undecided(), Decision::Undecided)]
#[case::mixed(mixed(), Decision::Blocked)]
#[case::hostile(hostile(), Decision::Blocked)]
fn these_runs_end_as_they_are_called(#[case] run: Run, #[case] decision: Decision) {
    assert_eq!(run.decision, decision);
}
