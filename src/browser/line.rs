//! The line to Chromium: messages of its `DevTools` protocol, each of them JSON with a NUL behind it.
//!
//! A thread writes and a thread reads, so that a browser that no longer listens cannot hold up the rest.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;

use serde::Deserialize;
use serde_json::{Value, json};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::sync::oneshot;

/// Why a command brought nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Trouble {
    /// The browser is no longer there.
    Gone,
    /// The browser does not do this.
    Refused { command: &'static str, why: String },
}

/// Something that happened in a tab.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Event {
    pub method: String,
    pub params: Value,
}

/// The line to one browser.
pub(super) struct Line {
    commands: Mutex<Option<Sender<Vec<u8>>>>,
    shared: Arc<Mutex<Shared>>,
}

#[derive(Default)]
struct Shared {
    is_closed: bool,
    last: u64,
    awaited: HashMap<u64, oneshot::Sender<Result<Value, String>>>,
    tabs: HashMap<String, UnboundedSender<Event>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Message {
    id: Option<u64>,
    #[serde(default)]
    result: Value,
    error: Option<Refusal>,
    method: Option<String>,
    #[serde(default)]
    params: Value,
    session_id: Option<String>,
}

#[derive(Deserialize)]
struct Refusal {
    message: String,
}

impl Line {
    /// Opens the line. `ended` is called once the browser has closed its end.
    pub fn open(
        to: impl Write + Send + 'static,
        from: impl Read + Send + 'static,
        ended: impl FnOnce() + Send + 'static,
    ) -> Self {
        let (commands, waiting) = mpsc::channel();
        let shared = Arc::new(Mutex::new(Shared::default()));
        let heard = Arc::clone(&shared);
        thread::spawn(move || write(to, &waiting));
        thread::spawn(move || {
            read(from, &heard);
            heard.lock().unwrap_or_else(PoisonError::into_inner).close();
            ended();
        });
        Self { commands: Mutex::new(Some(commands)), shared }
    }

    /// Whether the browser is still there.
    pub fn is_open(&self) -> bool {
        !self.shared().is_closed
    }

