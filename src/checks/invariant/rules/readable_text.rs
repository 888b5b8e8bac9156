//! Text is readable: no bytes of UTF-8 shown as Latin letters (`Ã©`, `â€™`), and no HTML entities (`&amp;`).

use std::collections::BTreeSet;
use std::sync::LazyLock;

use regex::{Match, Regex};
use serde_json::Value;

use crate::catalogue::Include;
use crate::checks::Context;
use crate::checks::invariant::{Case, Rule, Ruling, Sample};
use crate::checks::walk::each_text;
use crate::verdict::Finding;

/// The rule.
pub(super) struct ReadableText;

impl Rule for ReadableText {
    fn includes(&self) -> BTreeSet<Include> {
        BTreeSet::from([
            Include::Subjects,
            Include::Genres,
            Include::Contributors,
            Include::Production,
            Include::Notes,
            Include::Items,
        ])
    }

    fn cases<'a>(&self, sample: &Sample<'a>, _context: &Context<'a>) -> Vec<Case<'a>> {
        sample.each(|record| Some(Ruling::of(findings(record))))
    }
}

fn findings(record: &Value) -> Vec<Finding> {
    let mut findings = Vec::new();
    each_text(record, &mut |at, field, text| {
        // Addresses are made for machines.
        if field == "url" || field == "id" {
            return;
        }
        if let Some((found, what)) = garbled(text).or_else(|| entity(text)) {
            findings.push(Finding {
                at: at.to_owned(),
                says: format!("`{}` {what}", found.as_str().escape_debug()),
                expected: "readable text".to_owned(),
                found: around(text, found.start(), found.end()),
                ..Finding::default()
            });
        }
    });
    findings
}

fn garbled(text: &str) -> Option<(Match<'_>, &'static str)> {
    // Nothing garbled is ASCII, and most texts are.
    let found = if text.is_ascii() { None } else { GARBLED.find(text) };
    Some((found?, "looks like text in the wrong encoding"))
}

fn entity(text: &str) -> Option<(Match<'_>, &'static str)> {
    // Some descriptions are HTML, and entities are right there.
    let may_hold_one = text.contains('&') && !text.trim_start().starts_with('<');
    let found = if may_hold_one { ENTITY.find(text) } else { None };
    Some((found?, "is an HTML entity, which readers see as it is"))
}

/// What comes out when the bytes of UTF-8 are read as Latin-1 or as Windows-1252, where it comes of nothing else.
///
/// A capital with an accent may well stand before a quotation mark, a space or a raised figure; those pairs say nothing.
static GARBLED: LazyLock<Regex> = LazyLock::new(|| {
    let after = "¡¢£¤¥¦§¨©ª«¬®¯´µ¶·¸º¼½¾¿€‚ƒ„†‡ˆ‰Š‹ŒŽ•˜™š›œžŸ";
    let raised = "°±²³¹";
    let whole = format!(
        "\u{fffd}|[\u{80}-\u{9f}]|â€|ï»¿|ðŸ|[ÂÃ][{after}{raised}\u{a0}]|[ÎÏÐÑ][{after}{raised}]|[ÄÅÆ][{after}]"
    );
    pattern(&whole)
});

static ENTITY: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        "&(?:#[0-9]{1,6}|#[xX][0-9a-fA-F]{1,6}|amp|lt|gt|quot|apos|nbsp|copy|reg|pound|euro|deg|hellip|[mn]dash|\
         [lr][sd]quo|szlig|[AEOaeo]{2}lig|[A-Za-z](?:acute|grave|circ|uml|tilde|cedil|ring|slash|caron));",
    )
});

fn pattern(written: &str) -> Regex {
    #[expect(clippy::expect_used, reason = "the patterns above are compiled by the tests below")]
    Regex::new(written).expect("a pattern")
}

/// The place in a long text, with some of what stands around it.
fn around(text: &str, start: usize, end: usize) -> String {
    const MARGIN: usize = 30;
    let before: Vec<char> = text[..start].chars().rev().take(MARGIN).collect();
    let before: String = before.into_iter().rev().collect();
    let after: String = text[end..].chars().take(MARGIN).collect();
    format!("…{before}{}{after}…", &text[start..end])
}

#[cfg(test)]
mod tests {
    use rstest::rstest;
    use serde_json::json;

    use super::findings;

    #[rstest]
    #[case::a_letter_with_an_accent("CafÃ© de Paris")]
    #[case::an_apostrophe("the surgeonâ€™s book")]
    #[case::read_as_latin_1("the surgeon\u{e2}\u{80}\u{99}s book")]
    #[case::a_no_break_space("12Â\u{a0}pages")]
    #[case::a_sign_that_was_lost("caf\u{fffd}")]
    #[case::a_greek_letter("Î±-rays")]
    #[case::an_ampersand("Smith &amp; Sons")]
    #[case::a_number("Smith &#38; Sons")]
    #[case::whole_html_escaped("&lt;p&gt;Photographs&lt;/p&gt;")]
    fn unreadable_text_is_found(#[case] text: &str) {
        let found = findings(&json!({"notes": [{"contents": [text]}]}));
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].at, "notes[0].contents[0]");
    }

    #[rstest]
    #[case::accents("Émile Zola à São Paulo, Ångström, Ñandú, Œuvres, “PÂTÉ”, «Îles»")]
    #[case::an_ampersand("Smith & Sons; R&D; A&B")]
    #[case::a_unit("25 Å² at 20 °C, 1½ × ¾ in.")]
    #[case::another_script("Ἱπποκράτης Русский العربية 漢字 हिन्दी")]
    #[case::html("<p>Smith &amp; Sons</p>")]
    #[case::a_capital_before_a_quotation_mark("“IRMÔ, ‘SÃ’, SÃ”")]
    fn readable_text_is_left_alone(#[case] text: &str) {
        assert_eq!(findings(&json!({"title": text})), []);
    }

    #[rstest]
    fn an_address_is_no_text() {
        assert_eq!(findings(&json!({"url": "https://example.org/?a=1&lt;=2"})), []);
    }
}
