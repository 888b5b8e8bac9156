//! Pages that do not show what they should: a picture of each, and its outline as assistive technology sees it, in files
//! beside the report, to which every report leads.

use std::fs;
use std::io;
use std::path::Path;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;

use super::Run;
use crate::decision::Judged;
use crate::verdict::Compared;

/// Where the files are, beside the reports.
const FOLDER: &str = "pages";

/// How much of the name of a check is in the name of its files.
const LONGEST: usize = 120;

/// The files of one page, named from where the reports are.
pub(super) struct Files {
    /// A picture.
    pub picture: String,
    /// What assistive technology sees, a line for each part.
    pub outline: String,
}

/// The files of the page that a check has looked at; `None` if it has looked at none, or has nothing to show of it.
pub(super) fn files_of(check: &Judged) -> Option<Files> {
    matches!(check.compared.as_deref(), Some(Compared::Page { .. })).then(|| {
        let name: String = check.name.chars().map(|sign| if is_plain(sign) { sign } else { '-' }).collect();
        let words: Vec<&str> = name.split('-').filter(|word| !word.is_empty()).collect();
        let name: String = words.join("-").chars().take(LONGEST).collect();
        Files { picture: format!("{FOLDER}/{name}.webp"), outline: format!("{FOLDER}/{name}.txt") }
    })
}

fn is_plain(sign: char) -> bool {
    sign.is_ascii_alphanumeric() || sign == '-'
}

/// Writes the files of every page that does not show what it should.
///
/// # Errors
///
/// If the folder or a file cannot be written, or what a browser sent is no picture.
pub(super) fn write_all(run: &Run) -> io::Result<()> {
    for check in &run.judged {
        let (Some(Compared::Page { address, device, found, picture, .. }), Some(files)) =
            (check.compared.as_deref(), files_of(check))
        else {
            continue;
        };
        fs::create_dir_all(run.out.join(FOLDER))?;
        let picture = BASE64_STANDARD.decode(picture).map_err(io::Error::other)?;
        fs::write(run.out.join(files.picture), picture)?;
        let outline = format!("{address}\nas assistive technology sees it, on a {device}\n\n{found}\n");
        fs::write(run.out.join(files.outline), outline)?;
    }
    Ok(())
}

/// Removes those of an earlier run.
///
/// # Errors
///
/// If the folder is there and cannot be removed.
pub(super) fn remove_all(out: &Path) -> io::Result<()> {
    let folder = out.join(FOLDER);
    match fs::remove_dir_all(&folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(io::Error::new(error.kind(), format!("{}: {error}", folder.display())))
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use rstest::{fixture, rstest};
    use tempfile::TempDir;

    use super::{FOLDER, files_of, remove_all, write_all};
    use crate::report::{Run, fixture as runs};
    use crate::verdict::Compared;

    #[fixture]
    fn folder() -> TempDir {
        tempfile::tempdir().unwrap()
    }

    #[rstest]
    fn a_page_that_fails_leaves_its_picture_and_its_outline_until_the_next_run(folder: TempDir) {
        let run = Run { out: folder.path().to_owned(), ..runs::of_pages() };
        write_all(&run).unwrap();
        let files = run.judged.iter().find_map(files_of).expect("a page that fails");
        assert!(std::fs::read(folder.path().join(&files.picture)).unwrap().starts_with(b"RIFF"));
        let outline = std::fs::read_to_string(folder.path().join(&files.outline)).unwrap();
        assert!(outline.contains("heading “Available online”"), "{outline}");
        remove_all(folder.path()).unwrap();
        assert!(!folder.path().join(FOLDER).exists());
        remove_all(folder.path()).unwrap();
    }

    #[rstest]
    fn what_is_no_picture_is_not_written_as_one(folder: TempDir) {
        let mut run = Run { out: folder.path().to_owned(), ..runs::of_pages() };
        for check in &mut run.judged {
            if let Some(Compared::Page { picture, .. }) = check.compared.as_deref_mut() {
                "no Base64!".clone_into(picture);
            }
        }
        assert!(write_all(&run).is_err());
    }

    #[rstest]
    fn no_name_leads_out_of_the_folder() {
        let mut check = runs::of_pages().judged.into_iter().find(|check| files_of(check).is_some()).unwrap();
        check.name = "../../etc::passwd".to_owned();
        assert_eq!(files_of(&check).unwrap().picture, "pages/etc-passwd.webp");
    }
}
