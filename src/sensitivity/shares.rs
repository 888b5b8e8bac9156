//! The shares of a survey: how much of all mutations, and of the critical ones, is noticed by whom. They stand in the
//! page, are read from it again, and fall only for a reason.

use super::tally::{Counts, Survey};
use crate::numbers::{grouped, percent};

/// How many of them somebody noticed.
type By = fn(&Counts) -> usize;

/// Who notices, as the rows of the page name them.
const ROWS: [(&str, By); 5] = [
    ("criteria", |counts| counts.by_criteria),
    ("contract", |counts| counts.by_contract),
    ("snapshots", |counts| counts.by_snapshots),
    ("criteria or contract", |counts| counts.without_snapshots),
    ("any of the three", |counts| counts.by_any),
];

/// The shares, row by row: of all mutations, and of the critical ones.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shares(Vec<(String, [Noticed; 2])>);

/// So many of so many.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Noticed {
    noticed: usize,
    all: usize,
}

impl Shares {
    /// Those of a survey.
    #[must_use]
    pub fn of(survey: &Survey) -> Self {
        let row = |(name, by): (&str, By)| {
            let share = |counts: &Counts| Noticed { noticed: by(counts), all: counts.mutations };
            (name.to_owned(), [share(&survey.all), share(&survey.critical)])
        };
        Self(ROWS.map(row).to_vec())
    }

    /// Those that stand in a page; `None` if it is no such page.
    #[must_use]
    pub fn read(page: &str) -> Option<Self> {
        let rows = ROWS.map(|(name, _)| {
            let line = page.lines().find_map(|line| line.strip_prefix(&format!("| {name} | ")))?;
            let (all, critical) = line.strip_suffix(" |")?.split_once(" | ")?;
            Some((name.to_owned(), [Noticed::read(all)?, Noticed::read(critical)?]))
        });
        rows.into_iter().collect::<Option<_>>().map(Self)
    }

    /// The table of them, in Markdown.
    #[must_use]
    pub fn table(&self) -> String {
        let mut table = "| noticed by | of all changes | of the critical ones |\n|---|---|---|\n".to_owned();
        for (name, [all, critical]) in &self.0 {
            table.push_str(&format!("| {name} | {} | {} |\n", all.written(), critical.written()));
        }
        table
    }

    /// The shares that were higher before, each in a sentence. Snapshots alone may go: what they noticed, a criterion
    /// may say now.
    #[must_use]
    pub fn fallen_since(&self, before: &Self) -> Vec<String> {
        let kinds = ["all changes", "the critical changes"];
        let pairs = self.0.iter().zip(&before.0).filter(|((name, _), _)| name != "snapshots");
        let both = pairs.flat_map(|((name, now), (_, before))| {
            kinds.iter().zip(now.iter().zip(before)).map(move |(kind, shares)| (name, kind, shares))
        });
        let fallen = both.filter(|(_, _, (now, before))| now.hundredths() < before.hundredths());
        fallen
            .map(|(name, kind, (now, before))| {
                format!("of {kind}, {name} noticed {}, and notice {} now", before.written(), now.written())
            })
            .collect()
    }
}

impl Noticed {
    fn written(self) -> String {
        let share = percent(self.noticed, self.all);
        format!("{share} ({} of {})", grouped(self.noticed), grouped(self.all))
    }

    fn read(written: &str) -> Option<Self> {
        let (noticed, all) = written.split_once(" (")?.1.strip_suffix(')')?.split_once(" of ")?;
        let number = |text: &str| text.replace(',', "").parse().ok();
        Some(Self { noticed: number(noticed)?, all: number(all)? })
    }

    /// The share in hundredths of a per cent, rounded down, as it is written.
    fn hundredths(self) -> usize {
        (self.noticed * 10_000).checked_div(self.all).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use pretty_assertions::assert_eq;
    use rstest::{fixture, rstest};

    use super::Shares;
    use crate::sensitivity::{Counts, Survey};

    #[fixture]
    fn survey() -> Survey {
        let all = Counts {
            mutations: 12_000,
            by_criteria: 6_000,
            by_contract: 8_000,
            by_snapshots: 3_000,
            without_snapshots: 11_000,
            by_any: 11_500,
        };
        Survey {
            all,
            critical: Counts { mutations: 10, by_criteria: 10, ..Counts::default() },
            ..Survey::default()
        }
    }

    #[rstest]
    fn what_is_written_is_read_again(survey: Survey) {
        let shares = Shares::of(&survey);
        assert!(shares.table().contains("| any of the three | 95.83 % (11,500 of 12,000) |"));
        assert_eq!(Shares::read(&shares.table()), Some(shares));
    }

    #[rstest]
    fn a_page_without_the_table_has_no_shares() {
        assert_eq!(Shares::read("# Sensitivity\n"), None);
    }

    #[rstest]
    fn a_share_that_falls_is_told(survey: Survey) {
        let mut now = survey.clone();
        now.all.by_any = 11_400;
        assert_eq!(
            Shares::of(&now).fallen_since(&Shares::of(&survey)),
            [
                "of all changes, any of the three noticed 95.83 % (11,500 of 12,000), and notice 95 % (11,400 of 12,000) \
              now"
            ]
        );
    }

    #[rstest]
    fn snapshots_may_go_if_criteria_notice_as_much(mut survey: Survey) {
        let before = Shares::of(&survey);
        survey.all.by_snapshots = 0;
        assert_eq!(Shares::of(&survey).fallen_since(&before), Vec::<String>::new());
    }
}
