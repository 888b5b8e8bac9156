//! Pages of a small server of this machine, looked at in a real Chromium.
//!
//! Where there is none, nothing is run, which is said on standard error; with `GATE_REQUIRES_CHROMIUM=1`, as in CI, that
//! fails instead.

mod loading;
mod pages;
mod requests;
mod website;

use std::collections::BTreeMap;
use std::env;
use std::io::{Write, stderr};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use super::{Browser, Device, Node, NotSeen, Seen, Settings, find};
use crate::catalogue::test_server::{Reply, TestServer};

/// The Chromium of this machine, or `None` after saying that nothing was run.
fn chromium_or_skip() -> Option<PathBuf> {
    let why = match find() {
        Ok(program) => return Some(program),
        Err(why) => why,
    };
    assert!(env::var_os("GATE_REQUIRES_CHROMIUM").is_none_or(|it| it != "1"), "{why}");
    writeln!(stderr(), "skipped, so nothing was shown: {why}").expect("standard error");
    None
}

/// A program that stands in for Chromium. It is never written by a test: a system runs no program that is still open
/// for writing somewhere, be it only in a process that another test is just starting.
pub(super) fn stand_in(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src/browser/tests/programs").join(name)
}

fn block_on<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap().block_on(future)
}

fn page(body: impl Into<String>) -> Reply {
    Reply::of(200, "text/html; charset=utf-8", body.into())
}

/// A server of these pages; what it does not have is answered with 404.
fn serve(pages: &[(&'static str, Reply)]) -> TestServer {
    let pages: BTreeMap<_, _> = pages.iter().cloned().collect();
    TestServer::start(move |path, _| {
        pages
            .get(path)
            .cloned()
            .unwrap_or_else(|| Reply::of(404, "text/plain", "there is no such thing here"))
    })
}

/// The browser that all tests share which need no settings of their own; it ends with the process.
fn shared() -> Option<&'static Browser> {
    static SHARED: OnceLock<Option<Browser>> = OnceLock::new();
    SHARED.get_or_init(|| chromium_or_skip().map(Settings::new).map(Browser::new)).as_ref()
}

/// What comes of a look at `/` of a server; `None` without a Chromium.
fn try_look(server: &TestServer, device: Device) -> Option<Result<Seen, NotSeen>> {
    Some(block_on(shared()?.look(&format!("{}/", server.url()), device)))
}

/// What is seen of `/` of a server on a desktop; `None` without a Chromium.
fn look(server: &TestServer) -> Option<Seen> {
    try_look(server, Device::Desktop).map(|seen| seen.unwrap())
}

/// What comes of a look at this path in a browser that is set otherwise; `None` without a Chromium.
fn look_with(server: &TestServer, path: &str, set: fn(&mut Settings)) -> Option<Result<Seen, NotSeen>> {
    let mut settings = Settings::new(chromium_or_skip()?);
    set(&mut settings);
    Some(block_on(async {
        let browser = Browser::new(settings);
        let seen = browser.look(&format!("{}{path}", server.url()), Device::Desktop).await;
        browser.close().await;
        seen
    }))
}

/// Whether something of this role and name is in a tree.
fn has(tree: &[Node], role: &str, name: &str) -> bool {
    tree.iter().any(|node| (node.role == role && node.name == name) || has(&node.children, role, name))
}

/// A node that is only a role and a name, with this in it.
fn node(role: &str, name: &str, children: impl IntoIterator<Item = Node>) -> Node {
    let children = children.into_iter().collect();
    Node { role: role.into(), name: name.into(), children, ..Node::default() }
}
