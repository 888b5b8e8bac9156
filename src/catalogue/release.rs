//! Which release a stage serves: the index that it reads, as its undocumented `/_elasticConfig` says.

use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Answer, Body};

/// What a stage says it serves. A stage may leave out any of it.
///
/// For an extra cluster without a pipeline date of its own, `pipeline_date` is that of the default one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ServedIndex {
    /// The index of works, such as `works-indexed-2026-11-01`.
    pub works_index: Option<String>,
    /// The index of images.
    pub images_index: Option<String>,
    /// The date that names the pipeline.
    pub pipeline_date: Option<String>,
    /// The cluster that holds the indexes.
    pub cluster_name: Option<String>,
}

/// What a run was told that the release ships; what it was not told of is nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ExpectedRelease {
    /// The index of works (`EXPECT_INDEX`).
    pub index: Option<String>,
    /// The date that names the pipeline (`EXPECT_PIPELINE_DATE`).
    pub pipeline_date: Option<String>,
}

/// The cluster that the embedded catalogue says to live in, as no real one does.
const EMBEDDED: &str = "embedded";

/// The date in the name of an index: `2026-11-01` of `works-indexed-2026-11-01`.
#[must_use]
pub fn date_in(index: &str) -> Option<&str> {
    let is_date = |text: &str| {
        let shape =
            |(at, byte): (usize, u8)| if [4, 7].contains(&at) { byte == b'-' } else { byte.is_ascii_digit() };
        text.bytes().enumerate().all(shape)
    };
    (0..index.len()).filter_map(|start| index.get(start..start + 10)).find(|text| is_date(text))
}

impl ServedIndex {
    /// Whether it is said to be in the embedded catalogue.
    #[must_use]
    pub fn is_embedded(&self) -> bool {
        self.cluster_name.as_deref() == Some(EMBEDDED)
    }

    /// Reads the answer to `/_elasticConfig`; `None` if the stage does not say what it serves.
    #[must_use]
    pub fn from_answer(answer: &Answer) -> Option<Self> {
        let (200, Body::Json(config)) = (answer.status, &answer.body) else { return None };
        let field = |name: &str| config.get(name).and_then(Value::as_str).map(str::to_owned);
        let served = Self {
            works_index: field("worksIndex"),
            images_index: field("imagesIndex"),
            pipeline_date: field("pipelineDate"),
            cluster_name: field("clusterName"),
        };
        let silent = served.works_index.is_none() && served.pipeline_date.is_none();
        (!silent).then_some(served)
    }
}

impl fmt::Display for ServedIndex {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.works_index.as_deref().unwrap_or("an index that is not named"))?;
        let more: Vec<String> = [
            self.images_index.as_ref().map(|name| format!("images {name}")),
            self.pipeline_date.as_ref().map(|date| format!("pipeline {date}")),
            self.cluster_name.as_ref().map(|name| format!("cluster {name}")),
        ]
        .into_iter()
        .flatten()
        .collect();
        if more.is_empty() { Ok(()) } else { write!(f, " ({})", more.join(", ")) }
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;
    use serde_json::json;

    use super::*;

    fn answer(status: u16, config: Value) -> Answer {
        Answer::new(status, Body::Json(config))
    }

    #[rstest]
    fn the_served_index_is_worded_for_people() {
        let config = json!({"worksIndex": "works-1", "pipelineDate": "2026-11-01", "clusterName": "default"});
        let served = ServedIndex::from_answer(&answer(200, config)).expect("an index");
        assert_eq!(served.to_string(), "works-1 (pipeline 2026-11-01, cluster default)");
    }

    #[rstest]
    #[case::at_its_end("works-indexed-2026-11-01", Some("2026-11-01"))]
    #[case::in_its_midst("works-2026-11-01-copy", Some("2026-11-01"))]
    #[case::no_date("works-indexed-reindex", None)]
    #[case::no_whole_date("works-2026-11", None)]
    #[case::letters_of_many_bytes("œuvres-2026-11-01", Some("2026-11-01"))]
    fn the_date_of_an_index_is_read_from_its_name(#[case] name: &str, #[case] date: Option<&str>) {
        assert_eq!(date_in(name), date);
    }

    #[rstest]
    #[case::absent(404, json!({"worksIndex": "works-1"}))]
    #[case::empty(200, json!({}))]
    #[case::not_an_object(200, json!([]))]
    #[case::not_text(200, json!({"worksIndex": 7}))]
    fn a_stage_that_does_not_say_is_unknown(#[case] status: u16, #[case] config: Value) {
        assert_eq!(ServedIndex::from_answer(&answer(status, config)), None);
    }
}
