//! Untrusted text in the formats that GitHub reads: workflow commands, Markdown, and what a job prints.

use std::borrow::Cow;

use crate::report::untrusted;

/// The message of a workflow command: everything after its second `::`.
pub fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A property of a workflow command, such as its title.
pub fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

/// On one line, without characters that steer a terminal or turn the direction of what follows; cut after so many.
pub fn on_one_line(text: &str, longest: usize) -> String {
    let visible: String = text
        .chars()
        .map(|character| if character.is_control() { ' ' } else { character })
        .filter(|character| !steers(*character))
        .take(longest * 4)
        .collect();
    let text = visible.split_whitespace().collect::<Vec<_>>().join(" ");
    match text.char_indices().nth(longest) {
        None => text,
        Some((end, _)) => format!("{}…", text[..end].trim_end()),
    }
}

/// Whether it turns the direction of text, or is no character at all.
fn steers(character: char) -> bool {
    untrusted::turns(character) || untrusted::is_none(character)
}

/// Words in the middle of Markdown: nothing in them is markup, a table's bar, a mention or HTML.
///
/// GitHub makes a link of a bare address, and takes a backslash in it for a part of it. So what is common in addresses,
/// and can be no more than emphasis elsewhere, is left as it is there.
#[must_use]
pub fn words(text: &str, longest: usize) -> String {
    let text = on_one_line(text, longest);
    let words = text.split(' ').map(|word| {
        let address = ["https://", "http://"].iter().filter_map(|scheme| word.find(scheme)).min();
        let (before, address) = word.split_at(address.unwrap_or(word.len()));
        // Without a semicolon, nothing in it is another character in disguise.
        let left_alone = if address.contains(';') { "_!~#" } else { "_!~#&" };
        escaped(before, "") + &escaped(address, left_alone)
    });
    words.collect::<Vec<_>>().join(" ")
}

/// Text without markup, except for these characters.
fn escaped(text: &str, left_alone: &str) -> String {
    let mut escaped = String::new();
    for character in text.chars() {
        match character {
            _ if left_alone.contains(character) => escaped.push(character),
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            // Followed by a space of no width, it mentions nobody.
            '@' => escaped.push_str("@\u{200b}"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '#' | '|' | '~' | '!' | '$' => {
                escaped.push('\\');
                escaped.push(character);
            }
            _ => escaped.push(character),
        }
    }
    escaped
}

/// The text of an HTML element, in which GitHub renders no Markdown.
pub fn html(text: &str, longest: usize) -> String {
    on_one_line(text, longest)
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
        .replace('@', "@\u{200b}")
}

/// Code in the middle of Markdown, between more backticks than stand in it. Not for tables, whose bars it keeps.
#[must_use]
pub fn code(text: &str, longest: usize) -> String {
    let text = on_one_line(text, longest);
    let fence = "`".repeat(longest_run(&text, '`') + 1);
    let pad = if text.starts_with('`') || text.ends_with('`') || text.is_empty() { " " } else { "" };
    format!("{fence}{pad}{text}{pad}{fence}")
}

/// A block of code, between more backticks than stand in it.
pub fn block(language: &str, text: &str) -> String {
    let fence = "`".repeat(longest_run(text, '`').max(2) + 1);
    let visible: String = text
        .chars()
        .filter(|character| {
            matches!(character, '\n' | '\t') || !(character.is_control() || steers(*character))
        })
        .collect();
    format!("{fence}{language}\n{}\n{fence}\n", visible.trim_end_matches('\n'))
}

/// A link, if the address can be one; else the address as code.
#[must_use]
pub fn link(name: &str, url: &str) -> String {
    let can_be_one = (url.starts_with("https://") || url.starts_with("http://"))
        && !url.chars().any(|character| {
            character.is_control()
                || character.is_whitespace()
                || matches!(character, '<' | '>' | '(' | ')' | '|' | '\\')
        });
    if can_be_one { format!("[{name}](<{url}>)") } else { format!("{name}: {}", code(url, 300)) }
}

fn longest_run(text: &str, of: char) -> usize {
    text.split(|character| character != of).map(str::len).max().unwrap_or_default()
}

/// What the gate prints, in which no line is a command to the job that it runs in.
///
/// GitHub takes every line that begins with `::`, whatever blanks stand before it, and every `##[` for a command: a
/// title that holds one could set an output or hide a line. A backslash before it makes it text, here as elsewhere.
#[must_use]
pub fn harmless(text: &str) -> Cow<'_, str> {
    if !text.contains("::") && !text.contains("##[") {
        return Cow::Borrowed(text);
    }
    let lines = text.split_inclusive(['\n', '\r']).map(|line| match line.find("::") {
        Some(start) if begins_here(&line[..start]) => format!("{}\\{}", &line[..start], &line[start..]),
        _ => line.to_owned(),
    });
    Cow::Owned(lines.collect::<String>().replace("##[", "##\\["))
}

