//! Pages of results: which one is asked for, the window that ends them, and the list around them.

use serde::Serialize;
use serde_json::Value;

use super::Asked;
use super::errors::Refusal;
use super::query::{Mistakes, Params};

/// Results beyond this one cannot be reached by paging.
pub const WINDOW: u64 = 10_000;

/// Which page of the results is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Page {
    number: u64,
    size: u64,
}

impl Page {
    /// Reads `page` and `pageSize`, and notes what is wrong with them; a value out of bounds is taken as the nearest
    /// bound.
    pub fn read(params: &Params, mistakes: &mut Mistakes) -> Self {
        let number = read(params, "page", 1, mistakes, |page| (page < 1).then_some("must be greater than 1"));
        let size = read(params, "pageSize", 10, mistakes, |size| {
            (!(1..=100).contains(&size)).then_some("must be between 1 and 100")
        });
        Self { number: number.max(1), size: size.clamp(1, 100) }
    }

    /// Refuses a page that ends beyond the window.
    pub fn check_window(self) -> Result<(), Refusal> {
        if self.number.saturating_mul(self.size) <= WINDOW {
            return Ok(());
        }
        Err(Refusal::bad_request(format!(
            "Only the first {WINDOW} works are available in the API. If you want more works, you can download \
             a snapshot of the complete catalogue: https://developers.wellcomecollection.org/docs/datasets"
        )))
    }

    /// The part of `all` that is on this page.
    pub fn cut<T>(self, all: &[T]) -> &[T] {
        let start = self.number.saturating_sub(1).saturating_mul(self.size);
        let start = usize::try_from(start).unwrap_or(usize::MAX).min(all.len());
        let end = start.saturating_add(usize::try_from(self.size).unwrap_or(usize::MAX)).min(all.len());
        &all[start..end]
    }
}

fn read(
    params: &Params,
    name: &str,
    default: u64,
    mistakes: &mut Mistakes,
    mistake: impl Fn(i64) -> Option<&'static str>,
) -> u64 {
    let Some(text) = params.get(name) else { return default };
    let Ok(number) = text.parse::<i64>() else {
        mistakes.note(name, &format!("'{text}' is not a number"));
        return default;
    };
    if let Some(says) = mistake(number) {
        mistakes.note(name, says);
    }
    u64::try_from(number).unwrap_or(default)
}

/// One page of results, as the API writes it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ResultList<T> {
    #[serde(rename = "type")]
    kind: &'static str,
    page_size: u64,
    total_pages: u64,
    total_results: u64,
    results: Vec<T>,
    #[serde(skip_serializing_if = "Option::is_none")]
    prev_page: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    next_page: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    aggregations: Option<Value>,
}

impl<T> ResultList<T> {
    /// The `results` of one page out of `total`, with links to its neighbours.
    pub fn new(asked: &Asked, page: Page, total: usize, results: Vec<T>) -> Self {
        let total = total as u64;
        let total_pages = total.div_ceil(page.size);
        let link = |number| format!("{}{}?{}", asked.origin, asked.path, asked.params.with_page(number));
        Self {
            kind: "ResultList",
            page_size: page.size,
            total_pages,
            total_results: total,
            results,
            prev_page: (page.number > 1).then(|| link(page.number - 1)),
            next_page: (page.number < total_pages).then(|| link(page.number + 1)),
            aggregations: None,
        }
    }

    /// All of `results` on one page, whatever was asked for.
    pub fn single_batch(results: Vec<T>) -> Self {
        let total = results.len() as u64;
        Self {
            kind: "ResultList",
            page_size: total,
            total_pages: 1,
            total_results: total,
            results,
            prev_page: None,
            next_page: None,
            aggregations: None,
        }
    }

    /// The same list with aggregations, if there are any.
    #[must_use]
    pub fn with_aggregations(self, aggregations: Option<Value>) -> Self {
        Self { aggregations, ..self }
    }
}

#[cfg(test)]
mod tests {
    use pretty_assertions::assert_eq;
    use rstest::rstest;

    use super::*;

    fn page(query: &str) -> Result<Page, Refusal> {
        let mut mistakes = Mistakes::default();
        let page = Page::read(&Params::parse(query), &mut mistakes);
        mistakes.check().and_then(|()| page.check_window()).map(|()| page)
    }

    #[rstest]
    #[case::default("", 1, 10)]
    #[case::smallest_size("pageSize=1", 1, 1)]
    #[case::largest_size("pageSize=100&page=3", 3, 100)]
    #[case::last_page_of_the_window("pageSize=100&page=100", 100, 100)]
    fn page_within_bounds_is_read(#[case] query: &str, #[case] number: u64, #[case] size: u64) {
        assert_eq!(page(query), Ok(Page { number, size }));
    }

    #[rstest]
    #[case::page_nought("page=0", "page: must be greater than 1")]
    #[case::size_nought("pageSize=0", "pageSize: must be between 1 and 100")]
    #[case::size_101("pageSize=101", "pageSize: must be between 1 and 100")]
    #[case::both("page=-1&pageSize=101", "page: must be greater than 1, pageSize: must be between 1 and 100")]
    #[case::no_number("page=two", "page: 'two' is not a number")]
    #[case::beyond_the_window(
        "page=101&pageSize=100",
        "Only the first 10000 works are available in the API."
    )]
    fn page_out_of_bounds_is_refused(#[case] query: &str, #[case] says: &str) {
        let refusal = page(query).unwrap_err();
        assert_eq!(refusal.status, 400);
        assert!(refusal.description.starts_with(says), "{}", refusal.description);
    }

    #[test]
    fn page_beyond_the_results_is_empty() {
        assert_eq!(page("page=900&pageSize=10").unwrap().cut(&[1, 2, 3]), &[] as &[i32]);
    }

    #[test]
    fn last_reachable_page_links_to_one_that_is_refused() {
        let asked = Asked::new("/works", "page=100&pageSize=100", "http://stage.example");
        let page = page(asked.params.raw()).unwrap();
        let list = ResultList::new(&asked, page, 20_000, Vec::<Value>::new());
        assert_eq!(list.total_pages, 200);
        assert_eq!(list.next_page.as_deref(), Some("http://stage.example/works?pageSize=100&page=101"));
    }
}
