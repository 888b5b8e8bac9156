//! Words for what the schema finds: what is wrong with a value, and what to write instead.

use jsonschema::error::{TypeKind, ValidationErrorKind};
use jsonschema::{JsonType, ValidationError};
use serde_json::Value;

use super::fields::type_of;
use super::mistake::{Mistake, Span};
use super::structure::{Found, schema_beside};
use super::tree::{Content, Tree};
use crate::catalogue::WorkId;

/// The mistake behind a fault; `None` if the later checks have better words for it.
pub(super) fn word(
    text: &str,
    tree: &Tree,
    found: &Found,
    kind: &ValidationErrorKind,
    error: &ValidationError<'_>,
) -> Option<Mistake> {
    let name = &found.name;
    let at = tree.headline(found.node);
    match kind {
        ValidationErrorKind::Type { kind: TypeKind::Single(wanted) } => {
            Some(wrong_type(text, tree, found, *wanted))
        }
        ValidationErrorKind::Pattern { pattern } => Some(pattern_mistake(name, at, pattern, error)),
        ValidationErrorKind::MinItems { .. } => {
            let mistake = Mistake::new(at, format!("{name} is empty")).label("add at least one entry");
            Some(mistake.help(if name == "`criteria`" {
                "a file without criteria would let every release through"
            } else {
                "a criterion without examples would hold whatever the catalogue says"
            }))
        }
        // Of another type altogether: that has been said.
        ValidationErrorKind::Constant { expected_value }
            if type_of(expected_value) != type_of(error.instance()) =>
        {
            None
        }
        ValidationErrorKind::Constant { expected_value } => Some(
            Mistake::new(at, format!("{name} can only be `{expected_value}`"))
                .label(format!("write `{expected_value}`, or remove this key")),
        ),
        _ => None,
    }
}

fn pattern_mistake(name: &str, at: Span, pattern: &str, error: &ValidationError<'_>) -> Mistake {
    let written = error.instance().as_str().unwrap_or_default();
    let says = if written.trim().is_empty() {
        format!("{name} is blank")
    } else {
        format!("{name} cannot be `{written}`")
    };
    let why = schema_beside(error).and_then(|schema| schema.get("patternErrorMessage")?.as_str());
    let mistake = Mistake::new(at, says).help(why.unwrap_or("it is not written as it must be"));
    match instead(written, pattern) {
        Some(meant) => mistake.label(format!("did you mean `{meant}`?")),
        None => mistake,
    }
}

/// What was most likely meant by a text that does not fit its pattern.
fn instead(written: &str, pattern: &str) -> Option<String> {
    if pattern == WorkId::PATTERN {
        let end = written.trim_end_matches('/').rsplit('/').next()?.split(['?', '#']).next()?.trim();
        return WorkId::parse(&end.to_lowercase()).map(|id| id.to_string());
    }
    let words: Vec<&str> =
        written.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let slug = words.join("-").to_lowercase();
    let fits = regex::Regex::new(pattern).is_ok_and(|pattern| pattern.is_match(&slug));
    (pattern.contains("[a-z0-9]+(-") && fits).then_some(slug)
}

fn wrong_type(text: &str, tree: &Tree, found: &Found, wanted: JsonType) -> Mistake {
    let at = tree.headline(found.node);
    let name = &found.name;
    let written = &text[at.start..at.end];
    let wants = match wanted {
        JsonType::String => "text",
        JsonType::Array => "a list",
        JsonType::Object => "a group of keys with values",
        JsonType::Boolean => "`true` or `false`",
        JsonType::Integer => "a whole number",
        JsonType::Number => "a number",
        JsonType::Null => "nothing",
    };
    match (wanted, tree.content(found.node)) {
        (_, Content::Scalar(Value::Null)) => {
            let at = if at.end > at.start { at } else { key_before(text, at) };
            Mistake::new(at, format!("{name} has no value")).label(format!("{wants} belongs here"))
        }
        (JsonType::String, Content::Scalar(value)) => {
            let what = if value.is_boolean() { "a truth value" } else { "a number" };
            Mistake::new(at, format!("{name} must be text, but YAML reads this as {what}"))
                .label(format!("put it in quotes: \"{written}\""))
        }
        (JsonType::String, Content::Map(_)) => Mistake::new(at, format!("{name} must be text"))
            .label("this is a group of keys with values")
            .help("text that contains a colon and a space, or begins with `{`, must be in quotes"),
        (JsonType::String, Content::List(_)) => Mistake::new(at, format!("{name} must be text"))
            .label("this is a list")
            .help("text that begins with `[` or `- ` must be in quotes"),
        (JsonType::Array, _) => {
            Mistake::new(at, format!("{name} must be a list")).label("begin each entry with `- `")
        }
        (JsonType::Object, _) => {
            Mistake::new(at, format!("{name} must be {wants}")).help(keys_wanted(&found.name))
        }
        _ => Mistake::new(at, format!("{name} must be {wants}")).label(format!("write {wants}")),
    }
}

fn keys_wanted(name: &str) -> &'static str {
    match name {
        "`approved`" => "write `{ by: Product, on: 2026-11-22 }`",
        "`known-issue`" => "write `{ link: https://…, until: 2026-12-31 }`",
        "the file" => "it begins with `criteria:`",
        _ => "write keys, each with a colon, a space and its value",
    }
}

/// The end of the line above which a value is missing.
fn key_before(text: &str, at: Span) -> Span {
    let end = text[..at.start].trim_end().len();
    let start = text[..end].rfind(['\n', ' ', '{', ',']).map_or(0, |before| before + 1);
    Span::new(start, end)
}
