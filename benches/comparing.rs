//! How long it takes to compare 5,000 pairs of works on one core: `cargo bench --bench comparing`.
//!
//! The works are the largest of the embedded catalogue with every include, each several times; once beside themselves,
//! and then beside those of catalogues in which something is wrong with many. Each is asked for twice of prod, so that
//! noise is learned as well. `cargo test --bench comparing` says what it takes unoptimised.
#![expect(clippy::print_stdout, reason = "a bench tells its figures")]

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Instant;

use release_gate::comparison::{About, Comparison, Drawn, Pair, Rules, Settings, Side, Subject};
use release_gate::embedded::api::{Asked, Includes, Service};
use release_gate::embedded::catalogue::Catalogue;
use release_gate::embedded::faults;
use serde_json::Value;

const PAIRS: usize = 5_000;

/// How many works they are made of. Real ones are some 4 to 20 kB large, those of the embedded catalogue smaller.
const LARGEST: usize = 250;

fn main() {
    let mut healthy: Vec<(String, Value)> = works("none").into_iter().collect();
    healthy.sort_by_cached_key(|(_, record)| std::cmp::Reverse(record.to_string().len()));
    healthy.truncate(LARGEST);
    let size: usize =
        healthy.iter().map(|(_, record)| record.to_string().len()).sum::<usize>() / healthy.len();
    println!("{PAIRS} pairs of works of {size} bytes each, on one core");
    for fault in ["none", "labels-are-ids", "missing-types", "hierarchy-lost"] {
        let spoiled = works(fault);
        let start = Instant::now();
        let comparison = compared(&healthy, &spoiled);
        let changes = comparison.changes(&Rules::default());
        println!(
            "{fault:<16} {:>6.0} ms, {} changes in {} works",
            start.elapsed().as_secs_f64() * 1_000.0,
            changes.len(),
            comparison.compared(Subject::Works)
        );
    }
}

fn compared(prod: &[(String, Value)], stage: &BTreeMap<String, Value>) -> Comparison {
    let mut comparison = Comparison::new(Settings::default());
    for (id, prod) in prod.iter().cycle().take(PAIRS) {
        let stage = stage.get(id).map_or_else(Side::absent, Side::of);
        comparison.add(&Pair {
            about: About::Work(id),
            drawn: Drawn::FromProd,
            stage,
            prod: Side::of(prod),
            again: Some(Side::of(prod)),
            views: None,
        });
    }
    comparison
}

/// The works of a catalogue with this fault, by id.
fn works(fault: &str) -> BTreeMap<String, Value> {
    let fault = faults::named(fault).unwrap_or(&faults::NONE);
    let service = Service::new(Arc::new(Catalogue::with(fault)), Includes::August, None).with(fault);
    let include = Includes::August.of_works().join(",");
    let mut works = BTreeMap::new();
    for page in 1.. {
        let query = format!("page={page}&pageSize=100&include={include}");
        let answer = service.answer(&Asked::new("/catalogue/v2/works", &query, "https://api.test"));
        let mut list: Value = serde_json::from_str(&answer.body).unwrap_or_default();
        let Some(results) = list.get_mut("results").and_then(Value::as_array_mut) else { break };
        if results.is_empty() {
            break;
        }
        works.extend(
            results
                .drain(..)
                .map(|work| (work.get("id").and_then(Value::as_str).unwrap_or_default().to_owned(), work)),
        );
    }
    works
}
