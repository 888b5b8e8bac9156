//! Every mutation of an answer: those of its body, and those of its status and its `Location`.

use serde_json::{Value, json};

use super::donors::Donors;
use super::mutation::{Change, Kind, Mutation};
use super::place::Place;
use super::record_mutations::of_body;
use crate::catalogue::{Answer, Body};

/// Every single mutation of the answer of this number, lazily, always in the same order.
pub fn mutations<'a>(
    answer: &'a Answer,
    nr: usize,
    donors: &'a Donors,
    others: &'a [&'a Answer],
) -> impl Iterator<Item = Mutation> + 'a {
    let of_body = answer.json().into_iter().flat_map(move |body| of_body(body, nr, donors));
    of_status(answer, others).chain(of_location(answer, others)).chain(of_body)
}

fn whole(kind: Kind, change: Change) -> Mutation {
    Mutation { place: Place::default(), kind, change }
}

/// The statuses that the API could answer with instead, each with the body that goes with it.
fn of_status(answer: &Answer, others: &[&Answer]) -> impl Iterator<Item = Mutation> {
    let instead = [(404, "Not Found"), (410, "Gone"), (500, "Internal Server Error")];
    let errors =
        instead.into_iter().map(|(status, label)| Answer::new(status, Body::Json(error(status, label))));
    // Something that should not be shown is shown: the record of another work.
    let shown = others.iter().find(|other| other.status == 200).map(|other| (*other).clone());
    let own = answer.status;
    let instead: Vec<Answer> = errors.chain(shown).filter(|other| other.status != own).collect();
    instead.into_iter().map(|other| whole(Kind::Status, Change::Answer(Box::new(other))))
}

/// What the API says in place of a record.
fn error(status: u16, label: &str) -> Value {
    let description = match status {
        404 => "Work not found for identifier",
        410 => "This work has been deleted",
        _ => "The API could not answer",
    };
    json!({
        "type": "Error",
        "errorType": "http",
        "httpStatus": status,
        "label": label,
        "description": description,
    })
}

/// A redirect that leads nowhere, where another one leads, to another host, or without its query.
fn of_location(answer: &Answer, others: &[&Answer]) -> impl Iterator<Item = Mutation> + use<> {
    let mut instead = Vec::new();
    if let Some(location) = &answer.location {
        instead.push(None);
        let other =
            others.iter().filter_map(|other| other.location.as_ref()).find(|other| *other != location);
        instead.extend(other.cloned().map(Some));
        let path = location
            .split_once("://")
            .map_or(location.as_str(), |(_, rest)| rest.find('/').map_or("", |slash| &rest[slash..]));
        instead.push(Some(format!("https://api.wellcomecollection.org{path}")));
        instead.extend(location.split_once('?').map(|(without, _)| Some(without.to_owned())));
    }
    instead.into_iter().map(|location| whole(Kind::Location, Change::Location(location)))
}
