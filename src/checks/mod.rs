//! What can be judged: one file per kind of check. Knows neither HTTP nor reports.

pub mod contract;
