//! The kinds of text that the suite file is made of, each with its pattern and with what to say when it does not fit.
//!
//! `patternErrorMessage` is not a word of JSON Schema, but editors show it, and so does the gate.

use std::sync::LazyLock;
use std::time::Duration;

use regex::Regex;
use schemars::JsonSchema;
use serde::Deserialize;

use crate::catalogue::{Endpoint, WorkId};

/// A short name: words in lower case, with hyphens between them.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub(super) struct Id(
    #[schemars(
        regex(pattern = "^[a-z0-9]+(-[a-z0-9]+)*$"),
        extend("patternErrorMessage" = "write lower-case words with hyphens between them, such as `old-ids-redirect`")
    )]
    pub String,
);

/// A kind of identifier, as the API names it, such as `sierra-system-number`.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub(super) struct IdentifierType(
    #[schemars(
        regex(pattern = "^[a-z0-9]+(-[a-z0-9]+)*$"),
        extend("patternErrorMessage" = "write it as the API does, such as `sierra-system-number`")
    )]
    pub String,
);

/// Text for people, which is not blank.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub(super) struct Text(
    #[schemars(
        regex(pattern = r"\S"),
        extend("patternErrorMessage" = "write a few words here: it must not be blank")
    )]
    pub String,
);

/// Where something stands in a work's record, with `[]` behind each list, such as `items[].locations[].url`.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub(super) struct Path(
    #[schemars(
        regex(pattern = r"^[A-Za-z]+(\[([A-Za-z.]+=[^\[\]=\s]+)?\])?(\.[A-Za-z]+(\[([A-Za-z.]+=[^\[\]=\s]+)?\])?)*$"),
        extend("patternErrorMessage" = "write the fields down to it with dots between them and `[]` behind each list, such as `items[].locations[].url`")
    )]
    pub String,
);

/// Where something changes, as the comparison with prod tells it: fields with dots between them, `[]` behind each list,
/// such as `items[].locations[type=DigitalLocation].url`; `*` for any field, `**` for any number of them.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub(super) struct ComparedPath(
    #[schemars(
        regex(pattern = r"^([A-Za-z]+|\*\*?)(\[([A-Za-z.]+=[^\[\]=\s]+)?\])?(\.([A-Za-z]+|\*\*?)(\[([A-Za-z.]+=[^\[\]=\s]+)?\])?)*$"),
        extend("patternErrorMessage" = "write the fields down to it with dots between them and `[]` behind each list, such as `items[].locations[type=DigitalLocation]`, or `status` for a record as a whole")
    )]
    pub String,
);

/// What becomes of something: prod has it and stage has not (`lost`), the other way round (`gained`), it says something
/// else (`changed`), it comes in another order (`moved`), or it was taken down and is shown again (`returned`).
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub(super) struct ChangeName(
    #[schemars(extend("enum" = ["lost", "gained", "changed", "moved", "returned"]))] pub String,
);

/// What a page is looked at with.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub(super) struct DeviceName(#[schemars(extend("enum" = ["desktop", "phone"]))] pub String);

/// What follows from errors of a page itself.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub(super) struct PageErrorsWord(#[schemars(extend("enum" = ["block", "warn"]))] pub String);

/// How grave a change is for readers, the gravest first.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub(super) struct SeverityName(
    #[schemars(extend("enum" = ["cannot-see", "cannot-find", "cannot-cite", "cannot-request", "wrong", "cosmetic"]))]
    pub String,
);

/// How many records are drawn; more than 10,000 would only cost time and memory.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
pub(super) struct DrawnNumber(
    #[schemars(
        range(min = 1, max = 10_000),
        extend("patternErrorMessage" = "write a number from 1 to 10000: what is drawn from both is kept in memory")
    )]
    pub u64,
);

/// A role, such as `Product`.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub(super) struct Owner(
    #[schemars(
        regex(pattern = r"\S"),
        extend("patternErrorMessage" = "name a role here, such as `Product`: it must not be blank")
    )]
    pub String,
);

