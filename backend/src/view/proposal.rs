//! What units ask to have a case taken up for, for those who may know of the case.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{NaiveDate, NaiveTime};
use domain::{
    id::{CaseId, ProposalId, UnitId},
    proposal::{ProposalState, still_asks},
    time::day,
    visibility::Role,
};

use crate::{
    Backend, Result,
    actor::Actor,
    gate::Known,
    store::{
        self,
        proposal::{Proposal, Words},
        seat::Seat,
        unit::Unit,
    },
    waits::may_ask,
};

/// What somebody asks to have a case taken up for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// The proposal; none for the question the case was registered with.
    pub proposal: Option<ProposalId>,
    /// Short name of the unit that asks; empty where that would tell of a place (I1).
    pub unit: String,
    /// What is asked.
    pub question: String,
    /// The short names of the units wished for that consent covers.
    pub covered: Vec<String>,
    /// The short names of those it does not.
    pub uncovered: Vec<String>,
    /// Whether the family takes part.
    pub family: bool,
    /// The local time it can come.
    pub family_at: Option<NaiveTime>,
}

/// What was asked in these proposals, by case.
pub(super) async fn asked(
    backend: &Backend,
    known: &BTreeMap<CaseId, Known>,
    proposals: impl Iterator<Item = &Proposal>,
) -> Result<BTreeMap<CaseId, Vec<Asked>>> {
    let proposals: Vec<Proposal> = proposals.cloned().collect();
    let words = store::proposal::words(backend.db(), backend.keys(), &proposals).await?;
    let units = units_of(backend, &proposals).await?;
    let mut all: BTreeMap<CaseId, Vec<Asked>> = BTreeMap::new();
    for one in &proposals {
        let (Some(known), Some(words)) = (known.get(&one.case), words.get(&one.id)) else { continue };
        all.entry(one.case).or_default().push(line(one, words, known, &units));
    }
    Ok(all)
}

async fn units_of(backend: &Backend, proposals: &[Proposal]) -> Result<BTreeMap<UnitId, Unit>> {
    let units: BTreeSet<UnitId> =
        proposals.iter().flat_map(|one| one.parties.iter().copied().chain([one.unit])).collect();
    store::unit::with_ids(backend.db(), units).await
}

fn line(one: &Proposal, words: &Words, known: &Known, units: &BTreeMap<UnitId, Unit>) -> Asked {
    let short = |unit: &UnitId| units.get(unit).map(|unit| unit.short_name.clone());
    let (covered, uncovered): (Vec<&UnitId>, Vec<&UnitId>) =
        one.parties.iter().partition(|unit| known.standing.covers(**unit));
    Asked {
        proposal: Some(one.id),
        unit: Some(one.unit).filter(|unit| tells_unit(known, *unit)).and_then(|unit| short(&unit)).unwrap_or_default(),
        question: words.question.clone(),
        covered: covered.into_iter().filter_map(short).collect(),
        uncovered: uncovered.into_iter().filter_map(short).collect(),
        family: one.family,
        family_at: one.family_at,
    }
}

/// Whether who asks may be told: of somebody whose identity is protected, not who registered them (I1).
fn tells_unit(known: &Known, unit: UnitId) -> bool {
    unit != known.head().unit || super::case::tells_place(known)
}

/// The question each of these cases was registered with.
pub(super) async fn own_question<'a>(
    backend: &Backend,
    known: impl Iterator<Item = &'a Known>,
) -> Result<BTreeMap<CaseId, Asked>> {
    let known: Vec<&Known> = known.collect();
    let units = store::unit::with_ids(backend.db(), known.iter().map(|known| known.head().unit)).await?;
    let mut questions = store::child::questions(backend.db(), backend.keys(), known.iter().map(|one| one.id())).await?;
    let lines = known.into_iter().filter_map(|known| {
        let unit = units.get(&known.head().unit).filter(|_| super::case::tells_place(known));
        let asked = Asked {
            proposal: None,
            unit: unit.map(|unit| unit.short_name.clone()).unwrap_or_default(),
            question: questions.remove(&known.id())?,
            covered: Vec::new(),
            uncovered: Vec::new(),
            family: false,
            family_at: None,
        };
        Some((known.id(), asked))
    });
    Ok(lines.collect())
}

/// A proposal on the page of its case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProposalLine {
    /// What it asks.
    pub asked: Asked,
    /// The local day it was made.
    pub on: NaiveDate,
    /// Not before this day.
    pub not_before: Option<NaiveDate>,
    /// Why it came back, where it did.
    pub returned: Option<String>,
    /// Whether the reader's unit may take it back.
    pub may_take_back: bool,
    /// Whether the reader may send it back.
    pub may_return: bool,
}

/// A unit that can be wished for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wishable {
    /// The unit.
    pub unit: UnitId,
    /// Its name.
    pub name: String,
    /// Whether consent covers it now.
    pub covered: bool,
}

/// What is asked of one case, and what can be asked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Proposals {
    /// What has been asked and not heard: the reader's own unit's, and to those who plan also others'.
    pub lines: Vec<ProposalLine>,
    /// The units that can be wished for; empty where the reader cannot ask.
    pub wishable: Vec<Wishable>,
}

/// Whether somebody plans agendas, and so reads what all units ask.
pub(super) fn plans(actor: &Actor, seats: &[Seat]) -> Result<bool> {
    let unit = actor.unit()?;
    Ok(actor.role == Role::Coordinator && seats.iter().any(|seat| seat.unit == unit))
}

/// What is asked of a case, for its page.
pub(super) async fn of_case(backend: &Backend, actor: &Actor, known: &Known) -> Result<Proposals> {
    let (db, unit) = (backend.db(), actor.unit()?);
    let seats = store::seat::all(db).await?;
    let plans = plans(actor, &seats)?;
    let taken_up = store::agenda::taken_up(db, [known.id()]).await?.remove(&known.id()).unwrap_or_default();
    let mut proposals = store::proposal::of_cases(db, [known.id()]).await?;
    let waits = |one: &Proposal| one.state == ProposalState::Waiting;
    // That it came back concerns those who asked alone.
    let told = |one: &Proposal| one.unit == unit || (plans && waits(one) && may_ask(known, one.unit));
    proposals.retain(|one| still_asks(one.asked_at, taken_up.last) && told(one));
    let words = store::proposal::words(db, backend.keys(), &proposals).await?;
    let units = units_of(backend, &proposals).await?;
    let has_cases = actor.works_with_cases();
    let lines = proposals.iter().filter_map(|one| {
        let words = words.get(&one.id)?;
        Some(ProposalLine {
            asked: line(one, words, known, &units),
            on: day(one.asked_at),
            not_before: one.not_before,
            returned: words.reason.clone().filter(|_| !waits(one)),
            may_take_back: one.unit == unit && has_cases && one.state.can_be_taken_back(),
            may_return: plans && one.unit != unit && one.state.can_be_returned(),
        })
    });
    let lines = lines.collect();
    let asks = has_cases && known.head().closed_at.is_none();
    let seated: BTreeSet<UnitId> = seats.iter().filter(|_| asks).map(|seat| seat.unit).collect();
    let open = store::unit::with_ids(db, seated).await?.into_values().filter(|unit| unit.closed_at.is_none());
    let mut wishable: Vec<Wishable> =
        open.map(|unit| Wishable { covered: known.standing.covers(unit.id), unit: unit.id, name: unit.name }).collect();
    wishable.sort_by(|a, b| (!a.covered, &a.name).cmp(&(!b.covered, &b.name)));
    Ok(Proposals { lines, wishable })
}
