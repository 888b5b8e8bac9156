//! What a plain (unquoted) scalar means: the core schema of YAML 1.2, and nothing else.
//!
//! So `yes`, `on` and `2026-11-22` are text, `true` is a truth value, and `0123` and `12e3` are numbers
//! (where text is wanted, the reader of the file asks for quotes).

use serde_json::{Number, Value};

/// The value of a plain scalar. Numbers too large for JSON, and `.inf` and `.nan`, become `f64::MAX`:
/// still a number, so that text which looks like one (`12e45678`) must be quoted.
pub(super) fn resolve(plain: &str) -> Value {
    match plain {
        "" | "~" | "null" | "Null" | "NULL" => Value::Null,
        "true" | "True" | "TRUE" => Value::Bool(true),
        "false" | "False" | "FALSE" => Value::Bool(false),
        _ => number(plain).map_or_else(|| Value::String(plain.to_owned()), Value::Number),
    }
}

fn number(plain: &str) -> Option<Number> {
    if let Some(digits) = plain.strip_prefix("0x") {
        return u64::from_str_radix(digits, 16).ok().map(Number::from);
    }
    if let Some(digits) = plain.strip_prefix("0o") {
        return u64::from_str_radix(digits, 8).ok().map(Number::from);
    }
    let unsigned = plain.strip_prefix(['+', '-']).unwrap_or(plain);
    if is_special(unsigned) || plain.eq_ignore_ascii_case(".nan") {
        return Number::from_f64(f64::MAX);
    }
    if !is_decimal(unsigned) {
        return None;
    }
    plain.parse::<i64>().map(Number::from).ok().or_else(|| {
        let float = plain.parse::<f64>().ok()?;
        Number::from_f64(float.clamp(f64::MIN, f64::MAX))
    })
}

fn is_special(unsigned: &str) -> bool {
    matches!(unsigned, ".inf" | ".Inf" | ".INF")
}

/// Whether the text is `( \. [0-9]+ | [0-9]+ ( \. [0-9]* )? ) ( [eE] [-+]? [0-9]+ )?`.
fn is_decimal(text: &str) -> bool {
    let digits = |part: &str| part.bytes().all(|c| c.is_ascii_digit());
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (text, None),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let exponent_fits = exponent.is_none_or(|exponent| {
        let exponent = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
        !exponent.is_empty() && digits(exponent)
    });
    digits(whole) && digits(fraction) && !(whole.is_empty() && fraction.is_empty()) && exponent_fits
}

#[cfg(test)]
mod tests {
    use rstest::rstest;
    use serde_json::{Value, json};

    use super::resolve;

    #[rstest]
    #[case::yes_is_text("yes", json!("yes"))]
    #[case::on_is_text("on", json!("on"))]
    #[case::a_day_is_text("2026-11-22", json!("2026-11-22"))]
    #[case::a_time_is_text("12:30", json!("12:30"))]
    #[case::an_id_is_text("a22e2222", json!("a22e2222"))]
    #[case::a_version_is_text("1.2.3", json!("1.2.3"))]
    #[case::a_lone_sign_is_text("-", json!("-"))]
    #[case::a_lone_dot_is_text(".", json!("."))]
    #[case::a_lone_e_is_text("e", json!("e"))]
    #[case::true_is_a_truth_value("true", json!(true))]
    #[case::nothing_is_null("", json!(null))]
    #[case::tilde_is_null("~", json!(null))]
    #[case::whole("101", json!(101))]
    #[case::leading_zero_is_a_number("0123", json!(123))]
    #[case::signed("-3", json!(-3))]
    #[case::hexadecimal("0x1F", json!(31))]
    #[case::fraction(".5", json!(0.5))]
    #[case::exponent("12e3", json!(12000.0))]
    #[case::exponent_beyond_any_number("12e45678", json!(f64::MAX))]
    #[case::infinity("-.inf", json!(f64::MAX))]
    fn plain_scalar(#[case] plain: &str, #[case] value: Value) {
        assert_eq!(resolve(plain), value);
    }
}
