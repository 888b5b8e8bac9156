//! `/works` and `/works/{id}`.

use serde_json::Value;

use super::aggregations;
use super::filters;
use super::narrow::Narrowed;
use super::paging::{Page, ResultList};
use super::query::Mistakes;
use super::search::{SearchIndex, Searched};
use super::sort::Sort;
use super::{Answer, Asked, BASE_PATH, Refusal, Service, Slip, is_id};
use crate::catalogue::Work;

/// The host that people use.
const PROD: &str = "https://api.wellcomecollection.org";

const SEARCHED: Searched = Searched {
    identifiers: &[
        &["id"],
        &["identifiers", "value"],
        &["referenceNumber"],
        &["items", "id"],
        &["items", "identifiers", "value"],
        &["items", "locations", "shelfmark"],
        &["images", "id"],
    ],
    title: &["title"],
    words: &[
        (&["title"], 10),
        (&["alternativeTitles"], 8),
        (&["referenceNumber"], 8),
        (&["identifiers", "value"], 8),
        (&["contributors", "agent", "label"], 6),
        (&["subjects", "label"], 4),
        (&["subjects", "concepts", "label"], 4),
    ],
};

/// `GET /works`.
pub fn list(service: &Service, asked: &Asked) -> Result<Answer, Refusal> {
    service.cluster(asked)?;
    let (params, release, updated) = (&asked.params, service.includes, service.catalogue.index.updated);
    let mut mistakes = Mistakes::default();
    let page = Page::read(params, &mut mistakes);
    let includes = params.choices("include", &release.of_works(), &mut mistakes);
    let aggregations = aggregations::Asked::of_works(params, release, &mut mistakes);
    let sort = Sort::of_works(params, release, updated, &mut mistakes);
    let mut filters = filters::of_works(params, release, updated, &mut mistakes);
    service.check_asked(mistakes)?;
    service.check_window(page)?;
    if service.slips(Slip::IgnoresFilters) {
        filters.clear();
    }

    let records: Vec<&Value> = match params.get("query") {
        None => visible(service).map(|(_, work)| work).collect(),
        Some(query) => search(service, query),
    };
    let mut works = if aggregations.is_empty() {
        Narrowed::without_facets(records.into_iter(), &filters)
    } else {
        Narrowed::new(records.into_iter(), &filters)
    };
    if let Some(sort) = sort {
        sort.apply(&mut works.passing, Some);
    }
    let strip = release.strip_from_work(&includes);
    let on_page = page.cut(&works.passing);
    service.check_shown(on_page.iter().copied())?;
    let shown = on_page.iter().map(|work| strip.show(work)).collect();
    let list = ResultList::new(asked, page, service.total(works.passing.len()), shown);
    if service.slips(Slip::CountsEverything) {
        works = Narrowed::without_facets(visible(service).map(|(_, work)| work), &[]);
    }
    Ok(Answer::ok(&list.with_aggregations(aggregations.answer(&works, &filters))))
}

/// `GET /works/{id}`.
pub fn single(service: &Service, id: &str, asked: &Asked) -> Result<Answer, Refusal> {
    let not_found = || service.unknown_work(id);
    if !is_id(id) {
        return Err(not_found());
    }
    service.cluster(asked)?;
    let mut mistakes = Mistakes::default();
    let includes = asked.params.choices("include", &service.includes.of_works(), &mut mistakes);
    service.check_asked(mistakes)?;
    match service.catalogue.works.get(id) {
        Some(Work::Visible(work)) => {
            service.check_shown([&**work])?;
            Ok(Answer::ok(&service.includes.strip_from_work(&includes).show(work)))
        }
        Some(Work::Redirected { to }) => Ok(Answer::redirect(location(service, to, asked))),
        Some(Work::Invisible | Work::Deleted) => Err(Refusal::gone("This work has been deleted")),
        None => Err(not_found()),
    }
}

/// The relative address of another work, with the query string of this one.
fn location(service: &Service, to: &str, asked: &Asked) -> String {
    let host = if service.slips(Slip::RedirectsToProd) { PROD } else { "" };
    let query = asked.params.raw();
    let mark = if query.is_empty() { "" } else { "?" };
    format!("{host}{BASE_PATH}/works/{to}{mark}{query}")
}

/// The document of a work that is to be seen.
pub fn document<'a>(service: &'a Service, id: &str) -> Option<&'a Value> {
    match service.catalogue.works.get(id)? {
        Work::Visible(work) => Some(work),
        _ => None,
    }
}

fn visible(service: &Service) -> impl Iterator<Item = (&String, &Value)> {
    service.catalogue.works.iter().filter_map(|(id, work)| match work {
        Work::Visible(work) => Some((id, &**work)),
        _ => None,
    })
}

fn search<'a>(service: &'a Service, query: &str) -> Vec<&'a Value> {
    let index = service.works.get_or_init(|| SearchIndex::build(visible(service), &SEARCHED));
    service.found(index, query).into_iter().filter_map(|id| document(service, id)).collect()
}

#[cfg(test)]
mod tests;
