//! `RELEASE_…`: which release is judged, for the reports. Nothing is decided by it.

use super::Variables;
use crate::catalogue::ApiKey;
use crate::report::Release;

/// Reads what whoever started the run said of the release; what is empty was not said.
///
/// People paste into descriptions: should the key of the stage stand in one, it is taken out.
pub(super) fn release(variables: &Variables) -> Release {
    let key = variables.get("STAGE_API_KEY").and_then(|key| ApiKey::new(key).ok());
    let told = |name: &str| {
        let text = variables.get(name).map(str::trim).filter(|text| !text.is_empty())?;
        Some(key.as_ref().map_or_else(|| text.to_owned(), |key| key.scrub(text).into_owned()))
    };
    Release {
        id: told("RELEASE_ID"),
        requested_by: told("RELEASE_REQUESTED_BY"),
        description: told("RELEASE_DESCRIPTION"),
    }
}
