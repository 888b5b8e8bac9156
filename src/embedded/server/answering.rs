//! Who answers a request: the script, a fault on the wire, the API, or the website, which asks the API first.

use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::extract::{ConnectInfo, State};
use axum::http::request::Parts;
use axum::http::{Method, header};
use axum::response::Response;

use super::log::{Log, PanicWatch};
use super::respond::{scripted, with_headers, written};
use super::{Script, Scripted};
use crate::api::{Answer, Asked, Refusal, Service};
use crate::faults::{self, Fault};
use crate::site::{self, Page, Site};
use crate::stand_ins::STAND_INS;
use crate::wire::Line;

/// All that an answer depends on.
pub struct Server {
    pub site: Site,
    pub service: Service,
    /// A task of the release before, which answers now and then.
    pub old_task: Option<Service>,
    pub fault: &'static Fault,
    pub latency: Duration,
    pub script: Option<Script>,
    pub log: Arc<Log>,
}

/// Answers a request, by the API or by the website, or as the script says.
pub async fn answer(
    State(server): State<Arc<Server>>,
    ConnectInfo(line): ConnectInfo<Line>,
    request: Parts,
) -> Response {
    let _watch = PanicWatch(&server.log);
    let path = request.uri.path_and_query().map_or("/", |path| path.as_str());
    let before = server.log.note(path);
    if !server.latency.is_zero() {
        tokio::time::sleep(server.latency).await;
    }
    match server.instead(path, before) {
        None => server.as_ever(&request, before).await,
        Some(Scripted::Answer { status, headers, body }) => scripted(status, &headers, body),
        Some(Scripted::Api { after, headers }) => {
            tokio::time::sleep(after).await;
            with_headers(server.as_ever(&request, before).await, &headers)
        }
        Some(Scripted::Hangup) => {
            line.cut();
            Response::new(Body::empty())
        }
        Some(Scripted::Hang) => std::future::pending().await,
    }
}

impl Server {
    /// What is answered instead of what the API or the website would say, if anything. The website has wires of its
    /// own, so a fault on those of the API does not touch them.
    fn instead(&self, path: &str, before: usize) -> Option<Scripted> {
        let scripted_first = self.script.as_ref().and_then(|script| script(path, before));
        scripted_first.or_else(|| if site::is_at(path) { None } else { self.fault.on_the_wire(path, before) })
    }

    async fn as_ever(&self, request: &Parts, before: usize) -> Response {
        if ![Method::GET, Method::HEAD].contains(&request.method) {
            return written(Refusal::method_not_allowed().into());
        }
        let path = request.uri.path_and_query().map_or("", |path| path.as_str());
        let host = request.headers.get(header::HOST).and_then(|host| host.to_str().ok());
        let origin = format!("http://{}", host.unwrap_or("127.0.0.1"));
        if site::is_at(path) {
            let cookies = request.headers.get_all(header::COOKIE);
            let reads_stage = cookies.iter().any(|cookies| site::is_of_stage(cookies.as_bytes()));
            return written(self.by_the_site(path, &origin, reads_stage).await);
        }
        written(self.by_the_api(path, &origin, before))
    }

    fn by_the_api(&self, path: &str, origin: &str, before: usize) -> Answer {
        said_by(self.task(path, before), path, origin)
    }

    async fn by_the_site(&self, path: &str, origin: &str, reads_stage: bool) -> Answer {
        let page = Page::at(path);
        let answered = match page.asks() {
            None => None,
            Some(asked) if reads_stage => self.to_the_site(&asked, origin).await,
            Some(asked) => Some(said_by(self.site.prod(), &asked, origin)),
        };
        self.site.show(&page, answered)
    }

    /// What the website gets when it asks the stage, as any client would: nothing if the connection breaks.
    async fn to_the_site(&self, path: &str, origin: &str) -> Option<Answer> {
        let before = self.log.note(path);
        match self.instead(path, before) {
            None => Some(self.by_the_api(path, origin, before)),
            Some(Scripted::Answer { status, headers, body }) => {
                let location = headers.into_iter().find(|(name, _)| name.eq_ignore_ascii_case("location"));
                let location = location.map(|(_, value)| value);
                Some(Answer { status, content_type: "application/json", location, body })
            }
            Some(Scripted::Api { after, .. }) => {
                tokio::time::sleep(after).await;
                Some(self.by_the_api(path, origin, before))
            }
            Some(Scripted::Hangup) => None,
            Some(Scripted::Hang) => std::future::pending().await,
        }
    }

    /// The task that answers: the old one, if there is one, each fourth time that the same is asked, beginning at a place
    /// that depends on the path, so that every run is alike.
    fn task(&self, path: &str, before: usize) -> &Service {
        let is_its_turn = (faults::turn(path) + before).is_multiple_of(4);
        self.old_task.as_ref().filter(|_| is_its_turn).unwrap_or(&self.service)
    }
}

/// What this service says to a GET of a path with its query.
fn said_by(service: &Service, path: &str, origin: &str) -> Answer {
    if let Some(address) = path.strip_prefix(STAND_INS) {
        return service.stand_in(address);
    }
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    service.answer(&Asked::new(path, query, origin))
}
