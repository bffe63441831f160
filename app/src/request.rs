//! What a page or a server function knows of the request it answers. Put in place by `server::visit`, before anything runs.

use std::{net::IpAddr, sync::Arc};

use backend::{
    Backend,
    actor::Actor,
    auth::{Visit, kind_of_browser},
    error::Error,
};
use domain::id::PersonId;
use leptos::prelude::*;

use crate::{
    form::Draft,
    path,
    problem::{Done, Problem},
    text::Lang,
};

/// Who is asking.
#[derive(Clone, Debug)]
pub enum Visitor {
    /// Nobody we know.
    Nobody,
    /// Somebody whose session ran out: nobody is signed in, but their draft waits for them.
    Expired(PersonId),
    /// Password given, one-time code still due.
    CodeDue(PersonId),
    /// Signed in, assignment not chosen.
    Choosing {
        /// Who.
        person: PersonId,
        /// Their name.
        name: String,
    },
    /// At work.
    SignedIn(Box<Actor>),
}

impl Visitor {
    /// The person asking, or lately gone: whose drafts are found.
    #[must_use]
    pub fn person(&self) -> Option<PersonId> {
        match self {
            Self::Nobody => None,
            Self::Expired(person) | Self::CodeDue(person) | Self::Choosing { person, .. } => Some(*person),
            Self::SignedIn(actor) => Some(actor.person),
        }
    }
}

/// The browser half's files, by their hashed names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Files {
    /// Address of the script.
    pub script: String,
    /// Address of the WebAssembly module.
    pub wasm: String,
    /// Address of the style sheet.
    pub style: String,
    /// Address of the interface's font, to be fetched beside the style sheet rather than after it.
    pub font: Option<String>,
}

/// What does not change while the program runs.
#[derive(Clone, Debug)]
pub struct House {
    /// The browser half's files.
    pub files: Files,
    /// Whether cookies may only travel over TLS, and thus carry the `__Host-` prefix (SESS-01).
    pub secure: bool,
    /// Whether a virus scanner looks through what is sent in (UPL-05).
    pub scans: bool,
}

/// One request.
#[derive(Clone)]
pub struct Request {
    /// Everything that touches the world.
    pub backend: Backend,
    /// What does not change while the program runs.
    pub house: Arc<House>,
    /// Who is asking.
    pub visitor: Visitor,
    /// The language to answer in.
    pub lang: Lang,
    /// The request's number, in the log and on the page for faults.
    pub id: Arc<str>,
    /// The nonce of this response's scripts (WEB-05).
    pub nonce: Arc<str>,
    /// The form token, masked for this response only, so that compression tells nothing of it (BREACH).
    pub form_token: Arc<str>,
    /// A number for each form of this response, so that a second identical post is known.
    pub once: Arc<str>,
    /// The session's token as the browser sent it, for sign-out and for changing it.
    pub session_token: Option<Arc<str>>,
    /// The path and query asked for.
    pub page: Arc<str>,
    /// Where the request comes from, for soft locks (AUTH-09).
    pub client: IpAddr,
    /// What the browser calls itself, for the person's own list of sessions.
    pub browser: Arc<str>,
    /// What was typed last time in a form of this page, if it was not accepted.
    pub draft: Option<Arc<Draft>>,
}

/// The request being answered. Only tests of single components have none.
#[must_use]
pub fn request() -> Option<Request> {
    use_context::<Request>()
}

/// The language to answer in.
#[must_use]
pub fn lang() -> Lang {
    request().map(|request| request.lang).unwrap_or_default()
}

/// The local date now.
#[must_use]
pub fn today() -> chrono::NaiveDate {
    request().map(|request| domain::time::day(request.backend.now())).unwrap_or_default()
}

/// The person at work, if somebody is.
#[must_use]
pub fn actor() -> Option<Actor> {
    match request()?.visitor {
        Visitor::SignedIn(actor) => Some(*actor),
        _ => None,
    }
}

/// What a page or server function for somebody signed in works with.
#[derive(Clone)]
pub struct Ask {
    /// Everything that touches the world.
    pub backend: Backend,
    /// The person at work.
    pub actor: Actor,
    /// The language to answer in.
    pub lang: Lang,
}

