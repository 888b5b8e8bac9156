//! A miniature of the Catalogue API: a small catalogue, and a server that answers as the real one does.
//!
//! It shares no code with the rest of the crate, so that one mistake cannot hide both in the gate and in what
//! the gate is tried against.
//!
//! * [`catalogue`] holds the records.
//! * [`api`] answers requests about them: pure functions from path and query to status and body.
//! * [`server`] puts that on a socket, and can be told to misbehave through [`script`].

pub mod api;
pub mod catalogue;
pub mod script;
pub mod server;
mod wire;
