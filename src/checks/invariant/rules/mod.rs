//! The rules that an invariant may name: one file for each.

mod available_online;

use super::Rule;
use crate::suite;

/// The rule of this name.
pub(super) fn of(rule: suite::Rule) -> Box<dyn Rule> {
    match rule {
        suite::Rule::AvailableOnline => Box::new(available_online::AvailableOnline),
    }
}
