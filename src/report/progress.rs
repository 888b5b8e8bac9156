//! Progress while the stage is asked: a bar on a terminal, a plain line elsewhere. On stderr, so that the test
//! harness's output stays as its readers know it.

use std::io::{IsTerminal, Write, stderr};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::evidence::Progress;

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
        if !stderr().is_terminal() {
            // Progress is a courtesy: a closed stderr must not stop the gate.
            let things = if total == 1 { "resource" } else { "resources" };
            let _ = writeln!(stderr(), "asking for {total} {things}");
        }
    }

    fn answered(&self) {
        self.bar.inc(1);
    }

    fn done(&self) {
        self.bar.finish_and_clear();
    }
}
