//! Which part of its example a check judges, as reports tell it beside the example.

/// Whether the check of this name looks at a page.
pub(super) fn is_of_a_page(check: &str) -> bool {
    check.rsplit("::").next().is_some_and(|part| part == "page" || part.starts_with("page-on-"))
}

/// Which part of its example the check of this name judges, where that is not the record itself; else empty.
pub(super) fn part_of_example(check: &str) -> &'static str {
    match check.rsplit("::").next() {
        Some("snapshot") => " – all of it, as it was recorded",
        Some("baseline") => " – beside its baseline",
        Some("prod") => " – beside prod",
        Some("page") => " – its page on the website",
        Some("page-on-phone") => " – its page on the website, on a phone",
        _ => "",
    }
}
