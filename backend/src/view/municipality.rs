//! The municipality's register: forums with seats and series, units by authority. Nothing here tells of any case.

use std::{cmp::Reverse, collections::BTreeMap};

use chrono::NaiveDate;
use domain::{
    id::{ForumId, ForumItemId, PersonId, SeatId, SeriesId, UnitId},
    seat::{SitsAs, Tenure},
    series::{DayPolicy, SeriesPlan},
    unit::UnitKind,
    visibility::Role,
};

use crate::{
    Backend, Result,
    actor::Actor,
    store::{self, assignment::Work, forum::Forum, seat::Seat, series::Series, unit::Unit},
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
    /// What it sits there as; empty where its name says it.
    pub function: String,
    /// Whether at every meeting.
    pub standing: bool,
    /// Who sits there today; none while nobody is chosen.
    pub holder: Option<PersonName>,
    /// Who comes instead today, in the order they are asked in.
    pub deputies: Vec<PersonName>,
    /// Who will sit there, by first day. One without a holder's name stands for a seat left empty.
    pub coming: Vec<Sitting>,
    /// Who sat there, the last first.
    pub past: Vec<Sitting>,
}

/// Somebody's time on a seat.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sitting {
    /// Who; none where nobody will.
    pub person: Option<PersonName>,
    /// Whether as a deputy.
    pub deputy: bool,
    /// The first day.
    pub from: NaiveDate,
    /// The last day; none where it has no end yet.
    pub until: Option<NaiveDate>,
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
    /// The authority that hosts it.
    pub host: String,
    /// Where its meetings usually are.
    pub place: String,
    /// Usual minutes of a meeting.
    pub meeting_minutes: u16,
    /// Usual minutes of an item.
    pub item_minutes: u16,
    /// So many days before a meeting its agenda takes no new cases; 0 for none.
    pub freeze_days: u16,
    /// Within so many days minutes are to be reviewed once they are handed in.
    pub review_days: u16,
    /// What becomes of meetings on red days and eves.
    pub on_red_days: DayPolicy,
    /// What becomes of meetings in school breaks and on closed days.
    pub on_breaks: DayPolicy,
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
    /// What stands on every agenda, in order.
    pub standing_items: Vec<StandingItemLine>,
    /// Units without a seat in it, by name.
    pub unseated: Vec<UnitLine>,
    /// Whether the reader may change it.
    pub may_edit: bool,
}

/// What stands on every agenda of a forum.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StandingItemLine {
    /// The item.
    pub id: ForumItemId,
    /// What it is called.
    pub title: String,
    /// How long it takes.
    pub minutes: u16,
    /// Last on the agenda, not first.
    pub closing: bool,
}

/// One seat, and who can sit there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeatPage {
    /// The forum.
    pub forum: ForumName,
    /// The seat.
    pub seat: SeatLine,
    /// Who works in its unit today or will.
    pub staff: Vec<PersonName>,
    /// Today.
    pub today: NaiveDate,
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
    let standing = store::forum_item::of_forum(backend.db(), id).await?;
    let standing_items = standing
        .into_iter()
        .map(|item| StandingItemLine { id: item.id, title: item.title, minutes: item.minutes, closing: item.closing })
        .collect();
    Ok(ForumPage { card, standing_items, unseated, may_edit: may_edit(actor) })
}

/// One seat of a forum, to be changed.
///
/// # Errors
/// [`crate::Error::Denied`] for others than administrators; [`crate::Error::NotFound`] when there is none.
pub async fn seat(backend: &Backend, actor: &Actor, forum: ForumId, id: SeatId) -> Result<SeatPage> {
    actor.must_be(&[Role::Administrator])?;
    let register = Register::load(backend).await?;
    let at = register.forums.iter().find(|one| one.id == forum).ok_or(crate::Error::NotFound)?;
    let seat = register.seats.iter().find(|seat| seat.id == id && seat.forum == forum);
    let seat = seat.ok_or(crate::Error::NotFound)?;
    Ok(SeatPage {
        forum: at.into(),
        seat: register.seat(seat),
        staff: register.coming_staff.get(&seat.unit).cloned().unwrap_or_default(),
        today: register.today,
    })
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
    /// With those who will work there later.
    coming_staff: BTreeMap<UnitId, Vec<PersonName>>,
    today: NaiveDate,
}

