//! From a population as it is written to what the gate sees of it; every bound that could never fail is refused.

use super::{Bounds, By, Change, Population, PopulationExample, WrittenChange};
use crate::catalogue::{Endpoint, Values};
use crate::suite::at::At;
use crate::suite::filters;
use crate::suite::mistake::{Mistake, listed, nearest};
use crate::suite::share::Share;
use crate::suite::tree::NodeId;
use crate::suite::validate::Checker;
use crate::suite::words::Percent;

/// The word that stands for what became of works, beside the names of facets.
const STATE: &str = "state";

/// The keys of which an example has at least one.
const BOUNDS: [&str; 7] =
    ["at-least", "at-most", "at-least-on-stage", "share", "at-least-in", "against-prod", "against-baseline"];

pub(in crate::suite::kinds) fn read(
    checker: &mut Checker<'_>,
    node: NodeId,
    example: &Population,
) -> Option<PopulationExample> {
    let endpoint = example.count.value.as_ref()?.endpoint()?;
    let mut reader = Reader { checker, node, example, endpoint, holds: true };
    let by = reader.by();
    let of = filters::read(reader.checker, &example.selected, endpoint);
    if let (Some(By::Facet(facet)), Some(of)) = (by, &of)
        && of.is_narrowed_by(facet.name)
    {
        let says = format!("`by: {0}` beside a filter by `{0}`", facet.name);
        let mistake = reader
            .mistake("by", says)
            .label("remove one of the two")
            .help("the API shows every value of a facet, also those that the facet's own filter leaves out");
        reader.refuse(mistake);
    }
    reader.goes_with_by(by);
    let bounds = reader.bounds();
    let against_prod = reader.change(&example.against_prod);
    let against_baseline = reader.change(&example.against_baseline);
    reader.some_bound();
    let holds = reader.holds;
    let read = PopulationExample { of: of?, by, bounds, against_prod, against_baseline };
    holds.then_some(read)
}

/// Reads one example.
struct Reader<'c, 't> {
    checker: &'c mut Checker<'t>,
    node: NodeId,
    example: &'c Population,
    endpoint: Endpoint,
    /// Whether nothing was refused.
    holds: bool,
}

impl Reader<'_, '_> {
    /// A mistake at a key of the example.
    fn mistake(&self, key: &str, says: impl Into<String>) -> Mistake {
        Mistake::new(self.checker.key_span(self.node, key), says)
    }

    fn mistake_at(&self, at: Option<NodeId>, says: impl Into<String>) -> Mistake {
        Mistake::new(self.checker.value_span(at, self.node), says)
    }

    fn refuse(&mut self, mistake: Mistake) {
        self.checker.mistakes.push(mistake);
        self.holds = false;
    }

