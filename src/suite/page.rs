//! `page`: what readers must see on the website's page of a work, and what they must not.
//!
//! Parts of a page are named as assistive technology names them, by role and name (the button that is called "View"), and
//! not by how the page is built: a page may be rebuilt, and its readers still need the same button.

use std::collections::BTreeSet;
use std::fmt;

use schemars::JsonSchema;
use serde::Deserialize;

use super::at::At;
use super::kinds::either;
use super::mistake::Mistake;
use super::tree::{Content, NodeId};
use super::validate::Checker;
use super::words::{DeviceName, PageErrorsWord, Text};
use crate::catalogue::Device;

/// What readers must see on the website's page of a work.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(deny_unknown_fields, rename = "Page")]
pub(super) struct WrittenPage {
    /// What must be there: `{ heading: Available online }`, `{ link: View }`. There is at least one: an empty page would
    /// hide whatever must not be there.
    #[schemars(length(min = 1))]
    pub shows: At<Vec<At<WrittenPart>>>,
    /// What must not be there.
    #[serde(default)]
    #[schemars(length(min = 1))]
    pub hides: At<Vec<At<WrittenPart>>>,
    /// What it is looked at with: `desktop`, `phone` or both. A desktop if this is not given.
    #[serde(default)]
    #[schemars(length(min = 1))]
    pub on: At<Vec<At<DeviceName>>>,
    /// What follows if a script of the page fails, or it asks the website for something that it does not get: `block`, or
    /// `warn`. It blocks if this is not given.
    #[serde(default)]
    pub errors: At<PageErrorsWord>,
}

/// A part of a page, by what it is and how it is called. Exactly one of these is given.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(deny_unknown_fields, rename = "PagePart")]
pub(super) struct WrittenPart {
    /// A heading, by its whole text.
    #[serde(default)]
    pub heading: At<Text>,
    /// A link, by its name: its text, or what it is called for those who cannot see it.
    #[serde(default)]
    pub link: At<Text>,
    /// A button, by its name.
    #[serde(default)]
    pub button: At<Text>,
    /// A link or a button, by its name, for where it does not matter which of them it is.
    #[serde(default)]
    pub link_or_button: At<Text>,
    /// A picture, by the text that stands in for it.
    #[serde(default)]
    pub image: At<Text>,
    /// A navigation, by its name.
    #[serde(default)]
    pub navigation: At<Text>,
    /// Text anywhere on the page, which may have more before and behind it.
    #[serde(default)]
    pub text: At<Text>,
}

/// What a page must show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageExpectation {
    /// What must be there; never empty.
    pub shows: Vec<PagePart>,
    /// What must not be there.
    pub hides: Vec<PagePart>,
    /// What it is looked at with, as far as that is said; see [`PageExpectation::devices`].
    pub on: BTreeSet<Device>,
    /// Whether errors of the page itself block a release, if that is said.
    pub errors: Option<PageErrors>,
}

/// What follows from errors of a page itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PageErrors {
    /// The release does not go on.
    Block,
    /// Somebody should see to them.
    Warn,
}

/// A part of a page.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct PagePart {
    /// What it is.
    pub role: PageRole,
    /// How it is called.
    pub name: String,
}

/// What a part of a page is, to assistive technology.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum PageRole {
    /// A heading.
    Heading,
    /// A link.
    Link,
    /// A button.
    Button,
    /// A link or a button.
    LinkOrButton,
    /// A picture.
    Image,
    /// A navigation.
    Navigation,
    /// Text, in whatever part.
    Text,
}

impl PageRole {
    /// As the suite file names it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Heading => "heading",
            Self::Link => "link",
            Self::Button => "button",
            Self::LinkOrButton => "link-or-button",
            Self::Image => "image",
            Self::Navigation => "navigation",
            Self::Text => "text",
        }
    }
}

impl fmt::Display for PagePart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} “{}”", self.role.as_str().replace('-', " "), self.name)
    }
}

impl PagePart {
    /// Whether a page that does not show the other one cannot show this one.
    fn is_hidden_with(&self, hidden: &Self) -> bool {
        match (self.role, hidden.role) {
            (PageRole::Link | PageRole::Button, PageRole::LinkOrButton) => self.name == hidden.name,
            (PageRole::Text, PageRole::Text) => self.name.contains(&hidden.name),
            _ => self == hidden,
        }
    }
}

impl PageExpectation {
    /// What a page must show for this and for the other one.
    fn and(mut self, other: Self) -> Self {
        self.shows.extend(other.shows);
        self.hides.extend(other.hides);
        self.on.extend(other.on);
        Self { errors: other.errors.or(self.errors), ..self }
    }

    /// What it is looked at with: a desktop unless something else is said.
    #[must_use]
    pub fn devices(&self) -> BTreeSet<Device> {
        if self.on.is_empty() { BTreeSet::from([Device::default()]) } else { self.on.clone() }
    }

