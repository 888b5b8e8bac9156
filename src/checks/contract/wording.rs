//! Puts what the validator found into words for somebody who reads no code. None of its own texts gets
//! through.

use jsonschema::error::{TypeKind, ValidationErrorKind as Kind};
use jsonschema::{JsonType, ValidationError};
use serde_json::Value;

use super::{BodyKind, Breach, Severity, schemas};

/// How many characters of a value a finding shows.
const SHOWN: usize = 120;

/// How well a complaint about a value explains what is wrong with it, the best first;
/// `None` for complaints about the fields of an object, which all stand.
pub(super) fn rank(kind: &Kind) -> Option<u8> {
    match kind {
        Kind::Required { .. }
        | Kind::AdditionalProperties { .. }
        | Kind::UnevaluatedProperties { .. }
        | Kind::FalseSchema => None,
        Kind::Type { .. } => Some(0),
        Kind::Constant { .. } | Kind::Enum { .. } => Some(1),
        _ => Some(2),
    }
}

/// The breaches behind one error of the validator: one for each unknown field, otherwise one.
pub(super) fn breaches_of(error: &ValidationError<'_>, body: &Value) -> Vec<Breach> {
    let at = Place { pointer: error.instance_path().as_str(), value: error.instance(), body };
    let rule = rule_around(error);
    match error.kind() {
        Kind::AdditionalProperties { unexpected } | Kind::UnevaluatedProperties { unexpected } => {
            unexpected.iter().map(|field| unknown_field(&at, field, rule)).collect()
        }
        Kind::FalseSchema => vec![misplaced_field(&at)],
        Kind::Required { property } => vec![missing_field(&at, property, rule)],
        kind => vec![wrong_value(&at, kind, rule)],
    }
}

/// The breach of a body that the validator refuses without saying why.
pub(super) fn unworded(kind: BodyKind) -> Breach {
    Breach {
        pointer: String::new(),
        record: None,
        severity: Severity::Failure,
        says: "the answer does not have the documented form, and it could not be found out where".to_owned(),
        expected: format!("a body that satisfies schemas/{}", kind.schema_file()),
        found: "one that does not".to_owned(),
    }
}

/// A value, and where it stands.
struct Place<'a> {
    pointer: &'a str,
    value: &'a Value,
    body: &'a Value,
}

impl Place<'_> {
    /// What to call the value in a sentence.
    fn name(&self) -> String {
        if self.pointer.is_empty() {
            return "the answer".to_owned();
        }
        let (parent, _) = self.pointer.rsplit_once('/').unwrap_or_default();
        let last = last_step(self.pointer);
        match (last.parse::<usize>(), self.sibling("id")) {
            (Ok(index), _) => format!("entry {} of `{}`", index + 1, last_step(parent)),
            (Err(_), Some(id)) if last == "label" => format!("the `label` of {}", excerpt(id)),
            (Err(_), _) => format!("`{last}`"),
        }
    }

    /// Another field of the object that the value stands in.
    fn sibling(&self, field: &str) -> Option<&Value> {
        let (parent, _) = self.pointer.rsplit_once('/')?;
        self.body.pointer(parent)?.get(field)
    }

    fn breach(&self, severity: Severity, says: String, expected: String, found: String) -> Breach {
        let pointer = self.pointer.to_owned();
        Breach { record: record_of(&pointer, self.body), pointer, severity, says, expected, found }
    }
}

fn unknown_field(object: &Place<'_>, field: &str, rule: Option<&Value>) -> Breach {
    let pointer = format!("{}/{}", object.pointer, field.replace('~', "~0").replace('/', "~1"));
    let value = object.value.get(field).unwrap_or(&Value::Null);
    let place = Place { pointer: &pointer, value, body: object.body };
    let says =
        format!("`{field}` is a field that the contract does not know in {}", owner(object.value, rule));
    place.breach(Severity::Drift, says, format!("no field `{field}`"), excerpt(value))
}

fn misplaced_field(field: &Place<'_>) -> Breach {
    let owner = field.sibling("type").and_then(Value::as_str).unwrap_or("such an object");
    let name = last_step(field.pointer);
    let says = format!("`{name}` is a field that the contract does not know in {owner}");
    field.breach(Severity::Drift, says, format!("no field `{name}`"), excerpt(field.value))
}

fn missing_field(object: &Place<'_>, property: &Value, rule: Option<&Value>) -> Breach {
    let field = property.as_str().unwrap_or_default();
    let there: Vec<String> =
        object.value.as_object().into_iter().flatten().map(|(name, _)| format!("`{name}`")).collect();
    let found = match there.as_slice() {
        [] => "no field at all".to_owned(),
        fields => format!("only {}", fields.join(", ")),
    };
    let says = format!("`{field}` is missing in {}, where it always is", owner(object.value, rule));
    object.breach(Severity::Failure, says, format!("a field `{field}`"), shorten(&found))
}

