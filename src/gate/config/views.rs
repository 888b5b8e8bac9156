//! `PAGE_VIEWS`: how often the page of each work is viewed, so that a change can be told by how many would notice it.
//!
//! A text file with an id and a number on each line, between them blanks, a tab or a comma, where `#` begins a comment;
//! or a JSON object of numbers by id.

use std::collections::HashMap;

use super::{Misuse, Variables};
use crate::catalogue::WorkId;

/// Reads the file, if one is named.
///
/// # Errors
///
/// If it cannot be read, or a line of it is none; with the line.
pub(super) fn views(variables: &Variables) -> Result<HashMap<String, u64>, Misuse> {
    let Some(file) = variables.get("PAGE_VIEWS") else { return Ok(HashMap::new()) };
    if file.trim().is_empty() {
        return Err(Misuse::new("PAGE_VIEWS is set, but empty. Give it a file of page views, or unset it."));
    }
    let text = std::fs::read_to_string(file)
        .map_err(|error| Misuse(format!("PAGE_VIEWS: {file} cannot be read ({error}).")))?;
    read(&text).map_err(|what| Misuse(format!("PAGE_VIEWS: {file}{what}")))
}

fn read(text: &str) -> Result<HashMap<String, u64>, String> {
    let views = if text.trim_start().starts_with('{') { of_json(text)? } else { of_text(text)? };
    if views.is_empty() {
        return Err(
            " holds no page views. Write an id and a number on each line: `a222zvge 1204`.".to_owned()
        );
    }
    Ok(views)
}

fn of_text(text: &str) -> Result<HashMap<String, u64>, String> {
    let mut views = HashMap::new();
    for (nr, line) in text.lines().enumerate() {
        let line = line.split('#').next().unwrap_or_default().trim();
        if line.is_empty() {
            continue;
        }
        let mut parts = line.split([' ', '\t', ',']).filter(|part| !part.is_empty());
        let read = match (parts.next(), parts.next(), parts.next()) {
            (Some(id), Some(number), None) => WorkId::parse(id).zip(number.parse().ok()),
            _ => None,
        };
        let Some((id, number)) = read else {
            return Err(format!(
                ", line {}: `{line}` is not an id and a number. Write them as in `a222zvge 1204`.",
                nr + 1
            ));
        };
        if views.insert(id.to_string(), number).is_some() {
            return Err(format!(", line {}: {id} stands here twice. Add the two numbers up.", nr + 1));
        }
    }
    Ok(views)
}

fn of_json(text: &str) -> Result<HashMap<String, u64>, String> {
    let views: HashMap<String, u64> = serde_json::from_str(text).map_err(|error| {
        format!(
            ", line {}: {error}. Write an object of numbers by id: `{{\"a222zvge\": 1204}}`.",
            error.line()
        )
    })?;
    match views.keys().find(|id| WorkId::parse(id).is_none()) {
        Some(id) => {
            let line = text.lines().position(|line| line.contains(id.as_str())).unwrap_or_default() + 1;
            Err(format!(", line {line}: `{id}` is not the id of a work. Write one such as `a222zvge`."))
        }
        None => Ok(views),
    }
}

#[cfg(test)]
mod tests {
    use pretty_assertions::assert_eq;
    use rstest::rstest;

    use super::read;

    #[rstest]
    #[case::blanks("# views of a year\na222zvge 1204\na2239muq\t7 # a book\n\n")]
    #[case::commas("a222zvge,1204\r\na2239muq, 7\r\n")]
    #[case::json("{\"a222zvge\": 1204,\n \"a2239muq\": 7}")]
    fn page_views_are_read_by_work(#[case] text: &str) {
        let mut views: Vec<(String, u64)> = read(text).unwrap().into_iter().collect();
        views.sort();
        assert_eq!(views, [("a222zvge".to_owned(), 1204), ("a2239muq".to_owned(), 7)]);
    }

    #[rstest]
    #[case::no_number("a222zvge 3\na2239muq many\n", "line 2: `a2239muq many` is not an id and a number")]
    #[case::no_id("nonsense! 3\n", "line 1: `nonsense! 3` is not an id and a number")]
    #[case::too_much("a222zvge 3 4\n", "line 1")]
    #[case::twice("a222zvge 3\na222zvge 4\n", "line 2: a222zvge stands here twice")]
    #[case::nothing("# nothing yet\n", "holds no page views")]
    #[case::json_that_is_none("{\"a222zvge\": 3,\n\"a2239muq\": \"7\"}", "line 2: invalid type")]
    #[case::json_without_ids(
        "{\"a222zvge\": 3,\n\"nonsense!\": 7}",
        "line 2: `nonsense!` is not the id of a work"
    )]
    fn what_is_wrong_is_told_with_its_line(#[case] text: &str, #[case] says: &str) {
        let error = read(text).unwrap_err();
        assert!(error.contains(says), "{error}");
    }
}