    /// The value of a key, if it is given. If it cannot be read, the schema has refused it.
    fn value<'v, T>(&mut self, at: &'v At<T>) -> Option<&'v T> {
        self.holds &= at.is_given() == at.value.is_some();
        at.value.as_ref()
    }

    /// What is counted value by value.
    fn by(&mut self) -> Option<By> {
        let example = self.example;
        let name = self.value(&example.by)?.0.as_str();
        if let Some(facet) = self.endpoint.facet(name) {
            return Some(By::Facet(facet));
        }
        if name == STATE {
            return self.by_state();
        }
        let counted = self.endpoint.name();
        let mistake =
            self.mistake_at(self.example.by.node, format!("{counted} cannot be counted by `{name}`"));
        let mut known: Vec<&str> = self.endpoint.facets().iter().map(|facet| facet.name).collect();
        known.extend((self.endpoint == Endpoint::Works).then_some(STATE));
        let mistake = match (nearest(name, known.iter().copied()), known.is_empty()) {
            (Some(meant), _) => mistake.label(format!("did you mean `{meant}`?")),
            (None, true) => mistake.label("remove this: the API has no facets of them"),
            (None, false) => {
                mistake.label("no such facet").help(format!("they can be counted by {}", listed(known, "or")))
            }
        };
        self.refuse(mistake);
        None
    }

    fn by_state(&mut self) -> Option<By> {
        let (says, key) = if self.endpoint != Endpoint::Works {
            (format!("{} have no state", self.endpoint.name()), "by")
        } else if self.example.selected.is_given() {
            ("works are counted by state as a whole, and not by a filter".to_owned(), "where")
        } else {
            return Some(By::State);
        };
        let mistake = self.mistake(key, says).label("remove this");
        self.refuse(mistake);
        None
    }

    /// Keys that are about single values need something that has some.
    fn goes_with_by(&mut self, by: Option<By>) {
        let single_valued = matches!(by, Some(By::Facet(facet)) if facet.values == Values::One);
        if self.example.without_any.is_given() && !single_valued && self.holds {
            let mistake = self.mistake("without-any", "`without-any` says nothing here").label("remove this").help(
                "it goes with `by` and a facet of which each work has one value, such as `workType`; of others, \
                 nobody can tell from the numbers how many works have none",
            );
            self.refuse(mistake);
        }
        if self.example.by.is_given() {
            return;
        }
        if self.example.at_least_in.is_given() {
            let mistake = self.mistake("at-least-in", "`at-least-in` goes with `by`");
            self.refuse(mistake.label("add `by: workType`, or write `at-least`"));
        }
        for change in [&self.example.against_prod, &self.example.against_baseline] {
            let is_given = change.value.as_ref().is_some_and(|change| change.come_and_go.is_given());
            if let (Some(node), true) = (change.node, is_given) {
                let at = self.checker.key_span(node, "come-and-go");
                self.refuse(
                    Mistake::new(at, "`come-and-go` goes with `by`")
                        .label("remove this: nothing here has values"),
                );
            }
        }
    }

    fn bounds(&mut self) -> Bounds {
        let example = self.example;
        let at_least = self.value(&example.at_least).map(|floor| floor.0);
        let on_stage = self.value(&example.at_least_on_stage).map(|floor| floor.0);
        let at_most = self.value(&example.at_most).map(|ceiling| ceiling.0);
        if let (Some(least), Some(most)) = (at_least.max(on_stage), at_most)
            && least > most
        {
            let says = format!("nothing is at least {least} and at most {most}");
            let mistake = self.mistake("at-most", says).label("write a greater number");
            self.refuse(mistake);
        }
        if let (Some(least), Some(on_stage)) = (at_least, on_stage)
            && on_stage <= least
        {
            let says = "`at-least-on-stage` asks for no more than `at-least` does";
            let mistake =
                self.mistake("at-least-on-stage", says).label("write a greater number, or remove this");
            self.refuse(mistake);
        }
        let (share_at_least, share_at_most) = self.share();
        let floors = self.value(&example.at_least_in).map(|floors| &floors.0);
        let at_least_in: Vec<_> = floors
            .into_iter()
            .flatten()
            .filter_map(|(value, floor)| Some((value.clone(), self.value(floor)?.0)))
            .collect();
        Bounds {
            at_least,
            at_least_on_stage: on_stage,
            at_most,
            share_at_least,
            share_at_most,
            at_least_in,
            without_any: self.percent(&example.without_any).unwrap_or_default(),
        }
    }

    fn share(&mut self) -> (Option<Share>, Option<Share>) {
        let example = self.example;
        let (Some(share), Some(node)) = (self.value(&example.share), example.share.node) else {
            return (None, None);
        };
        if !self.example.selected.is_given() {
            let says = format!("without `where`, these are always all {}", self.endpoint.name());
            let mistake = self.mistake("share", says).label("add `where`, or remove this");
            self.refuse(mistake);
        }
        if share.at_least.node.is_none() && share.at_most.node.is_none() {
            let at = self.checker.tree.node(node).span;
            self.refuse(
                Mistake::new(at, "`share` has no bound").label("write `{ at-least: 5%, at-most: 50% }`"),
            );
        }
        let least = self.percent(&share.at_least);
        let most = self.percent(&share.at_most);
        if least == Some(Share::NONE) {
            let mistake = self.mistake_at(share.at_least.node, "no share is smaller than 0 %");
            self.refuse(mistake.label("write more than that: this bound could never fail"));
        }
        if most.is_some_and(|most| most >= Share::WHOLE) {
            let mistake = self.mistake_at(share.at_most.node, "no share is greater than 100 %");
            self.refuse(mistake.label("write less than that: this bound could never fail"));
        }
        if let (Some(least), Some(most)) = (least, most)
            && least > most
        {
            let mistake = self
                .mistake_at(share.at_most.node, format!("no share is at least {least} and at most {most}"));
            self.refuse(mistake.label("write a greater share"));
        }
        (least, most)
    }

    fn percent(&mut self, at: &At<Percent>) -> Option<Share> {
        let share = Share::parse(&self.value(at)?.0);
        self.holds &= share.is_some();
        share
    }

    fn change(&mut self, at: &At<WrittenChange>) -> Option<Change> {
        let (written, node) = (self.value(at)?, at.node?);
        let (loss, gain) = (self.percent(&written.loss), self.percent(&written.gain));
        let (Some(loss), Some(gain)) = (loss, gain) else {
            self.holds = false;
            return None;
        };
        if loss >= Share::WHOLE {
            let mistake =
                self.mistake_at(written.loss.node, format!("a loss of {loss} could not be exceeded"));
            self.refuse(mistake.label("write less than 100%: this bound could never fail"));
        }
        let or_by = self.value(&written.or_by).map_or(0, |number| number.0);
        let never_over = self.value(&written.never_over).map(|number| number.0);
        if never_over.is_some_and(|most| most <= or_by) {
            let at = self.checker.key_span(node, "never-over");
            self.refuse(
                Mistake::new(
                    at,
                    format!("`never-over` is to be more than `or-by`, which allows {or_by} in any case"),
                )
                .label("write a greater number, or remove one of the two"),
            );
        }
        let come_and_go = self.value(&written.come_and_go).map_or(0, |number| number.0);
        Some(Change { loss, gain, or_by, never_over, come_and_go })
    }

    /// An example without a bound would hold whatever the catalogue says.
    fn some_bound(&mut self) {
        let entries = self.checker.tree.entries(self.node);
        let given: Vec<&str> =
            entries.iter().map(|entry| entry.key.as_str()).filter(|key| BOUNDS.contains(key)).collect();
        let mistake = Mistake::new(
            self.checker.tree.headline(self.node),
            match given.as_slice() {
                [] => "nothing is expected of this number".to_owned(),
                ["at-least-on-stage"] => {
                    "nothing is expected of this number in the embedded catalogue".to_owned()
                }
                _ => return,
            },
        );
        self.refuse(mistake.label(format!("add one of {}", listed(BOUNDS, "or"))).help(
            "a count of which nothing is expected would always pass; the embedded catalogue is a miniature, so what \
             only holds on a stage says nothing about it",
        ));
    }
}
