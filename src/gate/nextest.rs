//! What the processes of one nextest run tell each other: which checks have reported so far.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Read, Seek, Write};

use super::config::Config;

/// The names that have reported, in this process or in any other of the same nextest run.
///
/// # Errors
///
/// If the shared list cannot be read or written.
pub fn reported_so_far(config: &Config, mut reported: BTreeSet<String>) -> io::Result<BTreeSet<String>> {
    let Some(run) = &config.nextest_run else { return Ok(reported) };
    let folder = config.out.join("nextest");
    fs::create_dir_all(&folder)?;
    let path = folder.join(format!("{run}.reported"));
    let mut list = File::options().create(true).truncate(false).read(true).write(true).open(path)?;
    list.lock()?;
    let mut names = String::new();
    list.read_to_string(&mut names)?;
    reported.extend(names.lines().map(str::to_owned));
    list.rewind()?;
    list.write_all(reported.iter().flat_map(|name| [name, "\n"]).collect::<String>().as_bytes())?;
    Ok(reported)
}
