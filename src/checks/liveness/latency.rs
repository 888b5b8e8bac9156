//! How long the slowest may take, by the measure of a probe: what is slow depends on the stage and on the way to it.

use std::time::Duration;

use super::{in_words, is_alive};
use crate::catalogue::{Answer, Resource};
use crate::evidence::Evidence;
use crate::suite::Slowest;
use crate::verdict::Finding;

/// How often the probe is asked. Its median is little moved by a few that are slow by chance.
const PROBES: usize = 9;

/// How many of the slowest are named.
const NAMED: usize = 5;

/// The probe: the smallest question to which the API needs its index.
pub(super) fn probe() -> Resource {
    Resource::query("/works", [("pageSize", "1")])
}

/// The probe as often as it is asked.
pub(super) fn probes() -> Vec<Resource> {
    (1..=PROBES).map(|nr| if nr == 1 { probe() } else { probe().again(nr) }).collect()
}

/// What is too slow, and what was measured.
///
/// # Errors
///
/// If the probe was not answered, so that there is no measure.
pub(super) fn judge(
    slowest: &Slowest,
    answers: &[(&Resource, &Answer)],
    evidence: &Evidence,
) -> Result<(Option<Finding>, String), String> {
    let unit = median_of_probes(evidence)?;
    let relative = unit * slowest.times_the_probe;
    let bound = relative.max(slowest.or);
    let mut by_time: Vec<_> = answers.iter().map(|(resource, answer)| (answer.took, *resource)).collect();
    by_time.sort_unstable();
    let times: Vec<Duration> = by_time.iter().map(|(took, _)| *took).collect();
    let Some(found) = quantile(&times, slowest.quantile) else {
        return Err("nothing was answered".to_owned());
    };
    let measured = format!(
        "{}% within {} (may be {}), the probe's median is {}",
        slowest.quantile,
        in_words(found),
        in_words(bound),
        in_words(unit)
    );
    if found <= bound {
        return Ok((None, measured));
    }
    let named: Vec<String> = by_time
        .iter()
        .rev()
        .take(NAMED)
        .map(|(took, resource)| format!("{} {resource}", in_words(*took)))
        .collect();
    let why = if relative > slowest.or {
        format!("{} times the probe, which takes {}", slowest.times_the_probe, in_words(unit))
    } else {
        "which is quick enough whatever the probe takes".to_owned()
    };
    let finding = Finding {
        at: String::new(),
        says: format!("the requests are too slow: {measured}"),
        expected: format!("{}% within {}, {why}", slowest.quantile, in_words(bound)),
        found: format!(
            "{}% within {}; the slowest:\n{}",
            slowest.quantile,
            in_words(found),
            named.join("\n")
        ),
        ..Finding::default()
    };
    Ok((Some(finding), measured))
}

/// The median of the probes that were answered well.
fn median_of_probes(evidence: &Evidence) -> Result<Duration, String> {
    let outcomes: Vec<_> = probes().iter().map(|probe| evidence.get(probe)).collect();
    let mut times: Vec<Duration> =
        outcomes.iter().flatten().filter(|answer| is_alive(answer)).map(|answer| answer.took).collect();
    times.sort_unstable();
    quantile(&times, 50).ok_or_else(|| {
        let because = match outcomes.into_iter().next() {
            Some(Err(because)) => because,
            Some(Ok(answer)) => format!("{} answers {}", probe(), answer.status),
            None => String::new(),
        };
        format!("the probe by which the others are measured was not answered: {because}")
    })
}

/// The value that so many percent do not exceed, of values in order; none of none.
fn quantile(times: &[Duration], percent: usize) -> Option<Duration> {
    let rank = (times.len() * percent).div_ceil(100).max(1);
    times.get(rank - 1).copied()
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use pretty_assertions::assert_eq;
    use rstest::rstest;

    use super::quantile;

    #[rstest]
    #[case::of_none(0, 50, None)]
    #[case::of_one(1, 95, Some(1))]
    #[case::the_median_of_nine(9, 50, Some(5))]
    #[case::the_last_but_one_of_twenty(20, 95, Some(19))]
    #[case::the_last_but_one_of_a_hundred(100, 99, Some(99))]
    fn a_quantile_is_a_value_that_so_many_do_not_exceed(
        #[case] count: u64,
        #[case] percent: usize,
        #[case] expected: Option<u64>,
    ) {
        let times: Vec<Duration> = (1..=count).map(Duration::from_millis).collect();
        assert_eq!(quantile(&times, percent), expected.map(Duration::from_millis));
    }
}
