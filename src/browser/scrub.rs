//! What a cookie holds is told nowhere, not even if a page says it; only a picture of the page can still show it.

use std::borrow::Cow;

use serde_json::Value;

use super::Cookie;

/// What stands where the value of a cookie stood.
const INSTEAD: &str = "[cookie]";
/// What is shorter is no secret but a word, such as `true`, that may stand anywhere.
const SHORTEST: usize = 8;

/// The text without what these cookies hold.
pub(super) fn text<'a>(text: &'a str, cookies: &[Cookie]) -> Cow<'a, str> {
    let secrets = cookies.iter().map(|cookie| cookie.value.as_str()).filter(|value| value.len() >= SHORTEST);
    secrets.fold(Cow::Borrowed(text), |text, secret| {
        if text.contains(secret) { Cow::Owned(text.replace(secret, INSTEAD)) } else { text }
    })
}

/// The same for every text in here; the names of fields are the gate's own.
pub(super) fn json(value: &mut Value, cookies: &[Cookie]) {
    match value {
        Value::String(string) => {
            if let Cow::Owned(clean) = text(string, cookies) {
                *string = clean;
            }
        }
        Value::Array(list) => list.iter_mut().for_each(|item| json(item, cookies)),
        Value::Object(fields) => fields.values_mut().for_each(|item| json(item, cookies)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use pretty_assertions::assert_eq;
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::a_secret("s3cr3t-c00kie", "a [cookie] and [cookie]")]
    #[case::a_word("s3cr3t-", "a s3cr3t-c00kie and s3cr3t-c00kie")]
    fn what_a_cookie_holds_is_left_out_unless_it_is_but_a_word(#[case] value: &str, #[case] left: &str) {
        let cookies = [Cookie { name: "session".into(), value: value.into() }];
        assert_eq!(text("a s3cr3t-c00kie and s3cr3t-c00kie", &cookies), left);
    }
}
