//! From YAML text to a [`Tree`]: syntax, and the parts of YAML that the suite file does without.
//!
//! Anchors and aliases are refused, so that a few lines cannot unfold into millions; tags, so that a value is what it
//! looks like; duplicate keys, because one of the two would silently be lost.

use saphyr_parser::{Event, Marker, Parser, ScalarStyle, ScanError};
use serde_json::Value;

use super::mistake::{Mistake, Span};
use super::tree::{Content, Entry, Node, NodeId, Tree};
use super::{scalar, syntax};

/// Deeper than any shape needs to be; keeps recursion over the tree safe.
const MAX_DEPTH: usize = 64;

/// What was read: the tree if the text is YAML at all, and the mistakes on the way.
#[derive(Debug, Default)]
pub(super) struct Grown {
    pub tree: Option<Tree>,
    pub mistakes: Vec<Mistake>,
    /// Places about which enough has been said: what stands there could not be read.
    pub unreadable: Vec<Span>,
}

/// Reads a YAML text.
pub(super) fn grow(text: &str) -> Grown {
    let mut grower = Grower { text, places: Places::of(text), ..Grower::default() };
    for event in Parser::new_from_str(text) {
        let step = match event {
            Ok((event, span)) => {
                let span = grower.places.span(text, span);
                grower.take(&event, span)
            }
            Err(error) => grower.syntax(&error),
        };
        if step.is_err() {
            return grower.grown;
        }
    }
    grower.grown.tree = (!grower.tree.nodes.is_empty()).then_some(grower.tree);
    grower.grown
}

#[derive(Default)]
struct Grower<'a> {
    text: &'a str,
    places: Places,
    tree: Tree,
    /// The lists and maps that are not closed yet, innermost last.
    open: Vec<Open>,
    documents: usize,
    /// The signs of those parts of YAML that have been refused.
    refused: Vec<char>,
    grown: Grown,
}

/// A list or map that is not closed yet, and in a map the key that waits for its value.
struct Open {
    id: NodeId,
    key: Option<(String, Span)>,
}

/// The rest of the file cannot be understood; the reason stands among the mistakes.
struct Stop;

