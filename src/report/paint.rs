//! Colours of the terminal reports. Text is always painted; what cannot show colours strips them at the edge.

use anstyle::{AnsiColor, Style};

pub(super) const BOLD: Style = Style::new().bold();
pub(super) const FAINT: Style = Style::new().dimmed();
pub(super) const RED: Style = AnsiColor::Red.on_default();
pub(super) const GREEN: Style = AnsiColor::Green.on_default();
pub(super) const YELLOW: Style = AnsiColor::Yellow.on_default();

/// The width that reports are laid out for.
pub(super) const WIDTH: usize = 100;

/// `text` in this style.
pub(super) fn paint(style: Style, text: &str) -> String {
    format!("{style}{text}{style:#}")
}

/// A name and what is said of it, wrapped so that all its lines stand in one column.
pub(super) fn labelled(label: &str, text: &str) -> String {
    const COLUMN: usize = 12;
    let body = lines(text, WIDTH - COLUMN).join(&format!("\n{}", " ".repeat(COLUMN)));
    format!("{}{body}\n", paint(FAINT, &format!("  {label:<10}")))
}

/// A sentence, wrapped.
pub(super) fn wrapped(text: &str) -> String {
    format!("{}\n", lines(text, WIDTH).join("\n"))
}

/// A headline that begins with where it is, wrapped; the lines below it, which are links and lists, stay as they are.
pub(super) fn headline(place: &str, says: &str) -> String {
    let (first, below) = says.split_once('\n').map_or((says, None), |(first, below)| (first, Some(below)));
    let place = if place.is_empty() { String::new() } else { format!("{place}:") };
    let text = lines(&format!("{place} {first}"), WIDTH).join("\n");
    let text = match text.strip_prefix(&place).filter(|_| !place.is_empty()) {
        Some(rest) => format!("{}{rest}", paint(BOLD, &place)),
        None => text,
    };
    below.map_or_else(|| format!("{text}\n"), |below| format!("{text}\n{below}\n"))
}

/// The words of a text in lines that are no longer than the width, but for words that are.
fn lines(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + word.chars().count() < width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}
