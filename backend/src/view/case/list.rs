//! The cases a unit knows of: names, references, age and consent; no question, no search in text (V9, V10).

use chrono::NaiveDate;
use domain::{age::age_on, id::CaseId, time::day};

use super::{ConsentLine, hides_name, is_own};
use crate::{Backend, Result, actor::Actor, audit::Action, gate, store};

/// One case in a list.
#[derive(Clone, Debug)]
pub struct CaseRow {
    /// The case.
    pub id: CaseId,
    /// Its four characters.
    pub reference: String,
    /// The child's name; none where the identity is protected (I1).
    pub name: Option<String>,
    /// The child's age today, whole years.
    pub age: u16,
    /// What is told of its consent.
    pub consent: ConsentLine,
    /// Whether the reader's unit registered it.
    pub own: bool,
    /// The local day it was registered.
    pub registered_on: NaiveDate,
}

/// The open cases the actor's unit may know of now: those that need somebody first, then by name.
///
/// # Errors
/// [`crate::Error::Denied`] for somebody without a unit.
pub async fn case_list(backend: &Backend, actor: &Actor) -> Result<Vec<CaseRow>> {
    let (unit, now) = (actor.unit()?, backend.now());
    let kind = store::unit::load(backend.db(), unit).await?.kind;
    let mut known = gate::all_known(backend.db(), actor.viewer()?, now).await?;
    known.retain(|_, known| known.head().closed_at.is_none());
    let mut names = store::child::names(backend.db(), backend.keys(), known.keys().copied()).await?;
    let mut rows: Vec<CaseRow> = known
        .iter()
        .filter_map(|(id, known)| {
            Some(CaseRow {
                id: *id,
                reference: known.head().reference.clone(),
                name: names.remove(id).filter(|_| !hides_name(known)),
                age: age_on(known.head().born_on, day(now)).unwrap_or(0),
                consent: ConsentLine::of(known, kind, now)?,
                own: is_own(known),
                registered_on: day(known.head().registered_at),
            })
        })
        .collect();
    rows.sort_by(|one, other| order(one).cmp(&order(other)));
    let reads: Vec<_> = known.values().map(|known| known.event(Action::CaseRead)).collect();
    backend.log_reads(actor, &reads).await?;
    Ok(rows)
}

fn order(row: &CaseRow) -> (bool, Option<NaiveDate>, &Option<String>, &str) {
    let calm = !row.consent.needs_somebody();
    (calm, row.consent.until.filter(|_| !calm), &row.name, &row.reference)
}
