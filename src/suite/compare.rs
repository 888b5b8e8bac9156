//! `compare`: what is asked of stage and of prod, how grave a change is for readers, which changes are meant, and of
//! which so few may happen that more of them block.

use std::collections::HashMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::at::At;
use super::critical::{CriticalStep, known};
use super::fields::Place;
use super::file::SuiteFile;
use super::mistake::{Mistake, Span};
use super::validate::Checker;
use super::words::{ChangeName, ComparedPath, Day, DrawnNumber, Owner, Percent, Request, SeverityName, Text};
use crate::comparison::{Bound, Expected, Kind, Pattern, Rules, Severity, SeverityRule, Tolerance};

/// What the comparison is called where others name a criterion.
pub const COMPARE: &str = "compare";

/// What an answer has that is no record: the contract describes it elsewhere.
const OF_ANSWERS: [&str; 10] = [
    "status",
    "location",
    "results",
    "totalResults",
    "totalPages",
    "pageSize",
    "nextPage",
    "prevPage",
    "aggregations",
    "description",
];

/// What is compared with prod, how grave which change is, which changes are meant, and which block.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(deny_unknown_fields, rename = "Compare")]
pub(super) struct WrittenCompare {
    /// The role that answers for these rules, such as `Product`.
    pub owner: At<Owner>,
    /// Works and images that are drawn at random, from prod and from stage, and compared one by one.
    pub sample: At<WrittenSample>,
    /// Requests whose whole answers are compared: lists, searches, filters, sorts, counts, records, errors. Those of
    /// the examples in this file are compared by themselves.
    #[serde(default)]
    #[schemars(length(min = 1))]
    pub routes: At<Vec<At<WrittenRoute>>>,
    /// How grave a change is for readers; the first rule that fits counts. Without one, what is lost or says something
    /// else is `wrong`, and the rest `cosmetic`.
    #[serde(default)]
    #[schemars(length(min = 1))]
    pub severities: At<Vec<At<WrittenSeverity>>>,
    /// Changes that this release is meant to bring. They are reported as expected, and it blocks if they do not happen.
    #[serde(default)]
    #[schemars(length(min = 1))]
    pub expected: At<Vec<At<WrittenExpected>>>,
    /// Changes of which only so much may happen unexpected: more of it blocks.
    #[serde(default)]
    #[schemars(length(min = 1))]
    pub bounds: At<Vec<At<WrittenBound>>>,
    /// Numbers that need not be exactly the same, such as how much a search finds.
    #[serde(default)]
    #[schemars(length(min = 1))]
    pub tolerances: At<Vec<At<WrittenTolerance>>>,
}

/// How much is drawn.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(deny_unknown_fields, rename = "CompareSample")]
pub(super) struct WrittenSample {
    /// How many works: half are drawn from prod, to see what is lost, and half from stage, to see what is new.
    pub works: At<DrawnNumber>,
    /// How many images, in the same way; none if this is left out.
    #[serde(default)]
    pub images: At<DrawnNumber>,
    /// Any number: the same one draws the same works again.
    pub seed: At<u64>,
}

/// A request whose whole answer is compared.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(deny_unknown_fields, rename = "CompareRoute")]
pub(super) struct WrittenRoute {
    /// The part of the address below `/catalogue/v2`, such as `/works?query=botany`.
    pub request: At<Request>,
    /// What it is an example of.
    pub is: At<Text>,
}

/// How grave a change is for readers.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(deny_unknown_fields, rename = "CompareSeverity")]
pub(super) struct WrittenSeverity {
    /// Where, with all that lies within: `items[].locations[type=DigitalLocation]`; `status` for a record as a whole.
    pub path: At<ComparedPath>,
    /// What becomes of it; whatever does, if this is left out.
    #[serde(default)]
    pub kind: At<ChangeName>,
    /// How grave that is.
    pub severity: At<SeverityName>,
    /// Why, in a sentence for those who read reports.
    pub why: At<Text>,
}

/// A change that this release is meant to bring.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(deny_unknown_fields, rename = "CompareExpected")]
pub(super) struct WrittenExpected {
    /// Where, with all that lies within. It begins with the name of a field, so that no rule is meant for everything.
    pub path: At<ComparedPath>,
    /// What becomes of it.
    pub kind: At<ChangeName>,
    /// Why it is meant.
    pub why: At<Text>,
    /// The last day on which it is expected, such as `2026-12-31`.
    pub until: At<Day>,
    /// The most of those that have it on prod to which it is meant to happen, such as `5%`: more of it blocks.
    pub at_most: At<Percent>,
}

