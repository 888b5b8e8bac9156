//! What Product is told of changed snapshots.

use pretty_assertions::assert_eq;
use rstest::rstest;

use super::{Changed, page};

const WORK: &str = "---\nsource: x\ninfo:\n  work: an archive file\n  page: \"https://wellcomecollection.org/works/a222zvge\"\n\
    ---\nid: a222zvge\ntitle: An Outline\nduration: 3600\nthumbnail:\n  type: DigitalLocation\n  url: https://example.org/t\nitems:\n  - locations:\n      - type: PhysicalLocation\n        label: Stores\n  \
    - locations:\n      - type: DigitalLocation\n        url: https://example.org/x\nnotes:\n  - a note\n";
const TREE: &str = "---\ninfo:\n  work: some papers\n---\nPP/RAS Rast [Collection]\n└ PP/RAS/A Personal [Section]\n  └ \
    PP/RAS/A.1 Letters [Work]\n";
const COUNTS: &str = "---\ninfo:\n  counted: works of every format\n---\nworks by workType\n\n2,374  all\n1,073  a  Books\n   \
    26  d  Journals\n";

fn changed(file: &str, was: Option<&str>, is: Option<&str>) -> Changed {
    Changed {
        file: format!("snapshots/stage/{file}.snap"),
        was: was.map(str::to_owned),
        is: is.map(str::to_owned),
    }
}

/// What is said of this one change.
fn said(file: &str, was: &str, is: &str) -> String {
    let text = page(&[changed(file, Some(was), Some(is))], "HEAD");
    text.split_once("\n- ").expect("an entry").1.to_owned()
}

#[rstest]
#[case::a_copy(
    "  - locations:\n      - type: DigitalLocation\n        url: https://example.org/x\n",
    "",
    "lost its only location online"
)]
#[case::a_title(
    "title: An Outline",
    "title: A Sketch",
    "has another title: \"A Sketch\", which was \"An Outline\""
)]
#[case::a_field("notes:\n  - a note\n", "", "lost its only note")]
#[case::a_scalar("title: An Outline\n", "", "lost its title, which was \"An Outline\"")]
#[case::a_second_note("  - a note\n", "  - a note\n  - another\n", "has gained a note (there were 1)")]
#[case::a_value_in_a_list("label: Stores", "label: Shelves", "differs in its copies")]
#[case::a_number_that_is_a_text(
    "duration: 3600",
    "duration: \"3600\"",
    "has its duration in another form, such as a text instead of a number: \"3600\", which was 3600\n"
)]
#[case::its_thumbnail(
    "thumbnail:\n  type: DigitalLocation\n  url: https://example.org/t\n",
    "",
    "lost its thumbnail\n  - gone: thumbnail: type: DigitalLocation\n"
)]
#[case::another_thumbnail(
    "example.org/t",
    "example.org/u",
    "differs in its thumbnail\n  - gone: thumbnail: url: https://example.org/t\n"
)]
#[case::both_its_locations(
    "items:\n  - locations:\n      - type: PhysicalLocation\n        label: Stores\n  \
    - locations:\n      - type: DigitalLocation\n        url: https://example.org/x\n",
    "",
    "lost its only location online and lost its only location on the shelves"
)]
#[case::a_text_that_became_a_list(
    "title: An Outline\n",
    "title:\n  - An Outline\n",
    "has its title in another form\n  - gone: title: An Outline\n  - new: title: - An Outline\n"
)]
#[case::a_line_that_says_nothing(
    "notes:\n",
    "\nnotes:\n",
    "is written otherwise; look at its lines in the changed file\n  - new: \n"
)]
fn what_became_of_a_work_is_told_in_words(#[case] from: &str, #[case] to: &str, #[case] expected: &str) {
    let says = said("a222zvge", WORK, &WORK.replace(from, to));
    let start = format!(
        "**[a222zvge](<https://wellcomecollection.org/works/a222zvge>)** (an archive file) {expected}"
    );
    assert!(says.starts_with(&start), "{says}");
}

