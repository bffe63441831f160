//! The way of a change: a plain form's post or an island's call, to a server function and back.
//!
//! Both go to the same address. An island gets the server function's own answer. A plain form gets 303: to `Done.go`, or back to
//! its own page with a draft of what was typed. Leptos would put the error into the address and trust Referer (F5); it never
//! sees that a form asked, as `Accept: text/html` is taken away before.

use std::sync::Arc;

use app::{
    path,
    problem::{Done, Problem},
    request::FormPage,
};
use axum::{
    body::{Body, Bytes},
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, StatusCode, header, request::Parts},
    response::{IntoResponse, Response},
};
use http_body_util::{BodyExt as _, LengthLimitError, Limited};
use leptos::{
    context::provide_context,
    server_fn::{axum::server_fn_paths, error::FromServerFnError as _},
};
use leptos_axum::handle_server_fns_with_context;

use super::{
    BODY, Web, form_token,
    origin::is_ours,
    plain,
    visit::{self, Visit},
};

const FORM: &str = "application/x-www-form-urlencoded";

/// A form as sent.
type Fields = Vec<(String, String)>;

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
    let (mut head, body) = run(visit, parts, body, path::WEEK).await;
    if head.status.is_server_error() {
        head.status = StatusCode::from_u16(Problem::de(body.clone()).status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    }
    head.headers.remove(header::LOCATION);
    head.headers.remove("serverfnredirect");
    (head.status, head.headers, body).into_response()
}

/// A plain form: 303 onwards, or back with a draft.
async fn form(visit: Visit, parts: Parts, body: &Bytes) -> Response {
    let sent: Fields = form_urlencoded::parse(body).into_owned().collect();
    let (own, fields): (Fields, Fields) = sent.into_iter().partition(|(name, _)| name.starts_with('_'));
    let of_own = |name: &str| own.iter().find(|(held, _)| held == name).map(|(_, value)| value.as_str());
    let page = of_own("_page").and_then(path::local).unwrap_or(path::WEEK).to_owned();
    let Some(token) = of_own("_token") else { return plain::page(StatusCode::FORBIDDEN) };
    let genuine = visit.form_secret.as_deref().is_some_and(|secret| form_token::is_of(token, secret));
    if !genuine {
        // The page was made for a session that is over, or for another one. Nothing is done; the text is kept.
        return back(&visit, &page, &Problem::SignedOut);
    }
    let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(&fields).finish();
    let kept = Visit { request: visit.request.clone(), form_secret: None, cookie: None };
    let (head, answer) = run(visit, parts, body.into(), &page).await;
    let mut response = match outcome(head.status, &answer) {
        Ok(done) => see(&onwards(&done)),
        Err(problem) => back(&kept, &page, &problem),
    };
    for name in [header::SET_COOKIE, axum::http::HeaderName::from_static("clear-site-data")] {
        for value in head.headers.get_all(&name) {
            response.headers_mut().append(&name, value.clone());
        }
    }
    response
}

/// Runs the server function as if an island had called it.
async fn run(visit: Visit, mut parts: Parts, body: Bytes, page: &str) -> (axum::http::response::Parts, Bytes) {
    parts.headers.insert(header::ACCEPT, HeaderValue::from_static("application/json"));
    parts.headers.remove(header::REFERER);
    parts.headers.remove(header::CONTENT_LENGTH);
    let (asked, page) = (visit.request, FormPage(page.into()));
    let context = move || {
        provide_context(asked.clone());
        provide_context(page.clone());
    };
    let answer = handle_server_fns_with_context(context, Request::from_parts(parts, Body::from(body))).await.into_response();
    let (head, body) = answer.into_parts();
    let body = body.collect().await.map(http_body_util::Collected::to_bytes).unwrap_or_default();
    (head, body)
}

/// What a server function's answer says. One that does not answer with `Done` was not made for plain forms: back to the page.
fn outcome(status: StatusCode, answer: &Bytes) -> Result<Option<Done>, Problem> {
    if status.is_success() { Ok(serde_json::from_slice(answer).ok()) } else { Err(Problem::de(answer.clone())) }
}

/// Where a change leads; never away from here (WEB-04).
fn onwards(done: &Option<Done>) -> String {
    let Some(Done { go, said }) = done else { return path::WEEK.to_owned() };
    let Some(go) = path::local(go) else {
        tracing::error!("a server function wanted to lead away from here");
        return path::WEEK.to_owned();
    };
    said.map_or_else(|| go.to_owned(), |said| path::with_query(go, "sagt", said.code()))
}

/// Back to the form's page. For somebody signed out that page leads to sign-in and from there back to itself.
fn back(_visit: &Visit, page: &str, problem: &Problem) -> Response {
    see(if *problem == Problem::NoAssignment { path::ASSIGNMENTS } else { page })
}

fn see(path: &str) -> Response {
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
