//! Sentences about rules, for people who read no code: what must hold, and what happened.

use super::bounds::share;
use super::difference::Kind;
use super::impact::{Bound, Expected};
use super::judge::per_cent;
use super::things;
use super::wording::became;
use crate::numbers::{capital, grouped};

impl Bound {
    /// What must hold by it, in a line.
    #[must_use]
    pub fn promise(&self) -> String {
        let place = self.path.to_string();
        let things::Thing { words: thing, is_many } = things::thing(&place);
        let capital_thing = capital(&thing);
        match (place.as_str(), self.kind) {
            ("status", Kind::Lost) => "Pages do not vanish".to_owned(),
            ("status", Kind::Gained) => "No more pages are new than may be".to_owned(),
            ("status", Kind::Returned) => "What was taken down is not shown again".to_owned(),
            ("status", _) => "Addresses lead where they led".to_owned(),
            (_, Kind::Lost) => format!("Records keep {thing}"),
            (_, Kind::Gained | Kind::Returned) => format!("Records do not gain {thing}"),
            (_, Kind::Changed) => {
                let stay = if is_many { "stay as they are" } else { "stays as it is" };
                format!("{capital_thing} {stay}")
            }
            (_, Kind::Moved) => {
                format!("{capital_thing} {} in order", if is_many { "stay" } else { "stays" })
            }
        }
    }

    /// What happened: `58 of 1,031 lose the digitised copy`.
    #[must_use]
    pub fn happened(&self, to: usize, of: usize) -> String {
        let place = self.path.to_string();
        let things::Thing { words: thing, is_many } = things::thing(&place);
        let part = format!("{} of {}", grouped(to), grouped(of));
        let verb = |one: &'static str, many: &'static str| if to == 1 { one } else { many };
        let of_thing = |one: &'static str, many: &'static str| if is_many { many } else { one };
        match (place.as_str(), self.kind) {
            ("status", Kind::Lost) => format!("{part} {} no longer there", verb("is", "are")),
            ("status", Kind::Gained) => format!("{part} {} new", verb("is", "are")),
            ("status", Kind::Returned) => {
                format!("{part} {} shown again after having been taken down", verb("is", "are"))
            }
            ("status", _) => format!("{part} {} in another way than before", verb("answers", "answer")),
            (_, Kind::Lost) => format!("{part} {} {thing}", verb("loses", "lose")),
            (_, Kind::Gained | Kind::Returned) => format!("{part} {} {thing}", verb("gains", "gain")),
            (_, Kind::Changed) => format!("for {part}, {thing} {} different", of_thing("is", "are")),
            (_, Kind::Moved) => format!("for {part}, {thing} {} in another order", of_thing("comes", "come")),
        }
    }

    /// How many it may happen to: `at most 0.5 % may`.
    #[must_use]
    pub fn allowed(&self) -> String {
        if self.at_most == 0.0 {
            return "none may".to_owned();
        }
        format!("at most {} % may", per_cent(self.at_most))
    }

    /// What it says to so many of so many, which are too many.
    #[must_use]
    pub fn broken(&self, to: usize, of: usize) -> String {
        if share(to, of) > self.at_most {
            self.allowed()
        } else {
            "no request may lose its answer".to_owned()
        }
    }
}

impl Expected {
    /// What is meant to happen, in a line.
    #[must_use]
    pub fn promise(&self) -> String {
        let things::Thing { words: thing, is_many } = things::thing(&self.path.to_string());
        let becomes = became(self.kind);
        format!(
            "{} {} {becomes}, as {} meant to be",
            capital(&thing),
            if is_many { "are" } else { "is" },
            if is_many { "they are" } else { "it is" }
        )
    }
}
