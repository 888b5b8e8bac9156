//! The demonstration in the README: 5 January 2021 once more, as the gate tells it.

use release_gate::embedded::faults;
use release_gate::embedded::server::{Options, Stage};

use crate::support::Gate;

/// Where it stands.
pub const PATH: &str = "README.md";
const BEGIN: &str = "<!-- what the gate says of 5 January 2021 -->\n```text\n";
const END: &str = "\n```\n";

/// The README with what the gate says now.
///
/// # Panics
///
/// If the README has no place for it.
pub fn with_the_demonstration(readme: &str) -> String {
    let (before, rest) = readme.split_once(BEGIN).expect("the README has the demonstration");
    let (_, after) = rest.split_once(END).expect("the demonstration ends");
    format!("{before}{BEGIN}{}{END}{after}", demonstration())
}

/// What the command of the README says, cut to its beginning, the story of one work, and how that is run alone.
fn demonstration() -> String {
    let stage = Stage::with(faults::named("unmerged").expect("the fault"), Options::new()).expect("a stage");
    let gate =
        Gate::new().stage(&stage).env("CI", "false").env("PROD_URL", "embedded").env("CHECK_LINKS", "1");
    // As the README calls it, which names no website.
    let ended = gate.env("PAGES", "if-possible").run();
    let verdict = between(&ended.stderr, "Release gate\n", "  checks ");
    let story = between(&ended.stdout, "A digitised archive has something to view online\n", "\n\n\n");
    let shown: Vec<&str> = story.split("\n\n").take(4).collect();
    let alone = story.lines().last().expect("the command that runs it alone");
    format!("{verdict}  …\n\n{}\n\n  …\n{alone}", shown.join("\n\n"))
        .replace(&stage.url(), "http://127.0.0.1:8080/catalogue/v2")
}

/// The text from the first of the two, with it, to the second, without.
fn between<'a>(text: &'a str, from: &str, to: &str) -> &'a str {
    let start = text.find(from).unwrap_or_else(|| panic!("no {from:?} in {text}"));
    let length = text[start..].find(to).unwrap_or_else(|| panic!("no {to:?} after {from:?} in {text}"));
    &text[start..start + length]
}
