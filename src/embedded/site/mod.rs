//! The website's stand-in: the pages that a reader sees, rendered from what the API answers.
//!
//! The real site asks the API and renders a page on its server, so whatever is wrong in the pipeline, the index or the
//! API shows on the page. This one does the same: a page says which address of the API it needs ([`Page::asks`]), and
//! [`Site::show`] makes HTML of the answer. Nothing here knows the catalogue or opens a connection.
//!
//! It is a stand-in. Of the real pages it is known that a digitised work is "Available online" with a link "View", that
//! what is on paper stands below "Where to find it", and how the site follows a redirect; every other name, and the
//! looks, are made up. A text that holds here says nothing about the real site until it has been tried there.

mod about;
mod archive;
mod assets;
mod errors;
mod frame;
mod holdings;
mod lapse;
mod locations;
mod online;
mod page;
mod places;
mod record;
mod search;
#[cfg(test)]
mod tests;
mod viewer;
mod work;

use std::sync::LazyLock;

use serde_json::Value;

use self::frame::{Frame, Sheet};
pub(super) use self::lapse::Lapse;
pub(super) use self::page::Page;
use super::api::{Answer, Service};
use super::faults::Fault;
use super::stand_ins::STAND_INS;

/// The cookie with which a visitor asks for pages made from the stage API. The facts that this project has of the real
/// site name no such cookie: this name is an assumption, to be replaced by the real one.
pub const TOGGLE_COOKIE: &str = "toggle_stagingApi";

/// Its value: with any other, or without the cookie, pages are made from prod.
pub const TOGGLE_ON: &str = "true";

/// The website, which has a prod of its own to show to visitors without the cookie.
pub(super) struct Site {
    frame: Frame,
    fault: &'static Fault,
    prod: LazyLock<Service, Box<dyn FnOnce() -> Service + Send>>,
}

/// What has come of asking the API.
enum Found {
    Record(Value),
    Moved(String),
    Refused(Sheet),
}

impl Site {
    /// A website that makes the lapses of this fault; prod is built when somebody looks at it.
    pub fn new(fault: &'static Fault, prod: impl FnOnce() -> Service + Send + 'static) -> Self {
        Self { frame: Frame::of(fault), fault, prod: LazyLock::new(Box::new(prod)) }
    }

    /// The API that is asked for visitors without the cookie.
    pub fn prod(&self) -> &Service {
        &self.prod
    }

    /// A page, made from what the API has answered to what the page asks; nothing if the connection broke.
    pub fn show(&self, page: &Page, answered: Option<Answer>) -> Answer {
        match page {
            Page::Stylesheet if self.fault.lapses(Lapse::LosesStylesheet) => {
                self.frame.around(errors::not_found())
            }
            Page::Stylesheet => assets::stylesheet(),
            Page::Script => assets::script(),
            Page::Linked(_) => answered.unwrap_or_else(|| self.frame.around(errors::broken())),
            Page::Unknown => self.frame.around(errors::not_found()),
            Page::Work(_) if self.fault.lapses(Lapse::Crashes) => self.frame.around(errors::crashed()),
            Page::Work(_) | Page::Viewer(_) | Page::Search { .. } => match found(answered) {
                Found::Record(record) => self.frame.around(sheet(page, &record)),
                Found::Moved(to) => Answer::redirect(page.of_work(&to)),
                Found::Refused(sheet) => self.frame.around(sheet),
            },
        }
    }
}

fn sheet(page: &Page, record: &Value) -> Sheet {
    match page {
        Page::Viewer(_) => viewer::sheet(record),
        Page::Search { query, page } => search::sheet(query, page, record),
        _ => work::sheet(record),
    }
}

fn found(answered: Option<Answer>) -> Found {
    let Some(answer) = answered else { return Found::Refused(errors::broken()) };
    match answer.status {
        200 => match serde_json::from_str(&answer.body) {
            Ok(record @ Value::Object(_)) => Found::Record(record),
            _ => Found::Refused(errors::broken()),
        },
        302 => match answer.location.as_deref().and_then(target) {
            Some(to) => Found::Moved(to.to_owned()),
            None => Found::Refused(errors::broken()),
        },
        404 => Found::Refused(errors::not_found()),
        410 => Found::Refused(errors::gone()),
        _ => Found::Refused(errors::broken()),
    }
}

/// The work to which a redirect of the API leads. As on the real site, a location without a query is not understood.
fn target(location: &str) -> Option<&str> {
    let (_, rest) = location.split_once("/works/")?;
    let (id, _) = rest.split_once('?')?;
    let is_id = !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_alphanumeric());
    is_id.then_some(id)
}

/// Whether an address, with its query, is the website's: everything but the API and what stands in for other hosts.
pub(super) fn is_at(address: &str) -> bool {
    let of_the_api = address
        .strip_prefix("/catalogue")
        .is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?']));
    !of_the_api && !address.starts_with(STAND_INS)
}

/// Whether a visitor with these cookies asks for pages made from the stage API.
pub(super) fn is_of_stage(cookies: &[u8]) -> bool {
    let toggle = format!("{TOGGLE_COOKIE}={TOGGLE_ON}");
    cookies.split(|byte| *byte == b';').any(|cookie| cookie.trim_ascii() == toggle.as_bytes())
}
