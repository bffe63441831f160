//! Who may sign in, for an administrator.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    id::{AssignmentId, PersonId, UnitId},
    time,
    visibility::Role,
};

use crate::{
    Backend, Error, Result,
    actor::Actor,
    auth::entry::Purpose,
    draft,
    store::{self, assignment::Work, person::PersonRecord},
};

/// Who sees the register: administrators, who keep it, and IT operators, who are asked why somebody cannot sign in.
const READERS: [Role; 2] = [Role::Administrator, Role::Operator];

/// Whether somebody can sign in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Yes.
    Open,
    /// Not yet: no link was followed to its end. Until when the last one can be followed, if it still can.
    Invited(Option<DateTime<Utc>>),
    /// Not until a new link: too many wrong tries.
    SwitchedOff,
    /// No: shut out by an administrator.
    Disabled,
}

/// Something a person works as.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorkLine {
    /// The assignment.
    pub id: AssignmentId,
    /// What it lets the person do.
    pub role: Role,
    /// Rektor, socialsekreterare …
    pub title: String,
    /// The unit's name; empty without one.
    pub unit_name: String,
    /// First day.
    pub from: NaiveDate,
    /// Last day.
    pub until: Option<NaiveDate>,
    /// Whether it holds today.
    pub current: bool,
    /// For the form that ends it.
    pub version: i64,
}

/// One line of the list of people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonLine {
    /// The person.
    pub id: PersonId,
    /// The person's name.
    pub name: String,
    /// The person's address.
    pub email: String,
    /// Whether they can sign in.
    pub access: Access,
    /// What they work as today.
    pub works: Vec<WorkLine>,
    /// When they were last signed in, if lately.
    pub seen_at: Option<DateTime<Utc>>,
}

/// The list of people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PeoplePage {
    /// Everybody, by name.
    pub people: Vec<PersonLine>,
    /// Whether the reader may change anything of it.
    pub may_change: bool,
}

/// A link that was just made, shown to the administrator who made it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShownLink {
    /// The whole address.
    pub address: String,
    /// What it is for.
    pub purpose: Purpose,
    /// Until when it can be followed.
    pub expires_at: DateTime<Utc>,
}

/// One person, for an administrator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonPage {
    /// The person's line in the list.
    pub line: PersonLine,
    /// Everything they work or worked as, the newest first.
    pub works: Vec<WorkLine>,
    /// For the form that changes them.
    pub version: i64,
    /// Units one can work for: id and name with its authority.
    pub units: Vec<(UnitId, String)>,
    /// Whether it is the reader's own page.
    pub own: bool,
    /// Whether the reader may change anything of it.
    pub may_change: bool,
}

/// Everybody who may sign in or has been able to.
///
/// # Errors
/// [`Error::Denied`] for others than administrators.
pub async fn people_page(backend: &Backend, actor: &Actor) -> Result<PeoplePage> {
    actor.must_be(&READERS)?;
    let today = time::day(backend.now());
    let mut works: BTreeMap<PersonId, Vec<Work>> = BTreeMap::new();
    for work in store::assignment::all(backend.db()).await? {
        works.entry(work.person).or_default().push(work);
    }
    let seen: BTreeMap<PersonId, DateTime<Utc>> = store::session::last_seen(backend.db()).await?.into_iter().collect();
    let mut people = Vec::new();
    for person in store::person::all(backend.db()).await? {
        let works = works.remove(&person.id).unwrap_or_default();
        let access = access(backend, &person).await?;
        people.push(line(person, access, &works, today, &seen));
    }
    Ok(PeoplePage { people, may_change: actor.role == Role::Administrator })
}

/// One person.
///
/// # Errors
/// [`Error::Denied`] for others than administrators and IT operators; [`Error::NotFound`].
pub async fn person_page(backend: &Backend, actor: &Actor, id: PersonId) -> Result<PersonPage> {
    actor.must_be(&READERS)?;
    let today = time::day(backend.now());
    let person = store::person::load(backend.db(), id).await?;
    let works = store::assignment::of_person(backend.db(), id).await?;
    let seen: BTreeMap<PersonId, DateTime<Utc>> = store::session::last_seen(backend.db()).await?.into_iter().collect();
    let units = store::unit::open(backend.db()).await?;
    let version = person.version;
    let access = access(backend, &person).await?;
    Ok(PersonPage {
        works: works.iter().map(|work| work_line(work, today)).collect(),
        line: line(person, access, &works, today, &seen),
        version,
        units: units.into_iter().map(|unit| (unit.id, format!("{} ({})", unit.name, unit.authority))).collect(),
        own: actor.person == id,
        may_change: actor.role == Role::Administrator,
    })
}

/// The page on which a link waits for the administrator who made it: kept like a draft, sealed and for them only.
pub(crate) const LINK_PAGE: &str = "entry-link";

/// The link an administrator just made, by the id they were given for it.
///
/// # Errors
/// [`Error::Denied`] for others than administrators.
pub async fn shown_link(backend: &Backend, actor: &Actor, id: &str) -> Result<Option<ShownLink>> {
    actor.must_be(&[Role::Administrator])?;
    let Some(kept) = draft::find(backend, Some(actor.person), id).await? else { return Ok(None) };
    if kept.page != LINK_PAGE {
        return Ok(None);
    }
    let mut parts = kept.body.split(' ');
    let (Some(purpose), Some(expires_at), Some(address)) = (parts.next(), parts.next(), parts.next()) else {
        return Err(Error::Fault("a kept link cannot be read"));
    };
    let purpose = Purpose::from_code(purpose).ok_or(Error::Fault("a kept link has no purpose"))?;
    let expires_at = expires_at.parse().map_err(|_| Error::Fault("a kept link has no end"))?;
    Ok((backend.now() < expires_at).then(|| ShownLink { address: address.to_owned(), purpose, expires_at }))
}

async fn access(backend: &Backend, person: &PersonRecord) -> Result<Access> {
    if person.disabled_at.is_some() {
        return Ok(Access::Disabled);
    }
    let code = store::credential::code(backend.db(), person.id).await?;
    let password = store::credential::password(backend.db(), person.id).await?;
    match (password, code.and_then(|code| code.confirmed_at)) {
        (Some(password), Some(_)) if password.switched_off_at.is_some() => Ok(Access::SwitchedOff),
        (Some(_), Some(_)) => Ok(Access::Open),
        _ => {
            let link = store::entry_link::last_of(backend.db(), person.id).await?;
            let open = link.filter(|link| link.used_at.is_none() && backend.now() < link.expires_at);
            Ok(Access::Invited(open.map(|link| link.expires_at)))
        }
    }
}

fn line(
    person: PersonRecord,
    access: Access,
    works: &[Work],
    today: NaiveDate,
    seen: &BTreeMap<PersonId, DateTime<Utc>>,
) -> PersonLine {
    PersonLine {
        seen_at: seen.get(&person.id).copied(),
        id: person.id,
        name: person.name,
        email: person.email,
        access,
        works: works.iter().map(|work| work_line(work, today)).filter(|line| line.current).collect(),
    }
}

pub(super) fn work_line(work: &Work, today: NaiveDate) -> WorkLine {
    WorkLine {
        id: work.id,
        role: work.role,
        title: work.title.clone(),
        unit_name: work.unit_name.clone(),
        from: work.from,
        until: work.until,
        current: work.holds_on(today),
        version: work.version,
    }
}
