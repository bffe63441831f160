//! The way of a change: a plain form's post or an island's call, to a server function and back.
//!
//! Both go to the same address. An island gets the server function's own answer. A plain form gets 303: to `Done.go`, or back to
//! its own page with a draft of what was typed. Leptos would put the error into the address and trust Referer (F5); it never
//! sees that a form asked, as `Accept: text/html` is taken away before.

use std::sync::Arc;

use app::{
    path,
    problem::{Done, Problem},
    request::{FormPage, Visitor},
};
use axum::{
    body::{Body, Bytes},
    extract::{Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header, request::Parts},
    response::{IntoResponse, Response},
};
use backend::receipt::{self, Claim, Ticket};
use data_encoding::HEXLOWER;
use http_body_util::{BodyExt as _, Collected, LengthLimitError, Limited};
use leptos::{
    context::provide_context,
    server_fn::{axum::server_fn_paths, error::FromServerFnError as _},
};
use leptos_axum::handle_server_fns_with_context;
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use super::{
    BODY, Web, drafts,
    drafts::Sent,
    form_token,
    origin::is_ours,
    plain,
    visit::{self, Visit},
};

const FORM: &str = "application/x-www-form-urlencoded";

/// Answers a POST under `/api/`.
pub async fn answer(State(web): State<Arc<Web>>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    if !is_ours(&parts.headers, &web.backend.site().origin) {
        return plain::page(StatusCode::FORBIDDEN);
    }
    if !server_fn_paths().any(|(path, _)| path == parts.uri.path()) {
        return plain::page(StatusCode::NOT_FOUND);
    }
    let kind = content_type(&parts.headers);
    if !matches!(kind.as_str(), FORM | "application/json") {
        return plain::page(StatusCode::UNSUPPORTED_MEDIA_TYPE);
    }
    let body = match read(body).await {
        Ok(body) => body,
        Err(status) => return plain::page(status),
    };
    let visit = visit::read(&web, &parts).await;
    let plain_form = accepts_html(&parts.headers);
    if plain_form && kind == FORM { form(visit, parts, &body).await } else { call(visit, parts, body).await }
}

