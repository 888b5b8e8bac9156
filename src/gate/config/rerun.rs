//! The variables that make another run like this one.

use super::{Config, Pages, ProdChoice, SiteChoice, StageChoice, expected};
use crate::catalogue::ExpectedRelease;

impl Config {
    /// The variables that make another run like this one, for the command that re-runs a check. Never the key.
    #[must_use]
    pub fn rerun_variables(&self) -> String {
        let suite = self.other_suite.then(|| format!("GATE_SUITE={} ", self.suite.display()));
        let stage = match &self.stage {
            StageChoice::Embedded => String::new(),
            StageChoice::Saved(folder) => format!("STAGE_URL=file:{} ", folder.display()),
            StageChoice::Live(target) => {
                let cluster = target.cluster().map(|label| format!("ELASTIC_CLUSTER={label} "));
                let key = target.has_key().then_some("STAGE_API_KEY=… ");
                format!(
                    "STAGE_URL={} {}{}",
                    target.url(),
                    cluster.unwrap_or_default(),
                    key.unwrap_or_default()
                )
            }
        };
        let prod = match (&self.prod, &self.stage) {
            (None, _) | (Some(ProdChoice::Embedded), StageChoice::Embedded) => String::new(),
            (Some(ProdChoice::Embedded), _) => "PROD_URL=embedded ".to_owned(),
            (Some(ProdChoice::Live(target)), _) => format!("PROD_URL={} ", target.url()),
        };
        let links = if self.check_links { "CHECK_LINKS=1 " } else { "" };
        let pages = match &self.site {
            Some(SiteChoice::Live { url, cookies }) if cookies.is_empty() => {
                format!("SITE_URL={url} SITE_COOKIES=none ")
            }
            // What a cookie holds may be a secret.
            Some(SiteChoice::Live { url, cookies }) => {
                let cookies: Vec<String> =
                    cookies.iter().map(|cookie| format!("{}=…", cookie.name)).collect();
                format!("SITE_URL={url} SITE_COOKIES='{}' ", cookies.join("; "))
            }
            Some(SiteChoice::Embedded) | None => String::new(),
        };
        // As it is not without being said.
        let demanded = match (self.pages, &self.site) {
            (Pages::Required, Some(SiteChoice::Embedded)) => "PAGES=required ",
            (Pages::IfPossible, Some(SiteChoice::Live { .. })) => "PAGES=if-possible ",
            _ => "",
        };
        format!("{}{stage}{prod}{pages}{demanded}{links}{}", suite.unwrap_or_default(), self.rerun_expected())
    }

    /// The variables of what is expected; an index that was waited for is there by now.
    fn rerun_expected(&self) -> String {
        let set = |name: &str, value: &Option<String>| {
            value.as_ref().map(|value| format!("{name}={value} ")).unwrap_or_default()
        };
        let ExpectedRelease { index, pipeline_date } = &self.expected;
        set(expected::INDEX, index) + &set(expected::PIPELINE_DATE, pipeline_date)
    }
}
