//! What was saved is loaded as it was, or refused.

use pretty_assertions::assert_eq;
use rstest::{fixture, rstest};

use super::*;

#[rstest]
#[case::in_another_process("http://127.0.0.1:8080/catalogue/v2", "embedded", true)]
#[case::a_stage_by_that_name("https://api-stage.wellcomecollection.org/catalogue/v2", "embedded", false)]
#[case::a_stage_through_a_tunnel("http://127.0.0.1:8080/catalogue/v2", "pipeline-2026-08-20", false)]
fn the_embedded_catalogue_is_known_by_where_it_is_and_what_it_says(
    mut evidence: Evidence,
    #[case] stage: &str,
    #[case] cluster: &str,
    #[case] expected: bool,
) {
    stage.clone_into(&mut evidence.stage);
    let index = evidence.index_at_start.as_mut().unwrap();
    index.cluster_name = Some(cluster.to_owned());
    assert_eq!(evidence.is_of_the_embedded_catalogue(), expected);
}

/// Evidence with an answer of every kind.
#[fixture]
fn evidence() -> Evidence {
    let json = |value| Ok(Answer::new(200, Body::Json(value)));
    let html = Body::Text { content_type: "text/html".into(), text: "<p>…</p>".into() };
    let index = ServedIndex {
        works_index: Some("works-1".into()),
        images_index: None,
        pipeline_date: None,
        cluster_name: None,
    };
    let mut evidence = Evidence::from_answers([
        (
            Resource::new("/works/a"),
            json(json!({"z": 0.1 + 0.2, "a": [1e300, u64::MAX, -0.0], "ü": "ü\u{0}"})),
        ),
        (Resource::new("/works/n"), json(json!(null))),
        (
            Resource::new("/works/r"),
            Ok(Answer {
                took: Duration::from_micros(1234),
                age: Some(Duration::from_secs(60)),
                tries: 2,
                ..Answer::new(302, html).leading_to("/catalogue/v2/works/b")
            }),
        ),
        (Resource::new("/works?a=b/../c"), json(json!([]))),
        (Resource::new("/works/u"), Err(Unanswered { cause: "503, twice".into(), attempts: 2 })),
    ]);
    evidence.index_at_start = Some(index.clone());
    evidence.index_at_end = Some(index);
    evidence.unknown_includes.insert(Include::Archive);
    evidence.expected.index = Some("works-1".into());
    evidence
}

#[fixture]
fn folder() -> TempDir {
    TempDir::new().expect("a folder")
}

fn answer_file(folder: &Path, slug: &str) -> std::path::PathBuf {
    let name = |file: &std::path::PathBuf| {
        file.file_name().is_some_and(|name| name.to_string_lossy().starts_with(slug))
    };
    let mut files =
        fs::read_dir(folder.join("answers")).expect("answers").map(|it| it.expect("a file").path());
    files.find(name).expect("the file of the answer")
}

#[rstest]
fn a_run_is_loaded_as_it_was_saved(evidence: Evidence, folder: TempDir) {
    save(&evidence, folder.path()).expect("saved");
    assert_eq!(load(folder.path()).expect("loaded"), evidence);
}

