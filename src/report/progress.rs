//! Progress while the stage is asked: a bar on a terminal, a plain line elsewhere. On stderr, so that the test
//! harness's output stays as its readers know it.

use std::cell::RefCell;
use std::io::{IsTerminal, Write, stderr};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::github::harmless;
use crate::evidence::{Progress, Waiting};

/// Tells how far the asking is.
pub struct Terminal {
    bar: ProgressBar,
}

impl Terminal {
    /// A bar on stderr if it is a terminal.
    #[must_use]
    pub fn new() -> Self {
        let bar = ProgressBar::with_draw_target(Some(0), ProgressDrawTarget::stderr());
        let style = ProgressStyle::with_template("asking {bar:40} {pos} of {len}, {elapsed}");
        Self { bar: bar.with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar())) }
    }
}

impl Default for Terminal {
    fn default() -> Self {
        Self::new()
    }
}

impl Progress for Terminal {
    fn asked(&self, total: usize) {
        self.bar.inc_length(total as u64);
        let things = if total == 1 { "resource" } else { "resources" };
        line(&format!("asking for {total} {things}"));
    }

    fn answered(&self) {
        self.bar.inc(1);
    }

    fn done(&self) {
        self.bar.finish_and_clear();
    }
}

/// A plain line where there is no terminal. Progress is a courtesy: a closed stderr must not stop the gate.
fn line(text: &str) {
    if !stderr().is_terminal() {
        let _ = writeln!(stderr(), "{}", harmless(text));
    }
}

/// Tells how the waiting for an index goes: a spinner on a terminal; elsewhere a line whenever something has changed.
pub struct Awaiting {
    spinner: ProgressBar,
    said: RefCell<String>,
}

impl Awaiting {
    /// Says what is waited for, and how long at most.
    #[must_use]
    pub fn new(index: &str, deadline: Duration) -> Self {
        let says = format!("waiting up to {} s until the stage serves {index}", deadline.as_secs());
        line(&says);
        let spinner = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
        let style = ProgressStyle::with_template("{spinner} {prefix}, {elapsed}: {msg}");
        let spinner = spinner.with_style(style.unwrap_or_else(|_| ProgressStyle::default_spinner()));
        Self { spinner: spinner.with_prefix(says), said: RefCell::default() }
    }
}

impl Waiting for Awaiting {
    fn answered(&self, status: &str, in_a_row: usize) {
        let says = match in_a_row {
            0 | 1 => format!("the stage {status}"),
            more => format!("the stage {status}, {more} times in a row"),
        };
        self.spinner.set_message(says.clone());
        self.spinner.tick();
        if self.said.replace(says.clone()) != says {
            line(&says);
        }
    }

    fn over(&self) {
        self.spinner.finish_and_clear();
    }
}
