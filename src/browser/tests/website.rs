//! Pages as resources: one that fails for once is looked at again, and one that keeps failing is told as it is.

use pretty_assertions::assert_eq;
use rstest::rstest;

use super::*;
use crate::browser::{Cookie, Website};
use crate::catalogue::Traffic;

#[rstest]
#[case::that_is_there(&[], 200, 1)]
#[case::that_fails_for_once(&[503], 200, 2)]
#[case::that_keeps_failing(&[503, 500, 503], 500, 2)]
#[case::that_is_not_there(&[404], 404, 1)]
fn a_page_is_looked_at_again_if_it_may_come_after_all(
    #[case] statuses: &'static [u16],
    #[case] seen: u16,
    #[case] looks: usize,
) {
    let Some(program) = chromium_or_skip() else { return };
    let server = TestServer::start(move |path, before| {
        let status = if path == "/works/a" { statuses.get(before).copied() } else { None };
        Reply::of(status.unwrap_or(200), "text/html", "<h1>A work</h1>")
    });
    let browser = Ok(Browser::new(Settings::new(program)));
    let website = Website::looked_at_with(browser, &format!("{}/", server.url()));
    let answer = block_on(website.look("/works/a", Device::Phone)).unwrap();
    let page = Seen::from_json(answer.json().unwrap()).unwrap();
    assert_eq!((page.status, usize::try_from(answer.tries)), (seen, Ok(looks)));
    assert_eq!(website.traffic(), Traffic { requests: looks, retries: looks - 1 });
    assert!(has(&page.tree, "heading", "A work"), "{page:?}");
}

#[rstest]
#[case::busy(503)]
#[case::too_many(429)]
#[case::behind_it(502)]
fn a_website_that_is_busy_has_not_answered(#[case] status: u16) {
    let Some(program) = chromium_or_skip() else { return };
    let server = TestServer::start(move |_, _| Reply::of(status, "text/html", "<h1>Later</h1>"));
    let website = Website::looked_at_with(Ok(Browser::new(Settings::new(program))), &server.url());
    let unanswered = block_on(website.look("/works/a", Device::Desktop)).unwrap_err();
    assert_eq!(unanswered.attempts, 2);
    assert!(unanswered.cause.contains(&format!("answers {status}")), "{}", unanswered.cause);
}

#[rstest]
#[case::that_fails_for_once(503, 1, 0, 2)]
#[case::that_keeps_failing(503, 9, 1, 2)]
#[case::that_is_not_there(404, 9, 1, 1)]
fn a_page_is_looked_at_again_for_a_part_that_may_come_after_all(
    #[case] status: u16,
    #[case] failures: usize,
    #[case] failed: usize,
    #[case] looks: usize,
) {
    let Some(program) = chromium_or_skip() else { return };
    let server = TestServer::start(move |path, before| match path {
        "/a.js" if before < failures => Reply::of(status, "text/plain", ""),
        "/a.js" => Reply::of(200, "text/javascript", ""),
        _ => page("<h1>A work</h1><script src='../a.js'></script>"),
    });
    let website = Website::looked_at_with(Ok(Browser::new(Settings::new(program))), &server.url());
    let answer = block_on(website.look("/works/a", Device::Desktop)).unwrap();
    let page = Seen::from_json(answer.json().unwrap()).unwrap();
    assert_eq!((page.failed.len(), usize::try_from(answer.tries)), (failed, Ok(looks)), "{page:?}");
}

#[rstest]
fn a_page_that_says_what_a_cookie_holds_does_not_spread_it() {
    let Some(program) = chromium_or_skip() else { return };
    let server = serve(&[(
        "/works/a",
        page(
            "<h1 id='name'>A work</h1><script>document.getElementById('name').append(document.cookie);
             console.error(document.cookie); history.replaceState(null, '', '?' + document.cookie)</script>",
        ),
    )]);
    let cookies = vec![Cookie { name: "session".into(), value: "s3cr3t-c00kie".into() }];
    let browser = Browser::new(Settings { cookies, ..Settings::new(program) });
    let website = Website::looked_at_with(Ok(browser), &server.url());
    let answer = block_on(website.look("/works/a", Device::Desktop)).unwrap();
    let (page, told) = (Seen::from_json(answer.json().unwrap()).unwrap(), format!("{answer:?}"));
    assert_eq!(
        (page.errors, page.text.as_str()),
        (vec!["session=[cookie]".into()], "A worksession=[cookie]")
    );
    assert!(!told.contains("s3cr3t") && page.final_address.ends_with("?session=[cookie]"), "{told}");
}

#[rstest]
fn without_a_browser_nobody_is_asked_and_what_to_install_is_said() {
    let website = Website::looked_at_with(Err(NotSeen::NoBrowser), "http://127.0.0.1:9");
    let unanswered = block_on(website.look("/works/a", Device::Desktop)).unwrap_err();
    assert!(unanswered.cause.contains("apt-get install chromium"), "{}", unanswered.cause);
    assert_eq!((unanswered.attempts, website.traffic().requests), (0, 0));
}
