//! The other pages, the frame around all of them, and what the website makes of each answer of the API.

use std::collections::BTreeSet;

use pretty_assertions::assert_eq;
use rstest::rstest;
use serde_json::json;

use super::*;
use crate::catalogue::Work;
use crate::site::{TOGGLE_COOKIE, TOGGLE_ON, is_at, is_of_stage};

fn redirect(location: Option<&str>) -> Answer {
    Answer { location: location.map(str::to_owned), ..answer(302, "") }
}

#[rstest]
#[case::not_found(404, 404, "Page not found")]
#[case::gone(410, 410, "This work is no longer available")]
#[case::broken(500, 500, "Something went wrong")]
#[case::overloaded(503, 500, "Something went wrong")]
#[case::refused(400, 500, "Something went wrong")]
fn a_refusal_of_the_api_is_a_page_of_its_own(#[case] api: u16, #[case] status: u16, #[case] says: &str) {
    let page = shown("/works/a1111111", Some(answer(api, "{}")));
    assert_eq!(page.status, status);
    assert!(page.body.contains(&format!("<h1>{says}</h1>")), "{}", page.body);
}

#[rstest]
#[case::no_answer(None)]
#[case::half_an_answer(Some(answer(200, r#"{"id":"#)))]
#[case::no_record(Some(answer(200, "[]")))]
#[case::a_redirect_to_nowhere(Some(redirect(None)))]
#[case::a_redirect_that_lost_its_query(Some(redirect(Some("/catalogue/v2/works/b1111111"))))]
#[case::a_redirect_to_no_id(Some(redirect(Some("/catalogue/v2/works/../x?y"))))]
fn what_cannot_be_understood_is_told_as_something_that_went_wrong(#[case] answered: Option<Answer>) {
    let page = shown("/works/a1111111", answered);
    assert_eq!(page.status, 500);
    assert!(page.body.contains("<h1>Something went wrong</h1>"), "{}", page.body);
}

#[rstest]
#[case::a_work("/works/a1111111", "/works/b1111111")]
#[case::its_viewer("/works/a1111111/items", "/works/b1111111/items")]
fn a_merged_work_leads_to_the_same_page_of_the_other(#[case] from: &str, #[case] to: &str) {
    let page =
        shown(from, Some(redirect(Some("https://api.example/catalogue/v2/works/b1111111?include=items"))));
    assert_eq!((page.status, page.location.as_deref()), (302, Some(to)));
}

