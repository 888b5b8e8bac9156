//! The matchers of an expectation: what each of them takes, and which of them contradict one another.

use regex::Regex;
use serde_json::Value;

use super::expectation::Matcher;
use super::fields::Place;
use super::mistake::{Mistake, Span};
use super::shapes::Shapes;
use super::tree::{Content, Entry, NodeId};
use super::{Pattern, Shape};

/// Reads a group that consists of matchers only.
pub(super) fn read(shapes: &mut Shapes<'_>, matchers: &[(Matcher, &Entry)], place: &Place) -> Option<Shape> {
    let together = side_by_side(shapes, matchers);
    let read: Vec<Option<Shape>> =
        matchers.iter().map(|(matcher, entry)| one(shapes, *matcher, entry, place)).collect();
    let mut read = read.into_iter().collect::<Option<Vec<Shape>>>()?;
    together?;
    impossible(shapes, matchers, &read)?;
    if read.len() == 1 { read.pop() } else { Some(Shape::All(read)) }
}

fn one(shapes: &mut Shapes<'_>, matcher: Matcher, entry: &Entry, place: &Place) -> Option<Shape> {
    match matcher {
        Matcher::Matches => {
            shapes.fits(entry.key_span, "string", place, None)?;
            pattern(shapes, entry.value)
        }
        Matcher::OneOf => one_of(shapes, entry, place),
        Matcher::AtLeast => {
            shapes.fits(entry.key_span, "number", place, None)?;
            number(shapes, entry).map(Shape::AtLeast)
        }
        Matcher::AtMost => {
            shapes.fits(entry.key_span, "number", place, None)?;
            number(shapes, entry).map(Shape::AtMost)
        }
        Matcher::Count => {
            shapes.fits(entry.key_span, "array", place, None)?;
            count(shapes, entry).map(|shape| Shape::Count(Box::new(shape)))
        }
        Matcher::Present => only_true(shapes, entry, Matcher::Absent).map(|()| Shape::Present),
        Matcher::Absent => only_true(shapes, entry, Matcher::Present).map(|()| Shape::Absent),
        Matcher::Every => elements(shapes, entry, place).map(|shape| Shape::Every(Box::new(shape))),
        Matcher::None => elements(shapes, entry, place).map(|shape| Shape::None(Box::new(shape))),
    }
}

fn elements(shapes: &mut Shapes<'_>, entry: &Entry, place: &Place) -> Option<Shape> {
    shapes.fits(entry.key_span, "array", place, None)?;
    shapes.shape(entry.value, &place.element())
}

fn pattern(shapes: &mut Shapes<'_>, node: NodeId) -> Option<Shape> {
    let at = shapes.tree.headline(node);
    let Content::Scalar(Value::String(written)) = shapes.tree.content(node) else {
        return shapes
            .refuse(Mistake::new(at, "`matches` needs a pattern, which is text").label("put it in quotes"));
    };
    let regex = match compile(shapes, written) {
        Ok(regex) => regex,
        Err(error) => {
            let mistake = Mistake::new(at, format!("this pattern cannot be read: {}", why(&error)))
                .help("a sign that is meant as itself needs a backslash before it: `\\.`, `\\?`, `\\(`; in double quotes, two: `\\\\.`");
            return shapes.refuse(mistake);
        }
    };
    if ["", "\u{1}", "a", "0 "].iter().all(|anything| regex.is_match(anything)) {
        return shapes.refuse(
            Mistake::new(at, "this pattern fits any text")
                .label("say more, or write `present: true` instead"),
        );
    }
    Some(Shape::Matches(Pattern(regex)))
}

fn compile(shapes: &mut Shapes<'_>, written: &str) -> Result<Regex, regex::Error> {
    if let Some(known) = shapes.patterns.get(written) {
        return Ok(known.clone());
    }
    let regex = Regex::new(written)?;
    shapes.patterns.insert(written.to_owned(), regex.clone());
    Ok(regex)
}

