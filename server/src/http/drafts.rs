//! A form as it was sent, and the draft it becomes when it is not accepted.

use app::{
    form::{Draft, NEVER_KEPT, form_name},
    path,
    problem::Problem,
    request::Request,
};
use axum::{http::StatusCode, response::Response};
use backend::draft;

use super::{forms::see, plain};

/// A form as it was sent.
pub struct Sent {
    /// Which form: the server function's address and the form's key.
    pub form: String,
    /// What belongs to the form itself: names that begin with `_`.
    own: Vec<(String, String)>,
    /// What was typed.
    fields: Vec<(String, String)>,
}

impl Sent {
    /// Reads the body of a form.
    #[must_use]
    pub fn read(address: &str, body: &[u8]) -> Self {
        let all = form_urlencoded::parse(body).into_owned();
        let (own, fields): (Vec<_>, Vec<_>) = all.partition(|(name, _)| name.starts_with('_'));
        let key = value(&own, "_form").unwrap_or_default();
        Self { form: form_name(address, key), own, fields }
    }

    /// What belongs to the form itself.
    #[must_use]
    pub fn own(&self, name: &str) -> Option<&str> {
        value(&self.own, name)
    }

    /// The form's own page: always a path of ours (WEB-04).
    #[must_use]
    pub fn page(&self) -> &str {
        self.own("_page").and_then(path::local).unwrap_or(path::WEEK)
    }

    /// What was typed, encoded as it came.
    #[must_use]
    pub fn body(&self) -> String {
        form_urlencoded::Serializer::new(String::new()).extend_pairs(&self.fields).finish()
    }

    /// What may be kept of what was typed.
    fn keepable(&self) -> Vec<(String, String)> {
        self.fields.iter().filter(|(name, _)| !NEVER_KEPT.contains(&name.as_str())).cloned().collect()
    }
}

fn value<'a>(pairs: &'a [(String, String)], name: &str) -> Option<&'a str> {
    pairs.iter().find(|(held, _)| held == name).map(|(_, value)| value.as_str())
}

/// Back to the form's page with what was typed in a draft. For somebody signed out that page leads to sign-in, and from there
/// back to itself with the text in place.
pub async fn back(request: &Request, sent: &Sent, problem: Problem) -> Response {
    if problem == Problem::NoAssignment {
        return see(path::ASSIGNMENTS);
    }
    let draft = Draft { form: sent.form.clone(), fields: sent.keepable(), problem: Some(problem) };
    let body = serde_json::to_string(&draft).unwrap_or_default();
    match draft::keep(&request.backend, request.visitor.person(), sent.page(), &body).await {
        Ok(id) => see(&path::with_query(sent.page(), "utkast", &id)),
        Err(fault) => {
            // Leaving the page would lose the text; from this answer the browser's Back brings it back.
            tracing::error!(fault = &fault as &dyn std::error::Error, "a draft could not be kept");
            plain::page(StatusCode::SERVICE_UNAVAILABLE)
        }
    }
}

/// Forgets the draft that this form was filled in from: its text has been accepted.
pub async fn forget(request: &Request, sent: &Sent) {
    let Some(id) = sent.own("_draft") else { return };
    if let Err(fault) = draft::forget(&request.backend, request.visitor.person(), id).await {
        tracing::warn!(fault = &fault as &dyn std::error::Error, "a draft was not forgotten");
    }
}
