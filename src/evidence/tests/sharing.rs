//! Processes that share a recording.

use pretty_assertions::assert_eq;
use rstest::rstest;

use super::*;

/// What a test under nextest does: finds the answers in the recording, or fetches and adds them.
fn share(server: &TestServer, recordings: &Path, wanted: &BTreeSet<Resource>) -> Evidence {
    let mut recording = Recording::open(recordings, "run 1").expect("a recording");
    let recorded = recording.load(wanted).expect("loaded");
    if let Some(evidence) = &recorded
        && wanted.iter().all(|resource| evidence.has(resource))
    {
        return recorded.expect("some evidence");
    }
    let evidence = run(async {
        let client = client(server);
        let mut evidence = match recorded {
            Some(evidence) => evidence,
            None => Evidence::begin(client.target(), preflight(&client).await.expect("a stage")),
        };
        fetch(&client, wanted.clone(), &mut evidence, &NoProgress).await;
        finish(&client, &mut evidence).await;
        evidence
    });
    recording.add(&evidence).expect("added");
    evidence
}

#[rstest]
fn those_who_share_a_recording_fetch_each_resource_once() {
    let (server, folder) = (stage(), TempDir::new().expect("a folder"));
    thread::scope(|threads| {
        for nth in 0..8 {
            let (server, folder) = (&server, &folder);
            threads.spawn(move || {
                let wanted = works(&["a", ["b", "c"][nth % 2]]);
                let evidence = share(server, folder.path(), &wanted);
                assert!(wanted.iter().all(|resource| evidence.get(resource).is_ok()));
            });
        }
    });
    let mut paths: Vec<String> = server.requests().into_iter().map(|request| request.path).collect();
    paths.retain(|path| path != "/_elasticConfig");
    let distinct: BTreeSet<&String> = paths.iter().collect();
    assert_eq!(paths.len(), distinct.len(), "{paths:?}");
    assert_eq!(distinct.len(), Include::ALL.len() + 3);
}

#[rstest]
fn another_run_has_a_recording_of_its_own() {
    let (server, folder) = (stage(), TempDir::new().expect("a folder"));
    share(&server, folder.path(), &works(&["a"]));
    let recording = Recording::open(folder.path(), "run/1").expect("a recording");
    assert_eq!(recording.load(&works(&["a"])).expect("loaded"), None);
}

#[rstest]
fn a_recording_is_held_by_one_at_a_time() {
    let folder = TempDir::new().expect("a folder");
    let recording = Recording::open(folder.path(), "run").expect("a recording");
    let its_folder = fs::read_dir(folder.path()).expect("a folder").next().expect("one").expect("one").path();
    let lock = fs::File::open(its_folder.join("lock")).expect("a lock");
    assert!(lock.try_lock().is_err(), "somebody else can hold it too");
    drop(recording);
    assert!(lock.try_lock().is_ok(), "nobody holds it any more");
}

#[rstest]
fn a_stage_that_is_switched_off_is_asked_by_one_process_only() {
    let folder = TempDir::new().expect("a folder");
    let target = crate::catalogue::Target::parse("http://localhost/catalogue/v2").expect("a target");
    let unanswered = Unanswered { cause: "503 Service Unavailable, four times".into(), attempts: 4 };
    let mut recording = Recording::open(folder.path(), "run").expect("a recording");
    recording.add(&Evidence::switched_off(&target, unanswered)).expect("added");
    drop(recording);

    let recording = Recording::open(folder.path(), "run").expect("a recording");
    let found = recording.load(&works(&["a"])).expect("loaded").expect("some evidence");
    assert_eq!(found.unfit(), Some("the stage does not answer: 503 Service Unavailable, four times".into()));
}