    /// Whether errors of the page itself block a release: they do unless they are only to be told.
    #[must_use]
    pub fn errors_block(&self) -> bool {
        self.errors != Some(PageErrors::Warn)
    }
}

/// What the page of an example must show besides what its criterion says, if that says anything. `None` if there is a
/// mistake in it.
pub(super) fn besides(
    checker: &mut Checker<'_>,
    common: Option<PageExpectation>,
    own: &At<WrittenPage>,
) -> Option<PageExpectation> {
    let own_page = read(checker, own)?;
    let Some(common) = common else { return Some(own_page) };
    let both = common.and(own_page);
    agrees(checker, own.node?, &both)?;
    Some(both)
}

/// Reads what a page must show. `None` if there is a mistake in it.
pub(super) fn read(checker: &mut Checker<'_>, at: &At<WrittenPage>) -> Option<PageExpectation> {
    let (node, written) = (at.node?, at.value.as_ref()?);
    let shows = parts(checker, &written.shows);
    let hides = if written.hides.is_given() { parts(checker, &written.hides) } else { Some(Vec::new()) };
    let on = devices(&written.on);
    let errors =
        if written.errors.is_given() { Some(errors(&written.errors.value.as_ref()?.0)?) } else { None };
    let page = PageExpectation { shows: shows?, hides: hides?, on: on?, errors };
    agrees(checker, node, &page)?;
    Some(page)
}

fn parts(checker: &mut Checker<'_>, list: &At<Vec<At<WrittenPart>>>) -> Option<Vec<PagePart>> {
    let parts: Vec<Option<PagePart>> =
        list.value.as_ref()?.iter().map(|at| part(checker, at.node?, at.value.as_ref()?)).collect();
    parts.into_iter().collect()
}

fn part(checker: &mut Checker<'_>, node: NodeId, written: &WrittenPart) -> Option<PagePart> {
    let names = [
        (PageRole::Heading, &written.heading),
        (PageRole::Link, &written.link),
        (PageRole::Button, &written.button),
        (PageRole::LinkOrButton, &written.link_or_button),
        (PageRole::Image, &written.image),
        (PageRole::Navigation, &written.navigation),
        (PageRole::Text, &written.text),
    ];
    let given: Vec<&str> =
        names.iter().filter(|(_, at)| at.is_given()).map(|(role, _)| role.as_str()).collect();
    let has_others = matches!(checker.tree.content(node), Content::Map(entries) if !entries.is_empty());
    // A key that is none was told already.
    if given.is_empty() && has_others {
        return None;
    }
    checker.exactly_one(
        node,
        &given,
        &names.map(|(role, _)| role.as_str()),
        "which part of the page it means",
    );
    let (role, at) = names.into_iter().find(|(_, at)| at.is_given())?;
    let words: Vec<&str> = at.value.as_ref()?.0.split_whitespace().collect();
    Some(PagePart { role, name: words.join(" ") })
}

fn errors(word: &str) -> Option<PageErrors> {
    match word {
        "block" => Some(PageErrors::Block),
        "warn" => Some(PageErrors::Warn),
        _ => None,
    }
}

fn devices(on: &At<Vec<At<DeviceName>>>) -> Option<BTreeSet<Device>> {
    if !on.is_given() {
        return Some(BTreeSet::new());
    }
    on.value.as_ref()?.iter().map(|at| Device::named(&at.value.as_ref()?.0)).collect()
}

/// Refuses what no page can meet: a part that is shown and hidden.
fn agrees(checker: &mut Checker<'_>, node: NodeId, page: &PageExpectation) -> Option<()> {
    let pairs = page.hides.iter().flat_map(|hidden| page.shows.iter().map(move |shown| (shown, hidden)));
    let Some((shown, hidden)) = pairs.into_iter().find(|(shown, hidden)| shown.is_hidden_with(hidden)) else {
        return Some(());
    };
    let says = if shown == hidden {
        format!("the {shown} cannot be both shown and hidden")
    } else {
        format!("the {shown} cannot be shown where the {hidden} is hidden")
    };
    let mistake = Mistake::new(checker.tree.headline(node), says)
        .label(format!("take it out of {}", either(&["shows", "hides"])))
        .help("what an example says is added to what its criterion says");
    checker.refuse(mistake)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    fn page(errors: Option<PageErrors>) -> PageExpectation {
        PageExpectation { shows: Vec::new(), hides: Vec::new(), on: BTreeSet::new(), errors }
    }

    #[rstest]
    #[case::of_neither(None, None, true)]
    #[case::of_the_criterion(Some(PageErrors::Warn), None, false)]
    #[case::of_the_example(Some(PageErrors::Warn), Some(PageErrors::Block), true)]
    #[case::of_the_example_alone(None, Some(PageErrors::Warn), false)]
    fn errors_follow_the_word_that_stands_nearest(
        #[case] criterion: Option<PageErrors>,
        #[case] example: Option<PageErrors>,
        #[case] block: bool,
    ) {
        assert_eq!(page(criterion).and(page(example)).errors_block(), block);
    }
}
