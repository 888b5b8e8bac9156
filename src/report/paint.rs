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
    let indent = " ".repeat(COLUMN);
    let mut lines: Vec<String> = vec![String::new()];
    for word in text.split_whitespace() {
        let line = lines.last_mut().expect("there is always a line");
        let fits = line.chars().count() + word.chars().count() < WIDTH - COLUMN;
        if line.is_empty() {
            line.push_str(word);
        } else if fits {
            line.push(' ');
            line.push_str(word);
        } else {
            lines.push(word.to_owned());
        }
    }
    let body = lines.join(&format!("\n{indent}"));
    format!("{}{body}\n", paint(FAINT, &format!("  {label:<10}")))
}
