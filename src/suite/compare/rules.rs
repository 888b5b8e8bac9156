//! The lists of rules: how grave changes are, which are meant, which block, and which numbers may be apart.

use std::collections::HashMap;

use super::Ruled;
use super::paths::{can_happen, names_a_field, pattern};
use super::written::{WrittenBound, WrittenExpected, WrittenSeverity, WrittenTolerance};
use crate::comparison::{Bound, Expected, Kind, Pattern, Severity, SeverityRule, Tolerance};
use crate::suite::at::At;
use crate::suite::mistake::{Mistake, Span};
use crate::suite::validate::Checker;
use crate::suite::words::{ChangeName, ComparedPath, Percent};

/// How grave changes are. The first rule that fits counts, so that none may stand below one that fits all that it does.
pub(super) fn severities(
    checker: &mut Checker<'_>,
    at: &At<Vec<At<WrittenSeverity>>>,
) -> Option<Vec<SeverityRule>> {
    let rules = list(checker, at, severity, |it| (&it.path, &it.kind))?;
    let written = at.value.iter().flatten().filter_map(|at| at.value.as_ref()?.path.node);
    let places: Vec<Span> = written.map(|node| checker.tree.node(node).span).collect();
    let mut each_counts = Some(());
    for (nr, rule) in rules.iter().enumerate() {
        // The same rule twice was told already.
        let is_another = |earlier: &SeverityRule| (&earlier.path, earlier.kind) != (&rule.path, rule.kind);
        let fits_all = |earlier: &SeverityRule| {
            is_another(earlier)
                && (earlier.kind.is_none() || earlier.kind == rule.kind)
                && earlier.path.matches(&rule.path.to_string())
        };
        if let Some(earlier) = rules[..nr].iter().position(fits_all) {
            let mistake = Mistake::new(
                places[nr],
                format!("this rule never counts: `{}` comes first", rules[earlier].path),
            )
            .label("move it above that one, or remove it")
            .also(places[earlier], "this one fits whatever the other fits");
            each_counts = checker.refuse(mistake);
        }
    }
    each_counts.map(|()| rules)
}

/// The changes that are meant.
pub(super) fn expected(
    checker: &mut Checker<'_>,
    at: &At<Vec<At<WrittenExpected>>>,
) -> Option<Vec<Ruled<Expected>>> {
    list(checker, at, expectation, |it| (&it.path, &it.kind))
}

/// The changes that block, and from when.
pub(super) fn bounds(checker: &mut Checker<'_>, at: &At<Vec<At<WrittenBound>>>) -> Option<Vec<Ruled<Bound>>> {
    list(checker, at, bound, |it| (&it.path, &it.kind))
}

/// The numbers that need not be the same.
pub(super) fn tolerances(
    checker: &mut Checker<'_>,
    at: &At<Vec<At<WrittenTolerance>>>,
) -> Option<Vec<Tolerance>> {
    let no_kind = At::default();
    list(checker, at, tolerance, |it| (&it.path, &no_kind))
}

