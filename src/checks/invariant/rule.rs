//! What a rule is: something that must hold for every work of a sample, and what it needs to see to tell.

use std::collections::BTreeSet;

use super::case::Case;
use super::sample::Sample;
use crate::catalogue::{Include, Resource};
use crate::checks::Context;

/// A claim about the works of a sample.
///
/// A rule looks at one record, or asks for further resources for a record, or looks at the whole sample at once; all
/// three are the same two functions. It is pure: what it asks for and what it says follow from the sample and from what
/// was answered. A rule has no state, so a unit struct is enough:
///
/// ```text
/// pub struct AvailableOnline;
///
/// impl Rule for AvailableOnline {
///     fn includes(&self) -> BTreeSet<Include> { BTreeSet::from([Include::Items, Include::Holdings]) }
///
///     fn cases<'a>(&self, sample: &Sample<'a>, _: &Context<'a>) -> Vec<Case<'a>> {
///         sample.each(|record| Some(Ruling::of(findings(record))))   // None: it says nothing of this work
///     }
/// }
/// ```
///
/// A rule that follows links gives `resources`, too, and makes its cases from `context.evidence.get(&resource)`: an
/// `Err(because)` there is [`Ruling::Unknown`](super::Ruling::Unknown), never a pass and never left out.
///
/// The framework does the rest: it draws the sample, leaves out the works that `where` does not choose, counts the cases
/// against the share that must hold, and words what it found, with an estimate for the whole catalogue.
pub trait Rule: Send + Sync {
    /// The includes without which the records of the sample do not show what this rule is about. If the stage refuses
    /// one, that is a finding; if it is not known whether it does, the rule is undecided.
    fn includes(&self) -> BTreeSet<Include>;

    /// What one case is, and several: for the account of how many of how many broke the rule.
    fn noun(&self) -> (&'static str, &'static str) {
        ("work", "works")
    }

    /// The part of the sample that it looks at: all of it, unless each work costs requests of its own. Then
    /// `sample.some(30)` chooses 30 works by the seed.
    fn looks_at<'a>(&self, sample: &Sample<'a>) -> Sample<'a> {
        sample.clone()
    }

    /// What it needs to see besides the sample, given what has been answered so far. It is asked again after each round,
    /// and may then follow what the new answers lead to, until all that it names has been asked for. It names
    /// everything each time, also what was asked for before.
    ///
    /// `sample` is what `looks_at` chose of the works that `where` chose.
    fn resources(&self, _sample: &Sample<'_>, _context: &Context<'_>) -> Vec<Resource> {
        Vec::new()
    }

    /// What a reader should know of what was looked at, besides the counts.
    fn remark(&self, _sample: &Sample<'_>, _context: &Context<'_>) -> Option<String> {
        None
    }

    /// A case for each thing that this rule is about, whether it holds or not. Nothing that it does not speak of: a
    /// rule that makes no case has shown nothing, and does not pass.
    fn cases<'a>(&self, sample: &Sample<'a>, context: &Context<'a>) -> Vec<Case<'a>>;
}
