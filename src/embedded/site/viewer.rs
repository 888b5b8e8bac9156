//! The viewer: a simple stand-in, which loads what it would show, and says so if it cannot.

use maud::html;
use serde_json::Value;

use super::frame::Sheet;
use super::locations::viewed;
use super::record::{text, title};
use super::work::thumbnail;
use super::{errors, online, page};

/// The viewer of this work; a page that is not found, if there is nothing to view.
pub fn sheet(work: &Value) -> Sheet {
    let Some(location) = viewed(work) else { return errors::not_found() };
    let Some(address) = text(location, "/url") else { return errors::broken() };
    let id = text(work, "/id").unwrap_or_default();
    let main = html! {
        h1 { (title(work)) }
        p { a href=(page::work(id)) { "Back to the work" } }
        // The script loads the manifest, and tells here what has come of it.
        div role="status" data-loads=(page::linked(address)) {}
        (thumbnail(work))
        (online::terms(location))
    };
    Sheet { status: 200, title: format!("{} | Viewer", title(work)), main }
}
