//! The accessibility tree, from Chromium's list of nodes. Pure.
//!
//! What says nothing to anybody is left out, and what is in it moves up to where it was.

use std::collections::HashMap;

use serde::Deserialize;
use serde_json::Value;

use super::Node;

/// How deep the tree goes. What is deeper stands beside its parent instead, so that the tree can be loaded again: a
/// reader of JSON refuses what is nested too deeply.
const DEEPEST: usize = 40;

/// The answer to `Accessibility.getFullAXTree`.
#[derive(Debug, Deserialize)]
pub(super) struct Nodes {
    nodes: Vec<AxNode>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct AxNode {
    node_id: String,
    parent_id: Option<String>,
    ignored: bool,
    #[serde(default)]
    role: AxValue,
    #[serde(default)]
    name: AxValue,
    #[serde(default)]
    properties: Vec<AxProperty>,
    #[serde(default)]
    child_ids: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
struct AxValue {
    #[serde(default)]
    value: Value,
}

#[derive(Debug, Deserialize)]
struct AxProperty {
    name: String,
    value: AxValue,
}

impl Nodes {
    /// The tree that they are.
    pub fn into_tree(self) -> Vec<Node> {
        let roots: Vec<String> = self
            .nodes
            .iter()
            .filter(|node| node.parent_id.is_none())
            .map(|node| node.node_id.clone())
            .collect();
        let mut nodes = self.nodes.into_iter().map(|node| (node.node_id.clone(), node)).collect();
        grow(&mut nodes, &roots, 0)
    }
}

/// The nodes of these names, with all that is in them. Each is taken once, so that no circle can go on for ever.
fn grow(nodes: &mut HashMap<String, AxNode>, names: &[String], depth: usize) -> Vec<Node> {
    let mut grown = Vec::new();
    for name in names {
        let Some(node) = nodes.remove(name) else { continue };
        if node.says_nothing() {
            grown.extend(grow(nodes, &node.child_ids, depth));
        } else if depth + 1 < DEEPEST {
            let children = grow(nodes, &node.child_ids, depth + 1);
            grown.push(Node { children, ..node.told() });
        } else {
            grown.push(node.told());
            grown.extend(grow(nodes, &node.child_ids, depth));
        }
    }
    grown
}

impl AxNode {
    /// Boxes of lines and bullets are how text is laid out, not what it says; the page itself is told by its title.
    fn says_nothing(&self) -> bool {
        let is_layout = match self.role.text() {
            "InlineTextBox" | "LineBreak" | "ListMarker" | "RootWebArea" => true,
            "generic" | "none" => self.name.text().trim().is_empty(),
            _ => false,
        };
        self.ignored || is_layout
    }

    fn told(&self) -> Node {
        let level = self.property("level").and_then(Value::as_u64);
        Node {
            role: self.role.text().to_owned(),
            name: self.name.text().split_whitespace().collect::<Vec<_>>().join(" "),
            level: level.and_then(|level| level.try_into().ok()),
            disabled: self.property("disabled") == Some(&Value::Bool(true)),
            expanded: self.property("expanded").and_then(Value::as_bool),
            leads_to: self.property("url").and_then(Value::as_str).map(str::to_owned),
            children: Vec::new(),
        }
    }

    fn property(&self, name: &str) -> Option<&Value> {
        self.properties.iter().find(|property| property.name == name).map(|property| &property.value.value)
    }
}

impl AxValue {
    fn text(&self) -> &str {
        self.value.as_str().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use pretty_assertions::assert_eq;
    use rstest::rstest;
    use serde_json::json;

    use super::*;

    /// A node of Chromium's list with a name.
    fn ax(id: &str, parent: Option<&str>, role: &str, name: &str, children: &[&str]) -> Value {
        json!({
            "nodeId": id,
            "parentId": parent,
            "ignored": false,
            "role": { "type": "role", "value": role },
            "name": { "type": "computedString", "value": name, "sources": [] },
            "properties": [],
            "childIds": children,
        })
    }

    /// One whose children, of which there is none or one, is next in the list.
    fn chain(role: &str, length: usize) -> Vec<Value> {
        let names: Vec<String> = (0..=length).map(|nr| nr.to_string()).collect();
        let child = |nr: usize| if nr + 1 < length { vec![names[nr + 1].as_str()] } else { vec![] };
        let parent = |nr: usize| nr.checked_sub(1).map(|nr| names[nr].as_str());
        (0..length).map(|nr| ax(&names[nr], parent(nr), role, &names[nr], &child(nr))).collect()
    }

    fn tree(nodes: &[Value]) -> Vec<Node> {
        serde_json::from_value::<Nodes>(json!({ "nodes": nodes })).unwrap().into_tree()
    }

    fn node(role: &str, name: &str, children: Vec<Node>) -> Node {
        Node { role: role.into(), name: name.into(), children, ..Node::default() }
    }

    #[rstest]
    fn children_stand_in_their_order_wherever_the_list_has_them() {
        let nodes = [
            ax("4", Some("2"), "link", "second", &[]),
            ax("3", Some("2"), "link", "first", &[]),
            ax("2", None, "navigation", "Menu", &["3", "4"]),
        ];
        let links = vec![node("link", "first", vec![]), node("link", "second", vec![])];
        assert_eq!(tree(&nodes), [node("navigation", "Menu", links)]);
    }

    #[rstest]
    #[case::page("RootWebArea", "A title")]
    #[case::group_without_name("generic", "")]
    #[case::presentation("none", " ")]
    #[case::line("InlineTextBox", "View")]
    fn what_says_nothing_gives_way_to_what_is_in_it(#[case] role: &str, #[case] name: &str) {
        let nodes = [ax("1", None, role, name, &["2"]), ax("2", Some("1"), "button", "View", &[])];
        assert_eq!(tree(&nodes), [node("button", "View", vec![])]);
    }

    #[rstest]
    fn what_is_ignored_gives_way_to_what_is_in_it() {
        let ignored =
            json!({ "nodeId": "1", "ignored": true, "role": { "value": "button" }, "childIds": ["2"] });
        assert_eq!(tree(&[ignored, ax("2", Some("1"), "link", "View", &[])]), [node("link", "View", vec![])]);
    }

    #[rstest]
    fn a_group_with_a_name_stays() {
        assert_eq!(tree(&[ax("1", None, "generic", "Results", &[])]), [node("generic", "Results", vec![])]);
    }

    #[rstest]
    fn white_space_in_a_name_is_as_it_is_read() {
        assert_eq!(tree(&[ax("1", None, "link", " View\n  it ", &[])]), [node("link", "View it", vec![])]);
    }

    #[rstest]
    fn states_are_told() {
        let mut heading = ax("1", None, "heading", "Available online", &[]);
        heading["properties"] = json!([
            { "name": "level", "value": { "type": "integer", "value": 2 } },
            { "name": "disabled", "value": { "type": "boolean", "value": true } },
            { "name": "expanded", "value": { "type": "booleanOrUndefined", "value": false } },
            { "name": "url", "value": { "type": "string", "value": "https://example.org/" } },
            { "name": "of a Chromium to come", "value": { "type": "new" } },
        ]);
        let told = Node {
            level: Some(2),
            disabled: true,
            expanded: Some(false),
            leads_to: Some("https://example.org/".into()),
            ..node("heading", "Available online", vec![])
        };
        assert_eq!(tree(&[heading]), [told]);
    }

    #[rstest]
    fn a_tree_that_is_too_deep_to_be_loaded_again_loses_nothing() {
        let deep = tree(&chain("group", 300));
        let saved = serde_json::to_string(&deep).unwrap();
        assert_eq!(serde_json::from_str::<Vec<Node>>(&saved).unwrap(), deep);
        assert_eq!(saved.matches("\"role\"").count(), 300);
    }

    #[rstest]
    fn a_circle_ends() {
        let nodes = [ax("1", None, "group", "a", &["2"]), ax("2", Some("1"), "group", "b", &["1", "2"])];
        assert_eq!(tree(&nodes), [node("group", "a", vec![node("group", "b", vec![])])]);
    }
}
