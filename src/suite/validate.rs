//! From the file as it is written to the suite as the gate sees it, with every rule that a schema cannot tell.
//!
//! A value that reads as nothing is passed over here: `structure` has said what is wrong with it.

use std::collections::HashMap;

use jiff::civil::Date;

use super::at::{At, read};
use super::compare::{self, COMPARE, Compare};
use super::critical::{self, Critical};
use super::file::{self, SuiteFile};
use super::kinds::{self, Named, either};
use super::lists::Lists;
use super::mistake::{Mistake, Span};
use super::model::{Approval, Criterion, Example, KnownIssue};
use super::overrides::{self, CONTRACT, Override};
use super::shapes::Shapes;
use super::structure::Structure;
use super::tree::{NodeId, Tree};
use super::words::Day;

/// What a file without a mistake says.
pub(super) struct Valid {
    pub criteria: Vec<Criterion>,
    pub overrides: Vec<Override>,
    pub critical: Vec<Critical>,
    pub compare: Option<Compare>,
}

/// Reads criteria, overrides, critical paths and what is compared; `None` if there is a mistake in them.
pub(super) fn suite(
    text: &str,
    tree: &Tree,
    structure: &Structure,
    lists: &mut Lists,
) -> (Option<Valid>, Vec<Mistake>) {
    let newlines = text.match_indices('\n').map(|(at, _)| at).collect();
    let shapes = Shapes::new(tree, text);
    let mut checker = Checker { tree, shapes, lists, mistakes: Vec::new(), newlines, structure };
    let valid = read::<SuiteFile>(tree, Tree::ROOT).and_then(|file| {
        let (criteria, overrides) = (checker.criteria(&file), overrides::read(&mut checker, &file));
        let critical = critical::read(&mut checker, &file);
        let compare =
            if file.compare.is_given() { compare::read(&mut checker, &file).map(Some) } else { Some(None) };
        Some(Valid { criteria: criteria?, overrides: overrides?, critical: critical?, compare: compare? })
    });
    let mut mistakes = checker.mistakes;
    mistakes.append(&mut checker.shapes.mistakes);
    (valid, mistakes)
}

/// What the checks of one file share.
pub(super) struct Checker<'t> {
    pub(super) tree: &'t Tree,
    pub(super) shapes: Shapes<'t>,
    /// The text files that the file names.
    pub(super) lists: &'t mut Lists,
    pub(super) mistakes: Vec<Mistake>,
    /// Where the lines end.
    newlines: Vec<usize>,
    structure: &'t Structure,
}

