//! What is wrong with the answer to a link. Only the beginning of its body is kept.

use super::found::Link;
use crate::catalogue::{Address, Answer, Body};
use crate::suite::LinkKind;
use crate::verdict::Finding;

/// Where an answer leads on, if it is a redirect that can be followed.
pub(super) fn leads_to(from: &Address, answer: &Answer) -> Option<Address> {
    let is_redirect = matches!(answer.status, 301 | 302 | 303 | 307 | 308);
    from.leading_to(answer.location.as_deref().filter(|_| is_redirect)?)
}

/// What is wrong with the answer to this link, if anything.
pub(super) fn wrong(link: &Link, answer: &Answer) -> Option<Finding> {
    let expected = format!("200 with {}", wanted(link.kind));
    let says = match answer.status {
        200 => wrong_body(link.kind, answer)?,
        300..=399 => "it leads on, and a second hop is not followed".to_owned(),
        401 | 403 => "its host lets nobody in".to_owned(),
        404 | 410 => "there is nothing at its address".to_owned(),
        _ => "its host fails".to_owned(),
    };
    Some(link.finding_of(&says, expected, format!("{} from {}", described(answer), link.address)))
}

fn wrong_body(kind: LinkKind, answer: &Answer) -> Option<String> {
    let (content_type, beginning) = body(answer);
    let essence = content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let is_right = match kind {
        LinkKind::Thumbnail => essence.starts_with("image/"),
        LinkKind::Manifests | LinkKind::Images => {
            matches!(essence.as_str(), "application/json" | "application/ld+json")
        }
    };
    if !is_right {
        return Some("the answer is of another type".to_owned());
    }
    if beginning.is_empty() {
        return Some("the answer is empty".to_owned());
    }
    let is_json = beginning.trim_start_matches('\u{feff}').trim_start().starts_with('{');
    (kind != LinkKind::Thumbnail && !is_json)
        .then(|| "the answer says that it is JSON, but is not".to_owned())
}

/// The content type of an answer, and how its body begins.
fn body(answer: &Answer) -> (&str, String) {
    match &answer.body {
        Body::Json(value) => ("application/json", value.to_string()),
        Body::Text { content_type, text } => (content_type, text.clone()),
    }
}

fn wanted(kind: LinkKind) -> &'static str {
    match kind {
        LinkKind::Thumbnail => "a picture (image/…)",
        LinkKind::Manifests | LinkKind::Images => "JSON (application/json or application/ld+json)",
    }
}

fn described(answer: &Answer) -> String {
    let (content_type, beginning) = body(answer);
    let content_type = if content_type.is_empty() { "no content type" } else { content_type };
    let to = answer.location.as_ref().map(|location| format!(" to {location}")).unwrap_or_default();
    let beginning: String = beginning.chars().filter(|sign| !sign.is_control()).take(60).collect();
    let begins = if content_type.starts_with("text/") {
        format!(", which begins `{beginning}`")
    } else {
        String::new()
    };
    format!("{}{to} with {content_type}{begins}", answer.status)
}
