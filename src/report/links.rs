//! Where a reader can go from a check: to the answer, to the same answer of prod, to a command.

use serde::Serialize;

use crate::comparison::{Example, Subject};
use crate::decision::About;

/// What the links of a run are made from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Links {
    /// The API's root, for the link to the answer.
    pub api: String,
    /// How to bring up the API, where it is gone with the run; else empty.
    pub api_note: &'static str,
    /// The root of the API that people use now, if the run was told of one that can be asked later.
    pub prod: Option<String>,
    /// The cluster that every request to the stage names.
    pub cluster: Option<String>,
    /// Whether requests to the stage carry a key.
    pub has_key: bool,
    /// The suite file, as people know it.
    pub suite: String,
    /// Environment variables that make another run like this one, each followed by a blank. Never the key.
    pub rerun: String,
}

/// Where an example of a change can be looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ExampleLinks {
    /// Its page on the website, which shows what prod serves, if it has one.
    pub page: Option<String>,
    /// What stage answers.
    pub stage: Option<String>,
    /// What prod answers, if that can be asked later.
    pub prod: Option<String>,
}

impl Links {
    /// The address of the answer that shows what a check judged; `None` if no single one does.
    #[must_use]
    pub fn answer(&self, about: &About) -> Option<String> {
        let separator = if about.request.contains('?') { '&' } else { '?' };
        let cluster = self.cluster.as_ref().map(|label| format!("{separator}elasticCluster={label}"));
        let request = format!("{}{}{}", self.api, about.request, cluster.unwrap_or_default());
        (!about.request.is_empty()).then_some(request)
    }

    /// The address of the same answer of prod.
    #[must_use]
    pub fn answer_of_prod(&self, about: &About) -> Option<String> {
        let prod = self.prod.as_ref().filter(|_| !about.request.is_empty())?;
        Some(format!("{prod}{}", about.request))
    }

    /// Where an example of a change can be looked at.
    #[must_use]
    pub fn of_example(&self, subject: Subject, example: &Example) -> ExampleLinks {
        let id = example.of.as_str();
        let is_id = !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_alphanumeric());
        let place = match subject {
            Subject::Works => "works",
            Subject::Images => "images",
            Subject::Answers => "",
        };
        let request = match subject {
            Subject::Answers => id.to_owned(),
            _ if is_id => format!("/{place}/{id}"),
            _ => String::new(),
        };
        let about = About { request, ..About::default() };
        ExampleLinks {
            page: (is_id && !place.is_empty())
                .then(|| format!("https://wellcomecollection.org/{place}/{id}")),
            stage: self.answer(&about),
            prod: self.answer_of_prod(&about),
        }
    }

    /// The command that shows the answer, with its status and where it leads to. The key stands in it as the variable
    /// that holds it.
    #[must_use]
    pub fn curl(&self, about: &About) -> Option<String> {
        let key = if self.has_key { "-H \"x-api-key: $STAGE_API_KEY\" " } else { "" };
        self.answer(about).map(|url| format!("curl -si {key}{}", quoted(&url)))
    }

    /// The command that judges this check alone.
    #[must_use]
    pub fn alone(&self, name: &str) -> String {
        format!("{}cargo test --test gate -- --exact {}", self.rerun, quoted(name))
    }
}

/// A word of a shell's, whatever is in it.
fn quoted(word: &str) -> String {
    format!("'{}'", word.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use rstest::{fixture, rstest};

    use super::Links;
    use crate::decision::About;

    #[fixture]
    fn links() -> Links {
        Links {
            api: "https://stage.example.org/v2".to_owned(),
            api_note: "",
            prod: Some("https://prod.example.org/v2".to_owned()),
            cluster: None,
            has_key: false,
            suite: "suite.yaml".to_owned(),
            rerun: "STAGE_URL=https://stage.example.org/v2 ".to_owned(),
        }
    }

    fn about(request: &str) -> About {
        About { request: request.to_owned(), ..About::default() }
    }

    #[rstest]
    #[case::a_record("/works/a222zvge", "https://stage.example.org/v2/works/a222zvge?elasticCluster=new")]
    #[case::a_search("/works?query=x", "https://stage.example.org/v2/works?query=x&elasticCluster=new")]
    fn an_answer_of_a_cluster_is_asked_of_that_cluster(
        links: Links,
        #[case] request: &str,
        #[case] url: &str,
    ) {
        let links = Links { cluster: Some("new".to_owned()), ..links };
        assert_eq!(links.answer(&about(request)).as_deref(), Some(url));
    }

    #[rstest]
    fn prod_is_asked_for_the_same_without_the_cluster(links: Links) {
        let links = Links { cluster: Some("new".to_owned()), ..links };
        let url = links.answer_of_prod(&about("/works/a222zvge"));
        assert_eq!(url.as_deref(), Some("https://prod.example.org/v2/works/a222zvge"));
    }

    #[rstest]
    fn what_no_single_request_shows_has_no_link(links: Links) {
        let about = about("");
        assert_eq!(
            (links.answer(&about), links.answer_of_prod(&about), links.curl(&about)),
            (None, None, None)
        );
    }

    #[rstest]
    #[case::open(false, "curl -si 'https://stage.example.org/v2/works?query=it'\\''s'")]
    #[case::with_a_key(
        true,
        "curl -si -H \"x-api-key: $STAGE_API_KEY\" 'https://stage.example.org/v2/works?query=it'\\''s'"
    )]
    fn a_command_can_be_copied_whatever_the_request(
        links: Links,
        #[case] has_key: bool,
        #[case] command: &str,
    ) {
        let links = Links { has_key, ..links };
        assert_eq!(links.curl(&about("/works?query=it's")).as_deref(), Some(command));
    }
}
