//! A place in a record, such as the `url` of the first location of its second item, and its path without the numbers.

use std::fmt;

use serde_json::Value;

/// One step down into a record.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// To a field of an object.
    Field(String),
    /// To an element of a list, counted from 0.
    Element(usize),
}

/// A place in a record; no step at all is the record itself.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place(Vec<Step>);

impl Place {
    /// The steps down to it.
    #[must_use]
    pub fn steps(&self) -> &[Step] {
        &self.0
    }

    /// The field of this name of the object here.
    #[must_use]
    pub fn field(&self, name: &str) -> Self {
        self.then(Step::Field(name.to_owned()))
    }

    /// This element of the list here.
    #[must_use]
    pub fn element(&self, nr: usize) -> Self {
        self.then(Step::Element(nr))
    }

    fn then(&self, step: Step) -> Self {
        Self(self.0.iter().cloned().chain([step]).collect())
    }

    /// The path, in which every element of a list is alike: `items[].locations[].url`.
    #[must_use]
    pub fn path(&self) -> String {
        self.written(|_| String::new())
    }

    /// What holds this place, and the step from there; nothing of the record itself.
    #[must_use]
    pub fn parent(&self) -> Option<(&[Step], &Step)> {
        self.0.split_last().map(|(last, above)| (above, last))
    }

    /// What stands here in a record.
    #[must_use]
    pub fn get<'v>(&self, record: &'v Value) -> Option<&'v Value> {
        self.0.iter().try_fold(record, |value, step| match step {
            Step::Field(name) => value.get(name),
            Step::Element(nr) => value.get(nr),
        })
    }

    fn written(&self, number: impl Fn(usize) -> String) -> String {
        let mut path = String::new();
        for step in &self.0 {
            match step {
                Step::Field(name) if path.is_empty() => path.push_str(name),
                Step::Field(name) => {
                    path.push('.');
                    path.push_str(name);
                }
                Step::Element(nr) => {
                    path.push('[');
                    path.push_str(&number(*nr));
                    path.push(']');
                }
            }
        }
        path
    }
}

impl fmt::Display for Place {
    /// As people write it: `items[1].locations[0].url`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.written(|nr| nr.to_string()))
    }
}

/// What stands below some steps in a record, to be changed.
pub(super) fn get_mut<'v>(record: &'v mut Value, steps: &[Step]) -> Option<&'v mut Value> {
    steps.iter().try_fold(record, |value, step| match step {
        Step::Field(name) => value.get_mut(name),
        Step::Element(nr) => value.get_mut(nr),
    })
}