/// The person at work and what they work with.
///
/// # Errors
/// [`Problem::SignedOut`] or [`Problem::NoAssignment`].
pub fn signed_in() -> Result<Ask, Problem> {
    let Request { backend, visitor, lang, .. } = request().ok_or(Problem::Fault)?;
    match visitor {
        Visitor::SignedIn(actor) => Ok(Ask { backend, actor: *actor, lang }),
        Visitor::Choosing { .. } => Err(Problem::NoAssignment),
        Visitor::Nobody | Visitor::Expired(_) | Visitor::CodeDue(_) => Err(Problem::SignedOut),
    }
}

/// A page for somebody signed in: awaits `load`, shows what it gives, or the page for what went wrong with the right status.
pub fn page<F, Fut, V>(load: F) -> impl IntoView
where
    F: FnOnce(Ask) -> Fut + Send + 'static,
    Fut: Future<Output = Result<V, Problem>> + Send + 'static,
    V: IntoView + 'static,
{
    shown(async move { load(signed_in()?).await })
}

/// A page for anybody, signed in or not.
pub fn open_page<F, Fut, V>(load: F) -> impl IntoView
where
    F: FnOnce(Request) -> Fut + Send + 'static,
    Fut: Future<Output = Result<V, Problem>> + Send + 'static,
    V: IntoView + 'static,
{
    shown(async move { load(request().ok_or(Problem::Fault)?).await })
}

fn shown<V: IntoView + 'static>(page: impl Future<Output = Result<V, Problem>> + Send + 'static) -> AnyView {
    Suspend::new(async move {
        match page.await {
            Ok(view) => view.into_any(),
            Err(problem) => crate::pages::problem::problem_page(&problem).into_any(),
        }
    })
    .into_any()
}

/// The value of a parameter of the page's address, such as `:id`. What does not read as one does not exist.
///
/// # Errors
/// [`Problem::NotFound`].
pub fn param<T: std::str::FromStr>(name: &str) -> Result<T, Problem> {
    let params = leptos_router::hooks::use_params_map();
    params.with_untracked(|map| map.get(name)).and_then(|text| text.parse().ok()).ok_or(Problem::NotFound)
}

/// An id that a form carried. What does not read as one does not exist.
///
/// # Errors
/// [`Problem::NotFound`].
pub fn typed_id<T: std::str::FromStr>(text: &str) -> Result<T, Problem> {
    text.parse().map_err(|_| Problem::NotFound)
}

/// The value of a parameter of the query, as typed; bounded, as anybody can make such an address.
#[must_use]
pub fn query(name: &str) -> Option<String> {
    query_up_to(name, 200)
}

/// The same, for what may be so many bytes long.
#[must_use]
pub fn query_up_to(name: &str, most: usize) -> Option<String> {
    let query = leptos_router::hooks::use_query_map();
    query.with_untracked(|map| map.get(name)).filter(|text| text.len() <= most)
}

/// Where to go after sign-in: `?till=`, if it is a path of our own, else the week.
#[must_use]
pub fn way_back() -> String {
    let asked = leptos_router::hooks::use_query_map().with_untracked(|map| map.get("till"));
    asked.as_deref().and_then(path::local).unwrap_or(path::WEEK).to_owned()
}

/// Answers with another status than 200.
pub fn set_status(status: u16) {
    let status = http::StatusCode::from_u16(status).unwrap_or(http::StatusCode::INTERNAL_SERVER_ERROR);
    if let Some(response) = use_context::<leptos_axum::ResponseOptions>() {
        response.set_status(status);
    }
}

/// Answers a page request with 303 to another of our pages.
pub fn go_to(path: &str) {
    if let Some(response) = use_context::<leptos_axum::ResponseOptions>()
        && let Ok(value) = http::HeaderValue::from_str(path::local(path).unwrap_or(path::WEEK))
    {
        response.insert_header(http::header::LOCATION, value);
        response.set_status(http::StatusCode::SEE_OTHER);
    }
}

/// Hands the browser a cookie, or takes it away when `value` is empty. Never readable by script, never sent from other sites'
/// forms (SESS-01).
fn set_cookie(name: &str, value: &str, seconds: Option<u32>) {
    let Some(request) = request() else { return };
    let age = if value.is_empty() {
        "; Max-Age=0".to_owned()
    } else {
        seconds.map_or_else(String::new, |s| format!("; Max-Age={s}"))
    };
    let secure = if request.house.secure { "; Secure" } else { "" };
    let line = format!("{}={value}; Path=/; HttpOnly; SameSite=Lax{secure}{age}", request.house.cookie(name));
    if let Some(response) = use_context::<leptos_axum::ResponseOptions>()
        && let Ok(line) = http::HeaderValue::from_str(&line)
    {
        response.append_header(http::header::SET_COOKIE, line);
    }
}

