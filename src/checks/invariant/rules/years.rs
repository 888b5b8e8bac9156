//! A work is found by the years that its production date names, and not by others.
//!
//! Records show dates as words; the range of days behind them shows in the filter only. So works whose label is nothing
//! but years are asked for by these years, by all before them and by all after them.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::catalogue::{Include, Resource};
use crate::checks::Context;
use crate::checks::invariant::case::{elements, text_at};
use crate::checks::invariant::{Case, Rule, Ruling, Sample, Sampled};
use crate::verdict::Finding;

/// How many works are asked for.
const ASKED: usize = 8;

/// The rule.
pub(super) struct Years;

/// The years of a label: the first and the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Span {
    first: u16,
    last: u16,
}

/// Which days are asked for, beside the years of the label.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Asked {
    Within,
    Before,
    After,
}

impl Rule for Years {
    fn includes(&self) -> BTreeSet<Include> {
        BTreeSet::from([Include::Production, Include::Identifiers])
    }

    fn looks_at<'a>(&self, sample: &Sample<'a>) -> Sample<'a> {
        sample.those(|record| span(record).is_some() && identifier(record).is_some()).some(ASKED)
    }

    fn resources(&self, sample: &Sample<'_>, _context: &Context<'_>) -> Vec<Resource> {
        sample.works.iter().flat_map(requests).map(|(_, request)| request).collect()
    }

    fn cases<'a>(&self, sample: &Sample<'a>, context: &Context<'a>) -> Vec<Case<'a>> {
        let case = |work: &Sampled<'a>| Case::of_work(*work, judge(work, context));
        sample.works.iter().map(case).collect()
    }
}

fn judge(work: &Sampled<'_>, context: &Context<'_>) -> Ruling {
    let mut findings = Vec::new();
    for (asked, request) in requests(work) {
        let answer = match context.evidence.get(&request) {
            Ok(answer) => answer,
            Err(because) => return Ruling::Unknown(because),
        };
        let Some(list) = answer.json().filter(|_| answer.status == 200) else {
            return Ruling::breaks(
                "",
                format!("the filter by date fails: {request}"),
                "200",
                answer.status.to_string(),
            );
        };
        let found = elements(list, "results").iter().any(|it| text_at(it, "/id") == work.id);
        let says = match asked {
            Asked::Within if !found => "the years of the label do not find the work",
            Asked::Before if found => "the years before those of the label find the work",
            Asked::After if found => "the years after those of the label find the work",
            Asked::Within | Asked::Before | Asked::After => continue,
        };
        findings.push(Finding {
            at: "production[0].dates[0]".to_owned(),
            says: format!("{says}: {request}"),
            expected: label(work.record).unwrap_or_default().to_owned(),
            found: if found { "found in other years" } else { "not found in these years" }.to_owned(),
            ..Finding::default()
        });
    }
    Ruling::of(findings)
}

/// What is asked about a work.
fn requests(work: &Sampled<'_>) -> Vec<(Asked, Resource)> {
    let (Some(Span { first, last }), Some(identifier)) = (span(work.record), identifier(work.record)) else {
        return Vec::new();
    };
    let from = |year: u16| ("production.dates.from", format!("{year:04}-01-01"));
    let to = |year: u16| ("production.dates.to", format!("{year:04}-12-31"));
    let request = |days: Vec<(&'static str, String)>| {
        let days = days.iter().map(|(name, day)| (*name, day.as_str()));
        Resource::query("/works", [("identifiers", identifier)].into_iter().chain(days))
    };
    vec![
        (Asked::Within, request(vec![from(first), to(last)])),
        (Asked::Before, request(vec![to(first - 1)])),
        (Asked::After, request(vec![from(last + 1)])),
    ]
}

/// The label of a work's only production date.
fn label(record: &Value) -> Option<&str> {
    let [event] = elements(record, "production") else { return None };
    let [date] = elements(event, "dates") else { return None };
    date.get("label")?.as_str()
}

/// The years of a label that is nothing but years: `1900` or `1850-1899`.
fn span(record: &Value) -> Option<Span> {
    let label = label(record)?;
    let (first, last) = label.split_once('-').unwrap_or((label, label));
    let year = |text: &str| text.parse().ok().filter(|year| text.len() == 4 && (1000..=2100).contains(year));
    let span = Span { first: year(first)?, last: year(last)? };
    (span.first <= span.last).then_some(span)
}

/// An identifier that finds the work, and few others.
fn identifier(record: &Value) -> Option<&str> {
    let values = elements(record, "identifiers").iter().map(|identifier| text_at(identifier, "/value"));
    values.into_iter().find(|value| !value.is_empty() && !value.contains([',', '"']))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;
    use serde_json::json;

    use super::{Span, span};

    #[rstest]
    #[case::a_year("1900", Some((1900, 1900)))]
    #[case::several_years("1850-1899", Some((1850, 1899)))]
    #[case::a_guess("[1900?]", None)]
    #[case::about("c.1900", None)]
    #[case::the_wrong_way_round("1899-1850", None)]
    #[case::a_short_end("1850-99", None)]
    fn a_label_that_is_nothing_but_years_has_a_span(#[case] label: &str, #[case] years: Option<(u16, u16)>) {
        let record = json!({"production": [{"dates": [{"label": label}]}]});
        assert_eq!(span(&record), years.map(|(first, last)| Span { first, last }));
    }

    #[rstest]
    fn two_dates_have_none() {
        let record = json!({"production": [{"dates": [{"label": "1900"}, {"label": "1901"}]}]});
        assert_eq!(span(&record), None);
    }
}
