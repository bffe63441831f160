//! Minutes as they are written, and what was undertaken in them.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{
    problem::{Done, Problem},
    wire::{Autosaved, Json},
};

/// A row of undertakings, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct UndertakingRow {
    /// What.
    pub what: String,
    /// The unit's id.
    pub unit: String,
    /// By when.
    pub due_on: String,
}

/// A row of what parties brought, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ContributionRow {
    /// The unit's id.
    pub unit: String,
    /// The kind of information.
    pub kind: String,
    /// What.
    pub text: String,
}

/// Minutes, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct MinutesText {
    /// The question of the item.
    pub purpose: String,
    /// What the parties brought.
    pub contributions: Vec<ContributionRow>,
    /// What became of the child's view.
    pub childs_view: String,
    /// The child's view in words.
    pub childs_words: String,
    /// What the guardians think.
    pub guardians_view: String,
    /// What was agreed.
    pub agreed: String,
    /// The undertakings.
    pub undertakings: Vec<UndertakingRow>,
    /// How the case leaves the meeting.
    pub outcome: String,
    /// The day it is taken up again.
    pub follow_up_on: String,
}

#[cfg(feature = "ssr")]
fn typed(seen: i64, on_its_way: bool, text: MinutesText) -> backend::usecase::write_minutes::TypedMinutes {
    use backend::usecase::write_minutes::{TypedContribution, TypedMinutes, TypedUndertaking};
    let told = |row: ContributionRow| TypedContribution { unit: row.unit, kind: row.kind, text: row.text };
    let row = |row: UndertakingRow| TypedUndertaking { what: row.what, unit: row.unit, due_on: row.due_on };
    TypedMinutes {
        seen,
        on_its_way,
        purpose: text.purpose,
        contributions: text.contributions.into_iter().map(told).collect(),
        childs_view: text.childs_view,
        childs_words: text.childs_words,
        guardians_view: text.guardians_view,
        agreed: text.agreed,
        undertakings: text.undertakings.into_iter().map(row).collect(),
        outcome: text.outcome,
        follow_up_on: text.follow_up_on,
    }
}

/// Saves minutes, and with `deed=submit` hands them in.
#[server(prefix = "/api", endpoint = "minutes/save")]
pub async fn save_minutes(
    /// The item they belong to.
    item: String,
    /// The revision the writer saw.
    seen: i64,
    /// What was typed.
    #[server(default)]
    text: MinutesText,
    /// `submit` to hand them in.
    #[server(default)]
    deed: String,
) -> Result<Done, Problem> {
    use crate::{
        request::{self, typed_id},
        text::Said,
    };
    let ask = request::signed_in()?;
    let item = typed_id(&item)?;
    let write =
        backend::usecase::write_minutes::save_minutes(&ask.backend, &ask.actor, item, &typed(seen, false, text)).await;
    let revision = write.map_err(|error| in_form(error.into()))?;
    if deed != "submit" {
        return Ok(Done::said(request::back(), Said::Saved));
    }
    let hand_in = backend::usecase::write_minutes::submit_minutes(&ask.backend, &ask.actor, item, revision).await;
    hand_in.map_err(|error| in_form(error.into()))?;
    Ok(Done::said(request::back(), Said::MinutesSubmitted))
}

/// Hands approved minutes over to units.
#[server(prefix = "/api", endpoint = "minutes/dispatch")]
pub async fn dispatch_minutes(
    /// The minutes.
    id: String,
    /// The revision that was read.
    seen: i64,
    /// The units' ids.
    #[server(default)]
    units: Vec<String>,
) -> Result<Done, Problem> {
    use crate::request::{self, typed_id};
    let ask = request::signed_in()?;
    let minutes = typed_id(&id)?;
    backend::usecase::dispatch_minutes::dispatch_minutes(&ask.backend, &ask.actor, minutes, seen, &units).await?;
    Ok(Done::said(crate::path::minutes(id), crate::text::Said::MinutesDispatched))
}

/// Saves minutes while they are written; called by [`Autosave`](crate::islands::Autosave) by its address.
#[server(prefix = "/api", endpoint = "minutes/autosave", output = Json)]
pub async fn autosave_minutes(
    /// The item they belong to.
    item: String,
    /// The revision the writer saw.
    seen: i64,
    /// What is typed so far.
    #[server(default)]
    text: MinutesText,
    /// Whether an earlier save from the same page is not answered yet; told as the page goes away.
    #[server(default)]
    on_its_way: bool,
) -> Result<Autosaved, Problem> {
    use crate::request::{self, typed_id};
    let ask = request::signed_in()?;
    let (item, typed) = (typed_id(&item)?, typed(seen, on_its_way, text));
    let saved = backend::usecase::write_minutes::save_minutes(&ask.backend, &ask.actor, item, &typed).await;
    let mut saved = Autosaved::of(saved, ask.backend.now(), ask.lang)?;
    if saved.revision.is_some() {
        let found = backend::view::minutes_page::mentions_in(&ask.backend, &ask.actor, item).await?;
        saved.mentions = crate::pages::minutes::mentions(&found, ask.lang);
    }
    Ok(saved)
}

/// The flaws by the names the form's fields have: `text[purpose]`, `text[undertakings][0][what]`.
#[cfg(feature = "ssr")]
pub(super) fn in_form(problem: Problem) -> Problem {
    let Problem::Invalid(mut flaws) = problem else { return problem };
    for flaw in &mut flaws {
        flaw.field = match flaw.field.split_once('[') {
            Some((name, rest)) => format!("text[{name}][{rest}"),
            None => format!("text[{}]", flaw.field),
        };
    }
    Problem::Invalid(flaws)
}
