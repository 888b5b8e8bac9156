//! Whose review is asked for before something is merged, as GitHub reads `CODEOWNERS`.

use pretty_assertions::assert_eq;
use rstest::rstest;

use crate::support::read;

#[rstest]
fn product_is_asked_for_what_decides() {
    let file = read(".github/CODEOWNERS");
    let (product, developers) = ("@wellcomecollection/product", "@wellcomecollection/developers");
    for path in ["/works-examples.yaml", "/permalinks.txt", "/snapshots/stage/x.snap", "/docs/approvals.md"] {
        assert_eq!(owners(&file, path), [product], "{path}");
    }
    for path in [
        "/.github/workflows/release-gate.yml",
        "/.github/CODEOWNERS",
        "/.ci/run",
        "/scripts/run-gate",
        "/schemas/x.json",
        "/src/gate/judge.rs",
    ] {
        assert_eq!(owners(&file, path), [product, developers], "{path}");
    }
    assert_eq!(owners(&file, "/src/lib.rs"), [developers]);
    assert_eq!(owners("/a/ @x\n* @y\n", "/a/b"), ["@y"], "the last line counts");
    let template = read(".github/pull_request_template.md");
    assert!(template.contains("works-examples.yaml") && template.contains("snapshots/"), "{template}");
}

/// Whose review GitHub asks for: of all lines that fit a file, the last one says.
fn owners<'f>(file: &'f str, path: &str) -> Vec<&'f str> {
    let mut lines = file.lines().filter(|line| !line.starts_with('#'));
    let fits = |pattern: &str| {
        pattern == "*" || pattern == path || pattern.ends_with('/') && path.starts_with(pattern)
    };
    let last = lines.rfind(|line| line.split_whitespace().next().is_some_and(fits));
    last.into_iter().flat_map(|line| line.split_whitespace().skip(1)).collect()
}