#[rstest]
fn the_lines_of_a_list_are_shown_below() {
    let says = said("a222zvge", WORK, &WORK.replace("label: Stores", "label: Shelves"));
    assert!(says.contains("\n  - gone: items: label: Stores\n  - new: items: label: Shelves\n"), "{says}");
}

#[rstest]
#[case::a_branch(
    "  └ PP/RAS/A.1 Letters [Work]\n",
    "",
    "lost 1 part of 3\n  - gone: PP/RAS/A.1 Letters \\[Work\\]"
)]
#[case::a_new_one(
    "[Work]\n",
    "[Work]\n  └ PP/RAS/A.2 Diary [Work]\n",
    "has gained 1 part\n  - new: PP/RAS/A.2 Diary"
)]
fn what_became_of_a_tree_is_told_by_its_parts(#[case] from: &str, #[case] to: &str, #[case] expected: &str) {
    let says = said("hierarchy-dupg64pv", TREE, &TREE.replace(from, to));
    assert!(says.contains(expected), "{says}");
}

#[rstest]
fn of_two_parts_that_are_told_alike_the_loss_of_one_is_told() {
    let twice = TREE.replace("[Work]\n", "[Work]\n  └ PP/RAS/A.1 Letters [Work]\n");
    let says = said("hierarchy-dupg64pv", &twice, TREE);
    assert!(says.contains("lost 1 part of 4\n  - gone: PP/RAS/A.1 Letters"), "{says}");
}

#[rstest]
fn what_nobody_can_word_is_never_said_to_be_the_same() {
    let says = said("population-works", COUNTS, &COUNTS.replace("works by workType", "images by licence"));
    let expected = "is written otherwise; look at its lines in the changed file\n  - gone: works by workType\n  \
                    - new: images by licence\n";
    assert!(says.contains(expected), "{says}");
}

#[rstest]
fn counts_are_told_the_largest_change_first() {
    let is =
        COUNTS.replace("1,073  a", "  900  a").replace("2,374", "2,201").replace("   26  d  Journals\n", "");
    let says = said("population-works-by-workType", COUNTS, &is);
    let expected = "**population-works-by-workType** (works of every format) has other numbers\n  - a Books: 900, which was \
                    1,073 (−173)\n  - all: 2,201, which was 2,374 (−173)\n  - d Journals: none, which was 26 (−26)\n";
    assert_eq!(says, expected);
}

#[rstest]
fn the_headline_counts_what_changed_came_and_went() {
    let all = [
        changed("a222zvge", Some(WORK), Some(&WORK.replace("Outline", "Sketch"))),
        changed("a2239muq", None, Some(WORK)),
        changed("population-works", Some(COUNTS), None),
    ];
    let text = page(&all, "HEAD");
    assert!(
        text.starts_with(
            "# 1 work has changed, 1 work is recorded for the first time, 1 count is recorded no longer\n"
        ),
        "{text}"
    );
}

#[rstest]
fn without_a_change_that_is_said() {
    assert_eq!(page(&[], "HEAD"), "Nothing that is recorded has changed since HEAD.\n");
}

#[rstest]
fn what_a_record_says_is_no_markup_and_mentions_nobody() {
    let says = said("a222zvge", WORK, &WORK.replace("An Outline", "<img src=x> @everybody `x`"));
    assert!(says.contains("&lt;img src=x&gt; @\u{200b}everybody \\`x\\`"), "{says}");
}

#[rstest]
fn a_page_that_github_would_refuse_is_cut_and_says_so() {
    let is = WORK.replace("An Outline", &"long ".repeat(40));
    let all: Vec<Changed> =
        (0..1000).map(|number| changed(&format!("work{number}"), Some(WORK), Some(&is))).collect();
    let text = page(&all, "HEAD");
    assert!(text.len() < 65_536 && text.contains(" more entries, which `cargo run"), "{}", text.len());
}
