//! How far a page has come by what Chromium tells, without a browser.

use pretty_assertions::assert_eq;
use rstest::rstest;
use serde_json::json;

use super::*;

const PAGE: &str = "https://example.org/works/a222zvge";

fn event(method: &str, params: Value) -> Event {
    Event { method: method.into(), params }
}

fn navigated(frame: &str, loader: &str) -> Event {
    event("Page.frameNavigated", json!({ "frame": { "id": frame, "loaderId": loader } }))
}

fn came(frame: &str, loader: &str, name: &str) -> Event {
    event("Page.lifecycleEvent", json!({ "frameId": frame, "loaderId": loader, "name": name }))
}

fn asked(request: &str, address: &str) -> Event {
    event("Network.requestWillBeSent", json!({ "requestId": request, "request": { "url": address } }))
}

fn answered(frame: &str, request: &str, kind: &str, address: &str, status: u16) -> Event {
    let response = json!({ "url": address, "status": status });
    let params = json!({ "frameId": frame, "requestId": request, "loaderId": "one", "type": kind, "response": response });
    event("Network.responseReceived", params)
}

fn did_not_load(request: &str, canceled: bool) -> Event {
    let params = json!({ "requestId": request, "errorText": "net::ERR_FAILED", "canceled": canceled });
    event("Network.loadingFailed", params)
}

/// A page of the frame `main`, after all this.
fn after(events: impl IntoIterator<Item = Event>) -> Loading {
    let mut loading = Loading::of("main");
    for event in events {
        assert_eq!(loading.take(&event), None);
    }
    loading
}

fn failed(events: impl IntoIterator<Item = Event>) -> Vec<(String, bool)> {
    let (_, failed) = after(events).into_mistakes(PAGE);
    failed.into_iter().map(|failed| (failed.why, failed.own)).collect()
}

#[rstest]
#[case::nothing(&[], Stage::Coming)]
#[case::document(&["init", "commit", "DOMContentLoaded"], Stage::Ready)]
#[case::loaded(&["DOMContentLoaded", "load"], Stage::Loaded)]
#[case::silent_before_it_loaded(&["DOMContentLoaded", "networkIdle"], Stage::Ready)]
#[case::almost_silent(&["DOMContentLoaded", "load", "networkAlmostIdle"], Stage::Loaded)]
#[case::settled(&["DOMContentLoaded", "load", "networkIdle"], Stage::Settled)]
fn a_page_comes_in_stages(#[case] names: &[&str], #[case] stage: Stage) {
    let came = names.iter().map(|name| came("main", "one", name));
    assert_eq!(after([navigated("main", "one")].into_iter().chain(came)).stage(), stage);
}

#[rstest]
#[case::of_the_empty_tab(None, "main", "blank")]
#[case::of_the_document_before(Some("one"), "main", "zero")]
#[case::of_a_frame_in_it(Some("one"), "inner", "one")]
fn what_others_have_come_to_counts_for_nothing(
    #[case] shown: Option<&str>,
    #[case] frame: &str,
    #[case] loader: &str,
) {
    let shown = shown.map(|loader| navigated("main", loader));
    let came = ["load", "networkIdle"].map(|name| came(frame, loader, name));
    assert_eq!(after(shown.into_iter().chain(came)).stage(), Stage::Coming);
}

#[rstest]
fn a_page_that_leads_on_begins_anew() {
    let came = ["load", "networkIdle"].map(|name| came("main", "one", name));
    let events = [navigated("main", "one")].into_iter().chain(came);
    assert_eq!(after(events.clone().chain([navigated("main", "two")])).stage(), Stage::Coming);
    assert_eq!(after(events.chain([navigated("inner", "two")])).stage(), Stage::Settled);
}

#[rstest]
fn the_document_is_that_of_the_main_frame() {
    let inner = answered("inner", "one", "Document", "https://example.org/inner", 200);
    let main = answered("main", "one", "Document", PAGE, 404);
    let loading = after([main, inner, navigated("main", "one")]);
    assert_eq!(loading.document(), Some(&Document { address: PAGE.into(), status: 404 }));
}

#[rstest]
#[case::refused(&[answered("main", "2", "Script", "https://example.org/a.js", 404)], &[("answered 404", true)])]
#[case::of_a_stranger(&[answered("main", "2", "Script", "https://example.com/a", 500)], &[("answered 500", false)])]
#[case::in_a_frame(&[answered("inner", "one", "Document", "https://example.org/a", 500)], &[("answered 500", true)])]
#[case::no_answer(&[asked("2", "https://example.com/a"), did_not_load("2", false)], &[("net::ERR_FAILED", false)])]
#[case::given_up(&[asked("2", "https://example.org/a"), did_not_load("2", true)], &[])]
#[case::answered(&[answered("main", "2", "Script", "https://example.org/a.js", 304)], &[])]
#[case::the_page_itself(&[answered("main", "one", "Document", PAGE, 404)], &[])]
#[case::an_icon_nobody_named(&[answered("main", "2", "Other", "https://example.org/favicon.ico", 404)], &[])]
fn requests_that_failed_are_told(#[case] events: &[Event], #[case] told: &[(&str, bool)]) {
    let told: Vec<_> = told.iter().map(|(why, own)| ((*why).to_owned(), *own)).collect();
    assert_eq!(failed(events.iter().cloned()), told);
}

#[rstest]
fn why_a_request_was_blocked_is_told() {
    let params = json!({
        "requestId": "2",
        "errorText": "net::ERR_FAILED",
        "corsErrorStatus": { "corsError": "MissingAllowOriginHeader" },
    });
    let told = failed([asked("2", PAGE), event("Network.loadingFailed", params)]);
    assert_eq!(told, [("net::ERR_FAILED (MissingAllowOriginHeader)".to_owned(), true)]);
}

#[rstest]
#[case::dialog(event("Page.javascriptDialogOpening", json!({})), Some(Halt::Dialog))]
#[case::crash(event("Inspector.targetCrashed", json!({})), Some(Halt::Crash))]
#[case::broken_off(did_not_load("one", false), Some(Halt::BrokenOff { why: "net::ERR_FAILED".into() }))]
#[case::no_body(
    event("Network.loadingFailed", json!({ "requestId": "one", "errorText": ERROR_WITHOUT_BODY })),
    None
)]
#[case::unknown(event("Page.somethingNew", json!({})), None)]
fn what_keeps_a_page_from_going_on_is_told(#[case] event: Event, #[case] halt: Option<Halt>) {
    let mut loading = after([navigated("main", "one")]);
    assert_eq!(loading.take(&event), halt);
}

#[rstest]
fn a_page_that_never_stops_complaining_is_cut_short() {
    let complaint = json!({ "type": "error", "args": [{ "value": "x".repeat(5000) }] });
    let complaints = std::iter::repeat_n(event("Runtime.consoleAPICalled", complaint), 500);
    let (errors, _) = after(complaints).into_mistakes(PAGE);
    assert_eq!((errors.len(), errors[0].len()), (MOST, LONGEST));
}
