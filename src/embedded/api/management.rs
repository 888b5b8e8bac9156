//! What the API tells about itself: its index, how many works of each kind, and that it lives.

use serde::Serialize;
use serde_json::json;

use super::{Answer, Asked, Refusal, Service};
use crate::catalogue::Work;

/// `GET /_elasticConfig`.
pub fn elastic_config(service: &Service, asked: &Asked) -> Result<Answer, Refusal> {
    let cluster = service.cluster_with_images(asked)?;
    let index = &service.catalogue.index;
    Ok(Answer::ok(&json!({
        "worksIndex": index.works_index,
        "imagesIndex": index.images_index,
        // As in the real API, another cluster tells the date of the default one.
        "pipelineDate": index.pipeline_date,
        "clusterName": cluster.unwrap_or(&index.cluster_name),
    })))
}

/// How many works there are of each kind.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
struct WorkTypes {
    visible: usize,
    redirected: usize,
    invisible: usize,
    deleted: usize,
}

/// `GET /management/_workTypes`.
pub fn work_types(service: &Service) -> Answer {
    let mut types = WorkTypes::default();
    for work in service.catalogue.works.values() {
        let count = match work {
            Work::Visible(_) => &mut types.visible,
            Work::Redirected { .. } => &mut types.redirected,
            Work::Invisible => &mut types.invisible,
            Work::Deleted => &mut types.deleted,
        };
        *count += 1;
    }
    Answer::ok(&types)
}

/// `GET /management/healthcheck`.
pub fn healthcheck() -> Answer {
    Answer::ok(&json!({"status": "ok"}))
}

/// `GET /management/clusterhealth`.
pub fn cluster_health(service: &Service) -> Answer {
    Answer::ok(&json!({"clusterName": service.catalogue.index.cluster_name, "status": "green"}))
}

#[cfg(test)]
mod tests {
    use pretty_assertions::assert_eq;
    use rstest::rstest;
    use serde_json::json;

    use crate::api::fixture::{Get, service, service_with_cluster};

    #[test]
    fn works_are_counted_by_kind() {
        assert_eq!(
            service().get("/management/_workTypes").json(),
            json!({"Visible": 6, "Redirected": 1, "Invisible": 1, "Deleted": 1})
        );
    }

    #[test]
    fn index_is_told() {
        let expected = json!({
            "worksIndex": "works-indexed-2026-08-20",
            "imagesIndex": "images-indexed-2026-08-20",
            "pipelineDate": "2026-08-20",
            "clusterName": "pipeline",
        });
        assert_eq!(service().get("/_elasticConfig").json(), expected);
        assert_eq!(service().get("/_elasticConfig?elasticCluster=default").json(), expected);
    }

    #[test]
    fn configured_cluster_is_named() {
        let answer = service_with_cluster("xp").get("/_elasticConfig?elasticCluster=xp").json();
        assert_eq!((&answer["clusterName"], &answer["pipelineDate"]), (&json!("xp"), &json!("2026-08-20")));
    }

    #[rstest]
    fn unknown_cluster_is_not_found(
        #[values("/works", "/works/a1111111", "/images", "/images/i1111111", "/_elasticConfig")] path: &str,
    ) {
        let answer = service_with_cluster("xp").get(&format!("{path}?elasticCluster=nowhere"));
        assert_eq!(answer.status, 404);
        assert_eq!(answer.json()["description"], json!("Cluster nowhere is not configured"));
        assert_eq!(service_with_cluster("xp").get(&format!("{path}?elasticCluster=xp")).status, 200);
    }

    #[rstest]
    #[case::works("/works", 200)]
    #[case::images("/images", 404)]
    #[case::config("/_elasticConfig", 404)]
    fn elser_serves_works_only(#[case] path: &str, #[case] status: u16) {
        assert_eq!(service_with_cluster("elser").get(&format!("{path}?elasticCluster=elser")).status, status);
    }

    #[rstest]
    #[case::health("/management/healthcheck", 200)]
    #[case::cluster("/management/clusterhealth", 200)]
    #[case::unknown("/nowhere", 404)]
    #[case::below_a_work("/works/a1111111/nothing", 404)]
    fn path_is_answered_with(#[case] path: &str, #[case] status: u16) {
        assert_eq!(service().get(path).status, status);
    }
}