/// The reason that the library gives, in other words where they are needed most.
fn why(error: &regex::Error) -> String {
    let whole = error.to_string();
    let last = whole.lines().last().unwrap_or_default();
    let reason = last.strip_prefix("error: ").unwrap_or(last);
    let reason = match reason {
        "unclosed group" => "a `(` is not closed",
        "unopened group" => "a `)` has no `(` before it",
        "unclosed character class" => "a `[` is not closed",
        "repetition operator missing expression" => "`*`, `+` or `?` has nothing before it to repeat",
        "unclosed counted repetition" => "a `{` is not closed",
        other if other.starts_with("look-around") => {
            "it looks ahead or behind (`(?=`, `(?!`, `(?<`), which cannot be used here"
        }
        other => other,
    };
    reason.to_owned()
}

fn one_of(shapes: &mut Shapes<'_>, entry: &Entry, place: &Place) -> Option<Shape> {
    let Content::List(items) = shapes.tree.content(entry.value) else {
        let at = shapes.tree.headline(entry.value);
        return shapes.refuse(Mistake::new(at, "`one-of` needs a list").label("write `[…, …]`"));
    };
    if items.is_empty() {
        let at = shapes.tree.node(entry.value).span;
        return shapes.refuse(Mistake::new(at, "`one-of` is empty").label("add the values that are allowed"));
    }
    let values: Vec<Option<Value>> = items
        .iter()
        .map(|item| match shapes.tree.content(*item) {
            Content::Scalar(value) => shapes.scalar(*item, value, place),
            Content::List(_) | Content::Map(_) => {
                let at = shapes.tree.headline(*item);
                shapes.refuse(
                    Mistake::new(at, "`one-of` chooses between single values")
                        .label("write a text or a number"),
                )
            }
        })
        .collect();
    values.into_iter().collect::<Option<_>>().map(Shape::OneOf)
}

fn number(shapes: &mut Shapes<'_>, entry: &Entry) -> Option<f64> {
    let value = match shapes.tree.content(entry.value) {
        Content::Scalar(value) => value.as_f64().filter(|number| number.abs() < f64::MAX),
        Content::List(_) | Content::Map(_) => None,
    };
    value.or_else(|| {
        let at = shapes.tree.headline(entry.value);
        shapes.refuse(
            Mistake::new(at, format!("`{}` needs a number", entry.key))
                .label("write a number, without quotes"),
        )
    })
}

/// `count: 3`, or `count: { at-least: 2, at-most: 5 }`.
pub(super) fn count(shapes: &mut Shapes<'_>, entry: &Entry) -> Option<Shape> {
    let at = shapes.tree.headline(entry.value);
    match shapes.tree.content(entry.value) {
        Content::Scalar(value) if value.as_u64().is_some() => Some(Shape::Equals(value.clone())),
        Content::Map(limits) if !limits.is_empty() => {
            let read: Vec<Option<Shape>> =
                limits.iter().map(|limit| count_limit(shapes, &entry.key, limit)).collect();
            let mut read = read.into_iter().collect::<Option<Vec<Shape>>>()?;
            if let [Shape::AtLeast(low), Shape::AtMost(high)] | [Shape::AtMost(high), Shape::AtLeast(low)] =
                read[..]
            {
                in_order(shapes, at, low, high)?;
            }
            if read.len() == 1 { read.pop() } else { Some(Shape::All(read)) }
        }
        Content::Scalar(_) | Content::List(_) | Content::Map(_) => shapes.refuse(
            Mistake::new(at, format!("`{}` needs a whole number", entry.key))
                .label("write for instance `3`, or `{ at-least: 2, at-most: 5 }`"),
        ),
    }
}

