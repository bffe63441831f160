//! What those who arrange a meeting should look at before invitations go out, as far as it is theirs to know.

use std::collections::BTreeSet;

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use domain::{
    agenda::overflow,
    id::{AgendaItemId, CaseId, MeetingId, UnitId},
    meeting::{InvitationAnswer, MeetingState},
    proposal::{FamilyFit, family_fit},
    room::{Side, missing_sides},
    routing::{AgeBands, Routing},
    series::{SkipReason, not_free},
    time::day,
};

use super::{
    board::{About, CaseShown, Cell, Column, Row},
    consent::ConsentChip,
};
use crate::{
    Backend, Result,
    actor::Actor,
    agenda::{Agenda, Entry},
    call::{able, recipients},
    store::{self, meeting::Meeting},
};

/// An item about a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseItem {
    /// The item.
    pub item: AgendaItemId,
    /// The case's four characters.
    pub reference: String,
    /// The case.
    pub case: CaseId,
}

/// Something to look at before invitations go out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Warning {
    /// A consent's last day comes before the meeting.
    EndsBefore {
        /// Of which case.
        of: CaseItem,
        /// The consent's last day.
        last: NaiveDate,
    },
    /// Nobody will be covered when the meeting begins; the matter can only be taken up anonymously.
    NoConsent {
        /// Of which case.
        of: CaseItem,
    },
    /// On the day of the meeting the child's age belongs to another forum (R6).
    OtherForum {
        /// Of which case.
        of: CaseItem,
    },
    /// The family that takes part comes at another time than its item begins: it is not there yet, or waits.
    FamilyWaits {
        /// In which case.
        of: CaseItem,
        /// The local time it comes.
        comes: NaiveTime,
        /// The local time the item begins.
        starts: NaiveTime,
    },
    /// These were asked for or wished for, and not everybody whose consent is needed named them.
    Uncovered {
        /// In which case.
        of: CaseItem,
        /// Their short names.
        units: Vec<String>,
    },
    /// Nobody of the school, or of social services, will hear it (G6).
    NoQuorum {
        /// Which case.
        of: CaseItem,
        /// Whose side is missing.
        missing: Side,
    },
    /// The case stands on another agenda too.
    OnAnother {
        /// Which case.
        of: CaseItem,
        /// The other meeting.
        meeting: MeetingId,
        /// Its local start.
        starts: NaiveDateTime,
    },
    /// Somebody is to be at another meeting at the same time.
    DoubleBooked {
        /// Who.
        name: String,
        /// The other meeting.
        meeting: MeetingId,
        /// Its local start.
        starts: NaiveDateTime,
    },
    /// The day is not free to meet on (K2, K3).
    FreeDay {
        /// Why.
        reason: SkipReason,
        /// What the municipality calls the day, where it closed it itself.
        name: Option<String>,
    },
    /// The items take longer than the meeting (V8).
    DoesNotFit {
        /// By so many minutes.
        minutes: u32,
    },
    /// Those invited for a unit cannot come, to all of it or to some.
    Declined {
        /// The unit.
        unit: UnitId,
        /// Its name.
        name: String,
        /// Whether somebody of it comes to some of it.
        partly: bool,
        /// Who can be asked next; none where nobody is left.
        deputy: Option<String>,
    },
    /// Nobody can come for a unit that takes part.
    Vacant {
        /// The unit's name.
        unit: String,
    },
}

/// The warnings of a board, those about its cases first.
pub(super) async fn warnings(
    backend: &Backend,
    actor: &Actor,
    agenda: &Agenda,
    rows: &[Row],
    columns: &[Column],
) -> Result<Vec<Warning>> {
    let mut all = Vec::new();
    let bands = store::forum::bands(backend.db()).await?;
    for pair in agenda.items.iter().zip(rows) {
        all.extend(of_item(agenda, bands.as_ref(), pair, columns));
    }
    if matches!(agenda.meeting.stage.state, MeetingState::Draft | MeetingState::Published) {
        all.extend(on_others(backend, actor, agenda).await?);
        all.extend(free_day(backend, agenda.meeting.on).await?);
    }
    if let Some(over) = overflow(&agenda.planned(), agenda.meeting.minutes.into()) {
        all.push(Warning::DoesNotFit { minutes: over.minutes });
    }
    let takes_part = |unit| rows.is_empty() || agenda.items.iter().any(|entry| entry.seats.contains(&unit));
    if agenda.meeting.stage.state == MeetingState::Published {
        let declined =
            |column: &&Column| column.answer == Some(InvitationAnswer::Declined) || !column.not_to.is_empty();
        all.extend(columns.iter().filter(|column| takes_part(column.unit)).filter(declined).map(|column| {
            Warning::Declined {
                unit: column.unit,
                name: column.name.clone(),
                partly: column.answer != Some(InvitationAnswer::Declined),
                deputy: column.deputy.clone(),
            }
        }));
    }
    let vacant = columns.iter().filter(|column| column.holder.is_none() && takes_part(column.unit));
    all.extend(vacant.map(|column| Warning::Vacant { unit: column.name.clone() }));
    Ok(all)
}

