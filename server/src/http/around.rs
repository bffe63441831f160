//! What happens around every request: a number, bounds, the headers of every response, one line in the log.

use std::{sync::Arc, time::Instant};

use axum::{
    body::Body,
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse as _, Response},
};
use data_encoding::{BASE32_NOPAD, BASE64URL_NOPAD};
use tracing::Instrument as _;

use super::{ADDRESS, BODY, FIELDS, Web, headers::harden, papers, plain};

/// The request's number and the nonce of its response.
#[derive(Clone, Debug)]
pub struct Marks {
    /// Thirteen letters and digits: in the log, in `x-request-id`, on the page for faults.
    pub id: Arc<str>,
    /// What both are made of.
    random: [u8; 24],
}

impl Marks {
    fn new(web: &Web) -> Self {
        let mut random = [0; 24];
        web.backend.random().fill(&mut random);
        let (number, _) = random.split_at(8);
        let mut id = BASE32_NOPAD.encode(number);
        id.make_ascii_lowercase();
        Self { id: id.into(), random }
    }

    /// 128 random bits, the same each time (WEB-05).
    pub fn nonce(&self) -> String {
        let (_, nonce) = self.random.split_at(8);
        BASE64URL_NOPAD.encode(nonce)
    }
}

/// Wraps every request, whatever answers it.
pub async fn every_response(State(web): State<Arc<Web>>, mut request: Request, next: Next) -> Response {
    let started = Instant::now();
    let marks = Marks::new(&web);
    let span = tracing::info_span!("request", id = %marks.id, method = %request.method(), path = redacted(request.uri().path()));
    let mut response = if let Some(status) = refusal(&request) {
        refused(status)
    } else {
        request.extensions_mut().insert(marks.clone());
        compress_for_own_pages_only(request.headers_mut());
        next.run(request).instrument(span.clone()).await
    };
    if response.status() == StatusCode::METHOD_NOT_ALLOWED && !response.headers().contains_key(header::CONTENT_TYPE) {
        response = with_page(response);
    }
    harden(response.headers_mut(), || marks.nonce(), web.house.secure);
    if let Ok(id) = HeaderValue::from_str(&marks.id) {
        response.headers_mut().insert("x-request-id", id);
    }
    span.in_scope(|| {
        tracing::info!(status = response.status().as_u16(), ms = started.elapsed().as_millis(), "answered");
    });
    response
}

/// Why a request is refused before anything is read of it (WEB-01, DOS).
fn refusal(request: &Request) -> Option<StatusCode> {
    let declared =
        request.headers().get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse::<usize>().ok());
    if !matches!(*request.method(), Method::GET | Method::HEAD | Method::POST) {
        Some(StatusCode::METHOD_NOT_ALLOWED)
    } else if request.headers().len() > FIELDS {
        Some(StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE)
    } else if request.uri().path_and_query().is_none_or(|asked| asked.as_str().len() > ADDRESS) {
        Some(StatusCode::URI_TOO_LONG)
    } else if declared.is_some_and(|length| length > most(request.uri().path())) {
        Some(StatusCode::PAYLOAD_TOO_LARGE)
    } else {
        None
    }
}

/// The largest body of an address.
fn most(path: &str) -> usize {
    if path == app::path::ATTACH_PAPER { papers::BODY } else { BODY }
}

fn refused(status: StatusCode) -> Response {
    let mut response = plain::page(status);
    let headers = response.headers_mut();
    if status == StatusCode::METHOD_NOT_ALLOWED {
        headers.insert(header::ALLOW, HeaderValue::from_static("GET, HEAD, POST"));
    }
    // What was not read must not be taken for the next request.
    headers.insert(header::CONNECTION, HeaderValue::from_static("close"));
    response
}

/// The same answer with words in it.
fn with_page(response: Response) -> Response {
    let (parts, _) = response.into_parts();
    let mut page = plain::page(parts.status);
    if let Some(allow) = parts.headers.get(header::ALLOW) {
        page.headers_mut().insert(header::ALLOW, allow.clone());
    }
    page.map(Body::new).into_response()
}

/// Lengths of compressed pages tell something of what is in them to whoever can make a browser ask for them again and again
/// (BREACH). Only other sites have to do that from outside, so what they make a browser ask for is not compressed.
fn compress_for_own_pages_only(headers: &mut HeaderMap) {
    let site = headers.get("sec-fetch-site").and_then(|value| value.to_str().ok());
    if !matches!(site, Some("same-origin" | "none") | None) {
        headers.remove(header::ACCEPT_ENCODING);
    }
}

/// The path without the secrets that some addresses are (PRIV-04). The query is never logged.
fn redacted(path: &str) -> &str {
    const SECRET: [&str; 3] = ["/kalender/", "/kallelse/", "/valkommen/"];
    SECRET.into_iter().find(|prefix| path.starts_with(prefix)).unwrap_or(path)
}
