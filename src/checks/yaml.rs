//! JSON values as the YAML that people read in findings and snapshots: one fact per line, keys in their order.
//!
//! A writer of our own, because the YAML crates in use here only read, and this is all of it.

use std::fmt::Write;

use serde_json::Value;

/// `value` as YAML, without a trailing line break.
#[must_use]
pub fn to_yaml(value: &Value) -> String {
    let mut out = String::new();
    write_block(&mut out, value, 0);
    out.trim_start_matches('\n').trim_end().to_owned()
}

/// Writes a value that stands behind `key:` or at the top: scalars on the same line, the rest on lines below.
fn write_block(out: &mut String, value: &Value, indent: usize) {
    match value {
        Value::Object(fields) if !fields.is_empty() => {
            out.push('\n');
            for (key, value) in fields {
                write_field(out, key, value, indent);
            }
        }
        Value::Array(elements) if !elements.is_empty() => {
            out.push('\n');
            for element in elements {
                write_element(out, element, indent);
            }
        }
        scalar => {
            write_scalar(out, scalar, indent);
            out.push('\n');
        }
    }
}

fn write_field(out: &mut String, key: &str, value: &Value, indent: usize) {
    pad(out, indent);
    out.push_str(&plain_or_quoted(key));
    out.push(':');
    if is_scalar(value) {
        out.push(' ');
    }
    write_block(out, value, indent + 2);
}

/// A list element: its first field stands on the line of the dash.
fn write_element(out: &mut String, element: &Value, indent: usize) {
    let mut inner = String::new();
    write_block(&mut inner, element, indent + 2);
    pad(out, indent);
    out.push_str("- ");
    out.push_str(inner.trim_start_matches(['\n', ' ']));
}

fn write_scalar(out: &mut String, scalar: &Value, indent: usize) {
    match scalar {
        Value::String(text) if text.contains('\n') && !text.ends_with('\n') => {
            out.push_str("|-");
            for line in text.lines() {
                out.push('\n');
                if !line.is_empty() {
                    pad(out, indent);
                    out.push_str(line);
                }
            }
        }
        Value::String(text) => out.push_str(&plain_or_quoted(text)),
        other => {
            let _ = write!(out, "{other}");
        }
    }
}

fn is_scalar(value: &Value) -> bool {
    match value {
        Value::Object(fields) => fields.is_empty(),
        Value::Array(elements) => elements.is_empty(),
        _ => true,
    }
}

fn pad(out: &mut String, indent: usize) {
    out.extend(std::iter::repeat_n(' ', indent));
}

/// Text as it stands if YAML reads it back as that text, otherwise quoted.
fn plain_or_quoted(text: &str) -> String {
    let first_is_plain =
        text.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '/' | '(' | '.' | '^'));
    let means_something = matches!(text, "true" | "false" | "null" | "yes" | "no" | "on" | "off")
        || text.parse::<f64>().is_ok();
    let breaks = text.contains(": ")
        || text.contains(" #")
        || text.ends_with([':', ' '])
        || text.contains(|c: char| c.is_control());
    if first_is_plain && !means_something && !breaks {
        text.to_owned()
    } else {
        Value::from(text).to_string()
    }
}

#[cfg(test)]
mod tests {
    use pretty_assertions::assert_eq;
    use rstest::rstest;
    use serde_json::json;

    use super::to_yaml;

    #[rstest]
    #[case::scalar(json!("open"), "open")]
    #[case::text_that_looks_like_a_number(json!("1850"), "\"1850\"")]
    #[case::text_with_a_colon(json!({"title": "Oxford: its buildings"}), "title: \"Oxford: its buildings\"")]
    #[case::empty_list(json!({"items": []}), "items: []")]
    #[case::nested(
        json!({"items": [{"type": "Item", "locations": [{"type": "DigitalLocation"}]}, {"type": "Item"}]}),
        "items:\n  - type: Item\n    locations:\n      - type: DigitalLocation\n  - type: Item"
    )]
    #[case::several_lines(json!({"lettering": "one\n\ntwo"}), "lettering: |-\n  one\n\n  two")]
    fn a_value_is_written_as_people_write_yaml(#[case] value: serde_json::Value, #[case] expected: &str) {
        assert_eq!(to_yaml(&value), expected);
    }
}
