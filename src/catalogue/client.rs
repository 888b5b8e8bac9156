//! The client: asks for resources, politely, and tells an answer from none.
//!
//! Retries are for transient faults only, and are counted. A redirect is an answer, so that nothing is ever
//! asked of another host. What an answer *says* is of no interest here.

use std::sync::atomic::{AtomicU32, AtomicUsize, Ordering};
use std::sync::{Mutex, OnceLock, PoisonError};
use std::time::Duration;

use backon::{BackoffBuilder, ExponentialBuilder, Retryable};
use jiff::Timestamp;
use reqwest::header::{AGE, CONTENT_TYPE, HeaderName, LOCATION};
use reqwest::redirect::Policy;
use tokio::sync::Semaphore;
use tokio::time::{Instant, timeout_at};

use super::connections::Connections;
use super::fault::{Fault, in_words, innermost, sentence};
use super::{Answer, Body, Limits, Resource, Target, Unanswered};

/// How the gate names itself to whoever reads the stage's logs.
pub const USER_AGENT: &str = concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION"));

/// What a client has done so far.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Traffic {
    /// Requests that were sent, retries included.
    pub requests: usize,
    /// How many of them were retries.
    pub retries: usize,
}

impl Traffic {
    /// What was done since an earlier look.
    #[must_use]
    pub fn since(self, earlier: Self) -> Self {
        Self { requests: self.requests - earlier.requests, retries: self.retries - earlier.retries }
    }

    /// What two clients have done together.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self { requests: self.requests + other.requests, retries: self.retries + other.retries }
    }
}

/// The client cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum ClientError {
    /// Nothing could ever be asked.
    #[error("the concurrency is 0, so that nothing could be asked: set GATE_CONCURRENCY to 1 or more")]
    NoConcurrency,
    /// The HTTP library refuses, for example because it finds no certificates to trust.
    #[error(
        "the HTTP client could not be set up ({why}): an https stage needs the certificates of the system"
    )]
    Setup {
        /// What the library says.
        why: String,
    },
}

/// How much of an answer's body is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wanted {
    /// All of it, read as what it is announced as.
    Whole,
    /// How it begins: of what records link to, only status and type matter, and it may be megabytes.
    Beginning,
}

/// How much of a beginning is kept.
const KEPT: usize = 200;

/// How far a body is read of which only the beginning is wanted: the connection of a small one serves the next request.
const READ_ON: usize = 64 * 1024;

/// Asks one target for resources, within limits.
///
/// Made for one runtime and one run: the deadline counts from when it was made.
#[derive(Debug)]
pub struct Client {
    http: reqwest::Client,
    target: Target,
    wanted: Wanted,
    limits: Limits,
    deadline: Instant,
    places: Semaphore,
    connections: Connections,
    requests: AtomicUsize,
    retries: AtomicUsize,
}

impl Client {
    /// A client for this target; makes no request yet.
    ///
    /// # Errors
    ///
    /// If the limits leave no room for a request, or the HTTP library cannot be set up.
    pub fn new(target: Target, limits: Limits) -> Result<Self, ClientError> {
        Self::wanting(Wanted::Whole, target, limits)
    }

    /// A client for what records link to, on whatever hosts that is; it is asked for more gently than a stage is, and
    /// with no key, whatever key the stage has.
    ///
    /// # Errors
    ///
    /// As [`Client::new`].
    pub fn of_links(target: Target, limits: &Limits) -> Result<Self, ClientError> {
        let concurrency = limits.concurrency.min(Limits::CONCURRENCY_ON_OTHER_HOSTS);
        Self::wanting(Wanted::Beginning, target.without_key(), Limits { concurrency, ..limits.clone() })
    }

