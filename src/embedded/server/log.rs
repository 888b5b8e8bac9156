//! What the stage remembers of its clients.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

/// What the stage remembers of its clients.
#[derive(Default)]
pub struct Log {
    requests: Mutex<Requests>,
    /// How many connections were accepted.
    pub connections: Arc<AtomicUsize>,
    panicked: AtomicBool,
}

#[derive(Default)]
struct Requests {
    in_order: Vec<String>,
    times: HashMap<String, usize>,
}

/// Notes a panic, which the server would otherwise swallow with the connection.
pub struct PanicWatch<'a>(pub &'a Log);

impl Drop for PanicWatch<'_> {
    fn drop(&mut self) {
        if thread::panicking() {
            self.0.panicked.store(true, Ordering::SeqCst);
        }
    }
}

impl Log {
    /// Notes a request, and tells how many times the same was asked before.
    pub fn note(&self, path: &str) -> usize {
        let mut requests = self.requests.lock().unwrap_or_else(PoisonError::into_inner);
        requests.in_order.push(path.to_owned());
        let times = requests.times.entry(path.to_owned()).or_default();
        *times += 1;
        *times - 1
    }

    /// Every request so far, in order.
    pub fn requests(&self) -> Vec<String> {
        self.requests.lock().unwrap_or_else(PoisonError::into_inner).in_order.clone()
    }

    /// Whether answering one of them panicked.
    pub fn has_panic(&self) -> bool {
        self.panicked.load(Ordering::SeqCst)
    }
}
