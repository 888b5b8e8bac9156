//! What is not the same in two answers: by their structure, and each loss once, at the highest place.

use std::collections::HashMap;
use std::fmt;

use serde::Serialize;
use serde_json::{Map, Number, Value};

use super::address;
use super::estimate::Whole;
use super::identity::{at, mark};
use super::matching::matched;
use super::pair::Side;
use super::path::Pattern;

/// How many characters of a value are shown.
const SHOWN: usize = 80;

/// How much of the name of a field is written in a place; no field of the API has so long a name.
const LONGEST_FIELD: usize = 60;

/// What became of something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Prod has it, stage has not.
    Lost,
    /// Both have it, and it says something else.
    Changed,
    /// Stage has it, prod has not.
    Gained,
    /// Both have it, in another order.
    Moved,
    /// It was taken down on prod (410), for a reason, and stage shows it again.
    Returned,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 5] = [Self::Lost, Self::Changed, Self::Gained, Self::Moved, Self::Returned];
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Lost => "lost",
            Self::Changed => "changed",
            Self::Gained => "gained",
            Self::Moved => "moved",
            Self::Returned => "returned",
        })
    }
}

/// Something that is not the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// Where: `items[].locations[type=DigitalLocation].url`. `status` is the answer as a whole, `location` where it
    /// redirects to, and `body` its JSON, if one of the two has none.
    pub path: String,
    /// What became of it.
    pub kind: Kind,
    /// What prod says there, in short; empty if nothing.
    pub from: String,
    /// What stage says there, in short; empty if nothing.
    pub to: String,
    /// How often in this answer.
    pub times: usize,
}

/// How far numbers may be apart and still be told as the same.
#[derive(Debug, Clone, PartialEq)]
pub struct Tolerance {
    /// Where.
    pub path: Pattern,
    /// By this share of the number of prod, such as 0.01,
    pub share: f64,
    /// or by so much.
    pub or_by: f64,
}

/// What is known beforehand of the two that are compared.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Settings {
    /// Scheme and host under which stage was asked: `https://api-stage.wellcomecollection.org`.
    pub stage: String,
    /// Scheme and host under which prod was asked.
    pub prod: String,
    /// Parameters that were added to the requests of one of them only, such as `elasticCluster`.
    pub added_parameters: Vec<String>,
    /// Numbers that need not be exactly the same; the first that fits counts.
    pub tolerances: Vec<Tolerance>,
    /// Places of which it is counted how many records of prod have something there, so that the share of them that
    /// lose it can be told. Those of all bounds belong here.
    pub watched: Vec<Pattern>,
    /// How many works prod has, if that is known: then what was drawn from it says how many of the whole are concerned.
    pub whole_prod: Option<Whole>,
    /// How many works stage has, if that is known.
    pub whole_stage: Option<Whole>,
}

/// What stage's answer says otherwise than prod's.
#[must_use]
pub fn differences(stage: &Side<'_>, prod: &Side<'_>, settings: &Settings) -> Vec<Difference> {
    Walk::of(settings, &settings.stage).compare(stage, prod)
}

/// What prod's second answer says otherwise than its first.
pub(super) fn of_prod_itself(again: &Side<'_>, prod: &Side<'_>, settings: &Settings) -> Vec<Difference> {
    Walk::of(settings, &settings.prod).compare(again, prod)
}

/// A walk through two answers, hand in hand.
struct Walk<'s> {
    settings: &'s Settings,
    /// The host that the first of the two was asked under.
    host: &'s str,
    path: String,
    found: Vec<Difference>,
    known: HashMap<(String, Kind), usize>,
}

impl<'s> Walk<'s> {
    fn of(settings: &'s Settings, host: &'s str) -> Self {
        Self { settings, host, path: String::new(), found: Vec::new(), known: HashMap::new() }
    }

