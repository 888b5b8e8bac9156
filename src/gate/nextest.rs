//! What the processes of one nextest run tell each other: which checks have reported so far, and how.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::Path;

use crate::decision::Judged;

/// Adds what this process judged to what the others of the same run did, and writes the verdict on all of it.
///
/// The verdict is written while no other process can: the last one to report writes it on the whole.
///
/// # Errors
///
/// If the shared list, or the verdict, cannot be read or written.
pub fn add(
    out: &Path,
    run: &str,
    mine: Vec<Judged>,
    write_verdict: impl FnOnce(Vec<Judged>) -> io::Result<()>,
) -> io::Result<()> {
    let folder = out.join("nextest");
    fs::create_dir_all(&folder)?;
    let path = folder.join(format!("{run}.jsonl"));
    let mut list = File::options().create(true).append(true).read(true).open(path)?;
    list.lock()?;
    let mut lines = String::new();
    list.read_to_string(&mut lines)?;
    let mut all: Vec<Judged> = Vec::new();
    for line in lines.lines() {
        all.push(serde_json::from_str(line).map_err(io::Error::other)?);
    }
    for judged in mine {
        writeln!(list, "{}", serde_json::to_string(&judged).map_err(io::Error::other)?)?;
        all.retain(|earlier| earlier.name != judged.name);
        all.push(judged);
    }
    write_verdict(all)
}
