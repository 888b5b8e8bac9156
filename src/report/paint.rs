//! Colours of the terminal reports. Text is always painted; what cannot show colours strips them at the edge.

use std::sync::OnceLock;

use anstyle::{AnsiColor, Style};

use super::github::harmless;
use super::untrusted;

pub(super) const BOLD: Style = Style::new().bold();
pub(super) const FAINT: Style = Style::new().dimmed();
pub(super) const RED: Style = AnsiColor::Red.on_default();
pub(super) const GREEN: Style = AnsiColor::Green.on_default();
pub(super) const YELLOW: Style = AnsiColor::Yellow.on_default();

/// The width that reports are laid out for, where nobody says how wide the terminal is.
const WIDTH: usize = 100;
/// The least width for which it pays to lay anything out.
const NARROW: usize = 50;

/// How wide the terminal is, once that is known.
static COLUMNS: OnceLock<usize> = OnceLock::new();

/// Lays out for a terminal of this width from now on, as far as it is narrower than people like to read.
pub(super) fn fit(columns: usize) {
    // Whoever says it first is right: a report does not change its width half-way.
    let _ = COLUMNS.set(readable(columns));
}

/// No wider than people like to read, and no narrower than it pays to lay out.
fn readable(columns: usize) -> usize {
    columns.clamp(NARROW, WIDTH)
}

fn width() -> usize {
    COLUMNS.get().copied().unwrap_or(WIDTH)
}

/// A word or line in which nothing commands the terminal, or the log of a job: what a terminal would obey, or turn
/// around, is shown as `�`; what GitHub would obey (`::error::`, `##[error]`) is broken by a backslash.
pub(super) fn visible(text: &str) -> String {
    let commands = |sign: char| sign.is_control() || untrusted::turns(sign);
    harmless(&text.replace(commands, "\u{fffd}")).into_owned()
}

/// `text` in this style.
pub(super) fn paint(style: Style, text: &str) -> String {
    format!("{style}{text}{style:#}")
}

/// A name and what is said of it, wrapped so that all its lines stand in one column.
pub(super) fn labelled(label: &str, text: &str) -> String {
    const COLUMN: usize = 12;
    let body = lines(text, width() - COLUMN).join(&format!("\n{}", " ".repeat(COLUMN)));
    format!("{}{body}\n", paint(FAINT, &format!("  {label:<10}")))
}

/// A sentence, wrapped.
pub(super) fn wrapped(text: &str) -> String {
    format!("{}\n", lines(text, width()).join("\n"))
}

/// A headline that begins with where it is, wrapped; the lines below it, which are links and lists, stay as they are.
pub(super) fn headline(place: &str, says: &str) -> String {
    let (first, below) = says.split_once('\n').map_or((says, None), |(first, below)| (first, Some(below)));
    let place = if place.is_empty() { String::new() } else { format!("{}:", on_one_line(place)) };
    let text = lines(&format!("{place} {first}"), width()).join("\n");
    let text = match text.strip_prefix(&place).filter(|_| !place.is_empty()) {
        Some(rest) => format!("{}{rest}", paint(BOLD, &place)),
        None => text,
    };
    let below = below.iter().flat_map(|below| below.lines()).map(visible);
    std::iter::once(text).chain(below).collect::<Vec<_>>().join("\n") + "\n"
}

/// The words of a text in lines that are no longer than the width, but for words that are.
fn lines(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace().map(visible) {
        match lines.last_mut() {
            Some(line) if line.chars().count() + word.chars().count() < width => {
                line.push(' ');
                line.push_str(&word);
            }
            _ => lines.push(word),
        }
    }
    lines
}

fn on_one_line(text: &str) -> String {
    text.split_whitespace().map(visible).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::{headline, labelled, lines, readable, visible, wrapped};

    #[rstest]
    #[case::a_wide_terminal(250, 100)]
    #[case::a_usual_one(80, 80)]
    #[case::a_telephone(30, 50)]
    fn text_is_as_wide_as_the_terminal_within_reason(#[case] columns: usize, #[case] expected: usize) {
        assert_eq!(readable(columns), expected);
        let text = "some words ".repeat(50);
        let longest = lines(&text, readable(columns)).iter().map(String::len).max();
        assert!(longest.is_some_and(|it| it <= expected && it > expected - 12), "{longest:?}");
    }

    #[rstest]
    #[case::a_colour("\u{1b}[31mred", "\u{fffd}[31mred")]
    #[case::a_turn_from_right_to_left("a\u{202e}b", "a\u{fffd}b")]
    #[case::a_command_of_a_job("::error::x", r"\::error::x")]
    #[case::an_old_command_of_a_job("##[error]x", r"##\[error]x")]
    #[case::a_name("digitised::a222zvge", "digitised::a222zvge")]
    #[case::letters_of_other_scripts("שלום 🩺 é", "שלום 🩺 é")]
    fn nothing_that_is_told_commands_the_terminal(#[case] text: &str, #[case] shown: &str) {
        assert_eq!(visible(text), shown);
        let told =
            [labelled("x", text), wrapped(text), headline("", text), headline("x", &format!("y\n{text}"))];
        for told in told.map(|told| anstream::adapter::strip_str(&told).to_string()) {
            assert!(told.contains(shown), "{told}");
        }
    }
}
