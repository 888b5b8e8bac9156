//! When a page is done, what happens if it never is, and that no tab minds what another does.

use std::fs;
use std::num::NonZeroUsize;
use std::os::unix::fs::symlink;
use std::time::{Duration, Instant};

use futures_util::future;
use pretty_assertions::assert_eq;
use rstest::rstest;
use serde_json::json;

use super::*;

fn short(settings: &mut Settings) {
    settings.deadline = Duration::from_secs(2);
    settings.patience = Duration::from_millis(100);
}

#[rstest]
fn what_a_script_fetches_belongs_to_the_page() {
    let script = "addEventListener('load', async () => {
        const name = await (await fetch('name')).text();
        document.body.innerHTML = `<button>${name}</button>`;
    })";
    let server = serve(&[
        ("/", page(format!("<body><p>Loading</p><script>{script}</script>"))),
        ("/name", Reply::of(200, "text/plain", "View")),
    ]);
    let Some(seen) = look(&server) else { return };
    assert!(has(&seen.tree, "button", "View"), "{:?}", seen.tree);
    assert!(seen.settled);
}

#[rstest]
#[case::after_it_loaded("<script>addEventListener('load', () => fetch('never'))</script>")]
#[case::before_it_loaded("<img src='never'>")]
fn a_page_that_goes_on_asking_is_taken_as_it_is(#[case] asks: &str) {
    let server = serve(&[("/", page(format!("<h1>Page</h1>{asks}"))), ("/never", Reply::Hang)]);
    let Some(seen) = look_with(&server, "/", short) else { return };
    let seen = seen.unwrap();
    assert!(has(&seen.tree, "heading", "Page"), "{:?}", seen.tree);
    assert!(!seen.settled);
}

#[rstest]
#[case::no_answer(Reply::Hang)]
#[case::script_that_blocks(page("<script src='never'></script><h1>Page</h1>"))]
fn a_page_that_never_comes_is_given_up(#[case] reply: Reply) {
    let server = serve(&[("/", reply), ("/never", Reply::Hang)]);
    let started = Instant::now();
    let Some(seen) = look_with(&server, "/", short) else { return };
    let address = format!("{}/", server.url());
    assert_eq!(seen, Err(NotSeen::TimedOut { address, after: Duration::from_secs(2) }));
    assert!(started.elapsed() < Duration::from_secs(20), "{:?}", started.elapsed());
}

#[rstest]
fn a_page_that_keeps_its_tab_busy_is_given_up() {
    let server = serve(&[("/", page("<h1>Page</h1><script>onload = () => { for (;;); }</script>"))]);
    let busy = |settings: &mut Settings| {
        short(settings);
        settings.reading = Duration::from_secs(3);
    };
    let Some(seen) = look_with(&server, "/", busy) else { return };
    let timed_out = matches!(seen, Err(NotSeen::TimedOut { .. }));
    assert!(timed_out, "{seen:?}");
}

#[rstest]
fn a_page_that_cannot_be_reached_says_so() {
    let server = serve(&[("/", Reply::HangUp)]);
    let Some(seen) = try_look(&server, Device::Desktop) else { return };
    let (address, why) = (format!("{}/", server.url()), "net::ERR_EMPTY_RESPONSE".into());
    assert_eq!(seen, Err(NotSeen::NotReached { address, why }));
}

#[rstest]
fn a_dialog_does_not_hold_a_page_up() {
    let server = serve(&[("/", page("<script>alert('Hello'); confirm('Really?')</script><h1>Page</h1>"))]);
    let Some(seen) = look(&server) else { return };
    assert!(seen.settled && has(&seen.tree, "heading", "Page"), "{:?}", seen.tree);
}

#[rstest]
fn a_tab_that_crashes_leaves_the_others_alone() {
    let Some(program) = chromium_or_skip() else { return };
    let (asked, mut is_asked) = tokio::sync::mpsc::unbounded_channel();
    let server = TestServer::start(move |path, _| match path {
        "/good" => page("<h1>Page</h1>"),
        "/bad" => page("<h1>Page</h1><img src='never'>"),
        _ => {
            let _ = asked.send(());
            Reply::Hang
        }
    });
    let browser = Browser::new(Settings::new(program));
    let address = |path: &str| format!("{}/{path}", server.url());
    let (crashed, good) = block_on(async {
        let crash = async {
            is_asked.recv().await.expect("the page asks for its picture");
            crash(&browser, &address("bad")).await;
        };
        let (bad, good) = (address("bad"), address("good"));
        let looks = future::join(browser.look(&bad, Device::Desktop), browser.look(&good, Device::Desktop));
        let (looks, ()) = future::join(looks, crash).await;
        browser.close().await;
        looks
    });
    assert_eq!(crashed, Err(NotSeen::Crashed { address: address("bad") }));
    assert!(has(&good.unwrap().tree, "heading", "Page"));
}

