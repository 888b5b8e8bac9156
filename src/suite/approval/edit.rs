//! Writing approvals into the text of a suite file: everything else in it stays as it is, byte for byte.

use jiff::civil::Date;
use serde_json::Value;

use super::Worded;
use crate::suite::load::Read;
use crate::suite::mistake::Span;
use crate::suite::scalar;
use crate::suite::tree::NodeId;

/// A stretch of the text, as the tree knows it, and what is to stand there.
pub(super) struct Edit {
    at: Span,
    text: String,
}

impl Edit {
    /// The approval of this criterion, in place of the one it has or of its `proposed: true`.
    pub(super) fn approval(read: &Read, it: &Worded<'_>, by: &str, on: Date) -> Option<Self> {
        let tree = &read.tree;
        let entry = tree.entry(it.node, "approved").or_else(|| tree.entry(it.node, "proposed"))?;
        let at = Span::new(entry.key_span.start, end(read, entry.value));
        let text = format!("approved: {{ by: {}, on: {on}, wording: {} }}", plain(by), plain(&it.says));
        Some(Self { at, text })
    }
}

/// Where a value ends. The parser counts to a group in braces whatever comment follows it.
fn end(read: &Read, value: NodeId) -> usize {
    let end = read.tree.node(value).span.end;
    let in_braces = read.text[read.tree.node(value).span.start..].starts_with('{');
    match read.tree.entries(value).last() {
        Some(last) if in_braces => {
            let inner = read.tree.node(last.value).span.end;
            let mut comment = false;
            let brace = read.text[inner..end].find(|c: char| {
                comment = (comment || c == '#') && c != '\n';
                c == '}' && !comment
            });
            brace.map_or(end, |brace| inner + brace + 1)
        }
        _ => end,
    }
}

/// The file with these edits, which stand in its order.
pub(super) fn apply(file: &str, edits: &[Edit]) -> String {
    let mut edited = String::with_capacity(file.len());
    let mut done = 0;
    for Edit { at, text } in edits {
        let (start, end) = (place(file, at.start), place(file, at.end));
        edited.push_str(&file[done..start]);
        edited.push_str(text);
        done = end;
    }
    edited.push_str(&file[done..]);
    edited
}

/// Where a place of the text, as the tree knows it, stands in the file: there it may follow a byte order mark, and
/// lines may end in two bytes.
fn place(file: &str, at: usize) -> usize {
    let start = file.len() - file.strip_prefix('\u{feff}').unwrap_or(file).len();
    let bytes = file.as_bytes();
    let counts = |place: &usize| bytes[*place] != b'\r' || bytes.get(place + 1) != Some(&b'\n');
    (start..file.len()).filter(counts).nth(at).unwrap_or(file.len())
}

/// A text as YAML reads it within braces: without quotes where it can stand so.
fn plain(text: &str) -> String {
    let simple = text.chars().all(|c| c.is_alphanumeric() || c == ' ' || c == '-');
    let begins = text.starts_with(char::is_alphanumeric) && !text.ends_with(' ');
    let is_text = scalar::resolve(text) == Value::String(text.to_owned());
    if simple && begins && is_text { text.to_owned() } else { Value::String(text.to_owned()).to_string() }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::plain;

    #[rstest]
    #[case::a_role("Archives and manuscripts", "Archives and manuscripts")]
    #[case::a_hash("3f2a9c1d", "3f2a9c1d")]
    #[case::a_hash_that_looks_like_a_number("12345678", "\"12345678\"")]
    #[case::a_hash_that_looks_like_a_large_number("1234e567", "\"1234e567\"")]
    #[case::a_comma("Product, and others", "\"Product, and others\"")]
    #[case::a_colon("Product: all", "\"Product: all\"")]
    #[case::a_quote("the \"others\"", "\"the \\\"others\\\"\"")]
    #[case::a_blank_at_its_end("Product ", "\"Product \"")]
    #[case::a_truth_value("true", "\"true\"")]
    fn a_text_is_quoted_where_it_must_be(#[case] text: &str, #[case] written: &str) {
        assert_eq!(plain(text), written);
    }
}