/// Reads the rules of a list, of which no two may be about the same.
fn list<'f, W, T>(
    checker: &mut Checker<'_>,
    list: &'f At<Vec<At<W>>>,
    read: impl Fn(&mut Checker<'_>, usize, Pattern, &W) -> Option<T>,
    about: impl Fn(&'f W) -> (&'f At<ComparedPath>, &'f At<ChangeName>),
) -> Option<Vec<T>>
where
    W: 'f,
{
    if !list.is_given() {
        return Some(Vec::new());
    }
    let mut seen = HashMap::new();
    let mut rules = Vec::new();
    for at in list.value.as_ref()? {
        rules.push(at.node.zip(at.value.as_ref()).and_then(|(node, written)| {
            let (path, kind) = about(written);
            let pattern = pattern(checker, path);
            let what = kind.value.as_ref().map(|kind| format!(" ({})", kind.0)).unwrap_or_default();
            if let (Some(text), Some(at)) = (&path.value, path.node) {
                let at = checker.tree.node(at).span;
                // A list is the same one with and without its brackets.
                let place = text.0.trim_end_matches("[]");
                once(checker, &mut seen, format!("{place}{what}"), &format!("`{}`{what}", text.0), at);
            }
            let line = checker.line(node);
            can_happen(checker, path, kind)?;
            read(checker, line, pattern?, written)
        }));
    }
    rules.into_iter().collect()
}

/// Complains of what stands in a list a second time.
pub(super) fn once(
    checker: &mut Checker<'_>,
    seen: &mut HashMap<String, Span>,
    about: String,
    what: &str,
    at: Span,
) {
    match seen.get(&about) {
        Some(first) => checker.mistakes.push(
            Mistake::new(at, format!("{what} stands here twice"))
                .label("remove one of the two")
                .also(*first, "the first is here"),
        ),
        None => {
            seen.insert(about, at);
        }
    }
}

fn severity(_: &mut Checker<'_>, _: usize, path: Pattern, written: &WrittenSeverity) -> Option<SeverityRule> {
    let name = &written.severity.value.as_ref()?.0;
    let (_, severity) = Severity::ALL.into_iter().find(|(known, _)| known == name)?;
    let why = written.why.value.as_ref()?.0.clone();
    let kind = if written.kind.is_given() { Some(kind(&written.kind)?) } else { None };
    Some(SeverityRule { path, kind, severity, why })
}

fn expectation(
    checker: &mut Checker<'_>,
    line: usize,
    path: Pattern,
    written: &WrittenExpected,
) -> Option<Ruled<Expected>> {
    let until = checker.day(&written.until);
    names_a_field(checker, &written.path)?;
    let why = written.why.value.as_ref()?.0.clone();
    let kind = kind(&written.kind)?;
    let at_most = at_most(
        checker,
        &written.at_most,
        |share| share > 0.0 && share <= 1.0,
        "nothing is meant to happen to none, or to more than all: write a share up to `100%`",
    )?;
    let name = name("expected", &path, kind);
    Some(Ruled { of: Expected { path, kind, why: why.clone(), until: until?, at_most }, name, why, line })
}

fn bound(
    checker: &mut Checker<'_>,
    line: usize,
    path: Pattern,
    written: &WrittenBound,
) -> Option<Ruled<Bound>> {
    let kind = kind(&written.kind)?;
    let at_most = at_most(
        checker,
        &written.at_most,
        |share| share < 1.0,
        "nothing happens to more than all, so such a bound could never fail: write less than `100%`",
    )?;
    let name = name("", &path, kind);
    let why = written.why.value.as_ref()?.0.clone();
    Some(Ruled { of: Bound { path, kind, at_most }, name, why, line })
}

fn tolerance(
    checker: &mut Checker<'_>,
    _: usize,
    path: Pattern,
    written: &WrittenTolerance,
) -> Option<Tolerance> {
    names_a_field(checker, &written.path)?;
    let or_by = if written.or_by.is_given() { written.or_by.value? } else { 0 };
    let or_by = f64::from(u32::try_from(or_by).unwrap_or(u32::MAX));
    Some(Tolerance { path, share: share(&written.by)?, or_by })
}

fn kind(at: &At<ChangeName>) -> Option<Kind> {
    let name = &at.value.as_ref()?.0;
    Kind::ALL.into_iter().find(|kind| kind.to_string() == *name)
}

/// A share between 0 and 1 of what is written in per cent.
fn share(at: &At<Percent>) -> Option<f64> {
    let text = at.value.as_ref()?.0.strip_suffix('%')?;
    text.trim_end().parse::<f64>().ok().map(|per_cent| per_cent / 100.0)
}

/// A share that makes sense where it stands; refused with this help if it does not.
fn at_most(
    checker: &mut Checker<'_>,
    at: &At<Percent>,
    makes_sense: fn(f64) -> bool,
    help: &str,
) -> Option<f64> {
    let (node, share) = (at.node?, share(at)?);
    if makes_sense(share) {
        return Some(share);
    }
    let (span, text) = (checker.tree.node(node).span, &at.value.as_ref()?.0);
    checker.refuse(Mistake::new(span, format!("`at-most` cannot be `{text}`")).help(help))
}

/// The name of a rule's check.
fn name(before: &str, path: &Pattern, kind: Kind) -> String {
    let text = format!("{before} {kind} {path}").to_lowercase().replace('*', " any ");
    let words: Vec<&str> =
        text.split(|sign: char| !sign.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
    words.join("-")
}