/// A person or a role.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub(super) struct Person(
    #[schemars(
        regex(pattern = r"\S"),
        extend("patternErrorMessage" = "name who takes it upon them, a person or a role: it must not be blank")
    )]
    pub String,
);

/// The wording of a criterion, as a short hash.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub(super) struct Wording(
    #[schemars(
        regex(pattern = "^[0-9a-f]{8}$"),
        extend("patternErrorMessage" = "nobody writes this by hand: remove it, and approve the criterion with `cargo run --bin suite -- approve`")
    )]
    pub String,
);

/// A day: year, month and day, such as `2026-11-22`.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub(super) struct Day(
    #[schemars(
        regex(pattern = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"),
        extend("patternErrorMessage" = "write a day as year-month-day, such as `2026-11-22`", "format" = "date")
    )]
    pub String,
);

/// A web address.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub(super) struct Link(
    #[schemars(
        regex(pattern = r"^https?://[^\s/]+\S*$"),
        extend("patternErrorMessage" = "write a whole web address, beginning with `https://`")
    )]
    pub String,
);

/// What to ask the API for: the part of the address below `/catalogue/v2`, such as `/works?pageSize=101`.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub(super) struct Request(
    #[schemars(
        regex(pattern = r"^/[^\s/#][^\s#]*$"),
        extend("patternErrorMessage" = "write the part of the address below `/catalogue/v2`, beginning with `/`, such as `/works?pageSize=101`; a space in it is written `%20`")
    )]
    pub String,
);

/// How long something takes or lasts, such as `60 seconds` or `14 days`.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub(super) struct HowLong(
    #[schemars(
        regex(pattern = "^[0-9]{1,9} (ms|seconds?|minutes?|hours?|days?)$"),
        extend("patternErrorMessage" = "write a whole number and a unit: `500 ms`, `60 seconds`, `5 minutes`, `2 hours` or `14 days`")
    )]
    pub String,
);

impl HowLong {
    /// The time itself; nothing if it is not written as it must be.
    pub(super) fn duration(&self) -> Option<Duration> {
        let (number, unit) = self.0.split_once(' ')?;
        let number: u64 = number.parse().ok()?;
        let seconds = match unit.trim_end_matches('s') {
            "m" => return Some(Duration::from_millis(number)),
            "second" => 1,
            "minute" => 60,
            "hour" => 60 * 60,
            "day" => 24 * 60 * 60,
            _ => return None,
        };
        Some(Duration::from_secs(number * seconds))
    }
}

/// An identifier as another system writes it, such as `b18659135`.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub(super) struct SourceIdentifier(
    #[schemars(
        regex(pattern = r"^\S(.*\S)?$"),
        extend("patternErrorMessage" = "write the identifier, without spaces around it")
    )]
    pub String,
);

/// An id of a work, or an identifier of another system that finds one.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub(super) struct Permalink(
    #[schemars(
        regex(pattern = Permalink::PATTERN),
        extend("patternErrorMessage" = Permalink::WHAT_IT_IS)
    )]
    pub String,
);

impl Permalink {
    /// An id, a library number, a picture number, or a reference number with its slashes.
    pub const PATTERN: &str = "^([a-hjkmnp-z][a-hjkmnp-z2-9]{7}|b[0-9]{7}[0-9x]|[A-Z][0-9]{7}[A-Z0-9]*\
         |[A-Z][A-Za-z0-9 .:&()-]*(/[A-Za-z0-9.:&()-]([A-Za-z0-9 .:&()-]*[A-Za-z0-9.:&()-])?)+)$";
    /// What to write.
    pub const WHAT_IT_IS: &str = "write the id at the end of a work's address, such as `a222zvge`, or a number that \
         finds one work, such as `b18659135`, `GC/176/C/1` or `V0029060`";

