//! The page of a work: each section is there when its record has something to say, and is not otherwise.

use pretty_assertions::assert_eq;
use rstest::rstest;
use serde_json::json;

use super::*;

const VIEW: &str = r#"<a class="action" href="/works/a1111111/items">View</a>"#;

fn is_viewed(work: &Value) -> bool {
    section(&page(work), "Available online").is_some_and(|online| online.contains(VIEW))
}

#[test]
fn a_bare_record_has_its_title_and_its_permanent_link_and_nothing_else() {
    let page = page(&json!({"id": "a1111111", "title": "Surgery"}));
    assert!(page.contains("<h1>Surgery</h1>"), "{page}");
    assert_eq!(page.matches("<h1>").count(), 1);
    assert_eq!(page.matches("<h2").count(), 1);
    let link = section(&page, "Permanent link").unwrap();
    assert!(link.contains("https://wellcomecollection.org/works/a1111111"), "{link}");
    assert!(!page.contains("<dl>") && !page.contains("<img"), "{page}");
}

#[rstest]
#[case::a_manifest("iiif-presentation")]
#[case::a_picture("iiif-image")]
fn a_digitised_work_has_a_link_named_view(#[case] place: &str) {
    assert!(is_viewed(&with(&[location("DigitalLocation", place, "open", "view-online")], &["online"])));
}

#[rstest]
#[case::open("open", true)]
#[case::behind_an_advisory("open-with-advisory", true)]
#[case::licensed("licensed-resources", true)]
#[case::restricted("restricted", false)]
#[case::closed("closed", false)]
fn only_what_everybody_may_see_can_be_viewed(#[case] status: &str, #[case] expected: bool) {
    let copy = location("DigitalLocation", "iiif-presentation", status, "view-online");
    let work = with(&[copy], &["online"]);
    assert_eq!(is_viewed(&work), expected);
    let page = page(&work);
    let says = section(&page, if expected { "Available online" } else { "Not available online" });
    assert!(says.is_some_and(|says| says.contains(&term("Access status", status))), "{page}");
    let opposite = if expected { "Not available online" } else { "Available online" };
    assert_eq!(section(&page, opposite), None);
}

#[test]
fn a_copy_without_access_conditions_can_be_viewed() {
    let mut work = digitised();
    work["items"][0]["locations"][0]["accessConditions"] = json!([]);
    assert!(is_viewed(&work));
}

#[rstest]
#[case::without_items("/items", json!([]))]
#[case::that_is_not_available_online("/availabilities", json!([{"id": "closed-stores"}]))]
#[case::whose_copy_has_another_type("/items/0/locations/0/type", json!("PhysicalLocation"))]
#[case::whose_copy_is_elsewhere("/items/0/locations/0/locationType/id", json!("online-resource"))]
fn a_work_has_no_link_named_view(#[case] pointer: &str, #[case] instead: Value) {
    let mut work = digitised();
    assert!(is_viewed(&work));
    *work.pointer_mut(pointer).unwrap() = instead;
    assert!(!page(&work).contains(">View<"));
}

