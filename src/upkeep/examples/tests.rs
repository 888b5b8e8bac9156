//! The page as a whole: that it is fresh, complete, and says nothing of itself.

use std::collections::BTreeSet;
use std::path::Path;
use std::{env, fs};

use pretty_assertions::assert_eq;
use rstest::{fixture, rstest};

use super::{EXAMPLES_PAGE, examples, sections};

fn read(name: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).unwrap()
}

#[fixture]
fn page() -> String {
    examples(Path::new("works-examples.yaml"), &read("works-examples.yaml")).unwrap()
}

#[rstest]
fn the_page_of_examples_is_fresh(page: String) {
    let place = Path::new(env!("CARGO_MANIFEST_DIR")).join(EXAMPLES_PAGE);
    if env::var_os("UPDATE_DOCS").is_some() {
        fs::write(&place, &page).unwrap();
    }
    let kept = fs::read_to_string(&place).unwrap_or_default();
    let differs = kept.lines().zip(page.lines()).position(|(old, new)| old != new);
    assert!(
        kept == page,
        "{EXAMPLES_PAGE} does not say what works-examples.yaml says (first at line {}).\n\
         Refresh it with: cargo run --bin suite -- examples --write",
        differs.unwrap_or_else(|| kept.lines().count().min(page.lines().count())) + 1
    );
}

#[rstest]
fn the_contents_lead_to_every_heading_once(page: String) {
    let targets: Vec<String> = page
        .lines()
        .filter_map(|line| line.trim_start().strip_prefix("- [")?.rsplit_once("](#"))
        .map(|(_, target)| target.trim_end_matches(')').to_owned())
        .collect();
    let headings = page.lines().filter(|line| line.starts_with("## ") || line.starts_with("### ")).count();
    assert_eq!(targets.len(), headings);
    assert_eq!(targets.iter().collect::<BTreeSet<_>>().len(), headings, "no two headings have one address");
}

#[rstest]
fn every_example_has_an_entry_with_its_sentence(page: String) {
    let file = read("works-examples.yaml");
    let entries = page.lines().filter(|line| line.starts_with("- **")).count();
    let only_proposed = page.lines().filter(|line| line.starts_with("- **Only proposed**")).count();
    // What is compared with prod is no example of a criterion.
    let criteria = file.lines().take_while(|line| *line != "compare:");
    let examples = criteria.filter(|line| is_example(line)).count();
    assert_eq!(entries - only_proposed, examples);
    assert!(
        page.lines()
            .filter(|line| line.starts_with("- **"))
            .all(|line| line.contains(".** ") || line.contains("proposed"))
    );
}

/// Whether a line of the suite file says what an example is.
fn is_example(line: &str) -> bool {
    line.trim_start_matches([' ', '-', '{']).starts_with("is: ")
        || line.contains(", is: ")
        || line.contains("{ is: ")
}

const SUITE: &str = r#"
criteria:
  # --------------------
  # Old <addresses>
  # --------------------
  - id: old-addresses
    title: "An *old* address [leads](x) on"
    why: People hold them.
    owner: Product
    proposed: true
    review-by: 2027-05-22
    redirects:
      - { from: a222zvge, to: a2239muq, is: "a `record` | merged" }
"#;

#[rstest]
fn a_criterion_is_told_with_what_it_shows_and_signs_that_mean_nothing() {
    let page = examples(Path::new("x.yaml"), SUITE).unwrap();
    insta::assert_snapshot!("a_proposed_criterion", page);
}

#[rstest]
fn a_file_with_a_mistake_makes_no_page() {
    let refused = examples(Path::new("x.yaml"), &SUITE.replace("owner:", "ownr:")).unwrap_err();
    assert!(refused.contains("ownr"), "{refused}");
}

#[rstest]
#[case::framed("  # ------------\n  # A title\n  # ------------\n", 1)]
#[case::not_framed("  # A title\n  # ------------\n", 0)]
#[case::an_empty_frame("  # ------------\n  #\n  # ------------\n", 0)]
fn a_heading_stands_between_two_lines_of_dashes(#[case] file: &str, #[case] number: usize) {
    assert_eq!(sections(file).len(), number);
}
