//! Full-text search: a simple, honest ranking, blind to case and accents.
//!
//! A record whose id or identifier is in the query comes first, then one with exactly that title, then those in
//! which every word of the query occurs, by where the words occur; equals by id.

use serde_json::Value;

use super::paths::{self, Path};

/// A field that is searched, and what a word in it is worth.
pub type Field = (Path, u64);

/// What is searched of a kind of record.
pub struct Searched {
    /// Where ids and identifiers stand.
    pub identifiers: &'static [Path],
    /// Where the title stands.
    pub title: Path,
    /// Where words are looked for, and what they are worth.
    pub words: &'static [Field],
}

const IDENTIFIER: u64 = 1_000_000;
const EXACT_TITLE: u64 = 100_000;
const STOP_WORDS: [&str; 12] = ["a", "an", "and", "by", "for", "in", "is", "of", "on", "the", "to", "with"];

/// The text of every record, folded once, so that a search only has to look for words in it.
pub struct SearchIndex {
    entries: Vec<Entry>,
}

struct Entry {
    id: String,
    /// Ids and identifiers, each between two line breaks.
    identifiers: String,
    title: String,
    /// What a word is worth, and the words that are worth it, each between two spaces.
    words: Vec<(u64, String)>,
}

impl SearchIndex {
    /// Reads every record once.
    pub fn build<'a>(records: impl Iterator<Item = (&'a String, &'a Value)>, searched: &Searched) -> Self {
        Self { entries: records.map(|(id, record)| Entry::read(id, record, searched)).collect() }
    }

    /// The ids of all records.
    pub fn all(&self) -> impl Iterator<Item = &str> {
        self.entries.iter().map(|entry| entry.id.as_str())
    }

    /// The ids of the records that match, best first.
    #[must_use]
    pub fn search(&self, query: &str) -> Vec<&str> {
        let wanted = Wanted::read(query);
        let scored = self.entries.iter().map(|entry| (wanted.score(entry), entry.id.as_str()));
        let mut found: Vec<_> = scored.filter(|(score, _)| *score > 0).collect();
        found.sort_by(|(one, a), (other, b)| other.cmp(one).then_with(|| a.cmp(b)));
        found.into_iter().map(|(_, id)| id).collect()
    }
}

impl Entry {
    fn read(id: &str, record: &Value, searched: &Searched) -> Self {
        let mut identifiers = "\n".to_owned();
        for identifier in searched.identifiers.iter().flat_map(|path| paths::texts(record, path)) {
            identifiers.push_str(&fold(identifier));
            identifiers.push('\n');
        }
        let title = paths::texts(record, searched.title).into_iter().map(spaced).collect();
        let words = searched.words.iter().map(|(path, worth)| (*worth, all_words(record, path))).collect();
        Self { id: id.to_owned(), identifiers, title, words }
    }

    /// What the word, given between spaces, is worth in this record: the most that one of its fields gives.
    fn worth(&self, word: &str) -> u64 {
        let holding = self.words.iter().filter(|(_, words)| words.contains(word));
        holding.map(|(worth, _)| *worth).max().unwrap_or_default()
    }
}

/// A query, folded in the same way as the records.
struct Wanted {
    /// What may be an identifier, each between two line breaks.
    identifiers: Vec<String>,
    title: Vec<String>,
    /// The words that must occur, each between two spaces.
    words: Vec<String>,
}

impl Wanted {
    fn read(query: &str) -> Self {
        let (folded, spaced) = (fold(query.trim()), spaced(query));
        let parts = folded.split([' ', ',', '"']).filter(|part| !part.is_empty() && *part != folded);
        let identifiers = parts.chain([folded.as_str()]).map(|part| format!("\n{part}\n")).collect();
        let title: Vec<_> = spaced.split_whitespace().map(str::to_owned).collect();
        let telling = title.iter().filter(|word| !STOP_WORDS.contains(&word.as_str()));
        let mut words: Vec<_> = telling.map(|word| format!(" {word} ")).collect();
        if words.is_empty() {
            words = title.iter().map(|word| format!(" {word} ")).collect();
        }
        Self { identifiers, title, words }
    }

    fn score(&self, entry: &Entry) -> u64 {
        let identifiers = self.identifiers.iter().filter(|part| entry.identifiers.contains(part.as_str()));
        let words = self.all_words(entry);
        let is_title = words > 0 && entry.title.split_whitespace().eq(self.title.iter());
        identifiers.count() as u64 * IDENTIFIER + u64::from(is_title) * EXACT_TITLE + words
    }

    /// What the words are worth together; nothing if one of them is missing.
    fn all_words(&self, entry: &Entry) -> u64 {
        let mut total = 0;
        for word in &self.words {
            match entry.worth(word) {
                0 => return 0,
                worth => total += worth,
            }
        }
        total
    }
}

