//! The listing as Markdown: a table for each facet, and works to paste where there is no example.

use serde_json::Value;

use super::compare::{Compared, Covered, Seen};

/// A title longer than this is cut in what is pasted.
const TITLE: usize = 80;

/// The whole listing.
pub fn page(stage: &str, seen: &Seen<'_>, compared: &[Compared]) -> String {
    let (examples, works) = (seen.examples.len(), seen.works.len());
    let mut text = format!(
        "# What the examples stand for\n\nOn {stage}. Examples of approved criteria with a record: {examples}. \
         Other works that were looked at, up to a hundred of each kind: {works}.\n"
    );
    if !seen.missing.is_empty() {
        let missing: Vec<&str> = seen.missing.iter().map(|work| work.as_str()).collect();
        text.push_str(&format!("\nThese examples have no record there: {}.\n", missing.join(", ")));
    }
    text.extend(compared.iter().map(section));
    text
}

fn section(facet: &Compared) -> String {
    let uncovered: Vec<&Covered> = facet.values.iter().filter(|value| value.examples == 0).collect();
    let works = if facet.sampled { "of those looked at" } else { "works" };
    let mut text = format!(
        "\n## {}: {} of {} without an example\n\n| value | {works} | examples |\n|---|---:|---:|\n",
        facet.name,
        uncovered.len(),
        facet.values.len()
    );
    text.extend(facet.values.iter().map(row));
    if facet.without > 0 {
        text.push_str(&format!("\nExamples that have none of these: {}.\n", facet.without));
    }
    for unknown in &facet.unknown {
        text.push_str(&format!("\nNot known: {unknown}.\n"));
    }
    let pasted: String = uncovered.iter().map(|value| to_paste(value)).collect();
    if !pasted.is_empty() {
        text.push_str(&format!("\nTo paste below the `examples:` of a criterion:\n\n```yaml\n{pasted}```\n"));
    }
    text
}

fn row(value: &Covered) -> String {
    let examples = if value.examples == 0 { "**none**".to_owned() } else { value.examples.to_string() };
    let label = value.label.replace('|', "\\|");
    format!("| {label} (`{}`) | {} | {examples} |\n", value.id, value.works)
}

/// The works that could stand for a value, as entries of a criterion's `examples`.
fn to_paste(value: &Covered) -> String {
    let mut text = format!("      # {} ({})\n", value.label.replace('\n', " "), value.id);
    for (work, title) in &value.suggestions {
        let cut: String = title.chars().take(TITLE).collect();
        let dots = if cut.len() < title.len() { "…" } else { "" };
        let is = Value::String(format!("{}{dots}", cut.trim_end()));
        text.push_str(&format!("      - {{ work: {work}, is: {is} }}\n"));
    }
    text
}
