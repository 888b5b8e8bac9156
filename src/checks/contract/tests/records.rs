//! x
use super::super::*;
use std::time::Instant;
#[test]
fn probe() {
    let t = Instant::now();
    let c = Contract::compile();
    eprintln!("compile {:?}", t.elapsed());
    let t = Instant::now();
    let c2 = Contract::compile();
    eprintln!("compile again {:?}", t.elapsed());
    drop(c2);
    let mut names: Vec<_> =
        std::fs::read_dir("/work/shared/recorded").unwrap().map(|e| e.unwrap().path()).collect();
    names.sort();
    for p in names {
        let n = p.file_name().unwrap().to_str().unwrap().to_owned();
        if !n.ends_with(".json") {
            continue;
        }
        let v: Value = serde_json::from_str(&std::fs::read_to_string(&p).unwrap()).unwrap();
        let kind = if n.starts_with("work-") {
            BodyKind::Work
        } else if n.starts_with("image-") {
            BodyKind::Image
        } else if n.starts_with("concept-") {
            BodyKind::Concept
        } else if n.starts_with("list-images") {
            BodyKind::Image
        } else if n.starts_with("list-query") {
            BodyKind::WorkList
        } else {
            BodyKind::Work
        };
        let all = match v {
            Value::Array(a) => a,
            Value::Object(o) if n.starts_with("list-images") => o["results"].as_array().unwrap().clone(),
            v => vec![v],
        };
        for v in all {
            for b in c.breaches(kind, &v) {
                eprintln!(
                    "{n} {:?} {} [{}]: {} || {} || {}",
                    b.severity,
                    b.pointer,
                    b.record.unwrap_or_default(),
                    b.says,
                    b.expected,
                    b.found
                );
            }
        }
    }
    for f in ["work-qucsbh2b", "work-a22k7sqe"] {
        let v: Value = serde_json::from_str(
            &std::fs::read_to_string(format!("/work/shared/recorded/{f}.json")).unwrap(),
        )
        .unwrap();
        let t = Instant::now();
        for _ in 0..1000 {
            assert!(c.breaches(BodyKind::Work, &v).is_empty());
        }
        eprintln!("{f} 1000 iter_errors {:?}", t.elapsed());
        let t = Instant::now();
        for _ in 0..1000 {
            assert!(c.validators[0].is_valid(&v));
        }
        eprintln!("{f} 1000 is_valid {:?}", t.elapsed());
    }
}
