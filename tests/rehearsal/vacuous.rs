//! Vacuous criteria: those that nothing can make fail, neither a fault of the catalogue nor a change of a record.

use std::collections::BTreeSet;

/// A sentence for each of these criteria that neither a fault nor a change of a record makes fail. The changes are only
/// tried if a fault does not do, since they take their time.
pub fn vacuous<'a>(
    criteria: impl Iterator<Item = &'a str>,
    failing_under_faults: &BTreeSet<String>,
    noticing_changes: impl FnOnce() -> BTreeSet<String>,
) -> Vec<String> {
    let untouched: Vec<&str> = criteria.filter(|id| !failing_under_faults.contains(*id)).collect();
    if untouched.is_empty() {
        return Vec::new();
    }
    let noticing = noticing_changes();
    let vacuous = untouched.into_iter().filter(|id| !noticing.contains(*id));
    vacuous
        .map(|id| {
            format!(
                "`{id}`: it holds under every fault (docs/rehearsal.md) and after every change of the records that its \
                 examples name (docs/sensitivity.md). Either whatever stands there meets what it expects, and it has to \
                 say more; or what it protects from is no fault yet, and belongs in src/embedded/faults/."
            )
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::vacuous;

    fn ids(ids: &[&str]) -> BTreeSet<String> {
        ids.iter().map(|id| (*id).to_owned()).collect()
    }

    #[test]
    fn a_criterion_that_nothing_makes_fail_is_named() {
        let found = vacuous(["one", "two", "three"].into_iter(), &ids(&["one"]), || ids(&["three"]));
        assert_eq!(found.len(), 1);
        assert!(found[0].starts_with("`two`: it holds under every fault"), "{found:?}");
    }

    #[test]
    fn changes_are_not_tried_where_faults_do() {
        let found = vacuous(["one"].into_iter(), &ids(&["one"]), || panic!("not to be asked"));
        assert!(found.is_empty());
    }
}
