//! Every rule that a schema can break, in words; with schemas made up for the purpose.

use pretty_assertions::assert_eq;
use rstest::rstest;
use serde_json::{Value, json};

use crate::checks::contract::schemas::options;
use crate::checks::contract::wording::breaches_of;

#[rstest]
#[case::minimum(json!({"minimum": 2}), json!(1), "must be at least 2, and is 1")]
#[case::maximum(json!({"maximum": 2}), json!(3), "must be at most 2, and is 3")]
#[case::above(json!({"exclusiveMinimum": 2}), json!(2), "must be more than 2, and is 2")]
#[case::below(json!({"exclusiveMaximum": 2}), json!(2), "must be less than 2, and is 2")]
#[case::few(json!({"minItems": 1}), json!([]), "must be a list of at least 1, and is []")]
#[case::many(json!({"maxItems": 0}), json!([1]), "must be a list of at most 0, and is [1]")]
#[case::short(json!({"minLength": 2}), json!("a"), "must be text of at least 2 characters, and is \"a\"")]
#[case::long(json!({"maxLength": 1}), json!("ab"), "must be text of at most 1 characters, and is \"ab\"")]
#[case::twice(
    json!({"uniqueItems": true}), json!([1, 1]),
    "must be a list that says nothing twice, and is [1,1]"
)]
#[case::pattern(json!({"pattern": "^a"}), json!("b"), "must be text that matches ^a, and is \"b\"")]
#[case::format(json!({"format": "date"}), json!("today"), "must be a valid date, and is \"today\"")]
#[case::types(
    json!({"type": ["array", "object"]}), json!(true),
    "must be a list or a group of named fields, and is true or false"
)]
#[case::one_option(json!({"enum": ["a"]}), json!("b"), "must be \"a\", and is \"b\"")]
#[case::another_rule(
    json!({"not": {"const": 1}}), json!(1),
    "must be something that keeps the rule `not`, and is 1"
)]
fn a_broken_rule_is_told_in_our_own_words(#[case] rule: Value, #[case] value: Value, #[case] says: &str) {
    let validator = options().build(&json!({"properties": {"field": rule}})).unwrap();
    let body = json!({"field": value});
    let told: Vec<String> = validator
        .iter_errors(&body)
        .flat_map(|error| breaches_of(&error, &body))
        .map(|breach| breach.says)
        .collect();
    assert_eq!(told, [format!("`field` {says}")]);
}

#[test]
fn a_long_value_is_cut_short_and_says_so() {
    let validator = options().build(&json!({"const": "a"})).unwrap();
    let body = json!("é".repeat(500));
    let error = validator.iter_errors(&body).next().unwrap();
    let found = breaches_of(&error, &body).remove(0).found;
    assert_eq!(found, format!("\"{}… (502 characters in all)", "é".repeat(119)));
}
