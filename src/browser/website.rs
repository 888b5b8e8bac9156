//! The website: its pages, asked for like any other resource, and answered with what a browser saw.

use std::cell::Cell;
use std::time::{Duration, Instant};

use tokio::time::sleep;

use super::{Browser, Cookie, NotSeen, Seen, Settings, find, scrub};
use crate::catalogue::{Answer, Body, Device, Traffic, Unanswered, is_busy};

/// How often a page is looked at that fails, or a part of it, as if it might not fail again.
const LOOKS: u32 = 2;

/// How long is waited before that, so that what was in the way may pass.
const PAUSE: Duration = Duration::from_secs(2);

/// A website, and the browser that looks at it.
pub struct Website {
    /// Scheme and host.
    base: String,
    browser: Result<Browser, NotSeen>,
    pause: Duration,
    traffic: Cell<Traffic>,
}

impl Website {
    /// The website at this address, which is sent these cookies. A machine without a browser is told of where pages are
    /// asked for.
    #[must_use]
    pub fn new(base: &str, cookies: Vec<Cookie>) -> Self {
        let browser = find().map(|program| Browser::new(Settings { cookies, ..Settings::new(program) }));
        Self { pause: PAUSE, ..Self::looked_at_with(browser, base) }
    }

    pub(super) fn looked_at_with(browser: Result<Browser, NotSeen>, base: &str) -> Self {
        let base = base.trim_end_matches('/').to_owned();
        Self { base, browser, pause: Duration::ZERO, traffic: Cell::default() }
    }

    /// What the page at this path shows on this device. A page that fails for once is looked at again.
    ///
    /// # Errors
    ///
    /// If nothing was seen, with what to do about it.
    pub async fn look(&self, path: &str, device: Device) -> Result<Answer, Unanswered> {
        let browser = self.browser.as_ref().map_err(|why| unanswered(why, &[], 0))?;
        let cookies = &browser.settings.cookies;
        let address = format!("{}{path}", self.base);
        let started = Instant::now();
        let mut looks = 1;
        loop {
            self.count(looks);
            let looked = browser.look(&address, device).await;
            let is_last = looks == LOOKS;
            match looked {
                // As of the API: who is busy has not answered.
                Ok(seen) if is_last && is_busy(seen.status) => {
                    let cause = format!("the website answers {} for {address}, {looks} times", seen.status);
                    return Err(Unanswered { cause, attempts: looks });
                }
                Ok(seen) if is_last || !may_be_better(&seen) => {
                    return Ok(answer(&seen, cookies, started, looks));
                }
                Err(why) if is_last || !why.may_pass() => return Err(unanswered(&why, cookies, looks)),
                Ok(_) | Err(_) => looks += 1,
            }
            sleep(self.pause).await;
        }
    }

    /// How many pages were looked at so far.
    #[must_use]
    pub fn traffic(&self) -> Traffic {
        self.traffic.get()
    }

    /// How many are looked at at once.
    #[must_use]
    pub fn concurrency(&self) -> usize {
        self.browser.as_ref().map_or(0, Browser::tabs)
    }

    fn count(&self, looks: u32) {
        let one = Traffic { requests: 1, retries: usize::from(looks > 1) };
        self.traffic.set(self.traffic.get().and(one));
    }
}

/// Whether a page, or a part of it, may come after all if it is asked for once more.
fn may_be_better(seen: &Seen) -> bool {
    let is_not_there = |why: &str| why.starts_with("answered 4");
    seen.status >= 500
        || is_busy(seen.status)
        || seen.failed.iter().any(|failed| failed.own && !is_not_there(&failed.why))
}

fn answer(seen: &Seen, cookies: &[Cookie], started: Instant, tries: u32) -> Answer {
    let mut seen = seen.to_json();
    scrub::json(&mut seen, cookies);
    Answer { took: started.elapsed(), tries, ..Answer::new(200, Body::Json(seen)) }
}

fn unanswered(why: &NotSeen, cookies: &[Cookie], looks: u32) -> Unanswered {
    let cause = scrub::text(&why.to_string(), cookies).into_owned();
    Unanswered { cause, attempts: if why.is_of_the_browser() { 0 } else { looks } }
}
