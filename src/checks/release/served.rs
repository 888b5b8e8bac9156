//! What the stage says that it serves: the expected index and pipeline, and indexes that belong together.

use crate::catalogue::{Resource, ServedIndex, date_in};
use crate::evidence::Evidence;
use crate::suite::Expectation;
use crate::verdict::{Finding, Judgement};

/// What the stage says, or what follows from its saying nothing.
fn served(evidence: &Evidence) -> Result<ServedIndex, Judgement> {
    let answer = evidence.get(&Resource::elastic_config()).map_err(Judgement::undecided)?;
    ServedIndex::from_answer(answer).ok_or_else(|| {
        Judgement::undecided(format!(
            "the stage does not say what it serves: {} answers {} and names no index",
            Resource::elastic_config(),
            answer.status
        ))
    })
}

/// Whether the stage serves what the run was told. A run that was told nothing can only show that there is a name.
pub(super) fn as_expected(expectation: Expectation, evidence: &Evidence) -> Judgement {
    let served = match served(evidence) {
        Ok(served) => served,
        Err(judgement) => return judgement,
    };
    let (at, found, expected) = match expectation {
        Expectation::Index => ("worksIndex", served.works_index.clone(), &evidence.expected.index),
        Expectation::PipelineDate => {
            let (at, date) = pipeline_date(&served, evidence);
            (at, date, &evidence.expected.pipeline_date)
        }
    };
    let Some(found) = found else {
        return Judgement::undecided(format!("the stage does not tell it: `{at}` is missing in {served}"));
    };
    match expected {
        Some(expected) if *expected == found => Judgement::of(1, Vec::new()),
        Some(expected) => Finding {
            at: at.to_owned(),
            says: format!(
                "the stage does not serve what this release is meant to ship ({}): an old task may answer, or another \
                 release was deployed",
                expectation.variable()
            ),
            expected: expected.clone(),
            found,
            ..Finding::default()
        }
        .into(),
        None => {
            let says = format!(
                "{} is not set, so this shows only that the stage names one: {found}. No release is concluded from it.",
                expectation.variable()
            );
            let judgement = Judgement::of(1, Vec::new());
            // Nobody releases the embedded catalogue.
            if evidence.is_of_the_embedded_catalogue() { judgement.remarking(says) } else { judgement.warning(says) }
        }
    }
}

/// The pipeline date and where it was read. For an extra cluster the stage tells that of the default one, so there the
/// name of the index says it.
fn pipeline_date(served: &ServedIndex, evidence: &Evidence) -> (&'static str, Option<String>) {
    if is_extra_cluster(evidence) {
        let date = served.works_index.as_deref().and_then(date_in);
        return ("the date in the name of worksIndex", date.map(str::to_owned));
    }
    ("pipelineDate", served.pipeline_date.clone())
}

fn is_extra_cluster(evidence: &Evidence) -> bool {
    evidence.cluster.as_ref().is_some_and(|cluster| cluster != "default")
}

/// Whether the dates of the indexes and of the pipeline agree.
pub(super) fn one_pipeline(evidence: &Evidence) -> Judgement {
    let served = match served(evidence) {
        Ok(served) => served,
        Err(judgement) => return judgement,
    };
    let works = served.works_index.as_deref().and_then(date_in);
    let Some(works) = works else {
        return Judgement::undecided(format!("the name of the works index tells no date: {served}"));
    };
    let extra = is_extra_cluster(evidence);
    let images = served.images_index.as_deref().map(|name| ("imagesIndex", date_in(name), name));
    let pipeline = served.pipeline_date.as_deref().filter(|_| !extra);
    let pipeline = pipeline.map(|date| ("pipelineDate", Some(date), date));
    let beside: Vec<_> = images.into_iter().chain(pipeline).collect();
    let findings = beside.iter().filter(|(_, date, _)| *date != Some(works)).map(|(at, _, written)| Finding {
        at: (*at).to_owned(),
        says: "the API reads works of one pipeline beside something of another: it was built for another index than the \
               one it reads"
            .to_owned(),
        expected: format!("of {works}, as {}", served.works_index.as_deref().unwrap_or_default()),
        found: (*written).to_owned(),
        ..Finding::default()
    });
    let judgement = Judgement::of(beside.len(), findings.collect());
    if extra {
        return judgement.remarking(
            "pipelineDate was passed over: for an extra cluster the stage tells that of the default one",
        );
    }
    judgement
}
