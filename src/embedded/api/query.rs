//! The query string: reading it, and collecting everything that is wrong with it in one message.
//!
//! Parameters that nobody reads are ignored, as the real API ignores them.

use super::dates;
use super::errors::Refusal;

/// The parameters of one request, decoded, in their order.
#[derive(Debug, Default)]
pub struct Params {
    raw: String,
    pairs: Vec<(String, String)>,
}

impl Params {
    /// Reads a query string, without its `?`.
    #[must_use]
    pub fn parse(raw: &str) -> Self {
        Self { raw: raw.to_owned(), pairs: form_urlencoded::parse(raw.as_bytes()).into_owned().collect() }
    }

    /// The query string as it came.
    #[must_use]
    pub fn raw(&self) -> &str {
        &self.raw
    }

    /// The first value of `name`; an empty one counts as absent.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        let (_, value) = self.pairs.iter().find(|(key, _)| key == name)?;
        Some(value.as_str()).filter(|value| !value.is_empty())
    }

    /// The comma-separated values of `name`; a value that holds a comma must be quoted.
    #[must_use]
    pub fn list(&self, name: &str) -> Option<Vec<String>> {
        self.get(name).map(split_csv)
    }

    /// The values of `name` if they are all among `allowed`; otherwise notes the mistake.
    pub fn choices(
        &self,
        name: &str,
        allowed: &[&'static str],
        mistakes: &mut Mistakes,
    ) -> Vec<&'static str> {
        let asked = self.list(name).unwrap_or_default();
        let known = |value: &String| allowed.iter().copied().find(|choice| choice == value);
        let unknown: Vec<_> = asked.iter().filter(|value| known(value).is_none()).collect();
        mistakes.note_unknown(name, &unknown, allowed);
        asked.iter().filter_map(known).collect()
    }

    /// The day that `name` gives.
    pub fn day(&self, name: &str, mistakes: &mut Mistakes) -> Option<dates::Day> {
        let value = self.get(name)?;
        let day = dates::parse_day(value);
        if day.is_none() {
            mistakes.note(name, "Invalid date encoding. Expected YYYY-MM-DD");
        }
        day
    }

    /// The query string with `page` set to `number` and all else as it came.
    #[must_use]
    pub fn with_page(&self, number: u64) -> String {
        let is_page = |pair: &&str| form_urlencoded::parse(pair.as_bytes()).any(|(key, _)| key == "page");
        let mut pairs: Vec<_> = self
            .raw
            .split('&')
            .filter(|pair| !pair.is_empty() && !is_page(pair))
            .map(str::to_owned)
            .collect();
        pairs.push(format!("page={number}"));
        pairs.join("&")
    }
}

/// What is wrong with a query string.
#[derive(Debug, Default)]
pub struct Mistakes(Vec<String>);

impl Mistakes {
    /// Notes that the parameter `name` is at fault.
    pub fn note(&mut self, name: &str, says: &str) {
        self.0.push(format!("{name}: {says}"));
    }

    /// Notes the values of `name` that are not among `allowed`, if there are any.
    pub fn note_unknown(&mut self, name: &str, unknown: &[&String], allowed: &[&str]) {
        if !unknown.is_empty() {
            self.note(name, &not_among(unknown, allowed));
        }
    }

    /// Goes on only if nothing was noted.
    pub fn check(self) -> Result<(), Refusal> {
        if self.0.is_empty() { Ok(()) } else { Err(Refusal::bad_request(self.0.join(", "))) }
    }
}

fn not_among(unknown: &[&String], allowed: &[&str]) -> String {
    let quoted =
        |values: Vec<&str>| values.iter().map(|value| format!("'{value}'")).collect::<Vec<_>>().join(", ");
    let mistake = if unknown.len() == 1 { "is not a valid value" } else { "are not valid values" };
    let unknown = quoted(unknown.iter().map(|value| value.as_str()).collect());
    format!("{unknown} {mistake}. Please choose one of: [{}]", quoted(allowed.to_vec()))
}

/// Splits at commas outside double quotes; within quotes, `\` and a doubled quote keep the next character.
fn split_csv(text: &str) -> Vec<String> {
    let mut values = vec![String::new()];
    let mut quoted = false;
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        let value = values.last_mut().expect("there is always a value under way");
        match character {
            '\\' if quoted => value.extend(characters.next()),
            '"' if quoted && characters.peek() == Some(&'"') => value.extend(characters.next()),
            '"' if quoted || value.trim().is_empty() => quoted = !quoted,
            ',' if !quoted => values.push(String::new()),
            _ => value.push(character),
        }
    }
    values.iter().map(|value| value.trim().to_owned()).filter(|value| !value.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use pretty_assertions::assert_eq;
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::plain("a,k", &["a", "k"])]
    #[case::a_quoted_comma(r#""Oswego, N.Y.",k"#, &["Oswego, N.Y.", "k"])]
    #[case::a_doubled_quote(r#""the ""old"" way""#, &[r#"the "old" way"#])]
    #[case::an_escaped_quote(r#""the \"old\" way""#, &[r#"the "old" way"#])]
    #[case::a_quote_inside_a_value(r#"12" record"#, &[r#"12" record"#])]
    #[case::empty_values(",a,,", &["a"])]
    fn values_are_split_as_csv(#[case] text: &str, #[case] values: &[&str]) {
        assert_eq!(split_csv(text), values);
    }

    #[test]
    fn plus_and_percent_are_decoded() {
        let params = Params::parse("query=caf%C3%A9+noir");
        assert_eq!(params.get("query"), Some("café noir"));
    }

    #[test]
    fn page_is_replaced_and_the_rest_kept_as_it_came() {
        let params = Params::parse("include=items%2Cnotes&page=2&foo=bar");
        assert_eq!(params.with_page(3), "include=items%2Cnotes&foo=bar&page=3");
    }

    #[test]
    fn every_fault_is_told_in_one_message() {
        let params = Params::parse("include=foo,bar&sort=baz&since=yesterday");
        let mut mistakes = Mistakes::default();
        params.choices("include", &["items"], &mut mistakes);
        params.choices("sort", &["production.dates"], &mut mistakes);
        params.day("since", &mut mistakes);
        assert_eq!(
            mistakes.check().unwrap_err().description,
            "include: 'foo', 'bar' are not valid values. Please choose one of: ['items'], \
             sort: 'baz' is not a valid value. Please choose one of: ['production.dates'], \
             since: Invalid date encoding. Expected YYYY-MM-DD"
        );
    }
}