    fn compare(mut self, stage: &Side<'_>, prod: &Side<'_>) -> Vec<Difference> {
        if stage.status != prod.status {
            self.within("status", |walk| walk.statuses(stage, prod));
            return self.found;
        }
        self.within("location", |walk| walk.addresses(stage.location, prod.location));
        match (stage.body, prod.body) {
            (Some(Value::Object(stage)), Some(Value::Object(prod))) => self.answers(stage, prod),
            (Some(stage), Some(prod)) => self.values(stage, prod),
            // The answer is there, and the record is not: for readers that is no answer.
            (None, Some(_)) if prod.record().is_some() => self.within("status", |walk| {
                walk.tell(Kind::Lost, "200".to_owned(), "200 without a record".to_owned());
            }),
            (None, Some(prod)) => self.within("body", |walk| walk.lost(prod)),
            (Some(stage), None) => self.within("body", |walk| walk.gained(stage)),
            (None, None) => {}
        }
        self.found
    }

    /// What answered and does no longer is lost; what leads elsewhere has changed; what was taken down comes back, and
    /// is not new.
    fn statuses(&mut self, stage: &Side<'_>, prod: &Side<'_>) {
        let there = |side: &Side<'_>| side.status.is_some_and(|status| status < 400);
        let kind = match (there(prod), there(stage)) {
            (true, false) => Kind::Lost,
            (false, true) if prod.status == Some(410) => Kind::Returned,
            (false, true) => Kind::Gained,
            _ => Kind::Changed,
        };
        let short = |side: &Side<'_>| side.status.map_or_else(|| "not there".to_owned(), |it| it.to_string());
        self.tell(kind, short(prod), short(stage));
    }

    /// The fields of a whole answer, some of which hold addresses of the API itself.
    fn answers(&mut self, stage: &Map<String, Value>, prod: &Map<String, Value>) {
        for field in address::FIELDS {
            let (ours, theirs) = (stage.get(field), prod.get(field));
            self.within(field, |walk| {
                walk.addresses(ours.and_then(Value::as_str), theirs.and_then(Value::as_str));
            });
        }
        self.fields(stage, prod, &address::FIELDS);
    }

    fn addresses(&mut self, stage: Option<&str>, prod: Option<&str>) {
        let added = &self.settings.added_parameters;
        let ours = stage.map(|it| address::without(it, self.host, added));
        let theirs = prod.map(|it| address::without(it, &self.settings.prod, added));
        match (&ours, &theirs) {
            (Some(ours), Some(theirs)) if ours != theirs => {
                self.tell(Kind::Changed, clipped(theirs), clipped(ours));
            }
            (Some(ours), None) => self.tell(Kind::Gained, String::new(), clipped(ours)),
            (None, Some(theirs)) => self.tell(Kind::Lost, clipped(theirs), String::new()),
            _ => {}
        }
    }

    fn values(&mut self, stage: &Value, prod: &Value) {
        if stage == prod {
            return;
        }
        match (stage, prod) {
            // A code with its label is one thing: another code is another thing, and not two changes.
            (Value::Object(_), Value::Object(_)) if !self.is_element() && other_ids(stage, prod) => {
                self.tell(Kind::Changed, short(prod), short(stage));
            }
            (Value::Object(stage), Value::Object(prod)) => self.fields(stage, prod, &[]),
            (Value::Array(stage), Value::Array(prod)) => self.lists(stage, prod),
            (Value::Number(stage), Value::Number(prod)) if self.near(stage, prod) => {}
            _ => self.tell(Kind::Changed, short(prod), short(stage)),
        }
    }

    fn fields(&mut self, stage: &Map<String, Value>, prod: &Map<String, Value>, apart_from: &[&str]) {
        let concerns = |field: &str| !apart_from.contains(&field);
        for (field, theirs) in prod.iter().filter(|(field, _)| concerns(field)) {
            match stage.get(field) {
                Some(ours) if ours == theirs => {}
                Some(ours) => self.within(field, |walk| walk.values(ours, theirs)),
                None => self.within(field, |walk| walk.lost(theirs)),
            }
        }
        for (field, ours) in stage.iter().filter(|(field, _)| concerns(field)) {
            if !prod.contains_key(field) {
                self.within(field, |walk| walk.gained(ours));
            }
        }
    }

