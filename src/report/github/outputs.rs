//! Outputs of the step, for the jobs that follow: the verdict, how many checks fail, what was judged, and when.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

use sha2::{Digest, Sha256};

use crate::decision::Decision;
use crate::report::Run;

/// The outputs of a run.
///
/// The index is that which the stage served from the beginning to the end; there is none if it changed, or has no name.
pub(super) fn of(run: &Run) -> String {
    let steady =
        run.stage.index_at_start.as_ref().filter(|index| Some(*index) == run.stage.index_at_end.as_ref());
    let index = steady.and_then(|index| index.works_index.as_deref()).unwrap_or_default();
    let outputs = [
        ("verdict", word(run.decision)),
        ("may-be-released", (run.decision == Decision::MayBeReleased).to_string()),
        ("failed", run.tally.failed.to_string()),
        ("undecided", run.tally.undecided.to_string()),
        ("index", index.to_owned()),
        ("release", run.release.id.clone().unwrap_or_default()),
        // No older than a job that deploys allows.
        ("ended-at", run.ended.to_string()),
    ];
    outputs.iter().map(|(name, value)| output(name, value, &delimiter)).collect()
}

/// The outputs of a run in which nothing was judged.
pub(super) fn of_end(decision: Decision) -> String {
    let outputs = [("verdict", word(decision)), ("may-be-released", "false".to_owned())];
    outputs.iter().map(|(name, value)| output(name, value, &delimiter)).collect()
}

/// A decision in the words of `verdict.json`.
fn word(decision: Decision) -> String {
    let word = serde_json::to_value(decision).ok();
    word.and_then(|word| word.as_str().map(str::to_owned)).unwrap_or_default()
}

/// An output, between delimiters that do not stand in it.
fn output(name: &str, value: &str, delimiter: &dyn Fn() -> String) -> String {
    let mut delimiter_here = delimiter();
    while value.contains(&delimiter_here) {
        delimiter_here = delimiter();
    }
    format!("{name}<<{delimiter_here}\n{value}\n{delimiter_here}\n")
}

/// A word that nobody who wrote a value could know: another each time, and in each process.
fn delimiter() -> String {
    static DRAWN: AtomicUsize = AtomicUsize::new(0);
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    let seed = format!("{now:?} {} {}", std::process::id(), DRAWN.fetch_add(1, Ordering::Relaxed));
    let digest = Sha256::digest(seed.as_bytes());
    let number = digest.iter().take(16).fold(0_u128, |number, byte| number << 8 | u128::from(*byte));
    format!("gate_{number:032x}")
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use pretty_assertions::assert_eq;
    use rstest::rstest;

    use super::{delimiter, of, of_end, output};
    use crate::decision::Decision;
    use crate::report::github::tests::read_outputs;
    use crate::report::{Run, fixture as runs};

    #[rstest]
    #[case::passing(runs::passing(), ["may-be-released", "true", "0", "0"])]
    #[case::failing(runs::failing(), ["blocked", "false", "4", "0"])]
    #[case::undecided(runs::undecided(), ["undecided", "false", "0", "3"])]
    #[case::mixed(runs::mixed(), ["blocked", "false", "1", "1"])]
    #[case::hostile(runs::hostile(), ["blocked", "false", "1", "1"])]
    fn the_jobs_that_follow_are_told(#[case] run: Run, #[case] expected: [&str; 4]) {
        let outputs = read_outputs(&of(&run));
        let told = ["verdict", "may-be-released", "failed", "undecided"].map(|name| outputs[name].as_str());
        assert_eq!(told, expected);
        assert_eq!(outputs["index"], "works-indexed-2026-11-01");
        assert_eq!(outputs["release"], run.release.id.clone().unwrap());
        assert_eq!(outputs["ended-at"], run.ended.to_string());
        assert_eq!(outputs.len(), 7);
    }

    #[rstest]
    fn an_index_that_changed_is_none_to_deploy() {
        let mut run = runs::passing();
        run.stage.index_at_end = None;
        assert_eq!(read_outputs(&of(&run))["index"], "");
    }

    #[rstest]
    fn where_nothing_was_judged_nothing_may_be_released() {
        let outputs = read_outputs(&of_end(Decision::Misused));
        assert_eq!((outputs["verdict"].as_str(), outputs["may-be-released"].as_str()), ("misused", "false"));
    }

    #[rstest]
    fn no_value_holds_its_own_end() {
        let drawn = Cell::new(0);
        let counting = || {
            drawn.set(drawn.get() + 1);
            format!("END{}", drawn.get())
        };
        assert_eq!(
            output("index", "x\nEND1\nverdict=pass", &counting),
            "index<<END2\nx\nEND1\nverdict=pass\nEND2\n"
        );
        assert_ne!(delimiter(), delimiter());
    }
}
