//! The website's own resources, which its pages load from its own host, and the few rules that they carry themselves.

use crate::api::Answer;

/// The address of the stylesheet.
pub const STYLESHEET: &str = "/assets/site.css";

/// The address of the script.
pub const SCRIPT: &str = "/assets/site.js";

/// The layout, for desktop and phone, which holds even if the stylesheet does not come.
pub const LAYOUT: &str = include_str!("assets/layout.css");

/// The stylesheet.
pub fn stylesheet() -> Answer {
    asset("text/css; charset=UTF-8", include_str!("assets/site.css"))
}

/// The script.
pub fn script() -> Answer {
    asset("text/javascript; charset=UTF-8", include_str!("assets/site.js"))
}

fn asset(content_type: &'static str, body: &str) -> Answer {
    Answer { status: 200, content_type, location: None, body: body.to_owned() }
}
