//! How pages are to be looked at.

use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::time::Duration;

use serde::{Deserialize, Serialize};

/// How pages are to be looked at.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The Chromium to run; see [`find`](super::find).
    pub program: PathBuf,
    /// Set for the host of the page before it is asked for, and sent to no other host.
    pub cookies: Vec<Cookie>,
    /// How many pages are open at a time.
    pub tabs: NonZeroUsize,
    /// How long a page may take to load.
    pub deadline: Duration,
    /// How long it may take on top to open a tab, and to read what is in it.
    pub reading: Duration,
    /// How long a page that has loaded may go on asking for things before it is taken as it is, unsettled.
    pub patience: Duration,
}

impl Settings {
    /// What suits a website: three tabs, half a minute for a page, ten seconds until its network falls silent.
    #[must_use]
    pub fn new(program: PathBuf) -> Self {
        Self {
            program,
            cookies: Vec::new(),
            tabs: NonZeroUsize::MIN.saturating_add(2),
            deadline: Duration::from_secs(30),
            reading: Duration::from_secs(20),
            patience: Duration::from_secs(10),
        }
    }
}

/// A cookie that a page is asked for with, such as one that switches to the stage API.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cookie {
    /// Its name.
    pub name: String,
    /// Its value.
    pub value: String,
}

/// What a page is looked at on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Device {
    /// A window of 1366 by 900.
    Desktop,
    /// A touch screen of 390 by 844, two dots to the pixel, that says it is a phone.
    Phone,
}

impl Device {
    pub(super) fn width(self) -> u32 {
        match self {
            Self::Desktop => 1366,
            Self::Phone => 390,
        }
    }

    pub(super) fn height(self) -> u32 {
        match self {
            Self::Desktop => 900,
            Self::Phone => 844,
        }
    }

    pub(super) fn dots_per_pixel(self) -> u32 {
        match self {
            Self::Desktop => 1,
            Self::Phone => 2,
        }
    }

    /// What the browser calls itself on this device, from what it calls itself here.
    pub(super) fn user_agent(self, here: &str) -> String {
        match (self, here.split_once('('), here.split_once(')')) {
            (Self::Phone, Some((before, _)), Some((_, after))) => {
                format!("{before}(Linux; Android 10; K){after}").replace(" Safari/", " Mobile Safari/")
            }
            _ => here.to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use pretty_assertions::assert_eq;
    use rstest::rstest;

    use super::*;

    const HERE: &str = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/1.0 Safari/537.36";
    const PHONE: &str = "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) \
                         HeadlessChrome/1.0 Mobile Safari/537.36";

    #[rstest]
    #[case::desktop(Device::Desktop, HERE, HERE)]
    #[case::phone(Device::Phone, HERE, PHONE)]
    #[case::unknown(Device::Phone, "Browser", "Browser")]
    fn a_device_says_what_it_is(#[case] device: Device, #[case] here: &str, #[case] says: &str) {
        assert_eq!(device.user_agent(here), says);
    }
}