fn of_item(
    agenda: &Agenda,
    bands: Option<&AgeBands>,
    (entry, row): (&Entry, &Row),
    columns: &[Column],
) -> Vec<Warning> {
    let (About::Case(shown), Some(known)) = (&row.about, &entry.known) else { return Vec::new() };
    let of = case_item(row, shown);
    let born = known.head().born_on;
    if bands.is_some_and(|bands| bands.route(born, agenda.meeting.on) != Routing::Forum(agenda.forum.id)) {
        return vec![Warning::OtherForum { of }];
    }
    match shown.consent {
        ConsentChip::EndsBefore { last } => return vec![Warning::EndsBefore { of, last }],
        ConsentChip::RenewBefore | ConsentChip::Lacks(_) => return vec![Warning::NoConsent { of }],
        ConsentChip::Holds { .. } => {}
    }
    let mut all = Vec::new();
    let uncovered = columns.iter().zip(&row.cells).filter(|(_, cell)| **cell == Cell::NotCovered);
    let mut units: Vec<String> = uncovered.map(|(column, _)| column.short_name.clone()).collect();
    // Wished for by somebody who asks, and named by nobody in the consent.
    for wished in shown.asked.iter().flat_map(|one| &one.uncovered) {
        if !units.contains(wished) {
            units.push(wished.clone());
        }
    }
    if !units.is_empty() {
        all.push(Warning::Uncovered { of: of.clone(), units });
    }
    let starts = entry.starts.time();
    if let Some(comes) = shown.family_at.filter(|comes| family_fit(*comes, starts) != FamilyFit::Suits) {
        all.push(Warning::FamilyWaits { of: of.clone(), comes, starts });
    }
    let declined = |unit: UnitId| {
        let refuses = |column: &Column| {
            column.answer == Some(InvitationAnswer::Declined) || column.not_to.contains(&entry.item.id)
        };
        columns.iter().any(|column| column.unit == unit && refuses(column))
    };
    let hears = agenda.table.iter().filter(|seat| entry.seats.contains(&seat.unit) && !declined(seat.unit));
    let missing = missing_sides(hears.map(|seat| seat.kind));
    all.extend(missing.into_iter().map(|missing| Warning::NoQuorum { of: of.clone(), missing }));
    all
}

fn case_item(row: &Row, shown: &CaseShown) -> CaseItem {
    CaseItem { item: row.id, reference: shown.reference.clone(), case: shown.id }
}

/// What stands in the way elsewhere: the same case on another agenda, and people called to two places. Only of meetings of forums the
/// reader plans as well, and there only what they may know: another meeting tells of its cases by whom it calls.
async fn on_others(backend: &Backend, actor: &Actor, agenda: &Agenda) -> Result<Vec<Warning>> {
    let db = backend.db();
    let (unit, viewer) = (actor.unit()?, actor.viewer()?);
    let mut all = Vec::new();
    let (wanted, _) = recipients(&agenda.table, &agenda.meant(), &able(db, &agenda.table).await?);
    let people: BTreeSet<_> = wanted.iter().map(|one| one.person).collect();
    let cases: BTreeSet<CaseId> = agenda.items.iter().filter_map(|entry| entry.item.case()).collect();
    let planning = store::agenda::planning(db, cases.iter().copied()).await?;
    for other in store::meeting::from_day(db, day(backend.now())).await? {
        let coming = matches!(other.stage.state, MeetingState::Draft | MeetingState::Published);
        let matters = planning.contains(&other.id) || overlaps(&other, &agenda.meeting);
        if other.id == agenda.meeting.id || !coming || !matters {
            continue;
        }
        let other = Agenda::load(db, backend.keys(), other, viewer, backend.now()).await?;
        if !other.has_seat(unit) {
            continue;
        }
        let (meeting, starts) = (other.meeting.id, other.meeting.starts_at());
        for entry in other.items.iter().filter_map(|entry| entry.known.as_ref()).filter(|one| cases.contains(&one.id()))
        {
            let item = agenda.items.iter().find(|own| own.item.case() == Some(entry.id()));
            let Some(item) = item.map(|own| own.item.id) else { continue };
            let of = CaseItem { item, reference: entry.head().reference.clone(), case: entry.id() };
            all.push(Warning::OnAnother { of, meeting, starts });
        }
        if overlaps(&other.meeting, &agenda.meeting) {
            let invited = other.told(actor.person, store::invitation::to_meetings(db, [meeting]).await?);
            let comes = invited.iter().filter(|one| !one.withdrawn && one.answer != InvitationAnswer::Declined);
            let twice: BTreeSet<_> = comes.map(|one| one.person).filter(|person| people.contains(person)).collect();
            for person in store::roster::people(db, twice).await?.into_values() {
                all.push(Warning::DoubleBooked { name: person.name, meeting, starts });
            }
        }
    }
    Ok(all)
}

fn overlaps(one: &Meeting, other: &Meeting) -> bool {
    one.starts_at() < other.ends_at() && other.starts_at() < one.ends_at()
}

async fn free_day(backend: &Backend, on: NaiveDate) -> Result<Option<Warning>> {
    let closed = store::closed_day::between(backend.db(), on, on).await?.pop();
    let reason = not_free(on, closed.as_ref().map(|day| day.kind.skip_reason()));
    Ok(reason.map(|reason| Warning::FreeDay { reason, name: closed.map(|day| day.name) }))
}
