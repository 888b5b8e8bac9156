//! Why a page was not seen, for those who have to do something about it.

use std::path::PathBuf;
use std::time::Duration;

use thiserror::Error;

/// Why a page was not seen.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum NotSeen {
    /// There is no Chromium on this machine.
    #[error(
        "no Chromium was found on this machine; `apt-get install chromium chromium-driver` installs one, and CHROMIUM \
         may name one that is elsewhere"
    )]
    NoBrowser,
    /// There is one, which cannot even say its version.
    #[error(
        "{} is not a Chromium that runs: {why}; name another in CHROMIUM, or `apt-get install chromium chromium-driver`",
        program.display()
    )]
    DoesNotRun {
        /// The program that was tried.
        program: PathBuf,
        /// What came of it.
        why: String,
    },
    /// It runs, but did not come up as a browser.
    #[error("{} did not start: {why}; see what it printed, or name another in CHROMIUM{printed}", program.display())]
    DidNotStart {
        /// The program that was started.
        program: PathBuf,
        /// What came of it.
        why: String,
        /// The last lines that it printed, each on a line of its own.
        printed: String,
    },
    /// The browser ended while the page was looked at.
    #[error("the browser ended while it looked; run it again, with more memory if this stays so{printed}")]
    Gone {
        /// The last lines that it printed, each on a line of its own.
        printed: String,
    },
    /// There was no answer to show.
    #[error("{address} could not be opened ({why}); is the website up, and the address right?")]
    NotReached {
        /// The address of the page.
        address: String,
        /// Chromium's name for it.
        why: String,
    },
    /// The page was not there in time.
    #[error("{address} was not there within {} s; open it yourself, and see what it waits for", after.as_secs_f32())]
    TimedOut {
        /// The address of the page.
        address: String,
        /// How long it was waited for.
        after: Duration,
    },
    /// The page took its tab down.
    #[error(
        "{address} crashed its tab; open it yourself, and run this again with more memory if it does not there"
    )]
    Crashed {
        /// The address of the page.
        address: String,
    },
    /// The browser does not do what it is told.
    #[error(
        "Chromium refuses `{command}` for {address}: {why}; if that command is unknown to it, update Chromium"
    )]
    Refused {
        /// The address of the page.
        address: String,
        /// The command of the `DevTools` protocol.
        command: &'static str,
        /// What Chromium says.
        why: String,
    },
}

impl NotSeen {
    /// Whether it is for want of a browser, so that no page was asked for at all.
    #[must_use]
    pub fn is_of_the_browser(&self) -> bool {
        matches!(self, Self::NoBrowser | Self::DoesNotRun { .. } | Self::DidNotStart { .. })
    }

    /// Whether it may well not happen again.
    #[must_use]
    pub fn may_pass(&self) -> bool {
        match self {
            Self::Gone { .. } | Self::NotReached { .. } | Self::TimedOut { .. } | Self::Crashed { .. } => {
                true
            }
            Self::NoBrowser | Self::DoesNotRun { .. } | Self::DidNotStart { .. } | Self::Refused { .. } => {
                false
            }
        }
    }

    pub(super) fn gone(printed: &str) -> Self {
        Self::Gone { printed: on_lines_of_its_own(printed) }
    }

    pub(super) fn did_not_start(program: PathBuf, why: String, printed: &str) -> Self {
        Self::DidNotStart { program, why, printed: on_lines_of_its_own(printed) }
    }
}

fn on_lines_of_its_own(printed: &str) -> String {
    printed.lines().fold(String::new(), |lines, line| lines + "\n    " + line)
}

#[cfg(test)]
mod tests {
    use pretty_assertions::assert_eq;
    use rstest::rstest;

    use super::*;

    #[rstest]
    fn who_has_no_browser_is_told_how_to_get_one() {
        let said = NotSeen::NoBrowser.to_string();
        assert!(
            said.contains("`apt-get install chromium chromium-driver`") && said.contains("CHROMIUM"),
            "{said}"
        );
    }

    #[rstest]
    fn what_the_browser_printed_stands_under_what_happened() {
        let said = NotSeen::did_not_start("chromium".into(), "it ended".into(), "No usable sandbox!\nBye")
            .to_string();
        let printed: Vec<_> = said.lines().skip(1).collect();
        assert_eq!(printed, ["    No usable sandbox!", "    Bye"]);
    }

    #[rstest]
    #[case::no_browser(NotSeen::NoBrowser, false)]
    #[case::one_that_does_not_start(NotSeen::did_not_start("chromium".into(), String::new(), ""), false)]
    #[case::a_command_that_it_does_not_know(
        NotSeen::Refused { address: String::new(), command: "Page.enable", why: String::new() }, false
    )]
    #[case::one_that_ended(NotSeen::gone(""), true)]
    #[case::a_slow_page(NotSeen::TimedOut { address: String::new(), after: Duration::ZERO }, true)]
    #[case::a_crash(NotSeen::Crashed { address: String::new() }, true)]
    fn what_may_not_happen_again_is_told_from_what_stays_so(#[case] why: NotSeen, #[case] may_pass: bool) {
        assert_eq!(why.may_pass(), may_pass);
    }
}
