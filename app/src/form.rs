//! What was typed in a form that was not accepted, and what was wrong with it.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
};

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{
    problem::{Flaw, FlawKind, Problem},
    text::{self, Lang},
};

/// A form that was not accepted: sealed in the database for fifteen minutes, found again by the random id in `?utkast=`.
/// Passwords and codes are never in it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// Which form of the page: the server function's path and the form's key.
    pub form: String,
    /// What was typed, as sent.
    pub fields: Vec<(String, String)>,
    /// Why it was not accepted.
    pub problem: Option<Problem>,
}

/// The state of one form of the page: what to show in its fields. Empty for a form that was not sent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FormState {
    /// Prefix of the ids of its fields, for pages with the same form twice.
    pub key: String,
    /// Whether this form was sent and not accepted.
    pub sent: bool,
    /// What was typed.
    fields: Vec<(String, String)>,
    /// What was wrong.
    problem: Option<Problem>,
}

impl FormState {
    /// The state of the form with this address and key, from the request's draft.
    #[must_use]
    pub fn of(form: &str, key: &str) -> Self {
        let name = form_name(form, key);
        let draft = crate::request::request().and_then(|request| request.draft).filter(|draft| draft.form == name);
        match draft {
            Some(draft) => {
                Self { key: key.to_owned(), sent: true, fields: draft.fields.clone(), problem: draft.problem.clone() }
            }
            None => Self { key: key.to_owned(), ..Self::default() },
        }
    }

    /// The state of a form that is still being filled in, from its URL-encoded fields.
    #[must_use]
    pub fn typed_now(form: &str) -> Self {
        let fields = form_urlencoded::parse(form.as_bytes()).into_owned().collect();
        Self { sent: true, fields, ..Self::default() }
    }

    /// What was typed in a field; none when the form was not sent.
    #[must_use]
    pub fn typed(&self, field: &str) -> Option<&str> {
        self.fields.iter().find(|(name, _)| name == field).map(|(_, value)| value.as_str())
    }

    /// Whether a choice was made, for boxes and radio buttons: as typed, or as given when the form was not sent.
    #[must_use]
    pub fn chosen(&self, field: &str, value: &str, given: bool) -> bool {
        if self.sent { self.fields.iter().any(|(name, typed)| name == field && typed == value) } else { given }
    }

    /// What is wrong with a field.
    #[must_use]
    pub fn flaw(&self, field: &str) -> Option<FlawKind> {
        self.flaws().iter().find(|flaw| flaw.field == field).map(|flaw| flaw.kind)
    }

    /// Everything that is wrong with a field, in sentences, each once.
    #[must_use]
    pub fn sentences(&self, field: &str, lang: Lang) -> Vec<String> {
        let mut all = Vec::new();
        for flaw in self.flaws().iter().filter(|flaw| flaw.field == field) {
            let sentence = self.sentence(flaw, lang);
            if !all.contains(&sentence) {
                all.push(sentence);
            }
        }
        all
    }

    /// What is wrong, in a sentence. The words of a text it is about are told by their place alone, and are read here.
    #[must_use]
    pub fn sentence(&self, flaw: &Flaw, lang: Lang) -> String {
        let FlawKind::PointsOut { trace, from, to } = flaw.kind else { return text::flaw(flaw.kind, lang) };
        let place = usize::try_from(from).ok().zip(usize::try_from(to).ok());
        let words = place.and_then(|(from, to)| self.typed(&flaw.field)?.get(from..to)).unwrap_or_default();
        text::points_out(trace, words, lang)
    }

    /// Everything that is wrong with fields.
    #[must_use]
    pub fn flaws(&self) -> &[Flaw] {
        match &self.problem {
            Some(Problem::Invalid(flaws)) => flaws,
            _ => &[],
        }
    }

    /// Why the form was not accepted.
    #[must_use]
    pub fn problem(&self) -> Option<&Problem> {
        self.problem.as_ref()
    }

    /// The id of a field of this form.
    #[must_use]
    pub fn id_of(&self, field: &str) -> String {
        if self.key.is_empty() { field.to_owned() } else { format!("{}-{field}", self.key) }
    }
}

/// What the fields of a form are called, noted as they are rendered: above a form it is told by name what was wrong where.
#[derive(Clone, Debug, Default)]
pub struct Labels(Arc<Mutex<BTreeMap<String, String>>>);

impl Labels {
    /// Notes what a field of the form this is rendered in is called; needed only where that was sent.
    pub fn note(state: &FormState, field: &str, label: &str) {
        if let Some(labels) = use_context::<Self>().filter(|_| state.sent) {
            labels.0.lock().unwrap_or_else(PoisonError::into_inner).insert(field.to_owned(), label.to_owned());
        }
    }

    /// What a field is called, if it has been rendered.
    #[must_use]
    pub fn of(field: &str) -> Option<String> {
        let labels = use_context::<Self>()?;
        labels.0.lock().unwrap_or_else(PoisonError::into_inner).get(field).cloned()
    }
}

/// How a draft names its form.
#[must_use]
pub fn form_name(form: &str, key: &str) -> String {
    if key.is_empty() { form.to_owned() } else { format!("{form}#{key}") }
}

/// The state of the form this is rendered in; empty outside a form.
#[must_use]
pub fn form_state() -> FormState {
    use_context::<FormState>().unwrap_or_default()
}

/// Fields whose values are never kept in a draft (AUTH-06, AUTH-10).
pub const NEVER_KEPT: &[&str] = &["password", "password_again", "current_password", "code", "secret", "token"];