    fn wanting(wanted: Wanted, target: Target, limits: Limits) -> Result<Self, ClientError> {
        if limits.concurrency == 0 {
            return Err(ClientError::NoConcurrency);
        }
        install_tls();
        let connections = Connections::at_most(limits.concurrency);
        let mut http = reqwest::Client::builder()
            .user_agent(USER_AGENT)
            .http1_only()
            .redirect(Policy::none())
            .referer(false)
            .no_proxy()
            .gzip(true)
            .pool_max_idle_per_host(limits.concurrency)
            .connect_timeout(limits.connect_timeout)
            .timeout(limits.request_timeout)
            .connector_layer(connections.clone());
        if target.url().starts_with("http://") {
            // Plain HTTP trusts nobody, so it works (and starts sooner) where there are no certificates.
            http = http.tls_certs_only([]);
        }
        let http = http.build().map_err(|error| ClientError::Setup { why: innermost(&error) })?;
        Ok(Self {
            http,
            target,
            wanted,
            deadline: Instant::now() + limits.deadline,
            places: Semaphore::new(limits.concurrency),
            limits,
            connections,
            requests: AtomicUsize::new(0),
            retries: AtomicUsize::new(0),
        })
    }

    /// What is asked.
    #[must_use]
    pub fn target(&self) -> &Target {
        &self.target
    }

    /// The bounds within which it is asked.
    #[must_use]
    pub fn limits(&self) -> &Limits {
        &self.limits
    }

    /// What was done so far.
    #[must_use]
    pub fn traffic(&self) -> Traffic {
        Traffic {
            requests: self.requests.load(Ordering::Relaxed),
            retries: self.retries.load(Ordering::Relaxed),
        }
    }

    /// Asks for a resource, again after a transient fault, until the deadline.
    ///
    /// # Errors
    ///
    /// If there is no answer that could be judged.
    pub async fn get(&self, resource: &Resource) -> Result<Answer, Unanswered> {
        let tries = Tries::default();
        let outcome = timeout_at(self.deadline, self.get_with_retries(resource, &tries)).await;
        let met = tries.met.into_inner().unwrap_or_else(PoisonError::into_inner);
        let cause = match outcome {
            Ok(Ok(answer)) => return Ok(Answer { tries: tries.begun.into_inner(), ..answer }),
            Ok(Err(GaveUp::Faults)) => sentence(&met),
            Ok(Err(GaveUp::AskedToWait(wait))) => format!(
                "{}; it asks to wait for {}, which is beyond the deadline of the run",
                sentence(&met),
                in_words(wait)
            ),
            Err(_) => self.late(&met),
        };
        let cause = match self.target.key() {
            Some(key) => key.scrub(&cause).into_owned(),
            None => cause,
        };
        Err(Unanswered { cause, attempts: tries.begun.into_inner() })
    }

    fn late(&self, met: &[String]) -> String {
        let deadline = in_words(self.limits.deadline);
        if met.is_empty() {
            format!("there was no answer when the run's time of {deadline} was over")
        } else {
            format!("the run's time of {deadline} was over after: {}", sentence(met))
        }
    }

    async fn get_with_retries(&self, resource: &Resource, tries: &Tries) -> Result<Answer, GaveUp> {
        let _place = self.places.acquire().await.expect("the semaphore is never closed");
        let url = self.target.url_of(resource);
        let mut overlong = None;
        let attempt = || async {
            tries.begun.fetch_add(1, Ordering::Relaxed);
            let answer = self.connections.request(self.attempt(&url)).await;
            if let Err(fault) = &answer {
                tries.met.lock().unwrap_or_else(PoisonError::into_inner).push(fault.says());
            }
            answer
        };
        let outcome = attempt
            .retry(backoff(&self.limits))
            .when(Fault::is_transient)
            .adjust(|fault, wait| match wait_before_retry(fault, wait?, self.deadline - Instant::now()) {
                Ok(wait) => Some(wait),
                Err(asked) => {
                    overlong = Some(asked);
                    None
                }
            })
            .notify(|_, _| {
                self.retries.fetch_add(1, Ordering::Relaxed);
            })
            .await;
        outcome.map_err(|_| overlong.map_or(GaveUp::Faults, GaveUp::AskedToWait))
    }

    /// How many bytes of a body are read at most.
    fn enough(&self) -> usize {
        match self.wanted {
            Wanted::Whole => self.limits.body_cap,
            Wanted::Beginning => READ_ON.min(self.limits.body_cap),
        }
    }

