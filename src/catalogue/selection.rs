//! Which records of a list are meant: those that pass all of these filters.

use std::fmt;

use super::filters::{Endpoint, Filter, Takes};
use super::resource::Resource;

/// A list of the API, narrowed by filters.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Selection {
    endpoint: Endpoint,
    /// By name, so that two selections of the same records are equal.
    filters: Vec<(&'static Filter, Vec<String>)>,
}

impl Selection {
    /// Every record of a list.
    #[must_use]
    pub fn all(endpoint: Endpoint) -> Self {
        Self { endpoint, filters: Vec::new() }
    }

    /// The same, narrowed to records that have one of these values.
    #[must_use]
    pub fn with(mut self, filter: &'static Filter, values: Vec<String>) -> Self {
        self.filters.push((filter, values));
        self.filters.sort();
        self
    }

    /// The list.
    #[must_use]
    pub fn endpoint(&self) -> Endpoint {
        self.endpoint
    }

    /// Every record of its list.
    #[must_use]
    pub fn unfiltered(&self) -> Self {
        Self::all(self.endpoint)
    }

    /// Whether anything narrows it.
    #[must_use]
    pub fn is_narrowed(&self) -> bool {
        !self.filters.is_empty()
    }

    /// Whether a filter of this name narrows it.
    #[must_use]
    pub fn is_narrowed_by(&self, name: &str) -> bool {
        self.filters.iter().any(|(filter, _)| filter.name == name)
    }

    /// The filter and its value, if there is one filter with one value and nothing else.
    #[must_use]
    pub fn single(&self) -> Option<(&'static str, &str)> {
        let [(filter, values)] = self.filters.as_slice() else { return None };
        let [value] = values.as_slice() else { return None };
        Some((filter.name, value))
    }

    /// Its filters as parameters of a request, each with its values as the API reads them.
    pub fn parameters(&self) -> impl Iterator<Item = (&'static str, String)> {
        self.filters.iter().map(|(filter, values)| (filter.name, written(filter, values)))
    }

    /// The request that counts it: the shortest page that there is, with these facets of all its records.
    #[must_use]
    pub fn counted(&self, facets: &[&str]) -> Resource {
        let mut parameters: Vec<(&str, String)> = self.parameters().collect();
        if !facets.is_empty() {
            parameters.push(("aggregations", facets.join(",")));
        }
        parameters.push(("pageSize", "1".to_owned()));
        Resource::query(self.endpoint.path(), parameters.iter().map(|(name, value)| (*name, value.as_str())))
    }
}

/// As people say it: `works where workType is a or k`.
impl fmt::Display for Selection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.endpoint.name())?;
        for (nr, (filter, values)) in self.filters.iter().enumerate() {
            let joint = if nr == 0 { "where" } else { "and" };
            let said = values.iter().map(|value| match value.strip_prefix('!') {
                Some(other) => format!("not {other}"),
                None => value.clone(),
            });
            write!(f, " {joint} {} is {}", filter.name, said.collect::<Vec<_>>().join(" or "))?;
        }
        Ok(())
    }
}

/// Values as the API reads them: separated by commas, and in quotes where one holds a comma itself.
fn written(filter: &Filter, values: &[String]) -> String {
    let quoted = |value: &String| {
        if filter.takes != Takes::Title && value.contains([',', '"']) {
            format!("\"{}\"", value.replace('"', "\"\""))
        } else {
            value.clone()
        }
    };
    values.iter().map(quoted).collect::<Vec<_>>().join(",")
}

#[cfg(test)]
mod tests {
    use pretty_assertions::assert_eq;
    use rstest::rstest;

    use super::Selection;
    use crate::catalogue::Endpoint;

    /// Works that pass these filters, each a name and its values.
    fn works(filters: &[&[&str]]) -> Selection {
        filters.iter().fold(Selection::all(Endpoint::Works), |selection, filter| {
            let values = filter[1..].iter().map(|value| (*value).to_owned()).collect();
            selection.with(Endpoint::Works.filter(filter[0]).unwrap(), values)
        })
    }

    #[rstest]
    #[case::all(&[], "/works?pageSize=1")]
    #[case::one_value(&[&["workType", "a"][..]], "/works?workType=a&pageSize=1")]
    #[case::several_values(&[&["workType", "a", "k"][..]], "/works?workType=a%2Ck&pageSize=1")]
    #[case::a_label_with_a_comma(
        &[&["subjects.label", "Oswego, N.Y."][..]], "/works?subjects.label=%22Oswego%2C+N.Y.%22&pageSize=1"
    )]
    #[case::a_title_is_taken_whole(
        &[&["partOf.title", "Hood, Basil"][..]], "/works?partOf.title=Hood%2C+Basil&pageSize=1"
    )]
    #[case::in_the_order_of_their_names(
        &[&["workType", "a"][..], &["languages", "eng"]], "/works?languages=eng&workType=a&pageSize=1"
    )]
    fn a_selection_is_counted_by_the_shortest_page(#[case] filters: &[&[&str]], #[case] request: &str) {
        assert_eq!(works(filters).counted(&[]).as_str(), request);
    }

    #[rstest]
    fn its_facets_come_with_its_count() {
        let asked = works(&[&["workType", "a"]]).counted(&["availabilities", "languages"]);
        assert_eq!(asked.as_str(), "/works?workType=a&aggregations=availabilities%2Clanguages&pageSize=1");
    }

    #[rstest]
    #[case::all(&[], "works")]
    #[case::one(&[&["workType", "a"][..]], "works where workType is a")]
    #[case::several(
        &[&["workType", "a", "k"][..], &["languages", "eng"]],
        "works where languages is eng and workType is a or k"
    )]
    #[case::not(
        &[&["items.locations.accessConditions.status", "!closed"][..]],
        "works where items.locations.accessConditions.status is not closed"
    )]
    fn a_selection_is_worded_for_people(#[case] filters: &[&[&str]], #[case] words: &str) {
        assert_eq!(works(filters).to_string(), words);
    }
}