fn count_limit(shapes: &mut Shapes<'_>, counted: &str, limit: &Entry) -> Option<Shape> {
    let matcher =
        Matcher::named(&limit.key).filter(|matcher| matches!(matcher, Matcher::AtLeast | Matcher::AtMost));
    let Some(matcher) = matcher else {
        return shapes.refuse(
            Mistake::new(limit.key_span, format!("`{counted}` knows no `{}`", limit.key))
                .label("use `at-least` or `at-most`"),
        );
    };
    let at = shapes.tree.headline(limit.value);
    let number = number(shapes, limit)?;
    if number < 0.0 || number.fract() != 0.0 {
        return shapes
            .refuse(Mistake::new(at, "a list has a whole number of entries").label("write a whole number"));
    }
    if matcher == Matcher::AtMost {
        return Some(Shape::AtMost(number));
    }
    if number < 1.0 {
        return shapes.refuse(
            Mistake::new(at, "nothing is ever fewer than 0, so this could never fail")
                .label("write a number from 1, or remove this"),
        );
    }
    Some(Shape::AtLeast(number))
}

fn only_true(shapes: &mut Shapes<'_>, entry: &Entry, opposite: Matcher) -> Option<()> {
    if matches!(shapes.tree.content(entry.value), Content::Scalar(Value::Bool(true))) {
        return Some(());
    }
    let at = shapes.tree.headline(entry.value);
    shapes.refuse(
        Mistake::new(at, format!("`{}` can only be `true`", entry.key))
            .label("write `true`")
            .help(format!("to say the opposite, write `{}: true`", opposite.name())),
    )
}

/// `absent` goes with nothing else.
fn side_by_side(shapes: &mut Shapes<'_>, matchers: &[(Matcher, &Entry)]) -> Option<()> {
    let absent = matchers.iter().find(|(matcher, _)| *matcher == Matcher::Absent);
    let other = matchers.iter().find(|(matcher, _)| *matcher != Matcher::Absent);
    let (Some((_, absent)), Some((_, other))) = (absent, other) else { return Some(()) };
    shapes.refuse(
        Mistake::new(absent.key_span, format!("`absent` and `{}` contradict one another", other.key))
            .label("a field that is not there has no value")
            .also(other.key_span, "this asks for a value"),
    )
}

/// Matchers that no value can satisfy together.
fn impossible(shapes: &mut Shapes<'_>, matchers: &[(Matcher, &Entry)], read: &[Shape]) -> Option<()> {
    let at = matchers.first()?.1.key_span;
    let low = read.iter().find_map(|shape| if let Shape::AtLeast(low) = shape { Some(*low) } else { None });
    let high = read.iter().find_map(|shape| if let Shape::AtMost(high) = shape { Some(*high) } else { None });
    if let (Some(low), Some(high)) = (low, high) {
        in_order(shapes, at, low, high)?;
    }
    let needs_entries =
        matchers.iter().find(|(matcher, _)| matches!(matcher, Matcher::Every | Matcher::Present));
    let no_entries = read.iter().any(|shape| matches!(shape, Shape::Count(count) if is_zero(count)));
    match (needs_entries, no_entries) {
        (Some((_, entry)), true) => shapes.refuse(
            Mistake::new(
                entry.key_span,
                format!("`{}` and a `count` of 0 contradict one another", entry.key),
            )
            .label(format!("`{}` never holds for an empty list", entry.key)),
        ),
        _ => Some(()),
    }
}

fn is_zero(count: &Shape) -> bool {
    match count {
        Shape::Equals(value) => value.as_u64() == Some(0),
        Shape::AtMost(high) => *high < 1.0,
        Shape::All(limits) => limits.iter().any(is_zero),
        _ => false,
    }
}

fn in_order(shapes: &mut Shapes<'_>, at: Span, low: f64, high: f64) -> Option<()> {
    if low <= high {
        return Some(());
    }
    shapes.refuse(
        Mistake::new(at, format!("nothing is at least {low} and at most {high}"))
            .label("swap the two numbers, or correct one"),
    )
}
