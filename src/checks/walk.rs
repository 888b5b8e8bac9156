//! Walking through a record: every value in it, with its place as people write it.

use serde_json::Value;

/// Calls `visit` with the place and the value of each thing in a record, from the outside in.
pub(super) fn each_value<'v>(value: &'v Value, visit: &mut impl FnMut(&str, &'v Value)) {
    walk(value, &mut String::new(), visit);
}

/// Calls `visit` with the place, the name of the field and the text of each text in a record.
pub(super) fn each_text<'v>(value: &'v Value, visit: &mut impl FnMut(&str, &str, &'v str)) {
    each_value(value, &mut |at, value| {
        if let Some(text) = value.as_str() {
            let last = at.rsplit('.').next().unwrap_or(at);
            visit(at, last.split('[').next().unwrap_or(last), text);
        }
    });
}

fn walk<'v>(value: &'v Value, at: &mut String, visit: &mut impl FnMut(&str, &'v Value)) {
    visit(at, value);
    let here = at.len();
    match value {
        Value::Object(fields) => {
            for (name, field) in fields {
                if here > 0 {
                    at.push('.');
                }
                at.push_str(name);
                walk(field, at, visit);
                at.truncate(here);
            }
        }
        Value::Array(elements) => {
            for (nr, element) in elements.iter().enumerate() {
                at.push_str(&format!("[{nr}]"));
                walk(element, at, visit);
                at.truncate(here);
            }
        }
        _ => {}
    }
}

/// Two values that differ, and where.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Difference<'v> {
    /// The place, as people write it; empty for the whole.
    pub at: String,
    /// What stands there on the one side.
    pub one: Option<&'v Value>,
    /// What stands there on the other.
    pub other: Option<&'v Value>,
}

/// Where two values differ, as far inside as can be said. The order of fields is no difference.
pub(super) fn differences<'v>(one: &'v Value, other: &'v Value) -> Vec<Difference<'v>> {
    let mut found = Vec::new();
    compare(String::new(), Some(one), Some(other), &mut found);
    found
}

fn compare<'v>(
    at: String,
    one: Option<&'v Value>,
    other: Option<&'v Value>,
    found: &mut Vec<Difference<'v>>,
) {
    match (one, other) {
        _ if one == other => {}
        (Some(Value::Object(ones)), Some(Value::Object(others))) => {
            let added = others.keys().filter(|name| !ones.contains_key(*name));
            for name in ones.keys().chain(added) {
                let at = if at.is_empty() { name.clone() } else { format!("{at}.{name}") };
                compare(at, ones.get(name), others.get(name), found);
            }
        }
        (Some(Value::Array(ones)), Some(Value::Array(others))) if ones.len() == others.len() => {
            for (nr, (one, other)) in ones.iter().zip(others).enumerate() {
                compare(format!("{at}[{nr}]"), Some(one), Some(other), found);
            }
        }
        _ => found.push(Difference { at, one, other }),
    }
}

#[cfg(test)]
mod tests {
    use pretty_assertions::assert_eq;
    use rstest::rstest;
    use serde_json::{Value, json};

    use super::{differences, each_text};

    #[rstest]
    fn every_text_is_met_with_its_place_and_its_field() {
        let record = json!({"title": "a", "notes": [{"contents": ["b", "c"]}], "n": 1, "frequency": ["d"]});
        let mut met = Vec::new();
        each_text(&record, &mut |at, field, text| met.push(format!("{at} {field} {text}")));
        assert_eq!(
            met,
            [
                "title title a",
                "notes[0].contents[0] contents b",
                "notes[0].contents[1] contents c",
                "frequency[0] frequency d"
            ]
        );
    }

    #[rstest]
    #[case::nothing(json!({"a": 1, "b": 2}), json!({"b": 2, "a": 1}), &[])]
    #[case::a_field_inside(json!({"a": [{"b": 1}]}), json!({"a": [{"b": 2}]}), &["a[0].b"])]
    #[case::a_field_too_few(json!({"a": 1, "b": 2}), json!({"a": 1}), &["b"])]
    #[case::a_field_too_many(json!({"a": 1}), json!({"a": 1, "b": 2}), &["b"])]
    #[case::an_element_too_few(json!({"a": [1, 2]}), json!({"a": [1]}), &["a"])]
    #[case::the_order_of_a_list(json!([1, 2]), json!([2, 1]), &["[0]", "[1]"])]
    fn two_values_differ_in_these_places(#[case] one: Value, #[case] other: Value, #[case] places: &[&str]) {
        let found: Vec<String> = differences(&one, &other).into_iter().map(|it| it.at).collect();
        assert_eq!(found, places);
    }
}
