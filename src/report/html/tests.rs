//! The page as a whole: that it can be read, that nothing of a record acts in it, and what it says of each run.

use std::fmt::Write;

use rstest::{fixture, rstest};

use super::reader::{Element, read};
use super::text::Limits;
use super::{content, page, within};
use crate::report::fixture as runs;
use crate::report::{Links, Run};
use crate::verdict::{Compared, Finding, Verdict};

fn elements(run: &Run) -> Vec<Element> {
    read(&content(run).unwrap()).unwrap()
}

fn all<'a>(elements: &'a [Element], name: &str) -> Vec<&'a Element> {
    elements.iter().filter(|it| it.name == name).collect()
}

/// What a reader sees, in outline: headings, lists, tables and links, a line each.
fn outline(elements: &[Element]) -> String {
    let mut told = String::new();
    for element in elements {
        let text = element.text.split_whitespace().collect::<Vec<_>>().join(" ");
        let open = if element.attribute("open").is_some() { " (unfolded)" } else { "" };
        let line = match element.name.as_str() {
            "h1" | "h2" | "h3" | "h4" | "h5" => {
                format!("{} {text}", "#".repeat(element.name[1..].parse().unwrap()))
            }
            "details" => format!("details{open}"),
            "a" => format!("  -> {text}: {}", element.attribute("href").unwrap_or_default()),
            "p" | "li" | "pre" | "summary" | "dt" | "dd" | "tr" | "caption" => {
                format!("{}: {text}", element.name)
            }
            _ => continue,
        };
        writeln!(told, "{line}").unwrap();
    }
    told
}

#[rstest]
#[case::passing("passing", runs::passing())]
#[case::failing("failing", runs::failing())]
#[case::undecided("undecided", runs::undecided())]
#[case::mixed("mixed", runs::mixed())]
#[case::of_pages("of-pages", runs::of_pages())]
fn the_page_tells_a_run(#[case] name: &str, #[case] run: Run) {
    insta::assert_snapshot!(name, outline(&elements(&run)));
}

#[fixture]
fn hostile() -> Vec<Element> {
    elements(&runs::hostile())
}

#[rstest]
fn every_page_can_be_read() {
    for (name, run) in runs::all() {
        for limits in [Limits::AMPLE, Limits::TIGHT] {
            let read = read(&page::of(&run, &limits).into_string());
            assert!(read.is_ok(), "{name}: {}", read.unwrap_err());
        }
    }
}

#[rstest]
fn no_record_brings_a_script_or_a_style(hostile: Vec<Element>) {
    assert_eq!((all(&hostile, "script").len(), all(&hostile, "style").len()), (1, 1));
    let acts = |it: &Element| it.attributes.iter().any(|(name, _)| name.starts_with("on") || name == "style");
    assert!(!hostile.iter().any(acts));
    let text = &all(&hostile, "main")[0].text;
    assert!(text.contains("<script>alert('x')</script>"), "it is shown as text");
}

#[rstest]
fn links_lead_to_the_web_or_within_the_page(hostile: Vec<Element>) {
    let links = all(&hostile, "a");
    assert!(links.len() > 3, "{links:?}");
    for link in links {
        let leads = link.attribute("href").unwrap();
        assert!(leads.starts_with("https://") || leads.starts_with('#'), "{leads}");
    }
}

#[rstest]
fn links_within_the_page_lead_somewhere() {
    for (name, run) in runs::all() {
        let elements = elements(&run);
        let ids: Vec<&str> = elements.iter().filter_map(|it| it.attribute("id")).collect();
        let links = all(&elements, "a").into_iter().filter_map(|it| it.attribute("href")?.strip_prefix('#'));
        for id in links {
            assert_eq!(ids.iter().filter(|it| **it == id).count(), 1, "{name}: {id}");
        }
    }
}

#[rstest]
fn a_text_of_100_kb_is_cut_with_an_honest_mark(hostile: Vec<Element>) {
    let page = content(&runs::hostile()).unwrap();
    assert!(page.len() < 400_000, "{} bytes", page.len());
    let told = &all(&hostile, "main")[0].text;
    assert!(told.contains("[cut here: 96,000 more characters, in report.json]"));
}

