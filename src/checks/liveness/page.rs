//! A page of a list, and the one record that breaks it: found by asking for smaller and smaller pages.
//!
//! The API answers a whole page with 500 if it cannot show one of its records, so the page alone does not say which.

use serde_json::Value;

use crate::catalogue::Resource;
use crate::evidence::Evidence;

/// A page of a list, by its place in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Page {
    /// Path and query, but for the page.
    list: String,
    size: u64,
    number: u64,
}

/// What is known of the record that breaks a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Culprit {
    /// These must be asked to know more.
    Ask(Vec<Resource>),
    /// All that could be found out, as the end of a sentence.
    Told(String),
}

impl Page {
    /// The page of a list that is asked for with these parameters.
    pub fn new<'a>(
        path: &str,
        parameters: impl IntoIterator<Item = (&'a str, &'a str)>,
        size: u64,
        number: u64,
    ) -> Self {
        Self { list: Resource::query(path, parameters).to_string(), size, number }
    }

    /// The page that a resource made by [`Page::resource`] asks for; none if it asks for something else.
    pub fn of(resource: &Resource) -> Option<Self> {
        let (list, page) = resource.path().rsplit_once("pageSize=")?;
        let (size, number) = page.split_once("&page=")?;
        let list = list.trim_end_matches(['?', '&']).to_owned();
        Some(Self { list, size: size.parse().ok()?, number: number.parse().ok()? })
    }

    pub fn resource(&self) -> Resource {
        let mark = if self.list.contains('?') { '&' } else { '?' };
        Resource::new(format!("{}{mark}pageSize={}&page={}", self.list, self.size, self.number))
    }

    /// The first place on it, counted from 1 over the whole list.
    fn first(&self) -> u64 {
        (self.number - 1) * self.size + 1
    }

    /// The page that holds the record at this place alone.
    fn single(&self, place: u64) -> Self {
        Self { list: self.list.clone(), size: 1, number: place }
    }

    /// The same records on smaller pages: two halves, or where the size has none, as many parts as it takes.
    fn parts(&self) -> Vec<Self> {
        let divides = |parts: &u64| self.size.is_multiple_of(*parts);
        let parts = (2..=self.size).find(divides).unwrap_or(1);
        let size = self.size / parts;
        let first = (self.number - 1) * parts + 1;
        (first..first + parts).map(|number| Self { list: self.list.clone(), size, number }).collect()
    }

    /// The first record that breaks this page, which the API fails to answer: what is known, or what to ask next.
    ///
    /// A page of a hundred needs at most sixteen smaller ones.
    pub fn culprit(&self, evidence: &Evidence) -> Culprit {
        let mut page = self.clone();
        while page.size > 1 {
            let parts = page.parts();
            let unasked: Vec<Resource> =
                parts.iter().map(Self::resource).filter(|part| !evidence.has(part)).collect();
            if !unasked.is_empty() {
                return Culprit::Ask(unasked);
            }
            let Some(broken) = parts.iter().find(|part| part.fails(evidence)) else {
                return Culprit::Told(no_culprit(&parts, evidence));
            };
            page = broken.clone();
        }
        self.told(page.number, evidence)
    }

    fn fails(&self, evidence: &Evidence) -> bool {
        evidence.get(&self.resource()).is_ok_and(|answer| answer.status >= 500)
    }

    /// What to say of the record at this place: its neighbours in the list lead to it.
    fn told(&self, place: u64, evidence: &Evidence) -> Culprit {
        let neighbours: Vec<Self> = [place.checked_sub(1), Some(place + 1)]
            .into_iter()
            .flatten()
            .filter(|at| *at > 0)
            .map(|at| self.single(at))
            .collect();
        let unasked: Vec<Resource> =
            neighbours.iter().map(Self::resource).filter(|page| !evidence.has(page)).collect();
        if !unasked.is_empty() {
            return Culprit::Ask(unasked);
        }
        let names: Vec<String> = neighbours
            .iter()
            .filter_map(|page| {
                let id = page.id_of_first(evidence)?;
                Some(format!("{} {id}", if page.number < place { "after" } else { "before" }))
            })
            .collect();
        let where_it_is = if names.is_empty() { String::new() } else { format!(", {}", names.join(" and ")) };
        let on_page = place - self.first() + 1;
        Culprit::Told(format!(
            "record {on_page} of page {}, number {place} of the list{where_it_is}, breaks the page; asked for alone it \
             fails too ({})",
            self.number,
            self.single(place).resource()
        ))
    }

    fn id_of_first(&self, evidence: &Evidence) -> Option<String> {
        let body = evidence.get(&self.resource()).ok()?.json()?;
        body.pointer("/results/0/id").and_then(Value::as_str).map(str::to_owned)
    }
}

/// What to say where a page fails and none of its parts does.
fn no_culprit(parts: &[Page], evidence: &Evidence) -> String {
    let unanswered = parts.iter().find_map(|part| evidence.get(&part.resource()).err());
    let size = parts.first().map_or(1, |part| part.size);
    match unanswered {
        Some(because) => format!("which record does it could not be found out, because {because}"),
        None => format!("no single record does it, because in pages of {size} they are all answered"),
    }
}

#[cfg(test)]
mod tests {
    use pretty_assertions::assert_eq;
    use rstest::rstest;

    use super::Page;
    use crate::catalogue::Resource;

    #[rstest]
    #[case::of_all_works("/works?pageSize=100&page=7")]
    #[case::of_a_search("/works?query=a+b&include=items,notes&pageSize=10&page=1")]
    fn a_page_is_read_from_its_request_and_asks_for_the_same(#[case] request: &str) {
        let resource = Resource::new(request);
        assert_eq!(Page::of(&resource).map(|page| page.resource()), Some(resource));
    }

    #[rstest]
    #[case::a_work("/works/a222zvge?include=items")]
    #[case::a_list_without_a_page("/works?pageSize=1")]
    fn what_is_no_page_is_not_taken_for_one(#[case] request: &str) {
        assert_eq!(Page::of(&Resource::new(request)), None);
    }

    #[rstest]
    #[case::halves(100, 3, 2, &[5, 6])]
    #[case::fifths(25, 2, 5, &[6, 7, 8, 9, 10])]
    #[case::singles(5, 2, 5, &[6, 7, 8, 9, 10])]
    fn a_page_is_the_sum_of_its_parts(
        #[case] size: u64,
        #[case] number: u64,
        #[case] by: u64,
        #[case] numbers: &[u64],
    ) {
        let parts = Page::new("/works", [], size, number).parts();
        assert!(parts.iter().all(|part| part.size == size / by), "{parts:?}");
        assert_eq!(parts.iter().map(|part| part.number).collect::<Vec<_>>(), numbers);
    }
}
