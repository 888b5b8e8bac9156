//! From an expectation in the file to a [`Shape`], with everything that can be wrong with one.
//!
//! A shape that could not fail is a mistake, and so is one that could not hold: both say nothing about the catalogue.

use std::collections::HashMap;

use regex::Regex;
use serde_json::Value;

use super::Shape;
use super::expectation::Matcher;
use super::fields::{Field, Place, type_of};
use super::matchers;
use super::mistake::{Mistake, Span, listed, nearest};
use super::tree::{Content, Entry, NodeId, Tree};

/// Reads shapes from one tree, and gathers the mistakes in them.
pub(super) struct Shapes<'t> {
    pub(super) tree: &'t Tree,
    pub(super) text: &'t str,
    pub(super) mistakes: Vec<Mistake>,
    /// Patterns that have been compiled: the same ones stand in many criteria.
    pub(super) patterns: HashMap<String, Regex>,
}

impl<'t> Shapes<'t> {
    pub(super) fn new(tree: &'t Tree, text: &'t str) -> Self {
        Self { tree, text, mistakes: Vec::new(), patterns: HashMap::new() }
    }

    /// Reads the `expect` of a criterion or an example about a work.
    pub(super) fn work(&mut self, node: NodeId) -> Option<Shape> {
        self.record(node, &Place::work())
    }

    /// Reads what is expected of a whole record.
    pub(super) fn record(&mut self, node: NodeId, place: &Place) -> Option<Shape> {
        if let Some(first) = self.tree.entries(node).iter().find(|entry| Matcher::named(&entry.key).is_some())
        {
            let mistake =
                Mistake::new(first.key_span, format!("`{}` cannot be said of a whole record", first.key))
                    .label("name the field that this is about, and put it below");
            return self.refuse(mistake);
        }
        self.shape(node, place)
    }

    /// Reads how many there must be: `3`, or `{ at-least: 2, at-most: 5 }`.
    pub(super) fn how_many(&mut self, entry: &Entry) -> Option<Shape> {
        matchers::count(self, entry)
    }

    /// Reads the shape at a node, about the value at a place. `None` if there is a mistake in it.
    pub(super) fn shape(&mut self, node: NodeId, place: &Place) -> Option<Shape> {
        match self.tree.content(node) {
            Content::Scalar(value) => self.scalar(node, value, place).map(Shape::Equals),
            Content::List(items) => self.list(node, items, place),
            Content::Map(entries) => self.map(node, entries, place),
        }
    }

    /// A scalar that the value at this place can equal.
    pub(super) fn scalar(&mut self, node: NodeId, value: &Value, place: &Place) -> Option<Value> {
        let at = self.tree.node(node).span;
        if value.is_null() {
            return self.refuse(
                Mistake::new(self.seen(node), "an expected value is missing")
                    .label("write a value")
                    .help("to say that a field is not there, write `{ absent: true }`; that it is there, `{ present: true }`"),
            );
        }
        if value.as_f64().is_some_and(|number| number.abs() >= f64::MAX) {
            return self.refuse(
                Mistake::new(at, "this number is too large").label("if it is text, put it in quotes"),
            );
        }
        self.fits(at, type_of(value), place, Some(value))?;
        Some(value.clone())
    }

    fn list(&mut self, node: NodeId, items: &[NodeId], place: &Place) -> Option<Shape> {
        let at = self.tree.headline(node);
        if items.is_empty() {
            return self.refuse(
                Mistake::new(self.tree.node(node).span, "an empty list expects nothing")
                    .label("add an entry")
                    .help("to say that the list has no entries, write `{ count: 0 }`"),
            );
        }
        let fits = self.fits(at, "array", place, None);
        let element = place.element();
        let shapes: Vec<_> = items.iter().map(|item| self.shape(*item, &element)).collect();
        fits?;
        shapes.into_iter().collect::<Option<_>>().map(Shape::List)
    }

    fn map(&mut self, node: NodeId, entries: &[Entry], place: &Place) -> Option<Shape> {
        if entries.is_empty() {
            return self.refuse(
                Mistake::new(self.tree.node(node).span, "an empty group expects nothing")
                    .label("name a field")
                    .help("to say that the field is there, write `{ present: true }`"),
            );
        }
        let matchers: Vec<(Matcher, &Entry)> =
            entries.iter().filter_map(|entry| Some((Matcher::named(&entry.key)?, entry))).collect();
        if matchers.is_empty() {
            return self.object(node, entries, place);
        }
        if matchers.len() == entries.len() {
            return matchers::read(self, &matchers, place);
        }
        self.mixed(entries, &matchers, place)
    }

    fn object(&mut self, node: NodeId, entries: &[Entry], place: &Place) -> Option<Shape> {
        if place.types().is_some_and(|types| !types.contains(&"object")) {
            self.misspelt_matchers(entries)?;
        }
        self.fits(self.tree.headline(node), "object", place, None)?;
        let fields: Vec<_> = entries.iter().map(|entry| self.field(entry, place)).collect();
        fields.into_iter().collect::<Option<_>>().map(Shape::Object)
    }

