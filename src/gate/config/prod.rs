//! `PROD_URL`: the API that people use now, to compare the stage with.

use super::{Misuse, ProdChoice, StageChoice, Variables};
use crate::catalogue::Target;

/// Reads what the stage is compared with. The embedded catalogue is compared with itself unless something else is
/// named, so that every kind of criterion can be tried without a network.
///
/// # Errors
///
/// If it is no URL, or names what is judged: a catalogue is always equal to itself.
pub(super) fn prod(stage: &StageChoice, variables: &Variables) -> Result<Option<ProdChoice>, Misuse> {
    let Some(url) = variables.get("PROD_URL") else {
        return Ok(matches!(stage, StageChoice::Embedded).then_some(ProdChoice::Embedded));
    };
    if let StageChoice::Saved(_) = stage {
        return Err(Misuse::new(
            "PROD_URL is set, but STAGE_URL names a saved run, which holds what prod answered then. Unset PROD_URL, \
             or name a stage.",
        ));
    }
    if url == "embedded" {
        return Ok(Some(ProdChoice::Embedded));
    }
    let prod = Target::parse(url).map_err(|error| {
        Misuse(format!(
            "PROD_URL is not usable: {error}. Or write `embedded`, to compare with the embedded catalogue."
        ))
    })?;
    match stage {
        StageChoice::Live(stage) if stage.url() == prod.url() && stage.cluster().is_none() => {
            Err(Misuse::new(
                "PROD_URL and STAGE_URL name the same API, which is always equal to itself, so a comparison would show \
             nothing. Name the stage in STAGE_URL, and what people use now in PROD_URL.",
            ))
        }
        StageChoice::Live(_) | StageChoice::Embedded | StageChoice::Saved(_) => {
            Ok(Some(ProdChoice::Live(prod)))
        }
    }
}
