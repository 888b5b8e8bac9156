//! What was seen of one page: plain data, that is saved and loaded like any other answer.

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// What Chromium calls a piece of text.
const TEXT: &str = "StaticText";

/// What was seen of one page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Seen {
    /// The address that was asked for.
    pub address: String,
    /// The address of the document that came, after all redirects.
    pub final_address: String,
    /// The HTTP status of that document.
    pub status: u16,
    /// The title of the document.
    pub title: String,
    /// The language that the document says it is in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lang: Option<String>,
    /// Whether the page had loaded and its network had fallen silent. If not, more might have come.
    pub settled: bool,
    /// What assistive technology is told, in the order of the page.
    pub tree: Vec<Node>,
    /// What can be read on the page, up to a bound.
    pub text: String,
    /// Whether there is more text than that.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub text_goes_on: bool,
    /// Uncaught exceptions, unhandled rejections, and what was logged as an error.
    pub errors: Vec<String>,
    /// The requests of the page that failed.
    pub failed: Vec<Failed>,
    /// A picture of the whole page up to a bound: WebP, in base64.
    pub screenshot: String,
}

/// One thing on a page, as assistive technology is told of it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Node {
    /// What it is, in Chromium's words: `link`, `button`, `heading`, `StaticText`, …
    pub role: String,
    /// What it is called.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// The level of a heading, or how deep an entry of a list is nested.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<u8>,
    /// Whether it cannot be used.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub disabled: bool,
    /// Whether what it opens is open, if it opens anything.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expanded: Option<bool>,
    /// Where a link leads.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub leads_to: Option<String>,
    /// What is in it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub children: Vec<Node>,
}

impl Seen {
    /// As it is kept with the evidence of a run.
    ///
    /// # Panics
    ///
    /// Never: texts and numbers can be written as JSON.
    #[must_use]
    pub fn to_json(&self) -> Value {
        serde_json::to_value(self).expect("texts and numbers can be written as JSON")
    }

    /// From the evidence of a run; `None` if it holds anything else.
    #[must_use]
    pub fn from_json(saved: &Value) -> Option<Self> {
        Self::deserialize(saved).ok()
    }

    /// What assistive technology sees, a line for each thing that has a name, indented by what it lies in.
    #[must_use]
    pub fn outline(&self) -> String {
        let mut lines = Vec::new();
        self.tree.iter().for_each(|node| node.outline(0, &mut lines));
        lines.join("\n")
    }
}

impl Node {
    fn outline(&self, depth: usize, lines: &mut Vec<String>) {
        let is_told = !self.name.is_empty();
        if is_told {
            let level = self.level.map(|level| format!(" (level {level})")).unwrap_or_default();
            let disabled = if self.disabled { ", disabled" } else { "" };
            let name: Vec<&str> = self.name.split_whitespace().collect();
            // As criteria call it.
            let role = if self.role == TEXT { "text" } else { &self.role };
            lines.push(format!("{}{role} “{}”{level}{disabled}", "  ".repeat(depth), name.join(" ")));
        }
        // What has one name all through is told once.
        let repeats = |child: &&Self| child.role == TEXT && child.name == self.name;
        let children = self.children.iter().filter(|child| !repeats(child));
        children.for_each(|child| child.outline(depth + usize::from(is_told), lines));
    }
}

/// A request of a page that failed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Failed {
    /// What was asked for.
    pub address: String,
    /// What happened: `answered 404`, or Chromium's name for it.
    pub why: String,
    /// Whether it belongs to the site of the page, rather than to somebody else, such as one who counts visits.
    pub own: bool,
}

#[cfg(test)]
mod tests {
    use pretty_assertions::assert_eq;
    use rstest::rstest;

    use super::*;

    fn page() -> Seen {
        Seen {
            address: "http://example.org".into(),
            final_address: "http://example.org/".into(),
            status: 200,
            title: "A page".into(),
            lang: Some("en".into()),
            settled: true,
            tree: Vec::new(),
            text: "View".into(),
            text_goes_on: true,
            errors: vec!["boo".into()],
            failed: vec![Failed { address: "a.js".into(), why: "answered 404".into(), own: true }],
            screenshot: "UklGRg==".into(),
        }
    }

    #[rstest]
    fn an_outline_tells_each_thing_once_below_what_it_lies_in() {
        let node = |role: &str, name: &str| Node { role: role.into(), name: name.into(), ..Node::default() };
        let text = node("StaticText", "View");
        let link = Node { disabled: true, children: vec![text], ..node("link", "View") };
        let unnamed = Node { children: vec![link], ..node("list", "") };
        let heading = Node { level: Some(2), ..node("heading", "Available\n  online") };
        let words = node("StaticText", "Open to all");
        let tree = vec![Node { children: vec![heading, unnamed, words], ..node("region", "Online") }];
        let seen = Seen { tree, ..page() };
        let expected = [
            "region “Online”",
            "  heading “Available online” (level 2)",
            "  link “View”, disabled",
            "  text “Open to all”",
        ];
        assert_eq!(seen.outline().lines().collect::<Vec<_>>(), expected);
    }

    #[rstest]
    #[case::a_record(serde_json::json!({ "id": "a222zvge" }))]
    #[case::text(serde_json::json!("a page"))]
    fn what_is_no_page_is_not_taken_for_one(#[case] saved: Value) {
        assert_eq!(Seen::from_json(&saved), None);
    }

    #[rstest]
    fn what_was_seen_is_the_same_when_it_is_loaded_again() {
        let button = Node { role: "button".into(), name: "View".into(), disabled: true, ..Node::default() };
        let heading = Node {
            role: "heading".into(),
            level: Some(2),
            expanded: Some(false),
            leads_to: Some("https://example.org/".into()),
            children: vec![button],
            ..Node::default()
        };
        let seen = Seen { tree: vec![heading, Node::default()], ..page() };
        let saved = serde_json::to_string(&seen).unwrap();
        assert_eq!(serde_json::from_str::<Seen>(&saved).unwrap(), seen);
    }
}
