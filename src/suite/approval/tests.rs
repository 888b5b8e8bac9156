//! An approval covers one wording of one criterion, and is written without touching anything else.

use std::path::Path;

use jiff::civil::{Date, date};
use pretty_assertions::assert_eq;
use rstest::rstest;

use super::{NotApproved, approve, commands, uncovered};
use crate::suite::Suite;

/// Two criteria, the first approved and the second proposed; with comments, quotes and blank lines to be kept.
const TWO: &str = "\
# A comment.
criteria:

  - id: shown
    title: \"Things: have a title\"
    why: A promise.
    owner: Product
    approved: { by: Product,   on: 2026-11-22 }   # as agreed
    review-by: 2027-05-22
    examples:
      - { work: a222zvge, is: an archive file }   # a comment
    expect: { title: { present: true }, type: Work }
  - id: kept
    title: Numbers find their work
    why: Another promise.
    owner: API team
    proposed: true   # for now
    review-by: 2027-05-22
    identities:
      - { identifier: b18659135, type: sierra-system-number, finds: a222zvge, is: a file }
";
const TODAY: Date = date(2026, 11, 25);
const SUITE: &str = "works-examples.yaml";

/// The file after this role approved these criteria.
fn approved(file: &str, ids: &[&str], by: &str) -> String {
    approve(Path::new(SUITE), file, ids, by, TODAY).unwrap_or_else(|error| panic!("{error}")).file
}

/// What is said of each criterion that waits for an approval.
fn waiting(file: &str) -> Vec<String> {
    let waiting = uncovered(Path::new(SUITE), file).unwrap_or_else(|refusal| panic!("{refusal}"));
    waiting.into_iter().map(|it| it.says).collect()
}

#[rstest]
fn an_approval_changes_its_own_value_and_not_a_byte_besides() {
    let expected = TWO.replace(
        "approved: { by: Product,   on: 2026-11-22 }",
        "approved: { by: Product, on: 2026-11-25, wording: f17ad1c1 }",
    );
    assert_eq!(approved(TWO, &["shown"], "Product"), expected);
}

#[rstest]
fn a_proposed_criterion_becomes_an_approved_one() {
    let by = "Archives and manuscripts";
    let file = approved(TWO, &["kept"], by);
    assert!(
        file.contains("    approved: { by: Archives and manuscripts, on: 2026-11-25, wording: "),
        "{file}"
    );
    assert!(file.contains(" }   # for now\n") && !file.contains("proposed"), "{file}");
}

#[rstest]
#[case::byte_order_mark(format!("\u{feff}{TWO}"))]
#[case::windows_line_ends(TWO.replace('\n', "\r\n"))]
#[case::old_line_ends(TWO.replace('\n', "\r"))]
#[case::letters_beyond_ascii(TWO.replace("A comment", "Œuvres – à lire"))]
fn an_approval_is_written_whatever_the_editor_does(#[case] file: String) {
    let after = approved(&file, &["shown", "kept"], "Product");
    let (start, end) = (file.find("approved:").unwrap(), file.len() - file.find("   # for now").unwrap());
    assert_eq!(&after[..start], &file[..start]);
    assert_eq!(&after[after.len() - end..], &file[file.len() - end..]);
    assert_eq!(waiting(&after), Vec::<String>::new());
}

#[rstest]
#[case::in_several_lines("approved:\n      by: Product\n      on: 2026-11-22\n")]
#[case::with_a_comment_between("approved:\n      # by whom\n      by: Product\n      on: 2026-11-22\n")]
#[case::over_two_lines("approved: { by: Product,\n      on: 2026-11-22 }\n")]
#[case::with_a_brace_in_a_comment("approved: { by: Product, on: 2026-11-22 # }\n      }\n")]
fn an_approval_is_replaced_however_it_was_written(#[case] written: &str) {
    let file = TWO.replace("approved: { by: Product,   on: 2026-11-22 }   # as agreed\n", written);
    assert_ne!(file, TWO);
    assert_eq!(waiting(&approved(&file, &["shown", "kept"], "Product")), Vec::<String>::new());
}

/// The hashes in files must stay right for years.
#[rstest]
fn the_wording_is_the_beginning_of_a_sha256_of_sorted_json() {
    let says = r#"{"examples":[{"is":"an archive file","work":"a222zvge"}],"expect":{"title":{"present":true},"type":"Work"},"id":"shown","owner":"Product","title":"Things: have a title","why":"A promise."}"#;
    let hash = crate::suite::load::hex(&<sha2::Sha256 as sha2::Digest>::digest(says));
    assert!(approved(TWO, &["shown"], "Product").contains(&format!("wording: {} }}", &hash[..8])));
}