#[test]
fn a_resource_elsewhere_is_linked_by_its_own_words() {
    let mut work = with(
        &[location("DigitalLocation", "online-resource", "licensed-resources", "view-online")],
        &["online"],
    );
    let link = |words| format!(r#"<a href="https://iiif.example/b1">{words}</a>"#);
    assert!(section(&page(&work), "Available online").unwrap().contains(&link("View resource")));
    work["items"][0]["locations"][0]["linkText"] = json!("Read the e-book");
    assert!(section(&page(&work), "Available online").unwrap().contains(&link("Read the e-book")));
}

#[test]
fn licence_and_credit_are_told() {
    let mut work = digitised();
    let copy = &mut work["items"][0]["locations"][0];
    copy["license"] = json!({"label": "Public Domain Mark", "url": "https://cc.example/pdm"});
    copy["credit"] = json!("Wellcome Collection");
    let page = page(&work);
    let online = section(&page, "Available online").unwrap();
    let licence = term("Licence", r#"<a href="https://cc.example/pdm">Public Domain Mark</a>"#);
    assert!(online.contains(&licence), "{online}");
    assert!(online.contains(&term("Credit", "Wellcome Collection")), "{online}");
}

#[rstest]
#[case::that_can_be_requested("online-request", true)]
#[case::that_cannot("not-requestable", false)]
#[case::on_open_shelves("open-shelves", false)]
fn an_item_on_a_shelf(#[case] method: &str, #[case] requested: bool) {
    let page = page(&with(&[location("PhysicalLocation", "closed-stores", "closed", method)], &[]));
    let places = section(&page, "Where to find it").unwrap();
    let says = [term("Location", "Closed stores"), term("Status", "closed"), term("Access", method)];
    assert!(places.contains(&says.concat()), "{places}");
    assert_eq!(places.contains(">Request item</button>"), requested);
}

#[test]
fn what_is_only_online_is_on_no_shelf() {
    assert_eq!(section(&page(&digitised()), "Where to find it"), None);
}

#[test]
fn a_serial_tells_its_runs() {
    let run = json!({"enumeration": ["v.1-3"], "location": {"label": "Journals", "shelfmark": "/Q/12"}});
    let page = page(&json!({"id": "a1111111", "holdings": [run]}));
    assert!(
        section(&page, "Holdings").unwrap().contains("<p>v.1-3</p><p>Journals</p><p>/Q/12</p>"),
        "{page}"
    );
}

#[test]
fn an_archive_shows_what_is_above_a_work_and_what_is_below() {
    let page = page(&json!({
        "id": "a1111111",
        "title": "Letters",
        "referenceNumber": "PP/A",
        "partOf": [
            {"id": "s1", "title": "Section", "referenceNumber": "PP"},
            {"id": "r1", "title": "Root"},
            {"title": "A series", "type": "Series"},
        ],
        "parts": [{"id": "p1", "title": "Part"}],
    }));
    let expected = "<ol><li><a href=\"/works/r1\">Root</a>\
                    <ol><li><a href=\"/works/s1\">Section (PP)</a>\
                    <ol><li><span aria-current=\"page\">Letters (PP/A)</span>\
                    <ol><li><a href=\"/works/p1\">Part</a></li></ol></li></ol></li></ol></li></ol>";
    assert_eq!(section(&page, "Collection contents"), Some(expected));
    assert!(section(&page, "About this work").unwrap().contains(&term("Series", "A series")));
}

#[test]
fn a_work_that_is_only_in_a_series_has_no_archive() {
    let page = page(&json!({"id": "a1111111", "partOf": [{"title": "A series", "type": "Series"}]}));
    assert_eq!(section(&page, "Collection contents"), None);
}

#[test]
fn what_the_catalogue_says_of_a_work_is_told() {
    let page = page(&json!({
        "id": "a1111111",
        "title": "Surgery",
        "workType": {"label": "Books"},
        "referenceNumber": "MS.1",
        "description": "On cutting",
        "contributors": [{"agent": {"label": "Arnold, James"}, "roles": [{"label": "author"}]}],
        "production": [{"label": "London, 1872"}],
        "genres": [{"label": "Handbooks"}],
        "notes": [{"noteType": {"label": "Contents"}, "contents": ["One", "Two"]}],
        "identifiers": [{"value": "b1", "identifierType": {"label": "Sierra system number"}}],
        "subjects": [{"label": "Surgery & more"}],
    }));
    let (top, _) = page.split_once("<section").unwrap();
    let said = [("Material type", "Books"), ("By", "Arnold, James (author)"), ("Reference", "MS.1")];
    for (name, said) in said {
        assert!(top.contains(&term(name, said)), "{name} in {top}");
    }
    let about = section(&page, "About this work").unwrap();
    for (name, said) in [
        ("Description", "On cutting"),
        ("Publication or creation", "London, 1872"),
        ("Type or technique", "Handbooks"),
        ("Contents", "One</dd><dd>Two"),
    ] {
        assert!(about.contains(&term(name, said)), "{name} in {about}");
    }
    assert!(section(&page, "Identifiers").unwrap().contains(&term("Sierra system number", "b1")));
    let subject = r#"<a href="/search/works?query=Surgery+%26+more">Surgery &amp; more</a>"#;
    assert!(section(&page, "Subjects").unwrap().contains(subject), "{page}");
}

#[test]
fn a_thumbnail_is_of_the_own_host_and_has_words() {
    let thumbnail = json!({"url": "https://iiif.example/t.jpg"});
    let page = page(&json!({"id": "a1111111", "title": "Surgery", "thumbnail": thumbnail}));
    let picture = r#"<img src="/linked/https://iiif.example/t.jpg" alt="Thumbnail of Surgery">"#;
    assert!(page.contains(picture), "{page}");
}

#[test]
fn text_of_a_record_is_never_markup() {
    let hostile = r#"<script>alert("x")</script>"#;
    let mut work = digitised();
    work["title"] = json!(hostile);
    work["id"] = json!(r#"" onclick="x"#);
    work["thumbnail"] = json!({"url": r#"" onerror="x"#});
    work["subjects"] = json!([{"label": hostile}]);
    work["items"][0]["locations"][0]["license"] = json!({"label": hostile, "url": "javascript:alert(1)"});
    let page = page(&work);
    assert!(page.contains("<h1>&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;</h1>"), "{page}");
    for markup in ["<script>", "\" onclick=", "\" onerror=", "href=\"javascript:"] {
        assert!(!page.contains(markup), "{markup} in {page}");
    }
}
