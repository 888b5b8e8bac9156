//! Walking a document along a path of keys, through every list on the way.

use serde_json::Value;

/// A path of keys; lists on the way are entered.
pub type Path = &'static [&'static str];

/// Calls `visit` with every value at `path`.
pub fn visit<'a>(value: &'a Value, path: &[&str], visit_value: &mut dyn FnMut(&'a Value)) {
    match (value, path) {
        (Value::Array(values), _) => values.iter().for_each(|value| visit(value, path, visit_value)),
        (_, []) => visit_value(value),
        (_, [key, rest @ ..]) => {
            // Asking the value, not its map, keeps to code that serde_json has compiled and optimised.
            if let Some(value) = value.get(*key) {
                visit(value, rest, visit_value);
            }
        }
    }
}

/// Every text at `path`.
#[must_use]
pub fn texts<'a>(value: &'a Value, path: &[&str]) -> Vec<&'a str> {
    let mut texts = vec![];
    visit(value, path, &mut |found| texts.extend(found.as_str()));
    texts
}

/// Every value at `path`.
#[must_use]
pub fn values<'a>(value: &'a Value, path: &[&str]) -> Vec<&'a Value> {
    let mut values = vec![];
    visit(value, path, &mut |found| values.push(found));
    values
}

#[cfg(test)]
mod tests {
    use pretty_assertions::assert_eq;
    use serde_json::json;

    use super::*;

    #[test]
    fn lists_on_the_way_are_entered() {
        let work =
            json!({"items": [{"locations": [{"id": "a"}, {"id": "b"}]}, {"locations": []}, {"note": 1}]});
        assert_eq!(texts(&work, &["items", "locations", "id"]), ["a", "b"]);
    }
}