#[rstest]
#[case::fits(1_000_000, false)]
#[case::does_not_fit(20_000, true)]
fn a_run_that_would_make_the_page_too_large_is_told_more_shortly(
    #[case] largest: usize,
    #[case] shortly: bool,
) {
    let mut run = runs::failing();
    let finding = Finding { says: "x".repeat(1000), ..Finding::default() };
    run.judged[0].verdict = Verdict::Fail { findings: vec![finding; 20] };
    let page = within(largest, &run);
    assert_eq!(page.contains("[cut here: 18 more findings, in report.json]"), shortly);
}

#[rstest]
fn headings_go_down_a_step_at_a_time() {
    for (name, run) in runs::all() {
        let elements = elements(&run);
        let levels = elements.iter().filter_map(|it| it.name.strip_prefix('h')?.parse::<u8>().ok());
        let mut last = 0;
        for level in levels {
            assert!(level <= last + 1, "{name}: h{level} after h{last}");
            last = level;
        }
        assert_eq!(all(&elements, "h1").len(), 1, "{name}");
    }
}

#[rstest]
fn only_what_is_written_here_may_run() {
    let elements = elements(&runs::passing());
    let is_policy = |it: &&Element| it.attribute("http-equiv") == Some("Content-Security-Policy");
    let policy = elements.iter().find(is_policy).unwrap().attribute("content").unwrap();
    assert!(policy.starts_with("default-src 'none'; img-src data:; style-src 'sha256-"), "{policy}");
    assert!(!policy.contains("unsafe"), "{policy}");
}

#[rstest]
fn pictures_stand_in_the_page_itself_unless_it_would_be_too_large() {
    let of = |limits: &Limits| read(&page::of(&runs::of_pages(), limits).into_string()).unwrap();
    let elements = of(&Limits::AMPLE);
    let pictures = all(&elements, "img");
    assert_eq!(pictures.len(), 1);
    assert!(pictures[0].attribute("src").unwrap().starts_with("data:image/webp;base64,"));
    assert!(pictures[0].attribute("alt").is_some_and(|alt| alt.contains("/works/a222zvge")));
    assert!(all(&of(&Limits::TIGHT), "img").is_empty());
}

#[rstest]
fn what_is_no_picture_is_not_shown_as_one() {
    let mut run = runs::of_pages();
    for check in &mut run.judged {
        if let Some(Compared::Page { picture, .. }) = check.compared.as_deref_mut() {
            *picture = runs::HOSTILE.to_owned();
        }
    }
    assert!(all(&elements(&run), "img").is_empty());
}

#[rstest]
#[case::embedded(" (bring it up with a command)", true)]
#[case::a_stage("", false)]
fn links_to_what_is_gone_with_the_run_are_explained(#[case] api_note: &'static str, #[case] told: bool) {
    let run = runs::passing();
    let links = Links { api_note, ..run.links.clone() };
    let text = all(&elements(&Run { links, ..run }), "main")[0].text.clone();
    assert_eq!(text.contains("(bring it up with a command)"), told);
}

#[rstest]
fn what_does_not_pass_is_unfolded_and_stands_first() {
    let elements = elements(&runs::mixed());
    let of = |it: &&Element| it.attribute("class") == Some("criterion");
    let told = elements
        .iter()
        .filter(of)
        .map(|it| (it.attribute("data-outcome").unwrap(), it.attribute("open").is_some()));
    let expected = [
        ("failed", true),
        ("undecided", true),
        ("overridden", true),
        ("waived", true),
        ("not judged", false),
        ("failed", false),
    ];
    assert_eq!(told.collect::<Vec<_>>(), expected);
}

#[rstest]
fn many_stories_of_a_criterion_are_folded_after_the_first() {
    let mut run = runs::failing();
    run.judged = vec![run.judged[0].clone(); 5];
    let elements = elements(&run);
    let told = outline(&elements);
    assert!(told.contains("details\nsummary: 2 more that do not pass\n"), "{told}");
    assert_eq!(all(&elements, "article").len(), 5);
}
