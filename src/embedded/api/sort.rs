//! The documented sorts. Only the first field counts; records without a value come last in either order.

use std::cmp::Ordering;

use jiff::civil::Date;
use serde_json::Value;

use super::dates::{Day, Days};
use super::includes::Includes;
use super::query::{Mistakes, Params};

/// The order in which results are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sort {
    field: Field,
    descending: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Field {
    Day(Days),
    CollectionPath,
}

impl Sort {
    /// The sort of works of an index that was last `updated` on this day.
    pub fn of_works(
        params: &Params,
        includes: Includes,
        updated: Date,
        mistakes: &mut Mistakes,
    ) -> Option<Self> {
        let all = ["production.dates", "items.locations.createdDate", "collectionPath"];
        let known = if includes == Includes::August { &all[..] } else { &all[..2] };
        Self::read(params, known, updated, mistakes)
    }

    /// The sort of images.
    pub fn of_images(params: &Params, mistakes: &mut Mistakes) -> Option<Self> {
        // Images are not sorted by a day that depends on the last update.
        Self::read(params, &["source.production.dates"], Date::ZERO, mistakes)
    }

    fn read(params: &Params, known: &[&'static str], updated: Date, mistakes: &mut Mistakes) -> Option<Self> {
        let orders = params.choices("sortOrder", &["asc", "desc"], mistakes);
        let field = match *params.choices("sort", known, mistakes).first()? {
            "items.locations.createdDate" => Field::Day(Days::Created { updated }),
            "collectionPath" => Field::CollectionPath,
            _ => Field::Day(Days::Produced),
        };
        Some(Self { field, descending: orders.first() == Some(&"desc") })
    }

    /// Puts records in order; `work` finds the work whose fields decide. Equals keep their place.
    pub fn apply<'a, T: Copy>(self, records: &mut Vec<T>, work: impl Fn(T) -> Option<&'a Value>) {
        let mut keyed: Vec<_> = records.iter().map(|&record| (self.key(work(record)), record)).collect();
        keyed.sort_by(|(one, _), (other, _)| self.compare(one.as_ref(), other.as_ref()));
        *records = keyed.into_iter().map(|(_, record)| record).collect();
    }

    fn key(self, work: Option<&Value>) -> Option<Key> {
        let work = work?;
        let day =
            |days: Vec<Day>| if self.descending { days.into_iter().max() } else { days.into_iter().min() };
        match self.field {
            Field::Day(days) => day(days.of(work)).map(Key::Day),
            Field::CollectionPath => work.get("referenceNumber")?.as_str().map(|path| Key::Path(steps(path))),
        }
    }

    fn compare(self, one: Option<&Key>, other: Option<&Key>) -> Ordering {
        match (one, other) {
            (Some(one), Some(other)) if self.descending => other.cmp(one),
            (Some(one), Some(other)) => one.cmp(other),
            (one, other) => other.is_some().cmp(&one.is_some()),
        }
    }
}

#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    Day(Day),
    Path(Vec<Step>),
}

/// A step of a collection path; numbers sort as numbers, before words.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Step {
    Number(u64),
    Word(String),
}

/// The steps of `PP/CRI/A/10`; the index keeps the path apart, the display document has the reference number.
fn steps(path: &str) -> Vec<Step> {
    let step = |text: &str| text.parse().map_or_else(|_| Step::Word(text.to_owned()), Step::Number);
    path.split('/').map(step).collect()
}

#[cfg(test)]
mod tests {
    use pretty_assertions::assert_eq;
    use rstest::rstest;
    use serde_json::json;

    use super::*;

    #[rstest]
    #[case::ascending("sort=production.dates", [1, 0, 2, 3])]
    #[case::descending("sort=production.dates&sortOrder=desc", [0, 1, 2, 3])]
    #[case::only_the_first_field("sort=production.dates,collectionPath&sortOrder=asc", [1, 0, 2, 3])]
    #[case::collection_path("sort=collectionPath", [2, 1, 0, 3])]
    fn works_are_sorted_and_those_without_a_value_come_last(#[case] query: &str, #[case] order: [usize; 4]) {
        let works = [
            json!({"referenceNumber": "PP/A/10", "production": [{"dates": [{"label": "1901"}]}]}),
            json!({"referenceNumber": "PP/A/9", "production": [{"dates": [{"label": "c. 1899"}]}]}),
            json!({"referenceNumber": "PP/A", "production": []}),
            json!({}),
        ];
        let mut mistakes = Mistakes::default();
        let sort =
            Sort::of_works(&Params::parse(query), Includes::August, Date::ZERO, &mut mistakes).unwrap();
        let mut records = vec![0, 1, 2, 3];
        sort.apply(&mut records, |record: usize| Some(&works[record]));
        assert_eq!(records, order);
        mistakes.check().unwrap();
    }

    #[test]
    fn july_does_not_sort_by_collection_path() {
        let mut mistakes = Mistakes::default();
        Sort::of_works(&Params::parse("sort=collectionPath"), Includes::July, Date::ZERO, &mut mistakes);
        assert!(mistakes.check().is_err());
    }
}
