//! Untrusted text in the page: cleaned of what browsers stumble over, cut where it is too long, linked where it is safe.
//! Markup in it is escaped by the template engine.

use maud::{Markup, html};

use crate::numbers::grouped;
use crate::report::untrusted;

/// How much of a run is shown, so that no record can make the page too large to open.
#[derive(Debug, Clone, Copy)]
pub(super) struct Limits {
    /// The characters of one text.
    pub characters: usize,
    /// The lines of one comparison.
    pub lines: usize,
    /// The findings of one check.
    pub findings: usize,
    /// The rows of one table of numbers.
    pub rows: usize,
    /// Whether pictures of pages stand in the page itself.
    pub pictures: bool,
}

impl Limits {
    /// What people want to see, for a page of ordinary size.
    pub const AMPLE: Self = Self { characters: 4000, lines: 400, findings: 20, rows: 200, pictures: true };
    /// What must do where that would be too much.
    pub const TIGHT: Self = Self { characters: 300, lines: 12, findings: 2, rows: 12, pictures: false };

    /// A text, cut if it is too long.
    pub fn text(&self, text: &str) -> Markup {
        let (shown, rest) = cut(text, self.characters);
        html! {
            (clean(shown))
            @if rest > 0 { (left_out(rest, ("character", "characters"))) }
        }
    }

    /// A text of the gate's own words, in which names of fields and commands stand between backticks.
    pub fn prose(&self, text: &str) -> Markup {
        let parts: Vec<&str> = text.split('`').collect();
        if parts.len().is_multiple_of(2) || text.chars().count() > self.characters {
            return self.text(text);
        }
        html! {
            @for (nr, part) in parts.iter().enumerate() {
                @if nr % 2 == 0 { (clean(part)) } @else { code { (clean(part)) } }
            }
        }
    }
}

/// That something is left out, so much of it, and where it is.
pub(super) fn left_out(number: usize, (one, many): (&str, &str)) -> Markup {
    let what = if number == 1 { one } else { many };
    html! { " " em.cut { "[cut here: " (grouped(number)) " more " (what) ", in report.json]" } }
}

/// The beginning of a text, and how many characters are left.
fn cut(text: &str, most: usize) -> (&str, usize) {
    text.char_indices().nth(most).map_or((text, 0), |(end, _)| (&text[..end], text[end..].chars().count()))
}

/// The text with a mark in the place of each character that no page may hold, or that turns the direction of what
/// stands around it.
fn clean(text: &str) -> String {
    text.chars().map(|sign| if is_unfit(sign) { '\u{fffd}' } else { sign }).collect()
}

fn is_unfit(sign: char) -> bool {
    let control = sign.is_control() && !matches!(sign, '\n' | '\t');
    control || untrusted::turns(sign) || untrusted::is_none(sign)
}

/// The longest address that is made a link: servers take no longer one.
const LONGEST_ADDRESS: usize = 2000;

/// A link, if the address leads to the web and can be one; else only what it would have been called.
pub(super) fn link(address: &str, label: impl maud::Render) -> Markup {
    let leads_to_the_web = address.starts_with("https://") || address.starts_with("http://");
    let is_one = leads_to_the_web && address.len() <= LONGEST_ADDRESS && !address.chars().any(is_unfit);
    html! {
        @if is_one { a href=(address) { (label) } } @else { (label) " (no link can be made of its address)" }
    }
}

#[cfg(test)]
mod tests {
    use pretty_assertions::assert_eq;
    use rstest::rstest;

    use super::{Limits, clean, link};

    #[rstest]
    #[case::short("abc", "abc")]
    #[case::just_fits("abcd", "abcd")]
    #[case::too_long(
        "🩺🩺🩺🩺🩺🩺",
        "🩺🩺🩺🩺 <em class=\"cut\">[cut here: 2 more characters, in report.json]</em>"
    )]
    #[case::markup("<b>&", "&lt;b&gt;&amp;")]
    fn a_text_is_escaped_and_cut_with_an_honest_mark(#[case] text: &str, #[case] shown: &str) {
        let limits = Limits { characters: 4, ..Limits::AMPLE };
        assert_eq!(limits.text(text).into_string(), shown);
    }

    #[rstest]
    #[case::plain("a", "a")]
    #[case::a_field("`a<b` is missing", "<code>a&lt;b</code> is missing")]
    #[case::a_lone_sign("a ` b", "a ` b")]
    #[case::too_long("`a` and b", "`a` <em class=\"cut\">[cut here: 6 more characters, in report.json]</em>")]
    fn names_between_backticks_are_set_as_such(#[case] text: &str, #[case] shown: &str) {
        let limits = Limits { characters: if text.len() == 9 { 3 } else { 40 }, ..Limits::AMPLE };
        assert_eq!(limits.prose(text).into_string(), shown);
    }

    #[rstest]
    #[case::ordinary("a\n\tü🩺שלום", "a\n\tü🩺שלום")]
    #[case::a_terminal_code("\u{1b}[31m", "\u{fffd}[31m")]
    #[case::not_a_character("\u{0}\u{fffe}\u{fdd0}", "\u{fffd}\u{fffd}\u{fffd}")]
    #[case::turned_around("\u{202e}abc\u{2066}", "\u{fffd}abc\u{fffd}")]
    fn what_no_page_may_hold_is_marked(#[case] text: &str, #[case] shown: &str) {
        assert_eq!(clean(text), shown);
    }

    #[rstest]
    #[case::the_web(
        "https://a.org/?q=\"x\"&b=1",
        "<a href=\"https://a.org/?q=&quot;x&quot;&amp;b=1\">it</a>"
    )]
    #[case::a_script("javascript:alert(1)", "it (no link can be made of its address)")]
    #[case::no_address("", "it (no link can be made of its address)")]
    #[case::a_control("https://a.org/\u{0}", "it (no link can be made of its address)")]
    fn only_the_web_is_linked(#[case] address: &str, #[case] shown: &str) {
        assert_eq!(link(address, "it").into_string(), shown);
    }

    #[rstest]
    fn what_is_too_long_for_an_address_is_no_link() {
        let address = format!("https://a.org/{}", "x".repeat(2000));
        assert_eq!(link(&address, "it").into_string(), "it (no link can be made of its address)");
    }
}