#[rstest]
#[case::of_its_title("have a title", "have  a title")]
#[case::by_one_character_of_why("A promise.", "A promise")]
#[case::of_its_owner("owner: Product", "owner: API team")]
#[case::of_an_example("work: a222zvge", "work: a2239muq")]
#[case::of_what_it_is_an_example_of("an archive file", "an archive box")]
#[case::of_what_is_expected("present: true", "absent: true")]
#[case::of_a_text_to_another_text("type: Work", "type: Section")]
#[case::by_one_more_example(
    "      - { work: a222zvge, is: an archive file }",
    "      - { work: a222zvge, is: an archive file }\n      - { work: a2239muq, is: a book }"
)]
#[case::by_a_snapshot("is: an archive file", "is: an archive file, snapshot: true")]
#[case::of_its_id("id: shown", "id: seen")]
fn a_change_ends_an_approval(#[case] from: &str, #[case] to: &str) {
    let file = approved(TWO, &["shown", "kept"], "Product").replacen(from, to, 1);
    let [says] = &waiting(&file)[..] else { panic!("one was expected: {:?}", waiting(&file)) };
    assert!(says.ends_with("is not worded as Product approved it on 2026-11-25"), "{says}");
}

#[rstest]
#[case::of_the_day_of_its_review("review-by: 2027-05-22", "review-by: 2028-05-22")]
#[case::by_a_known_issue(
    "review-by: 2027-05-22",
    "review-by: 2027-05-22\n    known-issue: { link: https://example.org/1, until: 2026-12-31 }"
)]
#[case::of_quotes("why: A promise.", "why: 'A promise.'")]
#[case::of_a_line_break("why: A promise.", "why: >-\n      A\n      promise.")]
#[case::of_a_comment("# a comment", "# another comment")]
#[case::of_blanks("{ work: a222zvge, is: an archive file }", "{work: a222zvge,   is: an archive file}")]
#[case::of_the_order_of_keys(
    "{ work: a222zvge, is: an archive file }",
    "{ is: an archive file, work: a222zvge }"
)]
#[case::of_braces(
    "expect: { title: { present: true }, type: Work }",
    "expect:\n      title:\n        present: true\n      type: Work"
)]
fn an_approval_outlives_a_change(#[case] from: &str, #[case] to: &str) {
    let file = approved(TWO, &["shown", "kept"], "Product");
    let changed = file.replacen(from, to, 1);
    assert_ne!(changed, file);
    assert_eq!(waiting(&changed), Vec::<String>::new());
}

#[rstest]
fn an_approval_moves_with_its_criterion() {
    let file = approved(TWO, &["shown", "kept"], "Product");
    let (head, criteria) = file.split_at(file.find("  - id: shown").unwrap());
    let (first, second) = criteria.split_at(criteria.find("  - id: kept").unwrap());
    assert_eq!(waiting(&format!("{head}{second}{first}")), Vec::<String>::new());
}

#[rstest]
fn an_approval_that_does_not_tell_its_wording_covers_nothing() {
    assert_eq!(
        waiting(TWO),
        [
            "the approval of `shown` by Product on 2026-11-22 does not say which wording it was given for",
            "`kept` is proposed, and blocks nothing",
        ]
    );
}

#[rstest]
fn an_approval_copied_from_another_criterion_covers_nothing() {
    let file = approved(TWO, &["shown"], "Product");
    let copied = file.lines().find_map(|line| line.trim().strip_suffix("   # as agreed")).unwrap();
    assert_eq!(
        waiting(&file.replace("proposed: true", copied)),
        ["the approval of `kept` by Product on 2026-11-25 was given for what `shown` says"]
    );
}

#[rstest]
fn two_criteria_that_swap_their_ids_lose_both_approvals() {
    let file = approved(TWO, &["shown", "kept"], "Product");
    let swapped =
        file.replace("id: shown", "id: X").replace("id: kept", "id: shown").replace("id: X", "id: kept");
    assert_eq!(waiting(&swapped).len(), 2, "{:?}", waiting(&swapped));
}

#[rstest]
#[case::misspelt(&["showm"], "Product", "there is no criterion `showm`; did you mean `shown`?")]
#[case::one_of_two(&["shown", "zzzzzzzz"], "Product", "there is no criterion `zzzzzzzz`")]
#[case::nobody(&["shown"], " ", "nobody is named who approves: write a role, such as `--by Product`")]
fn nothing_is_approved(#[case] ids: &[&str], #[case] by: &str, #[case] says: &str) {
    let refused = approve(Path::new(SUITE), TWO, ids, by, TODAY).unwrap_err();
    assert_eq!(refused.to_string(), says);
}

#[rstest]
fn nothing_is_approved_while_the_file_has_another_mistake() {
    let file = TWO.replace("identities:", "identitys:");
    let refused = approve(Path::new(SUITE), &file, &["shown"], "Product", TODAY).unwrap_err();
    assert!(matches!(refused, NotApproved::Refused(_)), "{refused}");
    assert!(refused.to_string().contains("did you mean `identities`?"), "{refused}");
}

