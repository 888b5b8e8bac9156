//! Full-text search: a simple, honest ranking, blind to case and accents.
//!
//! A record whose id or identifier is in the query comes first, then one with exactly that title, then those in
//! which every word of the query occurs, by where the words occur; equals by id.

use std::collections::HashMap;

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

/// The words of a catalogue, and where they occur.
#[derive(Default)]
pub struct SearchIndex {
    ids: Vec<String>,
    identifiers: HashMap<String, Vec<usize>>,
    titles: HashMap<String, Vec<usize>>,
    words: HashMap<String, HashMap<usize, u64>>,
}

impl SearchIndex {
    /// Reads every record once.
    pub fn build<'a>(records: impl Iterator<Item = (&'a String, &'a Value)>, searched: &Searched) -> Self {
        let mut index = Self::default();
        for (id, record) in records {
            index.add(id, record, searched);
        }
        index
    }

    fn add(&mut self, id: &str, record: &Value, searched: &Searched) {
        let place = self.ids.len();
        self.ids.push(id.to_owned());
        for identifier in searched.identifiers.iter().flat_map(|path| paths::texts(record, path)) {
            note_once(self.identifiers.entry(fold(identifier)).or_default(), place);
        }
        for title in paths::texts(record, searched.title) {
            note_once(self.titles.entry(words(title).join(" ")).or_default(), place);
        }
        for (path, worth) in searched.words {
            for word in paths::texts(record, path).into_iter().flat_map(words) {
                let best = self.words.entry(word).or_default().entry(place).or_default();
                *best = (*best).max(*worth);
            }
        }
    }

    /// The ids of the records that match, best first.
    #[must_use]
    pub fn search(&self, query: &str) -> Vec<&str> {
        let mut scores = self.all_words(&words(query));
        let mut raise = |places: Option<&Vec<usize>>, worth| {
            places.into_iter().flatten().for_each(|place| *scores.entry(*place).or_default() += worth);
        };
        raise(self.titles.get(&words(query).join(" ")), EXACT_TITLE);
        let whole = fold(query.trim());
        raise(self.identifiers.get(&whole), IDENTIFIER);
        let parts = whole.split([' ', ',', '"']).filter(|part| !part.is_empty() && *part != whole);
        parts.for_each(|part| raise(self.identifiers.get(part), IDENTIFIER));
        let mut found: Vec<_> =
            scores.into_iter().map(|(place, score)| (score, self.ids[place].as_str())).collect();
        found.sort_by(|(one, a), (other, b)| other.cmp(one).then_with(|| a.cmp(b)));
        found.into_iter().map(|(_, id)| id).collect()
    }

    /// The records in which all of `words` occur; words that say little need not.
    fn all_words(&self, words: &[String]) -> HashMap<usize, u64> {
        let telling: Vec<_> = words.iter().filter(|word| !STOP_WORDS.contains(&word.as_str())).collect();
        let needed = if telling.is_empty() { words.iter().collect() } else { telling };
        let mut needed = needed.into_iter();
        let Some(mut scores) = needed.next().map(|word| self.occurrences(word)) else {
            return HashMap::new();
        };
        for word in needed {
            let occurrences = self.occurrences(word);
            scores.retain(|place, _| occurrences.contains_key(place));
            scores.iter_mut().for_each(|(place, score)| *score += occurrences[place]);
        }
        scores
    }

    fn occurrences(&self, word: &str) -> HashMap<usize, u64> {
        self.words.get(word).cloned().unwrap_or_default()
    }
}

fn note_once(places: &mut Vec<usize>, place: usize) {
    if places.last() != Some(&place) {
        places.push(place);
    }
}

/// The words of a text, folded.
fn words(text: &str) -> Vec<String> {
    let folded = fold(text);
    let words = folded.split(|character: char| !character.is_alphanumeric());
    words.filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// The text in lower case, without accents.
fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for character in text.chars() {
        if character.is_ascii() {
            folded.push(character.to_ascii_lowercase());
        } else {
            character.to_lowercase().for_each(|character| push_unaccented(character, &mut folded));
        }
    }
    folded
}

/// The letters of European languages; marks that combine with the letter before them are dropped.
fn push_unaccented(character: char, folded: &mut String) {
    let plain = match character {
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
