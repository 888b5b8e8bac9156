//! A catalogue of a handful of records for the tests of this folder, and short ways to ask about them.

use std::sync::{Arc, LazyLock};

use serde_json::{Value, json};

use super::{Answer, Asked, BASE_PATH, Includes, Service};
use crate::catalogue::{Catalogue, Index, Work};

/// Host under which the tests know the API.
pub const ORIGIN: &str = "http://stage.example:8080";

/// The fixture's catalogue.
pub fn catalogue() -> Catalogue {
    let visible = works().into_iter().map(|work| (id_of(&work), Work::Visible(work.into())));
    let others = [
        ("r1111111", Work::Redirected { to: "a1111111".into() }),
        ("v1111111", Work::Invisible),
        ("d1111111", Work::Deleted),
    ];
    Catalogue {
        works: visible.chain(others.map(|(id, work)| (id.to_owned(), work))).collect(),
        images: images().into_iter().map(|image| (id_of(&image), image)).collect(),
        concepts: concepts().into_iter().map(|concept| (id_of(&concept), concept)).collect(),
        index: Index {
            works_index: "works-indexed-2026-08-20".into(),
            images_index: "images-indexed-2026-08-20".into(),
            pipeline_date: "2026-08-20".into(),
            cluster_name: "pipeline".into(),
            updated: jiff::civil::date(2026, 8, 20),
        },
    }
}

/// The catalogue that the embedded stage serves; built once for all tests.
pub fn whole_catalogue() -> Arc<Catalogue> {
    static WHOLE: LazyLock<Arc<Catalogue>> = LazyLock::new(|| Arc::new(Catalogue::build()));
    Arc::clone(&WHOLE)
}

/// The API of August over the fixture.
pub fn service() -> Service {
    Service::new(Arc::new(catalogue()), Includes::August, None)
}

/// The API of July over the fixture.
pub fn service_of_july() -> Service {
    Service::new(Arc::new(catalogue()), Includes::July, None)
}

/// The API over the fixture, with one more cluster.
pub fn service_with_cluster(label: &str) -> Service {
    Service::new(Arc::new(catalogue()), Includes::August, Some(label.to_owned()))
}

/// Asking with a path below the base path.
pub trait Get {
    /// Answers a GET of `url`.
    fn get(&self, url: &str) -> Answer;
}

impl Get for Service {
    fn get(&self, url: &str) -> Answer {
        let (path, query) = url.split_once('?').unwrap_or((url, ""));
        self.answer(&Asked::new(&format!("{BASE_PATH}{path}"), query, ORIGIN))
    }
}

impl Answer {
    /// The body.
    pub(super) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|fault| panic!("{fault} in {}", self.body))
    }
}

/// The ids of the results on a page.
pub fn ids(list: &Value) -> Vec<&str> {
    let results = list["results"].as_array().unwrap_or_else(|| panic!("no results in {list}"));
    results.iter().map(|result| result["id"].as_str().unwrap()).collect()
}

/// Label and count of each bucket of an aggregation.
pub fn buckets<'a>(list: &'a Value, aggregation: &str) -> Vec<(&'a str, u64)> {
    let buckets = list["aggregations"][aggregation]["buckets"].as_array();
    let buckets = buckets.unwrap_or_else(|| panic!("no {aggregation} in {list}"));
    buckets.iter().map(|it| (it["data"]["label"].as_str().unwrap(), it["count"].as_u64().unwrap())).collect()
}

fn id_of(record: &Value) -> String {
    record["id"].as_str().unwrap().to_owned()
}

