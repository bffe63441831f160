//! Who has seen a case: what the log tells the unit that registered it, for the family that asks.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    id::{CaseId, ConsentId, PersonId, UnitId},
    time::day,
};

use super::{hides_name, is_own};
use crate::{
    Backend, Error, Result,
    actor::Actor,
    audit::{Action, Event},
    gate, store,
    store::audit::OfCase,
};

/// How many entries of the log are read at a time.
const PAGE: usize = 400;

/// The page "Vem har sett uppgifterna?".
#[derive(Clone, Debug)]
pub struct SeenPage {
    /// The case.
    pub case: CaseId,
    /// Its four characters.
    pub reference: String,
    /// The child's name; none where the identity is protected.
    pub name: Option<String>,
    /// Newest first.
    pub sightings: Vec<Sighting>,
    /// Where the page before this one in time goes on; none at the beginning of the log.
    pub older: Option<i64>,
}

/// What one person did on one day, on one ground.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sighting {
    /// The local day.
    pub on: NaiveDate,
    /// The first time; UTC.
    pub first: DateTime<Utc>,
    /// The last time; UTC.
    pub last: DateTime<Utc>,
    /// How many times.
    pub times: usize,
    /// Who; none for the program itself.
    pub person: Option<String>,
    /// For which unit.
    pub unit: Option<String>,
    /// What was done.
    pub action: Action,
    /// The day of the consent it rested on; none where the unit registered the case.
    pub consent_of: Option<NaiveDate>,
}

/// What is told of here. The passing between phases is not: only social services may know of it (C17), and the page has one
/// form for all.
const TOLD: [Action; 21] = [
    Action::CaseRead,
    Action::MinutesRead,
    Action::CaseRegistered,
    Action::CaseChanged,
    Action::ReaderNamed,
    Action::ReaderRemoved,
    Action::ExportAsked,
    Action::ExportApproved,
    Action::ExportDeclined,
    Action::ConsentRecorded,
    Action::ConsentAcknowledged,
    Action::ConsentWithdrawn,
    Action::PaperAttached,
    Action::PaperRemoved,
    Action::PaperRead,
    Action::ConsentAnnulled,
    Action::ItemOpened,
    Action::MinutesSaved,
    Action::MinutesSubmitted,
    Action::MinutesApproved,
    Action::ActionItemDone,
];

/// Who has seen a case, to the unit that registered it. `before` is [`SeenPage::older`] of the page that was shown.
///
/// # Errors
/// [`Error::NotFound`] for every other unit: whom a family has met elsewhere is not for all who are covered to know.
pub async fn seen_page(backend: &Backend, actor: &Actor, case: CaseId, before: Option<i64>) -> Result<SeenPage> {
    let known = gate::asked(backend, actor, case, backend.now()).await?;
    if !is_own(&known) {
        let asked = Event::new(Action::CaseRead).subject(case.uuid());
        return backend.or_denied(actor, asked, Err(Error::NotFound)).await;
    }
    let actions = TOLD.map(Action::code);
    // One more than is shown tells whether there is anything before.
    let mut entries = store::audit::of_case(backend.db(), case, &actions, before, PAGE as u64 + 1).await?;
    let more = entries.len() > PAGE;
    entries.truncate(PAGE);
    let older = entries.last().map(|entry| entry.seq).filter(|_| more);
    let people: BTreeMap<PersonId, String> =
        store::person::all(backend.db()).await?.into_iter().map(|person| (person.id, person.name)).collect();
    let units: BTreeMap<UnitId, String> =
        store::unit::all(backend.db()).await?.into_iter().map(|unit| (unit.id, unit.name)).collect();
    let consents: BTreeMap<ConsentId, NaiveDate> =
        known.record.facts.consents.iter().map(|consent| (consent.id, day(consent.obtained_at))).collect();
    let mut sightings: Vec<(OfCase, Sighting)> = Vec::new();
    for entry in entries {
        let Some(action) = Action::from_code(&entry.action) else { continue };
        let on = day(entry.at);
        let alike = |(first, sighting): &&mut (OfCase, Sighting)| {
            sighting.on == on
                && sighting.action == action
                && (first.person, first.unit, first.basis) == (entry.person, entry.unit, entry.basis)
        };
        if let Some((_, sighting)) = sightings.iter_mut().rev().take_while(|(_, other)| other.on == on).find(alike) {
            sighting.first = entry.at;
            sighting.times += 1;
            continue;
        }
        let own = entry.unit == Some(known.head().unit);
        let sighting = Sighting {
            on,
            first: entry.at,
            last: entry.at,
            times: 1,
            person: entry.person.and_then(|person| people.get(&person).cloned()),
            unit: entry.unit.and_then(|unit| units.get(&unit).cloned()),
            action,
            consent_of: entry.basis.filter(|_| !own).and_then(|basis| consents.get(&basis).copied()),
        };
        sightings.push((entry, sighting));
    }
    let name = store::child::names(backend.db(), backend.keys(), [case]).await?.remove(&case);
    let page = SeenPage {
        case,
        reference: known.head().reference.clone(),
        name: name.filter(|_| !hides_name(&known)),
        sightings: sightings.into_iter().map(|(_, sighting)| sighting).collect(),
        older,
    };
    backend.log_reads(actor, &[known.event(Action::CaseRead)]).await?;
    Ok(page)
}
