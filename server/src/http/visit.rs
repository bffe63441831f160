//! Who is asking, in what language, with which form token: made into `app::request::Request` before anything runs.

use std::{net::IpAddr, sync::Arc};

use app::{
    form::Draft,
    islands::WATCHES,
    path,
    request::{LANGUAGE_COOKIE, Request, SESSION_COOKIE, Visitor},
    text::Lang,
};
use axum::http::{Extensions, HeaderMap, header, request::Parts};
use backend::{
    auth::session::{self, SessionState},
    draft,
};

use super::{Web, around::Marks, cookies::cookie, form_token};
use crate::listen::Peer;

/// Name of the cookie whose value is the form secret of somebody who is not signed in.
const FORM_COOKIE: &str = "form";

/// What is known of one request.
pub struct Visit {
    /// What pages and server functions know of it.
    pub request: Request,
    /// The secret under its form token; none for somebody new whose page was not rendered yet.
    pub form_secret: Option<String>,
    /// A cookie to hand out with the page: the form secret of somebody new.
    pub cookie: Option<String>,
}

/// Reads who is asking.
pub async fn read(web: &Web, parts: &Parts) -> Visit {
    let headers = &parts.headers;
    let session = cookie(headers, &web.house.cookie(SESSION_COOKIE)).map(Arc::<str>::from);
    let marks = parts.extensions.get::<Marks>();
    let (id, nonce) = marks.map_or_else(Default::default, |marks| (Arc::clone(&marks.id), marks.nonce().into()));
    let state = session_of(web, session.as_deref(), &id, parts).await;
    let held = state.form_token().or_else(|| cookie(headers, &web.house.cookie(FORM_COOKIE))).map(ToOwned::to_owned);
    let fresh = held.is_none().then(|| web.backend.random().token());
    let secret = held.clone().or_else(|| fresh.clone()).unwrap_or_default();
    let (visitor, own_lang) = visitor(state);
    // The language chosen in this browser goes before the person's own.
    let chosen = cookie(headers, &web.house.cookie(LANGUAGE_COOKIE)).and_then(Lang::from_tag);
    let draft = draft(web, parts, &visitor).await;
    let request = Request {
        backend: web.backend.clone(),
        house: Arc::clone(&web.house),
        lang: chosen.or(own_lang).unwrap_or_default(),
        visitor,
        id,
        nonce,
        form_token: form_token::masked(&secret, web.backend.random()).into(),
        once: web.backend.random().token().into(),
        session_token: session,
        page: parts.uri.path_and_query().map_or(path::WEEK, |asked| asked.as_str()).into(),
        client: client(web, &parts.extensions, headers),
        browser: browser(headers).into(),
        draft,
    };
    Visit { request, form_secret: held, cookie: fresh.map(|secret| form_cookie(web, &secret)) }
}

/// Who is asking, for what a page that stays open asks by itself: it keeps no session alive (SESS-03).
pub async fn looking(web: &Web, parts: &Parts) -> Visitor {
    let Some(token) = cookie(&parts.headers, &web.house.cookie(SESSION_COOKIE)) else { return Visitor::Nobody };
    let id = parts.extensions.get::<Marks>().map(|marks| &*marks.id);
    match session::look(&web.backend, token, id).await {
        Ok(state) => visitor(state).0,
        Err(fault) => {
            tracing::error!(fault = &fault as &dyn std::error::Error, "a session could not be read");
            Visitor::Nobody
        }
    }
}

/// The person behind a session's token, with what the session holds for forms. When the database fails nobody is signed in; the
/// page says why.
async fn session_of(web: &Web, token: Option<&str>, id: &str, parts: &Parts) -> SessionState {
    let Some(token) = token else { return SessionState::Unknown };
    let found = if parts.headers.contains_key(WATCHES) {
        // Asked by a page that stays open, whether anybody is there or not (SESS-03).
        session::look(&web.backend, token, Some(id)).await
    } else {
        session::authenticate(&web.backend, token, Some(id)).await
    };
    found.unwrap_or_else(|fault| {
        tracing::error!(fault = &fault as &dyn std::error::Error, "a session could not be read");
        SessionState::Unknown
    })
}

fn visitor(state: SessionState) -> (Visitor, Option<Lang>) {
    match state {
        SessionState::Active { actor, .. } => {
            let lang = Lang::from_tag(&actor.language);
            (Visitor::SignedIn(actor), lang)
        }
        SessionState::CodeDue { person, language, .. } => (Visitor::CodeDue(person), Lang::from_tag(&language)),
        SessionState::ChooseAssignment { person, name, language, .. } => {
            (Visitor::Choosing { person, name }, Lang::from_tag(&language))
        }
        SessionState::Expired { person } => (Visitor::Expired(person), None),
        SessionState::Unknown => (Visitor::Nobody, None),
    }
}

/// What was typed in a form of this page and not accepted, found by `?utkast=`.
async fn draft(web: &Web, parts: &Parts, visitor: &Visitor) -> Option<Arc<Draft>> {
    let query = parts.uri.query().unwrap_or_default();
    let id = form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "utkast").map(|(_, id)| id)?;
    match draft::find(&web.backend, visitor.person(), &id).await {
        Ok(found) => found.and_then(|kept| serde_json::from_str(&kept.body).ok()).map(Arc::new),
        Err(fault) => {
            tracing::error!(fault = &fault as &dyn std::error::Error, "a draft could not be read");
            None
        }
    }
}

/// Where the request comes from. A forwarded address counts only from a proxy of ours, and of a list only the last entry, the
/// one that proxy wrote itself (WEB-08).
pub fn client(web: &Web, extensions: &Extensions, headers: &HeaderMap) -> IpAddr {
    let peer = extensions.get::<Peer>().map_or(IpAddr::from([0, 0, 0, 0]), |peer| peer.0.ip());
    let forwarded = || {
        headers.get_all("x-forwarded-for").iter().next_back()?.to_str().ok()?.rsplit(',').next()?.trim().parse().ok()
    };
    if web.proxies.contains(&peer) { forwarded().unwrap_or(peer) } else { peer }
}

/// What the browser calls itself, bounded, as anybody can send anything.
fn browser(headers: &HeaderMap) -> String {
    let name = headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    name.chars().filter(|character| !character.is_control()).take(200).collect()
}

fn form_cookie(web: &Web, secret: &str) -> String {
    let secure = if web.house.secure { "; Secure" } else { "" };
    format!("{}={secret}; Path=/; HttpOnly; SameSite=Lax{secure}", web.house.cookie(FORM_COOKIE))
}