fn works() -> [Value; 6] {
    [
        json!({
            "id": "a1111111",
            "title": "Surgery for beginners",
            "workType": {"id": "a", "label": "Books"},
            "identifiers": [{"value": "b11111111"}],
            "contributors": [{"agent": {"id": "c1111111", "label": "Arnold, James", "type": "Person"}}],
            "subjects": [{"id": "c2222222", "label": "Surgery", "concepts": [{"id": "c2222222", "label": "Surgery"}]}],
            "genres": [{"label": "Handbooks", "concepts": [{"id": "g1111111", "label": "Handbooks"}]}],
            "languages": [{"id": "eng", "label": "English"}],
            "production": [{"dates": [{"label": "1872"}]}],
            "items": [{
                "id": "t1111111",
                "identifiers": [{"value": "i11111111"}],
                "locations": [{
                    "locationType": {"id": "iiif-presentation"},
                    "url": "https://iiif.wellcomecollection.org/presentation/v2/b11111111",
                    "license": {"id": "pdm", "label": "Public Domain Mark"},
                    "accessConditions": [{"status": {"id": "open"}}],
                }],
            }],
            "availabilities": [{"id": "online", "label": "Online"}],
            "partOf": [], "parts": [], "notes": [], "images": [{"id": "i1111111"}],
            "type": "Work",
        }),
        json!({
            "id": "a2222222",
            "title": "Chirurgie, récit",
            "workType": {"id": "a", "label": "Books"},
            "identifiers": [{"value": "b22222222"}],
            "subjects": [{"id": "c2222222", "label": "Surgery"}, {"id": "c3333333", "label": "Oswego, N.Y."}],
            "genres": [{"label": "Handbooks", "concepts": [{"id": "g1111111", "label": "Handbooks"}]}],
            "languages": [{"id": "fre", "label": "French"}],
            "production": [{"dates": [{"label": "[1763]"}]}],
            "items": [{"locations": [{
                "locationType": {"id": "closed-stores"},
                "accessConditions": [{"status": {"id": "closed"}}],
            }]}],
            "availabilities": [{"id": "closed-stores", "label": "Closed stores"}],
            "type": "Work",
        }),
        json!({
            "id": "a3333333",
            "title": "Portrait of a surgeon",
            "workType": {"id": "k", "label": "Pictures"},
            "contributors": [{"agent": {"id": "c1111111", "label": "Arnold, James"}}],
            "production": [{"dates": [{"label": "c.1930s-1940s"}]}],
            "items": [{"locations": [{
                "locationType": {"id": "iiif-image"},
                "url": "https://iiif.wellcomecollection.org/image/V0000001/info.json",
                "license": {"id": "cc-by", "label": "Attribution"},
                "accessConditions": [{"status": {"id": "open"}}],
            }]}],
            "availabilities": [{"id": "online", "label": "Online"}],
            "type": "Work",
        }),
        archive("h1111111", "Surgeons' papers, 1900-1950", "PP/SUR", true),
        archive("h2222222", "Letters", "PP/SUR/A", false),
        archive("h3333333", "Diaries", "PP/SUR/B", false),
    ]
}

fn archive(id: &str, title: &str, reference: &str, is_root: bool) -> Value {
    let root = json!({"id": "h1111111", "title": "Surgeons' papers, 1900-1950", "type": "Collection"});
    let collection = if is_root { json!({"root": root, "isRoot": true}) } else { json!({"root": root}) };
    json!({
        "id": id,
        "title": title,
        "referenceNumber": reference,
        "workType": {"id": "h", "label": "Archives and manuscripts"},
        "archive": {"category": {"id": "PP", "label": "Personal Papers", "type": "ArchiveCategory"}},
        "collection": collection,
        "partOf": if is_root { json!([]) } else { json!([root]) },
        "type": if is_root { "Collection" } else { "Section" },
    })
}

fn images() -> [Value; 3] {
    let image = |id: &str, colour: &str, licence: &str, work: &str, title: &str| {
        json!({
            "id": id,
            "averageColor": colour,
            "locations": [{"license": {"id": licence, "label": licence}, "type": "DigitalLocation"}],
            "source": {
                "id": work,
                "title": title,
                "genres": [{"label": "Handbooks", "concepts": [{"id": "g1111111", "label": "Handbooks"}]}],
                "subjects": [{"id": "c2222222", "label": "Surgery"}],
                "contributors": [{"agent": {"id": "c1111111", "label": "Arnold, James", "identifiers": []}}],
                "languages": [],
                "type": "Work",
            },
            "type": "Image",
        })
    };
    [
        image("i1111111", "#b03429", "pdm", "a1111111", "Surgery for beginners"),
        image("i2222222", "#b03529", "cc-by", "a3333333", "Portrait of a surgeon"),
        image("i3333333", "#0aa7bc", "cc-by", "a3333333", "Portrait of a surgeon"),
    ]
}

fn concepts() -> [Value; 3] {
    [
        json!({"id": "c1111111", "label": "Arnold, James", "type": "Person", "identifiers": []}),
        json!({
            "id": "c2222222", "label": "Surgery", "alternativeLabels": ["Chirurgie"], "type": "Concept",
            "identifiers": [{"value": "D013502", "identifierType": {"id": "nlm-mesh"}}],
        }),
        json!({"id": "c3333333", "label": "Oswego, N.Y.", "type": "Place", "identifiers": []}),
    ]
}
