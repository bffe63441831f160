//! The municipality's register: forums with seats and series, units by authority. Nothing here tells of any case.

use std::collections::BTreeMap;

use domain::{
    id::{ForumId, PersonId, SeatId, SeriesId, UnitId},
    series::SeriesPlan,
    unit::UnitKind,
    visibility::Role,
};

use crate::{
    Backend, Result,
    actor::Actor,
    store::{self, forum::Forum, seat::Seat, series::Series, unit::Unit},
    view::{closed_days::ClosedSpan, routing::ForumName},
};

/// Somebody on the staff, by name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonName {
    /// The person.
    pub id: PersonId,
    /// Their name.
    pub name: String,
}

/// A unit's seat.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeatLine {
    /// The seat.
    pub id: SeatId,
    /// To change it.
    pub version: i64,
    /// The unit.
    pub unit: UnitId,
    /// Its name.
    pub unit_name: String,
    /// Its name on the agenda.
    pub unit_short_name: String,
    /// Whether at every meeting.
    pub standing: bool,
    /// Who sits there; none while nobody is chosen.
    pub holder: Option<PersonName>,
    /// Who comes instead.
    pub deputy: Option<PersonName>,
}

/// A series of meetings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeriesLine {
    /// The series.
    pub id: SeriesId,
    /// To change it.
    pub version: i64,
    /// Weekday, time, interval, span.
    pub plan: SeriesPlan,
    /// Where.
    pub place: String,
    /// Whether its last day has passed.
    pub over: bool,
}

/// A forum with its table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ForumCard {
    /// Names and ages.
    pub forum: ForumName,
    /// To change it.
    pub version: i64,
    /// Where its meetings usually are.
    pub place: String,
    /// Usual minutes of an item.
    pub item_minutes: u16,
    /// Its seats, in the order of the table.
    pub seats: Vec<SeatLine>,
    /// Its series, by first day; those that are over last.
    pub series: Vec<SeriesLine>,
}

/// A unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitLine {
    /// The unit.
    pub id: UnitId,
    /// To change it.
    pub version: i64,
    /// What it does.
    pub kind: UnitKind,
    /// Its name.
    pub name: String,
    /// Its name on the agenda.
    pub short_name: String,
    /// Where it belongs.
    pub authority: String,
    /// Whether it takes no part any more.
    pub closed: bool,
    /// How many people work there today.
    pub people: usize,
}

/// Everything of the municipality on one page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Overview {
    /// Forums, youngest first.
    pub forums: Vec<ForumCard>,
    /// Units by the authority they belong to; closed ones last in each.
    pub units: Vec<(String, Vec<UnitLine>)>,
    /// Closed days from today on.
    pub closed: Vec<ClosedSpan>,
    /// Whether the reader may change any of it.
    pub may_edit: bool,
}

/// One forum, and what can be chosen for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ForumPage {
    /// The forum.
    pub card: ForumCard,
    /// Units without a seat in it, by name.
    pub unseated: Vec<UnitLine>,
    /// Who works in each seated unit today.
    pub staff: BTreeMap<UnitId, Vec<PersonName>>,
    /// Whether the reader may change it.
    pub may_edit: bool,
}

/// One unit, with where it sits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitPage {
    /// The unit.
    pub unit: UnitLine,
    /// Who works there today, by name.
    pub staff: Vec<PersonName>,
    /// The forums it has a seat in.
    pub forums: Vec<ForumName>,
    /// Whether the reader may change it.
    pub may_edit: bool,
}

/// The whole register, for anybody at work: who takes part is no secret, who is talked about is.
///
/// # Errors
/// When the database does not answer.
pub async fn overview(backend: &Backend, actor: &Actor) -> Result<Overview> {
    let register = Register::load(backend).await?;
    let mut units: BTreeMap<String, Vec<UnitLine>> = BTreeMap::new();
    for unit in &register.units {
        units.entry(unit.authority.clone()).or_default().push(register.unit(unit));
    }
    for some in units.values_mut() {
        some.sort_by_key(|unit| unit.closed);
    }
    Ok(Overview {
        forums: register.forums.iter().map(|forum| register.card(forum)).collect(),
        units: units.into_iter().collect(),
        closed: crate::view::closed_days::from_today(backend).await?,
        may_edit: may_edit(actor),
    })
}