#[rstest]
fn the_order_of_fields_is_kept(evidence: Evidence, folder: TempDir) {
    save(&evidence, folder.path()).expect("saved");
    let loaded = load(folder.path()).expect("loaded");
    let body = loaded.get(&Resource::new("/works/a")).expect("an answer").json().expect("JSON").to_string();
    assert!(body.starts_with(r#"{"z":"#), "{body}");
}

#[rstest]
fn some_of_a_run_can_be_loaded(evidence: Evidence, folder: TempDir) {
    save(&evidence, folder.path()).expect("saved");
    let some = load_some(folder.path(), &works(&["a", "x"])).expect("loaded");
    assert_eq!(some.iter().map(|(resource, _)| resource.as_str()).collect::<Vec<_>>(), ["/works/a"]);
}

#[rstest]
fn the_answers_of_an_earlier_run_are_removed(evidence: Evidence, folder: TempDir) {
    save(&evidence, folder.path()).expect("saved");
    fs::write(folder.path().join("answers/works-a.part-7"), "{").expect("written");
    let later =
        Evidence::from_answers([(Resource::new("/works/a"), Ok(Answer::new(404, Body::Json(json!({})))))]);
    save(&later, folder.path()).expect("saved");
    assert_eq!(load(folder.path()).expect("loaded"), later);
    assert_eq!(fs::read_dir(folder.path().join("answers")).expect("answers").count(), 1);
}

#[rstest]
#[case::edited(|file: &Path| fs::write(file, fs::read_to_string(file).expect("text").replace("0.3", "0.4")))]
#[case::truncated(|file: &Path| fs::write(file, "{"))]
#[case::removed(|file: &Path| fs::remove_file(file))]
fn an_answer_that_was_tampered_with_is_refused_by_name(
    evidence: Evidence,
    folder: TempDir,
    #[case] tamper: fn(&Path) -> std::io::Result<()>,
) {
    save(&evidence, folder.path()).expect("saved");
    let file = answer_file(folder.path(), "works-a-");
    tamper(&file).expect("tampered with");
    let refusal = load(folder.path()).expect_err("damaged").to_string();
    assert!(refusal.contains(&format!("{} is damaged", file.display())), "{refusal}");
}

#[rstest]
#[case::resource("\"/works/n\"", "\"/works/m\"")]
#[case::file("answers/works-n-", "answers/works-m-")]
#[case::status("\"status\": 302", "\"status\": 200")]
fn an_answer_that_is_not_the_one_in_the_manifest_is_refused(
    evidence: Evidence,
    folder: TempDir,
    #[case] from: &str,
    #[case] to: &str,
) {
    save(&evidence, folder.path()).expect("saved");
    let manifest = folder.path().join("manifest.json");
    let text = fs::read_to_string(&manifest).expect("text");
    fs::write(&manifest, text.replace(from, to)).expect("written");
    assert!(matches!(load(folder.path()), Err(StoreError::Damaged { .. })));
}

#[rstest]
#[case::other_version("\"format\": 3", "\"format\": 4", "has format 4")]
#[case::unknown_field("\"format\": 3", "\"format\": 3, \"x\": 1", "is damaged")]
#[case::unknown_include("\"archive\"", "\"archives\"", "there is no include `archives`")]
#[case::truncated("\"resources\"", "", "is damaged")]
#[case::neither_answered_nor_not(
    "\"unanswered\": {\n        \"cause\": \"503, twice\",\n        \"attempts\": 2\n      }",
    "\"unanswered\": null",
    "either answered or unanswered"
)]
fn a_manifest_that_makes_no_sense_is_refused(
    evidence: Evidence,
    folder: TempDir,
    #[case] from: &str,
    #[case] to: &str,
    #[case] says: &str,
) {
    save(&evidence, folder.path()).expect("saved");
    let manifest = folder.path().join("manifest.json");
    let text = fs::read_to_string(&manifest).expect("text");
    assert!(text.contains(from));
    fs::write(&manifest, text.replace(from, to)).expect("written");
    let refusal = load(folder.path()).expect_err("damaged").to_string();
    assert!(refusal.contains(says) && refusal.contains("manifest.json"), "{refusal}");
}

#[rstest]
fn a_half_written_run_is_refused(evidence: Evidence, folder: TempDir) {
    save(&evidence, folder.path()).expect("saved");
    fs::remove_file(folder.path().join("manifest.json")).expect("removed");
    let refusal = load(folder.path()).expect_err("no run").to_string();
    assert!(refusal.contains("holds no finished run"), "{refusal}");
}

#[rstest]
fn a_key_that_a_stage_sends_back_is_in_no_saved_file(folder: TempDir) {
    let server = TestServer::start(|_, _| Reply::json(json!({ "echo": KEY })).with("location", KEY));
    let target = server.target().with_key(ApiKey::new(KEY).expect("a key"));
    run(async {
        let client = Client::new(target, QUICK).expect("a client");
        save(&gather(&client, works(&["a"])).await, folder.path()).expect("saved");
    });
    let mut files = vec![folder.path().join("manifest.json")];
    files.extend(
        fs::read_dir(folder.path().join("answers")).expect("answers").map(|it| it.expect("it").path()),
    );
    assert_eq!(files.len(), Include::ALL.len() + 3);
    for file in files {
        assert!(!fs::read_to_string(&file).expect("text").contains(KEY), "{}", file.display());
    }
}
