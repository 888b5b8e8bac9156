//! The text files beside the suite file that hold long lists: one entry on a line, `#` begins a comment.
//!
//! What the entries may be is told by the kind that uses them; what is wrong in such a file is reported with its own
//! name and line. No file outside the suite's folder is ever read.

use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::ops::Range;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::load::as_editors_show_it;
use super::mistake::{Mistake, Span};
use super::refusal::Sheet;

/// More than any list needs (some hundred thousand entries); keeps a wrong file from being read for minutes.
const MAX_BYTES: u64 = 1 << 20;

/// The lists that a suite file names, each read once however many criteria name it.
pub(super) struct Lists {
    suite: PathBuf,
    read: BTreeMap<String, Result<List, String>>,
}

/// A list as it stands in its file.
struct List {
    bytes: Vec<u8>,
    sheet: Sheet,
}

/// One entry of a list.
pub(super) struct Line {
    /// The entry, without what stands around it.
    pub text: String,
    /// Its line, counted from 1.
    pub nr: usize,
    /// Where it stands in the file.
    pub at: Span,
}

impl Lists {
    /// The lists of the suite file at this path.
    pub(super) fn beside(suite: &Path) -> Self {
        Self { suite: suite.to_owned(), read: BTreeMap::new() }
    }

    /// The entries of the list in this file; none if a mistake in it hides them. Whatever else is wrong with the
    /// entries is for the caller to say, in [`Lists::complain`].
    ///
    /// # Errors
    ///
    /// Why the file cannot be read, and what to do, for the place where it is named.
    pub(super) fn lines(&mut self, name: &str) -> Result<Vec<Line>, String> {
        if !self.read.contains_key(name) {
            let list = self.open(name);
            self.read.insert(name.to_owned(), list);
        }
        match &self.read[name] {
            Err(why) => Err(why.clone()),
            Ok(list) if !list.sheet.mistakes.is_empty() => Ok(Vec::new()),
            Ok(list) => Ok(lines(&list.sheet.text)),
        }
    }

    /// Notes what is wrong in a list. Its entries are not told any more then, so that it is noted once.
    pub(super) fn complain(&mut self, name: &str, mistakes: Vec<Mistake>) {
        if let Some(Ok(list)) = self.read.get_mut(name) {
            list.sheet.mistakes.extend(mistakes);
        }
    }

    /// Adds to the hash of the suite what its lists hold: with another list it is another suite.
    pub(super) fn digest(&self, hash: &mut Sha256) {
        for (name, list) in &self.read {
            let Ok(list) = list else { continue };
            hash.update(format!("\0{name}\0{}\0", list.bytes.len()));
            hash.update(&list.bytes);
        }
    }

    /// The entries of the list in this file, without their comments; `None` if the suite names no such list.
    pub(super) fn entries(&self, name: &str) -> Option<Vec<String>> {
        let list = self.read.get(name)?.as_ref().ok()?;
        Some(lines(&list.sheet.text).into_iter().map(|line| line.text).collect())
    }

    /// Whether anything is wrong in any of them.
    pub(super) fn are_flawed(&self) -> bool {
        self.read.values().flatten().any(|list| !list.sheet.mistakes.is_empty())
    }

    /// The files, each with what is wrong in it.
    pub(super) fn into_sheets(self) -> Vec<Sheet> {
        self.read.into_values().filter_map(|list| Some(list.ok()?.sheet)).collect()
    }

    fn open(&self, name: &str) -> Result<List, String> {
        let path = self.folder().join(name);
        let found = fs::metadata(&path).map_err(|error| self.unreadable(name, &error))?;
        if !found.is_file() {
            return Err("this is not a file: name a text file with one id on each line".to_owned());
        }
        if found.len() > MAX_BYTES {
            return Err("the file is larger than a megabyte, which no list needs".to_owned());
        }
        self.stays_below(&path)?;
        let bytes = fs::read(&path).map_err(|error| self.unreadable(name, &error))?;
        let sheet = sheet(path, &bytes);
        Ok(List { bytes, sheet })
    }