    /// Whether this text can be one.
    pub fn can_be(text: &str) -> bool {
        static FORM: LazyLock<Regex> =
            LazyLock::new(|| Regex::new(Permalink::PATTERN).expect("the pattern is one"));
        FORM.is_match(text)
    }
}

/// The id that was most likely meant: the end of an address, in lower case.
pub(super) fn id_that_was_meant(written: &str) -> Option<String> {
    let end = written.trim_end_matches('/').rsplit('/').next()?.split(['?', '#']).next()?.trim();
    WorkId::parse(&end.to_lowercase()).map(|id| id.to_string())
}

/// A text file in the folder of the suite file or below it.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub(super) struct ListFile(
    #[schemars(
        regex(pattern = ListFile::PATTERN),
        extend("patternErrorMessage" = "name a text file in the folder of this file or below it, such as `permalinks.txt`: letters, digits and hyphens, and `.txt` at the end")
    )]
    pub String,
);

impl ListFile {
    /// No folder of it can be `..`, and none the root, so that it never leads out of where it begins.
    pub const PATTERN: &str = "^([A-Za-z0-9_-]+/)*[A-Za-z0-9_-]+\\.txt$";

    /// Whether it is written as it must be; if not, `structure` has said so.
    pub fn is_well_written(&self) -> bool {
        Regex::new(Self::PATTERN).is_ok_and(|form| form.is_match(&self.0))
    }
}

/// The name of a host, such as `iiif.wellcomecollection.org`.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub(super) struct Host(
    #[schemars(
        regex(pattern = "^[a-z0-9-]+(\\.[a-z0-9-]+)+$"),
        extend("patternErrorMessage" = "write the name of the host alone, in lower case, such as `iiif.wellcomecollection.org`")
    )]
    pub String,
);

/// The id of a work: the eight characters at the end of its address, such as `a222zvge`.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub(super) struct Work(
    #[schemars(
        regex(pattern = WorkId::PATTERN),
        extend("patternErrorMessage" = "an id is eight characters: letters (but not `i`, `l` or `o`) and digits from 2 to 9, the first a letter; copy it from the end of the work's address")
    )]
    pub String,
);

/// The id of a work, an image or a concept: the eight characters at the end of its address, such as `a222zvge`.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub(super) struct Record(
    #[schemars(
        regex(pattern = WorkId::PATTERN),
        extend("patternErrorMessage" = "an id is eight characters: letters (but not `i`, `l` or `o`) and digits from 2 to 9, the first a letter; copy it from the end of the record's address")
    )]
    pub String,
);

/// A share or a change in per cent, such as `1%` or `0.5%`.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub(super) struct Percent(
    #[schemars(
        regex(pattern = r"^[0-9]{1,4}(\.[0-9]{1,3})? ?%$"),
        extend("patternErrorMessage" = "write a number and its sign, such as `1%` or `0.5%`")
    )]
    pub String,
);

/// How many there must be.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
pub(super) struct Floor(
    #[schemars(
        range(min = 1),
        extend("patternErrorMessage" = "nothing is ever fewer than 0, so such a bound could never fail: write 1 or more")
    )]
    pub u64,
);

/// How many there may be.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
pub(super) struct Ceiling(
    #[schemars(
        range(min = 1),
        extend("patternErrorMessage" = "a misspelt value counts nothing as well, so this would hold for a typing error: write 1 or more")
    )]
    pub u64,
);

/// A number of records that makes no difference.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
pub(super) struct Allowance(
    #[schemars(
        range(min = 1),
        extend("patternErrorMessage" = "an allowance of 0 allows nothing: write 1 or more, or remove this key")
    )]
    pub u64,
);

/// A list of the API: `works`, `images` or `concepts`.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub(super) struct ListName(#[schemars(extend("enum" = ["works", "images", "concepts"]))] pub String);

impl ListName {
    /// The list.
    pub fn endpoint(&self) -> Option<Endpoint> {
        Endpoint::named(&self.0)
    }
}
