//! What checks remark, at the end of a run: seeds, and what needs a hand. The accounts of what was looked at are in
//! `verdict.json`, and in the story of a check that does not pass.

use super::paint::labelled;
use super::{Run, verdict_file};
use crate::decision::Judged;
use crate::numbers::counted;
use crate::verdict::RemarkKind;

/// How many remarks that need a hand are shown; all of them are in `verdict.json`.
const SHOWN: usize = 5;

/// The lines for the last block in the terminal.
pub(super) fn of(run: &Run) -> String {
    let drawn: Vec<&str> = told(&run.judged, RemarkKind::Draw).into_iter().map(|(says, _)| says).collect();
    let mut text = String::new();
    if !drawn.is_empty() {
        text.push_str(&labelled("sampled", &drawn.join(", ")));
    }
    let hands = hands(run);
    for (names, says) in hands.iter().take(SHOWN) {
        text.push_str(&labelled("look at", &format!("{names}: {says}")));
    }
    if hands.len() > SHOWN {
        let more = hands.len() - SHOWN;
        text.push_str(&labelled("look at", &format!("and {more} more, in {}", verdict_file::NAME)));
    }
    let accounts = passing(run).flat_map(|check| &check.remarks).filter(|it| it.kind == RemarkKind::Account);
    match accounts.count() {
        0 => {}
        accounts => text.push_str(&labelled(
            "noted",
            &format!(
                "{} on what was sampled, counted and walked, in {}",
                counted(accounts, ("remark", "remarks")),
                verdict_file::NAME
            ),
        )),
    }
    text
}

/// What deserves attention and blocks nothing: of the run, and of its checks.
pub(super) fn to_look_at(run: &Run) -> impl Iterator<Item = String> {
    let notices = run.notices.iter().map(|it| format!("{}: {}", it.about, it.says));
    notices.chain(hands(run).into_iter().map(|(names, says)| format!("{names}: {says}")))
}

/// What somebody should see to, with the names of the checks that say so.
fn hands(run: &Run) -> Vec<(String, &str)> {
    let told = told(passing(run), RemarkKind::Hand).into_iter();
    told.map(|(says, checks)| (name_of_all(&checks), says)).collect()
}

/// A check that does not pass has told its own remarks in its story.
fn passing(run: &Run) -> impl Iterator<Item = &Judged> {
    run.judged.iter().filter(|check| check.verdict.is_pass())
}

/// What these checks remark of this kind, each once, with the checks that do.
fn told<'a>(
    checks: impl IntoIterator<Item = &'a Judged>,
    kind: RemarkKind,
) -> Vec<(&'a str, Vec<&'a Judged>)> {
    let mut told: Vec<(&str, Vec<&Judged>)> = Vec::new();
    for check in checks {
        for remark in check.remarks.iter().filter(|remark| remark.kind == kind) {
            match told.iter_mut().find(|(says, _)| *says == remark.says) {
                Some((_, checks)) => checks.push(check),
                None => told.push((&remark.says, vec![check])),
            }
        }
    }
    told
}

/// The name of a check, of the criterion that several belong to, or how many there are.
fn name_of_all(checks: &[&Judged]) -> String {
    match checks {
        [check] => check.name.clone(),
        [first, rest @ ..] if rest.iter().all(|it| it.about.criterion == first.about.criterion) => {
            first.about.criterion.clone()
        }
        _ => counted(checks.len(), ("check", "checks")),
    }
}