    /// One request and its answer.
    async fn attempt(&self, url: &str) -> Result<Answer, Fault> {
        self.requests.fetch_add(1, Ordering::Relaxed);
        let sent = Instant::now();
        let mut request = self.http.get(url);
        if let Some(key) = self.target.key() {
            request = request.header(HeaderName::from_static("x-api-key"), key.header());
        }
        let fault = |error| Fault::of_error(&error, self.limits.request_timeout);
        let mut response = request.send().await.map_err(fault)?;
        let status = response.status();
        let busy = Fault::of_status(status, response.headers(), Timestamp::now());

        // A busy stage's body is read too, so that its connection serves the next request.
        let announced = response.content_length().and_then(|length| usize::try_from(length).ok());
        let enough = self.enough();
        let mut bytes = Vec::with_capacity(announced.unwrap_or_default().min(enough));
        while let Some(chunk) = response.chunk().await.map_err(fault)? {
            if bytes.len() + chunk.len() > enough {
                if self.wanted == Wanted::Whole {
                    return Err(busy.unwrap_or(Fault::TooLarge { cap: self.limits.body_cap }));
                }
                bytes.extend_from_slice(&chunk[..enough - bytes.len()]);
                break;
            }
            bytes.extend_from_slice(&chunk);
        }
        if let Some(busy) = busy {
            return Err(busy);
        }
        let header = |name| {
            let value = response.headers().get(name)?;
            Some(String::from_utf8_lossy(value.as_bytes()).into_owned())
        };
        let took = sent.elapsed();
        let content_type = header(CONTENT_TYPE).unwrap_or_default();
        let body = match self.wanted {
            Wanted::Whole => read_body(content_type, &bytes)?,
            Wanted::Beginning => beginning(content_type, &bytes),
        };
        let age = header(AGE).and_then(|seconds| seconds.trim().parse().ok()).map(Duration::from_secs);
        let answer =
            Answer { status: status.as_u16(), location: header(LOCATION), body, took, tries: 1, age };
        Ok(match self.target.key() {
            Some(key) => key.scrub_answer(answer),
            None => answer,
        })
    }
}

/// The body of an answer of which only the beginning is wanted.
fn beginning(content_type: String, bytes: &[u8]) -> Body {
    let kept = &bytes[..bytes.len().min(KEPT)];
    Body::Text { content_type, text: String::from_utf8_lossy(kept).into_owned() }
}

/// How often a resource was tried, and what the tries that failed have met.
#[derive(Default)]
struct Tries {
    begun: AtomicU32,
    met: Mutex<Vec<String>>,
}

/// Why no further attempt is made.
enum GaveUp {
    /// The last fault is not transient, or there were too many.
    Faults,
    /// The stage asks for a longer wait than there is time for.
    AskedToWait(Duration),
}

fn backoff(limits: &Limits) -> impl BackoffBuilder {
    ExponentialBuilder::default()
        .with_min_delay(limits.backoff)
        .with_max_delay(Limits::LONGEST_BACKOFF)
        .with_max_times(limits.retries)
        .with_jitter()
}

/// The longer of our own wait and the one that the stage asks for; the latter as an error if time runs out.
fn wait_before_retry(fault: &Fault, own: Duration, time_left: Duration) -> Result<Duration, Duration> {
    match fault.asks_to_wait() {
        Some(asked) if asked > time_left => Err(asked),
        Some(asked) => Ok(asked.max(own)),
        None => Ok(own),
    }
}

fn read_body(content_type: String, bytes: &[u8]) -> Result<Body, Fault> {
    if is_json(&content_type) {
        let why = |error: &dyn std::error::Error| Fault::NotJson { why: error.to_string() };
        let text = std::str::from_utf8(bytes).map_err(|error| why(&error))?;
        // Not `from_slice`: that would be compiled here, without optimisation in a test build.
        return text.parse().map(Body::Json).map_err(|error: serde_json::Error| why(&error));
    }
    Ok(Body::Text { content_type, text: String::from_utf8_lossy(bytes).into_owned() })
}

/// `application/json`, or any type with the suffix `+json`.
fn is_json(content_type: &str) -> bool {
    let kind = content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    kind == "application/json" || kind.ends_with("+json")
}

/// Chooses the cryptography behind TLS, once per process; whoever chose before keeps his choice.
pub(super) fn install_tls() {
    static ONCE: OnceLock<()> = OnceLock::new();
    ONCE.get_or_init(|| {
        let _ = rustls::crypto::ring::default_provider().install_default();
    });
}

#[cfg(test)]
#[path = "client_tests.rs"]
mod tests;
