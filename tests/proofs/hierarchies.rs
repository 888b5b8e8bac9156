//! A tree that has lost a branch blocks a release, and its failure draws what is missing.

use std::fs;
use std::sync::Arc;

use pretty_assertions::assert_eq;
use rstest::rstest;
use serde_json::{Value, json};

use crate::support::{Ended, Gate, catalogue, scripted, stage, write_approved};
use release_gate::embedded::api::{Asked, Service};
use release_gate::embedded::server::{Includes, Scripted, Stage};

/// The papers of Hugo Rast, three levels down, with its snapshot.
const SUITE: &str = "\
criteria:
  - id: archives-hang-together
    title: An archive can be walked from its top to its files, and back
    why: A branch can come loose while every total stays the same.
    owner: Archives and manuscripts
    approved: { by: Archives and manuscripts, on: 2026-11-22 }
    review-by: 2099-05-22
    hierarchies:
      - work: dupg64pv
        is: the papers of Hugo Rast
        depth: 3
        snapshot: true
        works: { at-least: 3 }
        holds:
          - { work: a227y9ye, part-of: qswamdvx }
";

/// A stage on which the answer for one work was altered.
fn stage_with(work: &'static str, alter: fn(&mut Value)) -> Stage {
    let service = Service::new(catalogue(), Includes::August, None);
    scripted(Arc::new(move |path, _| {
        let (asked, query) = path.split_once('?')?;
        asked.ends_with(work).then(|| {
            let answer = service.answer(&Asked::new(asked, query, "http://localhost"));
            let mut body = serde_json::from_str(&answer.body).expect("a record");
            alter(&mut body);
            Scripted::answer(answer.status, body.to_string())
        })
    }))
}

/// The gate on this stage, after the tree was recorded on a healthy one.
fn judged(on: &Stage) -> Ended {
    let folder = tempfile::tempdir().expect("a folder");
    write_approved(&folder.path().join("works-examples.yaml"), SUITE);
    fs::write(folder.path().join("Cargo.toml"), "[workspace]\n").expect("a manifest");
    let gate = || Gate::new().in_project(folder.path()).env("INSTA_OUTPUT", "none");
    let recorded = gate().env("INSTA_UPDATE", "always").run();
    assert_eq!(recorded.code, 0, "{}", recorded.text());
    let snapshots = folder.path().join("snapshots");
    fs::rename(snapshots.join("embedded"), snapshots.join("stage")).expect("a record");
    gate().stage(on).env("CI", "true").run()
}

#[rstest]
fn a_healthy_tree_may_be_released() {
    let ended = judged(&stage());
    assert_eq!((ended.code, ended.decision().as_str()), (0, "may-be-released"), "{}", ended.text());
    let remarks = ended.verdict().expect("a verdict")["remarks"].to_string();
    assert!(remarks.contains("walked 3 works, 3 levels down"), "{remarks}");
}

#[rstest]
fn a_lost_branch_blocks_and_is_drawn_below_what_is_left() {
    let ended = judged(&stage_with("/f5yb28yc", |section| section["parts"] = json!([])));
    assert_eq!((ended.code, ended.decision().as_str()), (1, "blocked"), "{}", ended.text());
    for told in [
        "      PP/RAS Rast, Dr Hugo [Collection dupg64pv, 1 part]",
        "    - └ PP/RAS/A Personal and Miscellaneous [Section f5yb28yc, 1 part]",
        "    -   └ PP/RAS/A.2 German Hospital [Section qswamdvx, 1 part]",
        "    -     └ PP/RAS/A.2/1 Wartime, bombing [Work a227y9ye, no parts]",
        "    + └ PP/RAS/A Personal and Miscellaneous [Section f5yb28yc, no parts]",
    ] {
        assert!(ended.stdout.contains(told), "{told}\n{}", ended.text());
    }
    for told in [
        "2 works are missing, the lowest 2 of 3 levels with it, 1 work has changed or stands elsewhere",
        "a227y9ye is missing from the tree",
        "at least 2 works are missing from the tree",
    ] {
        assert!(ended.says(told), "{told}\n{}", ended.text());
    }
}

#[rstest]
fn a_branch_that_names_another_parent_blocks_though_every_total_is_the_same() {
    let ended = judged(&stage_with("/a227y9ye", |file| {
        let ancestors = file["partOf"].as_array_mut().expect("ancestors");
        ancestors[0]["id"] = json!("dkhx5djp");
    }));
    assert_eq!((ended.code, ended.decision().as_str()), (1, "blocked"), "{}", ended.text());
    assert!(ended.says("does not name the work that lists it"), "{}", ended.text());
}
