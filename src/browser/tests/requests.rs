//! What a page asks for, with which cookies, and what goes wrong with it.

use pretty_assertions::assert_eq;
use rstest::rstest;

use super::*;
use crate::browser::{Cookie, Failed};

fn failed(address: String, why: &str, own: bool) -> Failed {
    Failed { address, why: why.into(), own }
}

#[rstest]
#[case::uncaught("throw new Error('boo')", "Uncaught Error: boo")]
#[case::uncaught_text("throw 'boo'", "Uncaught boo")]
#[case::rejected("Promise.reject(new Error('boo'))", "Uncaught (in promise) Error: boo")]
#[case::logged("console.error('boo', 1, new Error('why'))", "boo 1 Error: why")]
fn an_error_of_a_script_is_told(#[case] script: &str, #[case] says: &str) {
    let server = serve(&[("/", page(format!("<p>Something</p><script>{script}</script>")))]);
    let Some(seen) = look(&server) else { return };
    let [error] = &seen.errors[..] else { panic!("{:?}", seen.errors) };
    assert!(error.starts_with(says), "{error}");
}

#[rstest]
#[case::handled_late("const it = Promise.reject(1); setTimeout(() => it.catch(() => 0), 50)")]
#[case::only_a_warning("console.warn('boo')")]
fn what_is_no_error_is_not_told(#[case] script: &str) {
    let server = serve(&[("/", page(format!("<p>Something</p><script>{script}</script>")))]);
    let Some(seen) = look(&server) else { return };
    assert_eq!(seen.errors, [""; 0]);
}

#[rstest]
fn what_a_page_asked_for_in_vain_is_told_and_whose_it_was() {
    let others = serve(&[]);
    let counted = others.url().replace("127.0.0.1", "localhost");
    let server = serve(&[
        (
            "/",
            page(format!(
                "<script src='app.js'></script><img src='cut.png'><script src='{counted}/count.js'></script>"
            )),
        ),
        ("/cut.png", Reply::HangUp),
    ]);
    let Some(mut seen) = look(&server) else { return };
    seen.failed.sort_by(|one, other| one.why.cmp(&other.why).then(other.own.cmp(&one.own)));
    let expected = [
        failed(format!("{}/app.js", server.url()), "answered 404", true),
        failed(format!("{counted}/count.js"), "answered 404", false),
        failed(format!("{}/cut.png", server.url()), "net::ERR_EMPTY_RESPONSE", true),
    ];
    assert_eq!(seen.failed, expected);
    assert_eq!(seen.status, 200);
}

#[rstest]
fn a_document_that_is_cut_off_is_not_taken_for_a_page() {
    let cut =
        Reply::Truncated { headers: vec![("content-type", "text/html".into())], body: b"<h1>Half".to_vec() };
    let server = serve(&[("/", cut)]);
    let Some(seen) = try_look(&server, Device::Desktop) else { return };
    let why = String::from("net::ERR_CONTENT_LENGTH_MISMATCH");
    assert_eq!(seen, Err(NotSeen::NotReached { address: format!("{}/", server.url()), why }));
}

#[rstest]
fn what_a_page_gave_up_itself_has_not_failed() {
    let script =
        "const it = new AbortController(); fetch('slow', { signal: it.signal }).catch(() => 0); it.abort()";
    let server = serve(&[("/", page(format!("<script>{script}</script>"))), ("/slow", Reply::Hang)]);
    let Some(seen) = look(&server) else { return };
    assert_eq!((seen.failed, seen.errors), (vec![], vec![]));
}

#[rstest]
#[case::by_the_server(Reply::of(302, "text/plain", "").with("location", "/catalogue/v2/there"))]
#[case::by_the_page(page("<script>location.replace('there')</script>"))]
fn a_redirect_is_followed(#[case] redirect: Reply) {
    let server = serve(&[("/", redirect), ("/there", page("<h1>There</h1>"))]);
    let Some(seen) = look(&server) else { return };
    assert_eq!(seen.address, format!("{}/", server.url()));
    assert_eq!(seen.final_address, format!("{}/there", server.url()));
    assert!(has(&seen.tree, "heading", "There"), "{:?}", seen.tree);
    assert_eq!((seen.failed, seen.status), (vec![], 200));
}

#[rstest]
fn an_address_that_a_script_leads_to_is_the_address_of_what_is_shown() {
    let script = "history.replaceState(null, '', 'there'); document.body.innerHTML = '<h1>There</h1>'";
    let server = serve(&[("/", page(format!("<body><script>{script}</script>")))]);
    let Some(seen) = look(&server) else { return };
    assert_eq!((seen.final_address, seen.status), (format!("{}/there", server.url()), 200));
}

#[rstest]
#[case::with_a_page(Reply::of(404, "text/html", "<h1>Not here</h1>"), 404)]
#[case::without_any(Reply::of(503, "text/html", ""), 503)]
fn the_status_of_the_document_is_told(#[case] reply: Reply, #[case] status: u16) {
    let server = serve(&[("/", reply)]);
    let Some(seen) = look(&server) else { return };
    assert_eq!((seen.status, seen.final_address), (status, format!("{}/", server.url())));
}

#[rstest]
fn a_cookie_is_sent_to_the_site_from_the_first_request_on_and_to_nobody_else() {
    let others = serve(&[("/count.js", Reply::of(200, "text/javascript", ""))]);
    let counted = others.url().replace("127.0.0.1", "localhost");
    let server = serve(&[
        (
            "/works/a222zvge",
            page(format!("<script src='../app.js'></script><script src='{counted}/count.js'></script>")),
        ),
        ("/app.js", Reply::of(200, "text/javascript", "")),
    ]);
    let toggle = |settings: &mut Settings| {
        settings.cookies = vec![Cookie { name: "toggle_stageApi".into(), value: "true".into() }];
    };
    let Some(seen) = look_with(&server, "/works/a222zvge", toggle) else { return };
    assert_eq!(seen.unwrap().failed, []);
    let own: Vec<_> = server.requests().iter().map(|it| it.headers.get("cookie").cloned()).collect();
    assert_eq!(own, [Some("toggle_stageApi=true".to_owned()), Some("toggle_stageApi=true".to_owned())]);
    assert_eq!(others.requests().iter().map(|it| it.headers.get("cookie")).collect::<Vec<_>>(), [None]);
}

#[rstest]
fn a_cookie_that_the_browser_does_not_take_is_not_left_out_silently() {
    let server = serve(&[("/", page("<h1>Page</h1>"))]);
    let broken = |settings: &mut Settings| {
        settings.cookies = vec![Cookie { name: "a;b".into(), value: "true".into() }];
    };
    let Some(seen) = look_with(&server, "/", broken) else { return };
    let said = seen.expect_err("no look").to_string();
    assert!(said.contains("Network.setCookie"), "{said}");
    assert!(server.requests().is_empty());
}
