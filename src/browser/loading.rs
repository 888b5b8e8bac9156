//! What a page did while it loaded, and when it is done. Pure: it is told events, and knows no clock.
//!
//! A page is done when it has loaded and its network has then been silent for half a second, which Chromium tells.
//! Scripts that fill a page do so by asking for what they fill it with, so this waits for them too.

use std::collections::HashMap;

use serde_json::Value;

use super::line::Event;
use super::{Failed, site};

/// No page has more to say of its mistakes than this.
const MOST: usize = 100;
/// Nor at greater length.
const LONGEST: usize = 1000;

/// How far a page has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stage {
    /// There is nothing to see yet, or not all of the document.
    Coming,
    /// The document is whole.
    Ready,
    /// What belongs to the document is there as well.
    Loaded,
    /// Its network has fallen silent.
    Settled,
}

/// What keeps a page from going on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Halt {
    /// A dialog waits for an answer.
    Dialog,
    /// The tab is gone.
    Crash,
    /// The document itself did not come whole.
    BrokenOff { why: String },
}

/// What Chromium says of a document without a body whose status is that of an error: it did come.
pub(super) const ERROR_WITHOUT_BODY: &str = "net::ERR_HTTP_RESPONSE_CODE_FAILURE";

/// The document that a tab shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Document {
    pub address: String,
    pub status: u16,
}

/// What a page did so far.
pub(super) struct Loading {
    /// The main frame of the tab.
    frame: String,
    /// The document that is shown, by the name of its loading.
    current: Option<String>,
    /// Everything that came as a document of the main frame.
    documents: HashMap<String, Document>,
    is_ready: bool,
    is_loaded: bool,
    is_silent: bool,
    /// What is being asked for.
    requests: HashMap<String, String>,
    /// Failed requests, and which document made them.
    failed: Vec<Failed>,
    /// Errors, each with the number by which it may be taken back.
    errors: Vec<(Option<u64>, String)>,
}

impl Loading {
    /// Nothing so far.
    pub fn of(frame: &str) -> Self {
        Self {
            frame: frame.to_owned(),
            current: None,
            documents: HashMap::new(),
            is_ready: false,
            is_loaded: false,
            is_silent: false,
            requests: HashMap::new(),
            failed: Vec::new(),
            errors: Vec::new(),
        }
    }

    /// How far it has come.
    pub fn stage(&self) -> Stage {
        match (self.is_ready, self.is_loaded, self.is_silent) {
            (_, true, true) => Stage::Settled,
            (_, true, false) => Stage::Loaded,
            (true, ..) => Stage::Ready,
            _ => Stage::Coming,
        }
    }

    /// The document that is shown; `None` if none has come from anywhere.
    pub fn document(&self) -> Option<&Document> {
        self.documents.get(self.current.as_ref()?)
    }

    /// The errors and the failed requests, told apart by whether they are of the page's own site.
    pub fn into_mistakes(self, page: &str) -> (Vec<String>, Vec<Failed>) {
        let errors = self.errors.into_iter().map(|(_, error)| error).collect();
        let failed = self.failed.into_iter().map(|it| Failed { own: site::is_own(page, &it.address), ..it });
        (errors, failed.collect())
    }

    /// Takes in what happened.
    pub fn take(&mut self, event: &Event) -> Option<Halt> {
        let params = &event.params;
        match event.method.as_str() {
            "Page.frameNavigated" => self.navigated(&params["frame"]),
            "Page.navigatedWithinDocument" => self.renamed(params),
            "Page.lifecycleEvent" => self.came_further(params),
            "Network.requestWillBeSent" => self.asked(params),
            "Network.responseReceived" => self.answered(params),
            "Network.loadingFailed" => return self.did_not_load(params),
            "Runtime.exceptionThrown" => self.threw(&params["exceptionDetails"]),
            "Runtime.exceptionRevoked" => self.took_back(params),
            "Runtime.consoleAPICalled" => self.logged(params),
            "Page.javascriptDialogOpening" => return Some(Halt::Dialog),
            "Inspector.targetCrashed" => return Some(Halt::Crash),
            _ => {}
        }
        None
    }

