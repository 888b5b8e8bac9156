//! `SITE_URL`, `SITE_COOKIES` and `PAGES`: the website whose pages are looked at.

use super::{Misuse, StageChoice, Variables, non_empty};
use crate::browser::Cookie;

/// The website whose pages are looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SiteChoice {
    /// The stand-in for the website that the embedded catalogue serves.
    Embedded,
    /// A website, as a reader's browser loads it.
    Live {
        /// Scheme and host: `https://wellcomecollection.org`.
        url: String,
        /// The cookies that are sent with each request, by which it shows what the stage serves.
        cookies: Vec<Cookie>,
    },
}

/// Whether pages are looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pages {
    /// They must be: without a browser their checks are undecided.
    Required,
    /// They are, if there is a browser.
    IfPossible,
    /// They are not.
    Off,
}

/// Reads which website is looked at; `None` if none is named.
///
/// # Errors
///
/// If it is no address, or if its pages would show something else than what is judged.
pub(super) fn site(stage: &StageChoice, variables: &Variables) -> Result<Option<SiteChoice>, Misuse> {
    let (url, cookies) = (non_empty("SITE_URL", variables)?, non_empty("SITE_COOKIES", variables)?);
    match (stage, url, cookies) {
        (StageChoice::Embedded, None, None) => Ok(Some(SiteChoice::Embedded)),
        (StageChoice::Live(_) | StageChoice::Saved(_), None, None) => Ok(None),
        (_, None, Some(_)) => Err(Misuse::new(
            "SITE_COOKIES is set, but SITE_URL is not. Name the website, or unset SITE_COOKIES.",
        )),
        (StageChoice::Embedded, Some(_), _) => Err(Misuse::new(
            "SITE_URL is set, but STAGE_URL is not, so pages of the website would be looked at for the embedded \
             catalogue. Name the stage as well, or unset SITE_URL.",
        )),
        (StageChoice::Saved(_), Some(_), _) => Err(Misuse::new(
            "SITE_URL is set, but STAGE_URL names a saved run, which holds its pages as they were seen then. Unset \
             SITE_URL, or name a stage.",
        )),
        (StageChoice::Live(_), Some(_), None) => Err(Misuse::new(
            "SITE_URL is set, but SITE_COOKIES is not. The website shows what prod serves, unless a cookie tells it to \
             ask the stage: name that in SITE_COOKIES (`name=value`, several with `;` between them), or write \
             SITE_COOKIES=none if this website asks the stage by itself.",
        )),
        (StageChoice::Live(_), Some(url), Some(cookies)) => {
            let (url, cookies) = (base(url)?, read_cookies(cookies)?);
            if cookies.is_empty() && is_of_prod(&url) {
                return Err(Misuse(format!(
                    "SITE_COOKIES is `none`, but {url} shows what prod serves, so that nothing of the stage would be \
                     looked at. Name the cookie by which it asks the stage."
                )));
            }
            Ok(Some(SiteChoice::Live { url, cookies }))
        }
    }
}

/// Whether it is the website that everybody reads, which asks no stage by itself.
fn is_of_prod(url: &str) -> bool {
    let host = url.split_once("://").map_or(url, |(_, host)| host).to_lowercase();
    matches!(host.split(':').next(), Some("wellcomecollection.org" | "www.wellcomecollection.org"))
}

/// Reads whether pages are looked at.
///
/// # Errors
///
/// If it is none of the words, or if pages are demanded and there is no website.
pub(super) fn pages(
    stage: &StageChoice,
    site: Option<&SiteChoice>,
    variables: &Variables,
) -> Result<Pages, Misuse> {
    let pages = match variables.get("PAGES") {
        None if matches!(site, Some(SiteChoice::Live { .. })) => Pages::Required,
        Some("required") => Pages::Required,
        None | Some("if-possible") => Pages::IfPossible,
        Some("off") => Pages::Off,
        Some(other) => {
            return Err(Misuse(format!("PAGES is `{other}`; write `required`, `if-possible` or `off`.")));
        }
    };
    let of_nothing = site.is_none() && !matches!(stage, StageChoice::Saved(_));
    if pages == Pages::Required && of_nothing {
        return Err(Misuse::new("PAGES=required, but there is no website to look at: name it in SITE_URL."));
    }
    Ok(pages)
}

/// Scheme and host of the website.
fn base(url: &str) -> Result<String, Misuse> {
    let url = url.trim_end_matches('/');
    let host = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://")).unwrap_or_default();
    let is_plain = !host.is_empty() && !host.contains(['/', '?', '#', '@', ' ']);
    // What it is instead may hold a password.
    is_plain.then(|| url.to_owned()).ok_or_else(|| {
        Misuse::new(
            "SITE_URL is not usable; write only scheme and host of the website, such as \
             https://wellcomecollection.org.",
        )
    })
}

