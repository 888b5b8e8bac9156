//! The Catalogue API: its resources, its client, and which release a stage serves. Knows no criteria.

mod address;
mod answer;
mod api_key;
mod client;
mod connections;
mod device;
mod fault;
mod filters;
mod include;
mod limits;
mod release;
mod resource;
mod selection;
mod sources;
mod target;
#[cfg(test)]
pub(crate) mod test_server;
mod work_id;

pub use address::Address;
pub use answer::{Answer, Body, Unanswered};
pub use api_key::{ApiKey, UnusableKey};
pub use client::{Client, ClientError, Traffic, USER_AGENT};
pub use device::Device;
pub use fault::is_busy;
pub use filters::{Endpoint, Facet, Filter, Shows, Takes, Values};
pub use include::Include;
pub use limits::Limits;
pub use release::{ExpectedRelease, ServedIndex, date_in};
pub use resource::{Origin, Resource};
pub use selection::Selection;
pub use sources::{Ask, Sources};
pub use target::{Target, TargetError};
pub use work_id::WorkId;