    /// Another document is shown from now on, to which nothing applies that was so of the last.
    fn navigated(&mut self, frame: &Value) {
        if frame["id"] == *self.frame {
            self.current = frame["loaderId"].as_str().map(str::to_owned);
            (self.is_ready, self.is_loaded, self.is_silent) = (false, false, false);
        }
    }

    /// The document goes by another address from now on, to which a script has led without asking for a document.
    fn renamed(&mut self, params: &Value) {
        let document = self.current.as_ref().and_then(|current| self.documents.get_mut(current));
        if let (true, Some(document), Some(address)) =
            (params["frameId"] == *self.frame, document, params["url"].as_str())
        {
            address.clone_into(&mut document.address);
        }
    }

    fn came_further(&mut self, params: &Value) {
        if params["frameId"] != *self.frame || params["loaderId"].as_str() != self.current.as_deref() {
            return;
        }
        match params["name"].as_str() {
            Some("DOMContentLoaded") => self.is_ready = true,
            Some("load") => self.is_loaded = true,
            Some("networkIdle") => self.is_silent = true,
            _ => {}
        }
    }

    fn asked(&mut self, params: &Value) {
        self.requests.insert(text(&params["requestId"]), text(&params["request"]["url"]));
    }

    fn answered(&mut self, params: &Value) {
        let response = &params["response"];
        let status = response["status"].as_u64().and_then(|status| status.try_into().ok()).unwrap_or(0);
        let address = text(&response["url"]);
        let is_document = params["type"] == "Document" && params["requestId"] == params["loaderId"];
        if is_document && params["frameId"] == *self.frame {
            self.documents.insert(text(&params["loaderId"]), Document { address, status });
        } else if status >= 400 && !address.ends_with("/favicon.ico") {
            self.failed(&address, format!("answered {status}"));
        }
    }

    fn did_not_load(&mut self, params: &Value) -> Option<Halt> {
        let request = text(&params["requestId"]);
        let address = self.requests.get(&request).cloned().unwrap_or_default();
        let why = text(&params["errorText"]);
        if self.current.as_ref() == Some(&request) {
            return (why != ERROR_WITHOUT_BODY).then_some(Halt::BrokenOff { why });
        }
        // What the page itself gave up, or left behind when it went elsewhere, has not failed. Nor was it the page
        // that asked for an icon which it does not name.
        if params["canceled"] != true && !address.ends_with("/favicon.ico") {
            let cause = [&params["blockedReason"], &params["corsErrorStatus"]["corsError"]];
            let cause = cause.iter().find_map(|cause| cause.as_str());
            self.failed(&address, cause.map_or(why.clone(), |cause| format!("{why} ({cause})")));
        }
        None
    }

    fn threw(&mut self, details: &Value) {
        let what = text(&details["text"]);
        let exception = &details["exception"];
        let which =
            exception["description"].as_str().map_or_else(|| shown(&exception["value"]), str::to_owned);
        self.erred(details["exceptionId"].as_u64(), format!("{what} {which}").trim());
    }

    /// A rejection that was handled after all.
    fn took_back(&mut self, params: &Value) {
        let revoked = params["exceptionId"].as_u64();
        self.errors.retain(|(number, _)| number.is_none() || *number != revoked);
    }

    fn logged(&mut self, params: &Value) {
        if params["type"] == "error" {
            let words = params["args"].as_array().into_iter().flatten();
            let words =
                words.map(|it| it["description"].as_str().map_or_else(|| shown(&it["value"]), str::to_owned));
            self.erred(None, &words.collect::<Vec<_>>().join(" "));
        }
    }

    fn erred(&mut self, number: Option<u64>, error: &str) {
        if self.errors.len() < MOST {
            self.errors.push((number, bounded(error)));
        }
    }

    /// Of each side as many as are kept, so that what others do not give hides nothing that is the page's own.
    fn failed(&mut self, address: &str, why: String) {
        let page = self.document().map(|document| document.address.clone()).unwrap_or_default();
        let own = site::is_own(&page, address);
        if self.failed.iter().filter(|it| it.own == own).count() < MOST {
            self.failed.push(Failed { address: bounded(address), why, own });
        }
    }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

/// A value of a script as it would be printed.
fn shown(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

fn bounded(text: &str) -> String {
    text.chars().take(LONGEST).collect()
}

#[cfg(test)]
#[path = "loading_tests.rs"]
mod tests;
