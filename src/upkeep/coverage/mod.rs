//! Which parts of the live catalogue no example stands for, with works to take as examples.
//!
//! What an example stands for is read from its record, not from the suite file. Here it is asked for; `facets` tells
//! what is looked at, `compare` compares without asking anybody, `markdown` words it.

mod compare;
mod facets;
mod markdown;

use std::collections::BTreeSet;
use std::path::Path;

pub use compare::Compared;
use compare::Seen;
use facets::FACETS;
pub use facets::example;

use crate::catalogue::{Resource, Sources, WorkId};
use crate::decision::Standing;
use crate::evidence::{self, Evidence, NoProgress};
use crate::gate::{Config, End, Misuse, Plan, StageChoice, Variables, whom};
use crate::suite::Suite;

/// What is said first of a listing that nobody should copy from.
const INVENTED: &str = "Most of these works are invented, as their titles say, and stand for nothing. To see real ones: \
                        `STAGE_URL=https://api-stage.wellcomecollection.org/catalogue/v2 cargo run --bin suite -- \
                        coverage`.";

/// The listing for this suite file, of the stage that the environment names or else of the embedded catalogue.
///
/// # Errors
///
/// Why there is none: the file has mistakes, the environment is not usable, or the stage does not answer.
pub fn coverage(path: &Path, file: &str) -> Result<String, String> {
    let suite = Suite::parse(path, file).map_err(|refusal| refusal.to_string())?;
    listing(&suite).map_err(|end| end.message)
}

fn listing(suite: &Suite) -> Result<String, End> {
    let looked = look(suite)?;
    let compared = looked.compared();
    if compared.iter().all(|facet| facet.values.is_empty()) {
        return Err(End::undecided(format!("{} tells nothing of what it holds.", looked.name)));
    }
    let page = markdown::page(&looked.name, &looked.seen(), &compared);
    Ok(if looked.evidence.is_of_the_embedded_catalogue() { format!("{INVENTED}\n\n{page}") } else { page })
}

/// What was looked at.
pub struct Looked {
    /// Where, in words.
    pub name: String,
    /// The works that approved criteria look at.
    pub examples: BTreeSet<WorkId>,
    /// What was answered.
    pub evidence: Evidence,
}

impl Looked {
    fn seen(&self) -> Seen<'_> {
        Seen::of(&self.evidence, &self.examples)
    }

    /// Each facet, and how far the examples stand for it.
    pub fn compared(&self) -> Vec<Compared> {
        let seen = self.seen();
        FACETS.iter().map(|facet| compare::compare(facet, &seen)).collect()
    }
}

/// Asks the stage that the environment names, or else the embedded catalogue, for the examples and for what it holds.
///
/// # Errors
///
/// If the environment is not usable, or the stage does not answer.
pub fn look(suite: &Suite) -> Result<Looked, End> {
    let mut config = Config::read(&Variables::of_this_process()?)?;
    if let StageChoice::Saved(_) = config.stage {
        return Err(Misuse(
            "The listing asks for more than a saved run holds. Name a stage in STAGE_URL, or unset it to look at the \
             embedded catalogue."
                .to_owned(),
        )
        .into());
    }
    // The listing compares with nothing.
    config.prod = None;
    let asked = whom(&config)?;
    let examples = examples(suite);
    let evidence = evidence::on_one_thread(ask(&asked.sources, &examples))
        .map_err(|error| End::undecided(format!("this machine gives no room to ask from ({error}).")))??;
    let name = match config.stage {
        StageChoice::Embedded => "the embedded catalogue".to_owned(),
        StageChoice::Live(_) | StageChoice::Saved(_) => evidence.stage.clone(),
    };
    Ok(Looked { name, examples, evidence })
}

/// The works that approved criteria look at. What is only proposed stands for nothing yet.
fn examples(suite: &Suite) -> BTreeSet<WorkId> {
    let plan = Plan::of(suite);
    let approved = plan.checks.iter().filter(|check| check.standing == Standing::Approved);
    approved.flat_map(|check| check.check().works()).map(|(work, _)| work).collect()
}

/// Asks until no facet wants to know more.
async fn ask(sources: &Sources, examples: &BTreeSet<WorkId>) -> Result<Evidence, End> {
    let stage = &sources.stage;
    let found = evidence::preflight(stage)
        .await
        .map_err(|silent| End::undecided(format!("{} does not answer: {silent}.", stage.target().url())))?;
    let mut evidence = Evidence::begin(stage.target(), found);
    let wanted = |evidence: &Evidence| -> BTreeSet<Resource> {
        let facets = FACETS.iter().flat_map(|facet| facet.resources(evidence));
        examples.iter().map(facets::example).chain(facets).collect()
    };
    evidence::fetch_in_rounds(sources, wanted, &mut evidence, &NoProgress).await;
    Ok(evidence)
}

#[cfg(test)]
mod tests;
