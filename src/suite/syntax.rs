//! Words for the YAML parser's syntax errors: what most often is behind them, and what to do.

use super::mistake::{Mistake, Span};

/// What the parser says (a part of it), what is wrong, and what to do.
const WORDS: [(&str, &str, &str); 9] = [
    (
        "mapping values are not allowed",
        "a colon stands where none is expected",
        "text that contains a colon and a space must be in quotes; if this is a key, check how far it is indented",
    ),
    (
        "illegal placement of ':'",
        "a colon stands where none is expected",
        "text that contains a colon and a space must be in quotes",
    ),
    (
        "block sequence entries are not allowed",
        "a list entry (`- `) stands where none is expected",
        "begin the list on a line of its own, below its key",
    ),
    (
        "did not find expected '-'",
        "this line does not fit into the list around it",
        "check how far it is indented: entries of one list begin in the same column",
    ),
    (
        "did not find expected key",
        "this line does not fit into what is around it",
        "check how far it is indented: keys that belong together begin in the same column",
    ),
    (
        "simple key expect",
        "this line is neither a key nor a value",
        "a key is followed by a colon and a space; check also how far the line is indented",
    ),
    ("flow mapping", "a `{` is not closed", "add the `}`, or a comma between two entries"),
    ("flow sequence", "a `[` is not closed", "add the `]`, or a comma between two entries"),
    (
        "quoted scalar",
        "text in quotes is not written as it must be",
        "close the quotes; in double quotes write `\\\\` for a backslash and `\\\"` for a quote",
    ),
];

/// The mistake for an error that the parser found at byte `place`.
pub(super) fn word(text: &str, place: usize, info: &str) -> Mistake {
    if let Some(tab) = indenting_tab(text, place, info) {
        return Mistake::new(Span::new(tab, tab + 1), "a tab is used for indentation")
            .label("use spaces")
            .help("YAML is indented with spaces only; most editors can turn tabs into spaces");
    }
    if let Some(alias) = unknown_alias(text, place, info) {
        return Mistake::new(alias, "aliases (`*name`) are not allowed in this file")
            .label("write the value out")
            .help("if this is text that begins with `*`, put it in quotes");
    }
    let at = one_character(text, place);
    if follows_an_end(text, at.start) {
        return Mistake::new(at, "text goes on after a closing bracket or quote")
            .label("the rest of the file was not read")
            .help("text that contains quotes, or begins with `[` or `{`, must be in quotes as a whole: 'so \"to\" say'");
    }
    if info.starts_with("unexpected character") {
        return Mistake::new(at, format!("text cannot begin with `{}`", &text[at.start..at.end]))
            .label("put the text in quotes");
    }
    let mistake = match WORDS.iter().find(|(part, _, _)| info.contains(part)) {
        Some((_, says, help)) => Mistake::new(at, *says).help(*help),
        None => Mistake::new(at, format!("this is not YAML ({info})")).help(
            "check quotes, brackets and indentation around here; text with special signs (such as `: ` or ` #`, or \
             one of `*&!%@{[` at its beginning) must be in quotes",
        ),
    };
    mistake.label("the rest of the file was not read")
}

/// The first tab in the indentation of the line at `place` or the one before; or, if the parser speaks of a tab, of any
/// line from there on (it may only notice at the end of what it is reading).
fn indenting_tab(text: &str, place: usize, info: &str) -> Option<usize> {
    let first = line_start(text, line_start(text, place).saturating_sub(1));
    let count = if info.contains("tab") { usize::MAX } else { 2 };
    let mut start = first;
    text[first..].split_inclusive('\n').take(count).find_map(|line| {
        let indentation = &line[..line.len() - line.trim_start_matches([' ', '\t']).len()];
        let tab = indentation.find('\t').map(|offset| start + offset);
        start += line.len();
        tab
    })
}

fn unknown_alias(text: &str, place: usize, info: &str) -> Option<Span> {
    if !info.contains("unknown anchor") {
        return None;
    }
    let rest = &text[place..];
    let length = rest.find(char::is_whitespace).unwrap_or(rest.len());
    Some(Span::new(place, place + length))
}

/// Whether a closing bracket or quote stands before `place` on its line.
fn follows_an_end(text: &str, place: usize) -> bool {
    let before = text[line_start(text, place)..place].trim_end();
    let goes_on = text[place..].chars().next().is_some_and(char::is_alphanumeric);
    goes_on && before.ends_with([']', '}', '"', '\''])
}

/// The character at `place`, or the last one of the line before if nothing is left there.
fn one_character(text: &str, place: usize) -> Span {
    let place = if text[place..].trim().is_empty() { text[..place].trim_end().len() } else { place };
    let length = text[place..].chars().next().filter(|c| *c != '\n').map_or(0, char::len_utf8);
    Span::new(place, place + length)
}

fn line_start(text: &str, place: usize) -> usize {
    text[..place].rfind('\n').map_or(0, |newline| newline + 1)
}
