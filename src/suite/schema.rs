//! The schema of the suite file, generated from the types in `file`.
//!
//! The copy in `schemas/works-examples.schema.json` is for editors. A test below fails when it is stale.

use std::sync::LazyLock;

use jsonschema::{PatternOptions, Validator};
use schemars::generate::SchemaSettings;
use serde_json::Value;

use super::file::SuiteFile;

/// The schema itself.
pub(super) static SCHEMA: LazyLock<Value> = LazyLock::new(|| {
    SchemaSettings::draft2020_12().into_generator().into_root_schema_for::<SuiteFile>().into()
});

/// The schema, ready for use; `None` if it is no schema, which a test rules out.
pub(super) static VALIDATOR: LazyLock<Option<Validator>> = LazyLock::new(|| {
    let patterns = PatternOptions::regex();
    jsonschema::draft202012::options().with_pattern_options(patterns).build(&SCHEMA).ok()
});

#[cfg(test)]
mod tests {
    use std::{env, fs};

    use serde_json::Value;

    use super::{SCHEMA, VALIDATOR};

    const COPY: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/schemas/works-examples.schema.json");

    /// Every word that our schema may use. JSON Schema itself lets misspelt words pass.
    const WORDS: [&str; 27] = [
        "$schema",
        "$defs",
        "$ref",
        "title",
        "description",
        "type",
        "properties",
        "required",
        "additionalProperties",
        "propertyNames",
        "items",
        "minItems",
        "minLength",
        "minProperties",
        "minimum",
        "maximum",
        "pattern",
        "patternErrorMessage",
        "format",
        "const",
        "enum",
        "enumDescriptions",
        "not",
        "allOf",
        "anyOf",
        "oneOf",
        "dependentRequired",
    ];

    #[test]
    fn the_copy_for_editors_is_fresh() {
        let fresh = format!("{}\n", serde_json::to_string_pretty(&*SCHEMA).unwrap());
        if env::var_os("UPDATE_SCHEMA").is_some() {
            fs::write(COPY, &fresh).unwrap();
        }
        let copy = fs::read_to_string(COPY).unwrap_or_default();
        assert!(
            copy == fresh,
            "schemas/works-examples.schema.json does not say what the types in src/suite/file.rs say.\n\
             Refresh it with: UPDATE_SCHEMA=1 cargo test --lib the_copy_for_editors_is_fresh"
        );
    }

    #[test]
    fn the_schema_is_a_schema() {
        assert!(VALIDATOR.is_some());
        jsonschema::meta::validate(&SCHEMA).unwrap();
    }

    #[test]
    fn the_schema_has_no_misspelt_words() {
        let mut found = Vec::new();
        strange_words(&SCHEMA, &mut found);
        assert_eq!(found, Vec::<String>::new());
    }

    fn strange_words(schema: &Value, found: &mut Vec<String>) {
        let Some(schema) = schema.as_object() else { return };
        for (word, value) in schema {
            match word.as_str() {
                "$defs" | "properties" => {
                    value.as_object().unwrap().values().for_each(|inner| strange_words(inner, found));
                }
                "allOf" | "anyOf" | "oneOf" => {
                    value.as_array().unwrap().iter().for_each(|inner| strange_words(inner, found));
                }
                "items" | "additionalProperties" | "propertyNames" | "not" => strange_words(value, found),
                _ => {}
            }
            if !WORDS.contains(&word.as_str()) {
                found.push(word.clone());
            }
        }
    }
}