    fn folder(&self) -> PathBuf {
        self.suite
            .parent()
            .filter(|folder| !folder.as_os_str().is_empty())
            .unwrap_or(Path::new("."))
            .to_owned()
    }

    fn unreadable(&self, name: &str, error: &std::io::Error) -> String {
        match error.kind() {
            ErrorKind::NotFound => format!(
                "there is no file `{name}` beside {}: check its name, and that it was committed",
                self.suite.file_name().unwrap_or_default().display()
            ),
            _ => format!("the file cannot be read ({error})"),
        }
    }

    /// A link in the folder must not lead out of it either: what it holds would be no part of the suite.
    fn stays_below(&self, path: &Path) -> Result<(), String> {
        let real =
            |path: &Path| path.canonicalize().map_err(|error| format!("the file cannot be read ({error})"));
        if real(path)?.starts_with(real(&self.folder())?) {
            return Ok(());
        }
        Err("this leads out of the folder of the suite file: copy the list into that folder".to_owned())
    }
}

/// The text of a list, and what is wrong with it as a text.
fn sheet(path: PathBuf, bytes: &[u8]) -> Sheet {
    let text = as_editors_show_it(&String::from_utf8_lossy(bytes));
    let mut mistakes = Vec::new();
    if std::str::from_utf8(bytes).is_err() {
        let at = text.find(char::REPLACEMENT_CHARACTER).unwrap_or_default();
        let at = Span::new(at, at + char::REPLACEMENT_CHARACTER.len_utf8());
        mistakes.push(
            Mistake::new(at, "the file is not UTF-8 text")
                .label("what stands here cannot be read")
                .help("save it in the editor with the encoding \"UTF-8\""),
        );
    } else if lines(&text).is_empty() {
        mistakes
            .push(Mistake::new(Span::new(0, 0), "the list is empty").help(
                "write one id on each line; a list without one would hold whatever the catalogue says",
            ));
    }
    Sheet { path, text, mistakes }
}

fn lines(text: &str) -> Vec<Line> {
    let mut start = 0;
    let mut found = Vec::new();
    for (nr, line) in text.split('\n').enumerate() {
        let Range { start: from, end: to } = entry(line);
        if from < to {
            let at = Span::new(start + from, start + to);
            found.push(Line { text: line[from..to].to_owned(), nr: nr + 1, at });
        }
        start += line.len() + 1;
    }
    found
}

