//! One look at one page, from the empty tab to what was seen.

use std::time::Duration;

use serde_json::json;
use tokio::time::{Instant, timeout_at};

use super::line;
use super::line::Line;
use super::loading::{Document, ERROR_WITHOUT_BODY, Halt, Loading, Stage};
use super::process::Process;
use super::tab::Tab;
use super::{NotSeen, Seen, Settings, reading};
use crate::catalogue::Device;

/// Why a look came to nothing.
pub(super) enum Trouble {
    Line(line::Trouble),
    NotReached { why: String },
    TimedOut { after: Duration },
    Crashed,
}

impl From<line::Trouble> for Trouble {
    fn from(trouble: line::Trouble) -> Self {
        Self::Line(trouble)
    }
}

impl Trouble {
    /// In the words of those who have to do something about it.
    pub fn told(self, address: &str, process: &Process) -> NotSeen {
        let address = address.to_owned();
        match self {
            Self::Line(line::Trouble::Gone) => NotSeen::gone(&process.printed()),
            Self::Line(line::Trouble::Refused { command, why }) => NotSeen::Refused { address, command, why },
            Self::NotReached { why } => NotSeen::NotReached { address, why },
            Self::TimedOut { after } => NotSeen::TimedOut { address, after },
            Self::Crashed => NotSeen::Crashed { address },
        }
    }
}

/// Looks at one page.
pub(super) async fn at(
    line: &Line,
    settings: &Settings,
    address: &str,
    device: Device,
) -> Result<Seen, Trouble> {
    let mut tab = Tab::open(line).await?;
    tab.dress(device).await?;
    tab.set_cookies(&settings.cookies, address).await?;
    let mut loading = Loading::of(&tab.frame);
    load(&mut tab, &mut loading, address, settings).await?;

    let words = reading::words(&tab).await?;
    let tree = reading::tree(&tab).await?;
    let screenshot = reading::screenshot(&tab, device).await?;
    // What happened while it was read counts too; but it was done before.
    let settled = loading.stage() == Stage::Settled;
    while let Ok(event) = tab.events.try_recv() {
        loading.take(&event);
    }

    let Document { address: final_address, status } =
        loading.document().cloned().ok_or_else(|| not_reached("nothing that answered is shown"))?;
    let (errors, failed) = loading.into_mistakes(&final_address);
    Ok(Seen {
        address: address.to_owned(),
        final_address,
        status,
        title: words.title,
        lang: Some(words.lang).filter(|lang| !lang.is_empty()),
        settled,
        tree,
        text: words.text,
        text_goes_on: words.text_goes_on,
        errors,
        failed,
        screenshot,
    })
}

/// Goes to the page, and waits until it is done or has been waited for long enough.
async fn load(
    tab: &mut Tab<'_>,
    loading: &mut Loading,
    address: &str,
    settings: &Settings,
) -> Result<(), Trouble> {
    let deadline = Instant::now() + settings.deadline;
    let late = || Trouble::TimedOut { after: settings.deadline };
    let gone_to = timeout_at(deadline, tab.call("Page.navigate", json!({ "url": address }))).await;
    if let Some(why) = gone_to.map_err(|_| late())??["errorText"].as_str()
        && why != ERROR_WITHOUT_BODY
    {
        return Err(not_reached(why));
    }
    let mut until = deadline;
    while loading.stage() != Stage::Settled {
        let Ok(event) = timeout_at(until, tab.events.recv()).await else { break };
        match loading.take(&event.ok_or(line::Trouble::Gone)?) {
            Some(Halt::Crash) => return Err(Trouble::Crashed),
            Some(Halt::BrokenOff { why }) => return Err(not_reached(&why)),
            Some(Halt::Dialog) => tab.tell("Page.handleJavaScriptDialog", &json!({ "accept": false })),
            None => {}
        }
        until = match loading.stage() {
            Stage::Loaded => until.min(Instant::now() + settings.patience),
            _ => deadline,
        };
    }
    if loading.stage() == Stage::Coming { Err(late()) } else { Ok(()) }
}

fn not_reached(why: &str) -> Trouble {
    Trouble::NotReached { why: why.to_owned() }
}
