//! The checks of the comparison with prod: that it is whole, and one for each rule that may block.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use super::{Planned, Role};
use crate::checks::compare::Part;
use crate::checks::{CompareCheck, Comparing};
use crate::decision::{About, Standing};
use crate::suite::{COMPARE, Compare};

/// The checks of what the suite says of the comparison, which takes in every request that these examples make.
pub(super) fn checks_of(of: &Compare, examples: &[Planned], views: HashMap<String, u64>) -> Vec<Planned> {
    let (mut works, mut requests) = (BTreeSet::new(), BTreeSet::new());
    for About { work, request, .. } in examples.iter().map(|check| &check.about) {
        match work.as_ref().filter(|work| *request == format!("/works/{work}")) {
            Some(work) => works.insert(work.clone()),
            None => is_of_the_catalogue(request) && requests.insert(request.clone()),
        };
    }
    let comparing = Arc::new(Comparing::new(of.clone(), works, &requests, views));
    let planned = |name: &str, title: String, why: &str, is: String, line: usize, part: Part| Planned {
        name: format!("{COMPARE}::{name}"),
        about: About {
            criterion: COMPARE.to_owned(),
            title,
            why: why.to_owned(),
            owner: of.owner.clone(),
            line: Some(line),
            is,
            ..About::default()
        },
        standing: Standing::Approved,
        known_issue: None,
        role: Role::Comparison(CompareCheck::new(Arc::clone(&comparing), part)),
    };
    let whole = planned(
        "everything-was-compared",
        "Everything that was to be compared with prod was compared, and not with itself".to_owned(),
        "What was not compared, or only with itself, may have changed without anybody knowing.",
        "all that is compared".to_owned(),
        of.line,
        Part::Whole,
    );
    let bounds = of.bounds.iter().map(|rule| {
        let is = format!(
            "all that is compared (`{}`, {} from prod to stage: {})",
            rule.of.path,
            rule.of.kind,
            rule.of.allowed()
        );
        planned(&rule.name, rule.of.promise(), &rule.why, is, rule.line, Part::Bound(rule.of.clone()))
    });
    let expected = of.expected.iter().map(|rule| {
        let is = format!("a change that is meant until {}", rule.of.until);
        planned(&rule.name, rule.of.promise(), &rule.why, is, rule.line, Part::Expected(rule.of.clone()))
    });
    std::iter::once(whole).chain(bounds).chain(expected).collect()
}

/// Whether a request is about what the catalogue holds, and not about the index or the service, which differ as they
/// are meant to.
fn is_of_the_catalogue(request: &str) -> bool {
    ["/works", "/images", "/concepts"].iter().any(|list| request.starts_with(list))
}