    /// Where no fields can stand, keys that look like matchers were meant to be some.
    fn misspelt_matchers(&mut self, entries: &[Entry]) -> Option<()> {
        let mut none = Some(());
        for entry in entries {
            if let Some(meant) = nearest(&entry.key, Matcher::ALL.map(Matcher::name)) {
                none = self.refuse(no_matcher(entry, meant));
            }
        }
        none
    }

    fn field(&mut self, entry: &Entry, place: &Place) -> Option<(String, Shape)> {
        let Field::Known(inner) = place.field(&entry.key) else {
            let mistake = unknown_field(entry, place);
            return self.refuse(mistake);
        };
        Some((entry.key.clone(), self.shape(entry.value, &inner)?))
    }

    /// A map with both matchers and other keys.
    fn mixed(&mut self, entries: &[Entry], matchers: &[(Matcher, &Entry)], place: &Place) -> Option<Shape> {
        let (_, first) = matchers.first()?;
        for entry in entries.iter().filter(|entry| Matcher::named(&entry.key).is_none()) {
            let misspelt = nearest(&entry.key, Matcher::ALL.map(Matcher::name)).filter(|_| {
                matches!(place.field(&entry.key), Field::Unknown) || place.field_names().is_empty()
            });
            self.mistakes.push(match misspelt {
                Some(meant) => no_matcher(entry, meant),
                None => Mistake::new(
                    entry.key_span,
                    format!(
                        "the field `{}` and the matcher `{}` cannot stand side by side",
                        entry.key, first.key
                    ),
                )
                .label("this is a field of the record")
                .also(first.key_span, "this says something about the whole value")
                .help(format!(
                    "matchers are {}; put them below the field that they are about",
                    matcher_names()
                )),
            });
        }
        None
    }

    /// Whether a value of this type (and, for a scalar, with this very value) can stand at a place.
    pub(super) fn fits(&mut self, at: Span, kind: &str, place: &Place, value: Option<&Value>) -> Option<()> {
        if let Some(types) = place.types() {
            let number = |name: &str| if name == "integer" { "number".to_owned() } else { name.to_owned() };
            if !types.iter().any(|name| number(name) == kind) {
                let mistake = self.wrong_type(at, kind, types[0]);
                return self.refuse(mistake);
            }
        }
        let (Some(value), Some(values)) = (value, place.values()) else { return Some(()) };
        if values.contains(&value) {
            return Some(());
        }
        let texts: Vec<&str> = values.iter().filter_map(|value| value.as_str()).collect();
        let written = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        let mistake = Mistake::new(at, format!("the API never says `{written}` here"));
        let mistake = match nearest(&written, texts.iter().copied()) {
            Some(meant) => mistake.label(format!("did you mean `{meant}`?")),
            None => mistake.label("unknown value").help(format!("it says {}", listed(texts, "or"))),
        };
        self.refuse(mistake)
    }

    fn wrong_type(&self, at: Span, kind: &str, wanted: &str) -> Mistake {
        let written = &self.text[at.start..at.end];
        let mistake = Mistake::new(
            at,
            format!("in the API's records this is {}, and not {}", called(wanted), called(kind)),
        );
        match (wanted, kind) {
            ("string", "number" | "boolean") => mistake.label(format!("put it in quotes: \"{written}\"")),
            ("array", _) => mistake
                .label("begin each entry with `- `")
                .help("or use `every`, `none` or `count`, which are about lists"),
            _ => mistake.label(format!("{} belongs here", called(wanted))),
        }
    }

    /// The place of a node, or of its key if nothing is written there.
    fn seen(&self, node: NodeId) -> Span {
        let span = self.tree.node(node).span;
        if span.end > span.start {
            return span;
        }
        let end = self.text[..span.start].trim_end().len();
        let start = self.text[..end].rfind(['\n', ' ', '{', ',']).map_or(0, |before| before + 1);
        Span::new(start, end)
    }

    pub(super) fn refuse<T>(&mut self, mistake: Mistake) -> Option<T> {
        self.mistakes.push(mistake);
        None
    }
}

fn no_matcher(entry: &Entry, meant: &str) -> Mistake {
    Mistake::new(entry.key_span, format!("`{}` is not something that can be expected", entry.key))
        .label(format!("did you mean `{meant}`?"))
}

fn unknown_field(entry: &Entry, place: &Place) -> Mistake {
    let names = place.field_names();
    let mistake =
        Mistake::new(entry.key_span, format!("the API's records have no field `{}` here", entry.key));
    match nearest(&entry.key, names.iter().copied().chain(Matcher::ALL.map(Matcher::name))) {
        Some(meant) => mistake.label(format!("did you mean `{meant}`?")),
        None => mistake.label("unknown field").help(format!("known here: {}", listed(names, "and"))),
    }
}

fn matcher_names() -> String {
    listed(Matcher::ALL.map(Matcher::name), "and")
}

/// A JSON type in plain words.
fn called(kind: &str) -> &'static str {
    match kind {
        "string" => "text",
        "number" | "integer" => "a number",
        "boolean" => "`true` or `false`",
        "array" => "a list",
        "object" => "a group of fields",
        _ => "nothing",
    }
}
