//! A tab with a profile of its own, dressed as a device. It is closed when dropped.

use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

use super::Cookie;
use super::line::{Event, Line, Trouble};
use super::screen::Screen;
use crate::catalogue::Device;

/// What Chromium is to tell of a tab.
const TOLD: [&str; 4] = ["Page.enable", "Runtime.enable", "Network.enable", "Inspector.enable"];

/// One open tab.
pub(super) struct Tab<'a> {
    line: &'a Line,
    /// The profile: cookies, caches and storage that no other tab sees.
    profile: String,
    /// The tab itself; its main frame goes by the same name.
    pub frame: String,
    session: String,
    pub events: UnboundedReceiver<Event>,
}

impl<'a> Tab<'a> {
    /// Opens an empty tab.
    pub async fn open(line: &'a Line) -> Result<Self, Trouble> {
        let profile =
            line.call(None, "Target.createBrowserContext", json!({ "disposeOnDetach": true })).await?;
        let profile = text(&profile, "browserContextId");
        // From here on the profile is deleted with the tab, even if opening it comes to nothing.
        let (frame, session, (_, events)) = (String::new(), String::new(), unbounded_channel());
        let mut tab = Self { line, profile, frame, session, events };
        let blank = json!({ "url": "about:blank", "browserContextId": tab.profile });
        tab.frame = text(&line.call(None, "Target.createTarget", blank).await?, "targetId");
        let attach = json!({ "targetId": tab.frame, "flatten": true });
        tab.session = text(&line.call(None, "Target.attachToTarget", attach).await?, "sessionId");
        tab.events = line.listen(&tab.session);
        for told in TOLD {
            tab.call(told, json!({})).await?;
        }
        tab.call("Page.setLifecycleEventsEnabled", json!({ "enabled": true })).await?;
        Ok(tab)
    }

    /// Makes it a window or a phone.
    pub async fn dress(&self, device: Device) -> Result<(), Trouble> {
        let is_phone = device == Device::Phone;
        let screen = json!({
            "width": device.width(),
            "height": device.height(),
            "deviceScaleFactor": device.dots_per_pixel(),
            "mobile": is_phone,
        });
        self.call("Emulation.setDeviceMetricsOverride", screen).await?;
        if is_phone {
            self.call("Emulation.setTouchEmulationEnabled", json!({ "enabled": true })).await?;
            let version = self.line.call(None, "Browser.getVersion", json!({})).await?;
            let called = device.user_agent(&text(&version, "userAgent"));
            self.call("Emulation.setUserAgentOverride", json!({ "userAgent": called })).await?;
        }
        Ok(())
    }

    /// Sets cookies for the host of this address, and for no other.
    pub async fn set_cookies(&self, cookies: &[Cookie], address: &str) -> Result<(), Trouble> {
        const COMMAND: &str = "Network.setCookie";
        for Cookie { name, value } in cookies {
            let cookie = json!({ "name": name, "value": value, "url": address });
            if self.call(COMMAND, cookie).await?["success"] != true {
                let why = format!("it takes no cookie `{name}` of this value for this address");
                return Err(Trouble::Refused { command: COMMAND, why });
            }
        }
        Ok(())
    }

    /// Has a command carried out in this tab.
    pub async fn call(&self, command: &'static str, params: Value) -> Result<Value, Trouble> {
        self.line.call(Some(&self.session), command, params).await
    }

    /// Has a command carried out in this tab, and reads what comes of it.
    pub async fn read<T: DeserializeOwned>(
        &self,
        command: &'static str,
        params: Value,
    ) -> Result<T, Trouble> {
        let answer = self.call(command, params).await?;
        serde_json::from_value(answer).map_err(|error| Trouble::Refused {
            command,
            why: format!("its answer is not understood: {error}"),
        })
    }

    /// Has a command carried out in this tab, and does not wait for it.
    pub fn tell(&self, command: &'static str, params: &Value) {
        self.line.tell(Some(&self.session), command, params);
    }
}

impl Drop for Tab<'_> {
    fn drop(&mut self) {
        self.line.forget(&self.session);
        self.line.tell(None, "Target.disposeBrowserContext", &json!({ "browserContextId": self.profile }));
    }
}

fn text(value: &Value, key: &str) -> String {
    value[key].as_str().unwrap_or_default().to_owned()
}