    fn lists(&mut self, stage: &[Value], prod: &[Value]) {
        let list = self.path.rsplit('.').next().unwrap_or_default().to_owned();
        let matched = matched(&list, stage, prod);
        for (ours, theirs) in matched.both {
            let (ours, theirs) = (&stage[ours], &prod[theirs]);
            if ours != theirs {
                self.at_element(mark(&list, theirs).as_deref(), |walk| walk.values(ours, theirs));
            }
        }
        for at in matched.lost {
            self.at_element(mark(&list, &prod[at]).as_deref(), |walk| {
                walk.each_location(&prod[at], Self::lost);
            });
        }
        for at in matched.gained {
            self.at_element(mark(&list, &stage[at]).as_deref(), |walk| {
                walk.each_location(&stage[at], Self::gained);
            });
        }
        if matched.moved {
            self.at_element(None, |walk| walk.tell(Kind::Moved, String::new(), String::new()));
        }
    }

    /// An item is there for its locations: with the item, they are what is lost.
    fn each_location(&mut self, element: &Value, tell: fn(&mut Self, &Value)) {
        let locations = element.get("locations").and_then(Value::as_array).filter(|it| !it.is_empty());
        let Some(locations) = locations else { return tell(self, element) };
        self.within("locations", |walk| {
            for location in locations {
                walk.at_element(mark("locations", location).as_deref(), |walk| tell(walk, location));
            }
        });
    }

    fn lost(&mut self, value: &Value) {
        self.tell(Kind::Lost, short(value), String::new());
    }

    fn gained(&mut self, value: &Value) {
        self.tell(Kind::Gained, String::new(), short(value));
    }

    fn near(&self, stage: &Number, prod: &Number) -> bool {
        let (Some(ours), Some(theirs)) = (stage.as_f64(), prod.as_f64()) else { return false };
        let apart = (ours - theirs).abs();
        let tolerance = self.settings.tolerances.iter().find(|it| it.path.matches(&self.path));
        let allowed = tolerance.map_or(0.0, |it| (it.share * theirs.abs()).max(it.or_by));
        apart <= allowed
    }

    fn is_element(&self) -> bool {
        self.path.is_empty() || self.path.ends_with(']')
    }

    fn within(&mut self, field: &str, look: impl FnOnce(&mut Self)) {
        let before = self.path.len();
        if before > 0 {
            self.path.push('.');
        }
        self.path.push_str(field.get(..LONGEST_FIELD).unwrap_or(field));
        look(self);
        self.path.truncate(before);
    }

    fn at_element(&mut self, mark: Option<&str>, look: impl FnOnce(&mut Self)) {
        let before = self.path.len();
        self.path.push('[');
        self.path.push_str(mark.unwrap_or_default());
        self.path.push(']');
        look(self);
        self.path.truncate(before);
    }

    fn tell(&mut self, kind: Kind, from: String, to: String) {
        let place = (self.path.clone(), kind);
        if let Some(&known) = self.known.get(&place) {
            self.found[known].times += 1;
        } else {
            self.found.push(Difference { path: self.path.clone(), kind, from, to, times: 1 });
            self.known.insert(place, self.found.len() - 1);
        }
    }
}

fn other_ids(stage: &Value, prod: &Value) -> bool {
    matches!((at(stage, "id"), at(prod, "id")), (Some(ours), Some(theirs)) if ours != theirs)
}

/// What a value says, for somebody who looks at it in passing.
fn short(value: &Value) -> String {
    match value {
        Value::String(text) => clipped(text),
        Value::Array(elements) => match elements.len() {
            1 => "1 entry".to_owned(),
            number => format!("{number} entries"),
        },
        Value::Object(_) => {
            let names =
                ["label", "title", "url", "value", "id", "agent.label", "status.label", "root.title", "type"];
            names.iter().find_map(|fields| at(value, fields)).map_or_else(|| "an entry".to_owned(), clipped)
        }
        value => value.to_string(),
    }
}

fn clipped(text: &str) -> String {
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