/// An island's call: the server function's own answer, with the status its problem means.
async fn call(visit: Visit, parts: Parts, body: Bytes) -> Response {
    let (mut head, body) = run(visit.request, parts, body, path::WEEK).await;
    if head.status.is_server_error() {
        head.status =
            StatusCode::from_u16(Problem::de(body.clone()).status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    }
    head.headers.remove(header::LOCATION);
    head.headers.remove("serverfnredirect");
    (head.status, head.headers, body).into_response()
}

/// A plain form: 303 onwards, or back with a draft.
async fn form(visit: Visit, parts: Parts, body: &Bytes) -> Response {
    let sent = Sent::read(parts.uri.path(), body);
    let Some(token) = sent.own("_token") else { return plain::page(StatusCode::FORBIDDEN) };
    let genuine = visit.form_secret.as_deref().is_some_and(|secret| form_token::is_of(token, secret));
    if !genuine {
        // The page was made for a session that is over, or for another one. Nothing is done; the text is kept.
        return drafts::back(&visit.request, &sent, Problem::SignedOut).await;
    }
    let ticket = match once(&visit.request, &sent).await {
        Ok(Claim::Fresh(ticket)) => Some(ticket),
        Ok(Claim::Answered(done)) => return see(&onwards(serde_json::from_str(&done).ok().as_ref())),
        Err(Unclaimed::NoNumber) => None,
        Err(Unclaimed::Problem(problem)) => return drafts::back(&visit.request, &sent, problem).await,
    };
    let (head, answer) = run(visit.request.clone(), parts, sent.body().into(), sent.page()).await;
    let outcome = outcome(head.status, &answer);
    if let Some(ticket) = ticket {
        remember(ticket, outcome.as_ref().ok()).await;
    }
    let mut response = match outcome {
        Ok(done) => {
            drafts::forget(&visit.request, &sent).await;
            see(&onwards(done.as_ref()))
        }
        Err(problem) => drafts::back(&visit.request, &sent, problem).await,
    };
    for name in [header::SET_COOKIE, HeaderName::from_static("clear-site-data")] {
        for value in head.headers.get_all(&name) {
            response.headers_mut().append(&name, value.clone());
        }
    }
    response
}

/// Why a form has no claim on its number.
pub(super) enum Unclaimed {
    /// It has none, or nobody is signed in: not guarded against a second post.
    NoNumber,
    /// It cannot be worked on now.
    Problem(Problem),
}

/// Claims this very form with this very content. The same page sent again with other text is another change.
pub(super) async fn once(request: &app::request::Request, sent: &Sent) -> Result<Claim, Unclaimed> {
    let (Visitor::SignedIn(actor), Some(number)) = (&request.visitor, sent.own("_once")) else {
        return Err(Unclaimed::NoNumber);
    };
    let content = HEXLOWER.encode(&Sha256::digest(sent.body().as_bytes()));
    let once = format!("{number} {} {content}", sent.form);
    receipt::claim(&request.backend, actor.person, &once).await.map_err(|error| Unclaimed::Problem(error.into()))
}

/// Writes down how it went. If that fails the change is made all the same, and a second post meets the use case's own version.
pub(super) async fn remember(ticket: Ticket, done: Option<&Option<Done>>) {
    let written = match done {
        Some(done) => match serde_json::to_string(&done.clone().unwrap_or_else(|| Done::go(path::WEEK))) {
            Ok(done) => ticket.answer(&done).await,
            Err(_) => ticket.release().await,
        },
        None => ticket.release().await,
    };
    if let Err(fault) = written {
        tracing::warn!(fault = &fault as &dyn std::error::Error, "a form's receipt was not written");
    }
}

/// Runs the server function as if an island had called it.
async fn run(
    asked: app::request::Request,
    mut parts: Parts,
    body: Bytes,
    page: &str,
) -> (http::response::Parts, Bytes) {
    parts.headers.insert(header::ACCEPT, HeaderValue::from_static("application/json"));
    parts.headers.remove(header::REFERER);
    parts.headers.remove(header::CONTENT_LENGTH);
    let page = FormPage(page.into());
    let (visitor, named) = (asked.visitor.clone(), named(&body));
    let backend = asked.backend.clone();
    let context = move || {
        provide_context(asked.clone());
        provide_context(page.clone());
    };
    let answer =
        handle_server_fns_with_context(context, Request::from_parts(parts, Body::from(body))).await.into_response();
    let (head, body) = answer.into_parts();
    let body = body.collect().await.map(Collected::to_bytes).unwrap_or_default();
    if let (Err(Problem::NotFound | Problem::Denied), Visitor::SignedIn(actor)) =
        (outcome(head.status, &body), &visitor)
        && let Err(fault) = backend.log_refused(actor, named).await
    {
        tracing::error!(fault = &fault as &dyn std::error::Error, "a refused change was not written down");
    }
    (head, body)
}

/// What a change is about, as far as its fields tell: the first id that is not the meeting's, else that one.
fn named(body: &Bytes) -> Option<Uuid> {
    let fields: Vec<(String, String)> = match serde_json::from_slice::<serde_json::Map<String, serde_json::Value>>(body)
    {
        Ok(object) => object.into_iter().filter_map(|(name, value)| Some((name, value.as_str()?.to_owned()))).collect(),
        Err(_) => form_urlencoded::parse(body).into_owned().collect(),
    };
    let id = |(_, value): &(String, String)| value.parse::<Uuid>().ok();
    let (meetings, others): (Vec<_>, Vec<_>) = fields.iter().partition(|(name, _)| name == "meeting");
    others.into_iter().chain(meetings).find_map(id)
}

/// What a server function's answer says. One that does not answer with `Done` was not made for plain forms: back to the page.
fn outcome(status: StatusCode, answer: &Bytes) -> Result<Option<Done>, Problem> {
    if status.is_success() { Ok(serde_json::from_slice(answer).ok()) } else { Err(Problem::de(answer.clone())) }
}

/// Where a change leads; never away from here (WEB-04).
pub(super) fn onwards(done: Option<&Done>) -> String {
    let Some(Done { go, said }) = done else { return path::WEEK.to_owned() };
    let Some(go) = path::local(go) else {
        tracing::error!("a server function wanted to lead away from here");
        return path::WEEK.to_owned();
    };
    said.map_or_else(|| go.to_owned(), |said| path::with_query(go, "sagt", said.code()))
}

pub(super) fn see(path: &str) -> Response {
    let to = HeaderValue::from_str(path).unwrap_or(HeaderValue::from_static(path::WEEK));
    (StatusCode::SEE_OTHER, [(header::LOCATION, to)]).into_response()
}

/// The body, up to its bound.
async fn read(body: Body) -> Result<Bytes, StatusCode> {
    match Limited::new(body, BODY).collect().await {
        Ok(body) => Ok(body.to_bytes()),
        Err(fault) if fault.is::<LengthLimitError>() => Err(StatusCode::PAYLOAD_TOO_LARGE),
        Err(_) => Err(StatusCode::BAD_REQUEST),
    }
}

fn content_type(headers: &HeaderMap) -> String {
    let full = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    full.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

fn accepts_html(headers: &HeaderMap) -> bool {
    headers.get_all(header::ACCEPT).iter().any(|value| value.to_str().is_ok_and(|list| list.contains("text/html")))
}
