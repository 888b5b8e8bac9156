//! `invariants`: what must hold for every work of a random sample of the catalogue.

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::Value;

use super::Named;
use super::rules::{Rule, WrittenRule};
use crate::suite::at::At;
use crate::suite::expectation::Expectation;
use crate::suite::mistake::Mistake;
use crate::suite::tree::{Content, NodeId};
use crate::suite::validate::Checker;
use crate::suite::words::{Percentage, Text};
use crate::suite::{Shape, contradictions};

/// What must hold for every work of a random sample: a shape, or one of the rules that the gate knows by name.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(deny_unknown_fields, extend("oneOf" = [{ "required": ["holds"] }, { "required": ["rule"] }]))]
pub(in crate::suite) struct Invariant {
    /// What it is about, in a few words. It names the check, too.
    pub is: At<Text>,
    /// How many works are looked at, and which.
    pub sample: At<WrittenSample>,
    /// Which works of the sample this is about: those that look like this. Without it, all of them.
    #[serde(rename = "where", default)]
    pub among: At<Expectation>,
    /// What each of these works must look like. Either this or `rule`.
    #[serde(default)]
    pub holds: At<Expectation>,
    /// The rule that must hold, by its name. Either this or `holds`.
    #[serde(default)]
    pub rule: At<WrittenRule>,
    /// The share for which it must hold, such as `99.5%`. Without it, `100%`: there must be no exception.
    #[serde(default)]
    pub share: At<Percentage>,
}

/// How many works are looked at, and which. Criteria with the same sample share its requests.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(deny_unknown_fields)]
pub(in crate::suite) struct WrittenSample {
    /// How many works, from every work type and every availability, and the newest.
    #[schemars(range(min = 1, max = 10_000))]
    pub size: At<usize>,
    /// Any whole number. The same number chooses the same works again, from the same catalogue.
    #[schemars(range(min = 0))]
    pub seed: At<u64>,
}

/// What must hold for the works of a sample.
#[derive(Debug, Clone)]
pub struct InvariantExample {
    /// The works that are looked at.
    pub sample: SampleOf,
    /// Which of them this is about; all of them where it does not say.
    pub among: Option<Shape>,
    /// What must hold.
    pub claim: Holds,
    /// For how many of them.
    pub share: LeastShare,
}

/// A random sample, named by what makes it: two that are equal hold the same works.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct SampleOf {
    /// How many works it holds at least. Never nought.
    pub size: usize,
    /// What chooses them.
    pub seed: u64,
}

/// What is claimed of each work.
#[derive(Debug, Clone)]
pub enum Holds {
    /// It looks like this.
    Shape(Shape),
    /// This rule holds for it.
    Rule(Rule),
}

/// A share of all, in hundredths of a per cent. Never nought.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct LeastShare(u16);

impl LeastShare {
    /// Without exception.
    pub const ALL: Self = Self(10_000);

    /// Reads `99.5%`. `None` for what is none, or asks for nothing.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (whole, fraction) =
            text.strip_suffix('%')?.split_once('.').unwrap_or((text.strip_suffix('%')?, ""));
        let hundredths: u16 = format!("{fraction:0<2}").parse().ok()?;
        let share = whole.parse::<u16>().ok()?.checked_mul(100)?.checked_add(hundredths)?;
        (fraction.len() <= 2 && (1..=10_000).contains(&share)).then_some(Self(share))
    }

    /// Whether `part` is at least this share of `all`.
    #[must_use]
    pub fn is_reached_by(self, part: usize, all: usize) -> bool {
        part as u128 * 10_000 >= all as u128 * u128::from(self.0)
    }
}

impl std::fmt::Display for LeastShare {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} %", f64::from(self.0) / 100.0)
    }
}

impl Named for Invariant {
    fn name(&self) -> Option<String> {
        let words = self.is.value.as_ref()?.0.to_lowercase();
        let words: Vec<&str> =
            words.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
        Some(words.join("-"))
    }

    fn is(&self) -> &At<Text> {
        &self.is
    }
}

pub(super) fn read(checker: &mut Checker<'_>, node: NodeId, example: &Invariant) -> Option<InvariantExample> {
    let sample = sample(checker, &example.sample);
    let among = example.among.node.map(|node| checker.shapes.work(node));
    let claim = claim(checker, node, example, among.as_ref().and_then(Option::as_ref));
    let share = if example.share.is_given() { share(checker, &example.share) } else { Some(LeastShare::ALL) };
    Some(InvariantExample {
        sample: sample?,
        among: match among {
            Some(among) => Some(among?),
            None => None,
        },
        claim: claim?,
        share: share?,
    })
}

