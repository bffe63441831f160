//! Sets the municipality up as its first administrator would.

use std::collections::BTreeMap;

use domain::{
    id::{AssignmentId, ForumId, PersonId, UnitId},
    visibility::Role,
};

use super::{
    term::Terms,
    town::{FAMILY, FIRST, ForumPlan, PEOPLE, UNITS, YOUTH},
};
use crate::{
    Backend, Error, Result,
    actor::Actor,
    store,
    usecase::{
        change_forum::{ForumTyped, add_forum},
        change_seat::{SeatTyped, add_seat},
        change_series::{SeriesTyped, add_series},
        change_unit::{UnitTyped, add_unit},
        close_days::{ClosedSpanTyped, close_days},
        fill_seat::{add_deputy, hand_over},
        invite::invite_administrator,
        people::{TypedWork, add_assignment},
    },
};

/// Units by their short names.
type Units = BTreeMap<&'static str, UnitId>;

/// People at work by their own and their unit's short name.
type Actors = BTreeMap<(&'static str, &'static str), Actor>;

/// The municipality set up.
pub(super) struct Town {
    pub family: ForumId,
    pub youth: ForumId,
    units: Units,
    actors: Actors,
}

impl Town {
    /// A unit by its short name.
    pub(super) fn unit(&self, short: &str) -> Result<UnitId> {
        self.units.get(short).copied().ok_or(Error::NotFound)
    }

    /// Somebody at work, by first name, in the first of their assignments.
    pub(super) fn actor(&self, first_name: &str) -> Result<&Actor> {
        let (_, _, works) = PEOPLE.iter().find(|person| person.0 == first_name).ok_or(Error::NotFound)?;
        let unit = works.first().map_or("", |work| work.0);
        let found = self.actors.iter().find(|((who, at), _)| *who == first_name && *at == unit);
        found.map(|(_, actor)| actor).ok_or(Error::NotFound)
    }

    /// Somebody of a unit who takes part in meetings.
    pub(super) fn member(&self, unit: UnitId) -> Result<&Actor> {
        let found = self.actors.values().find(|actor| actor.unit == Some(unit) && actor.role == Role::Participant);
        found.ok_or(Error::NotFound)
    }

    /// A person in the assignment for a unit.
    pub(super) fn at_work(&self, person: PersonId, unit: UnitId) -> Result<&Actor> {
        let found = self.actors.values().find(|actor| actor.person == person && actor.unit == Some(unit));
        found.ok_or(Error::NotFound)
    }
}

/// Units, people with logins, forums with seats, and two series of meetings over all terms.
pub(super) async fn settle(backend: &Backend, terms: &Terms) -> Result<Town> {
    let admin = first_administrator(backend).await?;
    let mut units = BTreeMap::new();
    for &(short, kind, name, short_name, authority) in UNITS {
        let form = UnitTyped {
            kind: kind.into(),
            name: name.into(),
            short_name: short_name.into(),
            authority: authority.into(),
        };
        units.insert(short, add_unit(backend, &admin, &form).await?);
    }
    let actors = hire(backend, &admin, &units).await?;
    for free in &terms.breaks {
        let span = ClosedSpanTyped {
            kind: "school_break".into(),
            name: free.name.into(),
            from: free.from.to_string(),
            until: free.until.to_string(),
        };
        close_days(backend, &admin, &span).await?;
    }
    let family = found(backend, &admin, (&units, &actors), &FAMILY, terms).await?;
    let youth = found(backend, &admin, (&units, &actors), &YOUTH, terms).await?;
    Ok(Town { family, youth, units, actors })
}

/// The first administrator, let in as from the command line.
async fn first_administrator(backend: &Backend) -> Result<Actor> {
    let (local_part, name) = FIRST;
    let person = super::add_person(backend, local_part, name).await?;
    invite_administrator(backend, &format!("{local_part}{}", super::DOMAIN), name).await?;
    let works = store::assignment::of_person(backend.db(), person).await?;
    let work = works.first().ok_or(Error::NotFound)?;
    Ok(actor(person, name, work.id, (None, ""), Role::Administrator, &work.title))
}

fn actor(
    person: PersonId,
    name: &str,
    assignment: AssignmentId,
    (unit, unit_name): (Option<UnitId>, &str),
    role: Role,
    title: &str,
) -> Actor {
    Actor {
        person,
        name: name.into(),
        assignment,
        role,
        title: title.into(),
        unit,
        unit_name: unit_name.into(),
        language: "sv".into(),
        request: None,
    }
}

async fn hire(backend: &Backend, admin: &Actor, units: &Units) -> Result<Actors> {
    let mut actors = BTreeMap::new();
    for &(short, name, works) in PEOPLE {
        let person = super::add_person(backend, short, name).await?;
        for &(unit, role, title) in works {
            let id = units.get(unit).copied();
            let form = TypedWork {
                role: role.code().into(),
                unit: id.map(|id| id.to_string()).unwrap_or_default(),
                title: title.into(),
                ..TypedWork::default()
            };
            let assignment = add_assignment(backend, admin, &person.to_string(), &form).await?;
            let unit_name = UNITS.iter().find(|row| row.0 == unit).map_or("", |row| row.2);
            actors.insert((short, unit), actor(person, name, assignment, (id, unit_name), role, title));
        }
    }
    Ok(actors)
}

/// A forum with its seats and its weekly series.
async fn found(
    backend: &Backend,
    admin: &Actor,
    (units, actors): (&Units, &Actors),
    plan: &ForumPlan,
    terms: &Terms,
) -> Result<ForumId> {
    let typed = ForumTyped {
        name: plan.name.into(),
        short_name: plan.short_name.into(),
        age_from: plan.ages.0.into(),
        age_to: plan.ages.1.into(),
        host: "Åmåls kommun".into(),
        place: plan.place.into(),
        meeting_minutes: "120".into(),
        item_minutes: "20".into(),
        freeze_days: "2".into(),
        review_days: "7".into(),
        on_red_days: "skip".into(),
        on_breaks: "skip".into(),
    };
    let forum = add_forum(backend, admin, &typed).await?;
    for &(unit, function, holder, deputy, standing) in plan.seats {
        let person = |short: &str| {
            let found = actors.iter().find(|((who, at), _)| *who == short && *at == unit).map(|(_, actor)| actor);
            found.map(|actor| actor.person.to_string()).unwrap_or_default()
        };
        let seat = SeatTyped { function: function.into(), standing };
        let unit = units.get(unit).map(ToString::to_string).unwrap_or_default();
        let seat = add_seat(backend, admin, forum, &unit, &seat).await?;
        hand_over(backend, admin, seat, 1, (&person(holder), "")).await?;
        let deputy = person(deputy);
        if !deputy.is_empty() {
            add_deputy(backend, admin, seat, 2, (&deputy, "", "")).await?;
        }
    }
    let series = SeriesTyped {
        weekday: plan.weekday.into(),
        starts: plan.starts.into(),
        minutes: "120".into(),
        interval_weeks: "1".into(),
        from: terms.first.to_string(),
        until: terms.last.to_string(),
        place: plan.place.into(),
        days: Vec::new(),
    };
    add_series(backend, admin, forum, &series).await?;
    Ok(forum)
}
