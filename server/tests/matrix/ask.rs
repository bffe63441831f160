//! Asking as somebody, and what an answer tells.

use axum::{
    Router,
    body::Body,
    http::{Request, StatusCode, header},
};
use domain::id::{AgendaItemId, MinutesId};
use http_body_util::BodyExt as _;
use sea_orm::{ConnectionTrait as _, Statement};
use tower::ServiceExt as _;

use crate::stage::{Laid, Principal, Stage};

pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) location: String,
    /// Its entity tag.
    pub(crate) tag: String,
    pub(crate) body: String,
}

pub(crate) async fn ask(
    router: &Router,
    principal: &Principal,
    request: axum::http::request::Builder,
    body: impl Into<Body>,
) -> Answer {
    let request = match &principal.session {
        Some(token) => request.header(header::COOKIE, format!("sid={token}; form=form-secret")),
        None => request,
    };
    let response = router.clone().oneshot(request.body(body.into()).unwrap()).await.unwrap();
    let (parts, body) = response.into_parts();
    let told = |name| parts.headers.get(name).map_or("", |value| value.to_str().unwrap()).to_owned();
    let (location, tag) = (told(header::LOCATION), told(header::ETAG));
    let body = body.collect().await.unwrap().to_bytes();
    Answer { status: parts.status, location, tag, body: String::from_utf8_lossy(&body).into_owned() }
}

/// How many times somebody was written down as having asked in vain.
pub(crate) async fn denied(stage: &Stage) -> i64 {
    let raw = &stage.world.raw;
    let asked =
        Statement::from_string(raw.get_database_backend(), "SELECT count(*) FROM audit WHERE outcome = 'denied'");
    raw.query_one_raw(asked).await.unwrap().unwrap().try_get_by_index(0).unwrap()
}

pub(crate) async fn get(router: &Router, principal: &Principal, path: &str) -> Answer {
    ask(router, principal, Request::get(path), String::new()).await
}

pub(crate) async fn call(router: &Router, principal: &Principal, function: &str, fields: &[(&str, String)]) -> Answer {
    let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    let request = Request::post(format!("/api/{function}"))
        .header(header::ACCEPT, "application/json")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header("sec-fetch-site", "same-origin");
    ask(router, principal, request, body).await
}

impl Answer {
    /// All that somebody could tell two answers apart by, but for what differs with every answer: words of 22 characters and
    /// more, which are nonces, tokens and ids, and the number of the request.
    pub(crate) fn told(&self) -> String {
        let words = |text: &str| {
            text.split(|character: char| !character.is_ascii_alphanumeric() && character != '-' && character != '_')
                .filter(|word| word.len() < 22)
                .collect::<Vec<_>>()
                .join(" ")
        };
        format!("{} {} {}", self.status, words(&self.location), words(&self.body))
    }

    /// The first thing of a case that stands in the answer.
    pub(crate) fn betrays(&self, laid: &Laid) -> Option<String> {
        let ids = [Some(laid.case.uuid()), laid.minutes.map(MinutesId::uuid), laid.undertaking, laid.addendum];
        let ids = ids.into_iter().flatten().chain(laid.items.iter().copied().map(AgendaItemId::uuid));
        let mut words: Vec<String> = ids.map(|id| id.to_string()).collect();
        let state = laid.name.trim_start_matches("Kanariefågel ");
        words.extend(
            ["Kanariefågel", "Kanariefråga", "Kanarietext", "Kanarieåtgärd", "Kanarieförslag", "Kanarietillägg"]
                .map(|kind| format!("{kind} {state}")),
        );
        let text = format!("{} {}", self.location, self.body);
        words.into_iter().find(|word| text.contains(word.as_str())).or_else(|| {
            let mut others =
                text.split(|character: char| !character.is_ascii_alphanumeric() && !"-_".contains(character));
            others.any(|word| word == laid.reference).then(|| laid.reference.clone())
        })
    }
}