#[test]
fn the_viewer_loads_what_it_shows_and_leads_back() {
    let mut work = digitised();
    work["thumbnail"] = json!({"url": "https://iiif.example/t.jpg"});
    work["items"][0]["locations"][0]["license"] = json!({"label": "Public Domain Mark"});
    let page = shown_of("/works/a1111111/items", &work);
    assert!(page.contains("<h1>Surgery</h1>") && page.contains("alt=\"Thumbnail of Surgery\""), "{page}");
    assert!(page.contains(&term("Licence", "Public Domain Mark")), "{page}");
    assert!(page.contains(r#"data-loads="/linked/https://iiif.example/b1""#), "{page}");
    assert!(page.contains(r#"<a href="/works/a1111111">Back to the work</a>"#), "{page}");
}

#[rstest]
#[case::that_is_closed("closed", "https://iiif.example/b1", 404)]
#[case::whose_address_is_lost("open", "", 500)]
fn there_is_no_viewer_of_a_copy(#[case] status: &str, #[case] url: &str, #[case] expected: u16) {
    let mut copy = location("DigitalLocation", "iiif-presentation", status, "view-online");
    copy["url"] = json!(url);
    let work = with(&[copy], &["online"]);
    let page = shown("/works/a1111111/items", Some(answer(200, work.to_string())));
    assert_eq!(page.status, expected);
}

#[test]
fn a_search_lists_what_it_has_found() {
    let mut work = digitised();
    work["workType"] = json!({"label": "Books"});
    let results = json!({"totalResults": 21, "results": [work], "prevPage": "p", "nextPage": "n"});
    let page = shown_of("/search/works?query=%3Cknife%3E&page=2", &results);
    assert!(page.contains("21 works for “&lt;knife&gt;”"), "{page}");
    assert!(page.contains(r#"name="query" value="&lt;knife&gt;""#), "{page}");
    let found = section(&page, "Results").unwrap();
    assert!(found.contains(r#"<h3><a href="/works/a1111111">Surgery</a></h3>"#), "{found}");
    assert!(found.contains("<p>Books</p><p>Available online</p>"), "{found}");
    let to =
        |page: u8, name| format!(r#"<a href="/search/works?query=%3Cknife%3E&amp;page={page}">{name}</a>"#);
    assert!(page.contains(&to(1, "Previous page")) && page.contains(&to(3, "Next page")), "{page}");
}

#[rstest]
#[case::nothing("?query=x", 0, ">No works for “x”<")]
#[case::one_work("?query=x", 1, ">1 work for “x”<")]
#[case::without_a_query("", 2000, ">2000 works<")]
fn a_search_says_how_much_it_has_found(#[case] query: &str, #[case] total: u64, #[case] says: &str) {
    let page = shown_of(&format!("/search/works{query}"), &json!({"totalResults": total, "results": []}));
    assert!(page.contains(says), "{page}");
    assert_eq!(section(&page, "Results"), None);
    assert!(!page.contains("Pages of results"), "{page}");
}

#[rstest]
#[case::a_work("/works/a1", Some("/catalogue/v2/works/a1?include=identifiers,items,"))]
#[case::a_viewer("/works/a1/items?x=y", Some("/catalogue/v2/works/a1?include=identifiers,items,"))]
#[case::a_search(
    "/search/works?query=a%26b",
    Some("/catalogue/v2/works?query=a%26b&include=contributors%2Cproduction")
)]
#[case::a_picture("/linked/https://a.example/?b=c", Some("/stand-ins/https://a.example/?b=c"))]
#[case::the_stylesheet("/assets/site.css", None)]
#[case::anything_else("/stories", None)]
fn each_page_asks_the_api_for_what_it_shows(#[case] address: &str, #[case] asks: Option<&str>) {
    let asked = Page::at(address).asks();
    assert_eq!(asked.is_some(), asks.is_some());
    let (asked, asks) = (asked.unwrap_or_default(), asks.unwrap_or_default());
    assert!(asked.starts_with(asks), "{asked}");
}

#[rstest]
#[case::the_root("/")]
#[case::a_work_without_an_id("/works")]
#[case::a_page_below_a_work("/works/a1111111/stories")]
#[case::an_asset_that_is_not_there("/assets/other.js")]
fn whatever_else_is_asked_for_is_not_found(#[case] address: &str) {
    let page = shown(address, None);
    assert_eq!((page.status, Page::at(address)), (404, Page::Unknown));
    assert!(page.body.contains("<h1>Page not found</h1>"), "{}", page.body);
}

#[rstest]
#[case::a_work("/works/a1111111", true)]
#[case::the_root("/", true)]
#[case::what_only_begins_like_the_api("/catalogues", true)]
#[case::the_api("/catalogue/v2/works/a1111111", false)]
#[case::its_root("/catalogue?x", false)]
#[case::a_stand_in("/stand-ins/https://a.example/", false)]
fn the_website_has_all_addresses_but_those_of_the_api(#[case] address: &str, #[case] expected: bool) {
    assert_eq!(is_at(address), expected);
}

#[rstest]
#[case::alone("", "", true)]
#[case::among_others("a=b; ", "; c=d", true)]
#[case::with_another_value("", "x", false)]
#[case::as_the_end_of_another("x", "", false)]
fn only_the_cookie_as_it_is_asks_for_the_stage(#[case] before: &str, #[case] after: &str, #[case] is: bool) {
    assert_eq!(is_of_stage(format!("{before}{TOGGLE_COOKIE}={TOGGLE_ON}{after}").as_bytes()), is);
}

#[test]
fn a_page_is_made_for_everybody_and_loads_nothing_from_elsewhere() {
    let page = page(&digitised());
    for part in [
        "<!DOCTYPE html><html lang=\"en\">",
        "<title>Surgery | Wellcome Collection</title>",
        "<meta name=\"viewport\"",
        "<link rel=\"icon\" href=\"data:,\">",
        "<a class=\"skip\" href=\"#content\">",
        "@media (max-width:40rem)",
        "<nav id=\"menu\" aria-label=\"Main\">",
        "<main id=\"content\">",
    ] {
        assert!(page.contains(part), "{part} in {page}");
    }
    let loaded = page.split(" src=\"").skip(1).chain(page.split("<link rel=\"stylesheet\" href=\"").skip(1));
    let addresses: Vec<&str> = loaded.filter_map(|rest| rest.split('"').next()).collect();
    assert_eq!(addresses, ["/assets/site.js", "/assets/site.css"]);
}

fn faulty(name: &str) -> Site {
    site(faults::named(name).expect("a fault of that name"))
}

#[test]
fn a_script_of_another_release_finds_no_menu_button() {
    let looked_for = "getElementById(\"menu-button\")";
    assert!(shown("/assets/site.js", None).body.contains(looked_for));
    assert!(page(&digitised()).contains("id=\"menu-button\""));
    let answered = Some(answer(200, digitised().to_string()));
    let page = faulty("site-script-error").show(&Page::at("/works/a1111111"), answered).body;
    assert!(!page.contains("menu-button") && page.contains(">Menu</button>"), "{page}");
}

#[test]
fn a_lost_stylesheet_is_not_found_and_the_script_is() {
    let site = faulty("site-asset-missing");
    let statuses = ["/assets/site.css", "/assets/site.js"].map(|at| site.show(&Page::at(at), None).status);
    assert_eq!(statuses, [404, 200]);
    assert_eq!(shown("/assets/site.css", None).status, 200);
}

#[test]
fn a_crash_has_the_status_of_a_page_that_is_in_order() {
    let answered = Some(answer(200, digitised().to_string()));
    let page = faulty("site-crashes").show(&Page::at("/works/a1111111"), answered);
    assert_eq!(page.status, 200);
    assert!(
        page.body.contains("<h1>Something went wrong</h1>") && !page.body.contains("View"),
        "{}",
        page.body
    );
}

#[test]
fn every_work_of_the_catalogue_has_a_page_with_one_title_and_no_id_twice() {
    let site = site(&faults::NONE);
    let catalogue = fixture::whole_catalogue();
    let works = catalogue.works.values().filter_map(|work| match work {
        Work::Visible(document) => Some((**document).to_string()),
        _ => None,
    });
    for work in works {
        let page = site.show(&Page::at("/works/a"), Some(answer(200, work))).body;
        let ids: Vec<&str> = page.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len(), "{ids:?}");
        assert_eq!(page.matches("<h1>").count(), 1, "{page}");
    }
}
