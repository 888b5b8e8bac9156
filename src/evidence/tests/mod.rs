//! What the evidence promises, against a scripted stage.

mod fetching;
mod finding_out;
mod sharing;
mod storing;
mod waiting;

use std::cell::Cell;
use std::fs;
use std::path::Path;
use std::thread;
use std::time::Duration;

use serde_json::json;
use tempfile::TempDir;

use super::*;
use crate::catalogue::test_server::{Reply, TestServer};
use crate::catalogue::{ApiKey, Body, Client, Limits};

const QUICK: Limits = Limits { backoff: Duration::ZERO, ..Limits::DEFAULT };
const KEY: &str = "s3cr3tK3yS3cr3tK3y";

fn run<T>(work: impl Future<Output = T>) -> T {
    on_one_thread(work).expect("a runtime")
}

fn index(name: &str) -> String {
    json!({ "worksIndex": name, "pipelineDate": "2026-11-01" }).to_string()
}

/// A stage that accepts `archive` and `collection`, refuses `precededBy`, and fails at `succeededBy`.
fn stage() -> TestServer {
    TestServer::start(|path, _| match path {
        "/_elasticConfig" => Reply::json(index("works-1")),
        "/works?pageSize=1&include=precededBy" => Reply::status(400),
        "/works?pageSize=1&include=succeededBy" => Reply::status(500),
        _ => Reply::json(json!({ "path": path })),
    })
}

fn client(server: &TestServer) -> Client {
    Client::new(server.target(), QUICK).expect("a client")
}

fn works(ids: &[&str]) -> BTreeSet<Resource> {
    ids.iter().map(|id| Resource::new(format!("/works/{id}"))).collect()
}

async fn gather(client: &Client, wanted: BTreeSet<Resource>) -> Evidence {
    let found = preflight(client).await.expect("a stage that answers");
    let mut evidence = Evidence::begin(client.target(), found);
    fetch(client, wanted, &mut evidence, &NoProgress).await;
    finish(client, &mut evidence).await;
    evidence
}