impl House {
    /// The cookie's full name: with `__Host-` where TLS is sure.
    #[must_use]
    pub fn cookie(&self, name: &str) -> String {
        if self.secure { format!("__Host-{name}") } else { name.to_owned() }
    }
}

/// Name of the session's cookie, without prefix.
pub const SESSION_COOKIE: &str = "sid";
/// Name of the language's cookie, without prefix.
pub const LANGUAGE_COOKIE: &str = "sprak";

/// Gives the browser this session.
pub fn start_session(token: &str) {
    set_cookie(SESSION_COOKIE, token, None);
}

/// What the door of the house wants to know of a request that proves who somebody is.
///
/// # Errors
/// [`Problem::Fault`] outside a request.
pub fn visit() -> Result<Visit, Problem> {
    let request = request().ok_or(Problem::Fault)?;
    Ok(Visit {
        address: request.client,
        browser: kind_of_browser(&request.browser),
        token: request.session_token.map(|token| token.to_string()),
        request: Some(request.id.to_string()),
    })
}

/// Name of the cookie that binds a one-time link to a browser (AUTH-11), without prefix.
const ENTRY_COOKIE: &str = "valkommen";

/// Binds the one-time link just begun to this browser, for as long as a link lasts.
pub fn bind_entry(secret: &str) {
    set_cookie(ENTRY_COOKIE, secret, Some(30 * 60));
}

/// Takes the binding away: the link has done its work.
pub fn leave_entry() {
    set_cookie(ENTRY_COOKIE, "", None);
}

/// What this browser was given when it began to follow a one-time link.
#[must_use]
pub fn entry_secret() -> Option<String> {
    let name = request()?.house.cookie(ENTRY_COOKIE);
    let parts = use_context::<http::request::Parts>()?;
    let lines = parts.headers.get_all(http::header::COOKIE);
    let mut pairs = lines.iter().filter_map(|line| line.to_str().ok()).flat_map(|line| line.split(';'));
    pairs.find_map(|pair| {
        pair.trim().split_once('=').filter(|(held, _)| *held == name).map(|(_, value)| value.to_owned())
    })
}

/// Takes the session from the browser and empties its caches (SESS-07).
pub fn end_session() {
    set_cookie(SESSION_COOKIE, "", None);
    if let Some(response) = use_context::<leptos_axum::ResponseOptions>() {
        let name = http::HeaderName::from_static("clear-site-data");
        response.insert_header(name, http::HeaderValue::from_static("\"cache\", \"storage\""));
    }
}

/// Remembers the language, for a year.
pub fn remember_language(lang: Lang) {
    set_cookie(LANGUAGE_COOKIE, lang.tag(), Some(31_536_000));
}

/// What a server function answers.
pub type Answer = Result<Done, Problem>;

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        match error {
            Error::NotFound => Self::NotFound,
            Error::SignedOut => Self::SignedOut,
            Error::Denied => Self::Denied,
            Error::Stale => Self::Stale,
            Error::Invalid(flaws) => Self::Invalid(flaws),
            Error::Refused(refusal) => Self::Refused(refusal),
            Error::Busy => Self::Busy,
            fault => {
                tracing::error!(error = &fault as &dyn std::error::Error, "fault");
                Self::Fault
            }
        }
    }
}

/// The page the posted form stands on (`_page`), for server functions that lead back to where one was.
#[must_use]
pub fn back() -> String {
    use_context::<FormPage>().map_or_else(|| path::WEEK.to_owned(), |page| page.0.to_string())
}

/// The posted form's own page; put in place by `server::forms`, and always a path of our own.
#[derive(Clone, Debug)]
pub struct FormPage(pub Arc<str>);

#[cfg(test)]
mod tests {
    use super::*;

    /// SESS-03
    #[test]
    fn the_warning_counts_to_the_sessions_own_end() {
        let idle = backend::auth::session::IDLE.to_std().unwrap();
        assert_eq!(crate::islands::IDLE, idle);
    }

    /// AUTHZ-03
    #[test]
    fn a_fault_of_ours_tells_nothing_of_itself() {
        let fault = Error::Mail("smtp.example refused åsa@example.se".into());
        assert_eq!(Problem::from(fault), Problem::Fault);
    }
}
