//! A mistake in the suite file: what is wrong, where, and what to do about it. How it looks is told in `refusal`.

/// A stretch of the file, in bytes from its beginning; the end is not part of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Span {
    pub start: usize,
    pub end: usize,
}

impl Span {
    pub(super) fn new(start: usize, end: usize) -> Self {
        Self { start, end: end.max(start) }
    }
}

/// One mistake, worded for somebody who reads no code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mistake {
    /// Where it is.
    pub at: Span,
    /// What is wrong, in one line; begins in lower case.
    pub says: String,
    /// A few words at the place itself: usually what to write instead.
    pub label: String,
    /// What to do, where the label has no room for it.
    pub help: Option<String>,
    /// Another place that the mistake is about, with a few words.
    pub also: Option<(Span, String)>,
}

impl Mistake {
    pub(super) fn new(at: Span, says: impl Into<String>) -> Self {
        Self { at, says: says.into(), label: String::new(), help: None, also: None }
    }

    pub(super) fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    pub(super) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    pub(super) fn also(mut self, at: Span, label: impl Into<String>) -> Self {
        self.also = Some((at, label.into()));
        self
    }

    /// What is wrong, and what stands at the place or else what to do, in one line.
    pub(super) fn in_a_line(&self) -> String {
        let label = if self.label.is_empty() { self.help.as_deref() } else { Some(self.label.as_str()) };
        label.map_or_else(|| self.says.clone(), |label| format!("{}: {label}", self.says))
    }
}

/// The known word nearest to `word`, if it is near enough to be what was meant.
pub(super) fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let lower = word.to_lowercase();
    known
        .into_iter()
        .map(|candidate| (strsim::damerau_levenshtein(&lower, &candidate.to_lowercase()), candidate))
        .filter(|(distance, candidate)| *distance <= 1 + candidate.len().min(word.len()) / 4)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// `` `a`, `b` and `c` ``.
pub(super) fn listed<'a>(words: impl IntoIterator<Item = &'a str>, last: &str) -> String {
    let quoted: Vec<String> = words.into_iter().map(|word| format!("`{word}`")).collect();
    match quoted.split_last() {
        Some((end, [])) => end.clone(),
        Some((end, start)) => format!("{} {last} {end}", start.join(", ")),
        None => String::new(),
    }
}
