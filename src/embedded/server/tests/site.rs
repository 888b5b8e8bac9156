//! What a browser meets that asks the stage for pages of the website.

use pretty_assertions::assert_eq;
use rstest::rstest;

use super::*;
use crate::faults;
use crate::site::{TOGGLE_COOKIE, TOGGLE_ON};

const VIEW: &str = ">View</a>";

fn under(fault: &str) -> Stage {
    Stage::with(faults::named(fault).expect("a fault of that name"), Options::new()).unwrap()
}

/// Everything that is answered to a browser, until the connection closes.
fn browse(stage: &Stage, method: &str, path: &str, headers: &str) -> String {
    let mut stream = connect(stage);
    write!(stream, "{method} {path} HTTP/1.1\r\nhost: stage.example\r\n{headers}connection: close\r\n\r\n")
        .unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

/// A page that is made from the stage API.
fn of_stage(stage: &Stage, path: &str) -> String {
    browse(stage, "GET", path, &format!("cookie: a=b; {TOGGLE_COOKIE}={TOGGLE_ON}\r\n"))
}

/// A page that is made from prod.
fn of_prod(stage: &Stage, path: &str) -> String {
    browse(stage, "GET", path, "")
}

#[test]
fn the_website_is_at_the_root_of_the_same_host() {
    let stage = stage(Options::new());
    assert_eq!(format!("{}{BASE_PATH}", stage.site_url()), stage.url());
    let page = of_stage(&stage, "/works/a1111111");
    assert_eq!(status_line(&page), "HTTP/1.1 200 OK");
    assert!(page.contains("content-type: text/html; charset=UTF-8"), "{page}");
    assert!(page.contains("<h1>Surgery for beginners</h1>"), "{page}");
}

/// As on 5 January 2021.
#[test]
fn an_unmerged_archive_loses_its_view_link_on_stage_and_keeps_it_on_prod() {
    let stage = under("unmerged");
    assert!(of_prod(&stage, "/works/a222zvge").contains(VIEW));
    let page = of_stage(&stage, "/works/a222zvge");
    assert_eq!(status_line(&page), "HTTP/1.1 200 OK");
    assert!(!page.contains(VIEW) && !page.contains("Available online"), "{page}");
}

#[rstest]
#[case::in_the_index("hierarchy-lost", "/works/a222zvge", "Collection contents")]
#[case::in_the_documents("labels-are-ids", "/works/a222zvge", "Archives and manuscripts")]
#[case::in_access("open-becomes-closed", "/works/a2239muq", VIEW)]
#[case::in_the_api("unknown-works-break-it", "/works/zzzzzzzz", "Page not found")]
#[case::in_the_catalogue("redirects-lost", "/works/w4bajds8", "location: /works/a222zvge")]
#[case::on_the_wire(
    "links-broken",
    "/linked/https://iiif.wellcomecollection.org/presentation/v2/b18659135",
    "200 OK"
)]
fn a_fault_shows_on_pages_of_the_stage_only(#[case] fault: &str, #[case] path: &str, #[case] lost: &str) {
    let stage = under(fault);
    let (stage, prod) = (of_stage(&stage, path), of_prod(&stage, path));
    assert!(prod.contains(lost) && !stage.contains(lost), "{stage}");
}

#[test]
fn a_closed_stage_is_something_that_went_wrong_to_a_reader() {
    let stage = under("down");
    let page = of_stage(&stage, "/works/a222zvge");
    assert_eq!(status_line(&page), "HTTP/1.1 500 Internal Server Error");
    assert!(page.contains("<h1>Something went wrong</h1>"), "{page}");
    assert_eq!(status_line(&of_prod(&stage, "/works/a222zvge")), "HTTP/1.1 200 OK");
}