/// How much of something may happen unexpected.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(deny_unknown_fields, rename = "CompareBound")]
pub(super) struct WrittenBound {
    /// Where, with all that lies within.
    pub path: At<ComparedPath>,
    /// What becomes of it.
    pub kind: At<ChangeName>,
    /// The most of those that have it on prod to which it may happen, such as `0.5%`; `0%` if to none.
    pub at_most: At<Percent>,
    /// Why more of it must not go to prod.
    pub why: At<Text>,
}

/// A number that need not be exactly the same.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(deny_unknown_fields, rename = "CompareTolerance")]
pub(super) struct WrittenTolerance {
    /// Where.
    pub path: At<ComparedPath>,
    /// By which share of the number on prod it may be another, such as `2%`.
    pub by: At<Percent>,
    /// Or by how much, whatever the share.
    #[serde(default)]
    pub or_by: At<u64>,
}

/// What is compared with prod, and what follows.
#[derive(Debug, Clone, PartialEq)]
pub struct Compare {
    /// Who answers for it.
    pub owner: String,
    /// The line on which it starts.
    pub line: usize,
    /// How much is drawn.
    pub sample: Drawn,
    /// Requests whose whole answers are compared.
    pub routes: Vec<Route>,
    /// How grave changes are.
    pub severities: Vec<SeverityRule>,
    /// Which are meant.
    pub expected: Vec<Ruled<Expected>>,
    /// Which block, and from when.
    pub bounds: Vec<Ruled<Bound>>,
    /// Numbers that need not be the same.
    pub tolerances: Vec<Tolerance>,
}

/// How much is drawn, and by which seed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Drawn {
    /// How many works.
    pub works: usize,
    /// How many images.
    pub images: usize,
    /// The seed.
    pub seed: u64,
}

/// A request whose whole answer is compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Route {
    /// Path and query below the API's root.
    pub request: String,
    /// What it is an example of.
    pub is: String,
}

/// A rule that may block, with where it stands and why.
#[derive(Debug, Clone, PartialEq)]
pub struct Ruled<T> {
    /// The rule.
    pub of: T,
    /// Its name among all rules: `lost-items-locations-type-digitallocation`.
    pub name: String,
    /// Why there is such a rule.
    pub why: String,
    /// Its line in the file.
    pub line: usize,
}

impl Compare {
    /// The rules by which changes are judged.
    #[must_use]
    pub fn rules(&self) -> Rules {
        Rules {
            severities: self.severities.clone(),
            expected: self.expected.iter().map(|it| it.of.clone()).collect(),
            bounds: self.bounds.iter().map(|it| it.of.clone()).collect(),
        }
    }
}

/// Reads the section, which the file has. `None` if there is a mistake in it.
pub(super) fn read(checker: &mut Checker<'_>, file: &SuiteFile) -> Option<Compare> {
    let (node, written) = (file.compare.node?, file.compare.value.as_ref()?);
    let line = checker.line(node);
    let owner = written.owner.value.as_ref().map(|owner| owner.0.clone());
    let sample = drawn(&written.sample);
    let routes = routes(checker, &written.routes);
    let severities = list(checker, &written.severities, severity, |it| (&it.path, &it.kind));
    let expected = list(checker, &written.expected, expected, |it| (&it.path, &it.kind));
    let bounds = list(checker, &written.bounds, bound, |it| (&it.path, &it.kind));
    let no_kind = At::default();
    let tolerances = list(checker, &written.tolerances, tolerance, |it| (&it.path, &no_kind));
    Some(Compare {
        owner: owner?,
        line,
        sample: sample?,
        routes: routes?,
        severities: severities?,
        expected: expected?,
        bounds: bounds?,
        tolerances: tolerances?,
    })
}

fn drawn(at: &At<WrittenSample>) -> Option<Drawn> {
    let written = at.value.as_ref()?;
    let number = |at: &At<DrawnNumber>| usize::try_from(at.value?.0).ok();
    let images = if written.images.is_given() { number(&written.images)? } else { 0 };
    Some(Drawn { works: number(&written.works)?, images, seed: written.seed.value? })
}

