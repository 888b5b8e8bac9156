//! What moves without anything being wrong, as the head of the suite file names it, and how many blind spots are there.

use super::tally::Survey;
use crate::numbers::{counted, grouped};

/// What the head of the suite file says is not asserted, in its words, and the paths that are all about it. Where a path
/// is about other things as well, such as a web address, there is none.
const MOVING: [(&str, &[&str]); 4] = [
    ("item ids and item numbers", &["items[].id", "items[].identifiers"]),
    ("subjects", &["subjects"]),
    ("the punctuation of names", &[]),
    ("the web addresses of bought-in resources", &[]),
];

/// The part of the page that tells of it.
pub(super) fn moving(survey: &Survey) -> String {
    let mut text = "\n## What moves without anything being wrong\n\n\
         The head of the suite file names what no criterion asserts, because it changes without anything being wrong. \
         So many of the blind spots are there:\n\n"
        .to_owned();
    let mut among = 0;
    for (words, moving) in MOVING {
        let blind: Vec<(&str, usize)> = blind_at(survey, moving).collect();
        let changes: usize = blind.iter().map(|(_, changes)| changes).sum();
        among += changes;
        let told = match (moving, blind.as_slice()) {
            ([], _) => "not known, since other changes stand at the same paths".to_owned(),
            (_, []) => "none".to_owned(),
            (_, blind) => {
                let paths: Vec<String> = blind.iter().map(|(path, _)| format!("`{path}`")).collect();
                format!("{}, at {}", counted(changes, ("change", "changes")), paths.join(", "))
            }
        };
        text.push_str(&format!("- {words}: {told}\n"));
    }
    text.push_str(&format!(
        "\nOf the other {}, the suite file does not say that they may stay unnoticed.\n",
        grouped(survey.all.blind() - among)
    ));
    text
}

/// The paths among these, or below them, at which something is blind, each with how many changes.
fn blind_at<'s>(survey: &'s Survey, moving: &[&str]) -> impl Iterator<Item = (&'s str, usize)> {
    let is_at = |path: &str| {
        let mut below = moving.iter().filter_map(|moving| path.strip_prefix(moving));
        below.any(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
    };
    let paths = survey.paths.iter().filter(move |(path, _)| is_at(path));
    paths.map(|(path, found)| (path.as_str(), found.counts.blind())).filter(|(_, blind)| *blind > 0)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use pretty_assertions::assert_eq;
    use rstest::rstest;

    use super::{MOVING, moving};
    use crate::sensitivity::{Counts, PathCounts, Survey};

    #[rstest]
    fn the_head_of_the_suite_file_names_just_these() {
        let file = include_str!("../../works-examples.yaml");
        let head: Vec<&str> = file.lines().take_while(|line| line.starts_with('#')).collect();
        let head = head.join(" ").replace(" # ", " ");
        let words = MOVING.map(|(words, _)| words).join(", ").replace(", the web", ", and the web");
        assert!(head.contains(&format!("without anything being wrong: {words}.")), "{head}");
    }

    #[rstest]
    fn the_blind_spots_that_move_are_told_from_the_others() {
        let blind = |mutations| PathCounts {
            counts: Counts { mutations, ..Counts::default() },
            blind_in: BTreeMap::new(),
        };
        let paths =
            [("items[].id", 3), ("items[].identifiers[].value", 2), ("items[].idle", 4), ("title", 1)];
        let survey = Survey {
            all: Counts { mutations: 10, ..Counts::default() },
            paths: paths.into_iter().map(|(path, changes)| (path.to_owned(), blind(changes))).collect(),
            ..Survey::default()
        };
        let page = moving(&survey);
        let lines: Vec<&str> =
            page.lines().filter(|line| line.starts_with("- ") || line.starts_with("Of ")).collect();
        assert_eq!(
            lines,
            [
                "- item ids and item numbers: 5 changes, at `items[].id`, `items[].identifiers[].value`",
                "- subjects: none",
                "- the punctuation of names: not known, since other changes stand at the same paths",
                "- the web addresses of bought-in resources: not known, since other changes stand at the same paths",
                "Of the other 5, the suite file does not say that they may stay unnoticed.",
            ]
        );
    }
}
