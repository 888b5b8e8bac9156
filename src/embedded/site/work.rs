//! The page of a work.

use maud::{Markup, html};
use serde_json::Value;

use super::frame::Sheet;
use super::record::{contributors, described, labels, term, text, title};
use super::{about, archive, holdings, online, page, places};

/// The page of this work.
pub fn sheet(work: &Value) -> Sheet {
    let main = html! {
        (top(work))
        (online::section(work))
        (places::section(work))
        (holdings::section(work))
        (archive::section(work))
        (about::section(work))
        (about::subjects(work))
        (about::identifiers(work))
    };
    Sheet { status: 200, title: title(work).to_owned(), main }
}

/// By what a reader knows the work again.
fn top(work: &Value) -> Markup {
    html! {
        div.top {
            h1 { (title(work)) }
            (thumbnail(work))
            (described([
                term("Material type", text(work, "/workType/label")),
                term("By", contributors(work)),
                term("Date", labels(work, "production")),
                term("Reference", text(work, "/referenceNumber")),
            ]))
        }
    }
}

/// The picture by which the work is known, if it has one.
pub fn thumbnail(work: &Value) -> Markup {
    html! {
        @if let Some(address) = text(work, "/thumbnail/url") {
            img src=(page::linked(address)) alt={ "Thumbnail of " (title(work)) };
        }
    }
}
