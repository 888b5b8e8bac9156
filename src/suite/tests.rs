//! Suite files as a whole: good ones are read as they stand, bad ones are refused with words that help.
//!
//! Each file in `tests/fixtures/bad-suites` is named for its fault; what it is answered with stands beside it in
//! `snapshots/` (after a change of words, look at them with `cargo insta review`).

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use pretty_assertions::assert_eq;
use rstest::rstest;

use crate::catalogue::Device;

use super::{Approval, CriticalStep, Kind, PageExpectation, Shape, Suite};

const GOOD: &str = include_str!("../../tests/fixtures/good-suite.yaml");
const BAD: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/bad-suites");

fn good() -> Suite {
    Suite::parse(Path::new("good-suite.yaml"), GOOD).unwrap_or_else(|refusal| panic!("{refusal}"))
}

#[rstest]
fn bad_suite_is_refused_in_these_words(#[files("tests/fixtures/bad-suites/*.yaml")] path: PathBuf) {
    let refusal = Suite::load(&path).expect_err("the file has a mistake");
    let folder = format!("{}/", path.parent().unwrap().display());
    let words = refusal.render(false).replace(&folder, "");
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(Path::new(BAD).join("snapshots"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(path.file_stem().unwrap().to_str().unwrap(), words));
}

#[test]
fn every_snapshot_of_a_refusal_has_its_file() {
    let stems = |folder: &Path, extension: &str| -> BTreeSet<String> {
        let names =
            fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
        names.filter_map(|name| Some(name.strip_suffix(extension)?.to_owned())).collect()
    };
    let files = stems(Path::new(BAD), ".yaml");
    assert_eq!(stems(&Path::new(BAD).join("snapshots"), ".snap"), files);
}

#[test]
fn missing_file_is_refused() {
    let refusal = Suite::load(Path::new("no/such/works-examples.yaml")).unwrap_err();
    assert_eq!(
        refusal.to_string(),
        "no/such/works-examples.yaml: there is no such file. It holds Product's criteria and examples; \
         check the path and the folder.\n\nNothing was judged."
    );
}

#[test]
fn good_suite_is_read_as_it_stands() {
    let suite = good();
    let ids: Vec<&str> = suite.criteria.iter().map(|criterion| criterion.id.as_str()).collect();
    assert_eq!(
        ids,
        [
            "digitised-works-can-be-viewed",
            "pages-show-what-readers-need",
            "examples-can-expect-on-their-own",
            "old-ids-redirect",
            "deleted-works-are-gone",
            "what-never-existed-is-not-found",
            "bad-requests-are-refused",
            "library-numbers-find-their-work",
            "archives-hang-together",
            "available-online-is-true",
            "known-addresses-lead-to-a-work",
            "what-is-linked-to-answers",
            "the-stage-serves-this-release",
            "everything-answers",
            "works-are-not-lost",
        ]
    );
    let first = &suite.criteria[0];
    assert_eq!((first.line, first.review_by), (3, jiff::civil::date(2027, 5, 22)));
    assert!(matches!(&first.approval, Approval::Approved { by, .. } if by == "Product"));
    assert_eq!(first.known_issue.as_ref().unwrap().until, jiff::civil::date(2026, 12, 31));
    assert_eq!(suite.criteria[2].approval, Approval::Proposed);
}

#[test]
fn example_meets_its_own_expectation_besides_its_criterions() {
    let suite = good();
    let Kind::Work(examples) = &suite.criteria[0].kind else { panic!("examples were expected") };
    assert!(examples[0].of.snapshot && !examples[1].of.snapshot);
    assert!(matches!(examples[0].of.expect, Some(Shape::Object(_))));
    assert!(matches!(&examples[1].of.expect, Some(Shape::All(both)) if both.len() == 2));
    assert_eq!((examples[0].line, examples[1].line), (11, 14));
}

#[test]
fn page_shows_what_its_example_says_besides_its_criterion() {
    let suite = good();
    let Kind::Work(examples) = &suite.criteria[1].kind else { panic!("examples were expected") };
    let pages: Vec<&PageExpectation> = examples.iter().filter_map(|it| it.of.page.as_ref()).collect();
    let told = |page: &PageExpectation| page.shows.iter().map(ToString::to_string).collect::<Vec<_>>();
    assert_eq!(told(pages[0]), ["heading “Available online”", "link or button “View”"]);
    let both = ["image “Thumbnail”", "navigation “Contents”", "text “a dissertation”", "link “View”"];
    assert_eq!(told(pages[1])[2..], both);
    assert_eq!((pages[1].hides.len(), pages[1].devices()), (1, [Device::Phone].into()));
    // A criterion that only warns is not made to block by an example that says nothing of it.
    assert!(pages.iter().all(|page| !page.errors_block()) && examples[0].of.expect.is_none());
}

#[test]
fn critical_paths_are_read_step_by_step() {
    let suite = good();
    let written: Vec<(&str, usize)> =
        suite.critical.iter().map(|it| (it.path.as_str(), it.except.len())).collect();
    let url = "items[].locations[locationType.id=iiif-image].url";
    assert_eq!(written, [("title", 1), ("identifiers[]", 0), (url, 0)]);
    let field = |name: &str| CriticalStep::Field(name.to_owned());
    let image = CriticalStep::ElementWith {
        fields: vec!["locationType".to_owned(), "id".to_owned()],
        text: "iiif-image".to_owned(),
    };
    let steps = [field("items"), CriticalStep::Element, field("locations"), image, field("url")];
    assert_eq!(suite.critical[2].steps, steps);
}

#[test]
fn what_is_compared_is_read_with_its_rules() {
    let suite = good();
    let compare = suite.compare.as_ref().unwrap();
    assert_eq!((compare.sample.works, compare.sample.images, compare.sample.seed), (500, 100, 7));
    assert_eq!(compare.routes[0].request, "/works?query=botany");
    let names: Vec<&str> = compare.bounds.iter().map(|it| it.name.as_str()).collect();
    assert_eq!(
        (names.as_slice(), compare.expected[0].name.as_str()),
        (["lost-status"].as_slice(), "expected-changed-subjects-concepts")
    );
    let rules = compare.rules();
    let lost = Some(crate::comparison::Kind::Lost);
    assert_eq!((rules.severities[0].kind, rules.severities[1].kind), (lost, None));
    assert!((rules.bounds[0].at_most - 0.005).abs() < 1e-9);
    assert!((compare.tolerances[0].share - 0.02).abs() < 1e-9);
    assert_eq!(rules.expected[0].until, jiff::civil::date(2026, 12, 31));
}

#[test]
fn a_suite_that_compares_nothing_says_so() {
    let without = GOOD.split("compare:").next().unwrap();
    let suite = Suite::parse(Path::new("good-suite.yaml"), without).unwrap();
    assert_eq!(suite.compare, None);
}

fn named<T>(examples: &[super::Example<T>]) -> Vec<String> {
    examples.iter().map(|example| example.name.clone()).collect()
}

#[test]
fn examples_are_named_for_what_they_ask() {
    let names: Vec<Vec<String>> = good()
        .criteria
        .iter()
        .map(|criterion| match &criterion.kind {
            Kind::Work(examples) => named(examples),
            Kind::Redirect(examples) => named(examples),
            Kind::Gone(examples) => named(examples),
            Kind::NotFound(examples) | Kind::Refused(examples) => named(examples),
            Kind::Identity(examples) => named(examples),
            Kind::Hierarchy(examples) => named(examples),
            Kind::Invariant(examples) => named(examples),
            Kind::Search(examples) => named(examples),
            Kind::Permalinks(examples) => named(examples),
            Kind::Links(examples) => named(examples),
            Kind::Release(examples) => named(examples),
            Kind::Liveness(examples) => named(examples),
            Kind::Population(examples) => named(examples),
        })
        .collect();
    let expected: [&[&str]; 15] = [
        &["a222zvge", "nbsqzbba"],
        &["a222zvge", "a2239muq"],
        &["a222zvge"],
        &["w4bajds8"],
        &["b222zvge"],
        &["zzzzzzzz", "works-ABC"],
        &["works-pageSize-101", "works-page-0"],
        &["b18659135"],
        &["hz43r7re"],
        &["works-with-a-digital-copy", "pictures-in-a-list"],
        &["permalinks", "GC-176-C-1"],
        &["a222zvge", "nbsqzbba"],
        &["expected-index", "steady", "from-cache", "newest-item"],
        &["deep-pages", "searches"],
        &["works-by-workType", "works-workType-a-k-languages-eng-accessConditions-status-not-closed"],
    ];
    assert_eq!(names, expected);
}

#[test]
fn hash_is_that_of_the_file() {
    assert_eq!(good().hash.len(), 64);
    assert_ne!(good().hash, Suite::parse(Path::new("x"), &format!("{GOOD}\n")).unwrap().hash);
}

#[rstest]
#[case::byte_order_mark(format!("\u{feff}{GOOD}"))]
#[case::windows_line_ends(GOOD.replace('\n', "\r\n"))]
#[case::no_newline_at_the_end(GOOD.trim_end().to_owned())]
#[case::explicit_document(format!("---\n{GOOD}"))]
fn good_suite_is_read_whatever_the_editor_does(#[case] text: String) {
    assert_eq!(Suite::parse(Path::new("x"), &text).unwrap().criteria.len(), 15);
}

/// Small, so that the tests below can break it in every place.
const SMALL: &str = "\
criteria:
  - id: a-b
    title: \"Œuvres: a\"
    why: 'b'
    owner: c
    approved: { by: d, on: 2026-11-22 }
    review-by: 2027-05-22
    known-issue: { link: https://e.f, until: 2026-12-31 }
    examples:
      - work: a222zvge
        is: |
          some
          text
        snapshot: true
        expect: { items: { count: { at-least: 2 } } }
    expect:
      availabilities: [{ id: online }]
      type: { one-of: [Work, Section] }
  - id: h
    title: i
    why: j
    owner: k
    proposed: true
    review-by: 2027-05-22
    not-found: [{ request: /works/ABC, is: l }]
";

fn read_or_refuse(text: &str) {
    if let Err(refusal) = Suite::parse(Path::new("x"), text) {
        assert!(refusal.count() > 0 && !refusal.to_string().is_empty());
    }
}

#[test]
fn small_suite_is_good() {
    assert_eq!(Suite::parse(Path::new("x"), SMALL).map(|suite| suite.criteria.len()), Ok(2));
}

#[test]
fn file_cut_off_anywhere_never_panics() {
    (0..SMALL.len()).filter(|end| SMALL.is_char_boundary(*end)).for_each(|end| read_or_refuse(&SMALL[..end]));
}

/// Whatever sign strikes a file, it is read or refused, and every mark stays within its text.
#[rstest]
fn file_with_a_strange_sign_anywhere_never_panics(
    #[values("\t", "é", "\0", "\"", "{", "]", "*", "&a ", ": ", "\n", "- ", "📚", "\u{85}", "\r", "# ")] sign: &str,
) {
    for at in (0..SMALL.len()).step_by(3).filter(|at| SMALL.is_char_boundary(*at)) {
        read_or_refuse(&format!("{}{sign}{}", &SMALL[..at], &SMALL[at..]));
    }
}

/// A misspelt key must never silently weaken a criterion.
#[test]
fn every_key_is_refused_when_it_is_misspelt() {
    let key = regex::Regex::new(r"[{\s-]([a-zA-Z-]+):\s").unwrap();
    let mut tried = BTreeSet::new();
    for found in key.captures_iter(GOOD).map(|found| found.get(1).unwrap()) {
        if !tried.insert(found.as_str()) {
            continue;
        }
        let text = format!("{}qx{}", &GOOD[..found.end()], &GOOD[found.end()..]);
        let refusal = Suite::parse(Path::new("x"), &text).expect_err(found.as_str());
        assert!(refusal.to_string().contains(&format!("`{}qx`", found.as_str())), "{refusal}");
    }
    assert!(tried.len() > 45, "{tried:?}");
}

#[test]
fn refusal_in_colour_says_the_same() {
    let refusal = Suite::parse(Path::new("x.yaml"), "criteria: []").unwrap_err();
    let coloured = refusal.render(true);
    assert!(coloured.contains("\u{1b}["));
    assert_eq!(anstream::adapter::strip_str(&coloured).to_string(), refusal.render(false));
}

#[test]
fn refusal_tells_the_place_of_each_mistake() {
    let refusal = Suite::parse(Path::new("x.yaml"), "# a comment\ncriteria: []").unwrap_err();
    let says = "`criteria` is empty: add at least one entry".to_owned();
    assert_eq!(refusal.places(), [(Path::new("x.yaml"), 2, 11, says)]);
}

#[test]
fn file_beyond_a_megabyte_is_refused_unread() {
    let refusal =
        Suite::parse(Path::new("x.yaml"), &format!("{GOOD}{}", "# more\n".repeat(150_000))).unwrap_err();
    assert_eq!(refusal.places()[0].3, "the file is larger than a megabyte, which no suite needs");
}

#[test]
fn thousands_of_mistakes_are_counted_and_not_all_shown() {
    let keys: Vec<String> = (0..5000).map(|key| format!("key-{key}: {key}")).collect();
    let refusal = Suite::parse(Path::new("x.yaml"), &keys.join("\n")).unwrap_err();
    let words = refusal.to_string();
    assert_eq!(refusal.count(), 5001);
    assert!(words.ends_with("5001 mistakes in x.yaml (the first 200 are shown); nothing was judged."));
}

/// A line that is lost must never make a file that says less, and passes.
#[test]
fn file_without_any_one_of_its_lines_is_refused_or_says_so() {
    let optional = ["known-issue", "snapshot", "some", "text", "availabilities", "type:", "expect: {"];
    let lines: Vec<&str> = SMALL.lines().collect();
    for (lost, line) in lines.iter().enumerate() {
        let rest: Vec<&str> =
            lines.iter().enumerate().filter(|(at, _)| *at != lost).map(|(_, line)| *line).collect();
        let read = Suite::parse(Path::new("x"), &rest.join("\n"));
        assert_eq!(
            read.is_ok(),
            optional.iter().any(|word| line.trim_start().starts_with(word)),
            "without `{line}`"
        );
    }
}

#[test]
fn thousand_lines_are_read_in_a_moment() {
    let (head, criteria) = GOOD.split_at(GOOD.find("  - id").unwrap());
    let criteria = criteria.split("critical:").next().unwrap();
    let copies = 1 + 1000 / criteria.lines().count();
    let text: String =
        (0..copies).map(|copy| criteria.replace("- id: ", &format!("- id: copy-{copy}-"))).collect();
    let text = format!("{head}{text}");
    good(); // compiles the schemas once
    let start = Instant::now();
    let suite = Suite::parse(Path::new("x"), &text).unwrap();
    let took = start.elapsed();
    assert_eq!(suite.criteria.len(), 15 * copies);
    assert!(took < Duration::from_secs(1), "{took:?}");
}