impl Checker<'_> {
    fn criteria(&mut self, file: &SuiteFile) -> Option<Vec<Criterion>> {
        let criteria = file.criteria.value.as_ref()?;
        self.unique_ids(criteria);
        let read: Vec<_> = criteria.iter().map(|criterion| self.criterion(criterion)).collect();
        read.into_iter().collect()
    }

    fn unique_ids(&mut self, criteria: &[At<file::Criterion>]) {
        let mut seen: HashMap<&str, Span> = HashMap::new();
        for criterion in criteria.iter().filter_map(|criterion| criterion.value.as_ref()) {
            let (Some(node), Some(id)) = (criterion.id.node, &criterion.id.value) else { continue };
            let at = self.tree.node(node).span;
            if [CONTRACT, COMPARE].contains(&id.0.as_str()) {
                let mistake = Mistake::new(at, format!("`{}` is the gate's own criterion", id.0))
                    .label("give this one another id");
                self.mistakes.push(mistake);
            }
            match seen.get(id.0.as_str()) {
                None => {
                    seen.insert(&id.0, at);
                }
                Some(first) => self.mistakes.push(
                    Mistake::new(at, format!("two criteria have the id `{}`", id.0))
                        .label("give this one another id")
                        .also(*first, "the first is here"),
                ),
            }
        }
    }

    fn criterion(&mut self, at: &At<file::Criterion>) -> Option<Criterion> {
        let (node, file) = (at.node?, at.value.as_ref()?);
        let approval = self.approval(node, file);
        let review_by = self.day(&file.review_by);
        self.review_follows_approval(file, review_by, approval.as_ref());
        let known_issue = self.known_issue(&file.known_issue);
        let kind = kinds::read(self, node, file);
        Some(Criterion {
            id: file.id.value.as_ref()?.0.clone(),
            title: file.title.value.as_ref()?.0.clone(),
            why: file.why.value.as_ref()?.0.clone(),
            owner: file.owner.value.as_ref()?.0.clone(),
            approval: approval?,
            review_by: review_by?,
            known_issue: if file.known_issue.is_given() { Some(known_issue?) } else { None },
            line: self.line(node),
            kind: kind?,
        })
    }

    fn approval(&mut self, node: NodeId, file: &file::Criterion) -> Option<Approval> {
        let mut given = Vec::new();
        given.extend(file.approved.is_given().then_some("approved"));
        given.extend(file.proposed.is_given().then_some("proposed"));
        self.exactly_one(node, &given, &["approved", "proposed"], "whether it blocks a release");
        if file.proposed.is_given() {
            return file.proposed.value.filter(|proposed| *proposed).map(|_| Approval::Proposed);
        }
        let approved = file.approved.value.as_ref()?;
        let on = self.day(&approved.on);
        let wording = approved.wording.value.as_ref().map(|wording| wording.0.clone());
        Some(Approval::Approved { by: approved.by.value.as_ref()?.0.clone(), on: on?, wording })
    }

    fn review_follows_approval(
        &mut self,
        file: &file::Criterion,
        review_by: Option<Date>,
        approval: Option<&Approval>,
    ) {
        let (Some(review_by), Some(Approval::Approved { on, .. })) = (review_by, approval) else { return };
        let approved_on = file.approved.value.as_ref().and_then(|approved| approved.on.node);
        if let (true, Some(node), Some(approved_on)) = (review_by <= *on, file.review_by.node, approved_on) {
            self.mistakes.push(
                Mistake::new(self.tree.node(node).span, "the review must come after the approval")
                    .label("write a later day")
                    .also(self.tree.node(approved_on).span, "the day of the approval"),
            );
        }
    }

    fn known_issue(&mut self, at: &At<file::KnownIssue>) -> Option<KnownIssue> {
        let issue = at.value.as_ref()?;
        let until = self.day(&issue.until);
        Some(KnownIssue { link: issue.link.value.as_ref()?.0.clone(), until: until? })
    }

    /// The day, if any calendar has it.
    pub(super) fn day(&mut self, at: &At<Day>) -> Option<Date> {
        let (node, day) = (at.node?, at.value.as_ref()?);
        let [year, month, date] = numbers(&day.0)?;
        let read = Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(date).ok()?);
        read.ok().or_else(|| {
            let mistake = Mistake::new(self.tree.node(node).span, format!("`{}` is not a day", day.0))
                .label("no calendar has it")
                .help("a day is written year-month-day, such as `2026-11-22`");
            self.mistakes.push(mistake);
            None
        })
    }

    /// Reads each example of a list, and makes sure that no two have the same name.
    pub(super) fn examples<T: Named, M>(
        &mut self,
        list: &At<Vec<At<T>>>,
        read: impl Fn(&mut Self, NodeId, &T) -> Option<M>,
    ) -> Option<Vec<Example<M>>> {
        let mut names: HashMap<String, NodeId> = HashMap::new();
        let mut examples = Vec::new();
        for at in list.value.as_ref()? {
            let example = at.node.zip(at.value.as_ref());
            examples.push(example.and_then(|(node, example)| {
                self.unique_name(&mut names, node, example);
                let of = read(self, node, example);
                let is = example.is().value.as_ref()?.0.clone();
                Some(Example { name: example.name()?, is, line: self.line(node), of: of? })
            }));
        }
        examples.into_iter().collect()
    }

    fn unique_name(&mut self, names: &mut HashMap<String, NodeId>, node: NodeId, example: &impl Named) {
        let Some(name) = example.name() else { return };
        if let Some(first) = names.get(&name) {
            self.mistakes.push(
                Mistake::new(
                    self.tree.headline(node),
                    format!("this criterion has two examples called `{name}`"),
                )
                .label(example.to_tell_apart())
                .also(self.tree.headline(*first), "the first is here"),
            );
            return;
        }
        names.insert(name, node);
    }

    /// Nothing can be read here, for this reason.
    pub(super) fn refuse<T>(&mut self, mistake: Mistake) -> Option<T> {
        self.mistakes.push(mistake);
        None
    }

    /// Whether it is told already that what stands here does not fit its pattern, so that nothing follows from it.
    pub(super) fn is_refused(&self, at: Span) -> bool {
        self.structure.mistakes.iter().any(|mistake| mistake.at == at)
    }

    /// Whether one of these keys is what a misspelt one was meant to be, so that nothing follows from its absence.
    pub(super) fn is_misspelt(&self, node: NodeId, known: &[&str]) -> bool {
        self.structure.meant.iter().any(|meant| meant.0 == node && known.contains(&meant.1.as_str()))
    }

    /// Complains unless exactly one of the known keys is given.
    pub(super) fn exactly_one(&mut self, node: NodeId, given: &[&str], known: &[&str], about: &str) {
        match given {
            [_] => {}
            [] => {
                if !self.is_misspelt(node, known) {
                    let mistake =
                        Mistake::new(self.tree.headline(node), format!("this does not say {about}"))
                            .label(format!("add one of {}", either(known)));
                    self.mistakes.push(mistake);
                }
            }
            [..] => {
                let mut places: Vec<(Span, &str)> =
                    given.iter().map(|key| (self.key_span(node, key), *key)).collect();
                places.sort_by_key(|(span, _)| span.start);
                let (first, first_key) = places[0];
                for (span, key) in &places[1..] {
                    let mistake =
                        Mistake::new(*span, format!("`{first_key}` and `{key}` cannot stand side by side"))
                            .label("remove one of the two")
                            .also(first, "the other is here")
                            .help(format!("exactly one of {} says {about}", either(known)));
                    self.mistakes.push(mistake);
                }
            }
        }
    }

    /// The place of a key, or of the whole node if it has no such key.
    pub(super) fn key_span(&self, node: NodeId, key: &str) -> Span {
        self.tree.entry(node, key).map_or_else(|| self.tree.headline(node), |entry| entry.key_span)
    }

    /// The place of a value, or of the node that should have it.
    pub(super) fn value_span(&self, value: Option<NodeId>, node: NodeId) -> Span {
        value.map_or_else(|| self.tree.headline(node), |value| self.tree.node(value).span)
    }

    /// The line on which a node starts, counted from 1.
    pub(super) fn line(&self, node: NodeId) -> usize {
        let start = self.tree.node(node).span.start;
        self.newlines.partition_point(|newline| *newline < start) + 1
    }
}

/// The numbers of a day that fits its pattern.
fn numbers(day: &str) -> Option<[u16; 3]> {
    let parts: Vec<u16> = day.split('-').map(str::parse).collect::<Result<_, _>>().ok()?;
    parts.try_into().ok()
}