impl Grower<'_> {
    /// Takes one event.
    fn take(&mut self, event: &Event<'_>, span: Span) -> Result<(), Stop> {
        match event {
            Event::DocumentStart(_) => self.document(span),
            Event::Alias(_) => {
                self.alias(span);
                Ok(())
            }
            Event::Scalar(text, style, anchor, tag) => {
                self.refuse_extras(*anchor, tag.is_some(), span);
                self.scalar(text, *style, span)
            }
            Event::SequenceStart(anchor, tag) => {
                self.refuse_extras(*anchor, tag.is_some(), span);
                self.begin(Content::List(Vec::new()), span)
            }
            Event::MappingStart(anchor, tag) => {
                self.refuse_extras(*anchor, tag.is_some(), span);
                self.begin(Content::Map(Vec::new()), span)
            }
            Event::SequenceEnd | Event::MappingEnd => {
                self.close(span);
                Ok(())
            }
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => Ok(()),
        }
    }

    fn document(&mut self, span: Span) -> Result<(), Stop> {
        self.documents += 1;
        if self.documents == 1 {
            return Ok(());
        }
        self.stop(Mistake::new(span, "a second document begins here").label("remove this line").help(
            "the file is one document with one `criteria:` list; a line of `---` would begin another one",
        ))
    }

    fn alias(&mut self, span: Span) {
        self.grown.unreadable.push(span);
        self.refuse(span, '*', "aliases (`*name`)", "write the value out");
        self.value(Content::Scalar(Value::Null), span);
    }

    fn refuse_extras(&mut self, anchor: usize, tagged: bool, span: Span) {
        if anchor != 0 {
            let at = self.token(span, '&');
            self.refuse(
                at,
                '&',
                "anchors (`&name`)",
                "remove it, and write the value out where it is needed",
            );
        }
        if tagged {
            let at = self.token(span, '!');
            self.refuse(at, '!', "tags (`!name`)", "remove it");
        }
    }

    /// Refuses a part of YAML once: if it is all over the file, one place is enough to understand.
    fn refuse(&mut self, at: Span, sign: char, what: &str, instead: &str) {
        if self.refused.contains(&sign) {
            return;
        }
        self.refused.push(sign);
        self.grown.mistakes.push(
            Mistake::new(at, format!("{what} are not allowed in this file, here or further down"))
                .label(instead)
                .help(format!("if this is text that begins with `{sign}`, put it in quotes")),
        );
    }

    /// The word with this sign before it, which stands at the beginning of a node or before it on its line.
    fn token(&self, node: Span, sign: char) -> Span {
        let line = self.text[..node.start].rfind('\n').map_or(0, |newline| newline + 1);
        let start = if self.text[node.start..].starts_with(sign) {
            node.start
        } else {
            self.text[line..node.start].rfind(sign).map_or(node.start, |offset| line + offset)
        };
        let rest = &self.text[start..];
        Span::new(start, start + rest.find(char::is_whitespace).unwrap_or(rest.len()))
    }

    fn scalar(&mut self, text: &str, style: ScalarStyle, span: Span) -> Result<(), Stop> {
        if let Some(map) = self.waiting_for_a_key() {
            return self.key(map, text, span);
        }
        let value = match style {
            ScalarStyle::Plain => scalar::resolve(text),
            ScalarStyle::SingleQuoted
            | ScalarStyle::DoubleQuoted
            | ScalarStyle::Literal
            | ScalarStyle::Folded => Value::String(text.to_owned()),
        };
        self.value(Content::Scalar(value), span);
        Ok(())
    }

    /// The innermost map, if the next node is a key of it.
    fn waiting_for_a_key(&self) -> Option<NodeId> {
        let open = self.open.last()?;
        let is_map = matches!(self.tree.content(open.id), Content::Map(_));
        (is_map && open.key.is_none()).then_some(open.id)
    }

    fn key(&mut self, map: NodeId, key: &str, span: Span) -> Result<(), Stop> {
        if key.is_empty() {
            return self
                .stop(Mistake::new(span, "a key is missing before this `:`").label("write the key first"));
        }
        if let Some(first) = self.tree.entry(map, key) {
            let mistake = Mistake::new(span, format!("`{key}` stands here twice"))
                .label("remove one of the two, or join them; if a new entry begins here, put `- ` before its first line")
                .also(first.key_span, "the first is here");
            self.grown.mistakes.push(mistake);
        }
        if let Some(open) = self.open.last_mut() {
            open.key = Some((key.to_owned(), span));
        }
        Ok(())
    }

    fn begin(&mut self, content: Content, span: Span) -> Result<(), Stop> {
        if self.waiting_for_a_key().is_some() {
            return self.stop(
                Mistake::new(span, "a list or a group cannot be a key")
                    .label("a word and a colon belong here")
                    .help("if this is text that begins with `[` or `{`, put it in quotes"),
            );
        }
        if self.open.len() >= MAX_DEPTH {
            return self.stop(
                Mistake::new(span, format!("this is nested more than {MAX_DEPTH} levels deep"))
                    .label("no criterion needs that"),
            );
        }
        let id = self.value(content, span);
        self.open.push(Open { id, key: None });
        Ok(())
    }

    /// Puts a new node where it belongs: into the innermost list, or under the key that waits for it.
    fn value(&mut self, content: Content, span: Span) -> NodeId {
        let id = NodeId(self.tree.nodes.len());
        let parent = self.open.last().map(|open| open.id);
        self.tree.nodes.push(Node { span, parent, content });
        if let Some(open) = self.open.last_mut() {
            match (&mut self.tree.nodes[open.id.0].content, open.key.take()) {
                (Content::Map(entries), Some((key, key_span))) => {
                    // Of two equal keys the first one counts; the second has been reported.
                    if !entries.iter().any(|entry| entry.key == key) {
                        entries.push(Entry { key, key_span, value: id });
                    }
                }
                (Content::List(items), _) => items.push(id),
                (Content::Map(_) | Content::Scalar(_), _) => {}
            }
        }
        id
    }

    fn close(&mut self, end: Span) {
        let Some(open) = self.open.pop() else { return };
        let last = match self.tree.content(open.id) {
            Content::List(items) => items.last().copied(),
            Content::Map(entries) => entries.last().map(|entry| entry.value),
            Content::Scalar(_) => None,
        };
        let inner = last.map_or(0, |last| self.tree.node(last).span.end);
        let flow = if end.end > end.start { end.end } else { 0 };
        let span = &mut self.tree.nodes[open.id.0].span;
        *span = Span::new(span.start, inner.max(flow).max(span.end));
    }

    fn syntax(&mut self, error: &ScanError) -> Result<(), Stop> {
        let place = self.places.byte(self.text, *error.marker());
        self.stop(syntax::word(self.text, place, error.info()))
    }

    fn stop(&mut self, mistake: Mistake) -> Result<(), Stop> {
        self.grown.mistakes.push(mistake);
        Err(Stop)
    }
}

/// Turns the parser's places, which count characters, into bytes.
#[derive(Default)]
struct Places {
    /// The byte at which each character starts; empty if the text is ASCII, where the two are the same.
    bytes: Vec<usize>,
}

impl Places {
    fn of(text: &str) -> Self {
        if text.is_ascii() {
            return Self::default();
        }
        Self { bytes: text.char_indices().map(|(byte, _)| byte).collect() }
    }

    fn byte(&self, text: &str, marker: Marker) -> usize {
        let index = marker.index();
        let byte = if self.bytes.is_empty() { index } else { *self.bytes.get(index).unwrap_or(&text.len()) };
        byte.min(text.len())
    }

    /// The span without the white space at its end, which the parser counts in for block scalars.
    fn span(&self, text: &str, span: saphyr_parser::Span) -> Span {
        let (start, end) = (self.byte(text, span.start), self.byte(text, span.end));
        let within = text.get(start..end.max(start)).unwrap_or_default();
        Span::new(start, start + within.trim_end().len())
    }
}
