//! The floors: the shares that stand in the page. It is not written with lower ones, unless somebody says why; the
//! reason stays in the page. One that is changed by hand is seen in its diff only.

use jiff::civil::Date;

use super::page::page;
use super::shares::Shares;
use super::tally::Survey;
use crate::suite::Suite;

/// How a line of the page begins that says why shares were let fall.
const LOWERED: &str = "- Lowered on ";

/// That shares may fall, and why.
pub struct Lower<'a> {
    /// The day on which it was said.
    pub on: Date,
    /// The reason, in a sentence.
    pub why: &'a str,
}

/// The page as it is to be written in place of another, which is `None` if there is none.
///
/// # Errors
///
/// In words: a share would fall, or there is none to compare with, and nobody says why; or somebody says why though
/// none falls; or the reason is empty.
pub fn renewed(
    suite: &Suite,
    survey: &Survey,
    before: Option<&str>,
    lower: Option<&Lower<'_>>,
) -> Result<String, String> {
    let mut reasons = before.map(reasons).unwrap_or_default();
    let fallen = before.and_then(Shares::read).map(|before| Shares::of(survey).fallen_since(&before));
    match (fallen.as_deref(), lower) {
        (Some([]), None) => {}
        (Some([]), Some(_)) => return Err("no share falls, so leave out `--lower`".to_owned()),
        (_, Some(lower)) => reasons.push(lower.line()?),
        (Some(fallen), None) => {
            return Err(format!(
                "the page is not written, since the gate would notice less than it says:\n- {}\nSay more of the \
                 examples in the suite file; or say why less is right, with `--lower REASON`",
                fallen.join("\n- ")
            ));
        }
        (None, None) => {
            return Err("the page is not written, since there is none with shares that may not fall. Bring it back from \
                 git; or say why there was none, with `--lower REASON`"
                .to_owned());
        }
    }
    Ok(page(suite, survey, &reasons))
}

/// The lines of a page that say why shares were let fall.
#[must_use]
pub fn reasons(page: &str) -> Vec<String> {
    page.lines().filter(|line| line.starts_with(LOWERED)).map(str::to_owned).collect()
}

impl Lower<'_> {
    /// The line for the page: one line, whatever was typed.
    fn line(&self) -> Result<String, String> {
        let why: Vec<&str> = self.why.split_whitespace().collect();
        if why.is_empty() {
            return Err("`--lower` needs a reason, which is written into the page".to_owned());
        }
        Ok(format!("{LOWERED}{}: {}", self.on, why.join(" ")))
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use jiff::civil::date;
    use pretty_assertions::assert_eq;
    use rstest::{fixture, rstest};

    use super::{Lower, reasons, renewed};
    use crate::sensitivity::{Counts, Survey, page};
    use crate::suite::Suite;

    #[fixture]
    fn suite() -> Suite {
        let text = include_str!("../../works-examples.yaml");
        Suite::parse(Path::new("works-examples.yaml"), text).unwrap_or_else(|refusal| panic!("{refusal}"))
    }

    /// Of a hundred changes, so many are noticed.
    fn noticing(noticed: usize) -> Survey {
        let all = Counts { mutations: 100, by_any: noticed, ..Counts::default() };
        Survey { all, ..Survey::default() }
    }

    fn lower(why: &str) -> Lower<'_> {
        Lower { on: date(2026, 11, 25), why }
    }

    #[rstest]
    #[case::of_as_much(90)]
    #[case::of_more(91)]
    fn a_page_is_written_if_no_share_falls(suite: Suite, #[case] now: usize) {
        let before = page(&suite, &noticing(90), &[]);
        let written = renewed(&suite, &noticing(now), Some(&before), None).unwrap();
        assert_eq!(written, page(&suite, &noticing(now), &[]));
    }

    #[rstest]
    fn a_page_is_not_written_if_a_share_falls(suite: Suite) {
        let before = page(&suite, &noticing(90), &[]);
        let refusal = renewed(&suite, &noticing(89), Some(&before), None).unwrap_err();
        let says =
            "of all changes, any of the three noticed 90 % (90 of 100), and notice 89 % (89 of 100) now";
        assert!(refusal.contains(says) && refusal.contains("`--lower REASON`"), "{refusal}");
    }

    #[rstest]
    fn a_share_may_fall_for_a_reason_which_stays_in_the_page(suite: Suite) {
        let before = page(&suite, &noticing(90), &[]);
        let fallen =
            renewed(&suite, &noticing(89), Some(&before), Some(&lower("A work\n is gone."))).unwrap();
        assert_eq!(reasons(&fallen), ["- Lowered on 2026-11-25: A work is gone."]);
        let later = renewed(&suite, &noticing(95), Some(&fallen), None).unwrap();
        assert_eq!(reasons(&later), reasons(&fallen));
    }

    #[rstest]
    #[case::not_for_nothing(Some(90), 89, Some(" "), "needs a reason")]
    #[case::not_if_none_falls(Some(90), 90, Some("A work is gone."), "no share falls")]
    #[case::not_in_place_of_no_page(None, 90, None, "there is none with shares")]
    fn otherwise_it_is_refused(
        suite: Suite,
        #[case] before: Option<usize>,
        #[case] now: usize,
        #[case] why: Option<&str>,
        #[case] says: &str,
    ) {
        let before = before.map(|noticed| page(&suite, &noticing(noticed), &[]));
        let refusal =
            renewed(&suite, &noticing(now), before.as_deref(), why.map(lower).as_ref()).unwrap_err();
        assert!(refusal.contains(says), "{refusal}");
    }
}
