//! How many checks one core judges in a second: `cargo bench --bench judging`.
//!
//! The evidence is fetched once, from the embedded catalogue; then the same checks are judged again and again.
#![expect(clippy::print_stdout, reason = "a bench tells its figures")]

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use release_gate::catalogue::{Client, Limits, Target};
use release_gate::checks::contract::Contract;
use release_gate::embedded::catalogue::Catalogue;
use release_gate::embedded::server::{Options, Stage};
use release_gate::evidence::{self, Evidence, NoProgress};
use release_gate::gate::{Bench, Plan, Planned, Role};
use release_gate::suite::Suite;

/// How long each kind of check is judged for.
const SPELL: Duration = Duration::from_secs(2);

/// Whether a check is of the kind that is measured.
type IsOfKind = fn(&Role) -> bool;

fn main() -> Result<(), Box<dyn Error>> {
    let suite = Suite::load(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/works-examples.yaml")))?;
    let plan = Plan::of(&suite);
    let (bench, evidence) = collect(&plan)?;
    println!("{:<42} {:>8} {:>12}", "checks judged on one core", "checks", "a second");
    let kinds: [(&str, IsOfKind); 3] = [
        ("criteria", |role| matches!(role, Role::Criterion(_))),
        ("criteria and snapshots", |role| !matches!(role, Role::Contract(_))),
        ("contract (every answer against its schema)", |role| matches!(role, Role::Contract(_))),
    ];
    for (name, is_of_kind) in kinds {
        let checks: Vec<&Planned> = plan.checks.iter().filter(|check| is_of_kind(&check.role)).collect();
        println!("{name:<42} {:>8} {:>12.0}", checks.len(), a_second(&checks, &bench, &evidence));
    }
    Ok(())
}

/// What the suite needs, fetched from the embedded catalogue.
fn collect(plan: &Plan) -> Result<(Bench, Evidence), Box<dyn Error>> {
    let stage = Stage::start(Arc::new(Catalogue::build()), Options::new())?;
    let client = Client::new(Target::parse(&stage.url())?, Limits::DEFAULT)?;
    evidence::on_one_thread(async {
        let mut evidence = Evidence::begin(client.target(), evidence::preflight(&client).await?);
        let bench = Bench {
            requests: plan.requests().for_stage(&evidence),
            baselines: BTreeMap::new(),
            contract: Contract::new(),
        };
        let every: Vec<&Planned> = plan.checks.iter().collect();
        let wanted: BTreeSet<_> = bench.wanted(plan, &every, &evidence);
        evidence::fetch(&client, wanted, &mut evidence, &NoProgress).await;
        evidence::finish(&client, &mut evidence).await;
        Ok((bench, evidence))
    })?
}

fn a_second(checks: &[&Planned], bench: &Bench, evidence: &Evidence) -> f64 {
    let (start, mut judged) = (Instant::now(), 0_u32);
    while start.elapsed() < SPELL {
        std::hint::black_box(bench.judge(checks, evidence));
        judged += u32::try_from(checks.len()).unwrap_or(u32::MAX);
    }
    f64::from(judged) / start.elapsed().as_secs_f64()
}