#[rstest]
#[case::an_error(Scripted::answer(503, "{}"))]
#[case::half_a_body(Scripted::answer(200, "{\"id\":"))]
#[case::no_answer(Scripted::Hangup)]
fn an_api_that_fails_once_breaks_the_page_once(#[case] answered: Scripted) {
    let stage =
        scripted(move |path, before| (path.starts_with(BASE_PATH) && before == 0).then(|| answered.clone()));
    let statuses = [0, 1].map(|_| status_line(&of_stage(&stage, "/works/a1111111"))[9..12].to_owned());
    assert_eq!(statuses, ["500", "200"]);
}

#[test]
fn a_scripted_redirect_of_the_api_is_followed() {
    let to = "/catalogue/v2/works/b1111111?include=items";
    let redirect = Scripted::answer(302, "").with_header("Location", to);
    let stage = scripted(move |path, _| path.starts_with(BASE_PATH).then(|| redirect.clone()));
    let page = of_stage(&stage, "/works/a1111111");
    assert!(page.contains("\r\nlocation: /works/b1111111\r\n"), "{page}");
}

#[test]
fn a_page_itself_can_be_scripted() {
    let stage = scripted(|path, _| (path == "/works/a1111111").then(|| Scripted::answer(502, "")));
    assert_eq!(status_line(&of_stage(&stage, "/works/a1111111")), "HTTP/1.1 502 Bad Gateway");
    assert_eq!(stage.requests(), ["/works/a1111111"]);
}

#[test]
fn what_the_website_asks_of_the_stage_is_remembered_and_of_prod_is_not() {
    let stage = stage(Options::new());
    of_prod(&stage, "/works/a1111111");
    of_stage(&stage, "/works/a1111111");
    let requests = stage.requests();
    assert_eq!(requests[..2], ["/works/a1111111", "/works/a1111111"]);
    assert!(requests[2].starts_with("/catalogue/v2/works/a1111111?include="), "{requests:?}");
    assert_eq!(requests.len(), 3);
}

#[test]
fn a_merged_work_sends_a_browser_to_the_other() {
    let page = of_stage(&stage(Options::new()), "/works/r1111111");
    assert_eq!(status_line(&page), "HTTP/1.1 302 Found");
    assert!(page.contains("\r\nlocation: /works/a1111111\r\n"), "{page}");
}

#[rstest]
#[case::a_work_that_never_was("/works/zzzzzzzz", "HTTP/1.1 404 Not Found")]
#[case::a_deleted_work("/works/d1111111", "HTTP/1.1 410 Gone")]
#[case::the_root("/", "HTTP/1.1 404 Not Found")]
fn what_is_not_there_has_a_page_and_its_status(#[case] path: &str, #[case] status: &str) {
    let page = of_stage(&stage(Options::new()), path);
    assert_eq!(status_line(&page), status);
    assert!(page.contains("<h1>"), "{page}");
}

#[test]
fn a_page_is_answered_to_head_without_a_body_and_to_post_not_at_all() {
    let stage = stage(Options::new());
    let head = browse(&stage, "HEAD", "/works/a1111111", "");
    assert!(head.starts_with("HTTP/1.1 200 OK") && head.ends_with("\r\n\r\n"), "{head}");
    let post = browse(&stage, "POST", "/works/a1111111", "");
    assert_eq!(status_line(&post), "HTTP/1.1 405 Method Not Allowed");
}

#[test]
fn the_api_of_july_makes_pages_too() {
    let stage = stage(Options { includes: Includes::July, ..Options::new() });
    assert_eq!(status_line(&of_stage(&stage, "/works/a1111111")), "HTTP/1.1 200 OK");
    assert_eq!(status_line(&of_prod(&stage, "/works/a1111111")), "HTTP/1.1 200 OK");
}

#[test]
fn paths_below_the_api_stay_with_the_api() {
    let answer = of_stage(&stage(Options::new()), "/catalogue/v1/works");
    assert_eq!(status_line(&answer), "HTTP/1.1 404 Not Found");
    assert!(answer.contains(r#""description":"Page not found for URL /catalogue/v1/works""#), "{answer}");
}
