//! `/concepts` and `/concepts/{id}`; in the real world this is another service, which reads no `elasticCluster`.

use serde_json::Value;

use super::paging::{Page, ResultList};
use super::paths;
use super::query::Mistakes;
use super::search::{SearchIndex, Searched};
use super::{Answer, Asked, Refusal, Service, is_id};

const SEARCHED: Searched = Searched {
    identifiers: &[&["id"], &["identifiers", "value"]],
    title: &["label"],
    words: &[(&["label"], 10), (&["alternativeLabels"], 5)],
};

/// `GET /concepts`.
pub fn list(service: &Service, asked: &Asked) -> Result<Answer, Refusal> {
    if let Some(ids) = asked.params.list("id") {
        let known = ids.iter().filter_map(|id| service.catalogue.concepts.get(id));
        return Ok(Answer::ok(&ResultList::single_batch(known.collect())));
    }
    let mut mistakes = Mistakes::default();
    let page = Page::read(&asked.params, &mut mistakes);
    service.check_asked(mistakes)?;
    service.check_window(page)?;
    let mut concepts = match asked.params.get("query") {
        None => service.catalogue.concepts.values().collect(),
        Some(query) => search(service, query),
    };
    if let Some(types) = asked.params.list("identifiers.identifierType") {
        concepts.retain(|concept| has_identifier_of(concept, &types));
    }
    let shown: Vec<_> = page.cut(&concepts).to_vec();
    Ok(Answer::ok(&ResultList::new(asked, page, concepts.len(), shown)))
}

/// `GET /concepts/{id}`.
pub fn single(service: &Service, id: &str) -> Result<Answer, Refusal> {
    let concept = Some(id).filter(|id| is_id(id)).and_then(|id| service.catalogue.concepts.get(id));
    let concept =
        concept.ok_or_else(|| Refusal::not_found(format!("Concept not found for identifier {id}")))?;
    Ok(Answer::ok(concept))
}

fn has_identifier_of(concept: &Value, types: &[String]) -> bool {
    let own = paths::texts(concept, &["identifiers", "identifierType", "id"]);
    types.iter().any(|kind| own.contains(&kind.as_str()))
}

fn search<'a>(service: &'a Service, query: &str) -> Vec<&'a Value> {
    let concepts = &service.catalogue.concepts;
    let index = service.concepts.get_or_init(|| SearchIndex::build(concepts.iter(), &SEARCHED));
    service.found(index, query).into_iter().filter_map(|id| concepts.get(id)).collect()
}

#[cfg(test)]
mod tests {
    use pretty_assertions::assert_eq;
    use rstest::rstest;
    use serde_json::json;

    use crate::api::fixture::{Get, ids, service};

    #[rstest]
    #[case::all("/concepts", &["c1111111", "c2222222", "c3333333"])]
    #[case::query("/concepts?query=surgery", &["c2222222"])]
    #[case::alternative_label("/concepts?query=chirurgie", &["c2222222"])]
    #[case::identifier_type("/concepts?identifiers.identifierType=nlm-mesh", &["c2222222"])]
    #[case::second_page("/concepts?pageSize=2&page=2", &["c3333333"])]
    fn concepts_are_listed(#[case] url: &str, #[case] expected: &[&str]) {
        assert_eq!(ids(&service().get(url).json()), expected);
    }

    #[test]
    fn batch_keeps_the_order_asked_for_and_drops_what_is_missing() {
        let list = service().get("/concepts?id=c3333333,nosuchid,c1111111&pageSize=1").json();
        assert_eq!(ids(&list), ["c3333333", "c1111111"]);
        assert_eq!(list["totalPages"], json!(1));
        assert_eq!(list["totalResults"], json!(2));
        assert_eq!(list.get("nextPage"), None);
    }

    #[test]
    fn single_concept_is_answered_whole() {
        assert_eq!(service().get("/concepts/c2222222").json()["label"], json!("Surgery"));
    }

    #[rstest]
    #[case::unknown_id("/concepts/nosuchid", 404)]
    #[case::upper_case("/concepts/C2222222", 404)]
    #[case::page("/concepts?page=0", 400)]
    #[case::page_size("/concepts?pageSize=101", 400)]
    fn concepts_are_refused(#[case] url: &str, #[case] status: u16) {
        assert_eq!(service().get(url).status, status);
    }

    #[test]
    fn cluster_is_not_read() {
        assert_eq!(service().get("/concepts?elasticCluster=nowhere").status, 200);
    }
}
