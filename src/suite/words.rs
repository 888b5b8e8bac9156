//! The kinds of text that the suite file is made of, each with its pattern and with what to say when it does not fit.
//!
//! `patternErrorMessage` is not a word of JSON Schema, but editors show it, and so does the gate.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::catalogue::WorkId;

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

/// A role, such as `Product`.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub(super) struct Owner(
    #[schemars(
        regex(pattern = r"\S"),
        extend("patternErrorMessage" = "name a role here, such as `Product`: it must not be blank")
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

/// An identifier as another system writes it, such as `b18659135`.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub(super) struct SourceIdentifier(
    #[schemars(
        regex(pattern = r"^\S(.*\S)?$"),
        extend("patternErrorMessage" = "write the identifier, without spaces around it")
    )]
    pub String,
);

/// A share of all, such as `99.5%`.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub(super) struct Percentage(
    #[schemars(
        regex(pattern = r"^(100(\.0{1,2})?|[0-9]{1,2}(\.[0-9]{1,2})?)%$"),
        extend("patternErrorMessage" = "write a share in per cent, such as `100%` or `99.5%`")
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