fn all_words(record: &Value, path: &[&str]) -> String {
    paths::texts(record, path).into_iter().map(spaced).collect()
}

/// The words of a text, folded, with a space before and after each.
fn spaced(text: &str) -> String {
    let folded = fold(text);
    let space = |character: char| if character.is_alphanumeric() { character } else { ' ' };
    let words = if folded.is_ascii() { spaced_ascii(&folded) } else { folded.chars().map(space).collect() };
    format!(" {words} ")
}

/// The same for plain text, byte by byte: most text is plain, and this is much quicker.
fn spaced_ascii(folded: &str) -> String {
    let mut bytes = folded.as_bytes().to_vec();
    for byte in &mut bytes {
        if !byte.is_ascii_alphanumeric() {
            *byte = b' ';
        }
    }
    String::from_utf8(bytes).unwrap_or_default()
}

/// The text in lower case, without accents.
fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let mut folded = String::with_capacity(text.len());
    for character in text.chars().flat_map(char::to_lowercase) {
        push_unaccented(character, &mut folded);
    }
    folded
}

/// The letters of European languages; marks that combine with the letter before them are dropped.
fn push_unaccented(character: char, folded: &mut String) {
    let plain = match character {
        '\0'..='\x7f' => return folded.push(character),
        'à'..='å' | 'ā' | 'ă' | 'ą' => "a",
        'æ' => "ae",
        'ç' | 'ć' | 'ĉ' | 'ċ' | 'č' => "c",
        'ð' | 'ď' | 'đ' => "d",
        'è'..='ë' | 'ē' | 'ĕ' | 'ė' | 'ę' | 'ě' => "e",
        'ĝ' | 'ğ' | 'ġ' | 'ģ' => "g",
        'ì'..='ï' | 'ĩ' | 'ī' | 'ĭ' | 'į' | 'ı' => "i",
        'ł' | 'ĺ' | 'ļ' | 'ľ' => "l",
        'ñ' | 'ń' | 'ņ' | 'ň' => "n",
        'ò'..='ö' | 'ø' | 'ō' | 'ŏ' | 'ő' => "o",
        'œ' => "oe",
        'ŕ' | 'ř' => "r",
        'ś' | 'ŝ' | 'ş' | 'š' => "s",
        'ß' => "ss",
        'ţ' | 'ť' => "t",
        'ù'..='ü' | 'ũ' | 'ū' | 'ŭ' | 'ů' | 'ű' | 'ų' => "u",
        'ý' | 'ÿ' => "y",
        'ź' | 'ż' | 'ž' => "z",
        '\u{300}'..='\u{36f}' => "",
        other => return folded.push(other),
    };
    folded.push_str(plain);
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use pretty_assertions::assert_eq;
    use rstest::rstest;
    use serde_json::json;

    use super::*;

    const SEARCHED: Searched = Searched {
        identifiers: &[&["id"], &["identifiers", "value"]],
        title: &["title"],
        words: &[(&["title"], 10), (&["subjects", "label"], 5)],
    };

    #[rstest]
    #[case::title_in_other_case("the SKELETON", &["aaa", "bbb"])]
    #[case::exact_title_first("a skeleton, dancing", &["bbb"])]
    #[case::all_words_are_needed("dancing nurse", &[])]
    #[case::subjects_after_titles("nurse", &["ccc", "aaa"])]
    #[case::without_accents("recit", &["ccc"])]
    #[case::with_accents("Récit", &["ccc"])]
    #[case::id_in_mixed_case("CcC", &["ccc"])]
    #[case::identifier("b1234567x", &["bbb"])]
    #[case::reference_with_slashes("PP/CRI/A", &["aaa"])]
    #[case::several_ids("ccc aaa", &["aaa", "ccc"])]
    #[case::identifier_before_words("skeleton b1234567x", &["bbb"])]
    #[case::nothing("zzz", &[])]
    fn query_finds(#[case] query: &str, #[case] ids: &[&str]) {
        let records: BTreeMap<String, Value> = [
            json!({"id": "aaa", "title": "The skeleton", "subjects": [{"label": "Nurse"}], "identifiers": [{"value": "PP/CRI/A"}]}),
            json!({"id": "bbb", "title": "A skeleton, dancing", "identifiers": [{"value": "b1234567x"}]}),
            json!({"id": "ccc", "title": "Re\u{301}cit d'une nurse"}),
        ]
        .into_iter()
        .map(|record| (record["id"].as_str().unwrap().to_owned(), record))
        .collect();
        assert_eq!(SearchIndex::build(records.iter(), &SEARCHED).search(query), ids);
    }
}