/// One forum.
///
/// # Errors
/// [`crate::Error::NotFound`] when there is none.
pub async fn forum(backend: &Backend, actor: &Actor, id: ForumId) -> Result<ForumPage> {
    let register = Register::load(backend).await?;
    let forum = register.forums.iter().find(|forum| forum.id == id).ok_or(crate::Error::NotFound)?;
    let card = register.card(forum);
    let seated = |unit: UnitId| card.seats.iter().any(|seat| seat.unit == unit);
    let mut unseated: Vec<UnitLine> = register
        .units
        .iter()
        .filter(|unit| unit.closed_at.is_none() && !seated(unit.id))
        .map(|unit| register.unit(unit))
        .collect();
    unseated.sort_by(|one, other| one.name.cmp(&other.name));
    let staff = register.staff.clone();
    Ok(ForumPage { card, unseated, staff, may_edit: may_edit(actor) })
}

/// One unit.
///
/// # Errors
/// [`crate::Error::NotFound`] when there is none.
pub async fn unit(backend: &Backend, actor: &Actor, id: UnitId) -> Result<UnitPage> {
    let register = Register::load(backend).await?;
    let unit = register.units.iter().find(|unit| unit.id == id).ok_or(crate::Error::NotFound)?;
    let sits = |forum: &&Forum| register.seats.iter().any(|seat| seat.forum == forum.id && seat.unit == id);
    Ok(UnitPage {
        unit: register.unit(unit),
        staff: register.staff.get(&id).cloned().unwrap_or_default(),
        forums: register.forums.iter().filter(sits).map(ForumName::from).collect(),
        may_edit: may_edit(actor),
    })
}

fn may_edit(actor: &Actor) -> bool {
    actor.role == Role::Administrator
}

/// The register's rows, read once.
struct Register {
    forums: Vec<Forum>,
    units: Vec<Unit>,
    seats: Vec<Seat>,
    series: Vec<Series>,
    names: BTreeMap<PersonId, String>,
    staff: BTreeMap<UnitId, Vec<PersonName>>,
    today: chrono::NaiveDate,
}

impl Register {
    async fn load(backend: &Backend) -> Result<Self> {
        let db = backend.db();
        let today = domain::time::day(backend.now());
        let people = store::person::all(db).await?;
        let work = store::assignment::all(db).await?;
        let mut staff: BTreeMap<UnitId, Vec<PersonName>> = BTreeMap::new();
        for person in people.iter().filter(|person| person.disabled_at.is_none()) {
            let of_person = work.iter().filter(|work| work.person == person.id && work.holds_on(today));
            for unit in of_person.filter_map(|work| work.unit) {
                let there = staff.entry(unit).or_default();
                // Somebody with two roles in one unit is one person there.
                if there.last().is_none_or(|last| last.id != person.id) {
                    there.push(PersonName { id: person.id, name: person.name.clone() });
                }
            }
        }
        Ok(Self {
            forums: store::forum::all(db).await?,
            units: store::unit::all(db).await?,
            seats: store::seat::all(db).await?,
            series: store::series::all(db).await?,
            names: people.into_iter().map(|person| (person.id, person.name)).collect(),
            staff,
            today,
        })
    }

    fn card(&self, forum: &Forum) -> ForumCard {
        let seats = self.seats.iter().filter(|seat| seat.forum == forum.id).map(|seat| self.seat(seat)).collect();
        let mut series: Vec<SeriesLine> =
            self.series.iter().filter(|series| series.forum == forum.id).map(|series| self.series(series)).collect();
        series.sort_by_key(|series| series.over);
        ForumCard {
            forum: forum.into(),
            version: forum.version,
            place: forum.place.clone(),
            item_minutes: forum.item_minutes,
            seats,
            series,
        }
    }

    fn seat(&self, seat: &Seat) -> SeatLine {
        let unit = self.units.iter().find(|unit| unit.id == seat.unit);
        let person =
            |id: Option<PersonId>| id.and_then(|id| Some(PersonName { id, name: self.names.get(&id)?.clone() }));
        SeatLine {
            id: seat.id,
            version: seat.version,
            unit: seat.unit,
            unit_name: unit.map(|unit| unit.name.clone()).unwrap_or_default(),
            unit_short_name: unit.map(|unit| unit.short_name.clone()).unwrap_or_default(),
            standing: seat.standing,
            holder: person(seat.holder),
            deputy: person(seat.deputy),
        }
    }

    fn series(&self, series: &Series) -> SeriesLine {
        let plan = *series.plan.plan();
        SeriesLine {
            id: series.id,
            version: series.version,
            plan,
            place: series.place.clone(),
            over: plan.until < self.today,
        }
    }

    fn unit(&self, unit: &Unit) -> UnitLine {
        UnitLine {
            id: unit.id,
            version: unit.version,
            kind: unit.kind,
            name: unit.name.clone(),
            short_name: unit.short_name.clone(),
            authority: unit.authority.clone(),
            closed: unit.closed_at.is_some(),
            people: self.staff.get(&unit.id).map_or(0, Vec::len),
        }
    }
}