fn sample(checker: &mut Checker<'_>, at: &At<WrittenSample>) -> Option<SampleOf> {
    let written = at.value.as_ref()?;
    let size = number(checker, written.size.node).map(|node| {
        let size = written.size.value.filter(|size| (1..=10_000).contains(size));
        size.or_else(|| {
            let at = checker.tree.headline(node);
            let mistake = Mistake::new(at, "a sample holds between 1 and 10,000 works")
                .label("write how many works to look at, such as `600`")
                .help("a sample of no works would pass whatever the catalogue says");
            checker.mistakes.push(mistake);
            None
        })
    });
    let seed = number(checker, written.seed.node).map(|node| {
        written.seed.value.or_else(|| {
            let at = checker.tree.headline(node);
            let mistake = Mistake::new(at, "a seed is a whole number, and not below 0")
                .label("write any number, such as `2026`");
            checker.mistakes.push(mistake);
            None
        })
    });
    Some(SampleOf { size: size??, seed: seed?? })
}

/// The node, if a whole number is written there; if not, `structure` has said so.
fn number(checker: &Checker<'_>, node: Option<NodeId>) -> Option<NodeId> {
    node.filter(|node| matches!(checker.tree.content(*node), Content::Scalar(Value::Number(number)) if !number.is_f64()))
}

fn claim(
    checker: &mut Checker<'_>,
    node: NodeId,
    example: &Invariant,
    among: Option<&Shape>,
) -> Option<Holds> {
    let given: Vec<&str> = [("holds", example.holds.is_given()), ("rule", example.rule.is_given())]
        .into_iter()
        .filter_map(|(key, given)| given.then_some(key))
        .collect();
    checker.exactly_one(node, &given, &["holds", "rule"], "what must hold");
    if given.first()? == &"rule" {
        // What is no rule, `structure` has refused.
        return example.rule.value.as_ref().and_then(|rule| Rule::named(&rule.0)).map(Holds::Rule);
    }
    let holds = example.holds.node?;
    let shape = checker.shapes.work(holds)?;
    if let Some((node, among)) = example.among.node.zip(among) {
        says_something(checker, (node, among), (holds, &shape))?;
    }
    Some(Holds::Shape(shape))
}

/// Refuses a claim that the choice of works has settled already, one way or the other.
fn says_something(
    checker: &mut Checker<'_>,
    (among, chosen): (NodeId, &Shape),
    (holds, claimed): (NodeId, &Shape),
) -> Option<()> {
    let same = |entry: &crate::suite::tree::Entry| {
        let other = checker.tree.entry(among, &entry.key);
        other.is_some_and(|other| checker.tree.json(other.value) == checker.tree.json(entry.value))
    };
    if checker.tree.entries(holds).iter().all(same) {
        let mistake = Mistake::new(checker.tree.headline(holds), "this can never fail")
            .label("`where` has asked for it already")
            .also(checker.tree.headline(among), "only works that look like this are looked at");
        checker.mistakes.push(mistake);
        return None;
    }
    let found = contradictions::between(checker.tree, (among, chosen), (holds, claimed));
    let none = found.is_empty();
    checker.mistakes.extend(found.into_iter().map(|mistake| Mistake {
        says: "this can never hold".to_owned(),
        label: "no work that `where` chooses looks like this".to_owned(),
        also: mistake.also.map(|(at, _)| (at, "only works that look like this are looked at".to_owned())),
        help: None,
        ..mistake
    }));
    none.then_some(())
}

fn share(checker: &mut Checker<'_>, at: &At<Percentage>) -> Option<LeastShare> {
    let (node, written) = (at.node?, &at.value.as_ref()?.0);
    LeastShare::parse(written).or_else(|| {
        // What does not look like a percentage has been said by `structure`.
        if written.ends_with('%')
            && written.trim_end_matches('%').parse::<f64>().is_ok_and(|share| share == 0.0)
        {
            let mistake = Mistake::new(checker.tree.headline(node), "a share of nothing can never fail")
                .label("write a share above 0%, such as `99.5%`");
            checker.mistakes.push(mistake);
        }
        None
    })
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::LeastShare;

    #[rstest]
    #[case::all("100%", Some(10_000))]
    #[case::with_a_fraction("99.5%", Some(9950))]
    #[case::with_two_places("99.95%", Some(9995))]
    #[case::nothing("0%", None)]
    #[case::more_than_all("101%", None)]
    #[case::no_percentage("99", None)]
    fn a_share_is_a_percentage(#[case] text: &str, #[case] share: Option<u16>) {
        assert_eq!(LeastShare::parse(text), share.map(LeastShare));
    }

    #[rstest]
    #[case::exactly(995, 1000, true)]
    #[case::just_below(994, 1000, false)]
    #[case::of_few(1, 1, true)]
    fn a_share_is_reached_exactly(#[case] part: usize, #[case] all: usize, #[case] reached: bool) {
        assert_eq!(LeastShare(9950).is_reached_by(part, all), reached);
    }
}
