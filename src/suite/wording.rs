//! Words for what the schema finds: what is wrong with a value, and what to write instead.

use jsonschema::error::{TypeKind, ValidationErrorKind};
use jsonschema::{JsonType, ValidationError};
use serde_json::Value;

use super::fields::type_of;
use super::mistake::{Mistake, Span, listed, nearest};
use super::structure::{Found, schema_beside};
use super::tree::{Content, Tree};
use super::words::{Permalink, id_that_was_meant};
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
            Some(wrong_type(text, tree, found, *wanted, error))
        }
        // Where the schema has nothing to say of it, whoever reads the value has.
        ValidationErrorKind::Minimum { .. } | ValidationErrorKind::Maximum { .. } => message(error)
            .map(|why| Mistake::new(at, format!("{name} cannot be `{}`", error.instance())).help(why)),
        ValidationErrorKind::Pattern { pattern } => {
            let written = error.instance().as_str().unwrap_or_default();
            let mistake = pattern_mistake(name, at, written, error);
            Some(match instead(written, pattern) {
                Some(meant) => mistake.label(format!("did you mean `{meant}`?")),
                None => mistake,
            })
        }
        ValidationErrorKind::MinItems { .. } => {
            let mistake = Mistake::new(at, format!("{name} is empty")).label("add at least one entry");
            Some(mistake.help(match name.as_str() {
                "`criteria`" => "a file without criteria would let every release through",
                "`hides`" | "`on`" => "or leave this key out: it is optional",
                _ => "a criterion without examples would hold whatever the catalogue says",
            }))
        }
        // Of another type altogether: that has been said.
        ValidationErrorKind::Constant { expected_value }
            if type_of(expected_value) != type_of(error.instance()) =>
        {
            None
        }
        ValidationErrorKind::Constant { expected_value } => {
            let only = expected_value.as_str().map_or_else(|| expected_value.to_string(), str::to_owned);
            let mistake = Mistake::new(at, format!("{name} can only be `{only}`"));
            Some(mistake.label(format!("write `{only}`, or remove this key")))
        }
        ValidationErrorKind::Enum { options } if error.instance().is_string() => {
            let choices: Vec<&str> =
                options.as_array().into_iter().flatten().filter_map(Value::as_str).collect();
            Some(choice_mistake(name, at, &choices, error))
        }
        _ => None,
    }
}

/// A word that is none of those that are known.
fn choice_mistake(name: &str, at: Span, choices: &[&str], error: &ValidationError<'_>) -> Mistake {
    let written = error.instance().as_str().unwrap_or_default();
    let mistake = Mistake::new(at, format!("{name} cannot be `{written}`"));
    match nearest(written, choices.iter().copied()) {
        Some(meant) => mistake.label(format!("did you mean `{meant}`?")),
        None if choices.iter().map(|choice| choice.len()).sum::<usize>() > LONG => {
            let lines: Vec<String> = choices.iter().map(|choice| format!("`{choice}`")).collect();
            mistake.label("not known here").help(format!("known here:\n{}", lines.join("\n")))
        }
        None => mistake.label(format!("write {}", listed(choices.iter().copied(), "or"))),
    }
}

/// Choices of more letters than this have a line each.
const LONG: usize = 200;

fn pattern_mistake(name: &str, at: Span, written: &str, error: &ValidationError<'_>) -> Mistake {
    let says = if written.trim().is_empty() {
        format!("{name} is blank")
    } else {
        format!("{name} cannot be `{written}`")
    };
    Mistake::new(at, says).help(message(error).unwrap_or("it is not written as it must be"))
}

/// What the schema has to say to somebody who wrote this value.
fn message(error: &ValidationError<'_>) -> Option<&'static str> {
    schema_beside(error)?.get("patternErrorMessage")?.as_str()
}

/// What was most likely meant by a text that does not fit its pattern.
fn instead(written: &str, pattern: &str) -> Option<String> {
    if [WorkId::PATTERN, Permalink::PATTERN].contains(&pattern) {
        return id_that_was_meant(written);
    }
    let words: Vec<&str> =
        written.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let slug = words.join("-").to_lowercase();
    let fits = regex::Regex::new(pattern).is_ok_and(|pattern| pattern.is_match(&slug));
    (pattern.contains("[a-z0-9]+(-") && fits).then_some(slug)
}

fn wrong_type(
    text: &str,
    tree: &Tree,
    found: &Found,
    wanted: JsonType,
    error: &ValidationError<'_>,
) -> Mistake {
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
        (JsonType::String, Content::Scalar(Value::Number(_))) if is_share(&format!("{written}%"), error) => {
            Mistake::new(at, format!("{name} must be a share")).label(format!("write `{written}%`"))
        }
        (JsonType::String, Content::Scalar(_)) if !fits(written, error) => {
            pattern_mistake(name, at, written, error)
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
        // A single entry in brackets is a list wherever it stands, also between braces.
        (JsonType::Array, Content::Scalar(_)) => {
            Mistake::new(at, format!("{name} must be a list")).label(format!("write `[{written}]`"))
        }
        (JsonType::Array, _) => {
            Mistake::new(at, format!("{name} must be a list")).label("begin each entry with `- `")
        }
        (JsonType::Object, _) => {
            Mistake::new(at, format!("{name} must be {wants}")).help(keys_wanted(&found.name))
        }
        _ => Mistake::new(at, format!("{name} must be {wants}")).label(format!("write {wants}")),
    }
}

/// Whether a number or a truth value would be right if it were text; then quotes are all that is missing.
fn fits(written: &str, error: &ValidationError<'_>) -> bool {
    pattern(error).is_none_or(|pattern| regex::Regex::new(pattern).is_ok_and(|it| it.is_match(written)))
}

/// Whether this would be a share of the kind that is wanted here; then its sign is all that is missing.
fn is_share(written: &str, error: &ValidationError<'_>) -> bool {
    pattern(error).is_some_and(|pattern| pattern.ends_with("%$")) && fits(written, error)
}

fn pattern<'a>(error: &ValidationError<'_>) -> Option<&'a str> {
    schema_beside(error)?.get("pattern")?.as_str()
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
