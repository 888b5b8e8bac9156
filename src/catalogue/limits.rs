//! How hard the client tries, and where it stops.

use std::time::Duration;

/// The bounds within which the client works.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// How many requests may be under way at once; as many connections are opened at most.
    pub concurrency: usize,
    /// How long a connection may take to come about.
    pub connect_timeout: Duration,
    /// How long one request may take, with its body.
    pub request_timeout: Duration,
    /// How long everything together may take, from when the client was made.
    pub deadline: Duration,
    /// How large a body may be, decompressed.
    pub body_cap: usize,
    /// How often a request is tried again after a transient fault.
    pub retries: usize,
    /// How long to wait before the first retry; each wait is about double the one before.
    pub backoff: Duration,
}

impl Limits {
    /// The concurrency unless `GATE_CONCURRENCY` says otherwise.
    pub const DEFAULT_CONCURRENCY: usize = 16;

    /// The concurrency on hosts that records link to: they serve readers, and are not what is judged.
    pub const CONCURRENCY_ON_OTHER_HOSTS: usize = 4;

    /// The limits of a run, unless something else is asked for.
    ///
    /// The largest real answers are pages of a hundred works with every include, of a few megabytes.
    pub const DEFAULT: Self = Self {
        concurrency: Self::DEFAULT_CONCURRENCY,
        connect_timeout: Duration::from_secs(5),
        request_timeout: Duration::from_secs(30),
        deadline: Duration::from_secs(600),
        body_cap: 32 * 1024 * 1024,
        retries: 3,
        backoff: Duration::from_millis(500),
    };

    /// No wait between retries is longer than this, unless the stage asks for it.
    pub(super) const LONGEST_BACKOFF: Duration = Duration::from_secs(8);
}