fn read_cookies(text: &str) -> Result<Vec<Cookie>, Misuse> {
    if text == "none" {
        return Ok(Vec::new());
    }
    if text.contains('…') {
        return Err(Misuse::new(
            "SITE_COOKIES holds `…`, which stands in reports for what they do not tell. Write the cookie's own value.",
        ));
    }
    let read = |pair: &str| {
        let (name, value) = pair.trim().split_once('=').filter(|(name, _)| !name.is_empty())?;
        Some(Cookie { name: name.to_owned(), value: value.to_owned() })
    };
    let cookies: Option<Vec<Cookie>> =
        text.split(';').filter(|pair| !pair.trim().is_empty()).map(read).collect();
    cookies.filter(|cookies| !cookies.is_empty()).ok_or_else(|| {
        Misuse::new(
            "SITE_COOKIES is not usable; write `name=value`, several with `;` between them, or `none`.",
        )
    })
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::{Cookie, Pages, SiteChoice, StageChoice, Variables, pages, site};
    use crate::catalogue::Target;

    const SITE: (&str, &str) = ("SITE_URL", "https://www.example.org/");
    const NO_TOGGLE: (&str, &str) = ("SITE_COOKIES", "none");
    const TOGGLE: (&str, &str) = ("SITE_COOKIES", "toggle=on; other=a=b;");

    fn live() -> StageChoice {
        StageChoice::Live(Target::parse("https://stage.example.org/catalogue/v2").unwrap())
    }

    fn read(
        stage: &StageChoice,
        variables: &[(&str, &str)],
    ) -> Result<(Option<SiteChoice>, Pages), super::Misuse> {
        let variables = Variables::from(variables);
        let site = site(stage, &variables)?;
        let pages = pages(stage, site.as_ref(), &variables)?;
        Ok((site, pages))
    }

    #[test]
    fn a_website_is_asked_with_its_cookies_and_its_pages_are_required() {
        let cookie = |name: &str, value: &str| Cookie { name: name.to_owned(), value: value.to_owned() };
        let cookies = vec![cookie("toggle", "on"), cookie("other", "a=b")];
        let expected = SiteChoice::Live { url: "https://www.example.org".to_owned(), cookies };
        assert_eq!(read(&live(), &[SITE, TOGGLE]), Ok((Some(expected), Pages::Required)));
    }

    #[test]
    fn a_website_that_asks_the_stage_by_itself_is_sent_no_cookie() {
        let expected = SiteChoice::Live { url: "https://www.example.org".to_owned(), cookies: Vec::new() };
        assert_eq!(read(&live(), &[SITE, NO_TOGGLE]), Ok((Some(expected), Pages::Required)));
    }

    #[rstest]
    #[case::the_embedded_catalogue(StageChoice::Embedded, &[], Pages::IfPossible)]
    #[case::a_stage_without_a_website(live(), &[], Pages::IfPossible)]
    #[case::a_saved_run(StageChoice::Saved("run".into()), &[("PAGES", "required")], Pages::Required)]
    #[case::turned_off(live(), &[SITE, TOGGLE, ("PAGES", "off")], Pages::Off)]
    #[case::demanded(StageChoice::Embedded, &[("PAGES", "required")], Pages::Required)]
    fn pages_are_looked_at_as_far_as_it_was_said(
        #[case] stage: StageChoice,
        #[case] variables: &[(&str, &str)],
        #[case] expected: Pages,
    ) {
        assert_eq!(read(&stage, variables).unwrap().1, expected);
    }

    #[rstest]
    #[case::of_prod_perhaps(live(), &[SITE], "shows what prod serves, unless a cookie tells it")]
    #[case::of_prod_surely(live(), &[("SITE_URL", "https://WellcomeCollection.org:443/"), NO_TOGGLE], "prod serves")]
    #[case::of_prod_by_another_name(live(), &[("SITE_URL", "https://www.wellcomecollection.org"), NO_TOGGLE], "prod serves")]
    #[case::of_the_embedded_catalogue(StageChoice::Embedded, &[SITE, TOGGLE], "STAGE_URL is not")]
    #[case::of_a_saved_run(StageChoice::Saved("run".into()), &[SITE, TOGGLE], "names a saved run")]
    #[case::cookies_for_nobody(live(), &[TOGGLE], "SITE_URL is not")]
    #[case::no_website(live(), &[("PAGES", "required")], "name it in SITE_URL")]
    #[case::a_page(live(), &[("SITE_URL", "https://www.example.org/works"), TOGGLE], "scheme and host")]
    #[case::a_password(live(), &[("SITE_URL", "https://me:s3cr3t@www.example.org"), TOGGLE], "scheme and host")]
    #[case::what_reports_do_not_tell(live(), &[SITE, ("SITE_COOKIES", "toggle=…")], "own value")]
    #[case::no_cookie(live(), &[SITE, ("SITE_COOKIES", "s3cr3t")], "write `name=value`")]
    #[case::an_empty_website(live(), &[("SITE_URL", ""), TOGGLE], "SITE_URL is set, but empty")]
    #[case::another_word(StageChoice::Embedded, &[("PAGES", "yes")], "write `required`")]
    fn pages_of_something_else_are_a_misuse(
        #[case] stage: StageChoice,
        #[case] variables: &[(&str, &str)],
        #[case] says: &str,
    ) {
        let misuse = read(&stage, variables).unwrap_err().to_string();
        assert!(misuse.contains(says) && !misuse.contains("s3cr3t"), "{misuse}");
    }
}
