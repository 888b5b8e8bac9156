//! Many requests of one sort: failing ones are named with the record behind them, slow ones with their times.

use std::sync::Arc;
use std::time::Duration;

use pretty_assertions::assert_eq;
use release_gate::embedded::server::Scripted;
use rstest::rstest;

use crate::support::{Gate, scripted, stage, suite_of};

fn suite(requests: &str, times: usize, more: &str) -> String {
    suite_of(&format!(
        "    liveness:\n      - {{ requests: {requests}, times: {times}, seed: 1, is: some requests{more} }}\n"
    ))
}

const FAILS: &str = r#"{"errorType":"http","httpStatus":500,"label":"Internal Server Error","type":"Error"}"#;

/// The number after `name` in a query.
fn number(path: &str, name: &str) -> Option<u64> {
    let digits = path.split_once(&format!("{name}="))?.1.split('&').next()?;
    digits.parse().ok()
}

#[rstest]
fn one_record_that_breaks_its_pages_is_named() {
    // The 137th work of the list cannot be shown, on whatever page it is.
    let stage = scripted(Arc::new(|path, _| {
        let (size, page) = (number(path, "pageSize")?, number(path, "page")?);
        let broken = !path.contains("sort=") && ((page - 1) * size + 1..=page * size).contains(&137);
        broken.then(|| Scripted::answer(500, FAILS))
    }));
    let ended = Gate::with_suite(&suite("deep-pages", 100, "")).stage(&stage).run();
    assert_eq!(ended.code, 1, "{}", ended.text());
    let text = ended.stdout.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(text.contains("record 37 of page 2, number 137 of the list, after "), "{text}");
    assert!(text.contains("/works?pageSize=1&page=137"), "{text}");
    let small = stage.requests().iter().filter(|request| request.contains("pageSize=1&page=")).count();
    assert!(small <= 7, "{small} pages of one record were asked for");
}

#[rstest]
#[case::deep_pages("deep-pages")]
#[case::every_include("every-include")]
#[case::every_aggregation("every-aggregation")]
#[case::random_works("random-works")]
#[case::searches("searches")]
fn so_many_requests_are_made_as_the_criterion_says(#[case] requests: &str) {
    let stage = stage();
    let ended = Gate::with_suite(&suite(requests, 20, "")).stage(&stage).args(["digitised-archives"]).run();
    let remarks = ended.verdict().expect("a verdict")["remarks"].to_string();
    assert!(remarks.contains("20 requests by seed 1"), "{}", ended.text());
    assert!(ended.stderr.contains("20 values looked at"), "{}", ended.text());
}

#[rstest]
fn slow_answers_are_found() {
    let stage = scripted(Arc::new(|path, _| {
        path.contains("query=").then(|| Scripted::late(Duration::from_millis(400)))
    }));
    let bound = ", slowest: { quantile: 80%, at-most: 2 times the probe, or: 20 ms }";
    let ended = Gate::with_suite(&suite("searches", 8, bound)).stage(&stage).run();
    assert_eq!(ended.code, 1, "{}", ended.text());
    assert!(ended.stdout.contains("the requests are too slow"), "{}", ended.text());
}

#[rstest]
fn an_answer_that_had_to_be_asked_for_again_is_noted() {
    let stage = scripted(Arc::new(|path, nth| {
        (path.contains("query=") && nth == 0)
            .then(|| Scripted::answer(503, "").with_header("retry-after", "0"))
    }));
    let ended = Gate::with_suite(&suite("searches", 3, "")).stage(&stage).run();
    assert_eq!(ended.code, 0, "{}", ended.text());
    assert!(ended.verdict().expect("a verdict")["remarks"].to_string().contains("only when asked again"));
    assert!(ended.stderr.contains("look at") && ended.stderr.contains("sampled"), "{}", ended.text());
}