fn wrong_value(at: &Place<'_>, kind: &Kind, rule: Option<&Value>) -> Breach {
    let found = excerpt(at.value);
    let expected = match kind {
        Kind::Type { kind } => type_words(kind),
        Kind::Constant { expected_value } => excerpt(expected_value),
        Kind::Enum { options } => one_of(options),
        Kind::Pattern { pattern } => worded(rule, || format!("text that matches {pattern}")),
        Kind::Format { format } => worded(rule, || format!("a valid {format}")),
        Kind::Minimum { limit } => format!("at least {limit}"),
        Kind::Maximum { limit } => format!("at most {limit}"),
        Kind::ExclusiveMinimum { limit } => format!("more than {limit}"),
        Kind::ExclusiveMaximum { limit } => format!("less than {limit}"),
        Kind::MinItems { limit } => format!("a list of at least {limit}"),
        Kind::MaxItems { limit } => format!("a list of at most {limit}"),
        Kind::MinLength { limit } => format!("text of at least {limit} characters"),
        Kind::MaxLength { limit } => format!("text of at most {limit} characters"),
        Kind::UniqueItems => "a list that says nothing twice".to_owned(),
        other => worded(rule, || format!("something that keeps the rule `{}`", other.keyword())),
    };
    let is = if let Kind::Type { .. } = kind { is_words(at.value).to_owned() } else { found.clone() };
    let says = format!("{} must be {expected}, and is {is}", at.name());
    at.breach(Severity::Failure, says, expected, found)
}

/// What to call an object: its ontology type, or else the title of the schema that it broke.
fn owner<'a>(object: &'a Value, rule: Option<&'a Value>) -> &'a str {
    object.get("type").and_then(Value::as_str).or_else(|| title(rule)).unwrap_or("such an object")
}

/// The schema that holds the keyword which was broken.
fn rule_around(error: &ValidationError<'_>) -> Option<&'static Value> {
    let address = error.absolute_keyword_location()?.as_str();
    let (around, _) = address.rsplit_once('/')?;
    schemas::resolve(around, "").map(|(_, schema)| schema)
}

fn title(rule: Option<&Value>) -> Option<&str> {
    rule?.get("title")?.as_str()
}

/// The rule's own title, written for people, or else what `plain` makes of it.
fn worded(rule: Option<&Value>, plain: impl FnOnce() -> String) -> String {
    title(rule).map_or_else(plain, str::to_owned)
}

fn one_of(options: &Value) -> String {
    let options: Vec<String> = options.as_array().into_iter().flatten().map(excerpt).collect();
    match options.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, others)) => format!("one of {} or {last}", others.join(", ")),
        None => "something else".to_owned(),
    }
}

fn type_words(kind: &TypeKind) -> String {
    let word = |kind: JsonType| match kind {
        JsonType::Null => "nothing (null)",
        JsonType::Boolean => "true or false",
        JsonType::Integer => "a whole number",
        JsonType::Number => "a number",
        JsonType::String => "text",
        JsonType::Array => "a list",
        JsonType::Object => "a group of named fields",
    };
    match kind {
        TypeKind::Single(kind) => word(*kind).to_owned(),
        TypeKind::Multiple(kinds) => kinds.iter().map(word).collect::<Vec<_>>().join(" or "),
    }
}

fn is_words(value: &Value) -> &'static str {
    match value {
        Value::Null => "nothing (null)",
        Value::Bool(_) => "true or false",
        Value::Number(number) if number.is_f64() => "a number with a fraction",
        Value::Number(_) => "a whole number",
        Value::String(_) => "text",
        Value::Array(_) => "a list",
        Value::Object(_) => "a group of named fields",
    }
}

/// The value as JSON, cut short if it is long.
fn excerpt(value: &Value) -> String {
    shorten(&value.to_string())
}

fn shorten(text: &str) -> String {
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}… ({} characters in all)", &text[..end], text.chars().count()),
        None => text.to_owned(),
    }
}

/// The id of the record around a place: of the entry of `results`, or of the body itself.
fn record_of(pointer: &str, body: &Value) -> Option<String> {
    let mut steps = pointer.split('/').skip(1);
    let entry = match (steps.next(), steps.next().map(str::parse::<usize>)) {
        (Some("results"), Some(Ok(index))) => body.get("results")?.get(index)?,
        _ => body,
    };
    entry.get("id")?.as_str().map(str::to_owned)
}

/// The name of the field, or the index, that a pointer ends with.
fn last_step(pointer: &str) -> String {
    let (_, step) = pointer.rsplit_once('/').unwrap_or_default();
    step.replace("~1", "/").replace("~0", "~")
}
