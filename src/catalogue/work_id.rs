//! The canonical id of a record: eight characters, as the id minter of the catalogue pipeline makes them.

use std::fmt;

/// A canonical id, such as `a222zvge`: eight of `a`–`z` and `2`–`9`, the first a letter.
///
/// The id minter leaves out characters that people confuse (`0`, `1`, `i`, `l`, `o`).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WorkId(String);

impl WorkId {
    /// How an id must look, for schemas and messages.
    pub const PATTERN: &str = "^[a-hjkmnp-z][a-hjkmnp-z2-9]{7}$";

    /// Reads an id; `None` if it cannot be one.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let letter = |c: u8| c.is_ascii_lowercase() && !matches!(c, b'i' | b'l' | b'o');
        let bytes = text.as_bytes();
        let fits = bytes.len() == 8
            && letter(bytes[0])
            && bytes.iter().all(|&c| letter(c) || matches!(c, b'2'..=b'9'));
        fits.then(|| Self(text.to_owned()))
    }

    /// The id as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for WorkId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