    /// Says nothing more, upon which Chromium ends.
    pub fn close(&self) {
        *self.commands.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    /// Has a command carried out, by a tab or else by the browser itself.
    pub async fn call(
        &self,
        tab: Option<&str>,
        command: &'static str,
        params: Value,
    ) -> Result<Value, Trouble> {
        let (answer, answered) = oneshot::channel();
        self.send(tab, command, &params, Some(answer))?;
        match answered.await {
            Ok(answer) => answer.map_err(|why| Trouble::Refused { command, why }),
            Err(_) => Err(Trouble::Gone),
        }
    }

    /// Has a command carried out, and does not wait for what comes of it.
    pub fn tell(&self, tab: Option<&str>, command: &'static str, params: &Value) {
        // A browser that is gone has nothing left to be told.
        let _ = self.send(tab, command, params, None);
    }

    /// What happens in a tab from now on.
    pub fn listen(&self, tab: &str) -> UnboundedReceiver<Event> {
        let (events, heard) = unbounded_channel();
        let mut shared = self.shared();
        if !shared.is_closed {
            shared.tabs.insert(tab.to_owned(), events);
        }
        heard
    }

    /// Nobody listens to this tab any more.
    pub fn forget(&self, tab: &str) {
        self.shared().tabs.remove(tab);
    }

    fn send(
        &self,
        tab: Option<&str>,
        command: &str,
        params: &Value,
        answer: Option<oneshot::Sender<Result<Value, String>>>,
    ) -> Result<(), Trouble> {
        let id = self.shared().expect(answer)?;
        let mut message = json!({ "id": id, "method": command, "params": params });
        if let Some(tab) = tab {
            message["sessionId"] = tab.into();
        }
        let mut bytes = message.to_string().into_bytes();
        bytes.push(0);
        let commands = self.commands.lock().unwrap_or_else(PoisonError::into_inner);
        commands.as_ref().and_then(|commands| commands.send(bytes).ok()).ok_or(Trouble::Gone)
    }

    fn shared(&self) -> MutexGuard<'_, Shared> {
        self.shared.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Shared {
    /// The number of the next command, whose answer goes there.
    fn expect(&mut self, answer: Option<oneshot::Sender<Result<Value, String>>>) -> Result<u64, Trouble> {
        if self.is_closed {
            return Err(Trouble::Gone);
        }
        self.last += 1;
        if let Some(answer) = answer {
            self.awaited.insert(self.last, answer);
        }
        Ok(self.last)
    }

    /// Hands a message to whoever waits for it. Nobody waits for what was only told, or was given up.
    fn hand_on(&mut self, message: Message) {
        if let Some(answer) = message.id.and_then(|id| self.awaited.remove(&id)) {
            let _ = answer.send(message.error.map_or(Ok(message.result), |error| Err(error.message)));
        } else if let (Some(tab), Some(method)) = (message.session_id, message.method)
            && let Some(events) = self.tabs.get(&tab)
        {
            let _ = events.send(Event { method, params: message.params });
        }
    }

    /// Dropping what answers and events go to tells everyone who waits that nothing will come.
    fn close(&mut self) {
        self.is_closed = true;
        self.awaited.clear();
        self.tabs.clear();
    }
}

/// Writes until the line is closed from either end.
fn write(mut to: impl Write, commands: &Receiver<Vec<u8>>) {
    for command in commands {
        if to.write_all(&command).and_then(|()| to.flush()).is_err() {
            return;
        }
    }
}

/// Reads until the browser closes its end, or says what is not of the protocol: then it is no longer understood.
fn read(from: impl Read, shared: &Mutex<Shared>) {
    let mut from = BufReader::new(from);
    let mut bytes = Vec::new();
    while from.read_until(0, &mut bytes).is_ok_and(|length| length > 0) {
        let Some(Ok(message)) = bytes.strip_suffix(&[0]).map(serde_json::from_slice) else { return };
        shared.lock().unwrap_or_else(PoisonError::into_inner).hand_on(message);
        bytes.clear();
    }
}

#[cfg(test)]
mod tests {
    use std::io::{PipeReader, PipeWriter, pipe};

    use pretty_assertions::assert_eq;
    use rstest::rstest;

    use super::*;

    /// A line, and the browser's ends of it.
    fn line() -> (Line, BufReader<PipeReader>, PipeWriter) {
        let ((commands, to), (from, answers)) = (pipe().unwrap(), pipe().unwrap());
        (Line::open(to, from, || ()), BufReader::new(commands), answers)
    }

    fn block_on<T>(future: impl Future<Output = T>) -> T {
        tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(future)
    }

    /// Reads one command, and answers it with this behind its id.
    fn answer(commands: &mut BufReader<PipeReader>, answers: &mut PipeWriter, rest: &str) -> Value {
        let mut bytes = Vec::new();
        commands.read_until(0, &mut bytes).unwrap();
        let command: Value = serde_json::from_slice(&bytes[..bytes.len() - 1]).unwrap();
        write!(answers, "{{\"id\":{},{rest}}}\0", command["id"]).unwrap();
        command
    }

    #[rstest]
    fn a_command_goes_to_its_tab_and_its_answer_comes_back() {
        let (line, mut commands, mut answers) = line();
        let browser = thread::spawn(move || answer(&mut commands, &mut answers, r#""result":{"a":1}"#));
        let answer = block_on(line.call(Some("tab"), "Page.enable", json!({})));
        assert_eq!(answer, Ok(json!({ "a": 1 })));
        let command = browser.join().unwrap();
        assert_eq!((&command["method"], &command["sessionId"]), (&json!("Page.enable"), &json!("tab")));
    }

    #[rstest]
    fn a_refusal_says_what_was_refused() {
        let (line, mut commands, mut answers) = line();
        thread::spawn(move || answer(&mut commands, &mut answers, r#""error":{"code":1,"message":"no"}"#));
        let refused = block_on(line.call(None, "Page.enable", json!({})));
        assert_eq!(refused, Err(Trouble::Refused { command: "Page.enable", why: "no".into() }));
    }

    #[rstest]
    #[case::it_ends("")]
    #[case::it_is_cut_off("{\"id\":1,")]
    #[case::it_talks_nonsense("nonsense\0")]
    fn whoever_waits_hears_that_the_browser_is_gone(#[case] last: &'static str) {
        let (line, mut commands, mut answers) = line();
        let mut events = line.listen("tab");
        thread::spawn(move || {
            commands.read_until(0, &mut Vec::new()).unwrap();
            answers.write_all(last.as_bytes()).unwrap();
        });
        assert_eq!(block_on(line.call(None, "Page.enable", json!({}))), Err(Trouble::Gone));
        assert_eq!(block_on(events.recv()), None);
        assert_eq!(block_on(line.call(None, "Page.enable", json!({}))), Err(Trouble::Gone));
        assert!(!line.is_open());
    }

    #[rstest]
    fn each_tab_hears_its_own_events() {
        let (line, _commands, mut answers) = line();
        let (mut one, mut two) = (line.listen("1"), line.listen("2"));
        write!(answers, "{{\"method\":\"b\",\"params\":{{}},\"sessionId\":\"2\"}}\0").unwrap();
        write!(answers, "{{\"method\":\"a\",\"params\":{{}},\"sessionId\":\"1\"}}\0").unwrap();
        let heard = |events: &mut UnboundedReceiver<Event>| block_on(events.recv()).map(|event| event.method);
        assert_eq!((heard(&mut one), heard(&mut two)), (Some("a".into()), Some("b".into())));
    }
}
