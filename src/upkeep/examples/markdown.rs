//! Markdown that says just what it is given, whatever signs are in it.

/// Text on one line, in which nothing is Markdown, HTML or a template.
pub fn text(plain: &str) -> String {
    let mut safe = String::with_capacity(plain.len());
    for sign in plain.split_whitespace().collect::<Vec<_>>().join(" ").chars() {
        match sign {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '#' | '|' | '~' | '$' => {
                safe.extend(['\\', sign]);
            }
            sign => safe.push(sign),
        }
    }
    safe
}

/// Words of the gate's own, in which names stand between backticks.
pub fn prose(plain: &str) -> String {
    let parts: Vec<&str> = plain.split('`').collect();
    if parts.len().is_multiple_of(2) {
        return text(plain);
    }
    let part = |(nr, part): (usize, &&str)| if nr % 2 == 0 { spaced(part) } else { code(part) };
    parts.iter().enumerate().map(part).collect()
}

/// Text in the middle of a line: blanks at its ends are kept.
fn spaced(plain: &str) -> String {
    let blank = |is: bool| if is { " " } else { "" };
    match text(plain) {
        words if words.is_empty() => blank(!plain.is_empty()).to_owned(),
        words => {
            let starts = plain.starts_with(char::is_whitespace);
            format!("{}{words}{}", blank(starts), blank(plain.ends_with(char::is_whitespace)))
        }
    }
}

/// A name as it is written, on one line.
pub fn code(plain: &str) -> String {
    let plain = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    let longest = plain.split(|sign| sign != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(longest + 1);
    let room = if longest > 0 { " " } else { "" };
    format!("{fence}{room}{plain}{room}{fence}")
}

/// A link; its label is Markdown.
pub fn link(label: &str, address: &str) -> String {
    let mut safe = String::with_capacity(address.len());
    for sign in address.chars() {
        match sign {
            '(' | ')' | '<' | '>' | '"' | '\'' | '\\' | '`' | '|' | '{' | '}' | '[' | ']' => {
                safe.push_str(&format!("%{:02X}", u32::from(sign)));
            }
            sign if sign.is_whitespace() || sign.is_control() => safe.push_str("%20"),
            sign => safe.push(sign),
        }
    }
    format!("[{label}]({safe})")
}

/// The place of a heading within its page, as sites that show Markdown call it.
pub fn anchor(heading: &str) -> String {
    let kept = heading.to_lowercase();
    let kept = kept.split_whitespace().collect::<Vec<_>>().join("-");
    kept.chars().filter(|sign| sign.is_alphanumeric() || matches!(sign, '-' | '_')).collect()
}

#[cfg(test)]
mod tests {
    use pretty_assertions::assert_eq;
    use rstest::rstest;

    use super::{anchor, code, link, prose, text};

    #[rstest]
    #[case::plain("A book, of 1806", "A book, of 1806")]
    #[case::markup("<b> & *c* _d_", "&lt;b&gt; &amp; \\*c\\* \\_d\\_")]
    #[case::a_link("[x](y) | # {{z}}", "\\[x\\](y) \\| \\# \\{\\{z\\}\\}")]
    #[case::lines("a\n  - b\n", "a - b")]
    fn text_says_what_it_is_given(#[case] plain: &str, #[case] safe: &str) {
        assert_eq!(text(plain), safe);
    }

    #[rstest]
    #[case::plain("a_b", "`a_b`")]
    #[case::with_a_fence("a`b", "`` a`b ``")]
    fn a_name_stands_as_it_is_written(#[case] plain: &str, #[case] safe: &str) {
        assert_eq!(code(plain), safe);
    }

    #[rstest]
    #[case::with_names("of `items[].id` in *it*", "of `items[].id` in \\*it\\*")]
    #[case::a_lone_sign("a ` b", "a \\` b")]
    fn names_in_prose_stand_as_they_are_written(#[case] plain: &str, #[case] safe: &str) {
        assert_eq!(prose(plain), safe);
    }

    #[rstest]
    fn an_address_cannot_end_its_link() {
        assert_eq!(link("x", "https://a.org/?q=(b) <c>"), "[x](https://a.org/?q=%28b%29%20%3Cc%3E)");
    }

    #[rstest]
    fn a_heading_is_found_by_its_words() {
        assert_eq!(anchor("What a record's title, \"says\" – at once"), "what-a-records-title-says--at-once");
    }
}
