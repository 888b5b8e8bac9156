//! From a sample to the whole catalogue: about how many works break a rule.

use std::collections::{BTreeMap, BTreeSet};

use super::sample::{Sample, Sampled};
use crate::estimate::{Estimate, Stratum, of_strata};

/// How many works of the catalogue are broken, if these are the broken ones of those looked at, which were all or some
/// of those `among` the sample that the claim is about.
///
/// The sample holds relatively more works of rare types than the catalogue does, on purpose. So each work stands for
/// the works of its type: for N/n of them, if n of the N works of its type were drawn. `crate::estimate` says how sure
/// that is.
#[must_use]
pub fn estimate(
    sample: &Sample<'_>,
    among: &[Sampled<'_>],
    looked_at: &[Sampled<'_>],
    broken: &BTreeSet<&str>,
) -> Estimate {
    let mut strata: BTreeMap<&str, Stratum> = BTreeMap::new();
    for work in &sample.works {
        strata.entry(work.work_type()).or_default().drawn += 1;
    }
    for work in among {
        strata.entry(work.work_type()).or_default().among += 1;
    }
    for work in looked_at {
        let stratum = strata.entry(work.work_type()).or_default();
        stratum.looked_at += 1;
        stratum.broken += usize::from(broken.contains(work.id));
    }
    for (work_type, stratum) in &mut strata {
        // A type that no facet counts, and works without one, stand for themselves.
        stratum.works = sample.of_type.get(*work_type).copied().unwrap_or(stratum.drawn);
        (stratum.known, stratum.known_broken) = (stratum.looked_at, stratum.broken);
    }
    let strata: Vec<Stratum> = strata.into_values().collect();
    of_strata(&strata, sample.total).at_least(broken.len())
}
