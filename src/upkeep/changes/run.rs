//! Of which run a page of changes is: what was judged, and what the gate said of it, as `verdict.json` tells.

use serde_json::Value;

use crate::numbers::counted;
use crate::report::github::{code, words};

/// So many failing checks are named.
const SHOWN: usize = 10;

/// The paragraphs that a page begins with, so that nobody approves unknowingly what the gate blocks.
///
/// # Errors
///
/// If this is no verdict.
pub(super) fn told(verdict: &str) -> Result<String, String> {
    let verdict: Value = serde_json::from_str(verdict).map_err(|error| format!("it is no JSON: {error}"))?;
    let text = |pointer: &str| verdict.pointer(pointer).and_then(Value::as_str);
    let (Some(decision), Some(stage)) = (text("/decision"), text("/stage/url")) else {
        return Err("it names no decision, or no stage".to_owned());
    };
    let index = text("/stage/indexAtStart/worksIndex");
    let changed = index != text("/stage/indexAtEnd/worksIndex");
    let place = format!(
        "Taken of {}, which served {}{}, {}.",
        words(stage, 200),
        index.map_or_else(
            || "an index without a name".to_owned(),
            |index| format!("the index {}", code(index, 100))
        ),
        if changed { " at first, and **another one at the end**" } else { "" },
        text("/stage/elasticCluster").map_or_else(
            || "in its own cluster".to_owned(),
            |name| format!("in the cluster {}", code(name, 100))
        )
    );
    let names = |list: &str| -> Vec<&str> {
        verdict.get(list).and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).collect()
    };
    let (failed, undecided) = (names("failed"), names("undecided"));
    let checks = ("approved check", "approved checks");
    let says = format!(
        "The gate says of this run: **{}**; {} fail, {} could not be decided.",
        words(&decision.replace('-', " "), 60),
        counted(failed.len(), checks),
        counted(undecided.len(), checks)
    );
    Ok(format!("{place}\n\n{says}{}\n\n", failing(&failed)))
}

/// The checks that fail, since some of them may fail for more than a record that has changed.
fn failing(failed: &[&str]) -> String {
    if failed.is_empty() {
        return String::new();
    }
    let mut entries: Vec<String> = failed.iter().take(SHOWN).map(|name| code(name, 200)).collect();
    if failed.len() > SHOWN {
        entries.push(format!("… and {}", counted(failed.len() - SHOWN, ("more check", "more checks"))));
    }
    format!(
        " Where one fails for more than that its record has changed, merging this would record a release that is \
         blocked:\n\n- {}",
        entries.join("\n- ")
    )
}

#[cfg(test)]
mod tests {
    use pretty_assertions::assert_eq;
    use rstest::rstest;
    use serde_json::{Value, json};

    use super::told;

    fn verdict(failed: &[&str]) -> Value {
        json!({
            "decision": "nothing-concluded", "failed": failed, "undecided": ["a::b"],
            "stage": {
                "url": "https://stage.example.org/v2", "elasticCluster": "next",
                "indexAtStart": {"worksIndex": "works-1"}, "indexAtEnd": {"worksIndex": "works-1"},
            },
        })
    }

    #[rstest]
    fn it_is_told_what_was_judged_and_how_it_ended() {
        assert_eq!(
            told(&verdict(&[]).to_string()).unwrap(),
            "Taken of https://stage.example.org/v2, which served the index `works-1`, in the cluster `next`.\n\n\
             The gate says of this run: **nothing concluded**; 0 approved checks fail, 1 approved check could not be \
             decided.\n\n"
        );
    }

    #[rstest]
    fn what_fails_is_named() {
        let says = told(&verdict(&["viewed::a222zvge"; 12]).to_string()).unwrap();
        assert!(says.contains("a release that is blocked:\n\n- `viewed::a222zvge`\n- "), "{says}");
        assert!(says.ends_with("\n- … and 2 more checks\n\n"), "{says}");
    }

    #[rstest]
    #[case::another_index("/stage/indexAtEnd/worksIndex", json!("works-2"), "`works-1` at first, and **another one at the end**")]
    #[case::no_index("/stage/indexAtStart", Value::Null, "served an index without a name")]
    #[case::no_cluster("/stage/elasticCluster", Value::Null, "in its own cluster.")]
    fn what_is_not_as_usual_is_told(#[case] at: &str, #[case] value: Value, #[case] says: &str) {
        let mut verdict = verdict(&[]);
        *verdict.pointer_mut(at).unwrap() = value;
        let text = told(&verdict.to_string()).unwrap();
        assert!(text.contains(says), "{text}");
    }

    #[rstest]
    #[case::no_json("{")]
    #[case::no_decision("{}")]
    fn what_is_no_verdict_is_refused(#[case] text: &str) {
        assert!(told(text).is_err());
    }
}