/// Crashes the tab that shows this address.
async fn crash(browser: &Browser, address: &str) {
    let process = browser.process().await.unwrap();
    let targets = process.line().call(None, "Target.getTargets", json!({})).await.unwrap();
    let mut targets = targets["targetInfos"].as_array().unwrap().iter();
    let target = &targets.find(|target| target["url"] == address).expect("the tab")["targetId"];
    let attach = json!({ "targetId": target, "flatten": true });
    let attached = process.line().call(None, "Target.attachToTarget", attach).await.unwrap();
    process.line().tell(attached["sessionId"].as_str(), "Page.crash", &json!({}));
}

#[rstest]
fn a_browser_that_dies_is_replaced() {
    let Some(program) = chromium_or_skip() else { return };
    let (asked, mut is_asked) = tokio::sync::mpsc::unbounded_channel();
    let server = TestServer::start(move |path, _| {
        if path == "/good" {
            return page("<h1>Page</h1>");
        }
        let _ = asked.send(());
        Reply::Hang
    });
    let browser = Browser::new(Settings::new(program));
    let (bad, good) = (format!("{}/bad", server.url()), format!("{}/good", server.url()));
    let (cut_short, seen) = block_on(async {
        let death = async {
            is_asked.recv().await.expect("the page is asked for");
            browser.process().await.unwrap().line().tell(None, "Browser.crash", &json!({}));
        };
        let (cut_short, ()) = future::join(browser.look(&bad, Device::Desktop), death).await;
        let seen = browser.look(&good, Device::Desktop).await;
        browser.close().await;
        (cut_short, seen)
    });
    assert!(matches!(cut_short, Err(NotSeen::Gone { .. })), "{cut_short:?}");
    assert!(has(&seen.unwrap().tree, "heading", "Page"));
}

#[rstest]
fn no_tab_sees_what_another_has_stored() {
    let Some(program) = chromium_or_skip() else { return };
    let script = "document.title = document.cookie + (localStorage.was ?? ''); localStorage.was = 'here'";
    let server = serve(&[("/", page(format!("<script>{script}</script>")).with("set-cookie", "was=here"))]);
    let browser = Browser::new(Settings::new(program));
    let titles = block_on(async {
        let mut titles = Vec::new();
        for _ in 0..2 {
            titles.push(browser.look(&format!("{}/", server.url()), Device::Desktop).await.unwrap().title);
        }
        browser.close().await;
        titles
    });
    assert_eq!(titles, ["was=here", "was=here"]);
}

#[rstest]
fn no_more_pages_are_open_at_a_time_than_there_are_tabs() {
    let Some(program) = chromium_or_skip() else { return };
    let server = serve(&[("/", Reply::Hang)]);
    let one_tab =
        Settings { tabs: NonZeroUsize::MIN, deadline: Duration::from_secs(1), ..Settings::new(program) };
    let browser = Browser::new(one_tab);
    let address = format!("{}/", server.url());
    let started = Instant::now();
    let looks = block_on(async {
        let looks = [(); 3].map(|()| browser.look(&address, Device::Desktop));
        let looks = future::join_all(looks).await;
        browser.close().await;
        looks
    });
    assert!(looks.iter().all(Result::is_err), "{looks:?}");
    assert!(started.elapsed() >= Duration::from_secs(3), "one after the other: {:?}", started.elapsed());
}

#[rstest]
fn a_browser_that_does_not_start_is_tried_once_and_its_last_words_are_told() {
    let folder = tempfile::tempdir().unwrap();
    let program = folder.path().join("chromium");
    symlink(stand_in("quits"), &program).unwrap();
    let browser = Browser::new(Settings::new(program));
    let looks = [(); 2].map(|()| browser.look("http://127.0.0.1/", Device::Desktop));
    for look in block_on(future::join_all(looks)) {
        let said = look.expect_err("no browser").to_string();
        let printed: Vec<_> = said.lines().skip(1).map(str::trim).collect();
        assert_eq!(
            printed,
            ["10", "11", "12", "13", "14", "15", "16", "17", "18", "19", "20", "No usable sandbox!"]
        );
    }
    assert_eq!(fs::read_to_string(folder.path().join("log")).unwrap(), "started\n");
}