/// Whether a line begins only after this: nothing that is seen stands there.
fn begins_here(before: &str) -> bool {
    let plain = anstream::adapter::strip_str(before).to_string();
    plain.chars().all(|character| character.is_whitespace() || character.is_control() || steers(character))
}

#[cfg(test)]
mod tests {
    use pretty_assertions::assert_eq;
    use rstest::rstest;

    use super::{block, code, data, harmless, html, link, on_one_line, property, words};
    use crate::report::fixture::HOSTILE;

    #[rstest]
    fn a_command_ends_where_it_ends() {
        assert_eq!(data("100%\r\n::x::"), "100%25%0D%0A::x::");
        assert_eq!(property("a: 1, 2\n"), "a%3A 1%2C 2%0A");
    }

    #[rstest]
    #[case::at_the_start("::error::x", "\\::error::x")]
    #[case::after_blanks("a\n   ::add-mask::x\n", "a\n   \\::add-mask::x\n")]
    #[case::after_a_return("a\r::error::x", "a\r\\::error::x")]
    #[case::after_a_colour("\u{1b}[31m::error::x", "\u{1b}[31m\\::error::x")]
    #[case::in_the_old_form("so ##[error]x", "so ##\\[error]x")]
    #[case::the_name_of_a_check("digitised::a222zvge", "digitised::a222zvge")]
    #[case::plain("nothing", "nothing")]
    fn what_is_printed_commands_nothing(#[case] text: &str, #[case] printed: &str) {
        assert_eq!(harmless(text), printed);
    }

    #[rstest]
    fn words_hold_no_markup_no_mention_and_no_second_line() {
        assert_eq!(
            words("<b> | `x` [y](z) @all\n# *", 99),
            "&lt;b&gt; \\| \\`x\\` \\[y\\](z) @\u{200b}all \\# \\*"
        );
        assert!(!words(HOSTILE, 9999).contains(['\n', '\u{202e}', '\u{1b}', '\0', '<']));
        assert!(!html(HOSTILE, 9999).contains(['\n', '<', '"', '\u{202e}']));
    }

    #[rstest]
    #[case::with_what_is_common_in_one(
        "see_it: https://x.org/a_b!c~d?e=f&g=h#i_j",
        "see\\_it: https://x.org/a_b!c~d?e=f&g=h#i_j"
    )]
    #[case::in_brackets("(http://x.org/a_b) a_b", "(http://x.org/a_b) a\\_b")]
    #[case::with_markup("https://x.org/`a`|*[b](c)<d>", "https://x.org/\\`a\\`\\|\\*\\[b\\](c)&lt;d&gt;")]
    #[case::with_a_mention("https://x.org/@all", "https://x.org/@\u{200b}all")]
    #[case::with_a_mention_in_disguise("https://&#64;all &commat;", "https://&amp;#64;all &amp;commat;")]
    fn an_address_is_left_alone_and_mentions_nobody(#[case] text: &str, #[case] expected: &str) {
        assert_eq!(words(text, 99), expected);
    }

    #[rstest]
    fn long_text_is_cut_between_characters() {
        assert_eq!(on_one_line("🩺🩺🩺🩺", 2), "🩺🩺…");
        assert_eq!(on_one_line("two  words", 99), "two words");
    }

    #[rstest]
    #[case::plain("x", "`x`")]
    #[case::with_backticks("a ``b`` c", "```a ``b`` c```")]
    #[case::that_begins_with_one("`a", "`` `a ``")]
    fn code_is_fenced_by_more_backticks_than_it_holds(#[case] text: &str, #[case] fenced: &str) {
        assert_eq!(code(text, 99), fenced);
    }

    #[rstest]
    fn a_block_cannot_be_left_from_within() {
        assert_eq!(block("diff", "a\n````\nb\u{1b}\n"), "`````diff\na\n````\nb\n`````\n");
        assert_eq!(block("", "a"), "```\na\n```\n");
    }

    #[rstest]
    #[case::an_address("https://example.org/a?b=c", "[API](<https://example.org/a?b=c>)")]
    #[case::a_script("javascript:alert(1)", "API: `javascript:alert(1)`")]
    #[case::with_markup("https://example.org/> [x](y)", "API: `https://example.org/> [x](y)`")]
    fn only_an_address_becomes_a_link(#[case] url: &str, #[case] expected: &str) {
        assert_eq!(link("API", url), expected);
    }
}
