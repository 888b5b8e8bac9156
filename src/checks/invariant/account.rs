//! The account of an invariant: how many cases broke it, what that means, and three of them to look at.

use std::collections::BTreeSet;

use super::case::{Case, Ruling};
use super::estimate::estimate;
use super::sample::{Drawing, Sample, Sampled, WORKS};
use crate::checks::Context;
use crate::numbers::{counted, grouped, percent};
use crate::suite::Share;
use crate::verdict::{Finding, Judgement, Verdict};

/// How many broken cases are shown; the rest are counted.
const SHOWN: usize = 3;

/// How many findings of one case are shown.
const SHOWN_OF_ONE: usize = 2;

/// How many works are named for a case that stands in several.
const NAMED: usize = 2;

/// What a verdict is made from.
pub(super) struct Account<'s, 'a> {
    /// What a case is.
    pub noun: (&'static str, &'static str),
    /// The share that must hold.
    pub share: Share,
    /// Whether `where` chose among the works.
    pub chosen: bool,
    /// The drawing of the sample.
    pub drawing: &'s Drawing<'a>,
    /// The works of the sample that this is about.
    pub among: &'s Sample<'a>,
    /// Those of them that the rule looked at.
    pub looked_at: &'s Sample<'a>,
    /// What it made of them.
    pub cases: Vec<Case<'a>>,
    /// What is wrong besides: with the sample, or with what the stage accepts.
    pub faults: Vec<Finding>,
    /// Where links lead.
    pub context: &'s Context<'a>,
}

impl Account<'_, '_> {
    /// What follows.
    pub fn judgement(self) -> Judgement {
        let held = self.count(|ruling| matches!(ruling, Ruling::Holds));
        let broken = self.count(|ruling| matches!(ruling, Ruling::Breaks(_)));
        let judged = held + broken;
        // What has no answer might hold, or might not; each page that is missing as well.
        let unknown = self.cases.len() - judged + self.drawing.missing;
        let all = judged + unknown;
        let could_hold = self.share.is_reached_by(held + unknown, all);
        let surely_holds = self.share.is_reached_by(held, all);
        let mut findings = self.faults.clone();
        if !could_hold {
            findings.push(self.summary(broken, judged));
            findings.extend(self.examples());
        }
        let undecided = (findings.is_empty() && !surely_holds).then(|| self.unanswered(unknown));
        let judgement = match undecided {
            Some(because) => Judgement {
                verdict: Verdict::Undecided { because },
                values: judged,
                remarks: Vec::new(),
                compared: None,
            },
            None if judged == 0 && findings.is_empty() => Judgement::undecided(self.vacuous()),
            None => Judgement::of(judged, findings),
        };
        let sample = &self.drawing.sample;
        judgement
            .remarking(self.remark(broken, judged, unknown))
            .drawn(counted(sample.works.len(), WORKS), sample.of.seed)
    }

    fn count(&self, is: impl Fn(&Ruling) -> bool) -> usize {
        self.cases.iter().filter(|case| is(&case.ruling)).count()
    }

    fn broken(&self) -> impl Iterator<Item = (&Case<'_>, &[Finding])> {
        self.cases.iter().filter_map(|case| match &case.ruling {
            Ruling::Breaks(findings) => Some((case, findings.as_slice())),
            Ruling::Holds | Ruling::Unknown(_) => None,
        })
    }

