//! The environment variables of this process, as text.

use std::collections::BTreeMap;
use std::env;

use super::config::Misuse;

/// What the gate listens to, by the beginning of the name.
const HEARD: [&str; 19] = [
    "STAGE_",
    "PROD_URL",
    "PAGE_VIEWS",
    "RELEASE_",
    "ELASTIC_CLUSTER",
    "EXPECT_",
    "WAIT_",
    "GATE_",
    "CHECK_LINKS",
    "SITE_",
    "PAGES",
    "CHROMIUM",
    "CI",
    "NEXTEST",
    "INSTA_",
    "CARGO_MANIFEST_DIR",
    "GITHUB_ACTIONS",
    "GITHUB_OUTPUT",
    "GITHUB_STEP_SUMMARY",
];

/// The environment variables that the gate listens to.
#[derive(Debug, Clone, Default)]
pub struct Variables(BTreeMap<String, String>);

impl Variables {
    /// Those of this process.
    ///
    /// # Errors
    ///
    /// If one of them is not text: taken as unset, a stage would be forgotten and the embedded catalogue judged.
    pub fn of_this_process() -> Result<Self, Misuse> {
        let mut variables = BTreeMap::new();
        for (name, value) in env::vars_os() {
            let Ok(name) = name.into_string() else { continue };
            if !HEARD.iter().any(|heard| name.starts_with(heard)) {
                continue;
            }
            let value = value
                .into_string()
                .map_err(|_| Misuse(format!("{name} is not text (UTF-8). Set it anew, or unset it.")))?;
            variables.insert(name, value);
        }
        Ok(Self(variables))
    }

    /// The value of a variable, if it is set.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }
}

impl Variables {
    /// Whether nextest started this process for one check: it tells the job of others' too, or else of nothing.
    #[must_use]
    pub fn is_one_process_of_nextest(&self) -> bool {
        self.get("NEXTEST_EXECUTION_MODE") == Some("process-per-test")
    }
}

#[cfg(test)]
impl From<&[(&str, &str)]> for Variables {
    fn from(variables: &[(&str, &str)]) -> Self {
        Self(variables.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
    }
}