#[rstest]
#[case::whose_day_has_come(date(2027, 5, 22))]
#[case::whose_day_is_over(date(2027, 5, 23))]
fn nothing_is_approved_before_its_review(#[case] today: Date) {
    let refused = approve(Path::new(SUITE), TWO, &["shown"], "Product", today).unwrap_err();
    assert!(refused.to_string().starts_with("`shown` is to be looked at again by 2027-05-22"), "{refused}");
}

#[rstest]
fn what_was_approved_is_told_in_words() {
    let after = approve(Path::new(SUITE), TWO, &["kept", "shown"], "Product", TODAY).unwrap();
    assert_eq!(
        after.criteria.join("\n\n"),
        "\
Product approved `shown` on 2026-11-25 (lines 4-12):
  Things: have a title
  A promise.
  expect: { title: { present: true }, type: Work }
  examples:
    - a222zvge: an archive file
  What it said when Product approved it on 2026-11-22 is not known.

Product approved `kept` on 2026-11-25 (lines 13-20):
  Numbers find their work
  Another promise.
  identities:
    - b18659135: a file
  From now on it blocks a release; it was only proposed."
    );
}

#[rstest]
fn what_is_demanded_is_told_as_the_file_says_it() {
    let several = "expect:\n      title:\n        present: true\n      type: Work";
    let file = TWO.replace("expect: { title: { present: true }, type: Work }", several);
    let after = approve(Path::new(SUITE), &file, &["shown"], "Product", TODAY).unwrap();
    let expected = "  expect:\n    title:\n      present: true\n    type: Work\n  examples:";
    assert!(after.criteria[0].contains(expected), "{}", after.criteria[0]);
}

#[rstest]
fn each_role_is_given_the_command_for_what_it_had_approved() {
    let file = TWO.replace("by: Product,", "by: Collections information,");
    let waiting = uncovered(Path::new(SUITE), &file).unwrap();
    assert_eq!(
        commands(Path::new(SUITE), &waiting),
        ["cargo run --bin suite -- approve shown --by \"Collections information\""]
    );
    assert_eq!(
        commands(Path::new("other.yaml"), &waiting),
        ["cargo run --bin suite -- approve shown --by \"Collections information\" --suite other.yaml"]
    );
}

#[rstest]
fn a_suite_is_loaded_only_with_approvals_that_cover_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("suite.yaml");
    let load = |file: &str| {
        std::fs::write(&path, file).unwrap();
        Suite::load(&path)
    };
    let file = approved(TWO, &["shown"], "Product");
    assert_eq!(load(&file).map(|suite| suite.criteria.len()), Ok(2));
    assert_eq!(load(TWO).map_err(|refusal| refusal.count()).unwrap_err(), 1);
    assert_eq!(load(&file.replace("A promise", "No promise")).unwrap_err().count(), 1);
}

/// What the gate says of a criterion that was approved with one list, once its file holds another.
fn after_another_list(before: &str, after: &str) -> Result<Suite, String> {
    let file = TWO.replace(
        "identities:\n      - { identifier: b18659135, type: sierra-system-number, finds: a222zvge, is: a file }",
        "permalinks:\n      - { file: ids.txt, is: the ids that stories name }",
    );
    let folder = tempfile::tempdir().unwrap();
    let (suite, list) = (folder.path().join("suite.yaml"), folder.path().join("ids.txt"));
    std::fs::write(&list, before).unwrap();
    let approved = approve(&suite, &file, &["shown", "kept"], "Product", TODAY).unwrap().file;
    std::fs::write(&suite, approved).unwrap();
    std::fs::write(&list, after).unwrap();
    Suite::load(&suite).map_err(|refusal| refusal.to_string())
}

#[rstest]
#[case::by_an_id_that_is_gone("a222zvge\n")]
#[case::by_one_more_id("a222zvge\nb18659135\na2239muq\n")]
#[case::of_an_id("a222zvge\nb18659136\n")]
fn a_change_of_a_list_ends_the_approval_of_what_names_it(#[case] list: &str) {
    let refusal = after_another_list("a222zvge\nb18659135\n", list).unwrap_err();
    assert!(refusal.contains("`kept` is not worded as Product approved it on 2026-11-25"), "{refusal}");
    assert!(refusal.contains("that it was given for, with what `ids.txt` lists."), "{refusal}");
    assert!(!refusal.contains("`shown`"), "{refusal}");
}

#[rstest]
#[case::of_comments("# others\na222zvge # a file\nb18659135\n")]
#[case::of_blank_lines("\na222zvge\n\n  b18659135")]
#[case::of_line_ends("a222zvge\r\nb18659135\r\n")]
fn an_approval_outlives_a_change_of_its_list(#[case] list: &str) {
    let suite = after_another_list("# ids\na222zvge\nb18659135\n", list);
    assert_eq!(suite.map(|suite| suite.criteria.len()), Ok(2));
}
