//! What it takes to save a run of two hundred answers, and to load it again.

use std::io::{self, Write};
use std::time::Instant;

use release_gate::catalogue::{Answer, Body, Resource};
use release_gate::evidence::{Evidence, load, save};
use serde_json::{Value, json};

const ANSWERS: usize = 200;
const ROUNDS: usize = 9;

fn main() -> io::Result<()> {
    let folder = tempfile::tempdir()?;
    let evidence = Evidence::from_answers((0..ANSWERS).map(|n| {
        let body = Body::Json(work(n));
        (Resource::new(format!("/works/{n}?include=identifiers,items")), Ok(Answer::new(200, body)))
    }));
    let saving = median(|| save(&evidence, folder.path()).expect("saved"));
    let loading = median(|| drop(load(folder.path()).expect("loaded")));
    let size = work(0).to_string().len();
    writeln!(
        io::stdout(),
        "{ANSWERS} answers of {size} bytes: saved in {saving:.0} ms, loaded in {loading:.0} ms"
    )
}

fn median(mut work: impl FnMut()) -> f64 {
    let mut rounds: Vec<f64> = (0..ROUNDS)
        .map(|_| {
            let clock = Instant::now();
            work();
            clock.elapsed().as_secs_f64() * 1e3
        })
        .collect();
    rounds.sort_by(f64::total_cmp);
    rounds[ROUNDS / 2]
}

/// A work of the usual size, some ten kilobytes.
fn work(id: usize) -> Value {
    let subject = |n| {
        json!({
            "id": format!("a222zv{n:02}"),
            "identifiers": [{"identifierType": {"id": "lc-subjects", "type": "IdentifierType"}, "value": format!("sh{n:08}")}],
            "label": "Surgery, Operative – Great Britain – History",
            "type": "Subject",
        })
    };
    json!({"id": id.to_string(), "subjects": (0..60).map(subject).collect::<Vec<_>>(), "type": "Work"})
}
