//! Lapses of the website: what it may do wrongly while the API answers as it should.

/// Something that the website does wrongly.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lapse {
    /// Pages lack what its script looks for, so the script fails.
    ScriptOfAnotherRelease,
    /// Its stylesheet is not where pages say that it is.
    LosesStylesheet,
    /// Pages of works fail after the server has said that all is well.
    Crashes,
}