/// Where the entry of a line stands: without blanks around it, and without a comment, which begins with `#` at the
/// beginning of the line or after a blank.
fn entry(line: &str) -> Range<usize> {
    let comment = line
        .char_indices()
        .find(|(at, sign)| *sign == '#' && line[..*at].chars().next_back().is_none_or(char::is_whitespace));
    let before = &line[..comment.map_or(line.len(), |(at, _)| at)];
    let end = before.trim_end().len();
    before.len() - before.trim_start().len()..end
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use pretty_assertions::assert_eq;
    use rstest::rstest;

    use super::lines;
    use crate::suite::{Kind, Refusal, Suite};

    const SUITE: &str = "\
criteria:
  - id: old-addresses
    title: Old addresses lead to a work
    why: Readers cannot replace theirs.
    owner: Product
    approved: { by: Product, on: 2026-11-22 }
    review-by: 2027-05-22
    permalinks:
      - { file: lists/ids.txt, is: the ids that stories name }
";

    /// What the suite reads where its list holds this.
    fn suite(list: &[u8]) -> Result<Suite, Refusal> {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("lists")).unwrap();
        fs::write(folder.path().join("lists/ids.txt"), list).unwrap();
        Suite::parse(&folder.path().join("suite.yaml"), SUITE)
    }

    #[rstest]
    #[case::as_it_is("# ids\na222zvge\nb18659135\n")]
    #[case::byte_order_mark("\u{feff}# ids\na222zvge\nb18659135\n")]
    #[case::windows_line_ends("# ids\r\na222zvge\r\nb18659135\r\n")]
    fn a_list_is_read_whatever_the_editor_does(#[case] text: &str) {
        let suite = suite(text.as_bytes()).unwrap();
        let Kind::Permalinks(examples) = &suite.criteria[0].kind else { panic!("no permalinks") };
        let found: Vec<(&str, usize)> = examples[0]
            .of
            .permalinks
            .iter()
            .map(|permalink| (permalink.of.as_str(), permalink.line))
            .collect();
        assert_eq!(examples[0].name, "ids");
        assert_eq!(found, [("a222zvge", 2), ("b18659135", 3)]);
    }

    #[rstest]
    fn another_list_makes_another_suite() {
        let hash = |list: &str| suite(list.as_bytes()).unwrap().hash;
        assert_eq!(hash("a222zvge\n"), hash("a222zvge\n"));
        assert_ne!(hash("a222zvge\n"), hash("a2239muq\n"));
        assert_ne!(hash("a222zvge\n"), hash("a222zvge\n# a comment\n"));
    }

    #[rstest]
    fn a_mistake_in_a_list_is_placed_in_the_list() {
        let refusal = suite(b"a222zvge\n\nnonsense!\n").unwrap_err();
        let places = refusal.places();
        assert_eq!(places.len(), 1);
        assert!(places[0].0.ends_with("lists/ids.txt"), "{places:?}");
        assert_eq!((places[0].1, places[0].2), (3, 1));
    }

    #[rstest]
    fn a_list_beyond_a_megabyte_is_refused_unread() {
        let refusal = suite("# more\n".repeat(150_000).as_bytes()).unwrap_err();
        assert!(refusal.to_string().contains("larger than a megabyte"), "{refusal}");
    }

    #[cfg(unix)]
    #[rstest]
    fn a_link_out_of_the_folder_is_refused() {
        let (folder, outside) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        fs::write(outside.path().join("ids.txt"), "a222zvge\n").unwrap();
        std::os::unix::fs::symlink(outside.path(), folder.path().join("lists")).unwrap();
        let refusal = Suite::parse(&folder.path().join("suite.yaml"), SUITE).unwrap_err();
        assert!(refusal.to_string().contains("leads out of the folder of the suite file"), "{refusal}");
    }

    #[rstest]
    fn a_folder_is_no_list() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir_all(folder.path().join("lists/ids.txt")).unwrap();
        let refusal = Suite::parse(&folder.path().join("suite.yaml"), SUITE).unwrap_err();
        assert!(refusal.to_string().contains("this is not a file"), "{refusal}");
    }

    #[rstest]
    fn a_list_is_looked_for_beside_its_suite_and_nowhere_else() {
        let refusal = Suite::parse(Path::new("no/such/suite.yaml"), SUITE).unwrap_err();
        assert!(
            refusal.to_string().contains("there is no file `lists/ids.txt` beside suite.yaml"),
            "{refusal}"
        );
    }

    #[rstest]
    #[case::one("a222zvge", &[("a222zvge", 1)])]
    #[case::blank_lines_and_comments("# ids\n\n a222zvge \n  # more\na2239muq\n", &[("a222zvge", 3), ("a2239muq", 5)])]
    #[case::a_comment_behind_an_id("a222zvge # a file\n", &[("a222zvge", 1)])]
    #[case::a_sign_within_an_id("PP/CRI#2\n", &[("PP/CRI#2", 1)])]
    #[case::nothing(" \n#\n", &[])]
    fn a_list_has_an_entry_on_each_line(#[case] text: &str, #[case] expected: &[(&str, usize)]) {
        let found = lines(text);
        assert!(found.iter().all(|line| text[line.at.start..line.at.end] == line.text));
        let found: Vec<(&str, usize)> = found.iter().map(|line| (line.text.as_str(), line.nr)).collect();
        assert_eq!(found, expected);
    }
}