fn routes(checker: &mut Checker<'_>, at: &At<Vec<At<WrittenRoute>>>) -> Option<Vec<Route>> {
    if !at.is_given() {
        return Some(Vec::new());
    }
    let mut seen = HashMap::new();
    let mut routes = Vec::new();
    for at in at.value.as_ref()? {
        routes.push(at.value.as_ref().and_then(|written| {
            let request = written.request.value.as_ref()?.0.clone();
            let at = checker.tree.node(written.request.node?).span;
            once(checker, &mut seen, request.clone(), &format!("`{request}`"), at);
            Some(Route { request, is: written.is.value.as_ref()?.0.clone() })
        }));
    }
    routes.into_iter().collect()
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

fn once(checker: &mut Checker<'_>, seen: &mut HashMap<String, Span>, about: String, what: &str, at: Span) {
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

/// Reads a path, which must lead to something that answers have.
fn pattern(checker: &mut Checker<'_>, at: &At<ComparedPath>) -> Option<Pattern> {
    let (node, path) = (at.node?, &at.value.as_ref()?.0);
    let span = checker.tree.node(node).span;
    if checker.is_refused(span) {
        return None;
    }
    let pattern = match Pattern::parse(path) {
        Ok(pattern) => pattern,
        Err(error) => {
            let mistake = Mistake::new(span, format!("this is no path: {error}"));
            return checker.refuse(mistake);
        }
    };
    leads_somewhere(path, span, &mut checker.mistakes)?;
    Some(pattern)
}

/// Refuses a rule for what cannot happen: what was taken down and is shown again is a record as a whole.
fn can_happen(checker: &mut Checker<'_>, path: &At<ComparedPath>, kind: &At<ChangeName>) -> Option<()> {
    let is_returned = kind.value.as_ref().is_some_and(|kind| kind.0 == Kind::Returned.to_string());
    let (node, text) = (path.node?, &path.value.as_ref()?.0);
    if !is_returned || text == "status" {
        return Some(());
    }
    let span = checker.tree.node(node).span;
    checker.refuse(
        Mistake::new(span, format!("`{text}` is never returned: only a record as a whole is"))
            .label("write `status`"),
    )
}

/// Whether works, images or answers have something there; what comes behind `*` is not known.
fn leads_somewhere(path: &str, at: Span, mistakes: &mut Vec<Mistake>) -> Option<()> {
    let certain: Vec<&str> = path.split_inclusive('.').take_while(|step| !step.starts_with('*')).collect();
    let certain = certain.concat();
    let certain = certain.trim_end_matches('.');
    let certain = certain.strip_prefix("results[].").unwrap_or(certain);
    let steps = CriticalStep::of_path(certain);
    match steps.first() {
        None => return Some(()),
        Some(CriticalStep::Field(name)) if OF_ANSWERS.contains(&name.as_str()) => return Some(()),
        Some(_) => {}
    }
    let mut of_a_work = Vec::new();
    let found = known(Place::work(), &steps, at, &mut of_a_work)
        .or_else(|| known(Place::image(), &steps, at, &mut Vec::new()));
    if found.is_none() {
        mistakes.append(&mut of_a_work);
    }
    found
}

/// Refuses what allows changes anywhere: with `**` every change would be as it is meant, and nothing could block.
fn names_a_field(checker: &mut Checker<'_>, at: &At<ComparedPath>) -> Option<()> {
    let (node, path) = (at.node?, &at.value.as_ref()?.0);
    if !path.starts_with('*') {
        return Some(());
    }
    let span = checker.tree.node(node).span;
    let mistake = Mistake::new(span, format!("`{path}` allows changes of whatever there is"))
        .label("begin with the name of a field, such as `subjects[].**`");
    checker.refuse(mistake)
}

fn severity(_: &mut Checker<'_>, _: usize, path: Pattern, written: &WrittenSeverity) -> Option<SeverityRule> {
    let name = &written.severity.value.as_ref()?.0;
    let (_, severity) = Severity::ALL.into_iter().find(|(known, _)| known == name)?;
    let why = written.why.value.as_ref()?.0.clone();
    let kind = if written.kind.is_given() { Some(kind(&written.kind)?) } else { None };
    Some(SeverityRule { path, kind, severity, why })
}

fn expected(
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
