//! The rules that an invariant may name: one file for each, or for two that differ in a word.

mod available_online;
mod concepts;
mod images;
mod labels_are_words;
mod list_shows_the_record;
mod one_label;
mod one_work;
mod paging;
mod readable_text;
mod relatives;
mod years;

use super::Rule;
use crate::suite;

/// The rule of this name.
pub(super) fn of(rule: suite::Rule) -> Box<dyn Rule> {
    match rule {
        suite::Rule::AvailableOnline => Box::new(available_online::AvailableOnline),
        suite::Rule::OneWorkPerItem => Box::new(one_work::OneWork::PerItem),
        suite::Rule::OneWorkPerIdentifier => Box::new(one_work::OneWork::PerIdentifier),
        suite::Rule::ListShowsTheRecord => Box::new(list_shows_the_record::ListShowsTheRecord),
        suite::Rule::Paging => Box::new(paging::Paging),
        suite::Rule::OneLabel => Box::new(one_label::OneLabel),
        suite::Rule::LabelsAreWords => Box::new(labels_are_words::LabelsAreWords),
        suite::Rule::ReadableText => Box::new(readable_text::ReadableText),
        suite::Rule::Years => Box::new(years::Years),
        suite::Rule::Relatives => Box::new(relatives::Relatives),
        suite::Rule::Images => Box::new(images::Images),
        suite::Rule::Concepts => Box::new(concepts::Concepts),
    }
}
