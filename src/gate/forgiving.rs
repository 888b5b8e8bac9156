//! Settings under which insta accepts a wrong snapshot (mitsuhiko/insta#478): in the environment, or in its files.

use std::fs;
use std::path::Path;

use super::variables::Variables;

/// Where insta looks for its settings, below the project.
const FILES: [&str; 3] = [".config/insta.yaml", "insta.yaml", ".insta.yaml"];

/// The forgiving settings that are in force, as people wrote them; none in a run that may decide on a release.
pub fn settings(project: &Path, variables: &Variables) -> Vec<String> {
    let named = ["INSTA_UPDATE", "INSTA_FORCE_PASS", "INSTA_FORCE_UPDATE", "INSTA_FORCE_UPDATE_SNAPSHOTS"];
    let in_the_environment = named.into_iter().filter_map(|name| {
        let value = variables.get(name)?;
        let harmless = match name {
            "INSTA_UPDATE" => is_harmless_update(value),
            _ => is_no(value),
        };
        (!harmless).then(|| format!("{name}={value}"))
    });
    let in_files = FILES.into_iter().flat_map(|file| {
        let text = fs::read_to_string(project.join(file)).unwrap_or_default();
        let lines: Vec<String> = text.lines().map(|line| line.trim().to_owned()).collect();
        let forgiving = lines.into_iter().filter(|line| is_forgiving(line));
        forgiving.map(move |line| format!("`{line}` in {file}")).collect::<Vec<_>>()
    });
    in_the_environment.chain(in_files).collect()
}

/// Whether a line of insta's settings forgives.
fn is_forgiving(line: &str) -> bool {
    let Some((key, value)) = line.split_once(':') else { return false };
    let value = value.trim().trim_matches(['"', '\'']);
    match key.trim() {
        "update" => !is_harmless_update(value),
        "force_pass" | "force_update" => !is_no(value),
        _ => false,
    }
}

fn is_harmless_update(value: &str) -> bool {
    matches!(value, "" | "auto" | "no" | "new")
}

fn is_no(value: &str) -> bool {
    matches!(value, "" | "0" | "false")
}
