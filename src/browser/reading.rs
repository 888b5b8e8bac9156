//! What a page looks like when it is done: its words, its tree, its picture.

use serde::Deserialize;
use serde_json::{Value, json};

use super::Node;
use super::line::Trouble;
use super::screen::Screen;
use super::tab::Tab;
use super::tree::Nodes;
use crate::catalogue::Device;

/// How many characters of a page's text are kept.
const MOST_TEXT: usize = 50_000;
/// How high a picture may be.
const HIGHEST: f64 = 4000.0;
/// How good it is: enough to read the words on it.
const QUALITY: u8 = 60;

/// What can be read on the page as it is now.
const WORDS: &str = "({
    title: document.title,
    lang: document.documentElement?.lang ?? '',
    text: document.body?.innerText ?? '',
})";

/// The words of a page.
#[derive(Debug, Deserialize)]
pub(super) struct Words {
    pub title: String,
    pub lang: String,
    pub text: String,
    /// Whether there is more text than was kept.
    #[serde(skip)]
    pub text_goes_on: bool,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Evaluated {
    result: Value,
    exception_details: Option<Value>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Layout {
    css_content_size: Size,
}

#[derive(Deserialize)]
struct Size {
    height: f64,
}

#[derive(Deserialize)]
struct Screenshot {
    data: String,
}

/// Reads the words of the page.
pub(super) async fn words(tab: &Tab<'_>) -> Result<Words, Trouble> {
    const COMMAND: &str = "Runtime.evaluate";
    let refused = |why: String| Trouble::Refused { command: COMMAND, why };
    let evaluated: Evaluated =
        tab.read(COMMAND, json!({ "expression": WORDS, "returnByValue": true })).await?;
    if let Some(details) = evaluated.exception_details {
        return Err(refused(format!("the page does not let itself be read: {details}")));
    }
    let words = evaluated.result.get("value").cloned().unwrap_or_default();
    let mut words: Words = serde_json::from_value(words).map_err(|error| refused(error.to_string()))?;
    if let Some((end, _)) = words.text.char_indices().nth(MOST_TEXT) {
        words.text.truncate(end);
        words.text_goes_on = true;
    }
    Ok(words)
}

/// Reads what assistive technology is told of the page.
pub(super) async fn tree(tab: &Tab<'_>) -> Result<Vec<Node>, Trouble> {
    let nodes: Nodes = tab.read("Accessibility.getFullAXTree", json!({})).await?;
    Ok(nodes.into_tree())
}

/// Takes a picture of the page from its top, in pixels of the page, however many dots the device has for each.
pub(super) async fn screenshot(tab: &Tab<'_>, device: Device) -> Result<String, Trouble> {
    let layout: Layout = tab.read("Page.getLayoutMetrics", json!({})).await?;
    let clip = json!({
        "x": 0,
        "y": 0,
        "width": device.width(),
        "height": layout.css_content_size.height.clamp(1.0, HIGHEST),
        "scale": 1.0 / f64::from(device.dots_per_pixel()),
    });
    let how = json!({ "format": "webp", "quality": QUALITY, "captureBeyondViewport": true, "clip": clip });
    let screenshot: Screenshot = tab.read("Page.captureScreenshot", how).await?;
    Ok(screenshot.data)
}
