//! Personal calendars at `/kalender/<token>.ics` (rules 1–8, 25–27, 41–46), and one meeting as a file (rule 7).
//!
//! The token is the only key and opens nothing else. It stands in the path, as calendar programs send no cookies and some drop
//! queries; `around` keeps it out of the log. Whoever asks for many that open nothing waits: those who know theirs are never counted.

use std::sync::Arc;

use app::{path, request::Visitor};
use axum::{
    body::Bytes,
    extract::{Path, Request, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse as _, Response},
};
use backend::{
    Error,
    calendar::Calendar,
    view::feed::{self, feed},
};
use domain::id::MeetingId;

use super::{Web, forms::see, papers::file_headers, plain, visit};

/// A calendar loads, runs and is framed in nothing.
const POLICY: &str = "default-src 'none'; form-action 'none'; frame-ancestors 'none'; base-uri 'none'";

/// Answers GET and HEAD; no `Accept` is asked for, as Google sends none.
pub async fn answer(State(web): State<Arc<Web>>, Path(file): Path<String>, asked: Request) -> Response {
    let token = file.strip_suffix(".ics").unwrap_or_default();
    let headers = asked.headers();
    let agent = headers.get(header::USER_AGENT).and_then(|agent| agent.to_str().ok());
    let (client, now) = (visit::client(&web, asked.extensions(), headers), web.backend.now());
    if !web.unknown_calendars.has(client, now) {
        return wait();
    }
    let mut response = match feed(&web.backend, token, agent).await {
        Ok(text) => calendar(text, headers),
        Err(Error::NotFound) => {
            web.unknown_calendars.take(client, now);
            plain::page(StatusCode::NOT_FOUND)
        }
        // Programs keep the last good copy on errors; a 200 with words in it would empty them (rule 8).
        Err(fault) => {
            tracing::error!(%fault, "no calendar");
            plain::page(StatusCode::SERVICE_UNAVAILABLE)
        }
    };
    response.headers_mut().insert("x-robots-tag", HeaderValue::from_static("noindex"));
    response
}

/// To whoever asked for too many that open nothing (rule 44): the same for every address, so that it tells of none.
fn wait() -> Response {
    let mut response = plain::page(StatusCode::TOO_MANY_REQUESTS);
    response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("60"));
    response.headers_mut().insert("x-robots-tag", HeaderValue::from_static("noindex"));
    response
}

/// One's own part of a meeting as a file, for who is signed in.
pub async fn own_meeting(State(web): State<Arc<Web>>, Path(meeting): Path<String>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    let visit = visit::read(&web, &parts).await;
    let Visitor::SignedIn(actor) = &visit.request.visitor else {
        return see(&path::sign_in_then(parts.uri.path()));
    };
    let Ok(meeting) = meeting.parse::<MeetingId>() else { return plain::page(StatusCode::NOT_FOUND) };
    file(feed::own_meeting(&web.backend, actor, meeting).await)
}

/// The same for whoever an invitation's link was sent to.
pub async fn meeting_by_link(State(web): State<Arc<Web>>, Path(token): Path<String>) -> Response {
    file(feed::meeting_by_link(&web.backend, &token).await)
}

fn file(written: backend::Result<String>) -> Response {
    let mut response = match written {
        Ok(text) => {
            let mut response = text.into_response();
            file_headers(response.headers_mut(), "text/calendar; charset=utf-8", "samverkan.ics");
            response
        }
        Err(Error::NotFound) => plain::page(StatusCode::NOT_FOUND),
        Err(fault) => {
            tracing::error!(%fault, "no meeting as a file");
            plain::page(StatusCode::SERVICE_UNAVAILABLE)
        }
    };
    response.headers_mut().insert("x-robots-tag", HeaderValue::from_static("noindex"));
    response
}

fn calendar(text: Calendar, asked: &HeaderMap) -> Response {
    let known = asked.get_all(header::IF_NONE_MATCH).iter().any(|value| names(value, text.tag()));
    let tag = HeaderValue::from_str(text.tag());
    let mut response = if known {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        ([(header::CONTENT_TYPE, "text/calendar; charset=utf-8")], Bytes::from_owner(text)).into_response()
    };
    let headers = response.headers_mut();
    headers.reserve(16); // with those every response carries
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, max-age=300"));
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    if let Ok(tag) = tag {
        headers.insert(header::ETAG, tag);
    }
    response
}

/// Whether an `If-None-Match` names this tag: a list, weak or strong, or `*` (RFC 9110, 13.1.2). `If-Modified-Since` is of no
/// account: no date is ever sent that it could repeat.
fn names(value: &HeaderValue, tag: &str) -> bool {
    let Ok(list) = value.to_str() else { return false };
    list.split(',').map(str::trim).any(|one| one == "*" || one.strip_prefix("W/").unwrap_or(one) == tag)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rule 25
    #[test]
    fn a_tag_is_found_in_any_list_and_by_a_star() {
        let names = |value| names(&HeaderValue::from_static(value), "\"abc\"");
        for yes in ["\"abc\"", "*", "W/\"abc\"", "\"x\", \"abc\"", "\"x\",W/\"abc\" , \"y\""] {
            assert!(names(yes), "{yes}");
        }
        for no in ["", "abc", "\"ab\"", "\"abcd\", \"x\"", "\"abc"] {
            assert!(!names(no), "{no}");
        }
    }
}
