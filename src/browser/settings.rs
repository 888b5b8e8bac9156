//! How pages are to be looked at.

use std::fmt;
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::time::Duration;

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
    /// What suits a website: four tabs, half a minute for a page, ten seconds until its network falls silent.
    #[must_use]
    pub fn new(program: PathBuf) -> Self {
        Self {
            program,
            cookies: Vec::new(),
            tabs: NonZeroUsize::MIN.saturating_add(3),
            deadline: Duration::from_secs(30),
            reading: Duration::from_secs(20),
            patience: Duration::from_secs(10),
        }
    }
}

/// A cookie that a page is asked for with, such as one that switches to the stage API. `Debug` does not show its value,
/// which may be a secret.
#[derive(Clone, PartialEq, Eq)]
pub struct Cookie {
    /// Its name.
    pub name: String,
    /// Its value.
    pub value: String,
}

impl fmt::Debug for Cookie {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}=…", self.name)
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    fn settings_do_not_show_what_a_cookie_holds() {
        let cookies = vec![Cookie { name: "session".into(), value: "s3cr3t".into() }];
        let shown = format!("{:?}", Settings { cookies, ..Settings::new("chromium".into()) });
        assert!(shown.contains("session") && !shown.contains("s3cr3t"), "{shown}");
    }
}