impl Register {
    async fn load(backend: &Backend) -> Result<Self> {
        let db = backend.db();
        let today = domain::time::day(backend.now());
        let people = store::person::all(db).await?;
        let work = store::assignment::all(db).await?;
        let at_work = |holds: fn(&Work, NaiveDate) -> bool| {
            let mut staff: BTreeMap<UnitId, Vec<PersonName>> = BTreeMap::new();
            for person in people.iter().filter(|person| person.disabled_at.is_none()) {
                let of_person = work.iter().filter(|work| work.person == person.id && holds(work, today));
                for unit in of_person.filter_map(|work| work.unit) {
                    let there = staff.entry(unit).or_default();
                    // Somebody with two roles in one unit is one person there.
                    if there.last().is_none_or(|last| last.id != person.id) {
                        there.push(PersonName { id: person.id, name: person.name.clone() });
                    }
                }
            }
            staff
        };
        let staff = at_work(Work::holds_on);
        let coming_staff = at_work(|work, today| work.holds_on(Ord::max(work.from, today)));
        Ok(Self {
            forums: store::forum::all(db).await?,
            units: store::unit::all(db).await?,
            seats: store::seat::all(db).await?,
            series: store::series::all(db).await?,
            names: people.into_iter().map(|person| (person.id, person.name)).collect(),
            staff,
            coming_staff,
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
            host: forum.host.clone(),
            place: forum.place.clone(),
            meeting_minutes: forum.meeting_minutes,
            item_minutes: forum.item_minutes,
            freeze_days: forum.freeze_days,
            review_days: forum.review_days,
            on_red_days: forum.on_red_days,
            on_breaks: forum.on_breaks,
            seats,
            series,
        }
    }

    fn seat(&self, seat: &Seat) -> SeatLine {
        let unit = self.units.iter().find(|unit| unit.id == seat.unit);
        let person = |id: PersonId| Some(PersonName { id, name: self.names.get(&id)?.clone() });
        let sitting = |one: &Tenure| Sitting {
            person: person(one.person),
            deputy: one.sits == SitsAs::Deputy,
            from: one.from,
            until: one.until,
        };
        let tenures = seat.tenures.all();
        let mut coming: Vec<Sitting> = tenures.iter().filter(|one| one.from > self.today).map(sitting).collect();
        coming.extend(self.left_empty(tenures));
        coming.sort_by_key(|one| one.from);
        let is_past = |one: &&Tenure| one.until.is_some_and(|until| until < self.today);
        let mut past: Vec<Sitting> = tenures.iter().filter(is_past).map(sitting).collect();
        past.sort_by_key(|one| Reverse(one.until));
        SeatLine {
            id: seat.id,
            version: seat.version,
            unit: seat.unit,
            unit_name: unit.map(|unit| unit.name.clone()).unwrap_or_default(),
            unit_short_name: unit.map(|unit| unit.short_name.clone()).unwrap_or_default(),
            function: seat.function.clone(),
            standing: seat.standing,
            holder: seat.tenures.holder(self.today).and_then(person),
            deputies: seat.tenures.deputies(self.today).into_iter().filter_map(person).collect(),
            coming,
            past,
        }
    }

    /// The day from which nobody holds a seat that somebody holds until then.
    fn left_empty(&self, tenures: &[Tenure]) -> Option<Sitting> {
        let holders = || tenures.iter().filter(|one| one.sits == SitsAs::Holder);
        let last = holders().filter_map(|one| one.until).filter(|until| *until >= self.today).max()?;
        let from = last.succ_opt().filter(|from| !holders().any(|one| one.holds_on(*from)))?;
        Some(Sitting { person: None, deputy: false, from, until: None })
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
