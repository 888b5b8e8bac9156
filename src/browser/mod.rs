//! What people see: one page, looked at in a real headless Chromium, as assistive technology tells it.
//!
//! It takes an address and brings back what was [`Seen`], or why nothing was ([`NotSeen`]). It knows no criterion and
//! judges nothing.
//!
//! | file | what lives there |
//! |---|---|
//! | `find` | which Chromium this machine has |
//! | `look` | one look, from the empty tab to what was seen |
//! | `process` | starting it so that nothing is left of it, whatever happens to the gate |
//! | `line` | the `DevTools` protocol over the pipe that Chromium was started with |
//! | `tab` | a tab with a profile of its own, dressed as a device |
//! | `loading` | what a page did while it loaded, and when it is done |
//! | `reading` | what the page looks like when it is done |
//! | `tree` | the accessibility tree, from Chromium's list of nodes |
//! | `scrub` | what cookies hold, which is told nowhere |
//! | `site` | whether an address belongs to the site of a page |
//! | `website` | the pages of one website as resources, each with its answer |
//!
//! There is no driver crate on purpose. Those that speak `WebDriver` have one page at a time for each browser, and need
//! a second program of the very same version; those that speak `DevTools` add 20 to 57 seconds of processor time to a
//! cold build for types of all the 600 commands, of which 20 are used here. Over its pipe Chromium needs no port that
//! others on the machine could use, and no web socket: a message is JSON with a NUL behind it.

mod find;
mod line;
mod loading;
mod look;
mod not_seen;
mod process;
mod reading;
mod screen;
mod scrub;
mod settings;
mod site;
mod tab;
mod tree;
mod website;

#[cfg(test)]
mod tests;

use std::sync::Arc;

use tokio::sync::{Mutex, Semaphore};
use tokio::time::timeout;

pub use find::find;
pub use not_seen::NotSeen;
pub use settings::{Cookie, Settings};
pub use website::Website;

use crate::catalogue::Device;
use crate::evidence::{Failed, Node, Seen};
use process::Process;

/// One Chromium for a whole run: it starts at the first look, and ends when this is closed or dropped.
pub struct Browser {
    settings: Settings,
    /// One turn for each tab that may be open at a time.
    turns: Semaphore,
    process: Mutex<Option<Result<Arc<Process>, NotSeen>>>,
}

impl Browser {
    /// A browser that has not been started yet.
    #[must_use]
    pub fn new(settings: Settings) -> Self {
        let turns = Semaphore::new(settings.tabs.get());
        Self { settings, turns, process: Mutex::default() }
    }

    /// Looks at one page, in a tab that shares nothing with any other.
    ///
    /// # Errors
    /// If nothing was seen: there is no browser, or the page did not load in time, or it crashed.
    pub async fn look(&self, address: &str, device: Device) -> Result<Seen, NotSeen> {
        let _turn = self.turns.acquire().await.map_err(|_| NotSeen::gone(""))?;
        let process = self.process().await?;
        let looked = look::at(process.line(), &self.settings, address, device);
        let whole = self.settings.deadline + self.settings.reading;
        match timeout(whole, looked).await {
            Ok(Ok(seen)) => Ok(seen),
            Ok(Err(trouble)) => Err(trouble.told(address, &process)),
            Err(_) => Err(NotSeen::TimedOut { address: address.to_owned(), after: whole }),
        }
    }

    /// How many pages it looks at at once.
    #[must_use]
    pub fn tabs(&self) -> usize {
        self.settings.tabs.get()
    }

    /// Ends the browser, and waits until nothing is left of it.
    pub async fn close(self) {
        if let Some(Ok(process)) = self.process.into_inner() {
            process.close().await;
        }
    }

    /// The running browser. One that did not start is not tried again for every page; one that died is replaced.
    async fn process(&self) -> Result<Arc<Process>, NotSeen> {
        let mut process = self.process.lock().await;
        match &*process {
            Some(Ok(running)) if running.line().is_open() => return Ok(Arc::clone(running)),
            Some(Err(why)) => return Err(why.clone()),
            _ => {}
        }
        let started = Process::start(&self.settings.program).await.map(Arc::new);
        process.insert(started).clone()
    }
}
