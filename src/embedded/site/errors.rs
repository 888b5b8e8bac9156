//! Pages that say why there is nothing to see.

use maud::html;

use super::frame::Sheet;

/// There is nothing at this address.
pub fn not_found() -> Sheet {
    sheet(404, "Page not found", "There is nothing at this address. It may have been mistyped.")
}

/// There was a work at this address.
pub fn gone() -> Sheet {
    sheet(410, "This work is no longer available", "It has been deleted from the catalogue.")
}

/// The page could not be made.
pub fn broken() -> Sheet {
    sheet(500, "Something went wrong", "The page could not be shown. Please try again later.")
}

/// The page broke when the status had been sent.
pub fn crashed() -> Sheet {
    Sheet { status: 200, ..broken() }
}

fn sheet(status: u16, title: &str, why: &str) -> Sheet {
    let main = html! {
        h1 { (title) }
        p { (why) }
    };
    Sheet { status, title: title.to_owned(), main }
}