    /// How many of how many, and about how many of the catalogue.
    fn summary(&self, broken: usize, judged: usize) -> Finding {
        let noun = self.noun;
        let works: BTreeSet<&str> =
            self.broken().flat_map(|(case, _)| case.works.iter().map(|work| work.id)).collect();
        let verb = if broken == 1 { "breaks" } else { "break" };
        let mut says = format!("{} of {} {verb} this", grouped(broken), counted(judged, noun));
        if !works.is_empty() {
            let sample = &self.drawing.sample;
            // What is no work itself stands in works, and works are what the catalogue is counted in.
            if noun != WORKS {
                let (concerned, drawn) = (grouped(works.len()), counted(sample.works.len(), WORKS));
                says.push_str(&format!(", in {concerned} of the {drawn} of the sample"));
            }
            let about = estimate(sample, &self.among.works, &self.looked_at.works, &works);
            let (number, of) = (grouped(about.about), counted(sample.total, WORKS));
            says.push_str(&if about.is_exact() {
                format!(". In the whole catalogue it is {number} of {of}: all were looked at")
            } else {
                let (low, high) = (grouped(about.low), grouped(about.high));
                format!(
                    ". In the whole catalogue it is about {number} of {of} (with 95 % confidence between {low} and \
                     {high}; each work type counts with its true share)"
                )
            });
        }
        let held = judged - broken;
        Finding {
            says,
            expected: format!("at least {} hold", self.share),
            found: format!(
                "{} hold{}",
                percent(held, judged),
                if broken > SHOWN { "; three that do not are below" } else { "" }
            ),
            ..Finding::default()
        }
    }

    /// Some of the broken cases, each with links.
    fn examples(&self) -> Vec<Finding> {
        let shown = self.broken().take(SHOWN);
        shown
            .flat_map(|(case, findings)| findings.iter().take(SHOWN_OF_ONE).map(|it| self.example(case, it)))
            .collect()
    }

    fn example(&self, case: &Case<'_>, finding: &Finding) -> Finding {
        let place = if finding.at.is_empty() { String::new() } else { format!(", {}", finding.at) };
        let links: Vec<String> = case.works.iter().take(NAMED).map(|work| self.links(work)).collect();
        let more = case.works.len().saturating_sub(NAMED);
        let more = if more > 0 {
            format!("\n    and in {} of the sample", counted(more, ("more work", "more works")))
        } else {
            String::new()
        };
        Finding {
            at: format!("{}{place}", case.about),
            says: format!("{}{}{more}", finding.says, links.concat()),
            ..finding.clone()
        }
    }

    /// The title of a work, its page and its record.
    fn links(&self, work: &Sampled<'_>) -> String {
        let Some(id) = work.work_id() else { return String::new() };
        let evidence = self.context.evidence;
        let stage = if evidence.embedded { "" } else { evidence.stage.as_str() };
        let cluster = evidence.cluster.as_ref().map(|label| format!("?elasticCluster={label}"));
        format!(
            "\n    “{}”\n    https://wellcomecollection.org/works/{id}\n    {stage}/works/{id}{}",
            work.title(),
            cluster.unwrap_or_default()
        )
    }

    /// Why it cannot be told whether enough of them hold.
    fn unanswered(&self, unknown: usize) -> String {
        let of_cases = self.cases.iter().filter_map(|case| match &case.ruling {
            Ruling::Unknown(because) => Some(because.as_str()),
            Ruling::Holds | Ruling::Breaks(_) => None,
        });
        let mut reasons = self.drawing.gaps.iter().map(String::as_str).chain(of_cases);
        let first = reasons.next().unwrap_or("an answer is missing");
        let more = reasons.count();
        let more = if more > 0 { format!(" (and {more} more answers)") } else { String::new() };
        format!("{} could not be looked at: {first}{more}", counted(unknown, self.noun))
    }

    fn vacuous(&self) -> String {
        let drawn = counted(self.drawing.sample.works.len(), WORKS);
        if self.chosen && self.among.works.is_empty() {
            return format!("none of the {drawn} of the sample is as `where` says, so nothing was judged");
        }
        format!("none of the {drawn} of the sample is what this is about, so nothing was judged")
    }

    /// What was looked at, and how to look at the same again.
    fn remark(&self, broken: usize, judged: usize, unknown: usize) -> String {
        let sample = &self.drawing.sample;
        let drawn = format!("{} drawn from {}", counted(sample.works.len(), WORKS), grouped(sample.total));
        let chosen = if self.chosen {
            format!(", {} of them chosen by `where`", grouped(self.among.works.len()))
        } else {
            String::new()
        };
        let unknown =
            if unknown > 0 { format!(", {} without an answer", grouped(unknown)) } else { String::new() };
        format!(
            "{drawn} (seed {}){chosen}; {} judged, {} broken{unknown}",
            sample.of.seed,
            counted(judged, self.noun),
            grouped(broken)
        )
    }
}
